//! Reads a page: its bytes cut and decoded, cut into tags and texts, built into a tree, laid out.

use std::borrow::Cow;

use html5ever::{
    tendril::StrTendril,
    tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink},
};

use super::arena::Arena;
use super::gate::Gate;
use super::sink::Sink;
use super::tokenizer::Tokenizer;
use super::{Limit, Limits, Tree, charset, layout, letters};

/// Parses a page as a browser without scripts does, and mends its letters; never fails.
///
/// `bytes` is the page as it was fetched, decompressed; `content_type` is the value of its HTTP
/// header, if there was one. What exceeds a limit is cut, and [`Tree::truncated`] tells: bytes and
/// nodes past theirs are missing; what nests too deep hangs at the deepest allowed element, with
/// all its text.
///
/// Texts, and attributes that hold words (`alt`, `title`, `content` …), are in NFC, without zero-width
/// characters; UTF-8 encoded twice is repaired, and text for TCVN and VNI fonts is turned to Unicode.
///
/// Linear in `bytes.len()`, whatever the nesting.
#[must_use]
pub fn parse(bytes: &[u8], content_type: Option<&str>, limits: &Limits) -> Tree {
    let mut tree = parse_as_written(bytes, content_type, limits);
    letters::mend(&mut tree);
    tree
}

/// Does the same as [`parse`], but leaves the letters as the page has them.
#[must_use]
pub fn parse_as_written(bytes: &[u8], content_type: Option<&str>, limits: &Limits) -> Tree {
    let cut = &bytes[..bytes.len().min(limits.bytes)];
    let (text, charset) = charset::decode_page(cut, content_type);
    let (arena, mut truncated) = build(&text, limits);
    let mut tree = layout::lay_out(arena, limits.depth, charset);
    truncated = truncated.or(tree.truncated);
    if cut.len() < bytes.len() {
        truncated = Some(Limit::Bytes);
    }
    tree.truncated = truncated;
    tree
}

/// Builds the tree, and says whether nodes or depth were cut.
fn build(text: &str, limits: &Limits) -> (Arena, Option<Limit>) {
    let page = StrTendril::from(&*with_line_feeds(text));
    let builder = TreeBuilder::new(Sink::new(Arena::new(page.len())), options());
    let gate = Tokenizer::new(&page, Gate::new(builder, *limits)).run();
    let cut = gate.is_full().then_some(Limit::Nodes);
    let cut = cut.or(gate.was_too_deep().then_some(Limit::Depth));
    (gate.into_sink().finish(), cut)
}

/// Makes every line end in a line feed alone (WHATWG Infra, normalize newlines).
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut lines = String::with_capacity(text.len());
    for (nth, line) in text.split('\r').enumerate() {
        if nth == 0 {
            lines.push_str(line);
        } else {
            lines.push('\n');
            lines.push_str(line.strip_prefix('\n').unwrap_or(line));
        }
    }
    Cow::Owned(lines)
}

fn options() -> TreeBuilderOpts {
    TreeBuilderOpts {
        scripting_enabled: false,
        drop_doctype: true,
        ..TreeBuilderOpts::default()
    }
}
