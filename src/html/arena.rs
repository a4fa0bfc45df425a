//! The tree while it is being built: nodes that know their neighbours, by number.
//!
//! The parser moves nodes about (misnested formatting, text in tables), so links are kept here and
//! laid out flat once at the end. Texts and attribute values go into one buffer as they come.

use html5ever::{Attribute, LocalName, Namespace, QualName, ns};

use super::Tag;
use super::tree::{Attr, Kind, NONE, Span};

/// The document itself, the first node.
pub(super) const DOCUMENT: u32 = 0;
/// Stands for every comment and processing instruction: handled, never kept.
pub(super) const COMMENT: u32 = NONE - 1;

/// When an `html` or `body` takes no more attributes from further tags of its name.
const MOST_MERGED_ATTRS: u32 = 64;

/// A node and its neighbours.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) parent: u32,
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) previous: u32,
    pub(super) next: u32,
    pub(super) body: Body,
}

/// What a node holds.
#[derive(Debug)]
pub(super) enum Body {
    /// A document, or what a template holds.
    Root,
    Element {
        kind: Kind,
        name: LocalName,
        attrs: Span,
        /// What a template holds, as a root of its own.
        contents: u32,
        /// Does HTML go on inside it (MathML `annotation-xml` of HTML)?
        takes_html: bool,
    },
    Text(Span),
}

/// All nodes of a page, and the letters of its texts and attribute values.
#[derive(Debug)]
pub(super) struct Arena {
    pub(super) nodes: Vec<Raw>,
    pub(super) attrs: Vec<Attr>,
    pub(super) letters: String,
    most_letters: usize,
    most_attrs: usize,
}

impl Arena {
    /// Makes an arena with a document alone, for a page of `bytes`.
    ///
    /// Texts always find room. Attributes do unless formatting that is opened again and again has
    /// copied them until they outweigh the page: then they are dropped, or their values are.
    pub(super) fn new(bytes: usize) -> Self {
        let mut arena = Self {
            nodes: Vec::new(),
            attrs: Vec::new(),
            letters: String::new(),
            most_letters: bytes.saturating_mul(2).saturating_add(1 << 16),
            most_attrs: (bytes / 4).saturating_add(1 << 10),
        };
        arena.add(Body::Root);
        arena
    }

    pub(super) fn add(&mut self, body: Body) -> u32 {
        let id = u32::try_from(self.nodes.len()).expect("limits keep nodes far below 2^32");
        self.nodes.push(Raw {
            parent: NONE,
            first: NONE,
            last: NONE,
            previous: NONE,
            next: NONE,
            body,
        });
        id
    }

    pub(super) fn add_element(&mut self, name: &QualName, attrs: &[Attribute]) -> u32 {
        let attrs = self.add_attrs(attrs);
        self.add(Body::Element {
            kind: kind(&name.ns, &name.local),
            name: name.local.clone(),
            attrs,
            contents: NONE,
            takes_html: false,
        })
    }

    fn add_attrs(&mut self, attrs: &[Attribute]) -> Span {
        let start = self.attrs.len();
        if start + attrs.len() <= self.most_attrs {
            attrs.iter().for_each(|attr| self.add_attr(attr));
        }
        Span::between(start, self.attrs.len())
    }

    fn add_attr(&mut self, attr: &Attribute) {
        let fits = self.letters.len() + attr.value.len() <= self.most_letters;
        let value = self.add_letters(if fits { &attr.value } else { "" });
        let name = attr.name.local.clone();
        self.attrs.push(Attr { name, value });
    }

    pub(super) fn add_letters(&mut self, letters: &str) -> Span {
        let start = self.letters.len();
        self.letters.push_str(letters);
        Span::between(start, self.letters.len())
    }

    /// Adds the attributes that an element has not yet, up to a number that no page needs: a second
    /// `html` or `body` tag comes here, and so would the ten-thousandth.
    pub(super) fn add_missing_attrs(&mut self, id: u32, attrs: &[Attribute]) {
        let Body::Element { attrs: own, .. } = self.nodes[id as usize].body else {
            return;
        };
        if attrs.is_empty() || own.len > MOST_MERGED_ATTRS {
            return;
        }
        let start = self.attrs.len();
        self.attrs.extend_from_within(own.range());
        for attr in attrs {
            if self.attrs[start..]
                .iter()
                .all(|a| a.name != attr.name.local)
            {
                self.add_attr(attr);
            }
        }
        let all = Span::between(start, self.attrs.len());
        if let Body::Element { attrs, .. } = &mut self.nodes[id as usize].body {
            *attrs = all;
        }
    }

    /// Hangs a node below `parent`, before `next` (`NONE`: as its last).
    pub(super) fn link(&mut self, parent: u32, next: u32, id: u32) {
        if id == COMMENT || id == parent || id == next {
            return;
        }
        self.unlink(id);
        let previous = self.before(parent, next);
        let raw = &mut self.nodes[id as usize];
        (raw.parent, raw.previous, raw.next) = (parent, previous, next);
        match previous {
            NONE => self.nodes[parent as usize].first = id,
            _ => self.nodes[previous as usize].next = id,
        }
        match next {
            NONE => self.nodes[parent as usize].last = id,
            _ => self.nodes[next as usize].previous = id,
        }
    }

    fn before(&self, parent: u32, next: u32) -> u32 {
        match next {
            NONE => self.nodes[parent as usize].last,
            _ => self.nodes[next as usize].previous,
        }
    }

    /// Takes a node from its parent, with all below it.
    pub(super) fn unlink(&mut self, id: u32) {
        if id == COMMENT || self.nodes[id as usize].parent == NONE {
            return;
        }
        let raw = &mut self.nodes[id as usize];
        let (parent, previous, next) = (raw.parent, raw.previous, raw.next);
        (raw.parent, raw.previous, raw.next) = (NONE, NONE, NONE);
        match previous {
            NONE => self.nodes[parent as usize].first = next,
            _ => self.nodes[previous as usize].next = next,
        }
        match next {
            NONE => self.nodes[parent as usize].last = previous,
            _ => self.nodes[next as usize].previous = previous,
        }
    }

    /// Puts text below `parent`, before `next`. Text that goes on where the last text ended
    /// lengthens it; else it is a node of its own, which the layout joins to its neighbour.
    pub(super) fn link_text(&mut self, parent: u32, next: u32, text: &str) {
        let added = self.add_letters(text);
        let previous = self.before(parent, next);
        if previous != NONE
            && let Body::Text(span) = &mut self.nodes[previous as usize].body
            && span.start + span.len == added.start
        {
            span.len += added.len;
            return;
        }
        let id = self.add(Body::Text(added));
        self.link(parent, next, id);
    }

    /// Moves all nodes right below `from` to the end of `to`.
    pub(super) fn move_children(&mut self, from: u32, to: u32) {
        let mut child = self.nodes[from as usize].first;
        while child != NONE {
            let next = self.nodes[child as usize].next;
            self.link(to, NONE, child);
            child = next;
        }
    }
}

fn kind(ns: &Namespace, local: &LocalName) -> Kind {
    if *ns == ns!(html) {
        Kind::Html(Tag::of_name(local))
    } else {
        Kind::Foreign
    }
}
