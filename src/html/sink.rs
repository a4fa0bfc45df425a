//! What html5ever tells while it parses, written into the [`Arena`].

use std::{borrow::Cow, cell::RefCell};

use html5ever::{
    Attribute, ExpandedName, QualName, ns,
    tendril::StrTendril,
    tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
};

use super::Tag;
use super::arena::{Arena, Body, COMMENT, DOCUMENT};
use super::tree::NONE;

/// A node's number, with its name at hand, since the parser asks for names all the time.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    id: u32,
    formatting: bool,
    name: QualName,
}

impl Handle {
    fn nameless(id: u32) -> Self {
        let name = QualName::new(None, ns!(), html5ever::local_name!(""));
        Self {
            id,
            formatting: false,
            name,
        }
    }

    /// Is the element one that the parser opens again?
    pub(super) fn is_formatting(&self) -> bool {
        self.formatting
    }
}

/// Writes the parser's orders into an arena.
#[derive(Debug)]
pub(super) struct Sink {
    arena: RefCell<Arena>,
}

impl Sink {
    pub(super) fn new(arena: Arena) -> Self {
        let arena = RefCell::new(arena);
        Self { arena }
    }

    /// Returns how many nodes were made so far.
    pub(super) fn count(&self) -> usize {
        self.arena.borrow().nodes.len()
    }

    fn insert(&self, parent: u32, next: u32, child: NodeOrText<Handle>) {
        let mut arena = self.arena.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => arena.link(parent, next, node.id),
            NodeOrText::AppendText(text) => arena.link_text(parent, next, &text),
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Arena;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Arena {
        self.arena.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {} // every page has some

    fn get_document(&self) -> Handle {
        Handle::nameless(DOCUMENT)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let mut arena = self.arena.borrow_mut();
        let id = arena.add_element(&name, &attrs);
        let root = flags.template.then(|| arena.add(Body::Root));
        if let Body::Element {
            contents,
            takes_html,
            ..
        } = &mut arena.nodes[id as usize].body
        {
            *contents = root.unwrap_or(NONE);
            *takes_html = flags.mathml_annotation_xml_integration_point;
        }
        let formatting = Tag::of_name(&name.local).is_formatting();
        Handle {
            id,
            formatting,
            name,
        }
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        Handle::nameless(COMMENT)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        Handle::nameless(COMMENT)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, NONE, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let parent = self.arena.borrow().nodes[element.id as usize].parent;
        match parent {
            NONE => self.insert(previous.id, NONE, child),
            _ => self.insert(parent, element.id, child),
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.arena.borrow().nodes[sibling.id as usize].parent;
        self.insert(parent, sibling.id, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        match self.arena.borrow().nodes[target.id as usize].body {
            Body::Element { contents, .. } => Handle::nameless(contents),
            _ => unreachable!("only templates are asked for their contents"),
        }
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        self.arena.borrow_mut().add_missing_attrs(target.id, &attrs);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.arena.borrow_mut().unlink(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.arena
            .borrow_mut()
            .move_children(node.id, new_parent.id);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        matches!(
            self.arena.borrow().nodes[handle.id as usize].body,
            Body::Element {
                takes_html: true,
                ..
            }
        )
    }
}
