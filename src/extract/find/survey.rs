//! A page measured once: its lines, what its names say, and sums that answer for any subtree.

use rustc_hash::FxHashMap;

use super::{Line, Signs, signs};
use crate::extract::walk::{Step, Walk};
use crate::html::{Element, NodeId, Tag, Tree};

/// A tree with what was measured on it.
#[derive(Debug)]
pub(in crate::extract) struct Survey<'t> {
    /// The page.
    pub(in crate::extract) tree: &'t Tree,
    signs: Vec<Signs>,
    /// Left out, with all below: by its tag, or by its signs after weighing.
    out: Vec<bool>,
    lines: Vec<Line>,
    /// Which lines stand in nothing that is left out.
    kept: Vec<bool>,
    /// For each node, the first line that begins at it or later.
    first_line: Vec<u32>,
    /// Sums over the lines before each line.
    sums: Vec<Sums>,
    /// For each node, the bytes of text before it.
    letters: Vec<u32>,
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
        for id in self.tree.all() {
            if spared[id.index()] {
                continue;
            }
            let signs = self.signs[id.index()];
            if signs.any(UNWANTED) && !self.out[id.index()] {
                self.out[id.index()] = !may_hold_article(signs, self.sums(id), all);
            } else if signs.any(Signs::CHROME) {
                let own = self.sums(id);
                self.out[id.index()] |= own.prose == 0 && own.text < 300;
            }
        }
    }

    /// The elements around those that a page itself names its article's body.
    fn around_named_bodies(&self, all: Sums) -> Vec<bool> {
        let mut around = vec![false; self.tree.len()];
        for id in self.tree.all() {
            let named = self.tree.element(id).and_then(|e| e.attr("itemprop")) == Some("articleBody");
            if !named || self.sums(id).prose * 5 < all.prose {
                continue;
            }
            for outer in self.tree.ancestors(id) {
                if std::mem::replace(&mut around[outer.index()], true) {
                    break;
                }
            }
        }
        around
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
    pub(in crate::extract) fn kept_between(&self, from: NodeId, to: NodeId) -> impl Iterator<Item = &Line> {
        let range = self.first_line[from.index()] as usize..self.first_line[to.index()] as usize;
        let kept = self.kept.get(range.clone()).unwrap_or_default();
        let lines = self.lines.get(range).unwrap_or_default();
        lines.iter().zip(kept).filter(|(_, kept)| **kept).map(|(line, _)| line)
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

/// Signs of what is left out.
const UNWANTED: Signs = Signs::NOISE
    .with(Signs::COMMENT)
    .with(Signs::RELATED)
    .with(Signs::MENU)
    .with(Signs::PAGING)
    .with(Signs::HIDDEN)
    .with(Signs::PAYWALL);

/// Does an element hold so much of the page's prose that its name must mean something else?
fn may_hold_article(signs: Signs, own: Sums, all: Sums) -> bool {
    let percent = u64::from(own.prose) * 100 / u64::from(all.prose.max(1));
    let least = if signs.any(Signs::COMMENT.with(Signs::HIDDEN)) {
        80
    } else if signs.any(Signs::FIXTURE.with(Signs::MENU).with(Signs::RELATED)) {
        65
    } else {
        25
    };
    let footer_like = signs.any(Signs::FIXTURE) && own.prose_lines < 4;
    percent >= least && own.prose > 400 && own.prose_lines > 2 && own.link < own.prose * 2 && !footer_like
}

fn is_card(lines: &[Line]) -> bool {
    let prose = lines.iter().filter(|line| line.is_prose()).count();
    let named = lines
        .iter()
        .any(|line| line.link >= 15 && line.link * 10 >= line.len * 8);
    named && prose <= 1
}

/// The walk that measures.
struct Surveyor<'s, 't> {
    survey: &'s mut Survey<'t>,
    known: FxHashMap<&'t str, Signs>,
    blocks: Vec<(NodeId, Tag)>,
    line: Option<Line>,
    links: u32,
    headings: u32,
    breaks: u32,
    /// Bytes of text so far.
    read: u32,
}

impl<'s, 't> Surveyor<'s, 't> {
    fn new(survey: &'s mut Survey<'t>) -> Self {
        Self {
            survey,
            known: FxHashMap::default(),
            blocks: Vec::with_capacity(32),
            line: None,
            links: 0,
            headings: 0,
            breaks: 0,
            read: 0,
        }
    }

    fn walk(mut self) {
        let tree = self.survey.tree;
        let mut walk = Walk::new(tree, tree.root());
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(id) => {
                    if !self.enter(id) {
                        walk.pass_over();
                    }
                }
                Step::Text(id) => self.text(id),
                Step::Leave(id) => self.leave(id),
            }
        }
        self.close();
        let (lines, end) = (self.lines_so_far(), tree.len());
        self.survey.first_line[end] = lines;
        self.survey.letters[end] = self.read;
        fill_forward(&mut self.survey.first_line);
        fill_forward(&mut self.survey.letters);
    }

    fn lines_so_far(&self) -> u32 {
        u32::try_from(self.survey.lines.len()).unwrap_or(u32::MAX)
    }

    /// Begins an element; says whether what is inside is looked at.
    fn enter(&mut self, id: NodeId) -> bool {
        let Some(element) = self.survey.tree.element(id) else {
            return false;
        };
        let tag = element.tag();
        if tag.is_block() {
            self.close();
            self.blocks.push((id, tag));
        }
        self.survey.first_line[id.index()] = self.lines_so_far() + u32::from(self.line.is_some());
        self.survey.letters[id.index()] = self.read;
        if is_never_read(tag) || !element.is_html() && element.name() == "svg" {
            self.survey.out[id.index()] = true;
            return false;
        }
        self.survey.signs[id.index()] = self.element_signs(element);
        match tag {
            Tag::A => self.links += 1,
            Tag::Br => self.line_break(),
            _ => {}
        }
        self.headings += u32::from(tag.heading_level().is_some());
        true
    }

    fn leave(&mut self, id: NodeId) {
        let Some(tag) = self.survey.tree.tag(id) else {
            return;
        };
        if tag.is_block() {
            self.close();
            self.blocks.pop();
        }
        if !self.survey.out[id.index()] {
            self.links -= u32::from(tag == Tag::A);
            self.headings -= u32::from(tag.heading_level().is_some());
        }
    }

    /// Two breaks in a row part paragraphs.
    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks >= 2 {
            self.close();
        }
    }

    fn text(&mut self, id: NodeId) {
        let text = self.survey.tree.text(id).unwrap_or_default();
        let blank = text.bytes().all(|b| b.is_ascii_whitespace());
        let begun = self.line.is_some() && !blank;
        self.survey.first_line[id.index()] = self.lines_so_far() + u32::from(begun);
        self.survey.letters[id.index()] = self.read;
        if blank {
            return;
        }
        self.breaks = 0;
        let root = (self.survey.tree.root(), Tag::Html);
        let (block, tag) = self.blocks.last().copied().unwrap_or(root);
        let in_heading = self.headings > 0;
        let line = self.line.get_or_insert_with(|| Line::new(id, block, tag));
        line.heading |= in_heading;
        let before = line.len;
        line.add(text, self.links > 0);
        self.read += line.len - before;
    }

    fn close(&mut self) {
        self.breaks = 0;
        self.survey.lines.extend(self.line.take());
    }

    fn element_signs(&mut self, element: Element<'t>) -> Signs {
        let mut all = tag_signs(element);
        for names in [element.attr("class"), element.attr("id")]
            .into_iter()
            .flatten()
        {
            let said = *self.known.entry(names).or_insert_with(|| signs(names));
            all = all.with(said);
        }
        if is_hidden(element) {
            all = all.with(Signs::HIDDEN);
        }
        if all.any(Signs::BODY) && !all.any(Signs::COMMENT.with(Signs::RELATED)) {
            all = all.without(UNWANTED).without(Signs::CHROME);
        }
        match element.tag() {
            Tag::Blockquote => all.without(Signs::NOISE),
            Tag::Html | Tag::Body | Tag::Main | Tag::Img | Tag::Picture => {
                all.without(UNWANTED).without(Signs::CHROME)
            }
            // What stands in the midst of a line is read with it.
            tag if tag.is_formatting() || matches!(tag, Tag::Span | Tag::Abbr | Tag::Mark) => {
                if self.line.is_some() {
                    all.without(UNWANTED.without(Signs::HIDDEN)).without(Signs::CHROME)
                } else {
                    all
                }
            }
            _ => all,
        }
    }
}

