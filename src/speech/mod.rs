//! Makes prose speakable.

mod options;
mod sentence;
mod spoken;
pub mod vi;

use crate::model::{Lang, Plan, Reading};

pub use options::{DocumentStyle, Options, Punctuation, Region};
pub use sentence::sentences;
pub use spoken::{Pause, Spoken, Step};

/// Plans an article's speech.
#[must_use]
pub fn plan(reading: &Reading, _options: &Options) -> Plan {
    Plan {
        lang: reading.lang.clone(),
        utterances: Vec::new(),
    }
}

/// Says one stretch of prose.
#[must_use]
pub fn normalize(text: &str, lang: &Lang, options: &Options) -> Spoken {
    if lang.is_vietnamese() {
        return vi::read(text, options);
    }
    let mut spoken = Spoken::default();
    spoken.say_all(text, &(0..text.len()));
    spoken
}
