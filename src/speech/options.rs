//! How things are said: the choices that a voice, an operator or a reader can make.

use std::sync::Arc;

use super::lexicon::Lexicon;
use crate::model::{Diction, DocumentStyle, Pauses, Punctuation, Structure};

/// How things are said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How the signs of documents are read.
    pub documents: DocumentStyle,
    /// The regional words of the voice.
    pub region: Region,
    /// How many marks of punctuation are named.
    pub punctuation: Punctuation,
    /// How long the voice is silent between utterances.
    pub pauses: Pauses,
    /// What is said about pictures, tables, lists and the like.
    pub structure: Structure,
    /// Words with a reading of their own.
    pub lexicon: Arc<Lexicon>,
}

impl Options {
    /// Takes what was chosen, and what is usual for the rest.
    #[must_use]
    pub fn new(chosen: Diction, region: Region, lexicon: Arc<Lexicon>) -> Self {
        Self {
            documents: chosen.documents.unwrap_or_default(),
            region,
            punctuation: chosen.punctuation.unwrap_or_default(),
            pauses: chosen.pauses.unwrap_or_default(),
            structure: chosen.cues.unwrap_or_default(),
            lexicon,
        }
    }
}

/// The regional words of number readings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Region {
    /// "linh", "nghìn".
    #[default]
    North,
    /// "lẻ", "ngàn".
    South,
}

impl Region {
    /// Returns the words for a voice's region as its manifest names it; from the centre southwards
    /// one says "lẻ" and "ngàn".
    #[must_use]
    pub fn of_voice(region: Option<&str>) -> Self {
        match region {
            Some("south" | "central") => Self::South,
            _ => Self::North,
        }
    }
}
