//! A page as a browser's parser sees it: its elements in document order.

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element with its attributes and the text in it.
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    /// The elements around it, by their place in the list, outermost first.
    pub(crate) inside: Vec<usize>,
}

/// A parsed page.
pub(crate) struct Page {
    pub(crate) elements: Vec<Element>,
    /// The pieces of text in document order, each with the elements around it, outermost first.
    pub(crate) texts: Vec<(Vec<usize>, String)>,
    /// What the parser complained of.
    pub(crate) faults: Vec<String>,
}

impl Element {
    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(name, _)| name == attribute);
        found.map(|(_, value)| value.as_str())
    }
}

impl Page {
    pub(crate) fn parse(html: &str) -> Self {
        let dom = html5ever::parse_document(RcDom::default(), Default::default()).one(html);
        let mut page = Self {
            elements: Vec::new(),
            texts: Vec::new(),
            faults: dom
                .errors
                .borrow()
                .iter()
                .map(ToString::to_string)
                .collect(),
        };
        let mut waiting: Vec<(Handle, Vec<usize>)> = vec![(dom.document.clone(), Vec::new())];
        while let Some((node, mut inside)) = waiting.pop() {
            page.take(&node, &mut inside);
            let children = node.children.borrow();
            waiting.extend(children.iter().rev().map(|c| (c.clone(), inside.clone())));
        }
        page
    }

    fn take(&mut self, node: &Handle, inside: &mut Vec<usize>) {
        match &node.data {
            NodeData::Text { contents } => {
                for &around in inside.iter() {
                    self.elements[around].text.push_str(&contents.borrow());
                }
                self.texts
                    .push((inside.clone(), contents.borrow().to_string()));
            }
            NodeData::Element { name, attrs, .. } => {
                let attribute =
                    |a: &html5ever::Attribute| (a.name.local.to_string(), a.value.to_string());
                self.elements.push(Element {
                    name: name.local.to_string(),
                    attributes: attrs.borrow().iter().map(attribute).collect(),
                    text: String::new(),
                    inside: inside.clone(),
                });
                inside.push(self.elements.len() - 1);
            }
            _ => {}
        }
    }

    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |e| e.name == name)
    }

    pub(crate) fn is_in(&self, element: &Element, name: &str) -> bool {
        element
            .inside
            .iter()
            .any(|&around| self.elements[around].name == name)
    }

    /// The page's markup without its texts and values: element and attribute names alone.
    pub(crate) fn skeleton(&self) -> String {
        let mut out = String::new();
        for element in &self.elements {
            out.push_str(&format!(
                "{}{}",
                ">".repeat(element.inside.len()),
                element.name
            ));
            for (name, _) in &element.attributes {
                out.push_str(&format!(" {name}"));
            }
            out.push('\n');
        }
        out
    }
}
