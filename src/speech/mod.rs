//! Makes prose speakable: an article becomes a plan, a text becomes spoken words.
//!
//! The one idea: writing is never changed, it is *read*. Every reading is a [`Spoken`], whose words
//! know the place in the writing they stand for, whatever rule of whatever language read them.

pub mod en;
mod language;
mod lexicon;
mod name;
mod options;
mod plain;
mod plan;
mod sentence;
mod shorter;
mod spoken;
pub mod ssml;
mod structure;
mod unread;
pub mod vi;
mod window;

use crate::model::{Lang, Reading};

pub use lexicon::{Lexicon, LexiconError, LexiconFault, site_name};
pub use options::{Options, Region};
pub use plan::{explained, plan};
pub use sentence::sentences;
pub use shorter::shorter;
pub use spoken::{Pause, Spoken};
pub use unread::unread;

/// Finds the language that most of a reading is written in.
#[must_use]
pub fn language_of(reading: &Reading) -> Lang {
    language::of_reading(reading)
}

/// Reads one stretch of prose in `lang` as its voice shall say it.
///
/// Vietnamese and English become words and clause marks, without digits or symbols; prose of other
/// languages keeps its digits, which its engine reads. The words ascend and point into `text`.
#[must_use]
pub fn normalize(text: &str, lang: &Lang, options: &Options) -> Spoken {
    match lang.primary() {
        "vi" => vi::read(text, options),
        "en" => en::read(text, lang, options),
        other => plain::read(text, other, &options.lexicon),
    }
}
