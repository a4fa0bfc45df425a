//! A page measured once: its lines, what its names say, and sums that answer for any subtree.

use rustc_hash::FxHashMap;

use super::surveyor::Surveyor;
use super::{Line, Signs};
use crate::html::{NodeId, Tag, Tree};

/// A tree with what was measured on it.
#[derive(Debug)]
pub(in crate::extract) struct Survey<'t> {
    /// The page.
    pub(in crate::extract) tree: &'t Tree,
    pub(super) signs: Vec<Signs>,
    /// Left out, with all below: by its tag, or by its signs after weighing.
    pub(super) out: Vec<bool>,
    pub(super) lines: Vec<Line>,
    /// Which lines stand in nothing that is left out.
    kept: Vec<bool>,
    /// For each node, the first line that begins at it or later.
    pub(super) first_line: Vec<u32>,
    /// Sums over the lines before each line.
    sums: Vec<Sums>,
    /// For each node, the bytes of text before it.
    pub(super) letters: Vec<u32>,
    /// The page's pictures.
    pictures: Vec<NodeId>,
    /// Each class list of the page, the first element that has it, and what it says.
    pub(super) classes: FxHashMap<&'t str, (NodeId, Signs)>,
    /// Each id and its element.
    pub(super) ids: FxHashMap<&'t str, NodeId>,
}

/// What lines add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Sums {
    /// Bytes of text.
    pub(in crate::extract) text: u32,
    /// Bytes of text in links.
    pub(in crate::extract) link: u32,
    /// Bytes of prose.
    pub(in crate::extract) prose: u32,
    /// Lines of prose.
    pub(in crate::extract) prose_lines: u32,
    /// Lines.
    pub(in crate::extract) lines: u32,
    /// Worth to an article.
    pub(in crate::extract) worth: i32,
}

impl Sums {
    fn plus(self, line: &Line, worth: i32) -> Self {
        let prose = line.is_prose();
        Self {
            text: self.text + line.len,
            link: self.link + line.link,
            prose: self.prose + if prose { line.len } else { 0 },
            prose_lines: self.prose_lines + u32::from(prose),
            lines: self.lines + 1,
            worth: self.worth.saturating_add(worth),
        }
    }

    fn minus(self, before: Self) -> Self {
        Self {
            text: self.text - before.text,
            link: self.link - before.link,
            prose: self.prose - before.prose,
            prose_lines: self.prose_lines - before.prose_lines,
            lines: self.lines - before.lines,
            worth: self.worth - before.worth,
        }
    }
}

impl<'t> Survey<'t> {
    /// Measures a page. Linear in its size.
    pub(in crate::extract) fn of(tree: &'t Tree) -> Self {
        let mut survey = Self {
            tree,
            signs: vec![Signs::default(); tree.len()],
            out: vec![false; tree.len()],
            lines: Vec::new(),
            kept: Vec::new(),
            first_line: vec![0; tree.len() + 1],
            sums: Vec::new(),
            letters: vec![0; tree.len() + 1],
            pictures: tree.all().filter(|id| is_picture(tree, *id)).collect(),
            classes: FxHashMap::default(),
            ids: FxHashMap::default(),
        };
        Surveyor::new(&mut survey).walk();
        survey.sum(|line| line.worth());
        survey.leave_out();
        survey.weigh();
        survey
    }

    /// Returns what the names of an element say.
    pub(in crate::extract) fn signs(&self, id: NodeId) -> Signs {
        self.signs[id.index()]
    }

    /// Is this element itself left out, whatever holds it?
    pub(in crate::extract) fn is_out(&self, id: NodeId) -> bool {
        self.out[id.index()]
    }

    /// Adds to what an element's names say.
    pub(in crate::extract) fn mark(&mut self, id: NodeId, signs: Signs) {
        let own = &mut self.signs[id.index()];
        *own = own.with(signs);
    }

    /// Leaves an element out with all that it holds.
    pub(in crate::extract) fn drop(&mut self, id: NodeId) {
        self.out[id.index()] = true;
    }

