//! Lays a built tree out flat, in document order, and no deeper than the limit.

use super::arena::{Arena, Body, DOCUMENT, Raw};
use super::tree::{Kind, NONE, Node, NodeId, Span};
use super::{Charset, Limit, Tree};

/// Lays out what the parser built below the document.
///
/// Texts side by side become one. An element deeper than `depth` gives its children to the deepest
/// allowed one above it, so that no text is lost.
pub(super) fn lay_out(arena: Arena, depth: usize, charset: Charset) -> Tree {
    let mut layout = Layout {
        nodes: Vec::with_capacity(arena.nodes.len()),
        letters: arena.letters,
        open: Vec::new(),
        last_child: Vec::new(),
        depth: u16::try_from(depth).unwrap_or(u16::MAX).max(2),
        flattened: false,
    };
    layout.walk(arena.nodes);
    let mut tree = Tree {
        truncated: layout.flattened.then_some(Limit::Depth),
        nodes: layout.nodes,
        attrs: arena.attrs,
        letters: layout.letters,
        ids: Vec::new(),
        charset,
    };
    tree.ids = ids(&tree);
    tree
}

struct Layout {
    nodes: Vec<Node>,
    letters: String,
    /// The flat nodes that are open, outermost first, each with the raw node it came from.
    open: Vec<(u32, u32)>,
    /// The last flat node so far below each open one, and below none.
    last_child: Vec<u32>,
    depth: u16,
    flattened: bool,
}

impl Layout {
    fn walk(&mut self, mut raws: Vec<Raw>) {
        let mut at = root(&raws);
        let top = at;
        while at != NONE {
            self.enter(at, &mut raws);
            at = self.step(at, top, &raws);
        }
    }

    fn enter(&mut self, at: u32, raws: &mut [Raw]) {
        match &mut raws[at as usize].body {
            Body::Root => {}
            Body::Text(span) => self.text(*span),
            Body::Element { .. } if self.open.len() >= usize::from(self.depth) => {
                self.flattened = true;
            }
            Body::Element {
                kind, name, attrs, ..
            } => {
                let name = std::mem::replace(name, html5ever::local_name!(""));
                let id = self.push(*kind, name, *attrs);
                self.open.push((id, at));
            }
        }
    }

    /// Finds the next raw node in document order, closing what ends before it.
    fn step(&mut self, at: u32, top: u32, raws: &[Raw]) -> u32 {
        let first = raws[at as usize].first;
        if first != NONE {
            return first;
        }
        let mut at = at;
        loop {
            self.close(at);
            if at == top {
                return NONE;
            }
            let raw = &raws[at as usize];
            if raw.next != NONE {
                return raw.next;
            }
            at = raw.parent;
        }
    }

    fn close(&mut self, at: u32) {
        if let Some(&(id, raw)) = self.open.last()
            && raw == at
        {
            self.open.pop();
            self.last_child.truncate(self.open.len() + 1);
            self.nodes[id as usize].end = self.next_id();
        }
    }

    fn text(&mut self, span: Span) {
        if span.len == 0 {
            return;
        }
        let before = self.last_child.get(self.open.len()).copied();
        match before.filter(|id| *id != NONE && self.nodes[*id as usize].kind == Kind::Text) {
            Some(id) => self.join(id, span),
            None => {
                self.push(Kind::Text, html5ever::local_name!(""), span);
            }
        }
    }

    /// Lengthens a text by another, moving it to the end of the letters unless they touch.
    fn join(&mut self, id: u32, more: Span) {
        let own = self.nodes[id as usize].span;
        let mut start = own.start;
        if own.range().end != more.range().start {
            if own.range().end != self.letters.len() {
                start = self.copy(own);
            }
            self.copy(more);
        }
        let len = own.len + more.len;
        self.nodes[id as usize].span = Span { start, len };
    }

    fn copy(&mut self, span: Span) -> u32 {
        let start = u32::try_from(self.letters.len()).expect("limits keep letters below 2^32");
        self.letters.extend_from_within(span.range());
        start
    }

    fn push(&mut self, kind: Kind, name: html5ever::LocalName, span: Span) -> u32 {
        let id = self.next_id();
        let level = self.open.len();
        self.last_child.resize(level + 1, NONE);
        let previous = std::mem::replace(&mut self.last_child[level], id);
        self.nodes.push(Node {
            parent: self.open.last().map_or(NONE, |(id, _)| *id),
            end: id + 1,
            previous,
            depth: u16::try_from(level).unwrap_or(u16::MAX),
            kind,
            name,
            span,
        });
        id
    }

    fn next_id(&self) -> u32 {
        u32::try_from(self.nodes.len()).expect("no more nodes than the arena numbered")
    }
}

/// Finds the `html` element.
fn root(raws: &[Raw]) -> u32 {
    let mut at = raws[DOCUMENT as usize].first;
    while !matches!(raws[at as usize].body, Body::Element { .. }) {
        at = raws[at as usize].next;
    }
    at // the parser makes it at the end of a page at the latest
}

/// Lists the elements that have an id, by id, the first of each alone.
fn ids(tree: &Tree) -> Vec<NodeId> {
    let id_of = |id: &NodeId| tree.element(*id).and_then(super::Element::id);
    let mut ids: Vec<_> = tree.all().filter(|id| id_of(id).is_some()).collect();
    ids.sort_by_key(id_of);
    ids.dedup_by_key(|id| id_of(id));
    ids
}
