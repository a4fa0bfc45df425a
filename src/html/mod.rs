//! Turns a page's bytes into a tree that the rest of Loa can walk without fear.
//!
//! Whatever the bytes, [`parse`] answers: the character set is found, the markup is read as a
//! browser without scripts reads it, letters of old encodings and fonts are mended, and limits on
//! bytes, nodes and depth hold while reading, not after it. The [`Tree`] lies flat in document order:
//! a subtree is a range of ids, so no walk ever recurses.
//!
//! Sources: WHATWG HTML § 13.2 (parsing), WHATWG Encoding; html5ever does the parsing proper.

mod arena;
mod charset;
mod gate;
mod layout;
mod letters;
mod parser;
mod sink;
mod tag;
mod tokenizer;
mod tree;

#[cfg(test)]
mod tests;

pub use charset::{Charset, CharsetSource, FormCharset, decode};
pub use letters::tidied;
pub use parser::{parse, parse_as_written};
pub use tag::Tag;
pub use tree::{Element, NodeId, Tree};

/// How much of a page is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most bytes that are parsed.
    pub bytes: usize,
    /// Most nodes.
    pub nodes: usize,
    /// Deepest nesting.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 8 << 20,
            nodes: 400_000,
            depth: 256,
        }
    }
}

/// A limit that cut a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The page is longer than Loa reads: its end is missing.
    Bytes,
    /// The page has more nodes than Loa keeps: its end is missing.
    Nodes,
    /// The page nests deeper than Loa follows: all its text is there, hung up higher.
    Depth,
}
