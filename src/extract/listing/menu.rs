//! The menu of a page, and the way to a list's other pages.

use super::super::find::Signs;
use super::super::page::Page;
use crate::html::{NodeId, Tag};
use crate::model::Link;

/// Menus longer than this help nobody who has to listen to them.
const MOST: usize = 60;

/// Reads the page's first real menu.
pub(super) fn navigation(page: &Page<'_>) -> Vec<Link> {
    let menus = page
        .elements(page.tree.root())
        .filter(|(id, _)| page.survey.signs(*id).any(Signs::MENU));
    menus
        .map(|(id, _)| links(page, id))
        .find(|links| links.len() >= 3)
        .unwrap_or_default()
}

/// Reads the links to the other pages of a list.
pub(super) fn paging(page: &Page<'_>) -> Vec<Link> {
    let pagers = page
        .elements(page.tree.root())
        .filter(|(id, _)| page.survey.signs(*id).any(Signs::PAGING));
    pagers
        .map(|(id, _)| links(page, id))
        .find(|links| !links.is_empty())
        .unwrap_or_default()
}

fn links(page: &Page<'_>, id: NodeId) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (at, element) in page.elements(id).filter(|(_, e)| e.tag() == Tag::A) {
        let Some(url) = element.attr("href").and_then(|href| page.link(href)) else {
            continue;
        };
        let shown = page.shown(at);
        let label = || {
            element
                .attr("aria-label")
                .or_else(|| element.attr("title"))
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let name = if shown.is_empty() { label() } else { shown };
        if !name.is_empty() && !links.iter().any(|l| l.url == url) && links.len() < MOST {
            links.push(Link { name, url });
        }
    }
    links
}
