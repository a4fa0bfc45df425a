//! The walk through a body that makes its blocks.
//!
//! Block elements part paragraphs; figures, lists and data tables are read whole by their own
//! rooms; layout tables and wrappers of any kind are walked through as if they were not there.

use super::{Prose, figure, inline, list, media, table};
use crate::extract::clean::Cleaner;
use crate::extract::find::Signs;
use crate::extract::likeness::{begins_with, same};
use crate::extract::page::Page;
use crate::extract::phrase;
use crate::extract::walk::{Step, Walk};
use crate::html::{NodeId, Tag};
use crate::model::{Block, Figure, Text};

/// A block, and where it came from.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Made {
    /// The block.
    pub(in crate::extract) block: Block,
    /// The element it came from.
    pub(in crate::extract) node: NodeId,
    /// What the names of that element and of the wrappers it fills say.
    pub(in crate::extract) signs: Signs,
    /// Is it centred or set to the right?
    pub(in crate::extract) aside: bool,
}

impl Made {
    /// Returns a paragraph's text.
    pub(in crate::extract) fn paragraph(&self) -> Option<&Text> {
        match &self.block {
            Block::Paragraph(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the text of a paragraph or a heading.
    pub(in crate::extract) fn line(&self) -> Option<&Text> {
        match &self.block {
            Block::Paragraph(text) | Block::Heading { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// Makes the blocks of the element `root`.
pub(in crate::extract) fn compose(
    page: &Page<'_>,
    root: NodeId,
    cleaner: &Cleaner<'_, '_>,
) -> Vec<Made> {
    let mut composer = Composer {
        page,
        cleaner,
        root,
        prose: Prose::default(),
        breaks: 0,
        blocks: vec![root],
        heading: None,
        quotes: Vec::new(),
        pictures: Vec::new(),
        made: Vec::new(),
    };
    composer.walk();
    composer.made
}

/// Makes the pictures that stand between the article's title and its body, and the lines beside
/// them that are named as captions or say what the picture before them shows.
pub(in crate::extract) fn pictures_before(
    page: &Page<'_>,
    title: NodeId,
    root: NodeId,
) -> Vec<Made> {
    let tree = page.tree;
    let mut around = tree.ancestors(root).filter(|a| tree.contains(*a, title));
    let Some(common) = around.next() else {
        return Vec::new();
    };
    // The picture over a title stands in the article's element at the latest.
    let common = around
        .find(|a| tree.tag(*a) == Some(Tag::Article))
        .unwrap_or(common);
    let mut made: Vec<Made> = Vec::new();
    let mut until = common;
    let before = tree.subtree(common).skip(1).take_while(|id| *id < root);
    for id in before {
        let Some(tag) = tree.tag(id).filter(|_| id >= until) else {
            continue;
        };
        let leads_away = tag == Tag::A && page.survey.raw_text(id) > 0;
        if page.survey.is_out(id) || leads_away || matches!(tag, Tag::Li | Tag::Ul) {
            until = tree.end(id);
        } else if tree.end(id) <= root && figure::is_figure(page, id) {
            if let Some(blocks) = figure::read(page, id) {
                until = tree.end(id);
                made.extend(blocks.into_iter().map(|block| bare(block, id)));
            }
        } else if let Some(line) = line_beside(page, id, tag, made.last())
            && tree.end(id) <= root
        {
            until = tree.end(id);
            made.push(line);
        }
    }
    made
}

/// A line that is named as a caption, or says what the picture before it shows.
fn line_beside(page: &Page<'_>, id: NodeId, tag: Tag, before: Option<&Made>) -> Option<Made> {
    let signs = page.survey.signs(id);
    let size = page.survey.raw_text(id);
    let Some(Block::Figure(picture)) = before.map(|made| &made.block) else {
        return None;
    };
    let short = size > 0 && size <= LONGEST_CAPTION;
    if !short || !(signs.any(Signs::CAPTION) || tag == Tag::P && !picture.alt.is_empty()) {
        return None;
    }
    let text = inline::text(page, id);
    let described =
        || begins_with(text.as_str(), &picture.alt) || same(text.as_str(), &picture.alt);
    let belongs = signs.any(Signs::CAPTION) || described();
    belongs.then(|| Made {
        signs,
        ..bare(Block::Paragraph(text), id)
    })
}

/// Longer lines beside a picture are prose.
const LONGEST_CAPTION: usize = 600;

/// A block of which nothing is known but where it came from.
fn bare(block: Block, node: NodeId) -> Made {
    Made {
        block,
        node,
        signs: Signs::default(),
        aside: false,
    }
}

struct Composer<'p, 't> {
    page: &'p Page<'t>,
    cleaner: &'p Cleaner<'p, 't>,
    root: NodeId,
    prose: Prose,
    /// `br` elements in a row.
    breaks: u8,
    /// Open block elements.
    blocks: Vec<NodeId>,
    heading: Option<u8>,
    /// Where each open quotation began in `made`.
    quotes: Vec<usize>,
    /// Pictures met inside the paragraph that is being built.
    pictures: Vec<(NodeId, Figure)>,
    made: Vec<Made>,
}

/// Quotations nest no deeper than this.
const QUOTE_DEPTH: usize = 4;

impl Composer<'_, '_> {
    fn walk(&mut self) {
        let mut walk = Walk::new(self.page.tree, self.root);
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
        self.flush();
    }

    fn text(&mut self, id: NodeId) {
        let text = self.page.tree.text(id).unwrap_or_default();
        if phrase::is_link_note(text) {
            return;
        }
        if !text.bytes().all(|b| b.is_ascii_whitespace()) {
            if self.breaks == 1 && !self.prose.is_empty() {
                self.prose.line_break();
            }
            self.breaks = 0;
        }
        self.prose.push(text);
    }

    /// Begins an element; says whether its inside is walked through.
    fn enter(&mut self, id: NodeId) -> bool {
        let Some(element) = self.page.tree.element(id) else {
            return false;
        };
        self.prose.open(None);
        if id != self.root && self.cleaner.leaves_out(id) {
            return false;
        }
        let tag = element.tag();
        if tag == Tag::Br {
            self.line_break();
            return false;
        }
        if let Some(whole) = self.whole(id, tag) {
            return self.push_whole(id, tag, whole);
        }
        if tag.is_block() {
            self.begin_block(id, tag);
        }
        if let Some(mark) = inline::mark(self.page, element) {
            self.prose.close();
            self.prose.open(Some(mark));
        }
        true
    }

    /// Reads an element that makes a block by itself; `Some(None)` where it makes none.
    fn whole(&self, id: NodeId, tag: Tag) -> Option<Vec<Block>> {
        match tag {
            Tag::Table => table::read(self.page, id, self.cleaner),
            Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir => list::read(self.page, id, self.cleaner),
            Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Plaintext => self.code(id),
            Tag::Iframe | Tag::Video | Tag::Audio | Tag::Embed | Tag::Object => {
                Some(media::read(self.page, id).into_iter().collect())
            }
            Tag::Hr => Some(Vec::new()),
            Tag::Figcaption if !self.page.holds(id, &[Tag::Img, Tag::Picture]) => {
                Some(caption_beside(self.page, id))
            }
            _ if figure::is_figure(self.page, id) => figure::read(self.page, id),
            _ => None,
        }
    }

    fn push_whole(&mut self, id: NodeId, tag: Tag, blocks: Vec<Block>) -> bool {
        let inline = matches!(
            tag,
            Tag::Img | Tag::Picture | Tag::Other | Tag::A | Tag::Span
        );
        if inline && !self.prose.is_empty() {
            for block in blocks {
                if let Block::Figure(picture) = block {
                    self.pictures.push((id, picture));
                }
            }
            return false;
        }
        self.flush();
        for block in blocks {
            self.push(id, block);
        }
        false
    }

    fn leave(&mut self, id: NodeId) {
        self.prose.close();
        let Some(tag) = self.page.tree.tag(id) else {
            return;
        };
        if tag == Tag::Span {
            self.prose.part();
        }
        if tag.is_block() && self.blocks.last() == Some(&id) {
            self.flush();
            self.end_block(id, tag);
        }
    }

    fn begin_block(&mut self, id: NodeId, tag: Tag) {
        self.flush();
        self.blocks.push(id);
        if let Some(level) = tag.heading_level() {
            self.heading = Some(level);
        }
        if tag == Tag::Blockquote && self.quotes.len() < QUOTE_DEPTH {
            self.quotes.push(self.made.len());
        }
    }

    fn end_block(&mut self, id: NodeId, tag: Tag) {
        self.blocks.pop();
        if tag.heading_level().is_some() {
            self.heading = None;
        }
        if tag == Tag::Blockquote && self.quotes_around(id) + 1 == self.quotes.len() {
            self.end_quote(id);
        }
    }

    fn quotes_around(&self, id: NodeId) -> usize {
        let outer = self.page.tree.ancestors(id).take_while(|a| *a >= self.root);
        outer
            .filter(|a| self.page.tree.tag(*a) == Some(Tag::Blockquote))
            .count()
    }

    fn end_quote(&mut self, id: NodeId) {
        let from = self.quotes.pop().unwrap_or(self.made.len());
        let inner: Vec<Block> = self.made.drain(from..).map(|m| unheaded(m.block)).collect();
        if !inner.is_empty() {
            self.push(id, Block::Quote(inner));
        }
    }

    /// Two breaks in a row part paragraphs; one is a line break if text follows.
    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks >= 2 {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let had_break = self.breaks;
        self.breaks = 0;
        let text = self.prose.take();
        let block = self.blocks.last().copied().unwrap_or(self.root);
        if !text.is_empty() {
            let made = match self.heading {
                Some(level) => Block::Heading { level, text },
                None => Block::Paragraph(text),
            };
            self.push(block, made);
        } else if had_break > 0 && self.pictures.is_empty() {
            return;
        }
        for (id, picture) in std::mem::take(&mut self.pictures) {
            self.push(id, Block::Figure(picture));
        }
    }

    fn push(&mut self, node: NodeId, block: Block) {
        let (signs, aside) = self.setting(node);
        self.made.push(Made {
            block,
            node,
            signs,
            aside,
        });
    }

    /// What an element's names say, and those of the wrappers that hold nothing else.
    fn setting(&self, node: NodeId) -> (Signs, bool) {
        let (tree, survey) = (self.page.tree, &self.page.survey);
        let (mut signs, mut aside) = (survey.signs(node), is_aside(self.page, node));
        let mut own = survey.sums(node).text;
        for outer in tree.ancestors(node).take_while(|a| *a > self.root).take(3) {
            let all = survey.sums(outer).text;
            if all > own + own / 10 + 5 {
                break;
            }
            own = all;
            signs = signs.with(survey.signs(outer));
            aside |= is_aside(self.page, outer);
        }
        if let Some(inner) = only_child(self.page, node) {
            aside |= self.page.tree.tag(inner) == Some(Tag::Small);
            signs = signs.with(survey.signs(inner));
        }
        (signs, aside)
    }

    fn code(&self, id: NodeId) -> Option<Vec<Block>> {
        let code = self.page.tree.text_of(id);
        let code = code.trim_matches('\n').trim_end();
        let prose = self.page.survey.sums(id).prose_lines > 0 && !self.page.holds(id, &[Tag::Code]);
        let long_lines = code.lines().any(|line| line.len() > 200);
        let no_code = code.is_empty() || prose && long_lines;
        (!no_code).then(|| vec![Block::Code(code.to_owned())])
    }
}

/// A caption outside of its picture's figure is one paragraph, whatever boxes it is made of.
fn caption_beside(page: &Page<'_>, id: NodeId) -> Vec<Block> {
    let text = figure::join_caption_lines(&inline::text(page, id));
    if text.is_empty() {
        return Vec::new();
    }
    vec![Block::Paragraph(text)]
}

/// The one element that `node` holds besides white space.
fn only_child(page: &Page<'_>, node: NodeId) -> Option<NodeId> {
    let blank = |id: &NodeId| page.tree.text(*id).is_some_and(|t| t.trim().is_empty());
    let mut children = page.tree.children(node).filter(|id| !blank(id));
    let first = children.next()?;
    (children.next().is_none() && page.tree.element(first).is_some()).then_some(first)
}

/// Is an element centred or set to the right, by its style or by a class of Bootstrap's?
pub(in crate::extract) fn is_aside(page: &Page<'_>, id: NodeId) -> bool {
    let Some(element) = page.tree.element(id) else {
        return false;
    };
    let aligned = |value: &str| {
        let value = value.to_ascii_lowercase();
        value.contains("center") || value.contains("right")
    };
    let style = element.attr("style").and_then(|style| {
        let at = style.find("text-align")?;
        style[at..].split(';').next()
    });
    let class = |c: &str| matches!(c, "text-right" | "text-end" | "text-center");
    element.tag() == Tag::Center
        || element.classes().any(class)
        || style.is_some_and(aligned)
        || element.attr("align").is_some_and(aligned)
}

/// A heading inside a quotation heads nothing of the article.
fn unheaded(block: Block) -> Block {
    match block {
        Block::Heading { text, .. } => Block::Paragraph(text),
        other => other,
    }
}
