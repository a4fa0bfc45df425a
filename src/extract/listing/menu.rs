//! The menu of a page, and the way to a list's other pages.

use super::super::find::Signs;
use super::super::page::Page;
use crate::html::{Element, NodeId, Tag};
use crate::model::Link;

/// Menus longer than this help nobody who has to listen to them.
const MOST: usize = 60;
/// A row of links is a menu from this number on.
const FEWEST: usize = 3;
/// Longer link texts are no names of sections.
const LONGEST: usize = 48;
/// So many levels above a link its row is looked for.
const LEVELS: usize = 6;

/// Reads the page's first real menu: one that is named so, else a row of nothing but short links
/// that stands before `first`, the first entry.
pub(super) fn navigation(page: &Page<'_>, first: NodeId) -> Vec<Link> {
    let menu = |by: fn(&Page<'_>, NodeId) -> bool| {
        let menus = page
            .elements(page.tree.root())
            .filter(|(id, _)| by(page, *id));
        let mut menus = menus.map(|(id, _)| links(page, id));
        menus.find(|links| links.len() >= FEWEST)
    };
    menu(|page, id| page.tree.tag(id) == Some(Tag::Nav))
        .or_else(|| menu(|page, id| page.survey.signs(id).any(Signs::MENU)))
        .or_else(|| row(page, first))
        .unwrap_or_default()
}

/// The first row of nothing but short links before `first`.
fn row(page: &Page<'_>, first: NodeId) -> Option<Vec<Link>> {
    let root = page.tree.root();
    let mut links = page
        .elements(root)
        .take_while(|(id, _)| *id < first)
        .filter(|(_, e)| e.tag() == Tag::A);
    let (begin, _) = links.find(|(id, _)| (2..LONGEST).contains(&page.survey.raw_text(*id)))?;
    let rows = page.tree.ancestors(begin).take(LEVELS);
    let mut rows = rows.take_while(|row| !page.tree.contains(*row, first));
    rows.find_map(|row| {
        let lines = page.survey.lines(row);
        let linked = lines.iter().all(|line| line.link * 10 >= line.len * 8);
        let short = linked.then(|| self::links(page, row));
        short.filter(|all| all.len() >= FEWEST && all.iter().all(|l| l.name.len() <= LONGEST))
    })
}

/// Reads the links to the other pages of a list: of the element that is named so, else of the row
/// around a link that is a number.
pub(super) fn paging(page: &Page<'_>) -> Vec<Link> {
    let pagers = page
        .elements(page.tree.root())
        .filter(|(id, _)| page.survey.signs(*id).any(Signs::PAGING));
    let short = |mut links: Vec<Link>| {
        links.retain(|link| link.name.len() <= LONGEST);
        links
    };
    pagers
        .map(|(id, _)| short(links(page, id)))
        .find(|links| !links.is_empty())
        .or_else(|| numbers(page))
        .unwrap_or_default()
}

/// The largest row of links that are all numbers or short words, one of them "2" or more.
fn numbers(page: &Page<'_>) -> Option<Vec<Link>> {
    let links = page
        .elements(page.tree.root())
        .filter(|(_, e)| e.tag() == Tag::A);
    let (number, _) = links
        .filter(|(id, _)| page.survey.raw_text(*id) <= 3)
        .find(|(id, e)| e.attr("href").is_some() && is_number(&page.shown(*id)))?;
    let rows = page.tree.ancestors(number).take(LEVELS);
    let rows = rows.take_while(|row| page.survey.raw_text(*row) < 160);
    let pagers = rows.map(|row| self::links(page, row)).take_while(|all| {
        let numbers = all.iter().filter(|l| is_number(&l.name)).count();
        numbers * 2 >= all.len() && all.iter().all(|l| l.name.len() <= 24)
    });
    pagers.last().filter(|all| !all.is_empty())
}

fn is_number(name: &str) -> bool {
    !name.is_empty() && name.len() <= 4 && name.bytes().all(|b| b.is_ascii_digit())
}

fn links(page: &Page<'_>, id: NodeId) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (at, element) in page.elements(id).filter(|(_, e)| e.tag() == Tag::A) {
        let Some(url) = element.attr("href").and_then(|href| page.link(href)) else {
            continue;
        };
        let name = name(page, at, element);
        let known = links.iter().any(|l| l.url == url);
        if !name.is_empty()
            && !known
            && links.len() < MOST
            && !is_current(page, element, &url, &name)
        {
            links.push(Link { name, url });
        }
    }
    links
}

fn name(page: &Page<'_>, id: NodeId, element: Element<'_>) -> String {
    let shown = page.shown(id);
    if !shown.is_empty() {
        return said_once(shown);
    }
    let label = element.attr("aria-label").or_else(|| element.attr("title"));
    label.unwrap_or_default().trim().to_owned()
}

/// A name of several words that a picture says and the words beside it say again, once.
fn said_once(name: String) -> String {
    let words: Vec<_> = name.split_whitespace().collect();
    let (first, second) = words.split_at(words.len() / 2);
    if first.len() > 1 && first == second {
        return first.join(" ");
    }
    name
}

/// Is it the number of the page that is being read?
fn is_current(page: &Page<'_>, element: Element<'_>, url: &str, name: &str) -> bool {
    let here = page.address.is_some_and(|address| address.as_str() == url);
    let marked = element.attr("aria-current").is_some()
        || element
            .classes()
            .any(|class| matches!(class, "on" | "active" | "current" | "selected"));
    is_number(name) && (here || marked)
}
