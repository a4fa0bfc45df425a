//! Rows: elements that stand among their like, each telling of one thing.
//!
//! A card, a line of a table of threads, a product in its grid: whatever links it holds (its author,
//! its category, its comments), it is one entry. What it is made of is not looked at, only that
//! it repeats.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::page::Page;
use super::lead::{Lead, Leads, Rank, TITLE};
use crate::html::{NodeId, Tag};

/// So many of a kind are a row.
const FEWEST: usize = 3;
/// Longer ones tell stories themselves.
const LONGEST: usize = 3_000;

/// The elements that each tell of one thing.
#[derive(Debug)]
pub(super) struct Rows {
    members: FxHashMap<NodeId, Unity>,
}

/// Does an element tell of one thing?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unity {
    /// One heading leads on, or one picture shows it.
    One,
    /// Nothing speaks against it.
    Perhaps,
    /// Several titles lead to several places.
    Many,
}

/// What makes siblings alike: their parent, tag, and first class without its number.
type Kind<'t> = (NodeId, Tag, &'t str);

impl Rows {
    /// Finds them among the elements around links.
    pub(super) fn of(page: &Page<'_>, leads: &Leads) -> Self {
        let mut kinds: FxHashMap<Kind<'_>, Vec<NodeId>> = FxHashMap::default();
        let mut seen: FxHashSet<NodeId> = FxHashSet::default();
        for lead in leads.all() {
            for id in std::iter::once(lead.node).chain(page.tree.ancestors(lead.node)) {
                if !seen.insert(id) {
                    break;
                }
                for kind in alike(page, id) {
                    kinds.entry(kind).or_default().push(id);
                }
            }
        }
        let mut members = FxHashMap::default();
        for alike in kinds.into_values().filter(|alike| alike.len() >= FEWEST) {
            let telling = |id: &&NodeId| tells(page, leads, **id);
            let tellers: Vec<NodeId> = alike.iter().filter(telling).copied().collect();
            if tellers.len() >= FEWEST && tellers.len() * 5 >= alike.len() * 3 {
                let told = tellers.into_iter().map(|id| (id, unity(page, leads, id)));
                members.extend(told);
            }
        }
        Self { members }
    }

    /// Finds the row that tells of what a link leads to: the largest with one heading or one picture,
    /// else the smallest.
    pub(super) fn around(&self, page: &Page<'_>, link: NodeId) -> Option<NodeId> {
        let around = std::iter::once(link).chain(page.tree.ancestors(link));
        let around = around.take_while(|id| page.survey.raw_text(*id) <= LONGEST);
        let mut rows = around.filter_map(|id| Some((id, *self.members.get(&id)?)));
        let (smallest, _) = rows.next().filter(|(_, unity)| *unity != Unity::Many)?;
        let largest = rows.take_while(|(_, unity)| *unity == Unity::One).last();
        Some(largest.map_or(smallest, |(id, _)| id))
    }
}

/// Of what kinds it may be: its first class may name what it shows, so that the second is its kind.
fn alike<'t>(page: &Page<'t>, id: NodeId) -> impl Iterator<Item = Kind<'t>> {
    let known = page.tree.element(id).zip(page.tree.parent(id));
    known.into_iter().flat_map(|(element, parent)| {
        let tag = element.tag();
        let classed = matches!(
            tag,
            Tag::Div | Tag::Section | Tag::A | Tag::Td | Tag::Other | Tag::Figure | Tag::Dl
        );
        let plain = matches!(tag, Tag::Li | Tag::Tr | Tag::Article);
        let classes = element.classes().take(if classed { 2 } else { 0 });
        let classes = classes.map(|class| class.trim_end_matches(|c: char| c.is_ascii_digit()));
        let bare = plain || classed && element.classes().next().is_none();
        let classes = classes.chain(bare.then_some(""));
        classes.map(move |class| (parent, tag, class))
    })
}

/// Does it tell more than a label's name?
fn tells(page: &Page<'_>, leads: &Leads, id: NodeId) -> bool {
    let text = page.survey.raw_text(id);
    if !(FEWEST..=LONGEST).contains(&text) || page.survey.sums(id).prose_lines > 4 {
        return false;
    }
    let pictured = page.holds(id, &[Tag::Img]);
    match page.tree.tag(id) {
        // The cells of one line tell of one thing together.
        Some(Tag::Td) => return pictured && text >= 10,
        Some(Tag::A) => return pictured && text >= 10 || page.survey.lines(id).len() > 1,
        _ => {}
    }
    let mut own = leads.within(page, id).iter();
    own.any(|lead| lead.rank >= Rank::Title) || pictured || says_more(page, id)
}

/// Is more said than the words of links, their counts aside?
fn says_more(page: &Page<'_>, id: NodeId) -> bool {
    let mut plain = page.survey.lines(id).iter().filter(|line| line.link == 0);
    plain.any(|line| {
        let words = page.line_text(line, id);
        words.len() >= 4
            && words
                .chars()
                .any(|c| c.is_alphabetic() || "$€£₫".contains(c))
    })
}

/// How surely an element tells of one thing.
fn unity(page: &Page<'_>, leads: &Leads, id: NodeId) -> Unity {
    let own = leads.within(page, id);
    let places = |rank: Rank| {
        let of_rank = own.iter().filter(|lead| lead.rank == rank);
        of_rank.map(|lead| &lead.url).collect::<FxHashSet<_>>()
    };
    let (headed, titled) = (places(Rank::Heading), places(Rank::Title));
    let others = titled.difference(&headed).count();
    let names_section = |lead: &Lead| lead.rank == Rank::Heading && lead.words.len() < TITLE;
    if headed.len() + others > 2 || others > 0 && own.first().is_some_and(names_section) {
        return Unity::Many;
    }
    let pictures = || page.elements(id).filter(|(_, e)| e.tag() == Tag::Img);
    if headed.len() == 1 || headed.is_empty() && pictures().count() == 1 {
        Unity::One
    } else {
        Unity::Perhaps
    }
}
