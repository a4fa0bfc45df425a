//! The help page: what Loa does, how to set it up, how to use it by keyboard, what it keeps.

use maud::html;

use super::{
    View,
    frame::{Frame, page},
    words::words,
};

/// Each section's heading and paragraphs.
const SECTIONS: [(&str, &[&str]); 5] = [
    ("help-reading", &["help-reading-how", "help-reading-own"]),
    (
        "help-listening",
        &["help-listening-how", "help-listening-keep"],
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
