//! The way to a list's other pages: by address, by a form that is sent back, or by a script.
//!
//! A WebForms pager calls `__doPostBack`, or is made of buttons; what it would send is gathered by
//! [`mod@form`], and only for calls that the page's own pager shows. Of other scripts the address is worked
//! out where the page holds all that is needed for it.

use std::cell::{Cell, OnceCell};

use url::Url;

use super::super::find::Signs;
use super::super::page::Page;
use super::super::pager::{self, is_page_name, name};
use super::form::{self, Form};
use super::script::{self, Call};
use crate::html::{Element, NodeId, Tag};
use crate::model::{By, Postback, Turn};

/// Pagers with more links help nobody who has to listen to them.
const MOST: usize = 60;
/// Longer link texts are none of a pager.
const LONGEST: usize = 48;
/// With more bytes of text and headings, it is no pager.
const ENTRIES: usize = 600;
/// So many levels above a link its row is looked for.
const LEVELS: usize = 6;

/// Most calls of a page's own scripts whose address is looked for: each may be anywhere on the page.
const MOST_SCRIPTED: usize = 2 * MOST;

/// A link of a pager.
struct Link {
    node: NodeId,
    name: String,
    way: Way,
}

/// Where a link of a pager leads.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    Address(String),
    Post(Postback),
    /// A script of the page's own does something that cannot be told.
    Script,
}

/// Reads the ways to the other pages of a list.
pub(in crate::extract) fn turns(page: &Page<'_>) -> Vec<Turn> {
    let links = links_of_pager(page);
    links
        .into_iter()
        .filter_map(|link| turn(page, link))
        .collect()
}

/// Are there other pages that only the page's own scripts lead to?
pub(in crate::extract) fn is_scripted(page: &Page<'_>) -> bool {
    let links = links_of_pager(page);
    !links.is_empty() && links.iter().all(|link| link.way == Way::Script)
}

/// Fills the form that a call of the page's own pager sends; nothing for any other call.
pub(in crate::extract) fn form(page: &Page<'_>, call: &Postback) -> Option<Form> {
    let links = links_of_pager(page);
    let shown = links
        .iter()
        .find(|link| matches!(&link.way, Way::Post(post) if post == call))?;
    form::filled(page, shown.node, call)
}

fn turn(page: &Page<'_>, link: Link) -> Option<Turn> {
    let (url, post) = match link.way {
        Way::Address(url) => (url, None),
        Way::Post(post) => {
            let list = page.address?.as_str();
            let list = list.split('#').next().unwrap_or(list);
            (format!("{list}#{post}"), Some(post))
        }
        Way::Script => return None,
    };
    let name = link.name;
    Some(Turn { name, url, post })
}

/// Finds the pager: the element that is named so, else the row around a link that is a number.
fn links_of_pager(page: &Page<'_>) -> Vec<Link> {
    let scripts = Scripts::of(page);
    // Where a pager has no links, none inside it has.
    let mut behind = page.tree.root();
    let pagers = page
        .elements(page.tree.root())
        .filter(|(id, _)| page.survey.signs(*id).any(Signs::PAGING) && !holds_entries(page, *id))
        .filter(|(id, _)| {
            let is_outer = *id >= behind;
            behind = behind.max(page.tree.end(*id));
            is_outer
        });
    pagers
        .map(|(id, _)| links(&scripts, id))
        .find(|links| !links.is_empty())
        .or_else(|| numbers(&scripts))
        .unwrap_or_default()
}

/// Is it the whole list, named after where its pager stands?
fn holds_entries(page: &Page<'_>, id: NodeId) -> bool {
    page.survey.raw_text(id) > ENTRIES && page.holds(id, &[Tag::H1, Tag::H2, Tag::H3, Tag::Article])
}

