//! A page at hand: its tree, what was measured on it, and where its links lead.

use url::{Position, Url};

use super::find::{Line, Signs, Survey};
use crate::html::{Element, NodeId, Tag, Tree};
use crate::model::letter;
use crate::model::{is_plain_address, is_plain_path};

/// So many elements inside a link its parts may stand.
const IN_LINK: usize = 4;

/// All that the steps of extraction look at.
#[derive(Debug)]
pub(super) struct Page<'t> {
    /// The tree.
    pub(super) tree: &'t Tree,
    /// What was measured on it.
    pub(super) survey: Survey<'t>,
    /// Where it was read from.
    pub(super) address: Option<&'t Url>,
    base: Option<Url>,
}

impl<'t> Page<'t> {
    /// Measures a tree that was read from `address`.
    pub(super) fn new(tree: &'t Tree, address: Option<&'t Url>) -> Self {
        Self {
            tree,
            survey: Survey::of(tree),
            address,
            base: base(tree, address),
        }
    }

    /// Returns the absolute address that `href` leads to; `None` where it leads to no http or https
    /// address, or only to another place on this page.
    pub(super) fn link(&self, href: &str) -> Option<String> {
        let href = href.trim();
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        if is_plain_address(href) {
            return Some(href.to_owned());
        }
        if let Some(site) = self.site().filter(|_| is_plain_path(href)) {
            return Some([site, href].concat());
        }
        let url = match &self.base {
            Some(base) => base.join(href).ok()?,
            None => Url::parse(href).ok()?,
        };
        let web = matches!(url.scheme(), "http" | "https") && url.has_host();
        let here = url.fragment().is_some() && self.address.is_some_and(|a| same_page(a, &url));
        (web && !here).then(|| url.into())
    }

    /// Returns what stands before the path in the addresses of the page's own site.
    fn site(&self) -> Option<&str> {
        let base = self.base.as_ref()?;
        let web = matches!(base.scheme(), "http" | "https") && base.has_host();
        web.then(|| &base[..Position::BeforePath])
    }

    /// Is it unknown where the page comes from, so that its own addresses lead nowhere?
    pub(super) fn is_placeless(&self) -> bool {
        self.base.is_none()
    }

    /// Returns the text below `id` that is shown, white space collapsed.
    pub(super) fn shown(&self, id: NodeId) -> String {
        self.shown_up_to(id, usize::MAX)
    }

