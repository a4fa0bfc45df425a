//! A small selector language for the rows of portal families and for an operator's rules.
//!
//! `tag`, `#id`, `.class`, `[name]`, `[name=value]`, `[name^=value]`, `[name$=value]`,
//! `[name*=value]` with or without quotes, several of them together, a space for "inside of", a comma
//! for "or". Source: Selectors Level 4, § 5 to 6 and 15.1, of which this is a part.

mod step;

use std::str::FromStr;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::find::Survey;
use super::page::beginning;
use crate::html::{NodeId, Tree};
use step::Step;

/// Selectors in the order in which they are tried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Selectors(Vec<Vec<Step>>);

/// Text that is no selector here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectorError {
    /// It is written otherwise.
    #[error(
        "{0:?} is no selector: take tag, #id, .class, [name=value] (also ^=, $=, *=), a space for \"inside of\" \
         and a comma for \"or\""
    )]
    Unknown(String),
    /// They are longer than any page needs, and each page would be looked through for them.
    #[error("a field takes at most {MOST_BYTES} bytes of selectors, and {0} are given")]
    TooLong(usize),
    /// So are they.
    #[error("a field takes at most {MOST_SELECTORS} selectors, and {0} are given")]
    TooMany(usize),
    /// So is one of them.
    #[error("a selector takes at most {MOST_STEPS} steps, and {0:?} has more")]
    TooDeep(String),
}

/// Most bytes of a field's selectors.
const MOST_BYTES: usize = 4000;
/// Most selectors of a field.
const MOST_SELECTORS: usize = 60;
/// Most steps of one.
const MOST_STEPS: usize = 8;

impl FromStr for Selectors {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Self, SelectorError> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        if text.len() > MOST_BYTES {
            return Err(SelectorError::TooLong(text.len()));
        }
        let selectors = cut(text, |c| c == ',');
        if selectors.len() > MOST_SELECTORS {
            return Err(SelectorError::TooMany(selectors.len()));
        }
        let mut all = Vec::with_capacity(selectors.len());
        for selector in selectors {
            let steps = cut(selector, char::is_whitespace);
            let steps = steps.into_iter().filter(|step| !step.is_empty());
            let steps: Option<Vec<Step>> = steps.map(Step::parse).collect();
            let steps = steps.filter(|steps| !steps.is_empty());
            let told = || beginning(selector.trim(), 200).to_owned();
            let steps = steps.ok_or_else(|| SelectorError::Unknown(told()))?;
            if steps.len() > MOST_STEPS {
                return Err(SelectorError::TooDeep(told()));
            }
            all.push(steps);
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
    if let Some(test) = last.of_id() {
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

    #[test]
    fn selectors_have_bounds() {
        let fit = [".a"; MOST_SELECTORS].join(",");
        assert!(fit.parse::<Selectors>().is_ok());
        let deep = ["p"; MOST_STEPS + 1].join(" ");
        let long = format!("#{}", "a".repeat(MOST_BYTES));
        for (wrong, error) in [
            (fit + ",.b", SelectorError::TooMany(MOST_SELECTORS + 1)),
            (deep.clone(), SelectorError::TooDeep(deep)),
            (long, SelectorError::TooLong(MOST_BYTES + 1)),
        ] {
            assert_eq!(wrong.parse::<Selectors>(), Err(error));
        }
    }
}
