//! The text of a listing: each entry a heading that is a link, since readers go by headings.

use maud::{Markup, html};

use crate::model::{Entry, Lang, Link, Listing, Text};

use super::{
    View,
    body::Body,
    inline::{Links, direction, prose},
    words::words,
};

/// Writes a listing: prose, entries, where the list goes on, and the page's own menu after all.
pub(super) fn listing(
    listing: &Listing,
    lang: &Lang,
    body: &mut Body<'_>,
    view: &View<'_>,
) -> Markup {
    let (say, links) = (words(view.lang), body.links());
    html! {
        @if !listing.blocks.is_empty() {
            h2.unseen { (say.get("text-of-page")) }
            div.text lang=(lang) dir=[direction(lang)] { (body.blocks(&listing.blocks)) }
        }
        div.entries lang=(lang) dir=[direction(lang)] {
            @for item in &listing.entries { (entry(item, lang, links)) }
        }
        (menu(&listing.paging, lang, "paging", &say.get("paging-title"), links))
        (menu(&listing.navigation, lang, "menu", &say.get("menu-title"), links))
    }
}

fn entry(entry: &Entry, lang: &Lang, links: Links<'_>) -> Markup {
    html! {
        h2 { (links.link(&entry.title, &entry.url)) }
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
