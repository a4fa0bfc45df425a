//! Stands between the tokenizer and html5ever's tree builder, and keeps the builder's work linear.
//!
//! The builder searches its stack of open elements and its list of formatting elements at nearly
//! every tag, so a page of unclosed tags costs the square of its length. A limit in the tree alone
//! does not help: the stack is the builder's own. Here tags that would nest too deep never reach
//! it, and neither do their end tags; text does, always.

use std::cell::{Cell, RefCell};

use html5ever::{
    LocalName,
    tendril::StrTendril,
    tokenizer::{Tag as TagToken, TagKind, Token, TokenSink, TokenSinkResult},
    tree_builder::{Tracer, TreeBuilder},
};
use rustc_hash::FxHashMap;

use super::sink::{Handle, Sink};
use super::{Limits, Tag};

/// Most formatting elements that are open or waiting to be opened again; browsers see two or three.
const MOST_FORMATTING: usize = 64;
/// Most attributes of a formatting element, which the builder copies each time it opens it again.
const MOST_FORMATTING_ATTRS: usize = 64;
/// Most tags that pass between two looks at the stack, while it is shallow.
const TAGS_BETWEEN_LOOKS: usize = 16;
/// The line on which every token is said to stand: it matters to complaints alone, which nobody reads.
const LINE: u64 = 1;

/// Passes tokens on to a tree builder, but for tags that would make it slow.
pub(super) struct Gate {
    builder: TreeBuilder<Handle, Sink>,
    limits: Limits,
    /// How many nodes are open or wait to be opened again, as last seen.
    open: Cell<usize>,
    /// How many of them are formatting elements.
    formatting: Cell<usize>,
    /// How many tags went through since that look.
    passed: Cell<usize>,
    /// Start tags held back, by name: as many end tags are held back too.
    held: RefCell<FxHashMap<LocalName, usize>>,
    /// Was a block's tag held back, so that words on both sides must not run together?
    gap: Cell<bool>,
    too_deep: Cell<bool>,
    full: Cell<bool>,
}

impl Gate {
    pub(super) fn new(builder: TreeBuilder<Handle, Sink>, limits: Limits) -> Self {
        Self {
            builder,
            limits,
            open: Cell::new(0),
            formatting: Cell::new(0),
            passed: Cell::new(TAGS_BETWEEN_LOOKS),
            held: RefCell::default(),
            gap: Cell::new(false),
            too_deep: Cell::new(false),
            full: Cell::new(false),
        }
    }

    /// Have as many nodes been made as may be?
    pub(super) fn is_full(&self) -> bool {
        self.full.get()
    }

    /// Was any tag held back?
    pub(super) fn was_too_deep(&self) -> bool {
        self.too_deep.get()
    }

    /// Gives back the sink with all that was built.
    pub(super) fn into_sink(self) -> Sink {
        self.builder.sink
    }

