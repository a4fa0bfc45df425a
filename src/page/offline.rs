//! What is kept on the reader's own machine: the page that lists it, and the worker that answers from it
//! where there is no network.
//!
//! The page is the same for all: the list is in the reader's browser, and a script fills it in. Its words
//! stand here, none in the script.

use maud::{Markup, html};

use super::{
    View,
    asset::address,
    controls::blank,
    frame::{Frame, page},
    words::{Words, words},
};

/// Makes the page that lists what is kept.
#[must_use]
pub fn offline(view: &View<'_>) -> String {
    let say = words(view.lang);
    let title = say.get("offline-title");
    let main = html! {
        h1 { (title) }
        p hidden data-part="no-network" { strong { (say.get("offline-no-network")) } }
        p { (say.get("offline-intro")) }
        p data-part="scripts" { (say.get("offline-scripts")) }
        p hidden data-part="cannot" { (say.get("offline-cannot")) }
        p hidden data-part="none" { (say.get("offline-none")) }
        div.entries data-part="list" {}
        (room(say))
        p role="status" data-part="status" data-words=(blank(say, "offline-dropped", &["title"])) {}
        template data-part="entry" { (entry(say)) }
        script type="module" src=(address(SCRIPT)) {}
    };
    let frame = Frame {
        title: &title,
        indexed: false,
        main,
    };
    page(view, &frame)
}

/// The path of the script that fills the page in.
const SCRIPT: &str = "offline/page.js";

/// How much room all of it takes, and the way to give it up.
fn room(say: &Words) -> Markup {
    html! {
        div hidden data-part="room" {
            h2 { (say.get("offline-room")) }
            p data-part="size" data-words=(blank(say, "offline-size", &["size"])) {}
            p { button type="button" data-part="all" { (say.get("offline-drop-all")) } }
        }
    }
}

/// One article of the list, to be filled in.
fn entry(say: &Words) -> Markup {
    html! {
        h2 { a.alone href="/offline" { (say.get("document-untitled")) } }
        p data-words=(blank(say, "offline-entry", &["site", "size"])) {}
        p { button type="button" data-words=(blank(say, "offline-drop", &["title"])) { (say.get("offline-drop-all")) } }
    }
}

/// Writes the service worker: the addresses that the list of kept articles needs, and the script.
///
/// Source: W3C Service Workers.
#[must_use]
pub fn worker() -> String {
    let shell = [
        "/offline".to_owned(),
        address("style.css"),
        address("icon.svg"),
        address(SCRIPT),
        "/static/offline/kept.js".to_owned(),
        "/static/offline/look.js".to_owned(),
    ];
    let shell = serde_json::Value::from(shell.to_vec());
    format!("const SHELL = {shell};\n{WORKER}")
}

const WORKER: &str = include_str!("../../static/offline/worker.js");
