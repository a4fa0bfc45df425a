//! Reads Vietnamese prose aloud as a newsreader would.
//!
//! A line is cut into tokens once; then from left to right the first rule of a table that knows what
//! begins at a token reads it, and the next token is the one behind. Rules look at neighbours but
//! never read them, so every letter and digit is read once, and a line takes linear time. A plain
//! Vietnamese word passes no rule at all.
//!
//! Lines are read each for itself, so a text sounds the same whole and in pieces.

mod abbreviation;
mod calendar;
mod clean;
mod code;
mod cue;
mod dash;
mod date;
mod document;
mod flight;
mod formula;
mod letter;
mod line;
mod mark;
mod money;
mod number;
mod numeral;
mod period;
mod phone;
mod quantity;
mod roman;
mod rule;
mod share;
mod slash;
mod syllable;
mod symbol;
mod table;
mod time;
mod token;
mod unit;
mod web;
mod word;

#[cfg(test)]
mod tests;

use crate::model::letter::is_letter_or_digit;
use std::ops::Range;

use super::{Options, Spoken};
use clean::Clean;
use line::Line;
use rule::{Reading, Scene};
use token::Kind;

/// Reads `text` aloud; every spoken word keeps its place in `text`.
///
/// What is spoken is in NFC and has no digit and no mark but those of clauses; the words' written
/// places ascend and cover every letter and digit. Linear in `text.len()`.
#[must_use]
pub fn read(text: &str, options: &Options) -> Spoken {
    let mut spoken = Spoken::default();
    let mut start = 0;
    for line in text.split('\n') {
        spoken.append(read_line(line, options).shifted(start));
        start += line.len() + 1;
    }
    spoken
}

fn read_line(line: &str, options: &Options) -> Spoken {
    let clean = Clean::of(line);
    let mut spoken = Reader::new(clean.text(), options).read();
    if !clean.is_unchanged() {
        spoken.move_written(|range| clean.place(range));
    }
    spoken
}

/// A line and what has been said of it.
struct Reader<'a> {
    scene: Scene<'a>,
    spoken: Spoken,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, options: &'a Options) -> Self {
        Self {
            scene: Scene {
                line: Line::new(text, options),
                after: usize::MAX,
            },
            spoken: Spoken::with_capacity(text.len()),
        }
    }

    fn read(mut self) -> Spoken {
        let mut at = 0;
        while at < self.scene.line.tokens.len() {
            at = match self.recognise(at) {
                Some((rule, reading)) => self.say(rule, at, &reading),
                None => self.say_plain(at),
            };
        }
        self.spoken
    }

    /// The first rule that knows what begins here, and what it reads; none for a plain word.
    fn recognise(&self, at: usize) -> Option<(&'static str, Reading)> {
        if let Some(reading) = word::listed(&self.scene.line, at) {
            return Some(("lexicon", reading));
        }
        let rules = match self.scene.line.kind(at)? {
            Kind::Digits => table::DIGITS,
            Kind::Mark(_) => table::MARKS,
            Kind::Word(_) if word::is_special(&self.scene.line, at) => table::WORDS,
            Kind::Word(_) => return None,
        };
        let mut readings = rules
            .iter()
            .map(|rule| (rule.name, (rule.read)(&self.scene, at)));
        readings.find_map(|(name, reading)| Some((name, reading?)))
    }

    /// Says a word as it is written.
    fn say_plain(&mut self, at: usize) -> usize {
        let place = self.place(at..at + 1);
        self.spoken.say(self.scene.line.str(at), place);
        at + 1
    }

    /// Says what a rule read; returns the token behind.
    fn say(&mut self, rule: &'static str, at: usize, reading: &Reading) -> usize {
        let place = self.place(at..reading.end);
        let first = self.spoken.words.len();
        self.spoken.say_phrase(&reading.words, &place);
        if self.spoken.words.len() > first {
            self.spoken.note(rule, place, first);
        } else {
            self.cover_silent(place);
        }
        self.scene.after = if reading.quantity {
            reading.end
        } else {
            usize::MAX
        };
        reading.end
    }

    /// Letters and digits that are silent (empty minutes, a note's number) belong to the word before
    /// them; where there is none, they are said.
    fn cover_silent(&mut self, place: Range<usize>) {
        let silent = &self.scene.line.text[place.clone()];
        if !silent.chars().any(is_letter_or_digit) {
            return;
        }
        if self.spoken.is_empty() {
            self.spoken.say_all(&letter::spell(silent), &place);
        } else {
            self.spoken.stretch_last(place.end);
        }
    }

    fn place(&self, tokens: Range<usize>) -> Range<usize> {
        let tokens = &self.scene.line.tokens[tokens];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }
}
