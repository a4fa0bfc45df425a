//! The text of a listing: sections as headings, each entry a heading below that is a link, since
//! readers go by headings.

use maud::{Markup, html};

use crate::model::{Entry, Lang, Link, Listed, Listing, Text, Turn};

use super::{
    View,
    body::{Body, heading},
    inline::{Links, direction, prose},
    words::{Words, words},
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
        (paging(&listing.paging, lang, links, view))
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

/// Writes the ways to the list's other pages: a link where there is an address, a button of one form
/// where Loa sends the portal's form. The form only asks, and its answer has an address to keep.
fn paging(turns: &[Turn], lang: &Lang, links: Links<'_>, view: &View<'_>) -> Markup {
    let say = words(view.lang);
    if turns.is_empty() {
        return html! {};
    }
    let own = (lang.primary() != view.lang.word()).then(|| view.lang.word());
    let name = |turn: &Turn| numbered(turn, say).unwrap_or_else(|| turn.name.clone());
    let (posted, linked): (Vec<_>, Vec<_>) = turns.iter().partition(|turn| turn.post.is_some());
    html! {
        nav aria-labelledby="paging" {
            h2 #paging { (say.get("paging-title")) }
            @if !linked.is_empty() {
                ul.links lang=(lang) {
                    @for turn in linked {
                        li lang=[own.filter(|_| numbered(turn, say).is_some())] {
                            (links.link(&Text::new(name(turn)), &turn.url))
                        }
                    }
                }
            }
            @if !posted.is_empty() {
                form method="get" action="/read" {
                    @if let Some(code) = view.carried() { input type="hidden" name="s" value=(code); }
                    ul.links lang=(lang) {
                        @for turn in posted {
                            li {
                                button type="submit" name="url" value=(turn.url)
                                    lang=[own.filter(|_| numbered(turn, say).is_some())] { (name(turn)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Says what a page is called that the portal gives a bare number.
fn numbered(turn: &Turn, say: &Words) -> Option<String> {
    let is_number = turn.name.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| say.fill("paging-number", &[("number", &turn.name)]))
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
