//! Finds the character set of a page and decodes it.
//!
//! The order is that of WHATWG HTML § 13.2.3.2: byte order mark, HTTP header, `meta`, guess. Where
//! it differs, the reader wins: a label that the bytes themselves disprove is not believed.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

mod meta;

/// A page's character set, and who said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charset {
    /// Its name in WHATWG Encoding.
    pub name: &'static str,
    /// Who said so.
    pub source: CharsetSource,
}

/// Who named a page's character set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharsetSource {
    /// The byte order mark.
    Bom,
    /// The HTTP header.
    Header,
    /// A `meta` element.
    Meta,
    /// Nobody: the bytes look like it.
    Guess,
}

/// Decodes a plain text: byte order mark, `content_type`, then a guess. What cannot be read becomes
/// U+FFFD.
#[must_use]
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> String {
    let (encoding, _) = choose(bytes, content_type, None);
    encoding.decode(bytes).0.into_owned()
}

/// Decodes a page, whose own `meta` elements count too.
pub(super) fn decode_page<'a>(
    bytes: &'a [u8],
    content_type: Option<&str>,
) -> (std::borrow::Cow<'a, str>, Charset) {
    let (encoding, source) = choose(bytes, content_type, meta::label(bytes));
    let name = encoding.name();
    let (text, ..) = encoding.decode(bytes);
    (text, Charset { name, source })
}

fn choose(
    bytes: &[u8],
    content_type: Option<&str>,
    meta: Option<&'static Encoding>,
) -> (&'static Encoding, CharsetSource) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, CharsetSource::Bom);
    }
    let header = content_type.and_then(header_label);
    let named = [(header, CharsetSource::Header), (meta, CharsetSource::Meta)];
    let shape = Shape::of(bytes);
    for (encoding, source) in named {
        if let Some(encoding) = encoding.filter(|e| shape.allows(e)) {
            return (encoding, source);
        }
    }
    (guess(bytes, shape), CharsetSource::Guess)
}

/// Reads the label of a `Content-Type` value (`text/html; charset="utf-8"`).
fn header_label(content_type: &str) -> Option<&'static Encoding> {
    let mut parameters = content_type.split(';').skip(1);
    let label = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches(['"', '\'']))
    })?;
    readable(label)
}

/// Finds the encoding of a label, unless it is one that browsers refuse to read.
fn readable(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).filter(|e| *e != REPLACEMENT && *e != X_USER_DEFINED)
}

/// What the bytes themselves tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Nothing but ASCII.
    Ascii,
    /// UTF-8 beyond doubt: letters of several bytes, and hardly an error. In no other character
    /// set do letters follow each other so.
    Utf8,
    /// Not UTF-8: more errors than letters of several bytes.
    NotUtf8,
}

impl Shape {
    fn of(bytes: &[u8]) -> Self {
        let (mut letters, mut errors) = (0_usize, 0_usize);
        for chunk in bytes.utf8_chunks() {
            letters += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
            errors += usize::from(!chunk.invalid().is_empty());
        }
        match (letters, errors) {
            (0, 0) => Self::Ascii,
            _ if errors <= letters / 8 || errors == 1 && letters > 0 => Self::Utf8,
            _ => Self::NotUtf8,
        }
    }

    /// Can the bytes be in this encoding, as it was named?
    fn allows(self, encoding: &'static Encoding) -> bool {
        match self {
            Self::Ascii => ![UTF_16LE, UTF_16BE].contains(&encoding),
            Self::Utf8 => encoding == UTF_8,
            Self::NotUtf8 => encoding != UTF_8,
        }
    }
}

fn guess(bytes: &[u8], shape: Shape) -> &'static Encoding {
    match shape {
        Shape::Ascii | Shape::Utf8 => return UTF_8,
        Shape::NotUtf8 => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == UTF_8 { WINDOWS_1252 } else { guess }
}
