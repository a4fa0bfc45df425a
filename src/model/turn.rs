//! The way from one page of a list to another.

use std::fmt;

use url::form_urlencoded;

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

/// What a page sends back to itself to show another page of its list: what a WebForms script calls, or
/// which button of a form is pressed.
///
/// The name holds nothing but letters, digits and the marks that control names are made of; so does
/// what a script is told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Postback {
    by: By,
    target: String,
    argument: String,
}

/// How a form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// By the script that WebForms pages have for it.
    Script,
    /// By a button.
    Button,
}

/// How each is written in an address; a script's as the portal's own pagers write it.
const CALLS: [(By, &str); 2] = [(By::Script, "__doPostBack('"), (By::Button, "__press('")];
const BETWEEN: &str = "','";
const END: &str = "')";
/// Most bytes of a name, and of what a control is told.
const LONGEST: usize = 300;

impl Postback {
    /// Takes a control's name and what a script tells it; nothing where they are no such names.
    #[must_use]
    pub fn new(target: &str, argument: &str) -> Option<Self> {
        is_plain(argument)
            .then(|| Self::of(By::Script, target, argument))
            .flatten()
    }

    /// Takes a button's name and what it says; nothing where they are none.
    #[must_use]
    pub fn pressed(name: &str, value: &str) -> Option<Self> {
        let is_short = value.len() <= LONGEST && !value.contains(char::is_control);
        is_short
            .then(|| Self::of(By::Button, name, value))
            .flatten()
    }

    fn of(by: By, target: &str, argument: &str) -> Option<Self> {
        (!target.is_empty() && is_plain(target)).then(|| Self {
            by,
            target: target.to_owned(),
            argument: argument.to_owned(),
        })
    }

    /// Reads the calls behind the `#` of an address, one after the other; nothing where there is
    /// anything else.
    #[must_use]
    pub fn all_of(fragment: &str) -> Option<Vec<Self>> {
        let (mut all, mut rest) = (Vec::new(), fragment);
        while !rest.is_empty() {
            let (call, behind) = rest.split_once(END)?;
            all.push(Self::read(call)?);
            rest = behind;
        }
        (!all.is_empty()).then_some(all)
    }

    fn read(call: &str) -> Option<Self> {
        let mut ways = CALLS.iter();
        let (by, inner) = ways.find_map(|(by, start)| Some((*by, call.strip_prefix(start)?)))?;
        let (target, argument) = inner.split_once(BETWEEN)?;
        match by {
            By::Script => Self::new(target, argument),
            By::Button => Self::pressed(target, &unescaped(argument)),
        }
    }

    /// Says how the form is sent.
    #[must_use]
    pub fn by(&self) -> By {
        self.by
    }

    /// Returns the control's name.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Returns what the control is told, or what a button says.
    #[must_use]
    pub fn argument(&self) -> &str {
        &self.argument
    }
}

fn is_plain(text: &str) -> bool {
    let is_mark = |c: char| c.is_ascii_alphanumeric() || "_$:.-".contains(c);
    text.len() <= LONGEST && text.chars().all(is_mark)
}

/// Reads what a button says, which is written as the value of a form's field is.
fn unescaped(value: &str) -> String {
    let field = format!("={}", value.replace('&', "%26"));
    let mut fields = form_urlencoded::parse(field.as_bytes());
    fields
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

impl fmt::Display for Postback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut ways = CALLS.iter();
        let start = ways
            .find_map(|(by, start)| (*by == self.by).then_some(*start))
            .expect("each way has its row");
        write!(f, "{start}{}{BETWEEN}", self.target)?;
        match self.by {
            By::Script => f.write_str(&self.argument)?,
            By::Button => form_urlencoded::byte_serialize(self.argument.as_bytes())
                .try_for_each(|part| f.write_str(part))?,
        }
        f.write_str(END)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_read_as_they_are_written() {
        let call = |argument| Postback::new("ctl00$Pager_D", argument).expect("a call");
        let press = |value| Postback::pressed("ctl00$Trang", value).expect("a button");
        let calls = vec![
            call("2"),
            press("Trang sau & cuối »"),
            call("Page$12"),
            press("(2)','"),
            call(""),
            press(""),
        ];
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
            "__doPostBack('a','Trang sau')",
            "__press('','2')",
            "__press('a','%0A')",
            "__press('a b','2')",
            "press('a','2')",
        ] {
            assert_eq!(Postback::all_of(fragment), None, "{fragment}");
        }
    }
}
