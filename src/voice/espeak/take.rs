//! What the engine gives: samples and marks, as it made them.

use serde::{Deserialize, Serialize};

/// An utterance as the engine spoke it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Take {
    /// The samples.
    pub(super) samples: Vec<i16>,
    /// Where it says that words begin.
    pub(super) marks: Vec<Mark>,
}

/// A word's beginning, as the engine says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// The character of the text, counted from 0.
    pub(super) character: usize,
    /// The word's length in characters; sometimes 0.
    pub(super) length: usize,
    /// The sample.
    pub(super) sample: usize,
}

/// How the engine would say a part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::voice) struct Clause {
    /// Phonemes in the International Phonetic Alphabet, words parted by spaces; `(en)` marks a change of language.
    pub(in crate::voice) phonemes: String,
    /// The byte of the text at which it ends, its punctuation included.
    pub(in crate::voice) end: usize,
}

/// A voice of the engine's own list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Listed {
    /// Its name for people, in English.
    pub(super) name: String,
    /// The language that it speaks best.
    pub(super) language: String,
    /// Its file.
    pub(super) identifier: String,
    /// 1 is male, 2 is female.
    pub(super) gender: u8,
}
