//! Listings and home pages: entries that lead on.
//!
//! A card is the largest element whose links all lead to one place; its heading or longest link
//! names the entry, its other lines are date and summary.

mod card;
mod form;
mod label;
mod lead;
mod menu;
mod paging;
mod row;
mod script;
mod shop;
mod strip;
mod words;

use super::blocks::{self, Made};
use super::clean::Cleaner;
use super::date::Habit;
use super::find::{Line, Signs};
use super::likeness::{folded, same};
use super::page::Page;
use super::phrase;
use super::title::{self, Title};
use super::trim;
use crate::html::{NodeId, Tag};
use crate::model::{Entry, Listing, Turn};
use card::Card;
pub use form::Form;
pub(super) use paging::{form, is_scripted, turns};

/// Fewer entries are no list of their own.
const FEWEST: usize = 3;
/// So many lines of prose outside of a list tell something.
const TOLD: u32 = 2;
/// So many lines of prose introduce a list.
const INTRODUCTION: u32 = 4;
/// So many times as long, another account of an entry takes the place of the first.
const TOLD_MORE: usize = 3;
/// So many of them over the prose are what the page is for.
const LEADING: usize = 6;

/// The entries found on a page, before it is known whether it is a listing.
#[derive(Debug)]
pub(super) struct Entries {
    /// Where the page's title stands.
    title: Option<NodeId>,
    cards: Vec<Card>,
    /// Bytes of text in the cards before each.
    text_before: Vec<usize>,
}

impl Entries {
    /// Finds what may be entries of the page whose title stands at `title`.
    pub(super) fn of(page: &Page<'_>, habit: Habit, title: Option<NodeId>) -> Self {
        let cards = card::cards(page, habit);
        let mut entries = Self {
            title,
            cards,
            text_before: Vec::new(),
        };
        entries.weigh();
        entries
    }

    /// Sums the text of those that stand in nothing left out of articles.
    fn weigh(&mut self) {
        let mut sum = 0;
        let sums = self.cards.iter().map(|card| {
            sum += if card.main { card.text() } else { 0 };
            sum
        });
        self.text_before = std::iter::once(0).chain(sums).collect();
    }

    /// Returns how many there are.
    pub(super) fn len(&self) -> usize {
        self.cards.len()
    }

    /// Returns how many say both when they were published and what they are about.
    pub(super) fn told_fully(&self) -> usize {
        self.cards.iter().filter(|card| card.tells_all()).count()
    }

    /// Returns how many of them tell more than their title.
    pub(super) fn told(&self) -> usize {
        self.cards.iter().filter(|card| card.tells()).count()
    }

    /// Finds the title of a list whose page claims no more than its site's name: the name of a
    /// section that stands before the entries and in the menu too.
    pub(super) fn titled(&self, page: &Page<'_>, title: Title) -> Title {
        let untitled = title.node.is_none() && title::names_site(page, &title);
        let Some(first) = self.cards.first().filter(|_| untitled) else {
            return title;
        };
        let menu = menu::navigation(page, first.node);
        let before = page.survey.kept_between(page.tree.root(), first.node);
        let named = before.filter(|line| line.link == 0 && line.len < 100);
        let named = named.map(|line| (line.first, page.line_text(line, line.block)));
        let named = named.filter(|(_, text)| menu.iter().any(|link| same(&link.name, text)));
        named
            .last()
            .or_else(|| self.only_heading(page))
            .map_or(title, |(node, text)| Title {
                text,
                node: Some(node),
            })
    }

    /// The one line that heads the entries; a home page has several, and none is its title.
    fn only_heading(&self, page: &Page<'_>) -> Option<(NodeId, String)> {
        let (first, last) = (self.cards.first()?.node, self.cards.last()?.node);
        let heads = |line: &&Line| {
            let mut around = page
                .tree
                .ancestors(line.first)
                .take_while(|a| *a >= line.block);
            let titled = around.any(|a| page.survey.signs(a).any(Signs::TITLE));
            line.link == 0 && (6..100).contains(&line.len) && (line.heading || titled)
        };
        let root = page.tree.root();
        if page
            .survey
            .kept_between(first, last)
            .any(|line| heads(&line))
        {
            return None;
        }
        let before = page.survey.kept_between(root, first).filter(heads);
        let before = before.map(|line| (line.first, page.line_text(line, line.block)));
        before
            .filter(|(_, text)| !phrase::is_block_label(text) && !phrase::is_control(text))
            .last()
    }

    /// Returns the bytes of text in those that stand in nothing left out of articles.
    pub(super) fn text(&self) -> usize {
        self.text_before.last().copied().unwrap_or(0)
    }

    /// Returns the bytes of text in all of them.
    pub(super) fn text_anywhere(&self) -> u32 {
        sum(&self.cards)
    }

