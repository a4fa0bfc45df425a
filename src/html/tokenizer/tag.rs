//! Reads a tag with its attributes.

use std::ops::Range;

use super::Tokenizer;
use html5ever::{
    Attribute, LocalName, QualName, ns,
    tendril::StrTendril,
    tokenizer::{Tag as TagToken, TagKind},
};

/// Most attributes of a tag: each is held against all before it, and no page has so many.
const MOST_ATTRS: usize = 256;

/// Attributes that draw (SVG), run or guard something, and say nothing about what is read. So do
/// all whose name begins with `on`, `onclick` aside.
const UNREAD: [&str; 15] = [
    "autocomplete",
    "crossorigin",
    "d",
    "fetchpriority",
    "fill",
    "integrity",
    "jsaction",
    "jscontroller",
    "jsdata",
    "nonce",
    "points",
    "ping",
    "stroke",
    "transform",
    "viewbox",
];

/// Within so many bytes a `data:` address says its type.
const LONGEST_DATA_TYPE: usize = 100;

impl Tokenizer<'_> {
    /// Reads a tag; one that the page's end cuts is none.
    pub(super) fn tag(&mut self, kind: TagKind) {
        self.at += if kind == TagKind::StartTag { 1 } else { 2 };
        let name = self.at..self.after(|b| is_blank(b) || b == b'/' || b == b'>');
        self.at = name.end;
        let mut tag = TagToken {
            kind,
            name: self.names.of(&self.text[name]),
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        loop {
            self.at = self.after(|b| !is_blank(b));
            match self.byte(self.at) {
                None => return,
                Some(b'>') => break,
                Some(b'/') => {
                    self.at += 1;
                    tag.self_closing = self.byte(self.at) == Some(b'>');
                }
                Some(_) => self.attribute(&mut tag),
            }
        }
        self.at += 1;
        self.pass(tag);
    }

    /// Returns the first place from here on whose byte `ends` what stands here.
    fn after(&self, ends: impl Fn(u8) -> bool) -> usize {
        let len = self.rest().iter().position(|b| ends(*b));
        len.map_or(self.text.len(), |len| self.at + len)
    }

    fn attribute(&mut self, tag: &mut TagToken) {
        let start = self.at;
        self.at += 1; // even "=" begins a name
        self.at = self.after(|b| is_blank(b) || matches!(b, b'/' | b'>' | b'='));
        let name = start..self.at;
        let value = self.value();
        if tag.kind == TagKind::EndTag || tag.attrs.len() >= MOST_ATTRS {
            return;
        }
        let written = &self.text[name];
        if is_unread(written) {
            return;
        }
        let name = self.names.of(written);
        if has(&tag.attrs, &name) {
            return;
        }
        let value = self.letters(value);
        tag.attrs.push(Attribute {
            name: QualName::new(None, ns!(), name),
            value,
        });
    }

    /// Reads what stands behind a name: where its value lies, which is nowhere without a `=`.
    fn value(&mut self) -> Range<usize> {
        let next = self.after(|b| !is_blank(b));
        if self.byte(next) != Some(b'=') {
            return next..next;
        }
        self.at = next + 1;
        self.at = self.after(|b| !is_blank(b));
        let start = self.at;
        match self.byte(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let len = memchr::memchr(quote, &self.rest()[1..]);
                let end = len.map_or(self.text.len(), |len| start + 1 + len);
                self.at = (end + 1).min(self.text.len());
                start + 1..end
            }
            _ => {
                self.at = self.after(|b| is_blank(b) || b == b'>');
                start..self.at
            }
        }
    }

    /// Returns a value's letters, or only the beginning of a picture that is written out in it.
    fn letters(&self, value: Range<usize>) -> StrTendril {
        let len = data_address_len(&self.text[value.clone()]).unwrap_or(value.len());
        let letters = self.referring(value.start..value.start + len, true);
        match memchr::memchr(0, letters.as_bytes()) {
            Some(_) => StrTendril::from(letters.replace('\0', "\u{FFFD}")),
            None => letters,
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0C | b' ')
}

fn is_unread(name: &str) -> bool {
    let bytes = name.as_bytes();
    let begins_on = bytes.len() > 2 && bytes[..2].eq_ignore_ascii_case(b"on");
    // What a pager's link calls may stand in this one alone.
    begins_on && !name.eq_ignore_ascii_case("onclick")
        || UNREAD
            .iter()
            .any(|unread| name.eq_ignore_ascii_case(unread))
}

fn has(attrs: &[Attribute], name: &LocalName) -> bool {
    attrs.iter().any(|attr| attr.name.local == *name)
}

/// Returns how much of a `data:` address (RFC 2397) says what it is, before its bytes begin. Where a
/// blank stands behind it, other addresses may follow (`srcset`).
fn data_address_len(value: &str) -> Option<usize> {
    let bytes = value.as_bytes().strip_prefix(b"data:")?;
    let head = &bytes[..bytes.len().min(LONGEST_DATA_TYPE)];
    let mark = memchr::memmem::find(head, b";base64,")?;
    let alone = memchr::memchr(b' ', bytes).is_none();
    alone.then_some("data:".len() + mark + ";base64,".len())
}