    /// Returns the beginning of the text below `id` that is shown, about `most` bytes of it.
    pub(super) fn shown_up_to(&self, id: NodeId, most: usize) -> String {
        let mut out = String::new();
        let mut until = id;
        for at in self.tree.subtree(id) {
            if out.len() > most {
                break;
            }
            if at < until {
                continue;
            }
            if at != id && self.survey.is_out(at) {
                until = self.tree.end(at);
                continue;
            }
            match self.tree.text(at) {
                Some(text) => {
                    if self.goes_on_after_kicker(at, text, &out) {
                        out.push(' ');
                    }
                    collapse_into(&mut out, text);
                }
                None if self
                    .tree
                    .tag(at)
                    .is_some_and(|t| t.is_block() || t == Tag::Br) =>
                {
                    collapse_into(&mut out, " ");
                }
                // Kicker and headline stand in two spans, parted by the style sheet alone.
                None if self.follows_in_heading(at) => collapse_into(&mut out, " "),
                None => {}
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// Does the shown text below `id` say these words and nothing else, as [`same`](super::likeness::same) has it?
    pub(super) fn says(&self, id: NodeId, words: &str) -> bool {
        let mut wanted = letter::folded(words);
        let mut until = id;
        let mut said = false;
        for at in self.tree.subtree(id) {
            if at < until {
                continue;
            }
            if at != id && self.survey.is_out(at) {
                until = self.tree.end(at);
            } else if let Some(text) = self.tree.text(at) {
                for letter in letter::folded(text) {
                    if wanted.next() != Some(letter) {
                        return false;
                    }
                    said = true;
                }
            }
        }
        said && wanted.next().is_none()
    }

    /// Does a text begin in upper case right behind a `span` that ends in lower case, in a heading
    /// or, both in rooms of their own, in a link: a brand and its product?
    fn goes_on_after_kicker(&self, id: NodeId, text: &str, before: &str) -> bool {
        let is_span = |id: NodeId| self.tree.tag(id) == Some(Tag::Span);
        let follows = |id: NodeId| self.tree.previous_sibling(id).is_some_and(is_span);
        let in_link = || {
            let room = self.tree.parent(id).filter(|room| is_span(*room));
            room.is_some_and(|room| {
                let mut holders = self.tree.ancestors(room).take(IN_LINK);
                follows(room) && holders.any(|a| self.tree.tag(a) == Some(Tag::A))
            })
        };
        (follows(id) && self.follows_in_heading(id) || in_link())
            && before.ends_with(char::is_lowercase)
            && text.starts_with(char::is_uppercase)
    }

    /// Does a node follow an element right inside a heading?
    fn follows_in_heading(&self, id: NodeId) -> bool {
        let before = self
            .tree
            .previous_sibling(id)
            .is_some_and(|b| self.tree.element(b).is_some());
        let parent = || self.tree.parent(id).and_then(|p| self.tree.element(p));
        before
            && parent().is_some_and(|parent| {
                parent.tag().heading_level().is_some() || parent.attr("role") == Some("heading")
            })
    }

    /// Returns the words of one line inside `within`, white space collapsed.
    pub(super) fn line_text(&self, line: &Line, within: NodeId) -> String {
        in_one(self.broken_line_text(line, within))
    }

    /// Returns the words of one line inside `within` with its breaks.
    pub(super) fn broken_line_text(&self, line: &Line, within: NodeId) -> String {
        self.line_up_to(line, within, usize::MAX)
    }

    /// Returns the first text of a line, unless it is one that is never read.
    pub(super) fn first_text(&self, line: &Line) -> Option<&'t str> {
        let unread = self.in_unread(line.first, line.block);
        self.tree.text(line.first).filter(|_| !unread)
    }

    /// Returns the first words of a line, at least `most` bytes of it where it is so long.
    pub(super) fn line_beginning(&self, line: &Line, most: usize) -> String {
        in_one(self.line_up_to(line, line.block, most))
    }

    fn line_up_to(&self, line: &Line, within: NodeId, most: usize) -> String {
        let end = self.tree.end(line.block).min(self.tree.end(within));
        let lines = self.survey.lines(within);
        let next = lines.partition_point(|other| other.first <= line.first);
        let end = lines.get(next).map_or(end, |next| next.first.min(end));
        let mut out = String::with_capacity(most.min(line.len as usize));
        for at in self.tree.between(line.first.max(within), end) {
            if out.len() >= most {
                break;
            }
            if let Some(text) = self.tree.text(at).filter(|_| !self.in_unread(at, within)) {
                if self.goes_on_after_kicker(at, text, &out) {
                    out.push(' ');
                }
                collapse_into(&mut out, text);
            } else if self.follows_in_heading(at) {
                collapse_into(&mut out, " ");
            } else if self.tree.tag(at) == Some(Tag::Br) && !out.is_empty() {
                out.truncate(out.trim_end().len());
                out.push('\n');
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// Returns the parts of a line between its breaks: title and date are often parted by one alone.
    pub(super) fn line_parts(&self, line: &Line) -> Vec<String> {
        let text = self.broken_line_text(line, line.block);
        let parts = text.split('\n').map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Does a text stand in something never read, up to `within`?
    fn in_unread(&self, text: NodeId, within: NodeId) -> bool {
        let mut holders = self.tree.ancestors(text).take_while(|a| *a >= within);
        holders.any(|a| {
            self.survey.is_out(a)
                && (self.survey.raw_text(a) == 0 || self.survey.signs(a).any(Signs::HIDDEN))
        })
    }

    /// Does `id` stand among readers' comments or in a box of other stories?
    pub(super) fn in_other_story(&self, id: NodeId) -> bool {
        let elsewhere = Signs::COMMENT.with(Signs::RELATED);
        let mut holders = std::iter::once(id).chain(self.tree.ancestors(id));
        holders.any(|a| self.survey.is_out(a) && self.survey.signs(a).any(elsewhere))
    }

    /// Walks the elements inside `id` with their ids, itself included.
    pub(super) fn elements(&self, id: NodeId) -> impl Iterator<Item = (NodeId, Element<'t>)> + '_ {
        let tree = self.tree;
        tree.subtree(id)
            .filter_map(move |id| Some((id, tree.element(id)?)))
    }

    /// Finds the first element of a tag inside `id`.
    pub(super) fn first(&self, id: NodeId, tag: Tag) -> Option<NodeId> {
        self.tree
            .subtree(id)
            .find(|at| self.tree.tag(*at) == Some(tag))
    }

    /// Finds the element that the page itself calls its main part.
    pub(super) fn main(&self) -> Option<NodeId> {
        let mut elements = self.elements(self.tree.root());
        let main = elements.find(|(_, e)| e.tag() == Tag::Main || e.attr("role") == Some("main"));
        main.map(|(id, _)| id)
    }

    /// Is any element of these tags inside `id`?
    pub(super) fn holds(&self, id: NodeId, tags: &[Tag]) -> bool {
        let mut inside = self.tree.subtree(id).skip(1);
        inside.any(|at| self.tree.tag(at).is_some_and(|tag| tags.contains(&tag)))
    }

    /// Returns an attribute of the element `id`.
    pub(super) fn attr(&self, id: NodeId, name: &str) -> Option<&'t str> {
        self.tree.element(id)?.attr(name)
    }
}

fn base(tree: &Tree, address: Option<&Url>) -> Option<Url> {
    let mut elements = tree.all().filter_map(|id| tree.element(id));
    let given = elements
        .find(|e| e.tag() == Tag::Base)
        .and_then(|e| e.attr("href"));
    let resolved = given.and_then(|href| match address {
        Some(address) => address.join(href.trim()).ok(),
        None => Url::parse(href.trim()).ok(),
    });
    // One that leads nowhere is passed over (HTML, 4.2.3: frozen base URL), and pictures and links stay what they are.
    let resolved = resolved.filter(|base| matches!(base.scheme(), "http" | "https"));
    resolved.or_else(|| address.cloned())
}

fn same_page(a: &Url, b: &Url) -> bool {
    a.host_str() == b.host_str() && a.path() == b.path() && a.query() == b.query()
}

/// Makes one line of a text with breaks.
fn in_one(text: String) -> String {
    if text.contains('\n') {
        return text.replace('\n', " ");
    }
    text
}

/// Returns the first `most` bytes of a text, or a few less where a letter would be cut.
pub(super) fn beginning(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Returns the last `most` bytes of a text, or a few less where a letter would be cut.
pub(super) fn ending(text: &str, most: usize) -> &str {
    let mut start = text.len().saturating_sub(most);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Adds `text` with runs of white space made one space, and none at the beginning.
pub(super) fn collapse_into(out: &mut String, text: &str) {
    let mut spaced = out.is_empty() || out.ends_with([' ', '\n']);
    // What stands as it shall be is added at once: nearly all of most texts.
    let (mut from, mut at) = (0, 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        let white = white_space(text, at, byte);
        if white == 0 || byte == b' ' && !spaced {
            spaced = white > 0;
            at += 1;
            continue;
        }
        out.push_str(&text[from..at]);
        if !spaced {
            out.push(' ');
            spaced = true;
        }
        at += white;
        from = at;
    }
    out.push_str(&text[from..]);
}

/// Counts the bytes of the white space that begins at a byte of a text; 0 where none does.
fn white_space(text: &str, at: usize, byte: u8) -> usize {
    match byte {
        b' ' | b'\t'..=b'\r' => 1,
        // The first bytes of all white space beyond ASCII, and of a few letters more.
        0xC2 | 0xE2 | 0xE3 => wide_space(text, at),
        0xE1 if text.as_bytes().get(at + 1) == Some(&0x9A) => wide_space(text, at),
        _ => 0,
    }
}

fn wide_space(text: &str, at: usize) -> usize {
    let letter = text.get(at..).and_then(|rest| rest.chars().next());
    letter
        .filter(|letter| letter.is_whitespace())
        .map_or(0, char::len_utf8)
}

/// Returns `text` with runs of white space made one space and none at its ends.
pub(super) fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    collapse_into(&mut out, text);
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_all_kinds_becomes_one_space() {
        let whites = (0..0x3100).filter_map(char::from_u32);
        for white in whites.filter(|c| c.is_whitespace()) {
            assert_eq!(
                collapsed(&format!("{white}à {white}“ê”{white}ẚ{white}")),
                "à “ê” ẚ"
            );
        }
        assert_eq!(
            collapsed("một\u{200B}hai\u{2014}\u{1EBF}"),
            "một\u{200B}hai\u{2014}\u{1EBF}"
        );
        let mut out = String::from("một\n");
        collapse_into(&mut out, "  hai ");
        collapse_into(&mut out, " ba");
        assert_eq!(out, "một\nhai ba");
    }
}