/// The largest row of links that are all numbers or short words, one of them "2" or more.
fn numbers(scripts: &Scripts<'_, '_>) -> Option<Vec<Link>> {
    let page = scripts.page;
    let all = page.elements(page.tree.root()).filter(|(_, e)| leads(*e));
    let (number, _) = all
        .filter(|(id, _)| page.survey.raw_text(*id) <= 3)
        .find(|(id, e)| is_number(&name(page, *id, *e)) && scripts.way(*id, *e).is_some())?;
    let rows = page.tree.ancestors(number).take(LEVELS);
    let rows = rows.take_while(|row| page.survey.raw_text(*row) < 160);
    let pagers = rows.map(|row| links(scripts, row)).take_while(|all| {
        let numbers = all.iter().filter(|l| is_number(&l.name)).count();
        numbers * 2 >= all.len() && all.iter().all(|l| l.name.len() <= 24)
    });
    // Numbers on buttons alone may be marks that readers give.
    let is_pager = |all: &Vec<Link>| {
        let pressed = |link: &Link| matches!(&link.way, Way::Post(post) if post.by() == By::Button);
        !all.is_empty() && (!all.iter().any(pressed) || all.iter().any(|l| !is_number(&l.name)))
    };
    pagers.last().filter(is_pager)
}

/// Is it something that a pager is made of?
fn leads(element: Element<'_>) -> bool {
    matches!(element.tag(), Tag::A | Tag::Input | Tag::Button)
}

fn is_number(name: &str) -> bool {
    !name.is_empty() && name.len() <= 4 && name.bytes().all(|b| b.is_ascii_digit())
}

/// Reads the links inside an element, each way once.
fn links(scripts: &Scripts<'_, '_>, id: NodeId) -> Vec<Link> {
    let page = scripts.page;
    let mut links: Vec<Link> = Vec::new();
    for (node, element) in page.elements(id).filter(|(_, e)| leads(*e)) {
        if links.len() == MOST {
            break;
        }
        let name = name(page, node, element);
        if name.is_empty() || name.len() > LONGEST {
            continue;
        }
        if element.tag() != Tag::A && !is_page_name(&name) {
            continue;
        }
        let Some(way) = scripts.way(node, element) else {
            continue;
        };
        let by_script = !matches!(way, Way::Address(_));
        let known = way != Way::Script && links.iter().any(|link| link.way == way);
        // What is sent may do more than turn pages: only what is called like a page is.
        let is_named = !by_script || is_page_name(&name);
        if is_named && !known && !is_current(page, element, &way, &name) {
            links.push(Link { node, name, way });
        }
    }
    links
}

/// Is it the number of the page that is being read?
fn is_current(page: &Page<'_>, element: Element<'_>, way: &Way, name: &str) -> bool {
    let here = page
        .address
        .is_some_and(|address| matches!(way, Way::Address(url) if url == address.as_str()));
    let marked = element.attr("aria-current").is_some()
        || element
            .classes()
            .any(|class| matches!(class, "on" | "active" | "current" | "selected"));
    is_number(name) && (here || marked)
}

/// Where the calls of a page's own scripts lead.
struct Scripts<'p, 't> {
    page: &'p Page<'t>,
    /// Another page of the list that is linked by its address, once it has been looked for.
    other: OnceCell<Option<Url>>,
    /// How many more calls are looked into.
    left: Cell<usize>,
}

impl<'p, 't> Scripts<'p, 't> {
    fn of(page: &'p Page<'t>) -> Self {
        Self {
            page,
            other: OnceCell::new(),
            left: Cell::new(MOST_SCRIPTED),
        }
    }

    /// Says where a link or a button leads; nothing where it does nothing.
    fn way(&self, id: NodeId, element: Element<'_>) -> Option<Way> {
        if let Some(button) = form::Button::of(element) {
            return self.pressed(id, element, &button);
        }
        if element.tag() == Tag::Input && element.attr("type") != Some("button") {
            return None;
        }
        let href = element.attr("href").unwrap_or_default().trim();
        if let Some(url) = self.page.link(href) {
            return Some(Way::Address(url));
        }
        let calls = [href, element.attr("onclick").unwrap_or_default()];
        let call = calls.iter().find_map(|text| script::call(text))?;
        if let Some(post) = postback(&call) {
            return Some(Way::Post(post));
        }
        Some(self.address(&call).map_or(Way::Script, Way::Address))
    }

