//! The one line with which a gateway says that it is there.

use crate::model::UiLang;

use super::words::words;

/// Says that Loa is ready, with the address to open.
#[must_use]
pub fn ready(lang: UiLang, address: &str) -> String {
    words(lang).fill("command-ready", &[("address", address)])
}
