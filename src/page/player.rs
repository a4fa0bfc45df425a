//! The player: one plain audio element, which plays on a phone's lock screen and without scripts.

use maud::{Markup, html};

use crate::model::{Document, Format, Speed};

use super::{Sound, View, address::with_query, problem::sentence, words::words};

/// Makes the section that plays a document, or says why it cannot be heard.
pub(super) fn player(view: &View<'_>, document: &Document, sound: Sound<'_>) -> Markup {
    let say = words(view.lang);
    html! {
        section.player aria-labelledby="listen" {
            h2 #listen { (say.get("listen-title")) }
            @match sound {
                Sound::Without(problem) => p { (sentence(view.lang, problem)) },
                Sound::Of(source) => {
                    // Never fetched before it is asked for: sound costs money on a phone.
                    audio controls preload="none" src=(audio(view, source)) aria-labelledby="listen" {}
                    p {
                        a.go href=(audio(view, source)) download=(file_name(document)) {
                            (say.get("listen-download"))
                        }
                    }
                }
            }
        }
    }
}

/// The address of the sound. The voice and speed a reader chose stand in it, so that one address is
/// always one sound, for caches and for whoever it is sent to.
fn audio(view: &View<'_>, source: &str) -> String {
    let voice = view.wishes.voice.as_ref().map(ToString::to_string);
    let speed = view.wishes.speed;
    let speed = (speed != Speed::default()).then(|| speed.to_string());
    let mut query = vec![("url", source)];
    query.extend(voice.as_deref().map(|voice| ("voice", voice)));
    query.extend(speed.as_deref().map(|speed| ("speed", speed)));
    with_query(&format!("/audio.{}", Format::Mp3.extension()), &query)
}

/// The title as a file name: letters, digits and spaces alone, short enough for any file system.
fn file_name(document: &Document) -> String {
    let letters: String = document
        .head
        .title
        .as_str()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .take(60)
        .collect();
    let words: Vec<_> = letters.split_whitespace().collect();
    let name = if words.is_empty() {
        "loa".to_owned()
    } else {
        words.join(" ")
    };
    format!("{name}.{}", Format::Mp3.extension())
}