    /// Do entries lead a page that has some prose too: many that tell more than their title between
    /// the page's title and its prose, as in a shop, or still more of them below an introduction?
    pub(super) fn lead_the_page(&self, page: &Page<'_>, root: NodeId, prose: u32) -> bool {
        let prose_from = page.survey.lines(root).iter().find(|line| line.is_prose());
        let prose_from = prose_from.map_or(root, |line| line.first);
        let from = self.title.filter(|title| *title < prose_from);
        let from = from.map_or(0, |title| self.cards.partition_point(|c| c.node < title));
        let to = self.cards.partition_point(|card| card.node < prose_from);
        let main = |cards: &'_ [Card]| -> Vec<usize> {
            let main = cards.iter().filter(|card| card.main && card.tells());
            main.map(Card::text).collect()
        };
        let above = main(&self.cards[from..to]);
        let below = sum(self.cards[to..].iter().filter(|card| card.main));
        let introduced = page.survey.sums(root).prose_lines <= INTRODUCTION;
        // So many wares over it are a shelf, however much is said below it.
        let times = if above.len() >= LEADING * 2 { 12 } else { 6 };
        above.len() >= LEADING && above.iter().sum::<usize>() * times > prose as usize
            || introduced && self.cards.len() - to >= LEADING * 2 && below * 2 > prose * 3
    }

    /// Returns the bytes of text in those of them inside `root`.
    pub(super) fn text_inside(&self, page: &Page<'_>, root: NodeId) -> usize {
        self.text_between(root, page.tree.end(root))
    }

    /// Returns the bytes of text in those of them from `begin` on, before `end`.
    pub(super) fn text_between(&self, begin: NodeId, end: NodeId) -> usize {
        let from = self.cards.partition_point(|card| card.node < begin);
        let to = self
            .cards
            .partition_point(|card| card.node < end.max(begin));
        self.text_before[to] - self.text_before[from]
    }

    /// Makes the listing.
    pub(super) fn listing(self, page: &Page<'_>, title: &Title) -> Listing {
        let this = self.of_main_part(page);
        this.laid_out(page, title)
    }

    fn laid_out(self, page: &Page<'_>, title: &Title) -> Listing {
        let holder = self.holder(page);
        let root = with_title(page, holder, title);
        let first = self.cards.first().map_or(root, |card| card.node);
        let paging = paging::turns(page);
        let made = self.prose(page, root, title);
        let mut entries = self.within(page, holder).merged(&made);
        let pager = |entry: &Entry| {
            let same = |link: &Turn| link.url == entry.url && link.name == entry.title.as_str();
            paging.iter().any(|link| link.name.len() < 40 && same(link))
        };
        entries.retain(|entry| !pager(entry));
        Listing {
            blocks: made.into_iter().map(|one| one.block).collect(),
            entries,
            navigation: menu::navigation(page, first),
            paging,
        }
    }

    /// The innermost element that holds most of the entries' text.
    fn holder(&self, page: &Page<'_>) -> NodeId {
        let mut root = page.tree.root();
        let most = self.text() * 8 / 10;
        while let Some(inner) = page
            .tree
            .children(root)
            .find(|c| self.text_inside(page, *c) >= most)
        {
            if self.cards.iter().any(|card| card.node == inner) {
                break;
            }
            root = inner;
        }
        root
    }

    /// What is said in prose around the entries.
    fn prose(&self, page: &Page<'_>, root: NodeId, title: &Title) -> Vec<Made> {
        let nodes: Vec<NodeId> = self.cards.iter().map(|card| card.node).collect();
        let tell = |from: NodeId| {
            let cleaner = Cleaner::without(page, from, nodes.clone());
            blocks::compose(page, from, &cleaner)
        };
        let mut boxes = self.told_outside(page, root);
        boxes.push(root);
        boxes.sort_unstable();
        let mut made: Vec<Made> = boxes.into_iter().flat_map(tell).collect();
        drop_before(&mut made, title.node);
        shop::drop_controls(&mut made);
        made.retain(|one| {
            !one.line()
                .is_some_and(|text| strip::is_appeal(text.as_str()))
        });
        trim::trim_listing(&mut made, &title.text);
        blocks::settle_headings_around(blocks::settle_lists(made), &nodes)
    }

    /// Boxes outside of `root` that tell something in prose: what a shop says of its wares, questions
    /// and answers below a list.
    fn told_outside(&self, page: &Page<'_>, root: NodeId) -> Vec<NodeId> {
        let elsewhere = Signs::NOISE.with(Signs::FIXTURE).with(Signs::COMMENT);
        let tells = |id: &NodeId| {
            let sums = page.survey.sums(*id);
            let entries = u32::try_from(self.text_inside(page, *id)).unwrap_or(u32::MAX);
            !page.survey.is_out(*id)
                && !page.survey.signs(*id).any(elsewhere)
                && sums.prose_lines >= TOLD
                && sums.prose.saturating_sub(entries) * 2 > sums.text
                && !strip::is_consent(page, *id)
        };
        let around = std::iter::once(root).chain(page.tree.ancestors(root));
        let beside = around.flat_map(|inner| {
            let outer = page.tree.parent(inner);
            let boxes = outer.map(|outer| page.tree.children(outer));
            boxes.into_iter().flatten().filter(move |id| *id != inner)
        });
        beside.filter(tells).collect()
    }

    /// Keeps the entries of the page's main part: what stands over its title, in its header or beside
    /// the list is found on every page of the site.
    fn of_main_part(mut self, page: &Page<'_>) -> Self {
        let title = self.title;
        let tree = page.tree;
        if let Some(main) = page.main() {
            self.keep_most(|card| tree.contains(main, card.node));
        }
        let header = |card: &Card| {
            let mut around = tree.ancestors(card.node);
            around.any(|a| is_banner(page, a) && !title.is_some_and(|t| tree.contains(a, t)))
        };
        self.keep_most(|card| !header(card));
        if let Some(title) = title {
            self.keep_most(|card| card.node > title || tree.contains(card.node, title));
        }
        self.keep_most(|card| card.main);
        if self.cards.iter().all(|card| !card.main) {
            self.cards.iter_mut().for_each(|card| card.main = true);
        }
        self.weigh();
        self
    }

    /// Keeps what is wanted where that is most of what is there.
    fn keep_most(&mut self, wanted: impl Fn(&Card) -> bool) {
        let (own, other): (Vec<&Card>, Vec<&Card>) = self.cards.iter().partition(|c| wanted(c));
        let text = |cards: &[&Card]| cards.iter().map(|card| card.text()).sum::<usize>();
        if own.len() >= FEWEST && text(&own) > text(&other) {
            self.cards.retain(wanted);
        }
    }

    /// Leaves out what stands beside the list with a bare title, where the list's own entries tell
    /// more than theirs.
    fn within(mut self, page: &Page<'_>, holder: NodeId) -> Self {
        let inside = |card: &Card| page.tree.contains(holder, card.node);
        let own = self.cards.iter().filter(|card| inside(card));
        let (told, bare): (Vec<&Card>, Vec<&Card>) = own.partition(|card| card.tells());
        if told.len() >= FEWEST && told.len() > bare.len() * 3 {
            self.cards.retain(|card| inside(card) || card.tells());
        }
        self
    }

    /// Two links to one entry are one entry, with the fuller words of both.
    fn merged(self, around: &[Made]) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::with_capacity(self.cards.len());
        let mut places: rustc_hash::FxHashMap<String, usize> = rustc_hash::FxHashMap::default();
        for card in self.cards {
            let mut entry = card.entry;
            entry.after = around.partition_point(|one| one.node < card.node);
            match places.get(&entry.url) {
                Some(&at) => merge(&mut entries[at], entry),
                None => {
                    places.insert(entry.url.clone(), entries.len());
                    entries.push(entry);
                }
            }
        }
        entries
    }
}

