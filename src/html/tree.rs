//! A parsed page: elements and texts, flat, in document order.

use std::ops::Range;

use html5ever::LocalName;

use super::{Charset, Limit, Tag};

/// A node's place in document order, and its name in its tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// Returns the place as an index into tables of [`Tree::len`] entries.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// A node as it is kept: 36 bytes, and no pointer of its own but the name's.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: u32,
    pub(super) end: u32,
    pub(super) previous: u32,
    pub(super) depth: u16,
    pub(super) kind: Kind,
    /// An element's name; empty for text.
    pub(super) name: LocalName,
    /// An element's attributes, or a text's bytes.
    pub(super) span: Span,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Html(Tag),
    Foreign,
}

/// A stretch of a buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) len: u32,
}

impl Span {
    pub(super) fn between(start: usize, end: usize) -> Self {
        let short = |n: usize| u32::try_from(n).expect("limits keep letters far below 2^32");
        Self {
            start: short(start),
            len: short(end - start),
        }
    }

    pub(super) fn range(self) -> Range<usize> {
        let start = self.start as usize;
        start..start + self.len as usize
    }
}

/// An attribute: its name and where its value lies.
#[derive(Clone, Debug)]
pub(super) struct Attr {
    pub(super) name: LocalName,
    pub(super) value: Span,
}

/// A page's elements and texts in document order; comments, doctypes and what templates hold are
/// left out.
///
/// A node's subtree is the ids from itself up to [`Tree::end`], so that every walk is a loop.
#[derive(Debug)]
pub struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) attrs: Vec<Attr>,
    pub(super) letters: String,
    pub(super) ids: Vec<NodeId>,
    pub(super) charset: Charset,
    pub(super) truncated: Option<Limit>,
}

impl Tree {
    /// Returns the `html` element, which every page has.
    #[must_use]
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// Returns how many nodes there are, at least one.
    #[must_use]
    #[allow(clippy::len_without_is_empty)] // never empty
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Returns the node that holds `id`.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).parent)
    }

    /// Returns the first node inside `id`.
    #[must_use]
    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        let next = id.0 + 1;
        (next < self.node(id).end).then_some(NodeId(next))
    }

    /// Returns the node after `id` under the same parent.
    #[must_use]
    pub fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        let node = self.node(id);
        let parent = some(node.parent)?;
        (node.end < self.node(parent).end).then_some(NodeId(node.end))
    }

    /// Returns the node before `id` under the same parent.
    #[must_use]
    pub fn previous_sibling(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).previous)
    }

    /// Walks the nodes right inside `id`.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.first_child(id), |child| self.next_sibling(*child))
    }

    /// Walks outwards from `id`, nearest first, without itself.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |outer| self.parent(*outer))
    }

    /// Walks `id` and all below it in document order.
    pub fn subtree(&self, id: NodeId) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (id.0..self.node(id).end).map(NodeId)
    }

    /// Returns the first id after all below `id`; one past the last node for the root.
    #[must_use]
    pub fn end(&self, id: NodeId) -> NodeId {
        NodeId(self.node(id).end)
    }

    /// Walks from one node up to another, the second not among them, in document order.
    pub fn between(
        &self,
        from: NodeId,
        to: NodeId,
    ) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (from.0..to.0.max(from.0)).map(NodeId)
    }

    /// Walks every node in document order.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        self.subtree(self.root())
    }

    /// Returns how many nodes hold `id`: 0 for the root.
    #[must_use]
    pub fn depth(&self, id: NodeId) -> u16 {
        self.node(id).depth
    }

    /// Does `outer` hold `inner`, or are they the same?
    #[must_use]
    pub fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        (outer.0..self.node(outer).end).contains(&inner.0)
    }

    /// Returns `id` as an element; `None` for text.
    #[must_use]
    pub fn element(&self, id: NodeId) -> Option<Element<'_>> {
        let node = self.node(id);
        (node.kind != Kind::Text).then_some(Element { tree: self, node })
    }

    /// Returns an element's tag; `None` for text.
    #[must_use]
    pub fn tag(&self, id: NodeId) -> Option<Tag> {
        match self.node(id).kind {
            Kind::Text => None,
            Kind::Html(tag) => Some(tag),
            Kind::Foreign => Some(Tag::Other),
        }
    }

    /// Returns a text node's text; `None` for an element.
    #[must_use]
    pub fn text(&self, id: NodeId) -> Option<&str> {
        let node = self.node(id);
        (node.kind == Kind::Text).then(|| &self.letters[node.span.range()])
    }

    /// Joins all texts below `id`, as they stand, scripts and styles too.
    #[must_use]
    pub fn text_of(&self, id: NodeId) -> String {
        self.subtree(id).filter_map(|id| self.text(id)).collect()
    }

    /// Finds the first element whose `id` attribute is `name`.
    #[must_use]
    pub fn by_id(&self, name: &str) -> Option<NodeId> {
        let id_of = |id: &NodeId| self.element(*id).and_then(Element::id).unwrap_or_default();
        let at = self.ids.partition_point(|id| id_of(id) < name);
        self.ids.get(at).copied().filter(|id| id_of(id) == name)
    }

    /// Returns the character set that the bytes were read in, and who said so.
    #[must_use]
    pub fn charset(&self) -> Charset {
        self.charset
    }

    /// Returns the limit that cut the page, the gravest one, if any did.
    #[must_use]
    pub fn truncated(&self) -> Option<Limit> {
        self.truncated
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }
}

fn some(id: u32) -> Option<NodeId> {
    (id != NONE).then_some(NodeId(id))
}

/// An element of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct Element<'a> {
    tree: &'a Tree,
    node: &'a Node,
}

impl<'a> Element<'a> {
    /// Returns its tag.
    #[must_use]
    pub fn tag(self) -> Tag {
        match self.node.kind {
            Kind::Html(tag) => tag,
            Kind::Text | Kind::Foreign => Tag::Other,
        }
    }

    /// Returns its name, in lower case but for SVG's own names (`o:p`, `foreignObject`).
    #[must_use]
    pub fn name(self) -> &'a str {
        &self.node.name
    }

    /// Is it of HTML, not of SVG or MathML?
    #[must_use]
    pub fn is_html(self) -> bool {
        matches!(self.node.kind, Kind::Html(_))
    }

    /// Returns an attribute's value; `name` in lower case, without a prefix.
    #[must_use]
    pub fn attr(self, name: &str) -> Option<&'a str> {
        let found = self.raw_attrs().iter().find(|attr| &*attr.name == name)?;
        Some(self.value(found))
    }

    /// Walks its attributes, names and values, as they were written.
    pub fn attrs(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let attrs = self.raw_attrs().iter();
        attrs.map(move |attr| (&*attr.name, self.value(attr)))
    }

    /// Returns its `id`, where it has one that is not empty.
    #[must_use]
    pub fn id(self) -> Option<&'a str> {
        self.attr("id").filter(|id| !id.is_empty())
    }

    /// Walks its classes.
    pub fn classes(self) -> impl Iterator<Item = &'a str> {
        let classes = self.attr("class").unwrap_or_default();
        classes.split_ascii_whitespace()
    }

    /// Has it this class, letter for letter?
    #[must_use]
    pub fn has_class(self, class: &str) -> bool {
        self.classes().any(|own| own == class)
    }

    fn raw_attrs(self) -> &'a [Attr] {
        &self.tree.attrs[self.node.span.range()]
    }

    fn value(self, attr: &Attr) -> &'a str {
        &self.tree.letters[attr.value.range()]
    }
}
