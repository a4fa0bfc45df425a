//! Reads a page: its bytes cut and decoded, fed to the parser in pieces, and laid out.

use html5ever::{
    TokenizerResult,
    buffer_queue::BufferQueue,
    tendril::StrTendril,
    tokenizer::{Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink},
};

use super::flood::{self, COMPLAINTS, PROBE, Watch};
use super::{Limit, Limits, Tree, arena::Arena, charset, gate::Gate, layout, letters, sink::Sink};

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
    let builder = TreeBuilder::new(Sink::new(Arena::new(text.len())), options());
    let tokenizer = Tokenizer::new(Gate::new(builder, *limits), TokenizerOpts::default());
    read(text, &tokenizer);
    tokenizer.end();
    let gate = tokenizer.sink;
    let cut = gate.is_full().then_some(Limit::Nodes);
    let cut = cut.or(gate.was_too_deep().then_some(Limit::Depth));
    (gate.into_sink().finish(), cut)
}

fn options() -> TreeBuilderOpts {
    TreeBuilderOpts {
        scripting_enabled: false,
        drop_doctype: true,
        ..TreeBuilderOpts::default()
    }
}

/// Feeds the page until its end or until the tree is full.
fn read(text: &str, tokenizer: &Tokenizer<Gate>) {
    let mut pieces = flood::pieces(text);
    let mut watch = Watch::default();
    while let Some(piece) = pieces.next()
        && !tokenizer.sink.is_full()
    {
        feed(tokenizer, piece);
        let ask = watch.should_ask(piece, tokenizer.sink.was_silent());
        if ask && watch.is_flood(is_between_attributes(tokenizer)) {
            feed(tokenizer, ">");
            pieces.skip_tag();
        }
    }
}

fn is_between_attributes(tokenizer: &Tokenizer<Gate>) -> bool {
    tokenizer.sink.start_probe();
    feed(tokenizer, PROBE);
    tokenizer.sink.complaints() >= COMPLAINTS
}

/// Feeds the tokenizer until it has taken all: it pauses at every script and charset.
fn feed(tokenizer: &Tokenizer<Gate>, piece: &str) {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(piece));
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
}
