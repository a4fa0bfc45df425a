//! Finds the character set of a page and decodes it.
//!
//! The order is that of WHATWG HTML § 13.2.3.2: byte order mark, HTTP header, `meta`, guess. Where
//! it differs, the reader wins: a label that the bytes themselves disprove is not believed.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use super::letters;

mod form;
mod meta;

pub use form::FormCharset;

/// How much of a page is looked at to know text for old fonts.
const LOOKED_AT: usize = 1 << 16;

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
    /// Nobody, but the bytes leave no doubt: they are UTF-8, or ASCII alone.
    Bytes,
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
    match shape {
        Shape::Ascii | Shape::Utf8 => (UTF_8, CharsetSource::Bytes),
        Shape::Mixed => (UTF_8, CharsetSource::Guess),
        Shape::NotUtf8 => (guess(bytes), CharsetSource::Guess),
    }
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

/// Finds the encoding of a label, unless it is one that browsers refuse to read. Pages for old fonts
/// were told to say `x-user-defined`, which is read as windows-1252 as WHATWG HTML has it for `meta`.
fn readable(label: &str) -> Option<&'static Encoding> {
    let found = Encoding::for_label(label.as_bytes()).filter(|e| *e != REPLACEMENT)?;
    Some(if found == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        found
    })
}

/// What the bytes themselves tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Nothing but ASCII.
    Ascii,
    /// UTF-8 beyond doubt: letters of several bytes, and hardly an error. In no other character
    /// set do letters follow each other so.
    Utf8,
    /// Mostly UTF-8, with pieces of something else.
    Mixed,
    /// Not UTF-8: more errors than letters of several bytes.
    NotUtf8,
}

impl Shape {
    fn of(bytes: &[u8]) -> Self {
        if !bytes.is_ascii() && str::from_utf8(bytes).is_ok() {
            return Self::Utf8;
        }
        let (letters, errors) = letters_and_errors(bytes);
        match (letters, errors) {
            (0, 0) if memchr::memchr(0, bytes).is_none() => Self::Ascii,
            (0, 0) => Self::Mixed, // every second byte of UTF-16 may be zero
            _ if errors <= letters / 8 || errors == 1 && letters > 0 => Self::Utf8,
            _ if errors < letters => Self::Mixed,
            _ => Self::NotUtf8,
        }
    }

    /// Can the bytes be in this encoding, as it was named?
    fn allows(self, encoding: &'static Encoding) -> bool {
        match self {
            Self::Ascii => ![UTF_16LE, UTF_16BE].contains(&encoding),
            Self::Utf8 => encoding == UTF_8,
            Self::Mixed => true,
            Self::NotUtf8 => encoding != UTF_8,
        }
    }
}

