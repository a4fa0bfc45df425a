//! Links that may lead to an entry.

use super::super::find::Signs;
use super::super::page::Page;
use super::super::phrase;
use super::shop;
use crate::html::{Element, NodeId, Tag};
use crate::model::letter::is_letter;

/// A link outside of menus, footers and comments.
#[derive(Debug)]
pub(super) struct Lead {
    /// Its element.
    pub(super) node: NodeId,
    /// The absolute address it leads to.
    pub(super) url: String,
    /// Its words; of a picture without words what it is called.
    pub(super) words: String,
    /// How much of a title it is.
    pub(super) rank: Rank,
    /// Titles in a row to the same address share this.
    pub(super) run: u32,
}

/// How much of a title a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A picture without words.
    Picture,
    /// A label: an author, a category, "Read more".
    Label,
    /// Words that could be a title.
    Words,
    /// Words so long that they are a title.
    Title,
    /// A heading.
    Heading,
}

/// Shorter link texts are labels.
const SHORT: usize = 10;
/// Link texts from this length on are titles without more ado.
pub(super) const TITLE: usize = 28;

/// The links of a page in its order.
#[derive(Debug)]
pub(super) struct Leads {
    all: Vec<Lead>,
    /// Those whose words could be a title, and the run each belongs to.
    worded: Vec<(NodeId, u32)>,
}

impl Leads {
    /// Reads them.
    pub(super) fn of(page: &Page<'_>) -> Self {
        let all = leads(page);
        let worded = all.iter().filter(|lead| lead.rank >= Rank::Words);
        let worded = worded.map(|lead| (lead.node, lead.run)).collect();
        Self { all, worded }
    }

    /// Returns all of them.
    pub(super) fn all(&self) -> &[Lead] {
        &self.all
    }

    /// Returns those inside an element.
    pub(super) fn within(&self, page: &Page<'_>, id: NodeId) -> &[Lead] {
        let end = page.tree.end(id);
        let from = self.all.partition_point(|lead| lead.node < id);
        let to = self.all.partition_point(|lead| lead.node < end);
        &self.all[from..to]
    }

    /// Do all titles inside an element lead to one place?
    pub(super) fn lead_to_one_place(&self, page: &Page<'_>, id: NodeId) -> bool {
        let end = page.tree.end(id);
        let from = self.worded.partition_point(|(node, _)| *node < id);
        let to = self.worded.partition_point(|(node, _)| *node < end);
        from < to && self.worded[from].1 == self.worded[to - 1].1
    }
}

fn leads(page: &Page<'_>) -> Vec<Lead> {
    let mut leads: Vec<Lead> = Vec::new();
    let mut until = page.tree.root();
    let mut last: Option<usize> = None;
    for (id, element) in page.elements(page.tree.root()) {
        if id < until {
            continue;
        }
        if page.survey.is_out(id) && is_chrome(page, id) {
            until = page.tree.end(id);
            continue;
        }
        let Some((url, words, rank)) = read(page, id, element) else {
            continue;
        };
        let before = last.map_or((0, false), |at| (leads[at].run, leads[at].url != url));
        if rank >= Rank::Words {
            last = Some(leads.len());
        }
        leads.push(Lead {
            node: id,
            url,
            words,
            rank,
            run: before.0 + u32::from(before.1),
        });
    }
    leads
}

fn read(page: &Page<'_>, id: NodeId, element: Element<'_>) -> Option<(String, String, Rank)> {
    if element.tag() != Tag::A {
        return None;
    }
    let url = element.attr("href").and_then(|href| page.link(href))?;
    if is_home(&url) {
        return None;
    }
    let words = page.shown(id);
    if words.is_empty() {
        let name = picture_name(page, id, element)?;
        return Some((url, name, Rank::Picture));
    }
    let rank = rank(page, id, &words);
    Some((url, words, rank))
}

fn rank(page: &Page<'_>, id: NodeId, words: &str) -> Rank {
    if words.len() < SHORT && !is_headed(page, id)
        || words.chars().filter(|c| is_letter(*c)).nth(1).is_none()
        || phrase::is_control(words)
        || shop::is_control(words)
        || shop::is_variant(words)
        || phrase::leads_elsewhere(words)
    {
        Rank::Label
    } else if is_headed(page, id) {
        Rank::Heading
    } else if words.len() >= TITLE {
        Rank::Title
    } else {
        Rank::Words
    }
}

/// Does the link stand in a heading, or hold one?
fn is_headed(page: &Page<'_>, id: NodeId) -> bool {
    let heading = |at: NodeId| {
        page.tree
            .tag(at)
            .is_some_and(|t| t.heading_level().is_some())
            || page.attr(at, "role") == Some("heading")
    };
    page.tree.ancestors(id).take(3).any(heading) || page.tree.subtree(id).any(heading)
}

/// What a picture that leads somewhere is called; its own names first, since a link's label says
/// more often what the link does.
fn picture_name(page: &Page<'_>, id: NodeId, element: Element<'_>) -> Option<String> {
    let picture = page.first(id, Tag::Img)?;
    let names = [
        page.attr(picture, "alt"),
        element.attr("aria-label"),
        element.attr("title"),
        page.attr(picture, "title"),
    ];
    let names = names.into_iter().flatten().map(str::trim);
    Some(
        names
            .max_by_key(|name| name.len())
            .unwrap_or_default()
            .to_owned(),
    )
}

/// A link to the site's front page is no entry.
fn is_home(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

fn is_chrome(page: &Page<'_>, id: NodeId) -> bool {
    let chrome = Signs::MENU
        .with(Signs::FIXTURE)
        .with(Signs::COMMENT)
        .with(Signs::HIDDEN)
        .with(Signs::PAGING);
    // What stands in for a script's menu is seen by nobody whose browser runs the script.
    page.tree.tag(id) == Some(Tag::Noscript)
        || page.survey.signs(id).any(chrome)
        || !page
            .survey
            .signs(id)
            .any(Signs::RELATED.with(Signs::NOISE).with(Signs::CHROME))
}
