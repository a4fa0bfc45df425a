//! How to reach Loa from elsewhere: a bookmark, a phone's share menu, a button on a portal.

use maud::{Markup, html};

use crate::model::UiLang;

use super::{
    View,
    asset::address,
    frame::{Frame, page},
    words::{Words, words},
};

/// Makes the page; `origin` is the scheme and host by which the reader reaches Loa, where it is known.
#[must_use]
pub fn tools(view: &View<'_>, origin: Option<&str>) -> String {
    let say = words(view.lang);
    let title = say.get("tools-title");
    let origin = origin.unwrap_or("https://loa.example");
    let main = html! {
        h1 { (title) }
        p.lead { (say.get("tools-intro")) }
        (section(say, "tools-bookmark", &html! {
            p { (say.get("tools-bookmark-how")) }
            (copied("bookmark", &say.get("tools-bookmark-code"), &bookmark(origin)))
        }))
        (section(say, "tools-share", &html! { p { (say.get("tools-share-how")) } }))
        (section(say, "tools-button", &html! {
            p { (say.get("tools-button-how")) }
            (copied("button", &say.get("tools-button-code"), &button(origin, &say.get("tools-button-name"))))
            p { (say.get("tools-button-named")) }
            (copied("button-named", &say.get("tools-button-named-code"), &button_named(origin, &say.get("tools-button-name"))))
        }))
    };
    let frame = Frame {
        title: &title,
        indexed: true,
        main,
    };
    page(view, &frame)
}

fn section(say: &Words, name: &str, inside: &Markup) -> Markup {
    html! {
        section aria-labelledby=(name) {
            h2 id=(name) { (say.get(name)) }
            (inside)
        }
    }
}

/// A text to be copied: a field, since a keyboard selects the whole of one with one key.
fn copied(id: &str, label: &str, text: &str) -> Markup {
    let id = format!("{id}-code");
    html! {
        div.field {
            label for=(id) { (label) }
            textarea.code id=(id) rows="3" readonly spellcheck="false" { (text) }
        }
    }
}

/// The bookmark that opens the page on which it is chosen. It is no link here, since a link that does
/// nothing where it stands is a trap.
fn bookmark(origin: &str) -> String {
    format!("javascript:location.href='{origin}/read?url='+encodeURIComponent(location.href)")
}

/// The button: one link, without a script. The page to be read is the one that led to Loa, which a
/// browser tells in full only where the link allows it (Referrer Policy, 3.2).
fn button(origin: &str, name: &str) -> String {
    let link = html! { a href={ (origin) "/listen" } referrerpolicy="no-referrer-when-downgrade" { (name) } };
    link.into_string()
}

/// The button of a template that knows the address of its page.
fn button_named(origin: &str, name: &str) -> String {
    let link = html! { a href={ (origin) "/read?url=ADDRESS" } { (name) } };
    link.into_string()
}

/// Writes the web app manifest: what an installed Loa is called, and that pages may be shared with it.
///
/// Source: W3C Web Application Manifest; Web Share Target.
#[must_use]
pub fn manifest(lang: UiLang) -> String {
    let say = words(lang);
    let manifest = serde_json::json!({
        "id": "/",
        "name": say.get("manifest-name"),
        "short_name": "Loa",
        "description": say.get("front-intro"),
        "lang": lang.word(),
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#111111",
        "categories": ["news", "accessibility"],
        "icons": [
            { "src": address("icon.svg"), "sizes": "any", "type": "image/svg+xml" },
            { "src": address("cover.png"), "sizes": COVER_SIZES, "type": "image/png" },
        ],
        "share_target": {
            "action": "/share",
            "method": "GET",
            "params": { "title": "title", "text": "text", "url": "url" },
        },
    });
    manifest.to_string()
}

/// The size in pixels of the picture that sound carries too.
const COVER_SIZES: &str = "128x128";
