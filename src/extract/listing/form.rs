//! A form as a browser sends it, filled with what the page holds and the call of its pager.
//!
//! Source: HTML, 4.10.21 and 4.10.22 (form owners, the entry list, submission).

use std::borrow::Cow;

use url::Url;

use super::super::page::Page;
use crate::html::{Element, FormCharset, NodeId, Tag};
use crate::model::{By, Postback};

/// A form as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The absolute address it is sent to.
    pub action: String,
    /// Its fields, as `application/x-www-form-urlencoded` in the letters of its page.
    pub body: String,
}

/// The fields that hold a script's call.
const SET: [&str; 2] = ["__EVENTTARGET", "__EVENTARGUMENT"];

/// Fills the form that the call at `control` sends.
pub(super) fn filled(page: &Page<'_>, control: NodeId, call: &Postback) -> Option<Form> {
    let form = owner(page, control)?;
    let mut fields = fields(page, form, LONGEST_SENT)?;
    match call.by() {
        By::Script => {
            fields.retain(|(name, _)| !SET.contains(&name.as_str()));
            let values = [call.target(), call.argument()].map(str::to_owned);
            fields.extend(SET.map(str::to_owned).into_iter().zip(values));
        }
        By::Button => fields.extend(Button::of(page.tree.element(control)?)?.fields()),
    }
    Some(Form {
        action: action(page, form, Some(control))?,
        body: charset(page, form)?.written(&fields),
    })
}

/// Longest address that a form leads to; most servers refuse longer ones (RFC 9110, 4.1).
///
/// A pager holds one for each of its buttons, and a page can set any field to any length.
pub(super) const LONGEST: usize = 8_000;
/// Longest form that is sent, in bytes: ten times the largest `__VIEWSTATE` seen on a portal. Written out,
/// it may be four times as long.
const LONGEST_SENT: usize = 2 << 20;

/// Returns the address that a form leads to which only asks; `control` is the button that sends it.
/// Nothing where it would be too long.
pub(super) fn asked(
    page: &Page<'_>,
    form: NodeId,
    control: Option<NodeId>,
    fields: &[(String, String)],
) -> Option<String> {
    let mut url = Url::parse(&action(page, form, control)?).ok()?;
    url.set_query(Some(&charset(page, form)?.written(fields)));
    Some(String::from(url)).filter(|url| url.len() <= LONGEST)
}

/// Finds the form that a control belongs to: the one that it names, else the one around it.
pub(super) fn owner(page: &Page<'_>, control: NodeId) -> Option<NodeId> {
    let is_form = |id: &NodeId| page.tree.tag(*id) == Some(Tag::Form);
    match page.attr(control, "form") {
        Some(name) => page.tree.by_id(name).filter(is_form),
        None => page.tree.ancestors(control).find(is_form),
    }
}

/// Is a form sent, rather than asked for by an address?
pub(super) fn is_posted(form: Element<'_>) -> bool {
    form.attr("method")
        .is_some_and(|method| method.trim().eq_ignore_ascii_case("post"))
}

/// Says where a form is sent; a button may have an address of its own.
fn action(page: &Page<'_>, form: NodeId, control: Option<NodeId>) -> Option<String> {
    let of_button = control.and_then(|id| page.attr(id, "formaction"));
    let action = of_button.or_else(|| page.attr(form, "action"));
    match action.and_then(|action| page.link(action)) {
        Some(action) => Some(action),
        None => page.address.map(Url::to_string),
    }
}

fn charset(page: &Page<'_>, form: NodeId) -> Option<FormCharset> {
    let accepted = page.tree.element(form)?.attr("accept-charset");
    Some(FormCharset::of(accepted, page.tree.charset()))
}

/// Reads the fields that a form is sent with, but for its buttons; nothing where they have more than
/// `most` bytes.
pub(super) fn fields(page: &Page<'_>, form: NodeId, most: usize) -> Option<Vec<(String, String)>> {
    let mut left = most;
    let fields = read(page, form).map(|(name, value)| {
        left = left.checked_sub(name.len() + value.len())?;
        Some((name.to_owned(), value.into_owned()))
    });
    fields.collect()
}

/// A field: its name and its value.
type Field<'t> = (&'t str, Cow<'t, str>);

fn read<'t>(page: &Page<'t>, form: NodeId) -> impl Iterator<Item = Field<'t>> {
    let charset = charset(page, form);
    let inside = page.elements(form);
    let fields = inside.filter_map(|(id, element)| field(page, id, element));
    fields.map(move |(name, value)| match (name, charset) {
        ("_charset_", Some(charset)) => (name, charset.name().into()),
        _ => (name, value),
    })
}

