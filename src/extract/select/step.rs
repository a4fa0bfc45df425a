//! One step of a selector: what one element must be.

use crate::html::Element;

/// One compound of a selector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Step {
    tag: Option<String>,
    /// The id that it names.
    pub(super) id: Option<String>,
    /// The classes that it names, all of them.
    pub(super) classes: Vec<String>,
    attrs: Vec<Test>,
}

/// What an attribute must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Test {
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
    /// Reads it.
    pub(super) fn parse(text: &str) -> Option<Self> {
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

    /// Returns what it asks of an id, beyond naming one.
    pub(super) fn of_id(&self) -> Option<&Test> {
        self.attrs.iter().find(|test| test.name == "id")
    }

    /// Is it about an element like this?
    pub(super) fn fits(&self, element: Element<'_>) -> bool {
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

    /// Does the attribute's own value pass?
    pub(super) fn accepts(&self, own: &str) -> bool {
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
