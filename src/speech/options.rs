//! How things are said: the choices that a voice, an operator or a reader can make.

use std::sync::Arc;

use super::lexicon::Lexicon;
use super::structure::Structure;

/// How things are said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How the signs of documents are read.
    pub documents: DocumentStyle,
    /// The regional words of the voice.
    pub region: Region,
    /// How many marks of punctuation are named.
    pub punctuation: Punctuation,
    /// What is said about pictures, tables, lists and the like.
    pub structure: Structure,
    /// Words with a reading of their own.
    pub lexicon: Arc<Lexicon>,
}

/// How the sign of a document (`12-NQ/TW`, `42/2022/NĐ-CP`) is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DocumentStyle {
    /// Its type and issuer in full: "mười hai nghị quyết trung ương".
    #[default]
    Expand,
    /// Letter by letter: "mười hai, en quy, tê vê kép".
    Spell,
    /// The number alone: "mười hai".
    Short,
}

/// The regional words of number readings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Region {
    /// "linh", "nghìn".
    #[default]
    North,
    /// "lẻ", "ngàn".
    South,
}

/// How many marks of punctuation are named, as screen readers offer it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Punctuation {
    /// None; they make pauses.
    #[default]
    None,
    /// Brackets, quotation marks, slashes and the like.
    Some,
    /// Every mark.
    All,
}
