//! The player's controls, for browsers that run scripts: hidden until the script has connected them, so
//! that without it there is nothing that does nothing. Their words stand here, none in the script.

use maud::{Markup, html};

use crate::model::{Document, Speed};

use super::{View, address::host, asset::address, figures::decimal, words::Words};

/// Which sound is steered.
pub(super) struct Steered<'a> {
    /// What the article is known by, to come back to the place where one stopped.
    pub(super) article: &'a str,
    /// The address of its marks, the same fields as the sound's.
    pub(super) marks: &'a str,
}

/// The buttons: the script's name for each, and the message that names it.
const STEPS: [(&str, &str); 7] = [
    ("paragraphBack", "player-paragraph-back"),
    ("back", "player-back"),
    ("toggle", "player-play"),
    ("forward", "player-forward"),
    ("paragraphForward", "player-paragraph-forward"),
    ("slower", "player-slower"),
    ("faster", "player-faster"),
];

/// The keys that do something where they are switched on: the act, what names it, and the key that it
/// has at first, as video players have it.
pub(super) const KEYS: [(&str, &str, &str); 7] = [
    ("toggle", "player-toggle", "k"),
    ("back", "player-back", "j"),
    ("forward", "player-forward", "l"),
    ("paragraphBack", "player-paragraph-back", "J"),
    ("paragraphForward", "player-paragraph-forward", "L"),
    ("slower", "player-slower", "["),
    ("faster", "player-faster", "]"),
];

/// After how many minutes the sound may stop by itself.
const SLEEPS: [u16; 6] = [5, 10, 15, 30, 45, 60];

/// Makes the controls.
pub(super) fn controls(
    view: &View<'_>,
    document: &Document,
    steered: &Steered<'_>,
    say: &Words,
) -> Markup {
    html! {
        div.controls hidden data-article=(steered.article) data-marks=(steered.marks)
            data-site=(site(document, say))
            data-cover=(address("cover.png"))
            data-play=(say.get("player-play")) data-pause=(say.get("player-pause"))
            data-say-sentence=(blank(say, "player-said-sentence", &["number", "of"]))
            data-say-speed=(blank(say, "player-said-speed", &["times"]))
            data-say-times=(blank(say, "settings-times", &["times"]))
            data-say-kept=(blank(say, "player-said-kept", &["size"]))
            data-say-keeping=(say.get("player-said-keeping")) data-say-dropped=(say.get("player-said-dropped"))
            data-say-not-kept=(say.get("player-said-not-kept"))
            data-say-full=(say.get("player-said-full"))
            data-say-slept=(say.get("player-said-slept")) data-say-lost=(say.get("player-said-lost")) {
            div role="status" {}
            p { button type="button" name="resume" hidden
                data-words=(blank(say, "player-resume", &["number"])) {
                (say.fill("player-resume", &[("number", "1")]))
            } }
            button.return type="button" name="return" hidden { (say.get("player-return")) }
            div.bar role="group" aria-label=(say.get("player-steps")) {
                @for (act, name) in STEPS { button type="button" name=(act) { (say.get(name)) } }
            }
            (keeping(view, say))
            details {
                summary { (say.get("player-more")) }
                (speed(view, say))
                (sleep(say))
                (checkbox("follow", &say.get("player-follow")))
                (checkbox("press", &say.get("player-press")))
                (keys(say))
            }
            script type="module" src=(address("player/main.js")) {}
        }
    }
}

/// Where the document is from, as it is told beside its title.
fn site(document: &Document, say: &Words) -> String {
    let head = &document.head;
    let named = head.site.clone().filter(|site| !site.trim().is_empty());
    let named = named.or_else(|| host(&head.url));
    named.unwrap_or_else(|| say.get("document-own"))
}

/// What keeps the article on this machine, and what is said where it is read from there.
fn keeping(view: &View<'_>, say: &Words) -> Markup {
    html! {
        div data-part="keeping" hidden {
            p data-part="kept" hidden { (say.get("player-is-kept")) }
            p.bar {
                button type="button" name="keep" { (say.get("player-keep")) }
                button type="button" name="drop" hidden { (say.get("player-drop")) }
                a.go href=(view.to("/offline", &[])) { (say.get("offline-title")) }
            }
        }
    }
}

/// A message whose values the script fills in: they stay as `{name}`.
pub(super) fn blank(say: &Words, message: &str, values: &[&str]) -> String {
    let kept: Vec<_> = values.iter().map(|name| format!("{{{name}}}")).collect();
    let pairs: Vec<_> = values
        .iter()
        .copied()
        .zip(kept.iter().map(String::as_str))
        .collect();
    say.fill(message, &pairs)
}

/// The speed on top of the voice's own.
fn speed(view: &View<'_>, say: &Words) -> Markup {
    let usual = decimal(view.lang, Speed::default().times());
    html! {
        div.field {
            label for="rate" { (say.get("player-speed")) " " span #times { (usual) } }
            input id="rate" name="rate" type="range" min="0.5" max="4" step="0.05" value="1"
                aria-valuetext=(say.fill("settings-times", &[("times", &usual)]));
        }
    }
}

fn sleep(say: &Words) -> Markup {
    html! {
        div.field {
            label for="sleep" { (say.get("player-sleep")) }
            select id="sleep" name="sleep" {
                option value="0" selected { (say.get("player-sleep-off")) }
                @for minutes in SLEEPS {
                    option value=(minutes) {
                        (say.fill("player-sleep-minutes", &[("minutes", &minutes.to_string())]))
                    }
                }
            }
        }
    }
}

fn checkbox(name: &str, label: &str) -> Markup {
    html! {
        label.choice {
            input type="checkbox" name=(name);
            span { (label) }
        }
    }
}

/// The keys, off at first and each free to choose (WCAG 2.1.4).
fn keys(say: &Words) -> Markup {
    html! {
        fieldset {
            legend { (say.get("player-keys")) }
            p.hint { (say.get("player-keys-hint")) }
            (checkbox("keys", &say.get("player-keys-on")))
            @for (act, name, key) in KEYS {
                @let id = format!("key-{act}");
                div.field {
                    label for=(id) { (say.get(name)) }
                    input.key id=(id) name=(act) type="text" maxlength="1" size="2" value=(key)
                        autocomplete="off" autocapitalize="none" spellcheck="false";
                }
            }
        }
    }
}
