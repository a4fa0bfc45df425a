//! What will be said, utterance by utterance.

use std::{fmt, ops::Range, str::FromStr};

use super::{Lang, Role, VoiceId};

/// An article as it will be spoken, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The language most of it is spoken in.
    pub lang: Lang,
    /// The utterances; their written ranges ascend.
    pub utterances: Vec<Utterance>,
}

impl Plan {
    /// Finds the place of an utterance in `utterances`; for a block, of the first that is said of it or,
    /// where nothing is, after it.
    #[must_use]
    pub fn at(&self, place: Place) -> Option<usize> {
        self.utterances.iter().position(|u| match place {
            Place::Utterance(id) => u.id == id,
            Place::Block(index) => u.block.is_some_and(|block| block >= index),
        })
    }
}

/// A stretch of speech between two pauses: a title, a sentence, a caption.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// Its name, `s1` for the first.
    pub id: UtteranceId,
    /// What part of the article it belongs to.
    pub role: Role,
    /// The index of its block in the record's `blocks`.
    pub block: Option<usize>,
    /// The language it is spoken in.
    pub lang: Lang,
    /// Where it stands in the reading text.
    pub written: Range<usize>,
    /// What the voice is given: words and clause punctuation, in NFC; no digits, no symbols.
    pub spoken: String,
    /// The spoken words in order, each with its written place.
    pub words: Vec<SpokenWord>,
    /// The silence after it, in milliseconds, at speed 1.
    pub pause_ms: u32,
    /// How it is said, where its text asks for that.
    pub delivery: Delivery,
}

/// How an utterance is said beside what the listener wishes.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// By this voice, where there is one of that name.
    pub voice: Option<VoiceId>,
    /// So many times as fast.
    pub rate: f64,
    /// Marks that are told when they are reached.
    pub marks: Vec<NamedMark>,
}

impl Default for Delivery {
    fn default() -> Self {
        Self {
            voice: None,
            rate: 1.0,
            marks: Vec::new(),
        }
    }
}

/// A mark that a text has set in an utterance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedMark {
    /// The index of the spoken word that it stands before; as many as there are for one behind all.
    pub word: usize,
    /// Its name.
    pub name: String,
}

/// A spoken word and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenWord {
    /// Bytes of the utterance's `spoken`.
    pub spoken: Range<usize>,
    /// Bytes of the reading text; several spoken words may share one written range.
    pub written: Range<usize>,
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

/// Where one may begin to listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At an utterance: `s12`.
    Utterance(UtteranceId),
    /// At one of the outermost blocks, by its index in the record's `blocks`: `b4`, which is also its id
    /// in the page.
    Block(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utterance(id) => id.fmt(f),
            Self::Block(index) => write!(f, "b{index}"),
        }
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        match name.strip_prefix('b') {
            Some(digits) => number(digits).map(Self::Block),
            None => name.parse().map(Self::Utterance),
        }
    }
}

/// The name of an utterance: `s12`, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtteranceId(pub u32);

impl fmt::Display for UtteranceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s{}", self.0)
    }
}

impl FromStr for UtteranceId {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        number(name.strip_prefix('s').ok_or(())?).map(Self)
    }
}

/// Reads digits alone, without a sign.
fn number<N: FromStr>(digits: &str) -> Result<N, ()> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(());
    }
    digits.parse().map_err(|_| ())
}