/// Reads a control that is sent with its form; buttons and passwords are not.
fn field<'t>(page: &Page<'t>, id: NodeId, element: Element<'t>) -> Option<Field<'t>> {
    let name = element.attr("name").filter(|name| !name.is_empty())?;
    if element.attr("disabled").is_some() {
        return None;
    }
    let value = match element.tag() {
        Tag::Input => of_input(element)?.into(),
        Tag::Textarea => page.tree.text_of(id).into(),
        Tag::Select => of_select(page, id)?,
        _ => return None,
    };
    Some((name, value))
}

fn of_input(element: Element<'_>) -> Option<&str> {
    let own = element.attr("value");
    match kind(element).as_str() {
        "hidden" | "text" | "search" | "date" | "number" => Some(own.unwrap_or_default()),
        "checkbox" | "radio" if element.attr("checked").is_some() => Some(own.unwrap_or("on")),
        _ => None,
    }
}

fn of_select<'t>(page: &Page<'t>, id: NodeId) -> Option<Cow<'t, str>> {
    let mut options = page.elements(id).filter(|(_, e)| e.tag() == Tag::Option);
    let first = options.next()?;
    let (id, chosen) = std::iter::once(first)
        .chain(options)
        .find(|(_, e)| e.attr("selected").is_some())
        .unwrap_or(first);
    let words = || page.tree.text_of(id).trim().to_owned().into();
    Some(chosen.attr("value").map_or_else(words, Cow::Borrowed))
}

fn kind(element: Element<'_>) -> String {
    let usual = if element.tag() == Tag::Button {
        "submit"
    } else {
        "text"
    };
    let kind = element.attr("type").unwrap_or(usual);
    kind.trim().to_ascii_lowercase()
}

/// A button that sends its form, and can be told from the form's other buttons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Button {
    name: String,
    value: String,
    is_picture: bool,
}

impl Button {
    /// Takes an element that is one.
    pub(super) fn of(element: Element<'_>) -> Option<Self> {
        let name = element.attr("name").filter(|name| !name.is_empty())?;
        let kind = kind(element);
        let is_picture = element.tag() == Tag::Input && kind == "image";
        let is_button = matches!(element.tag(), Tag::Input | Tag::Button);
        let sends = is_button && (kind == "submit" || is_picture);
        (sends && element.attr("disabled").is_none()).then(|| Self {
            name: name.to_owned(),
            value: element.attr("value").unwrap_or_default().to_owned(),
            is_picture,
        })
    }

    /// Returns its name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Returns what it says; nothing where it is a picture.
    pub(super) fn value(&self) -> &str {
        if self.is_picture { "" } else { &self.value }
    }

    /// Returns what is sent of it: of a picture the place where it was pressed, which a keyboard has at
    /// its corner.
    pub(super) fn fields(&self) -> Vec<(String, String)> {
        if !self.is_picture {
            return vec![(self.name.clone(), self.value.clone())];
        }
        let place = |side| (format!("{}.{side}", self.name), "0".to_owned());
        vec![place("x"), place("y")]
    }
}

#[cfg(test)]
mod tests {
    use super::super::{form, turns};
    use super::*;
    use crate::html::{Limits, Tree, parse};

    fn address() -> Url {
        Url::parse("https://xa.example/tin").expect("an address")
    }

    /// A pager of buttons in a form with one hidden field.
    fn list(method: &str, value: &str) -> Tree {
        let page = format!(
            "<form method={method}><input type=hidden name=k value=\"{value}\"><div class=pager>\
             <input type=submit name=p value=2><input type=submit name=q value=Sau></div></form>"
        );
        parse(page.as_bytes(), None, &Limits::default())
    }

    #[test]
    fn a_form_that_asks_makes_addresses_that_servers_take() {
        let here = address();
        let count = |value: &str| turns(&Page::new(&list("get", value), Some(&here))).len();
        assert_eq!(count("7"), 2);
        assert_eq!(count(&"x".repeat(LONGEST)), 0);
        assert_eq!(
            count(&"%".repeat(LONGEST / 2)),
            0,
            "longer where it is written"
        );
    }

    #[test]
    fn a_form_is_sent_with_its_fields_unless_they_are_endless() {
        let (here, call) = (address(), Postback::pressed("p", "2").expect("a call"));
        let body = |value: &str| {
            let tree = list("post", value);
            form(&Page::new(&tree, Some(&here)), &call).map(|form| form.body)
        };
        assert_eq!(body("7").as_deref(), Some("k=7&p=2"));
        assert_eq!(body(&"x".repeat(LONGEST_SENT)), None);
    }
}
