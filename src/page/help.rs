//! The help page: what Loa does, how to set it up, how to use it by keyboard, what it keeps.

use maud::{Markup, html};

use super::{
    View,
    controls::KEYS,
    frame::{Frame, page},
    words::{Words, words},
};

/// Each section's heading and paragraphs.
const SECTIONS: [(&str, &[&str]); 6] = [
    ("help-reading", &["help-reading-how", "help-reading-own"]),
    (
        "help-listening",
        &[
            "help-listening-how",
            "help-listening-keep",
            "help-listening-offline",
        ],
    ),
    (
        "help-player",
        &[
            "help-player-how",
            "help-player-more",
            "help-player-from",
            "help-player-resume",
        ],
    ),
    ("help-looks", &["help-looks-how", "help-looks-keep"]),
    ("help-keys", &["help-keys-how", "help-keys-reader"]),
    (
        "help-privacy",
        &["help-privacy-what", "help-privacy-cookie"],
    ),
];

/// Makes the help page.
#[must_use]
pub fn help(view: &View<'_>) -> String {
    let say = words(view.lang);
    let title = say.get("help-title");
    let main = html! {
        h1 { (title) }
        p.lead { (say.get("help-intro")) }
        @for (heading, paragraphs) in SECTIONS {
            h2 { (say.get(heading)) }
            @for paragraph in paragraphs { p { (say.get(paragraph)) } }
            @if heading == "help-keys" { (keys(say)) }
        }
        p { a.go href=(view.to("/settings", &[])) { (say.get("help-to-settings")) } }
    };
    let frame = Frame {
        title: &title,
        indexed: true,
        main,
    };
    page(view, &frame)
}

/// Lists the player's keys as they are at first.
fn keys(say: &Words) -> Markup {
    html! {
        p { (say.get("help-keys-list")) }
        ul {
            @for (_, name, key) in KEYS { li { kbd { (key_name(key, say)) } ": " (say.get(name)) } }
        }
    }
}

/// What is pressed for a key: a capital letter is nothing that can be heard.
fn key_name(key: &str, say: &Words) -> String {
    let letter = key.to_uppercase();
    if key.chars().any(char::is_uppercase) {
        return say.fill("key-shift", &[("key", &letter)]);
    }
    letter
}
