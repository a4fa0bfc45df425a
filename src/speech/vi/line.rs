//! A line as its rules see it: tokens by index, and easy questions about neighbours.
//!
//! Indexes may lie outside the line, in front too (`usize::MAX` is "before the first"): there is
//! nothing there, and every question is answered with no.

use super::token::{Case, Kind, Token, tokens};
use crate::speech::Options;

/// A line of tidied text with its tokens.
pub(super) struct Line<'a> {
    /// The line's text.
    pub(super) text: &'a str,
    /// Its tokens.
    pub(super) tokens: Vec<Token>,
    /// How things are said.
    pub(super) options: &'a Options,
}

impl<'a> Line<'a> {
    /// Cuts a tidied line into tokens.
    pub(super) fn new(text: &'a str, options: &'a Options) -> Self {
        Self {
            text,
            tokens: tokens(text),
            options,
        }
    }

    /// Returns the text of a token, empty outside the line.
    pub(super) fn str(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| &self.text[t.range()])
    }

    /// Returns the text of a word in lower case, empty for anything else.
    pub(super) fn word(&self, at: usize) -> String {
        if self.is_word(at) {
            self.str(at).to_lowercase()
        } else {
            String::new()
        }
    }

    /// Returns a run of digits, or nothing.
    pub(super) fn digits(&self, at: usize) -> Option<&'a str> {
        self.is_digits(at).then(|| self.str(at))
    }

    /// Returns a run of at most four digits as a number.
    pub(super) fn small(&self, at: usize) -> Option<u32> {
        let digits = self.digits(at).filter(|d| d.len() <= 4)?;
        digits.parse().ok()
    }

    /// Is it a run of digits?
    pub(super) fn is_digits(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Digits))
    }

    /// Is it a word?
    pub(super) fn is_word(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Word(_)))
    }

    /// Is it this mark?
    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.kind(at) == Some(Kind::Mark(mark))
    }

    /// Is it one of these marks?
    pub(super) fn is_one_of(&self, at: usize, marks: &[char]) -> bool {
        matches!(self.kind(at), Some(Kind::Mark(c)) if marks.contains(&c))
    }

    /// Is it a hyphen, dash or minus?
    pub(super) fn is_dash(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Mark(c)) if is_dash(c))
    }

    /// Returns what the token is.
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|t| t.kind)
    }

    /// Returns how the capitals of a word stand.
    pub(super) fn case(&self, at: usize) -> Option<Case> {
        match self.kind(at) {
            Some(Kind::Word(case)) => Some(case),
            _ => None,
        }
    }

    /// Does the token touch the one before it?
    pub(super) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.glued)
    }

    /// Does a word or a number touch what ends before `at`?
    pub(super) fn goes_on(&self, at: usize) -> bool {
        self.glued(at) && (self.is_word(at) || self.is_digits(at))
    }

    /// Does the token touch both neighbours?
    pub(super) fn joins(&self, at: usize) -> bool {
        self.glued(at) && self.glued(at.wrapping_add(1))
    }

    /// Is it this word, whatever its capitals? Vietnamese letters keep their length in bytes when
    /// their case changes.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        let Some(token) = self.tokens.get(at) else {
            return false;
        };
        match token.kind {
            Kind::Word(case) => is_spelt(&self.text[token.range()], case, word),
            _ => false,
        }
    }

    /// Is it a word of this list (small letters, `|` between)?
    pub(super) fn is_in(&self, at: usize, list: &str) -> bool {
        let Some(token) = self.tokens.get(at) else {
            return false;
        };
        let Kind::Word(case) = token.kind else {
            return false;
        };
        let written = &self.text[token.range()];
        alternatives(list).any(|word| is_spelt(written, case, word))
    }

    /// Do the tokens before `at` end with one of these phrases (small letters, `|` between)?
    pub(super) fn follows(&self, at: usize, phrases: &str) -> bool {
        let last = at.wrapping_sub(1);
        self.is_word(last)
            && alternatives(phrases).any(|phrase| {
                let mut back = at;
                phrase.rsplit(' ').all(|word| {
                    back = back.wrapping_sub(1);
                    self.is(back, word)
                })
            })
    }

    /// Do the tokens from `at` on begin with one of these phrases (small letters, `|` between)?
    pub(super) fn precedes(&self, at: usize, phrases: &str) -> bool {
        self.is_word(at)
            && alternatives(phrases).any(|phrase| {
                phrase
                    .split(' ')
                    .zip(at..)
                    .all(|(word, i)| self.is(i, word))
            })
    }

    /// Walks back over the members of a list (numbers, `,`, `và`, `đến`, dashes, slashes) and
    /// returns the first token that is none, within a few steps; so "4" in "tháng 3, 4" finds
    /// "tháng".
    pub(super) fn head_of_list(
        &self,
        at: usize,
        is_member: impl Fn(&Self, usize) -> bool,
    ) -> usize {
        let mut back = at.wrapping_sub(1);
        for _ in 0..LIST_REACH {
            if !is_member(self, back) {
                break;
            }
            back = back.wrapping_sub(1);
        }
        back
    }
}

/// Is it this word in other capitals? Every letter but the first is most often the same.
fn is_alike(written: &str, word: &str) -> bool {
    written
        .chars()
        .flat_map(char::to_lowercase)
        .eq(word.chars())
}

/// Is a token of letters this word (small letters), in whatever case it is written?
fn is_spelt(written: &str, case: Case, word: &str) -> bool {
    // Lists are long and most members end here: to call for a comparison of each would take longer.
    let begins = case != Case::Lower || written.as_bytes().first() == word.as_bytes().first();
    let fits = begins && written.len() == word.len();
    fits && (written == word || case != Case::Lower && is_alike(written, word))
}

/// The members of a list with `|` between. Lists are asked many times a line, and a walk over so few
/// bytes is quicker than a search for each next mark.
fn alternatives(list: &str) -> impl Iterator<Item = &str> {
    let bytes = list.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        if from > bytes.len() {
            return None;
        }
        let start = from;
        let mut end = start;
        while end < bytes.len() && bytes[end] != b'|' {
            end += 1;
        }
        from = end + 1;
        Some(&list[start..end])
    })
}

/// Lists are followed back so far and no farther, so that a line of digits stays linear.
const LIST_REACH: usize = 16;

/// Is it a hyphen, dash or minus?
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−')
}
