//! The text of a listing: sections as headings, each entry a heading below that is a link, since
//! readers go by headings.

use maud::{Markup, html};

use crate::model::{Entry, Lang, Link, Listed, Listing, Text};

use super::{
    View,
    body::{Body, heading},
    inline::{Links, direction, prose},
    words::words,
};

/// Writes a listing: its sections, where the list goes on, and the page's own menu after all.
pub(super) fn listing(
    listing: &Listing,
    lang: &Lang,
    body: &mut Body<'_>,
    view: &View<'_>,
) -> Markup {
    let (say, links, parts) = (words(view.lang), body.links(), listing.parts());
    html! {
        @if matches!(parts.first(), Some(Listed::Block(..))) {
            h2.unseen { (say.get("text-of-page")) }
        }
        div.text.entries lang=(lang) dir=[direction(lang)] { (in_order(&parts, lang, body)) }
        (menu(&listing.paging, lang, "paging", &say.get("paging-title"), links))
        (menu(&listing.navigation, lang, "menu", &say.get("menu-title"), links))
    }
}

/// Writes sections and their entries as the page has them.
pub(super) fn in_order(parts: &[Listed<'_>], lang: &Lang, body: &mut Body<'_>) -> Markup {
    html! {
        @for part in parts {
            @match part {
                Listed::Block(index, block) => (body.block_at(*index, block)),
                Listed::Entry(item, level) => (entry(item, *level, lang, body.links())),
            }
        }
    }
}

fn entry(entry: &Entry, level: u8, lang: &Lang, links: Links<'_>) -> Markup {
    html! {
        (heading(level, &links.link(&entry.title, &entry.url), None))
        @if let Some(at) = &entry.published {
            p.date { time datetime=(at) { (at.written(lang)) } }
        }
        @if let Some(summary) = &entry.summary { p { (prose(summary, links)) } }
    }
}

/// Writes links of the page itself under a heading.
fn menu(items: &[Link], lang: &Lang, id: &str, title: &str, links: Links<'_>) -> Markup {
    if items.is_empty() {
        return html! {};
    }
    html! {
        nav aria-labelledby=(id) {
            h2 id=(id) { (title) }
            ul.links lang=(lang) {
                @for item in items { li { (links.link(&Text::new(item.name.as_str()), &item.url)) } }
            }
        }
    }
}
