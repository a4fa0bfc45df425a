//! Tidies a text's characters before it is read, and remembers where each came from.
//!
//! One spelling per letter: NFC, no invisible characters, `đ` for its look-alike `ð`, ASCII digits
//! for those of other scripts and for enclosed, raised-to-one-character and full-width forms. Most
//! texts need nothing of this and are only looked over.
//!
//! Source: UAX #15; Unicode 16 for the zeros of all decimal digits.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A tidied text that knows the places of the text it was made of.
pub(super) struct Clean<'a> {
    text: Cow<'a, str>,
    /// Where each piece of the tidied text begins, and its place in the given text; empty where
    /// nothing was changed.
    pieces: Vec<(usize, Range<usize>)>,
}

impl<'a> Clean<'a> {
    /// Tidies `text`.
    pub(super) fn of(text: &'a str) -> Self {
        if text.chars().all(is_tidy) {
            return Self {
                text: Cow::Borrowed(text),
                pieces: Vec::new(),
            };
        }
        let mut tidy = String::with_capacity(text.len());
        let mut pieces = Vec::new();
        for place in clusters(text) {
            let start = tidy.len();
            if part_of_subscript(text, &place) || lists_subscripts(text, &place) {
                tidy.push(' ');
            }
            let kept = text[place.clone()].chars().filter(|c| !is_invisible(*c));
            let mut plain = String::new();
            if !lists_subscripts(text, &place) {
                kept.for_each(|c| push_plain(&mut plain, c));
            }
            tidy.extend(plain.nfc());
            if tidy.len() > start {
                pieces.push((start, place));
            }
        }
        Self {
            text: Cow::Owned(tidy),
            pieces,
        }
    }

    /// Returns the tidied text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Is the tidied text the given one?
    pub(super) fn is_unchanged(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// Returns the place in the given text of a place in the tidied one.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        if self.is_unchanged() || self.pieces.is_empty() {
            return range.clone();
        }
        let piece = |at: usize| {
            let next = self.pieces.partition_point(|(start, _)| *start <= at);
            self.pieces[next.saturating_sub(1)].1.clone()
        };
        piece(range.start).start..piece(range.end.saturating_sub(1)).end
    }
}

/// Characters that are as they should be whatever stands beside them.
fn is_tidy(c: char) -> bool {
    matches!(c,
        '\0'..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='»' | '¿'..='Ï' | 'Ñ'..='ï' | 'ñ'..='ſ'
        | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ạ'..='ỹ' | '‐'..='\u{2027}' | '‰' | '′' | '″' | '₫' | '€'
    )
}

/// Zero-width characters, joiners, direction marks, variation selectors, soft hyphens.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Cuts a text before every character that cannot melt into the one before it.
fn clusters(text: &str) -> impl Iterator<Item = Range<usize>> {
    let starts = text.char_indices().filter(|(_, c)| is_start(*c)).skip(1);
    let mut from = 0;
    starts.map(|(at, _)| at).chain([text.len()]).map(move |to| {
        let cluster = from..to;
        from = to;
        cluster
    })
}

fn is_start(c: char) -> bool {
    !is_invisible(c)
        && canonical_combining_class(c) == 0
        && is_nfc_quick(std::iter::once(c)) != IsNormalized::Maybe
}

/// "log₂8": the digit behind a lowered one, which must not become one number with it.
fn part_of_subscript(text: &str, place: &Range<usize>) -> bool {
    let plain = text[place.clone()].starts_with(|c: char| c.is_ascii_digit());
    plain && text[..place.start].ends_with(is_lowered)
}

/// "x₁,₂": the comma between lowered digits.
fn lists_subscripts(text: &str, place: &Range<usize>) -> bool {
    &text[place.clone()] == ","
        && text[..place.start].ends_with(is_lowered)
        && text[place.end..].starts_with(is_lowered)
}

fn is_lowered(c: char) -> bool {
    matches!(c, '\u{2080}'..='\u{2089}')
}

fn push_plain(out: &mut String, c: char) {
    match c {
        '❶'..='➓' => {
            let number = (u32::from(c) - u32::from('❶')) % 10 + 1;
            out.push_str(&number.to_string());
        }
        'ð' => out.push('đ'),
        'Ð' => out.push('Đ'),
        '⁄' | '∕' => out.push('/'),
        _ if is_compatible_form(c) => decompose_compatible(c, |part| {
            out.push(if part == '⁄' { '/' } else { part });
        }),
        _ => out.push(ascii_digit(c).unwrap_or(c)),
    }
}

/// Full-width forms, fractions, Roman numeral signs, enclosed numbers, unit squares, low digits.
fn is_compatible_form(c: char) -> bool {
    matches!(c,
        '¼'..='¾' | '\u{2080}'..='\u{2089}' | '\u{2100}'..='\u{2121}' | '\u{2150}'..='\u{217f}'
        | '\u{2189}' | '\u{2460}'..='\u{24ff}' | '\u{3250}'..='\u{33ff}' | '\u{fb00}'..='\u{fb06}'
        | '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}' | '\u{1f100}'..='\u{1f12b}'
    )
}

fn ascii_digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let next = ZEROS.partition_point(|zero| *zero <= code);
    let zero = *ZEROS.get(next.checked_sub(1)?)?;
    char::from_digit(code.checked_sub(zero).filter(|n| *n < 10)?, 10)
}

/// The zeros of all scripts that write decimal digits (general category Nd), ascending.
const ZEROS: &[u32] = &[
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0,
    0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50,
    0x11da0, 0x11f50, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2,
    0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, tidy: &str, place_of_last: &str) {
        let clean = Clean::of(given);
        assert_eq!(clean.text(), tidy);
        let last = tidy.char_indices().next_back().map_or(0, |(at, _)| at);
        assert_eq!(&given[clean.place(&(last..tidy.len()))], place_of_last);
    }

    #[test]
    fn letters_get_one_spelling_and_keep_their_places() {
        check("hòa bình", "hòa bình", "h");
        check("Vie\u{323}\u{302}t", "Việt", "t");
        check("a\u{200b}e\u{301}", "aé", "e\u{301}");
        check("ðã", "đã", "ã");
        check(
            "m\u{301}\u{200d}\u{323}",
            "\u{1e43}\u{301}",
            "m\u{301}\u{200d}\u{323}",
        );
    }

    #[test]
    fn digits_of_all_kinds_become_ascii() {
        check("２０", "20", "０");
        check("٣", "3", "٣");
        check("½", "1/2", "½");
        check("CO₂", "CO2", "₂");
        check("Ⅷ", "VIII", "Ⅷ");
        check("5㎞", "5km", "㎞");
    }
}
