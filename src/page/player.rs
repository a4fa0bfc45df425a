//! The player: one plain audio element, which plays on a phone's lock screen and without scripts.

use maud::{Markup, html};

use crate::model::{DataUse, Diction, Document, Format, Place, Speed, article_of};

use super::{
    Sound, View,
    address::with_query,
    controls::{Steered, controls},
    problem::sentence,
    words::words,
};

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
                    audio controls preload="none" aria-labelledby="listen" {
                        @for format in OFFERED {
                            source src=(audio(view, source, format)) type=(format.media_type());
                        }
                        // Off until it is asked for: a cue a sentence, for whoever's player shows them.
                        track kind="captions" src=(captions(view, source)) srclang=(document.head.lang)
                            label=(say.get("listen-captions"));
                    }
                    (controls(view, document, &Steered { article: article_of(source), marks: &marks(view, source) }, say))
                    ul.bar {
                        li {
                            a.go href=(audio(view, source, Format::Mp3)) download=(file_name(document)) {
                                (say.get("listen-download"))
                            }
                        }
                        li {
                            a.go href=(view.to("/spoken", &[("url", source)])) {
                                (say.get("listen-spoken"))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What the player may take, in this order: Opus needs half of the data, MP3 plays everywhere. Ogg is left
/// out, since Safari takes it and then fails.
const OFFERED: [Format; 2] = [Format::WebM, Format::Mp3];

/// The address of the sound.
fn audio(view: &View<'_>, source: &str, format: Format) -> String {
    with_fields(&path_of(format), &fields(view, source))
}

/// The address of the sound's captions.
fn captions(view: &View<'_>, source: &str) -> String {
    with_fields("/captions.vtt", &fields(view, source))
}

/// The address of the sound's marks.
fn marks(view: &View<'_>, source: &str) -> String {
    with_fields("/marks.ndjson", &fields(view, source))
}

/// The address of the sound from a place on.
pub(super) fn audio_from(view: &View<'_>, source: &str, from: Place) -> String {
    let mut fields = fields(view, source);
    fields.push(("from", from.to_string()));
    with_fields(&path_of(Format::Mp3), &fields)
}

/// What the address of a sound says. All that a reader chose of the voice and its words stands in it,
/// so that one address is always one sound, for caches and for whoever it is sent to.
fn fields(view: &View<'_>, source: &str) -> Vec<(&'static str, String)> {
    let wishes = view.wishes;
    let mut fields = vec![("url", source.to_owned())];
    fields.extend(
        wishes
            .voice
            .iter()
            .map(|voice| ("voice", voice.to_string())),
    );
    if wishes.speed != Speed::default() {
        fields.push(("speed", wishes.speed.to_string()));
    }
    // What a reader chose is said even where it is the usual, since a browser's own wish would be heard else.
    if wishes.data.is_some() || view.data() != DataUse::default() {
        fields.push(("data", view.data().word().to_owned()));
    }
    for field in Diction::FIELDS {
        let chosen = wishes.diction.get(field).filter(|word| !word.is_empty());
        fields.extend(chosen.map(|word| (field, word)));
    }
    fields
}

fn path_of(format: Format) -> String {
    format!("/audio.{}", format.extension())
}

fn with_fields(path: &str, fields: &[(&str, String)]) -> String {
    let fields: Vec<_> = fields.iter().map(|(f, v)| (*f, v.as_str())).collect();
    with_query(path, &fields)
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
