//! Makes prose speakable.

use std::ops::Range;

use crate::model::{Lang, Plan, Reading, SpokenWord};

/// How things are said.
#[derive(Clone, Debug, Default)]
pub struct Options {}

/// A text as it will be spoken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// What is spoken.
    pub text: String,
    /// Its words; `written` points into the text that was given.
    pub words: Vec<SpokenWord>,
    /// Which rule read what, in order.
    pub steps: Vec<Step>,
}

/// One application of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The rule's name.
    pub rule: &'static str,
    /// Where it was applied.
    pub written: Range<usize>,
    /// What it said.
    pub spoken: String,
}

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
pub fn normalize(text: &str, _lang: &Lang, _options: &Options) -> Spoken {
    Spoken {
        text: text.to_owned(),
        ..Spoken::default()
    }
}
