//! Turns a page's bytes into a tree that the rest of Loa can walk without fear.

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

/// A page's nodes.
#[derive(Debug)]
pub struct Tree;

/// Parses a page; never fails.
#[must_use]
pub fn parse(_bytes: &[u8], _content_type: Option<&str>, _limits: &Limits) -> Tree {
    Tree
}

/// Decodes a text's bytes into NFC-less UTF-8.
#[must_use]
pub fn decode(bytes: &[u8], _content_type: Option<&str>) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
