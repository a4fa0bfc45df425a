//! Looks for the character set that a page names in a `meta` element, before it is decoded.
//!
//! Source: WHATWG HTML § 13.2.3.2, prescan a byte stream to determine its encoding.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into the page is looked. The standard says 1024 bytes; portals put scripts first.
const REACH: usize = 4096;

/// Finds the encoding that the first `meta` with a usable label names.
pub(super) fn label(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut rest = &bytes[..bytes.len().min(REACH)];
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix(b"<!--") {
            rest = skip_past(after, b"-->");
            continue;
        }
        let (found, after) = tag(rest);
        if found.is_some() {
            return found;
        }
        rest = after;
    }
    None
}

fn skip_past<'a>(bytes: &'a [u8], end: &[u8]) -> &'a [u8] {
    match memchr::memmem::find(bytes, end) {
        Some(at) => &bytes[at + end.len()..],
        None => &[],
    }
}

/// Reads one tag; returns what it names, if it is a `meta`, and the bytes after it.
fn tag(bytes: &[u8]) -> (Option<&'static Encoding>, &[u8]) {
    let is_meta = bytes.len() > 5
        && bytes[1..5].eq_ignore_ascii_case(b"meta")
        && (bytes[5].is_ascii_whitespace() || bytes[5] == b'/');
    if !is_meta {
        return (None, &bytes[1..]);
    }
    let mut scanner = Attributes(&bytes[5..]);
    let (mut charset, mut content, mut is_type) = (None, None, false);
    while let Some((name, value)) = scanner.next() {
        match name.to_ascii_lowercase().as_slice() {
            b"charset" => charset = charset.or(encoding(value)),
            b"content" => content = content.or(in_content(value)),
            b"http-equiv" => is_type |= value.eq_ignore_ascii_case(b"content-type"),
            _ => {}
        }
    }
    let named = charset.or(content.filter(|_| is_type));
    (named, scanner.0)
}

fn encoding(label: &[u8]) -> Option<&'static Encoding> {
    let found = super::readable(std::str::from_utf8(label).ok()?)?;
    let ascii = ![UTF_16LE, UTF_16BE].contains(&found); // this very label was read as ASCII
    Some(if ascii { found } else { UTF_8 })
}

/// Finds the label in `text/html; charset=…`.
fn in_content(value: &[u8]) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let at = memchr::memmem::find(&lower, b"charset")? + b"charset".len();
    let label = lower[at..].trim_ascii_start().strip_prefix(b"=")?;
    let label = label.trim_ascii_start();
    let quotes = |b: &u8| matches!(b, b'"' | b'\'');
    let label = label.strip_prefix(b"\"").unwrap_or(label);
    let label = label.strip_prefix(b"'").unwrap_or(label);
    let ends = |b: &u8| b.is_ascii_whitespace() || *b == b';' || quotes(b);
    encoding(label.split(ends).next()?)
}

/// Walks the attributes of a tag, from after its name to its `>`.
struct Attributes<'a>(&'a [u8]);

impl<'a> Attributes<'a> {
    fn next(&mut self) -> Option<(&'a [u8], &'a [u8])> {
        self.skip(|b| b.is_ascii_whitespace() || b == b'/');
        let name = self.take(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/'));
        self.skip(|b| b.is_ascii_whitespace());
        match self.0.first() {
            Some(b'=') => {
                self.0 = &self.0[1..];
                let value = self.value();
                Some((name, value))
            }
            _ if name.is_empty() => None,
            _ => Some((name, b"")),
        }
    }

    fn value(&mut self) -> &'a [u8] {
        self.skip(|b| b.is_ascii_whitespace());
        match self.0.first() {
            Some(&quote @ (b'"' | b'\'')) => {
                self.0 = &self.0[1..];
                let value = self.take(|b| b != quote);
                self.0 = self.0.get(1..).unwrap_or_default();
                value
            }
            _ => self.take(|b| !b.is_ascii_whitespace() && b != b'>'),
        }
    }

    fn skip(&mut self, unwanted: impl Fn(u8) -> bool) {
        self.take(unwanted);
    }

    fn take(&mut self, wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.0.iter().position(|b| !wanted(*b));
        let (taken, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        taken
    }
}
