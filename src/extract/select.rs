//! A small selector language for the rows of the families table.
//!
//! `tag`, `#id`, `.class`, `[name=value]`, `[name^=value]`, `[name$=value]`, `[name*=value]`, several
//! of them together, a space for "inside of", a comma for "or". Source: Selectors Level 4, § 5 to 6
//! and 15.1, of which this is a part.

use crate::html::{Element, NodeId, Tree};

/// Finds the first element that one of the selectors names, the selectors tried in order.
pub(super) fn first(tree: &Tree, selectors: &str) -> Option<NodeId> {
    selectors
        .split(',')
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .find_map(|selector| {
            let steps: Vec<Step<'_>> = selector.split_ascii_whitespace().map(Step::parse).collect();
            candidates(tree, &steps)
                .into_iter()
                .find(|id| matches(tree, *id, &steps))
        })
}

/// Where the last step names an id, there is no need to look at every element.
fn candidates(tree: &Tree, steps: &[Step<'_>]) -> Vec<NodeId> {
    match steps.last().and_then(|step| step.id) {
        Some(id) => tree.by_id(id).into_iter().collect(),
        None => tree
            .all()
            .filter(|id| tree.element(*id).is_some())
            .collect(),
    }
}

/// One compound of a selector.
#[derive(Debug, Default)]
struct Step<'s> {
    tag: Option<&'s str>,
    id: Option<&'s str>,
    classes: Vec<&'s str>,
    attr: Option<(&'s str, char, &'s str)>,
}

impl<'s> Step<'s> {
    fn parse(text: &'s str) -> Self {
        let mut step = Self::default();
        let (plain, attr) = match text.split_once('[') {
            Some((plain, attr)) => (plain, Some(attr.trim_end_matches(']'))),
            None => (text, None),
        };
        step.attr = attr.map(Self::attr);
        let mut rest = plain;
        while !rest.is_empty() {
            let end = rest[1..].find(['#', '.']).map_or(rest.len(), |at| at + 1);
            let (part, after) = rest.split_at(end);
            match part.as_bytes()[0] {
                b'#' => step.id = Some(&part[1..]),
                b'.' => step.classes.push(&part[1..]),
                _ => step.tag = Some(part),
            }
            rest = after;
        }
        step
    }

    fn attr(text: &'s str) -> (&'s str, char, &'s str) {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let how = name
            .chars()
            .next_back()
            .filter(|c| matches!(c, '^' | '$' | '*'));
        match how {
            Some(how) => (&name[..name.len() - 1], how, value),
            None => (name, '=', value),
        }
    }

    fn fits(&self, element: Element<'_>) -> bool {
        self.tag.is_none_or(|tag| element.name() == tag)
            && self.id.is_none_or(|id| element.id() == Some(id))
            && self.classes.iter().all(|class| element.has_class(class))
            && self.attr.is_none_or(|(name, how, value)| {
                element.attr(name).is_some_and(|own| match how {
                    '^' => own.starts_with(value),
                    '$' => own.ends_with(value),
                    '*' => own.contains(value),
                    _ => own == value,
                })
            })
    }
}

/// Does the element fit the last step, and do elements around it fit the others in order?
fn matches(tree: &Tree, id: NodeId, steps: &[Step<'_>]) -> bool {
    let Some((last, outer)) = steps.split_last() else {
        return false;
    };
    if !tree.element(id).is_some_and(|e| last.fits(e)) {
        return false;
    }
    let mut wanted = outer.iter().rev().peekable();
    for holder in tree.ancestors(id) {
        let Some(step) = wanted.peek() else { break };
        if tree.element(holder).is_some_and(|e| step.fits(e)) {
            wanted.next();
        }
    }
    wanted.peek().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::{Limits, parse};

    #[test]
    fn selectors_find_by_tag_id_class_attribute_and_place() {
        let page = "<div id=a class='x y'><p>1<span id=ct_lblDate>2</span></div><p class=x>3";
        let tree = parse(page.as_bytes(), None, &Limits::default());
        let found = |selector| first(&tree, selector).map(|id| tree.text_of(id));
        for (selector, text) in [
            ("#a", Some("12")),
            ("div.x.y span", Some("2")),
            ("p.x", Some("3")),
            ("[id$=lblDate]", Some("2")),
            (".none, [id^=ct]", Some("2")),
            ("#a p.x", None),
            ("", None),
        ] {
            assert_eq!(found(selector).as_deref(), text, "{selector}");
        }
    }
}