    /// Takes the next token, and answers how what follows it is to be read.
    pub(super) fn take(&self, token: Token) -> TokenSinkResult<Handle> {
        if self.builder.sink.count() >= self.limits.nodes && token != Token::EOFToken {
            self.full.set(true);
            return TokenSinkResult::Continue;
        }
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start_tag(tag),
            Token::TagToken(tag) => self.end_tag(tag),
            Token::CharacterTokens(text) => self.text(text),
            other => self.build(other),
        }
    }

    /// Ends the page.
    pub(super) fn end(&self) {
        let _ = self.take(Token::EOFToken);
        self.builder.end();
    }

    fn build(&self, token: Token) -> TokenSinkResult<Handle> {
        self.builder.process_token(token, LINE)
    }

    fn start_tag(&self, mut tag: TagToken) -> TokenSinkResult<Handle> {
        self.look();
        let known = Tag::of_name(&tag.name);
        if known.is_void() || known.is_raw_text() {
            return self.leaf(tag);
        }
        if tag.self_closing && known == Tag::Other && self.is_in_foreign_content() {
            return self.pass_tag(tag);
        }
        let formatting = known.is_formatting();
        if self.is_deep() || formatting && self.formatting_is_full() {
            self.hold_back(&tag, known);
            return TokenSinkResult::Continue;
        }
        if formatting {
            tag.attrs.truncate(MOST_FORMATTING_ATTRS);
        }
        self.pass_tag(tag)
    }

    /// Passes on an element without elements in it. In SVG and MathML it may have some: where these
    /// would nest too deep, it is closed at once, and its end tag is held back.
    fn leaf(&self, mut tag: TagToken) -> TokenSinkResult<Handle> {
        if tag.self_closing || !self.is_deep() || !self.is_in_foreign_content() {
            return self.pass_tag(tag);
        }
        self.too_deep.set(true);
        tag.self_closing = true;
        let name = tag.name.clone();
        let answer = self.pass_tag(tag);
        if matches!(answer, TokenSinkResult::Continue) {
            *self.held.borrow_mut().entry(name).or_default() += 1;
        }
        answer
    }

    fn is_deep(&self) -> bool {
        self.open.get() >= self.limits.depth
    }

    /// Is the innermost open element one of SVG or MathML?
    pub(super) fn is_in_foreign_content(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn formatting_is_full(&self) -> bool {
        self.formatting.get() >= MOST_FORMATTING
    }

    fn hold_back(&self, tag: &TagToken, known: Tag) {
        *self.held.borrow_mut().entry(tag.name.clone()).or_default() += 1;
        self.too_deep.set(true);
        if known.is_block() {
            self.gap.set(true);
        }
    }

    fn end_tag(&self, tag: TagToken) -> TokenSinkResult<Handle> {
        if self.is_held(&tag.name) {
            if Tag::of_name(&tag.name).is_block() {
                self.gap.set(true);
            }
            return TokenSinkResult::Continue;
        }
        self.pass_tag(tag)
    }

    fn is_held(&self, name: &LocalName) -> bool {
        let mut held = self.held.borrow_mut();
        let Some(count) = held.get_mut(name) else {
            return false;
        };
        *count -= 1;
        if *count == 0 {
            held.remove(name);
        }
        true
    }

    fn text(&self, text: StrTendril) -> TokenSinkResult<Handle> {
        if self.gap.take() {
            let space = Token::CharacterTokens(StrTendril::from_char(' '));
            let _ = self.build(space); // text changes nothing of how to read on
        }
        self.build(Token::CharacterTokens(text))
    }

    /// Counts the builder's elements: seldom while they are few, and never while nothing passes.
    fn look(&self) {
        let room = self.limits.depth.saturating_sub(self.open.get());
        if self.passed.get() < (room / 8).clamp(1, TAGS_BETWEEN_LOOKS) {
            return;
        }
        let count = Count::default();
        self.builder.trace_handles(&count);
        self.open.set(count.all.get());
        self.formatting.set(count.formatting.get());
        self.passed.set(0);
        if self.open.get() < self.limits.depth / 2 && !self.formatting_is_full() {
            self.held.borrow_mut().clear(); // what was held back was never closed
        }
    }

    fn pass_tag(&self, tag: TagToken) -> TokenSinkResult<Handle> {
        self.passed.set(self.passed.get() + 1);
        self.build(Token::TagToken(tag))
    }
}

/// Counts the nodes that a builder holds.
#[derive(Default)]
struct Count {
    all: Cell<usize>,
    formatting: Cell<usize>,
}

impl Tracer for Count {
    type Handle = Handle;

    fn trace_handle(&self, handle: &Handle) {
        self.all.set(self.all.get() + 1);
        if handle.is_formatting() {
            self.formatting.set(self.formatting.get() + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use html5ever::tree_builder::TreeBuilderOpts;

    use super::*;
    use crate::html::arena::Arena;

    fn start_tag(name: &str) -> Token {
        Token::TagToken(TagToken {
            kind: TagKind::StartTag,
            name: name.trim_end_matches('/').into(),
            self_closing: name.ends_with('/'),
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        })
    }

    #[test]
    fn the_builder_never_holds_more_open_elements_than_may_nest() {
        let limits = Limits {
            depth: 40,
            ..Limits::default()
        };
        for (outer, inner) in [
            ("div", "div"),
            ("div", "my-thing/"),
            ("svg", "g"),
            ("svg", "style"),
            ("svg", "script"),
            ("svg", "input"),
            ("math", "col"),
            ("math", "mi"),
        ] {
            let builder = TreeBuilder::new(Sink::new(Arena::new(0)), TreeBuilderOpts::default());
            let gate = Gate::new(builder, limits);
            let tags = std::iter::once(outer).chain(std::iter::repeat_n(inner, 500));
            tags.for_each(|name| drop(gate.take(start_tag(name))));
            let count = Count::default();
            gate.builder.trace_handles(&count);
            let open = count.all.get();
            assert!((30..50).contains(&open), "{open} of <{inner}> in <{outer}>");
        }
    }
}
