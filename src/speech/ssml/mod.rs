//! SSML: a text with instructions on how to say it becomes passages, and what was planned of them is told how.
//!
//! Each passage is spoken by one voice at one speed in one language; it is planned like a paragraph, so that its
//! words are read as any others are. What cannot be followed is named, never passed over in silence; the words inside
//! it are spoken.
//!
//! Source: Speech Synthesis Markup Language 1.1 (W3C); the type of a mark in a stream of marks is Amazon Polly's.

mod depth;
mod phoneme;
mod prolog;
mod read;
mod say_as;
mod value;

use std::fmt;
use std::ops::Range;

use crate::model::{
    Article, Block, Content, Delivery, Document, Head, Lang, NamedMark, Part, Plan, Reading, Text,
    Utterance, UtteranceId, VoiceId,
};

pub use read::read;

/// Is a text SSML? It begins with its root, behind what may stand before one.
#[must_use]
pub fn is_ssml(text: &str) -> bool {
    prolog::is_root(prolog::behind(text))
}

/// A place in a document: line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// What is wrong with a document, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {what}")]
pub struct Fault {
    /// Where.
    pub at: Spot,
    /// What.
    pub what: String,
}

/// What a document asks for and does not get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where.
    pub at: Spot,
    /// What is not followed, and what is done instead.
    pub what: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

/// A document, as it will be spoken.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    /// Its words, a paragraph a passage.
    pub document: Document,
    /// What it asks for and does not get.
    pub remarks: Vec<Remark>,
    /// How each paragraph is spoken.
    passages: Vec<Passage>,
    /// The silence before all, in milliseconds.
    before_ms: u32,
}

/// How a paragraph is spoken.
#[derive(Clone, Debug, Default, PartialEq)]
struct Passage {
    text: String,
    lang: Option<Lang>,
    voice: Option<VoiceId>,
    /// How fast, beside all else; 1 is as fast.
    rate: f64,
    /// The pause behind it, where it is not the usual one.
    pause_ms: Option<u32>,
    /// Marks by the byte of the text that they stand before.
    marks: Vec<(usize, String)>,
    /// How words sound, by their bytes of the text, in the International Phonetic Alphabet.
    phonemes: Vec<(Range<usize>, String)>,
}

impl Script {
    fn of(mut passages: Vec<Passage>, before_ms: u32, lang: Lang, remarks: Vec<Remark>) -> Self {
        passages.retain(|passage| !passage.text.is_empty());
        let paragraph = |passage: &Passage| Block::Paragraph(Text::new(passage.text.clone()));
        let article = Article {
            blocks: passages.iter().map(paragraph).collect(),
            ..Article::default()
        };
        Self {
            document: Document {
                head: Head {
                    url: String::new(),
                    canonical: None,
                    title: Text::default(),
                    site: None,
                    lang,
                },
                content: Content::Article(article),
                doubts: Vec::new(),
            },
            remarks,
            passages,
            before_ms,
        }
    }

    /// Returns the voices that it names.
    pub fn voices(&self) -> impl Iterator<Item = &VoiceId> {
        self.passages
            .iter()
            .filter_map(|passage| passage.voice.as_ref())
    }

    /// Tells a reading of its words which language each is spoken in.
    pub fn prepare(&self, reading: &mut Reading) {
        for part in &mut reading.parts {
            let passage = part.block.and_then(|block| self.passages.get(block));
            part.spoken_in = passage.and_then(|passage| passage.lang.clone());
        }
    }

    /// Tells what was planned of its words how it is said.
    #[must_use]
    pub fn applied(&self, mut plan: Plan, reading: &Reading) -> Plan {
        for part in &reading.parts {
            let Some(passage) = part.block.and_then(|block| self.passages.get(block)) else {
                continue;
            };
            let of_part = |utterance: &Utterance| utterance.block == part.block;
            let Some(first) = plan.utterances.iter().position(of_part) else {
                continue;
            };
            let count = plan.utterances[first..]
                .iter()
                .take_while(|u| of_part(u))
                .count();
            let said = &mut plan.utterances[first..first + count];
            deliver(passage, part, said);
        }
        if self.before_ms > 0 {
            let silence = silence(self.before_ms, plan.lang.clone());
            plan.utterances.insert(0, silence);
        }
        plan
    }
}

/// Tells the utterances of a passage how they are said.
fn deliver(passage: &Passage, part: &Part, said: &mut [Utterance]) {
    for utterance in &mut *said {
        utterance.delivery = Delivery {
            voice: passage.voice.clone(),
            rate: passage.rate,
            marks: Vec::new(),
        };
    }
    if let (Some(last), Some(pause)) = (said.last_mut(), passage.pause_ms) {
        last.pause_ms = pause;
    }
    for (range, ipa) in &passage.phonemes {
        let range = part.range.start + range.start..part.range.start + range.end;
        for utterance in said.iter_mut() {
            phoneme::tell(utterance, &range, ipa);
        }
    }
    for (byte, name) in &passage.marks {
        let place = part.range.start + byte;
        let at = said
            .partition_point(|u| u.written.start <= place)
            .saturating_sub(1);
        let Some(utterance) = said.get_mut(at) else {
            continue;
        };
        let before = |word: &Range<usize>| word.start < place;
        let word = utterance
            .words
            .iter()
            .take_while(|w| before(&w.written))
            .count();
        let name = name.clone();
        utterance.delivery.marks.push(NamedMark { word, name });
    }
}

/// An utterance of nothing but a pause.
fn silence(pause_ms: u32, lang: Lang) -> Utterance {
    Utterance {
        id: UtteranceId(0),
        role: crate::model::Role::Paragraph,
        block: None,
        lang,
        written: 0..0,
        spoken: String::new(),
        words: Vec::new(),
        pause_ms,
        delivery: Delivery::default(),
    }
}
