//! The walk that measures a page: lines, and what names and tags say.

use super::survey::UNWANTED;
use super::{Line, Signs, Survey, signs};
use crate::extract::walk::{Step, Walk};
use crate::html::{Element, NodeId, Tag, Tree};

/// The walk that measures.
pub(super) struct Surveyor<'s, 't> {
    survey: &'s mut Survey<'t>,
    blocks: Vec<(NodeId, Tag)>,
    line: Option<Line>,
    links: u32,
    headings: u32,
    breaks: u32,
    /// Bytes of text so far.
    read: u32,
}

impl<'s, 't> Surveyor<'s, 't> {
    pub(super) fn new(survey: &'s mut Survey<'t>) -> Self {
        Self {
            survey,
            blocks: Vec::with_capacity(32),
            line: None,
            links: 0,
            headings: 0,
            breaks: 0,
            read: 0,
        }
    }

    pub(super) fn walk(mut self) {
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
        self.survey.signs[id.index()] = self.element_signs(id, element);
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

    fn in_caption(&self) -> bool {
        self.blocks
            .last()
            .is_some_and(|(_, tag)| *tag == Tag::Figcaption)
    }

    fn class_signs(&mut self, id: NodeId, class: &'t str) -> Signs {
        let known = self.survey.classes.entry(class);
        known.or_insert_with(|| (id, signs(class))).1
    }

    fn in_quotation(&self) -> bool {
        self.blocks.iter().any(|(_, tag)| *tag == Tag::Blockquote)
    }

    fn element_signs(&mut self, id: NodeId, element: Element<'t>) -> Signs {
        let mut all = tag_signs(element.tag());
        for (name, value) in element.attrs() {
            all = all.with(match name {
                "class" => self.class_signs(id, value),
                "id" if !value.is_empty() => {
                    self.survey.ids.entry(value).or_insert(id);
                    signs(value)
                }
                "role" => role_signs(value),
                "itemprop" => property_signs(value),
                name if NAMES.contains(&name) => signs(value),
                name if hides(self.survey.tree, id, name, value) => Signs::HIDDEN,
                _ => Signs::default(),
            });
        }
        if all.any(Signs::BODY) && !all.any(Signs::COMMENT.with(Signs::RELATED)) {
            all = all.without(UNWANTED).without(Signs::CHROME);
        }
        match element.tag() {
            Tag::Blockquote => all.without(Signs::NOISE),
            // It says whose words a quotation holds.
            Tag::Footer if self.in_quotation() => all.without(Signs::NOISE.with(Signs::FIXTURE)),
            Tag::Td | Tag::Th | Tag::Dt | Tag::Dd => all.without(Signs::CHROME),
            // A caption is hidden from screen readers where the picture's description says it too.
            _ if self.in_caption() => all.without(UNWANTED),
            // Papers hide paragraphs from screen readers until somebody pays.
            Tag::P if element.attr("style").is_none() => {
                all.without(Signs::PAYWALL).without(Signs::HIDDEN)
            }
            Tag::Html | Tag::Body | Tag::Main | Tag::Img | Tag::Picture => {
                all.without(UNWANTED).without(Signs::CHROME)
            }
            // What stands in the midst of a line is read with it.
            tag if tag.is_formatting() || matches!(tag, Tag::Span | Tag::Abbr | Tag::Mark) => {
                if self.line.is_some() {
                    all.without(UNWANTED.without(Signs::HIDDEN))
                        .without(Signs::CHROME)
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

/// Attributes by which sites whose classes are hashes name the parts of a page, for their own tests
/// mostly.
const NAMES: [&str; 5] = [
    "data-testid",
    "data-test-tag",
    "data-component",
    "data-gu-name",
    "data-qa",
];

fn tag_signs(tag: Tag) -> Signs {
    match tag {
        Tag::Nav | Tag::Menu => Signs::MENU,
        Tag::Footer | Tag::Dialog | Tag::Search => Signs::NOISE.with(Signs::FIXTURE),
        Tag::Aside | Tag::Noscript => Signs::NOISE,
        Tag::Form | Tag::Fieldset => Signs::NOISE,
        Tag::Figcaption => Signs::CAPTION,
        _ => Signs::default(),
    }
}

fn role_signs(role: &str) -> Signs {
    match role {
        "navigation" | "menu" | "menubar" | "toolbar" | "tablist" => Signs::MENU,
        "complementary" | "contentinfo" | "search" | "dialog" | "alertdialog" | "button"
        | "banner" => Signs::NOISE,
        _ => Signs::default(),
    }
}

fn property_signs(property: &str) -> Signs {
    match property {
        "articleBody" => Signs::BODY,
        "headline" => Signs::TITLE,
        "datePublished" => Signs::DATE,
        "author" => Signs::AUTHOR,
        "description" => Signs::SUMMARY,
        "publisher" | "keywords" | "dateModified" | "width" | "height" | "wordCount" => {
            Signs::NOISE
        }
        _ => Signs::default(),
    }
}

/// What a style that hides an element holds, so that most styles need no closer look.
const HINTS: [&str; 4] = ["none", "hidden", "-999", "font-size"];
/// Declarations that hide an element; `backface-visibility:hidden` does not.
const UNSEEN: [&str; 3] = [
    ";display:none;",
    ";visibility:hidden;",
    ";content-visibility:hidden;",
];
/// Declarations that leave letters no size.
const NO_SIZE: [&str; 2] = [";font-size:0;", ";font-size:0px;"];
/// Most nodes in which letters without a size are looked for: what hides is short, and what holds more
/// is a box that would close the gaps between its parts.
const NODES_WITHOUT_SIZE: usize = 32;

/// Does this attribute hide its element?
fn hides(tree: &Tree, id: NodeId, name: &str, value: &str) -> bool {
    match name {
        "style" => style_hides(tree, id, value),
        "hidden" => value != "until-found",
        "aria-hidden" => value == "true",
        _ => false,
    }
}

fn style_hides(tree: &Tree, id: NodeId, style: &str) -> bool {
    let style = bare(style);
    let says = |rules: &[&str]| rules.iter().any(|rule| style.contains(rule));
    says(&UNSEEN)
        || style.contains(";position:absolute;") && style.contains(":-999")
        || says(&NO_SIZE) && no_size_is_set_in(tree, id)
}

/// Returns a style in small letters, without blanks, each declaration between semicolons; nothing
/// where none of them can hide.
fn bare(style: &str) -> String {
    let capitals = style.bytes().any(|b| b.is_ascii_uppercase());
    if !capitals && !HINTS.iter().any(|hint| style.contains(hint)) {
        return String::new();
    }
    let letters = style.chars().filter(|c| !c.is_whitespace());
    let bare: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    format!(";{};", bare.replace("!important", ""))
}

/// Do all letters in it keep the size that it gives them? Newsletters give their parts sizes again.
fn no_size_is_set_in(tree: &Tree, id: NodeId) -> bool {
    let mut inside = tree.subtree(id).skip(1);
    let sized = |id| {
        let style = tree.element(id).and_then(|inner| inner.attr("style"));
        style.is_some_and(|style| style.to_ascii_lowercase().contains("font-size"))
    };
    !inside.by_ref().take(NODES_WITHOUT_SIZE).any(sized) && inside.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::hides;
    use crate::html::{Limits, parse};

    #[track_caller]
    fn check(markup: &str, hidden: bool) {
        let tree = parse(markup.as_bytes(), None, &Limits::default());
        let id = tree.by_id("x").expect("the element");
        let element = tree.element(id).expect("an element");
        let mut attrs = element.attrs();
        let hides = attrs.any(|(name, value)| hides(&tree, id, name, value));
        assert_eq!(hides, hidden, "{markup}");
    }

    #[test]
    fn styles_hide_however_they_are_written() {
        for style in [
            "display:none",
            "color: red; DISPLAY: None",
            "Visibility:Hidden;",
            "display:none !important",
            "position:absolute; left:-9999px",
            "font-size: 0",
            "font-size:0px;line-height:0",
        ] {
            check(&format!("<p id=x style='{style}'>a<b>b</b></p>"), true);
        }
        for style in [
            "display:block",
            "overflow:hidden",
            "-webkit-backface-visibility:hidden;backface-visibility: hidden",
            "font-size:0.9em",
            "font-size:05px",
        ] {
            check(&format!("<p id=x style='{style}'>a<b>b</b></p>"), false);
        }
    }

    #[test]
    fn a_box_without_a_size_shows_the_parts_that_have_one() {
        let part = "<p style='font-size: 13px'>a</p>";
        check(
            &format!("<div id=x style='font-size:0'>{part}</div>"),
            false,
        );
        let parts = "<p class=a>a</p>".repeat(40);
        check(
            &format!("<div id=x style='font-size:0'>{parts}</div>"),
            false,
        );
    }
}
