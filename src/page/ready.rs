//! The lines with which a gateway says that it is there, and that it goes.

use crate::model::UiLang;

use super::words::words;

/// Says that Loa is ready, with the address to open.
#[must_use]
pub fn ready(lang: UiLang, address: &str) -> String {
    words(lang).fill("command-ready", &[("address", address)])
}

/// Says which keys steer what is played.
#[must_use]
pub fn play_keys(lang: UiLang) -> String {
    words(lang).get("command-play-keys")
}

/// Says that Loa is stopping.
#[must_use]
pub fn stopping(lang: UiLang) -> String {
    words(lang).get("command-stopping")
}
