//! A text as it will be spoken, each word with its place in the text as it is written.
//!
//! The idea: readings are only ever put together word by word through [`Spoken::say`] and
//! [`Spoken::pause`], so what holds for every spoken text (words ascend, one blank between them,
//! clause marks only after a word) holds by construction.

use std::ops::Range;

use crate::model::phoneme::is_sign;
use crate::model::{SpokenWord, Step};

/// A text as it will be spoken.
///
/// `text` is words with one blank between them, and a clause mark straight after some of them. The
/// words ascend in `text`; their written ranges ascend too, and neighbours may share one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// What is spoken.
    pub text: String,
    /// Its words; `written` points into the text that was given.
    pub words: Vec<SpokenWord>,
    /// Which rule read what, in order.
    pub steps: Vec<Step>,
}

/// A pause inside a text, from the shortest to the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pause {
    /// Between parts of a clause.
    Comma,
    /// Before what was announced.
    Colon,
    /// Between clauses.
    Semicolon,
    /// At the end of a sentence.
    Stop,
    /// At the end of an exclamation.
    Exclamation,
    /// At the end of a question.
    Question,
}

impl Pause {
    /// Returns the clause mark that makes a voice pause so.
    #[must_use]
    pub fn mark(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Colon => ':',
            Self::Semicolon => ';',
            Self::Stop => '.',
            Self::Exclamation => '!',
            Self::Question => '?',
        }
    }

    /// Reads a clause mark; `…` is a comma's pause.
    #[must_use]
    pub fn from_mark(mark: char) -> Option<Self> {
        Some(match mark {
            ',' | '…' => Self::Comma,
            ':' => Self::Colon,
            ';' => Self::Semicolon,
            '.' => Self::Stop,
            '!' => Self::Exclamation,
            '?' => Self::Question,
            _ => return None,
        })
    }
}

impl Spoken {
    /// Makes an empty text with room for the reading of `bytes` of writing.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes + bytes / 4),
            words: Vec::with_capacity(bytes / 5 + 1),
            steps: Vec::new(),
        }
    }

    /// Is nothing spoken?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Adds one word that stands for `written`. An empty word adds nothing. Signs that tell how words sound are left out:
    /// no written text says that of itself.
    pub fn say(&mut self, word: &str, written: Range<usize>) {
        if word.chars().all(is_sign) {
            return;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.extend(word.split(is_sign));
        self.words.push(SpokenWord {
            spoken: start..self.text.len(),
            written,
        });
    }

    /// Adds words, parted by blanks, that all stand for `written`.
    pub fn say_all(&mut self, words: &str, written: &Range<usize>) {
        for word in words.split_ascii_whitespace() {
            self.say(word, written.clone());
        }
    }

    /// Adds words, parted by blanks, that all stand for `written`; a clause mark behind one, or alone,
    /// is a pause.
    pub fn say_phrase(&mut self, words: &str, written: &Range<usize>) {
        for word in words.split(' ') {
            let bare = word.trim_end_matches([',', '.', ';', ':', '?', '!']);
            self.say(bare, written.clone());
            if let Some(pause) = word[bare.len()..].chars().next().and_then(Pause::from_mark) {
                self.pause(pause);
            }
        }
    }

    /// Adds a pause after the last word. Of two pauses the longer one stays; before the first word
    /// there is none.
    pub fn pause(&mut self, pause: Pause) {
        if self.words.is_empty() {
            return;
        }
        let last = self.text.chars().next_back();
        match last.and_then(Pause::from_mark) {
            Some(there) if there >= pause => return,
            Some(_) => {
                self.text.pop();
            }
            None => {}
        }
        self.text.push(pause.mark());
    }

    /// Notes that `rule` read `written` as the words from the index `first` on.
    pub fn note(&mut self, rule: &'static str, written: Range<usize>, first: usize) {
        let start = self
            .words
            .get(first)
            .map_or(self.text.len(), |w| w.spoken.start);
        let spoken = self.text[start..].to_owned();
        self.steps.push(Step {
            rule,
            written,
            spoken,
        });
    }

    /// Lets the last word stand for everything up to `end` as well, and with it the words that share
    /// its written place.
    pub fn stretch_last(&mut self, end: usize) {
        let Some(start) = self.words.last().map(|w| w.written.start) else {
            return;
        };
        let sharing = self.words.iter_mut().rev();
        for word in sharing.take_while(|w| w.written.start == start) {
            word.written.end = word.written.end.max(end);
        }
    }

    /// Gives every word and step another written place. Where one new place would begin inside the
    /// one before it, as when two words stand for parts of one character, the words share it.
    pub fn move_written(&mut self, place: impl Fn(&Range<usize>) -> Range<usize>) {
        let mut last = 0..0;
        for word in &mut self.words {
            let new = place(&word.written);
            let shared = new.start < last.end;
            last = match (shared, new.end > last.end) {
                (true, true) => last.end..new.end,
                (true, false) => last,
                (false, _) => new,
            };
            word.written = last.clone();
        }
        for step in &mut self.steps {
            step.written = place(&step.written);
        }
    }

    /// Moves all written places by `offset` bytes, as into a longer text that this one is part of.
    #[must_use]
    pub fn shifted(mut self, offset: usize) -> Self {
        let ranges = self.words.iter_mut().map(|w| &mut w.written);
        for range in ranges.chain(self.steps.iter_mut().map(|s| &mut s.written)) {
            *range = range.start + offset..range.end + offset;
        }
        self
    }

    /// Adds `other` after this one; its written places must lie behind.
    pub fn append(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
            return;
        }
        if !other.is_empty() {
            self.text.push(' ');
        }
        let offset = self.text.len();
        self.text.push_str(&other.text);
        self.words
            .extend(other.words.into_iter().map(|w| SpokenWord {
                spoken: w.spoken.start + offset..w.spoken.end + offset,
                written: w.written,
            }));
        self.steps.extend(other.steps);
    }

    /// Returns the pause after the word with this index, if there is one.
    #[must_use]
    pub fn pause_after(&self, word: usize) -> Option<Pause> {
        let end = self.words.get(word)?.spoken.end;
        self.text[end..].chars().next().and_then(Pause::from_mark)
    }

    /// Cuts before the words with these indexes (ascending). Nothing is lost: the parts' texts,
    /// joined by blanks, are this text. Steps go with the part in which they begin.
    #[must_use]
    pub fn cut(&self, before: &[usize]) -> Vec<Self> {
        let mut parts = Vec::with_capacity(before.len() + 1);
        let mut first = 0;
        for &next in before.iter().chain([&self.words.len()]) {
            if first < next && next <= self.words.len() {
                parts.push(self.part(first..next));
                first = next;
            }
        }
        parts
    }

    /// Returns the words `range` with the pauses after them, as a text of its own.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        let words = &self.words[range.clone()];
        let Some(first) = words.first() else {
            return Self::default();
        };
        let start = first.spoken.start;
        let next = self.words.get(range.end);
        let end = next.map_or(self.text.len(), |w| w.spoken.start);
        let from = if range.start == 0 {
            0
        } else {
            first.written.start
        };
        let to = next.map_or(usize::MAX, |w| w.written.start);
        Self {
            text: self.text[start..end].trim_end().to_owned(),
            words: words.iter().map(|w| moved(w, start)).collect(),
            steps: self
                .steps
                .iter()
                .filter(|s| (from..to).contains(&s.written.start))
                .cloned()
                .collect(),
        }
    }
}

