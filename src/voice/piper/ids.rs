//! What is said, sign by sign, as a model takes it.
//!
//! Source: Piper's `phonemes_to_ids`: the beginning, then each sign and a pad, then the end; phonemes decomposed
//! (NFD), marks of a change of language dropped, the punctuation of clauses kept.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::config::Config;
use crate::voice::espeak::Clause;

/// The sign before all others.
pub(super) const BEGIN: char = '^';
/// The sign after all others.
pub(super) const END: char = '$';
/// The sign between all others.
pub(super) const PAD: char = '_';
/// What parts words.
const SPACE: char = ' ';
/// Punctuation that a voice may breathe at; of it those that end a sentence need no space.
const STOPS: [char; 6] = ['.', ',', '?', '!', ';', ':'];

/// What is said of a text, sign by sign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// The signs.
    pub(super) signs: Vec<char>,
    /// Where words begin: the byte of the text, and the sign; both ascending.
    pub(super) words: Vec<(usize, usize)>,
    /// The signs behind which the voice can be cut: ends of clauses.
    pub(super) cuts: Vec<usize>,
}

/// The ids of some signs.
pub(super) struct Ids {
    /// The ids.
    pub(super) ids: Vec<i32>,
    /// The first id of each sign.
    pub(super) first: Vec<usize>,
}

impl Signs {
    /// Takes the letters of a text for what is said.
    pub(super) fn of_letters(text: &str) -> Self {
        let mut all = Self::default();
        for (at, word) in words(text) {
            if !all.signs.is_empty() {
                all.signs.push(SPACE);
            }
            if word.contains(char::is_alphanumeric) {
                all.words.push((at + first_letter(word), all.signs.len()));
            }
            all.signs.extend(word.to_lowercase().nfd());
            if word.ends_with(STOPS) {
                all.cuts.push(all.signs.len());
            }
        }
        all
    }

    /// Takes a clause's phonemes; `words` are where its words begin, each with its place among the phonemes as
    /// [`phonemes`] gives them.
    pub(super) fn add_clause(
        &mut self,
        spoken: &[char],
        words: &[(usize, usize)],
        stop: Option<char>,
    ) {
        if spoken.is_empty() {
            return;
        }
        if !self.signs.is_empty() {
            self.signs.push(SPACE);
        }
        let from = self.signs.len();
        self.signs.extend(spoken);
        self.words
            .extend(words.iter().map(|(at, sign)| (*at, from + sign)));
        self.signs.extend(stop);
        self.cuts.push(self.signs.len());
    }

    /// Cuts what is said into parts of at most so many signs, at the ends of clauses where there are any, else
    /// between words, else anywhere.
    pub(super) fn parts(&self, most: usize) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut from = 0;
        while from < self.signs.len() {
            let limit = from + most;
            if limit >= self.signs.len() {
                parts.push(from..self.signs.len());
                break;
            }
            let cut = self
                .cuts
                .iter()
                .copied()
                .rfind(|cut| (from + 1..=limit).contains(cut));
            let space = || {
                let at = self.signs[from + 1..limit]
                    .iter()
                    .rposition(|sign| *sign == SPACE)?;
                Some(from + 1 + at)
            };
            let to = cut.or_else(space).unwrap_or(limit);
            parts.push(from..to);
            from = to;
        }
        parts
    }
}

/// Returns the phonemes of a clause, decomposed, without marks of a change of language.
pub(super) fn phonemes(clause: &Clause) -> Vec<char> {
    let mut outside = String::with_capacity(clause.phonemes.len());
    let mut rest = clause.phonemes.as_str();
    while let Some((before, mark)) = rest.split_once('(') {
        outside.push_str(before);
        rest = mark.split_once(')').map_or("", |(_, after)| after);
    }
    outside.push_str(rest);
    let mut signs: Vec<char> = Vec::with_capacity(outside.len());
    for sign in outside.trim().nfd() {
        let sign = if sign.is_whitespace() { SPACE } else { sign };
        if sign != SPACE || signs.last() != Some(&SPACE) {
            signs.push(sign);
        }
    }
    signs
}

/// Returns the punctuation at which a clause ends.
pub(super) fn stop(clause: &str) -> Option<char> {
    let quotes = |sign: char| sign.is_whitespace() || "\"'”’»)]}…".contains(sign);
    clause
        .trim_end_matches(quotes)
        .chars()
        .next_back()
        .filter(|last| STOPS.contains(last))
}

/// Returns the words of a text, each with its place.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace()
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Returns where in a word its first letter or digit is.
pub(super) fn first_letter(word: &str) -> usize {
    word.find(char::is_alphanumeric).unwrap_or(0)
}

/// Returns the ids of signs; those that the model does not know are passed over.
pub(super) fn ids(signs: &[char], config: &Config) -> Ids {
    let of = |sign: char| config.ids.get(&sign).map_or(&[][..], Vec::as_slice);
    let mut ids = of(BEGIN).to_vec();
    ids.extend(of(PAD));
    let mut first = Vec::with_capacity(signs.len());
    for sign in signs {
        first.push(ids.len());
        let known = of(*sign);
        if !known.is_empty() {
            ids.extend(known);
            ids.extend(of(PAD));
        }
    }
    ids.extend(of(END));
    Ids { ids, first }
}
