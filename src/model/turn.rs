//! The way from one page of a list to another.

use std::fmt;

/// A named way to another page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// What it is called, never empty.
    pub name: String,
    /// The absolute address that Loa reads for it. Where the portal wants a form to be sent, it is that
    /// of the list, with the call that its pager makes behind `#`.
    pub url: String,
    /// The form's call, where one has to be sent.
    pub post: Option<Postback>,
}

/// What a WebForms page sends back to itself: which control was used, and how.
///
/// Both parts hold nothing but letters, digits and the marks that control names are made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Postback {
    target: String,
    argument: String,
}

/// How a call is written in an address, as the portal's own pagers write it.
const CALL: &str = "__doPostBack(";

impl Postback {
    /// Takes a control's name and what it is told; nothing where they are no such names.
    #[must_use]
    pub fn new(target: &str, argument: &str) -> Option<Self> {
        let is_mark = |c: char| c.is_ascii_alphanumeric() || "_$:.-".contains(c);
        let plain = |text: &str| text.len() <= 300 && text.chars().all(is_mark);
        (!target.is_empty() && plain(target) && plain(argument)).then(|| Self {
            target: target.to_owned(),
            argument: argument.to_owned(),
        })
    }

    /// Reads the calls behind the `#` of an address, one after the other; nothing where there is
    /// anything else.
    #[must_use]
    pub fn all_of(fragment: &str) -> Option<Vec<Self>> {
        let calls = fragment.strip_prefix(CALL)?.split(CALL);
        let read = |call: &str| {
            let inner = call.strip_prefix('\'')?.strip_suffix("')")?;
            let (target, argument) = inner.split_once("','")?;
            Self::new(target, argument)
        };
        calls.map(read).collect()
    }

    /// Returns the control's name.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Returns what the control is told.
    #[must_use]
    pub fn argument(&self) -> &str {
        &self.argument
    }
}

impl fmt::Display for Postback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{CALL}'{}','{}')", self.target, self.argument)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_read_as_they_are_written() {
        let call = |argument| Postback::new("ctl00$Pager_D", argument).expect("a call");
        let calls = vec![call("2"), call("Page$12"), call("")];
        let fragment: String = calls.iter().map(ToString::to_string).collect();
        assert_eq!(Postback::all_of(&fragment), Some(calls));
    }

    #[test]
    fn nothing_else_is_a_call() {
        for fragment in [
            "",
            "phan-2",
            "__doPostBack('','2')",
            "__doPostBack('a','2');alert('x')",
            "__doPostBack('a b','2')",
            "__doPostBack('a')",
        ] {
            assert_eq!(Postback::all_of(fragment), None, "{fragment}");
        }
    }
}
