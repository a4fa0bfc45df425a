//! A line: a run of text that no block element and no pair of breaks interrupts.

use crate::html::{NodeId, Tag};

/// A run of text as a reader sees it, measured in bytes, which weigh letters of all scripts alike:
/// a Chinese character says about as much as three Latin letters.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Line {
    /// Its first text.
    pub(in crate::extract) first: NodeId,
    /// The nearest block element around it.
    pub(in crate::extract) block: NodeId,
    /// That element's tag.
    pub(in crate::extract) tag: Tag,
    /// Bytes of text, runs of white space counted once.
    pub(in crate::extract) len: u32,
    /// Those of them inside links.
    pub(in crate::extract) link: u32,
    /// Commas of all scripts.
    pub(in crate::extract) commas: u32,
    /// Ends of sentences.
    pub(in crate::extract) stops: u32,
    /// Does it stand in a heading?
    pub(in crate::extract) heading: bool,
    /// Does it begin with a link?
    pub(in crate::extract) led: bool,
}

/// Shorter runs of text are rarely prose.
const SHORT: u32 = 50;
/// No line counts for more than this, so that one long notice outweighs no article.
const LONG: i32 = 700;

impl Line {
    pub(super) fn new(first: NodeId, block: NodeId, tag: Tag) -> Self {
        Self {
            first,
            block,
            tag,
            len: 0,
            link: 0,
            commas: 0,
            stops: 0,
            heading: false,
            led: false,
        }
    }

    /// Adds a text to it.
    pub(super) fn add(&mut self, text: &str, in_link: bool) {
        let bytes = text.as_bytes();
        let mut len = 0;
        let mut space = true;
        for (at, byte) in bytes.iter().enumerate() {
            let white = byte.is_ascii_whitespace();
            len += u32::from(!(white && space));
            space = white;
            match byte {
                b',' | b';' => self.commas += 1,
                b'.' | b'!' | b'?' => {
                    let ends = bytes.get(at + 1).is_none_or(|b| !b.is_ascii_alphanumeric());
                    self.stops += u32::from(ends);
                }
                // U+3001 and U+3002, the comma and the full stop of Chinese and Japanese.
                0x81 | 0x82 if at >= 2 && bytes[at - 2..at] == [0xe3, 0x80] => {
                    self.commas += u32::from(*byte == 0x81);
                    self.stops += u32::from(*byte == 0x82);
                }
                _ => {}
            }
        }
        self.led |= self.len == 0 && in_link;
        self.len += len;
        self.link += if in_link { len } else { 0 };
    }

    /// Is it prose rather than a label or a link?
    pub(in crate::extract) fn is_prose(&self) -> bool {
        !self.heading
            && self.len >= SHORT
            && self.link * 3 < self.len
            && (self.stops > 0 || self.commas > 1 || self.len > 160)
    }

    /// Is it an item that begins with a headline's link: another story with its teaser?
    pub(in crate::extract) fn is_teaser(&self) -> bool {
        self.tag == Tag::Li && self.led && self.link >= 25
    }

    /// What it is worth to an article that holds it; below nothing, what it costs.
    pub(super) fn worth(&self) -> i32 {
        let len = i32::try_from(self.len).unwrap_or(i32::MAX);
        let link = i32::try_from(self.link).unwrap_or(i32::MAX);
        if self.heading {
            return if self.link * 2 > self.len { -40 } else { 0 };
        }
        if self.is_teaser() {
            return -30;
        }
        if self.is_prose() {
            return (len - link).min(LONG);
        }
        if self.link * 2 > self.len {
            return -30 - link.min(60);
        }
        match self.tag {
            Tag::Td | Tag::Th | Tag::Li | Tag::Pre | Tag::Dd | Tag::Dt => 0,
            Tag::P | Tag::Blockquote | Tag::Figcaption => -3,
            _ => -15,
        }
    }
}
