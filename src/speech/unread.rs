//! What is said in place of an utterance that could not be spoken: a listener must not miss a
//! sentence without knowing.

use crate::model::Lang;

/// Returns the words for it, in the language of the utterance; `None` where Loa has none in it.
#[must_use]
pub fn unread(lang: &Lang) -> Option<&'static str> {
    match lang.primary() {
        "vi" => Some("Có một câu không đọc được."),
        "en" => Some("One sentence could not be read."),
        _ => None,
    }
}
