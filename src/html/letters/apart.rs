//! Puts marks on the letters that they belong to, where a tag parts the two (`Hô<b>&#803;</b>i`).
//!
//! A browser draws such a mark over the letter before it. Once no text begins with one, texts that are
//! in NFC each are so too when they are joined, whoever joins them.

use unicode_normalization::{IsNormalized, char::canonical_combining_class, is_nfc_quick};

use super::super::{NodeId, Tag, Tree, tree::Span};
use super::{tidied, tidy};

/// Moves the marks that a text begins with to the end of the text before it, unless a block begins
/// between them.
pub(super) fn join(tree: &mut Tree) {
    let texts: Vec<_> = tree.all().filter(|id| is_shown(tree, *id)).collect();
    if !texts.iter().any(|id| marks(tree, *id) > 0) {
        return;
    }
    let mut carrier = tree.root();
    let mut moved = String::new();
    let mut last = None;
    for at in texts {
        let goes_on = last.is_some_and(|last| !begins_block(tree, last, at));
        let marks = if goes_on { marks(tree, at) } else { 0 };
        let whole = tree.nodes[at.index()].span.range();
        moved.push_str(&tree.letters[whole.start..whole.start + marks]);
        if marks == 0 || marks < whole.len() {
            put(tree, carrier, &std::mem::take(&mut moved));
            carrier = at;
        }
        tree.nodes[at.index()].span = Span::between(whole.start + marks, whole.end);
        last = Some(at);
    }
    put(tree, carrier, &moved);
}

/// Adds marks at the end of a text.
fn put(tree: &mut Tree, carrier: NodeId, marks: &str) {
    if marks.is_empty() {
        return;
    }
    let text = tidied(&[tree.text(carrier).unwrap_or_default(), marks].concat());
    let start = tree.letters.len();
    tree.letters.push_str(&text);
    tree.nodes[carrier.index()].span = Span::between(start, tree.letters.len());
}

/// Counts the bytes of the marks that a text begins with.
fn marks(tree: &Tree, text: NodeId) -> usize {
    let text = tree.text(text).unwrap_or_default();
    text.len() - text.trim_start_matches(is_mark).len()
}

/// May it join the letter before it in NFC, or change places with another mark?
fn is_mark(c: char) -> bool {
    let may_join = || is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes;
    !tidy::is_plain(c) && (canonical_combining_class(c) != 0 || may_join())
}

fn begins_block(tree: &Tree, from: NodeId, to: NodeId) -> bool {
    let mut tags = tree.between(from, to).filter_map(|id| tree.tag(id));
    tags.any(|tag| tag.is_block() || tag == Tag::Br)
}

fn is_shown(tree: &Tree, text: NodeId) -> bool {
    let parent = tree.parent(text).and_then(|parent| tree.tag(parent));
    tree.text(text).is_some() && !parent.is_some_and(Tag::is_metadata)
}
