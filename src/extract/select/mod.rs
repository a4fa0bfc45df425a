//! A small selector language for the rows of portal families and for an operator's rules.
//!
//! `tag`, `#id`, `.class`, `[name]`, `[name=value]`, `[name^=value]`, `[name$=value]`,
//! `[name*=value]` with or without quotes, several of them together, a space for "inside of", a comma
//! for "or". Source: Selectors Level 4, § 5 to 6 and 15.1, of which this is a part.

use std::str::FromStr;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::find::Survey;
use crate::html::{Element, NodeId, Tree};

/// Selectors in the order in which they are tried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Selectors(Vec<Vec<Step>>);

/// Text that is no selector here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no selector: take tag, #id, .class, [name=value] (also ^=, $=, *=), a space for \"inside of\" \
     and a comma for \"or\""
)]
pub struct SelectorError(String);

impl FromStr for Selectors {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Self, SelectorError> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let mut all = Vec::new();
        for selector in cut(text, |c| c == ',') {
            let steps = cut(selector, char::is_whitespace);
            let steps = steps.into_iter().filter(|step| !step.is_empty());
            let steps: Option<Vec<Step>> = steps.map(Step::parse).collect();
            let steps = steps.filter(|steps| !steps.is_empty());
            all.push(steps.ok_or_else(|| SelectorError(selector.trim().to_owned()))?);
        }
        Ok(Self(all))
    }
}

impl TryFrom<String> for Selectors {
    type Error = SelectorError;

    fn try_from(text: String) -> Result<Self, SelectorError> {
        text.parse()
    }
}

/// The classes and ids of a page: most selectors name one that is not there, and need no walk.
pub(super) struct Names<'t> {
    classes: FxHashSet<&'t str>,
    /// Elements with ids, in document order.
    ids: Vec<(NodeId, &'t str)>,
}

impl<'t> Names<'t> {
    /// Collects the names of a page.
    pub(super) fn of(survey: &Survey<'t>) -> Self {
        let lists = survey.classes().map(|(list, _)| list);
        let mut ids: Vec<(NodeId, &str)> = survey.ids().map(|(name, id)| (id, name)).collect();
        ids.sort_unstable();
        Self {
            classes: lists.flat_map(str::split_ascii_whitespace).collect(),
            ids,
        }
    }
}

/// A selector that finds so many elements names an entry of a list, not a field of the page.
const MANY: usize = 3;

impl Selectors {
    /// Is there none?
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Finds the first element that one of the selectors names.
    pub(super) fn first(&self, tree: &Tree, names: &Names<'_>) -> Option<NodeId> {
        self.0
            .iter()
            .find_map(|steps| fitting(tree, names, steps).next())
    }

    /// Finds the first element that one of the selectors names and that `holds` the field; one that
    /// finds many is passed over.
    pub(super) fn find(
        &self,
        tree: &Tree,
        names: &Names<'_>,
        holds: impl Fn(NodeId) -> bool,
    ) -> Option<NodeId> {
        self.0.iter().find_map(|steps| {
            let found: Vec<NodeId> = fitting(tree, names, steps)
                .filter(|id| holds(*id))
                .take(MANY)
                .collect();
            found.first().copied().filter(|_| found.len() < MANY)
        })
    }

    /// Finds every element that any of the selectors names.
    pub(super) fn all(&self, tree: &Tree, names: &Names<'_>) -> Vec<NodeId> {
        self.0
            .iter()
            .flat_map(|steps| fitting(tree, names, steps))
            .collect()
    }
}

/// The elements that fit the steps, in document order.
fn fitting<'a>(
    tree: &'a Tree,
    names: &Names<'_>,
    steps: &'a [Step],
) -> impl Iterator<Item = NodeId> + 'a {
    let candidates = candidates(tree, names, steps);
    candidates.filter(move |id| matches(tree, *id, steps))
}

/// Where the last step names an id or a class there is no need to look at every element.
fn candidates<'a>(
    tree: &'a Tree,
    names: &Names<'_>,
    steps: &[Step],
) -> Box<dyn Iterator<Item = NodeId> + 'a> {
    let Some(last) = steps.last() else {
        return Box::new(std::iter::empty());
    };
    if let Some(id) = &last.id {
        return Box::new(tree.by_id(id).into_iter());
    }
    if let Some(test) = last.attrs.iter().find(|test| test.name == "id") {
        let ids = names.ids.iter().filter(|(_, name)| test.accepts(name));
        return Box::new(ids.map(|(id, _)| *id).collect::<Vec<_>>().into_iter());
    }
    if last
        .classes
        .iter()
        .any(|c| !names.classes.contains(c.as_str()))
    {
        return Box::new(std::iter::empty());
    }
    Box::new(tree.all().filter(|id| tree.element(*id).is_some()))
}

