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

    /// Adds what is said of a stretch of text that begins at a byte.
    pub(super) fn append(&mut self, other: Self, at: usize) {
        if other.signs.is_empty() {
            return;
        }
        if !self.signs.is_empty() {
            self.signs.push(SPACE);
        }
        let from = self.signs.len();
        self.signs.extend(other.signs);
        let words = other.words.into_iter();
        self.words
            .extend(words.map(|(byte, sign)| (at + byte, from + sign)));
        self.cuts
            .extend(other.cuts.into_iter().map(|cut| from + cut));
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

/// Returns the signs of sounds that a text tells, decomposed, without ties and syllables.
pub(super) fn told(ipa: &str) -> Vec<char> {
    let signs = ipa
        .nfd()
        .filter(|sign| !matches!(sign, '\u{361}' | '\u{35c}' | '‿' | '.' | '|'));
    signs
        .map(|sign| if sign == 'g' { 'ɡ' } else { sign })
        .collect()
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

/// Returns where in a text a clause ends that begins at `from`. An engine has read some letters more than it has
/// taken when it tells its place, so the end is the stop before it, or else the end of a word.
pub(super) fn end(text: &str, from: usize, told: usize) -> usize {
    /// Bytes that an engine looks ahead: two letters of any length, and the space before them.
    const AHEAD: usize = 9;
    if told >= text.len() {
        return text.len();
    }
    let told = text.floor_char_boundary(told.max(from));
    let clause = &text[from..told];
    let ahead = text
        .floor_char_boundary(told.saturating_sub(AHEAD))
        .max(from);
    let stop = text[ahead..told].rfind(STOPS).map(|at| ahead + at + 1);
    let is_between =
        clause.ends_with(char::is_whitespace) || text[told..].starts_with(char::is_whitespace);
    let word = || {
        clause
            .rfind(char::is_whitespace)
            .map_or(told, |at| from + at)
    };
    stop.unwrap_or_else(|| if is_between { told } else { word() })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_ends_at_its_stop_although_the_engine_has_looked_ahead() {
        let text = "đẹp, bà con. Ở đây";
        let after = |part: &str| text.find(part).expect("there") + part.len();
        for (told, end) in [
            (after("đẹp, b"), after("đẹp,")),
            (after("đẹp,"), after("đẹp,")),
            (text.len(), text.len()),
            (text.len() + 9, text.len()),
        ] {
            assert_eq!(super::end(text, 0, told), end);
        }
        assert_eq!(
            super::end(text, after("đẹp,"), after("con. Ở")),
            after("con.")
        );
        let long = "một hai ba bốn";
        assert_eq!(super::end(long, 0, "một hai b".len()), "một hai".len());
        assert_eq!(super::end(long, 0, "một hai ba".len()), "một hai ba".len());
    }

    #[test]
    fn marks_of_other_languages_are_dropped_and_stops_are_kept() {
        let clause = Clause {
            phonemes: " sin  (en)h\u{259}l\u{259}\u{28a}(vi) ɓa\u{300}\n".into(),
            end: 9,
        };
        let signs: String = phonemes(&clause).into_iter().collect();
        assert_eq!(signs, "sin hələʊ ɓa\u{300}");
        assert_eq!(
            (stop("chào!”"), stop("chào ,  "), stop("chào")),
            (Some('!'), Some(','), None)
        );
    }

    #[test]
    fn what_is_said_is_cut_at_clauses_then_at_spaces_then_anywhere() {
        let mut signs = Signs::default();
        let word: Vec<char> = "abcd efgh".chars().collect();
        for clause in 0..4 {
            signs.add_clause(&word, &[(clause * 20, 0), (clause * 20 + 5, 5)], Some(','));
        }
        for most in [1, 3, 7, 11, 25, 99] {
            let parts = signs.parts(most);
            assert!(
                parts
                    .iter()
                    .all(|part| !part.is_empty() && part.len() <= most)
            );
            assert_eq!(parts.first().map(|part| part.start), Some(0));
            assert_eq!(parts.last().map(|part| part.end), Some(signs.signs.len()));
            assert!(parts.windows(2).all(|pair| pair[0].end == pair[1].start));
        }
        assert_eq!(signs.parts(25)[0], 0..21); // two clauses
        assert_eq!(signs.parts(7)[0], 0..4); // a word
        assert!(
            signs
                .words
                .iter()
                .all(|(_, sign)| "ae".contains(signs.signs[*sign]))
        );
    }

    #[test]
    fn letters_are_small_and_decomposed() {
        let signs = Signs::of_letters("“Bà, Ơi”");
        let said: String = signs.signs.iter().collect();
        assert_eq!(said, "“ba\u{300}, o\u{31b}i”");
        assert_eq!(signs.words, [(3, 0), (8, 6)]);
    }
}