    /// Says where a button leads: by the call that it makes, else by the form that it sends.
    fn pressed(&self, id: NodeId, element: Element<'_>, button: &form::Button) -> Option<Way> {
        let page = self.page;
        self.left.set(self.left.get().checked_sub(1)?);
        let call = element.attr("onclick").and_then(script::call);
        let own = call.filter(|call| call.name == "__doPostBack");
        if let Some(post) = own.as_ref().and_then(postback) {
            return Some(Way::Post(post));
        }
        let form = form::owner(page, id)?;
        if !form::is_posted(page.tree.element(form)?) {
            let mut fields = form::fields(page, form, form::LONGEST)?;
            fields.extend(button.fields());
            return form::asked(page, form, Some(id), &fields).map(Way::Address);
        }
        Postback::pressed(button.name(), button.value()).map(Way::Post)
    }

    /// Works out the address that a page's own script goes to: by the script itself, by another link
    /// of the same list, or by a form whose hidden field is the page's number.
    fn address(&self, call: &Call<'_>) -> Option<String> {
        let (page, here) = (self.page, self.page.address?);
        self.left.set(self.left.get().checked_sub(1)?);
        let scripts = page
            .elements(page.tree.root())
            .filter(|(_, e)| e.tag() == Tag::Script && e.attr("src").is_none());
        let written = scripts
            .filter_map(|(id, _)| script::goes_to(&page.tree.text_of(id), call, here.path()))
            .find_map(|target| page.link(&target));
        let number = call.arguments.iter().find_map(|text| pager::number(text));
        let found = written.or_else(|| {
            let number = number?;
            let by_other_link = self
                .other(here)
                .and_then(|o| pager::turned(here, o, number));
            by_other_link.or_else(|| by_form(page, number))
        })?;
        let same_host = Url::parse(&found).is_ok_and(|url| url.host() == here.host());
        same_host.then_some(found)
    }

    /// Another page of this list that is linked by an address with its number in it.
    fn other(&self, here: &Url) -> Option<&Url> {
        let find = || {
            let mut links = self
                .page
                .elements(self.page.tree.root())
                .filter(|(_, e)| matches!(e.tag(), Tag::A | Tag::Link))
                .filter_map(|(_, e)| Url::parse(&self.page.link(e.attr("href")?)?).ok());
            links.find(|url| pager::turned(here, url, 1).is_some())
        };
        self.other.get_or_init(find).as_ref()
    }
}

/// Reads `__doPostBack('…','2')`, or the same with options around it.
fn postback(call: &Call<'_>) -> Option<Postback> {
    let sends = matches!(call.name, "__doPostBack" | "WebForm_DoPostBackWithOptions");
    let [target, rest @ ..] = call.arguments.as_slice() else {
        return None;
    };
    let argument = rest.first().copied().unwrap_or_default();
    sends.then(|| Postback::new(target, argument)).flatten()
}

/// The address to which a form with a hidden page number leads.
fn by_form(page: &Page<'_>, number: u32) -> Option<String> {
    let forms = page
        .elements(page.tree.root())
        .filter(|(_, e)| e.tag() == Tag::Form && !form::is_posted(*e));
    let mut filled = forms.filter_map(|(form, _)| {
        let mut fields = form::fields(page, form, form::LONGEST)?;
        let own = fields
            .iter_mut()
            .find(|(name, _)| pager::is_parameter(name))?;
        own.1 = number.to_string();
        form::asked(page, form, None, &fields)
    });
    filled.next()
}
