//! Blocks that are the site's and not the article's: menus among what is said, and what the site tells
//! of itself and of who writes for it.

use super::author;
use super::blocks::Made;
use super::page::Page;
use super::phrase;
use super::title;
use crate::model::{Block, Mark, Text};

/// So many links in one line are a menu.
const MENU: usize = 4;

/// Is it a list of controls, or a line of nothing but links?
pub(super) fn is_menu(one: &Made) -> bool {
    match &one.block {
        Block::List(list) => {
            let controls = list
                .items
                .iter()
                .filter(|item| item.inner.is_none() && phrase::is_control(item.text.as_str()));
            controls.count() * 2 > list.items.len()
        }
        Block::Paragraph(text) => is_link_line(text),
        _ => false,
    }
}

/// Is a line many links and but marks between them: "Authors -- Titles -- Subjects -- Serials"?
fn is_link_line(text: &Text) -> bool {
    let links = text.spans().iter();
    let links = links.filter(|span| matches!(span.mark, Mark::Link { .. }));
    let (mut count, mut until) = (0, 0);
    let says = |part: &str| part.chars().any(char::is_alphanumeric);
    for link in links {
        if says(text.as_str().get(until..link.start).unwrap_or_default()) {
            return false;
        }
        (count, until) = (count + 1, link.end);
    }
    count >= MENU && !says(text.as_str().get(until..).unwrap_or_default())
}

/// Is it the paper's own name, alone or beside that of another: "The Courier / Reuters"?
pub(super) fn names_source(one: &Made, page: &Page<'_>) -> bool {
    one.paragraph().is_some_and(|text| {
        let line = text.as_str();
        let mut names = line.split('/').map(str::trim);
        line.len() <= 60 && names.any(|name| name.len() > 3 && title::is_site(page, name, None))
    })
}

/// Does a paragraph tell what the site is that one reads: "The Hill Trust is a charity that …"?
pub(super) fn tells_of_site(line: &str, page: &Page<'_>) -> bool {
    let begins = [" is a ", " is an ", " is the ", " là "];
    let name = begins.iter().filter_map(|verb| line.find(verb)).min();
    let name = name.map(|at| line[..at].trim());
    line.len() < 600
        && name.is_some_and(|n| (4..=60).contains(&n.len()) && title::is_site(page, n, None))
}

/// Does a paragraph tell who the author is?
pub(super) fn is_biography(line: &str, authors: &[String]) -> bool {
    line.len() < 400
        && !line.starts_with(['"', '“', '„', '«'])
        && author::begins_with_author(line, authors)
}

/// Does a line spell out an address of the page's own site, as a reference does?
pub(super) fn cites_page(line: &str, page: &Page<'_>) -> bool {
    let host = page.address.and_then(|a| a.host_str());
    line.len() < 300
        && line.contains("://")
        && host.is_some_and(|host| line.contains(host.trim_start_matches("www.")))
}