fn moved(word: &SpokenWord, back: usize) -> SpokenWord {
    SpokenWord {
        spoken: word.spoken.start - back..word.spoken.end - back,
        written: word.written.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Spoken {
        let mut spoken = Spoken::default();
        spoken.pause(Pause::Comma);
        spoken.say("đạt", 0..5);
        spoken.say_all("hai trên hai", &(6..11));
        spoken.note("of-count", 6..11, 1);
        spoken.say("xã", 12..15);
        spoken.pause(Pause::Comma);
        spoken.pause(Pause::Stop);
        spoken.pause(Pause::Comma);
        spoken.say("hết", 17..22);
        spoken
    }

    fn words(spoken: &Spoken) -> Vec<&str> {
        let place = spoken.words.iter().map(|w| &spoken.text[w.spoken.clone()]);
        place.collect()
    }

    #[test]
    fn no_written_text_tells_how_it_sounds() {
        let written = crate::model::phoneme::sounding("une", "deux");
        let mut spoken = Spoken::default();
        spoken.say(&written, 0..9);
        spoken.say("\u{f8f0}", 9..12);
        spoken.say("mot", 12..15);
        assert_eq!(spoken.text, "unedeux mot");
        assert_eq!(words(&spoken), ["unedeux", "mot"]);
    }

    #[test]
    fn words_stand_in_the_text_with_one_blank_and_the_longer_pause() {
        let spoken = sample();
        assert_eq!(spoken.text, "đạt hai trên hai xã. hết");
        assert_eq!(words(&spoken), ["đạt", "hai", "trên", "hai", "xã", "hết"]);
        assert_eq!(spoken.steps[0].spoken, "hai trên hai");
        assert_eq!(spoken.pause_after(4), Some(Pause::Stop));
        assert_eq!(spoken.pause_after(0), None);
    }

    #[test]
    fn parts_joined_are_the_whole_and_keep_their_written_places() {
        let spoken = sample();
        let parts = spoken.cut(&[0, 1, 5]);
        let texts: Vec<_> = parts.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["đạt", "hai trên hai xã.", "hết"]);
        assert_eq!(words(&parts[1]), ["hai", "trên", "hai", "xã"]);
        assert_eq!(parts[1].words[0].written, 6..11);
        assert_eq!(parts[1].steps.len(), 1);
        let mut whole = Spoken::default();
        parts.into_iter().for_each(|p| whole.append(p));
        assert_eq!(whole, spoken);
    }

    #[test]
    fn shifting_moves_written_places_alone() {
        let spoken = sample().shifted(100);
        assert_eq!(spoken.words[0].written, 100..105);
        assert_eq!(spoken.words[0].spoken, 0..6);
        assert_eq!(spoken.steps[0].written, 106..111);
    }
}
