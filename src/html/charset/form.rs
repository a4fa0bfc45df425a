//! Writes forms as browsers send them: in the letters of their page.
//!
//! Sources: HTML, 4.10.22.5 to 8 (picking an encoding, line ends), URL, 5.2, and Encoding, where a
//! letter that an encoding lacks becomes a numeric character reference.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;
use url::form_urlencoded;

use super::Charset;

/// The encoding in which a form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormCharset(&'static Encoding);

impl FormCharset {
    /// Picks it: the first known one of `accept-charset`, UTF-8 where that names none, and without
    /// that attribute the page's own.
    #[must_use]
    pub fn of(accepted: Option<&str>, page: Charset) -> Self {
        let by_label = |label: &str| Encoding::for_label(label.as_bytes());
        let encoding = match accepted {
            Some(labels) => labels
                .split([' ', '\t', '\n', '\r', ','])
                .find_map(by_label),
            None => by_label(page.name),
        };
        Self(encoding.unwrap_or(UTF_8).output_encoding())
    }

    /// Returns what a field named `_charset_` says.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Writes fields as `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn written(self, fields: &[(String, String)]) -> String {
        let encode: &dyn Fn(&str) -> Cow<'_, [u8]> = &|text| Cow::Owned(self.encoded(text));
        form_urlencoded::Serializer::new(String::new())
            .encoding_override(Some(encode))
            .extend_pairs(fields)
            .finish()
    }

    fn encoded(self, text: &str) -> Vec<u8> {
        let text = with_line_ends(text);
        if self.0 == WINDOWS_1258 {
            let apart: String = text.chars().flat_map(apart).collect();
            return self.0.encode(&apart).0.into_owned();
        }
        self.0.encode(&text).0.into_owned()
    }
}

/// Ends lines as forms do, whatever ended them.
fn with_line_ends(text: &str) -> Cow<'_, str> {
    if !text.contains(['\r', '\n']) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(lines.replace('\n', "\r\n"))
}

/// Marks of tone that windows-1258 has as letters of their own.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Takes the tone off a letter that windows-1258 only has without: a page's letters are composed by
/// the time that its form is filled, and its portal knows them as it wrote them.
fn apart(letter: char) -> Vec<char> {
    let whole = letter.to_string();
    if !WINDOWS_1258.encode(&whole).2 {
        return vec![letter];
    }
    let (tones, base): (Vec<_>, Vec<_>) = whole.nfd().partition(|c| TONES.contains(c));
    base.into_iter().nfc().chain(tones).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::CharsetSource;

    #[track_caller]
    fn check(accepted: Option<&str>, page: &'static str, value: &str, expected: &str) {
        let page = Charset {
            name: page,
            source: CharsetSource::Meta,
        };
        let fields = [("q".to_owned(), value.to_owned())];
        let got = FormCharset::of(accepted, page).written(&fields);
        assert_eq!(got, format!("q={expected}"), "{accepted:?} {page:?}");
    }

    #[test]
    fn a_form_is_sent_in_the_letters_of_its_page() {
        check(None, "UTF-8", "Tìm", "T%C3%ACm");
        check(None, "windows-1252", "Tìm é", "T%ECm+%E9");
        check(None, "windows-1258", "Thế hệ", "Th%EA%EC+h%EA%F2");
        check(None, "UTF-16LE", "é", "%C3%A9");
    }

    #[test]
    fn a_form_may_name_its_letters() {
        check(Some("utf-8"), "windows-1252", "é", "%C3%A9");
        check(Some("x-la, iso-8859-1"), "UTF-8", "é", "%E9");
        check(Some(""), "windows-1252", "é", "%C3%A9");
    }

    #[test]
    fn a_letter_that_is_missing_is_written_by_its_number() {
        check(None, "windows-1252", "ế", "%26%237871%3B");
    }

    #[test]
    fn lines_end_as_forms_end_them() {
        check(None, "UTF-8", "a\nb\r\nc\rd", "a%0D%0Ab%0D%0Ac%0D%0Ad");
    }
}
