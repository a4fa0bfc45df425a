//! Portal families: where sites that share a system keep their fields, and what an operator says of
//! one portal.
//!
//! Both are rows of one form, and data. A row is for a host, or for pages that carry a family's marks;
//! each of its fields is looked for and believed only where it holds what the field should hold.
//! Without a fitting row the general search finds the same, mostly.

mod rule;

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::find::{Found, Signs};
use super::page::Page;
use super::phrase;
use super::select::{Names, Selectors};
use crate::html::{NodeId, Tag};
pub use rule::{Rule, RuleError, Rules};

/// The families that come with Loa.
static FAMILIES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| rule::families(include_str!("families.toml")));

/// Returns the families that come with Loa.
pub(super) fn known() -> &'static [Rule] {
    &FAMILIES
}

/// Where a page's rows keep its fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    /// The title.
    pub(super) title: Option<NodeId>,
    /// The lead.
    pub(super) lead: Option<NodeId>,
    /// The body.
    pub(super) body: Option<NodeId>,
    /// The date.
    pub(super) date: Option<NodeId>,
    /// The author.
    pub(super) author: Option<NodeId>,
    /// The files to download.
    pub(super) files: Option<NodeId>,
    /// Did what an operator wrote for this portal find no title, no body, or too much to drop?
    pub(super) misled: bool,
}

impl Fields {
    /// Is it an article by its fields, though it be no more than a few words, pictures or a file? The
    /// body that was settled on is the one they name, and so is the title.
    pub(super) fn tell_article(&self, page: &Page<'_>, root: NodeId) -> bool {
        let sums = page.survey.sums(root);
        let shows = page.holds(
            root,
            &[Tag::Img, Tag::Iframe, Tag::Object, Tag::Embed, Tag::Video],
        );
        let lists = sums.link * 2 > sums.text;
        self.title.is_some() && self.body == Some(root) && (sums.text > 0 || shows) && !lists
    }

    fn any(&self) -> bool {
        let found = [self.title, self.lead, self.body, self.date, self.author];
        found.iter().any(Option::is_some)
    }

    /// Takes from `other` what is not known yet.
    fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            lead: self.lead.or(other.lead),
            body: self.body.or(other.body),
            date: self.date.or(other.date),
            author: self.author.or(other.author),
            files: self.files.or(other.files),
            misled: self.misled || other.misled,
        }
    }
}

/// Looks for the fields by the rules for the page's host and by the first of the families that it
/// belongs to; what they name as captions is marked as such, and what they drop is left out.
pub(super) fn fields(page: &mut Page<'_>, rules: &Rules, families: &[Rule]) -> Fields {
    let names = Names::of(&page.survey);
    let mut all = Fields::default();
    for rule in rules.for_host(page.address) {
        let mut found = look(page, &names, rule);
        let missed =
            |selectors: &Selectors, at: Option<NodeId>| !selectors.is_empty() && at.is_none();
        found.misled = missed(&rule.title, found.title) || missed(&rule.body, found.body);
        found.misled |= !settle(page, &names, rule);
        all = all.or(found);
    }
    let generator = generator(page);
    for family in families {
        let by_mark = !family.generator.is_empty() && generator.contains(&family.generator);
        if !by_mark && family.known_by.first(page.tree, &names).is_none() {
            continue;
        }
        let found = look(page, &names, family);
        settle(page, &names, family);
        if found.any() {
            return all.or(found);
        }
    }
    all
}

fn look(page: &Page<'_>, names: &Names<'_>, rule: &Rule) -> Fields {
    let find = |selectors: &Selectors, sizes: RangeInclusive<usize>| {
        selectors.find(page.tree, names, |id| fits(page, id, &sizes))
    };
    Fields {
        title: find(&rule.title, 8..=400),
        lead: find(&rule.lead, 30..=2_000),
        body: find(&rule.body, 1..=usize::MAX),
        date: find(&rule.date, 6..=200),
        author: find(&rule.author, 3..=120),
        files: find(&rule.files, 1..=4_000),
        misled: false,
    }
}

/// Marks captions and leaves out what is dropped; false where that would be most of the page's prose.
fn settle(page: &mut Page<'_>, names: &Names<'_>, rule: &Rule) -> bool {
    for id in rule.caption.all(page.tree, names) {
        page.survey.mark(id, Signs::CAPTION);
    }
    let prose = page.survey.sums(page.tree.root()).prose;
    let dropped = rule.drop.all(page.tree, names);
    let (too_much, small): (Vec<NodeId>, Vec<NodeId>) = dropped
        .into_iter()
        .partition(|id| page.survey.sums(*id).prose * 2 > prose);
    for id in small {
        page.survey.drop(id);
    }
    too_much.is_empty()
}

/// What the page says made it.
fn generator<'t>(page: &Page<'t>) -> &'t str {
    let metas = page
        .elements(page.tree.root())
        .take_while(|(_, e)| e.tag() != Tag::Body)
        .filter(|(_, e)| e.tag() == Tag::Meta);
    let own = metas.filter(|(_, e)| {
        e.attr("name")
            .is_some_and(|name| name.eq_ignore_ascii_case("generator"))
    });
    own.filter_map(|(_, e)| e.attr("content"))
        .next()
        .unwrap_or_default()
}

fn fits(page: &Page<'_>, id: NodeId, sizes: &RangeInclusive<usize>) -> bool {
    sizes.contains(&page.survey.raw_text(id))
        && !page.survey.signs(id).any(Signs::HIDDEN)
        && !page.in_other_story(id)
        && !phrase::is_block_label(&page.shown_up_to(id, 120))
}

/// What the general search must have found to speak against a row: beside a named title a short body
/// is worth less than a page's imprint.
fn least(fields: &Fields) -> i32 {
    if fields.title.is_some() { 450 } else { 0 }
}

/// Holds the rows' body against the general search's; `Err` where the row leads astray.
pub(super) fn body(
    page: &Page<'_>,
    fields: &Fields,
    found: Option<Found>,
) -> Result<Option<NodeId>, NodeId> {
    let Some(own) = fields.body else {
        return Ok(found.map(|found| found.root));
    };
    let worth = page.survey.sums(own).worth;
    match found {
        Some(found) if worth * 2 < found.worth && found.worth > least(fields) => Err(found.root),
        _ => Ok(Some(own)),
    }
}