/// What stands over the title is the site's.
fn drop_before(made: &mut Vec<Made>, title: Option<NodeId>) {
    let Some(title) = title else { return };
    if made.iter().any(|one| one.node > title) {
        made.retain(|one| one.node >= title);
    }
}

fn is_banner(page: &Page<'_>, id: NodeId) -> bool {
    page.tree.tag(id) == Some(Tag::Header) || page.attr(id, "role") == Some("banner")
}

/// Bytes of text in cards.
fn sum<'c>(cards: impl IntoIterator<Item = &'c Card>) -> u32 {
    let sum: usize = cards.into_iter().map(Card::text).sum();
    u32::try_from(sum).unwrap_or(u32::MAX)
}

/// The element that holds the title too, where that is not the whole page.
fn with_title(page: &Page<'_>, root: NodeId, title: &Title) -> NodeId {
    let holder = page.tree.ancestors(root).find(|a| {
        let main = page.tree.tag(*a) == Some(Tag::Main) || page.attr(*a, "role") == Some("main");
        main || title
            .node
            .is_some_and(|title| page.tree.contains(*a, title))
    });
    let whole = |a: &NodeId| matches!(page.tree.tag(*a), Some(Tag::Body | Tag::Html));
    holder
        .filter(|a| !whole(a) && !page.tree.contains(root, *a))
        .unwrap_or(root)
}

fn merge(known: &mut Entry, other: Entry) {
    // A list that is shown in two ways, of which one tells more.
    let told = |entry: &Entry| entry.summary.as_ref().map_or(0, |s| s.as_str().len());
    let fuller = told(&other) > told(known) * TOLD_MORE;
    let longer = folded(other.title.as_str()).len() > folded(known.title.as_str()).len() * 2;
    if longer && known.title.as_str().len() < 20 {
        known.title = other.title;
    }
    known.published = known.published.or(other.published);
    if fuller {
        known.summary = other.summary;
    }
}
