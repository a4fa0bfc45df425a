//! Replaces character references (`&amp;`, `&#7897;`) by what they stand for.
//!
//! Source: WHATWG HTML § 13.2.5.72 to 80; the table of names is html5ever's.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name that needs no semicolon behind it has so many letters (`frac14`).
const LONGEST_BARE: usize = 6;
/// No name is longer, with its semicolon (`CounterClockwiseContourIntegral;`).
const LONGEST: usize = 32;

/// Returns `text` with all references replaced; `None` where it has none.
///
/// Linear in `text.len()`.
pub(super) fn replaced(text: &str, in_attribute: bool) -> Option<String> {
    let mut next = memchr::memchr(b'&', text.as_bytes())?;
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        replaced.push_str(&rest[..next]);
        rest = &rest[next + 1..];
        match reference(rest.as_bytes(), in_attribute) {
            Some((letters, len)) => {
                replaced.extend(letters.into_iter().filter(|c| *c != '\0'));
                rest = &rest[len..];
            }
            None => replaced.push('&'),
        }
        match memchr::memchr(b'&', rest.as_bytes()) {
            Some(found) => next = found,
            None => break,
        }
    }
    replaced.push_str(rest);
    Some(replaced)
}

/// Reads a reference from behind its `&`: its one or two letters, and how long it is.
fn reference(bytes: &[u8], in_attribute: bool) -> Option<([char; 2], usize)> {
    match bytes.first()? {
        b'#' => {
            let (number, len) = numeric(&bytes[1..])?;
            Some(([letter(number), '\0'], 1 + len))
        }
        _ => named(bytes, in_attribute),
    }
}

fn numeric(bytes: &[u8]) -> Option<(u32, usize)> {
    let (base, mark) = match bytes.first()? {
        b'x' | b'X' => (16, 1),
        _ => (10, 0),
    };
    let digits = bytes[mark..].iter().map(|b| char::from(*b).to_digit(base));
    let (mut number, mut len) = (0_u32, mark);
    for digit in digits.map_while(|digit| digit) {
        number = number.saturating_mul(base).saturating_add(digit);
        len += 1;
    }
    let semicolon = bytes.get(len) == Some(&b';');
    (len > mark).then_some((number, len + usize::from(semicolon)))
}

/// Pages that say `&#150;` mean windows-1252.
fn letter(number: u32) -> char {
    let windows = (0x80..0xA0)
        .contains(&number)
        .then(|| number as usize - 0x80);
    windows
        .and_then(|at| C1_REPLACEMENTS[at])
        .or_else(|| char::from_u32(number).filter(|c| *c != '\0'))
        .unwrap_or('\u{FFFD}')
}

/// The longest name counts that stands here. In addresses (`?a=1&copy=2`) it must not go on.
fn named(bytes: &[u8], in_attribute: bool) -> Option<([char; 2], usize)> {
    let letters = bytes
        .iter()
        .take(LONGEST)
        .take_while(|b| b.is_ascii_alphanumeric());
    let len = letters.count();
    let known = |len: usize| {
        let name = str::from_utf8(&bytes[..len]).ok()?;
        let (first, second) = *NAMED_ENTITIES.get(name)?;
        let first = char::from_u32(first).filter(|c| *c != '\0')?; // 0 is the beginning of a name
        Some(([first, char::from_u32(second)?], len))
    };
    if bytes.get(len) == Some(&b';')
        && let Some(found) = known(len + 1)
    {
        return Some(found);
    }
    let (letters, end) = (2..=len.min(LONGEST_BARE)).rev().find_map(known)?;
    let goes_on = |next: &u8| *next == b'=' || next.is_ascii_alphanumeric();
    let part_of_more = in_attribute && bytes.get(end).is_some_and(goes_on);
    (!part_of_more).then_some((letters, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, in_attribute: bool, expected: &str) {
        let got = replaced(text, in_attribute).unwrap_or_else(|| text.to_owned());
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn references_are_replaced_as_browsers_replace_them() {
        for (text, expected) in [
            ("a &amp; b", "a & b"),
            ("&ampb &notit; &notin; &", "&b ¬it; ∉ &"),
            (
                "&#272;&#x1ED9;&#X1ED9&#150;&#0;&#xD800;&#99999999999;",
                "Độộ–\u{FFFD}\u{FFFD}\u{FFFD}",
            ),
            ("&#; &#x; &#xg; &x; &; &amp", "&#; &#x; &#xg; &x; &; &"),
            ("&CounterClockwiseContourIntegral;&nGt;", "∳≫\u{20D2}"),
        ] {
            check(text, false, expected);
        }
    }

    #[test]
    fn in_an_attribute_a_bare_name_must_end() {
        check(
            "?a=1&copy=2&copyx&copy;&copy-",
            true,
            "?a=1&copy=2&copyx©©-",
        );
    }
}