/// Nodes that were passed over have no first line of their own: they take the one before them.
fn fill_forward(first_line: &mut [u32]) {
    let mut highest = 0;
    for first in first_line {
        highest = highest.max(*first);
        *first = highest;
    }
}

/// Elements whose text no reader of a page ever sees, or only as a control.
fn is_never_read(tag: Tag) -> bool {
    tag.is_metadata() && tag != Tag::Head && tag != Tag::Noframes
        || matches!(
            tag,
            Tag::Iframe
                | Tag::Noembed
                | Tag::Object
                | Tag::Select
                | Tag::Textarea
                | Tag::Button
                | Tag::Datalist
                | Tag::Canvas
                | Tag::Audio
                | Tag::Video
                | Tag::Progress
                | Tag::Meter
                | Tag::Option
                | Tag::Head
        )
}

fn tag_signs(element: Element<'_>) -> Signs {
    let by_tag = match element.tag() {
        Tag::Nav | Tag::Menu => Signs::MENU,
        Tag::Footer | Tag::Dialog | Tag::Search => Signs::NOISE.with(Signs::FIXTURE),
        Tag::Aside | Tag::Noscript => Signs::NOISE,
        Tag::Form | Tag::Fieldset => Signs::NOISE,
        Tag::Figcaption => Signs::CAPTION,
        _ => Signs::default(),
    };
    let by_role = match element.attr("role") {
        Some("navigation" | "menu" | "menubar" | "toolbar" | "tablist") => Signs::MENU,
        Some(
            "complementary" | "contentinfo" | "search" | "dialog" | "alertdialog" | "button"
            | "banner",
        ) => Signs::NOISE,
        _ => Signs::default(),
    };
    let by_property = match element.attr("itemprop") {
        Some("articleBody") => Signs::BODY,
        Some("headline") => Signs::TITLE,
        Some("datePublished") => Signs::DATE,
        Some("author") => Signs::AUTHOR,
        Some("description") => Signs::SUMMARY,
        _ => Signs::default(),
    };
    by_tag.with(by_role).with(by_property)
}

fn is_hidden(element: Element<'_>) -> bool {
    let style = element.attr("style").is_some_and(|style| {
        let bare: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        let bare = bare.to_ascii_lowercase();
        bare.contains("display:none") || bare.contains("visibility:hidden")
    });
    style
        || element.attr("hidden").is_some_and(|h| h != "until-found")
        || element.attr("aria-hidden") == Some("true")
}
