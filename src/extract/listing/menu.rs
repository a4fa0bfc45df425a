//! The menu of a page.

use super::super::find::Signs;
use super::super::page::Page;
use super::super::pager;
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

fn links(page: &Page<'_>, id: NodeId) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (at, element) in page.elements(id).filter(|(_, e)| e.tag() == Tag::A) {
        let Some(url) = element.attr("href").and_then(|href| page.link(href)) else {
            continue;
        };
        if links.len() == MOST {
            break;
        }
        let name = name(page, at, element);
        let known = links.iter().any(|l| l.url == url);
        if !name.is_empty() && !known {
            links.push(Link { name, url });
        }
    }
    links
}

fn name(page: &Page<'_>, id: NodeId, element: Element<'_>) -> String {
    said_once(pager::name(page, id, element))
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
