//! Cuts a line into words, runs of digits and single marks, in one pass.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::model::letter::is_letter_or_digit;

/// A piece of a line; blanks lie between tokens and belong to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Does it touch the token before it?
    pub(super) glued: bool,
    /// Where it begins, in bytes of the line.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of letters.
    Word(Case),
    /// A run of ASCII digits.
    Digits,
    /// Any other character.
    Mark(char),
}

/// How a word's capitals stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// No capitals.
    Lower,
    /// A capital and small letters.
    Title,
    /// One letter, a capital.
    Letter,
    /// Capitals alone, two or more.
    Upper,
    /// Any other mixture, as in `TTg`.
    Mixed,
}

impl Token {
    /// Returns its place in the line.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Cuts a tidied line into tokens. Linear; every letter and digit is in one of them.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(line.len() / 4 + 1);
    let mut chars = line.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = start + first.len_utf8();
        let kind = if first.is_ascii_digit() {
            while chars.next_if(|(_, c)| c.is_ascii_digit()).is_some() {
                end += 1;
            }
            Kind::Digits
        } else if is_letter(first) {
            let mut case = Capitals::of(first);
            while let Some((_, c)) = chars.next_if(|(_, c)| continues_word(*c)) {
                end += c.len_utf8();
                case.add(c);
            }
            Kind::Word(case.case())
        } else {
            Kind::Mark(first)
        };
        let glued = tokens.last().is_some_and(|last| last.end == start);
        tokens.push(Token {
            kind,
            glued,
            start,
            end,
        });
    }
    tokens
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && is_letter_or_digit(c) && !is_raised(c))
}

fn continues_word(c: char) -> bool {
    is_letter(c) || (c > '\u{2ff}' && is_combining_mark(c))
}

/// Raised digits are marks: they are read after a unit or as a power.
fn is_raised(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹')
}

struct Capitals {
    first: bool,
    capitals: usize,
    letters: usize,
}

impl Capitals {
    fn of(first: char) -> Self {
        let capital = first.is_uppercase();
        Self {
            first: capital,
            capitals: usize::from(capital),
            letters: 1,
        }
    }

    fn add(&mut self, c: char) {
        self.letters += 1;
        self.capitals +=
            usize::from(!c.is_ascii_lowercase() && !c.is_lowercase() && c.is_uppercase());
    }

    fn case(&self) -> Case {
        match (self.capitals, self.letters) {
            (0, _) => Case::Lower,
            (1, 1) => Case::Letter,
            (1, _) if self.first => Case::Title,
            (c, l) if c == l => Case::Upper,
            _ => Case::Mixed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_into_words_digits_and_marks() {
        let line = "số 290-QĐ/TW: 5m²";
        let cut: Vec<_> = tokens(line)
            .iter()
            .map(|t| (&line[t.range()], t.glued))
            .collect();
        let expected = [
            ("số", false),
            ("290", false),
            ("-", true),
            ("QĐ", true),
            ("/", true),
            ("TW", true),
            (":", true),
            ("5", false),
            ("m", true),
            ("²", true),
        ];
        assert_eq!(cut, expected);
    }

    #[test]
    fn a_word_knows_its_capitals() {
        for (word, case) in [
            ("xã", Case::Lower),
            ("Đảng", Case::Title),
            ("Á", Case::Letter),
            ("UBND", Case::Upper),
            ("TTg", Case::Mixed),
            ("iOS", Case::Mixed),
        ] {
            assert_eq!(tokens(word)[0].kind, Kind::Word(case), "{word}");
        }
    }
}
