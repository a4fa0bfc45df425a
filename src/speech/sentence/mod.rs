//! Cuts prose into sentences, as a reader would pause.
//!
//! The one idea: every mark that could end a sentence is first read with what stands around it (the
//! word before, closing quotes, blanks, the word behind) and only then judged. A quotation or a
//! bracket of ordinary length is never cut, so a listener hears it whole.
//!
//! Sources: UAX #29 sentence boundaries (the general rule); the abbreviations, titles and list heads
//! of Vietnamese official prose, which it does not know, are the tables of [`abbreviation`].

mod abbreviation;
mod shield;
mod stop;
mod table;
#[cfg(test)]
mod tests;
mod word;

use std::ops::Range;

use self::abbreviation::Habits;
use self::shield::Shields;
use self::stop::{Mark, Next, Stop, is_mark};
use crate::model::Lang;
use crate::model::letter::is_letter_or_digit;

/// Cuts one paragraph of prose into sentences.
///
/// `text` is prose in NFC in the language `lang`. Returns byte ranges into it, ascending and
/// touching, so that joining the slices gives `text` back; blanks belong to the sentence before. A
/// full stop after an abbreviation, in a number, after a list head or between initials ends
/// nothing; a line break ends a sentence unless the next line goes on in lower case.
///
/// Linear in `text.len()`.
///
/// Source: UAX #29, tailored by the tables of Vietnamese and English abbreviations.
#[must_use]
pub fn sentences(text: &str, lang: &Lang) -> Vec<Range<usize>> {
    let mut judge = Judge::new(text, lang);
    let mut cuts = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(is_mark) {
        let stop = Stop::read(text, at + found);
        judge.see(&text[at..at + found]);
        if judge.ends(&stop) {
            cuts.push(judge.start..stop.next);
            judge.begin(stop.next);
        }
        at = stop.next;
    }
    if judge.start < text.len() {
        cuts.push(judge.start..text.len());
    }
    cuts
}

/// Decides, mark by mark, whether the sentence that began at `start` ends.
struct Judge<'a> {
    text: &'a str,
    habits: Habits,
    shields: Shields,
    start: usize,
    /// Has the sentence a letter or a digit yet?
    begun: bool,
}

impl<'a> Judge<'a> {
    fn new(text: &'a str, lang: &Lang) -> Self {
        Self {
            text,
            habits: Habits::of(lang),
            shields: Shields::of(text),
            start: 0,
            begun: false,
        }
    }

    fn begin(&mut self, start: usize) {
        self.start = start;
        self.begun = false;
    }

    fn see(&mut self, passed: &str) {
        self.begun = self.begun || passed.contains(is_letter_or_digit);
    }

    fn ends(&mut self, stop: &Stop) -> bool {
        if !self.begun || stop.next >= self.text.len() || self.shields.cover(stop.closed) {
            return false;
        }
        let next = Next::read(self.text, stop.next);
        match stop.mark {
            Mark::Final => true,
            Mark::Full => !(stop.quoted && next.attributes()),
            Mark::Line => self.line_ends(stop, &next),
            _ if next.goes_on() => false,
            _ if stop.next == stop.closed => self.ends_without_blank(stop, &next),
            _ if stop.quoted && next.dashed => false,
            _ if stop.empty_line => true,
            Mark::Strong => !next.is_lower(),
            Mark::Ellipsis => next.letter_is_upper(),
            Mark::Dot => self.dot_ends(stop, &next),
        }
    }

    /// A line break without a mark before it: verse and captions go on in lower case.
    fn line_ends(&self, stop: &Stop, next: &Next) -> bool {
        let before = self.text[self.start..stop.start].trim_end();
        stop.empty_line || next.dashed || !(next.is_lower() || before.ends_with(','))
    }

    fn dot_ends(&self, stop: &Stop, next: &Next) -> bool {
        if next.dashed && stop.line {
            return true;
        }
        if next.is_lower() {
            return false;
        }
        let before = &self.text[self.start..stop.word_end];
        stop.quoted || self.habits.lets_end(before, next)
    }

    /// "kết quả.Hội nghị": the blank was forgotten. Names like "TP.HCM", "Node.js" and addresses
    /// are no such case.
    fn ends_without_blank(&self, stop: &Stop, next: &Next) -> bool {
        let before = &self.text[self.start..stop.word_end];
        let word = stop::last_word(before);
        let small = word.chars().count() > 1 && word.chars().all(char::is_lowercase);
        let number = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        let named = next.word.chars().skip(1).any(char::is_lowercase);
        let accented = !next.word.is_ascii() || (small && !word.is_ascii());
        let forgotten = (small || number) && named && accented && self.habits.lets_glue(before);
        next.is_upper() && (stop.quoted || forgotten)
    }
}
