//! Cuts a string into numbers, words and marks.

use crate::model::letter::lowered;

/// A piece of a string that may hold a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A number of at most nine digits, with how many digits it was written in.
    Number { value: u32, digits: u8 },
    /// A run of letters, lower-cased.
    Word(String),
    /// Anything else that is no white space.
    Mark(char),
    /// White space.
    Space,
}

/// Cuts `text` into tokens; runs of white space become one.
pub(super) fn cut(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let len = if first.is_ascii_digit() {
            run(rest, |c| c.is_ascii_digit())
        } else if is_letter(first) {
            run(rest, is_letter)
        } else if first.is_whitespace() {
            run(rest, char::is_whitespace)
        } else {
            first.len_utf8()
        };
        let (piece, after) = rest.split_at(len);
        tokens.extend(token(piece, first));
        rest = after;
    }
    tokens
}

fn run(text: &str, same: impl Fn(char) -> bool) -> usize {
    text.find(|c| !same(c)).unwrap_or(text.len())
}

/// Ideographs for year, month and day stand alone; they are marks.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

fn token(piece: &str, first: char) -> Option<Token> {
    Some(if first.is_ascii_digit() {
        Token::Number {
            value: piece.parse().ok().filter(|_| piece.len() <= 9)?,
            digits: u8::try_from(piece.len()).ok()?,
        }
    } else if is_letter(first) {
        Token::Word(lowered(piece))
    } else if first.is_whitespace() {
        Token::Space
    } else {
        Token::Mark(first)
    })
}