    /// Leaves an element out with all that it holds, which counts for nothing from now on.
    pub(in crate::extract) fn discard(&mut self, id: NodeId) {
        self.drop(id);
        let range = self.first_line[id.index()] as usize
            ..self.first_line[self.tree.end(id).index()] as usize;
        self.kept[range.clone()].fill(false);
        let (before, lost) = (self.sums[range.start], self.sums(id));
        self.sums[range.start..=range.end].fill(before);
        for sums in &mut self.sums[range.end + 1..] {
            *sums = sums.minus(lost);
        }
    }

    /// Walks the page's class lists, each once, with the first element that has it.
    pub(in crate::extract) fn classes(&self) -> impl Iterator<Item = (&'t str, NodeId)> + '_ {
        self.classes.iter().map(|(names, (id, _))| (*names, *id))
    }

    /// Walks the page's ids with their elements.
    pub(in crate::extract) fn ids(&self) -> impl Iterator<Item = (&'t str, NodeId)> + '_ {
        self.ids.iter().map(|(name, id)| (*name, *id))
    }

    /// Returns the lines inside `id`.
    pub(in crate::extract) fn lines(&self, id: NodeId) -> &[Line] {
        let range = self.first_line[id.index()]..self.first_line[self.tree.end(id).index()];
        &self.lines[range.start as usize..range.end as usize]
    }

    /// Returns what the lines inside `id` add up to; lines that are left out count for nothing.
    pub(in crate::extract) fn sums(&self, id: NodeId) -> Sums {
        let (from, to) = (
            self.first_line[id.index()],
            self.first_line[self.tree.end(id).index()],
        );
        self.sums[to as usize].minus(self.sums[from as usize])
    }

    /// Returns the bytes of text inside `id`, left out or not.
    pub(in crate::extract) fn raw_text(&self, id: NodeId) -> usize {
        (self.letters[self.tree.end(id).index()] - self.letters[id.index()]) as usize
    }

    /// Is any picture inside `id`, or is it one itself?
    pub(in crate::extract) fn holds_picture(&self, id: NodeId) -> bool {
        let from = self.pictures.partition_point(|picture| *picture < id);
        let end = self.tree.end(id);
        self.pictures
            .get(from)
            .is_some_and(|picture| *picture < end)
    }

    fn sum(&mut self, worth: impl Fn(&Line) -> i32) {
        self.sums.clear();
        self.sums.reserve(self.lines.len() + 1);
        let mut sums = Sums::default();
        self.sums.push(sums);
        for line in &self.lines {
            sums = sums.plus(line, worth(line));
            self.sums.push(sums);
        }
    }

    /// Leaves out what its signs say is no article, unless it holds most of the page's prose.
    fn leave_out(&mut self) {
        let all = self.sums(self.tree.root());
        let spared = self.around_named_bodies(all);
        let column = self.column_of_main();
        for id in self.tree.all() {
            if self.is_modal(id) {
                self.out[id.index()] = true;
                continue;
            }
            if spared[id.index()] {
                continue;
            }
            let signs = self.signs[id.index()];
            if Some(id) == column {
                continue;
            }
            if signs.any(UNWANTED) && !self.out[id.index()] {
                let own = self.sums(id);
                self.out[id.index()] =
                    !may_hold_article(signs, own, all) && !self.is_wrapper(id, signs, own);
            } else if signs.any(Signs::CHROME) {
                let own = self.sums(id);
                let entry = self.is_entry(id) || self.names_entry(id);
                self.out[id.index()] |= own.prose == 0 && own.text < 300 && !entry;
            }
        }
    }

    /// Sums again, now that it is known which lines are left out.
    fn weigh(&mut self) {
        let mut kept = vec![true; self.lines.len()];
        let mut until = self.tree.root();
        for id in self.tree.all() {
            if id < until || !self.out[id.index()] {
                continue;
            }
            until = self.tree.end(id);
            let range = self.first_line[id.index()]..self.first_line[until.index()];
            kept[range.start as usize..range.end as usize].fill(false);
        }
        let cards = self.cards();
        let mut sums = Sums::default();
        self.sums.clear();
        self.sums.push(sums);
        for (at, line) in self.lines.iter().enumerate() {
            if kept[at] {
                sums = sums.plus(
                    line,
                    if cards[at] {
                        line.worth().min(-20)
                    } else {
                        line.worth()
                    },
                );
            }
            self.sums.push(sums);
        }
        self.kept = kept;
    }

    /// Returns the lines between two nodes that stand in nothing left out.
    pub(in crate::extract) fn kept_between(
        &self,
        from: NodeId,
        to: NodeId,
    ) -> impl Iterator<Item = &Line> {
        let range = self.first_line[from.index()] as usize..self.first_line[to.index()] as usize;
        let kept = self.kept.get(range.clone()).unwrap_or_default();
        let lines = self.lines.get(range).unwrap_or_default();
        lines
            .iter()
            .zip(kept)
            .filter(|(_, kept)| **kept)
            .map(|(line, _)| line)
    }

    /// Which lines stand in cards: small boxes whose heading or longest line is a link elsewhere.
    fn cards(&self) -> Vec<bool> {
        let mut in_card = vec![false; self.lines.len()];
        for id in self.tree.all() {
            let boxed = matches!(
                self.tree.tag(id),
                Some(Tag::Li | Tag::Div | Tag::Article | Tag::Section | Tag::Td | Tag::A)
            );
            if !boxed {
                continue;
            }
            let range = self.first_line[id.index()] as usize
                ..self.first_line[self.tree.end(id).index()] as usize;
            if (2..=6).contains(&range.len()) && is_card(&self.lines[range.clone()]) {
                in_card[range].fill(true);
            }
        }
        in_card
    }
}

/// Is it a picture, of HTML's, of AMP's or of SVG's?
fn is_picture(tree: &Tree, id: NodeId) -> bool {
    let named = || {
        tree.element(id)
            .is_some_and(|e| matches!(e.name(), "amp-img" | "image"))
    };
    match tree.tag(id) {
        Some(Tag::Img) => true,
        Some(Tag::Other) => named(),
        _ => false,
    }
}

/// Signs of what is left out.
pub(super) const UNWANTED: Signs = Signs::NOISE
    .with(Signs::COMMENT)
    .with(Signs::RELATED)
    .with(Signs::MENU)
    .with(Signs::PAGING)
    .with(Signs::HIDDEN)
    .with(Signs::PAYWALL);

/// Does an element hold so much of the page's prose that its name must mean something else?
fn may_hold_article(signs: Signs, own: Sums, all: Sums) -> bool {
    // What waits for somebody to pay is named so, and mostly hidden too.
    let paid = Signs::PAYWALL.with(Signs::HIDDEN);
    if signs.any(Signs::PAYWALL) && !signs.any(UNWANTED.without(paid)) {
        return own.prose_lines > 2;
    }
    let most_text = u64::from(own.text) * 100 > u64::from(all.text) * 60;
    if most_text && !signs.any(UNWANTED.without(Signs::NOISE).with(Signs::FIXTURE)) {
        return true;
    }
    // What is named after the tabs over it: a menu is made of links.
    if own.text > 300 && own.link * 4 < own.text && !signs.any(UNWANTED.without(Signs::MENU)) {
        return true;
    }
    let percent = u64::from(own.prose) * 100 / u64::from(all.prose.max(1));
    let least = if signs.any(Signs::COMMENT.with(Signs::HIDDEN)) {
        80
    } else if signs.any(Signs::FIXTURE.with(Signs::MENU).with(Signs::RELATED)) {
        65
    } else {
        25
    };
    let footer_like = signs.any(Signs::FIXTURE) && own.prose_lines < 4;
    percent >= least
        && own.prose > 400
        && own.prose_lines > 2
        && own.link < own.prose * 2
        && !footer_like
}

/// Longer prose tells a story itself.
const TEASER: u32 = 400;

fn is_card(lines: &[Line]) -> bool {
    let prose = lines.iter().filter(|line| line.is_prose()).count();
    let named = lines
        .iter()
        .any(|line| line.link >= 15 && line.link * 10 >= line.len * 8);
    let long = lines
        .iter()
        .any(|line| line.is_prose() && line.len > TEASER);
    named && prose <= 1 && !long
}
