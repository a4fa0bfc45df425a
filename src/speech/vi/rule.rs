//! What a rule is: a name, and a recogniser that looks at a place in a line and may read it.

use super::line::Line;

/// A line while it is being read.
pub(super) struct Scene<'a> {
    /// The line.
    pub(super) line: Line<'a>,
    /// The token behind the last number with its unit: there a dash means "đến" and a slash "trên".
    pub(super) after: usize,
}

/// What a rule read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The index of the token behind what was read.
    pub(super) end: usize,
    /// Words, with clause marks straight after them; empty where something is silent.
    pub(super) words: String,
    /// Was it a number, with or without a unit?
    pub(super) quantity: bool,
}

impl Reading {
    /// Reads the tokens up to `end` as `words`.
    pub(super) fn new(end: usize, words: impl Into<String>) -> Self {
        Self {
            end,
            words: words.into(),
            quantity: false,
        }
    }

    /// Reads the tokens up to `end` as a number.
    pub(super) fn quantity(end: usize, words: impl Into<String>) -> Self {
        Self {
            quantity: true,
            ..Self::new(end, words)
        }
    }
}

/// A rule of the table.
pub(super) struct Rule {
    /// Its name, as `--explain` shows it.
    pub(super) name: &'static str,
    /// Reads what begins at a token, or leaves it to the rules behind.
    pub(super) read: fn(&Scene, usize) -> Option<Reading>,
}