/// Cuts at separators outside of brackets and quotes.
fn cut(text: &str, separates: impl Fn(char) -> bool) -> Vec<&str> {
    let (mut parts, mut from, mut quote, mut depth) = (Vec::new(), 0, None, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            _ if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' => quote = Some(c),
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && separates(c) => {
                parts.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

/// One compound of a selector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Step {
    tag: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    attrs: Vec<Test>,
}

/// What an attribute must be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Test {
    name: String,
    how: How,
    value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Given,
    Equal,
    Begins,
    Ends,
    Holds,
}

impl Step {
    fn parse(text: &str) -> Option<Self> {
        let mut step = Self::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if let Some(inner) = rest.strip_prefix('[') {
                let end = closing(inner)?;
                step.attrs.push(Test::parse(&inner[..end])?);
                rest = &inner[end + 1..];
                continue;
            }
            let marked = matches!(first, '#' | '.');
            let name = if marked { &rest[1..] } else { rest };
            let end = name.find(['#', '.', '[']).unwrap_or(name.len());
            let (name, after) = name.split_at(end);
            if !is_name(name) {
                return None;
            }
            match first {
                '#' => step.id = Some(name.to_owned()),
                '.' => step.classes.push(name.to_owned()),
                _ if step == Self::default() => step.tag = Some(name.to_ascii_lowercase()),
                _ => return None,
            }
            rest = after;
        }
        (step != Self::default()).then_some(step)
    }

    fn fits(&self, element: Element<'_>) -> bool {
        self.tag.as_ref().is_none_or(|tag| element.name() == tag)
            && self.id.as_ref().is_none_or(|id| element.id() == Some(id))
            && self.classes.iter().all(|class| element.has_class(class))
            && self.attrs.iter().all(|test| {
                element
                    .attr(&test.name)
                    .is_some_and(|own| test.accepts(own))
            })
    }
}

impl Test {
    fn parse(text: &str) -> Option<Self> {
        let Some((name, value)) = text.split_once('=') else {
            let name = text.trim();
            return is_name(name).then(|| Self {
                name: name.to_ascii_lowercase(),
                how: How::Given,
                value: String::new(),
            });
        };
        let (name, how) = match name.trim_end().chars().next_back()? {
            '^' => (name.trim_end().strip_suffix('^')?, How::Begins),
            '$' => (name.trim_end().strip_suffix('$')?, How::Ends),
            '*' => (name.trim_end().strip_suffix('*')?, How::Holds),
            _ => (name, How::Equal),
        };
        let value = value.trim();
        let quoted = ['"', '\''].into_iter().find_map(|quote| {
            let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
            (!inner.contains(quote)).then_some(inner)
        });
        let plain = Some(value).filter(|value| !value.contains(['"', '\'', '[', ']']));
        let value = quoted.or(plain).filter(|value| !value.is_empty())?;
        is_name(name.trim()).then(|| Self {
            name: name.trim().to_ascii_lowercase(),
            how,
            value: value.to_owned(),
        })
    }

    fn accepts(&self, own: &str) -> bool {
        match self.how {
            How::Given => true,
            How::Equal => own == self.value,
            How::Begins => own.starts_with(&self.value),
            How::Ends => own.ends_with(&self.value),
            How::Holds => own.contains(&self.value),
        }
    }
}

/// Where the bracket closes, quotes passed over.
fn closing(inner: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in inner.char_indices() {
        match c {
            _ if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' => quote = Some(c),
            ']' => return Some(at),
            _ => {}
        }
    }
    None
}

fn is_name(name: &str) -> bool {
    let marks = |c: char| matches!(c, '-' | '_' | '$') || !c.is_ascii();
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || marks(c))
}

/// Does the element fit the last step, and do elements around it fit the others in order?
fn matches(tree: &Tree, id: NodeId, steps: &[Step]) -> bool {
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
        let page = "<div id=a class='x y'><p>1<span id=ct_lblDate title='a, b]'>2</span></div><p class=x>3";
        let tree = parse(page.as_bytes(), None, &Limits::default());
        let survey = Survey::of(&tree);
        let names = Names::of(&survey);
        let found = |selectors: &str| {
            let selectors: Selectors = selectors.parse().expect("selectors");
            let id = selectors.first(&tree, &names)?;
            Some(tree.text_of(id))
        };
        for (selectors, text) in [
            ("#a", Some("12")),
            ("div.x.y span", Some("2")),
            ("p.x", Some("3")),
            ("[id$=lblDate]", Some("2")),
            (".none, [id^=ct]", Some("2")),
            ("span[title='a, b]']", Some("2")),
            ("span[title][id*=\"_\"]", Some("2")),
            ("#a p.x", None),
            ("", None),
        ] {
            assert_eq!(found(selectors).as_deref(), text, "{selectors}");
        }
    }

    #[test]
    fn what_is_no_selector_is_told() {
        for wrong in [
            "h1,", "#", "p > b", "a:hover", "[=x]", "[id", "p]", "..x", ".a b..", "[a='x]", "//h1",
        ] {
            assert!(wrong.parse::<Selectors>().is_err(), "{wrong}");
        }
    }
}