/// Counts the letters of several bytes, and the stretches that are not UTF-8.
fn letters_and_errors(bytes: &[u8]) -> (usize, usize) {
    let chunks = bytes.utf8_chunks();
    chunks.fold((0, 0), |(letters, errors), chunk| {
        let own = chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        (
            letters + own,
            errors + usize::from(!chunk.invalid().is_empty()),
        )
    })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let latin = WINDOWS_1252
        .decode_without_bom_handling(&bytes[..bytes.len().min(LOOKED_AT)])
        .0;
    if letters::looks_legacy(&latin) {
        return WINDOWS_1252; // font text stands in no character set; this one loses no byte
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == UTF_8 { WINDOWS_1252 } else { guess }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CharsetSource::{Bom, Bytes, Guess, Header, Meta};
    use unicode_normalization::UnicodeNormalization;

    const VIETNAMESE: &str = "Ủy ban nhân dân xã họp bàn về việc sửa đường liên thôn";

    #[track_caller]
    fn check(bytes: &[u8], content_type: Option<&str>, name: &str, source: CharsetSource) {
        let (_, charset) = decode_page(bytes, content_type);
        assert_eq!((charset.name, charset.source), (name, source));
    }

    fn page(meta: &str, body: &[u8]) -> Vec<u8> {
        [b"<html><head>", meta.as_bytes(), b"</head><p>", body].concat()
    }

    #[test]
    fn mark_header_meta_and_guess_are_asked_in_this_order() {
        let plain = page("<meta charset=windows-1251>", b"abc");
        check(
            b"\xEF\xBB\xBFabc",
            Some("text/html; charset=gbk"),
            "UTF-8",
            Bom,
        );
        check(
            b"\xFF\xFEa\0b\0",
            Some("text/html; charset=gbk"),
            "UTF-16LE",
            Bom,
        );
        check(&plain, Some("text/html;Charset=\"GBK\""), "GBK", Header);
        check(&plain, Some("text/html"), "windows-1251", Meta);
        check(
            &plain,
            Some("text/html; charset=nonsense"),
            "windows-1251",
            Meta,
        );
        check(b"abc", None, "UTF-8", Bytes);
    }

    #[test]
    fn meta_elements_are_found_as_browsers_find_them() {
        for meta in [
            "<meta http-equiv=Content-Type content='text/html; charset=windows-1258'>",
            "<META CONTENT=\"text/html;charset=windows-1258\" HTTP-EQUIV=\"content-type\">",
            "<!-- <meta charset=gbk> --><meta charset = 'windows-1258' >",
            "<meta name=a content='charset=gbk'><meta/charset=\"cp1258\">",
            "<meta charset=nonsense><meta charset=windows-1258>",
        ] {
            check(&page(meta, b"abc"), None, "windows-1258", Meta);
        }
        check(&page("<meta charset=utf-16>", b"abc"), None, "UTF-8", Meta);
        check(
            &page("<meta charset=x-user-defined>", b"\xE9"),
            None,
            "windows-1252",
            Meta,
        );
    }

    #[test]
    fn a_label_that_the_bytes_disprove_is_not_believed() {
        let utf8 = page("<meta charset=windows-1252>", VIETNAMESE.as_bytes());
        check(&utf8, Some("text/html; charset=iso-8859-1"), "UTF-8", Bytes);
        let (latin, ..) = WINDOWS_1252.encode("été à Orléans, très agité");
        let latin = page("<meta charset=iso-8859-1>", &latin);
        check(
            &latin,
            Some("text/html; charset=utf-8"),
            "windows-1252",
            Meta,
        );
        check(
            b"a\0b\0c\0",
            Some("text/html; charset=utf-16le"),
            "UTF-16LE",
            Header,
        );
        check(b"abc", Some("text/html; charset=utf-16le"), "UTF-8", Bytes);
    }

    #[test]
    fn a_page_cut_in_a_letter_or_with_a_stray_byte_is_still_utf8() {
        let whole = VIETNAMESE.as_bytes();
        check(&whole[..whole.len() - 4], None, "UTF-8", Bytes);
        check(
            &[whole, b"\xE9", whole].concat(),
            Some("a; charset=utf-8"),
            "UTF-8",
            Header,
        );
    }

    /// Writes a letter as windows-1258 does: with its hat or horn, and its tone after it.
    fn tone_apart(letter: char) -> Vec<char> {
        let is_tone = |c: &char| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*c);
        let (tone, rest): (Vec<_>, Vec<_>) = letter.nfd().partition(is_tone);
        rest.into_iter().nfc().chain(tone).collect()
    }

    #[test]
    fn windows_1258_and_font_text_are_guessed() {
        let marks: String = VIETNAMESE.chars().flat_map(tone_apart).collect();
        let (bytes, encoding, lost) = encoding_rs::WINDOWS_1258.encode(&marks);
        assert!(!lost, "{encoding:?}");
        check(&bytes.repeat(8), None, "windows-1258", Guess);
        let tcvn =
            b"Nh\xF7ng th\xF6a ru\xE9ng b\xCBc thang \xAE\xB7 ng\xB6 v\xB5ng, \xAE\xAD\xEEc m\xEAa";
        check(&tcvn.repeat(8), None, "windows-1252", Guess);
    }

    #[test]
    fn plain_text_is_decoded_without_asking_for_meta() {
        assert_eq!(decode("Việt".as_bytes(), None), "Việt");
        assert_eq!(decode(b"\xEF\xBB\xBFa", None), "a");
        assert_eq!(
            decode(b"\xE9t\xE9", Some("text/plain; charset=latin1")),
            "été"
        );
        assert_eq!(
            decode(b"<meta charset=gbk>\xC3\xA9", None),
            "<meta charset=gbk>é"
        );
    }
}
