//! Letters, and their lower case, by a table.
//!
//! Every letter of a page is asked for several times, and the standard library searches for each that
//! is not ASCII: for Vietnamese prose that was a good part of all time.

use std::sync::LazyLock;

/// The table holds the letters below this: Latin with all its marks, Greek, Cyrillic, Arabic, Thai.
const TABLED: u32 = 0x2000;

/// For each letter or digit what it is in lower case; 0 for all else.
static LOWER: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let low = |c: char| u16::try_from(u32::from(lower_of(c))).unwrap_or(0);
    let letters = (0..TABLED).map(|code| char::from_u32(code).filter(|c| c.is_alphanumeric()));
    letters.map(|letter| letter.map_or(0, low)).collect()
});

/// Of the one letter that becomes two in lower case (`İ`), the second is a mark.
fn lower_of(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Is it a letter? The same as [`char::is_alphabetic`].
#[must_use]
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    // Digits beyond ASCII begin with Arabic's, but for ¼, ² and the like.
    match LOWER.get(c as usize) {
        Some(low)
            if ('\u{C0}'..'\u{600}').contains(&c) || ('\u{1E00}'..'\u{2000}').contains(&c) =>
        {
            *low != 0
        }
        _ => c.is_alphabetic(),
    }
}

/// Is it a letter or a digit? The same as [`char::is_alphanumeric`].
#[must_use]
pub fn is_letter_or_digit(c: char) -> bool {
    LOWER
        .get(c as usize)
        .map_or_else(|| c.is_alphanumeric(), |low| *low != 0)
}

/// Walks the letters and digits of a text alone, in lower case.
pub fn folded(text: &str) -> impl Iterator<Item = char> {
    let table: &[u16] = &LOWER;
    text.chars()
        .filter_map(move |c| match table.get(c as usize) {
            Some(0) => None,
            Some(low) => char::from_u32(u32::from(*low)),
            None => c.is_alphanumeric().then(|| lower_of(c)),
        })
}

/// Returns a text in lower case, as [`str::to_lowercase`] does.
#[must_use]
pub fn lowered(text: &str) -> String {
    let table: &[u16] = &LOWER;
    let mut low = String::with_capacity(text.len());
    for c in text.chars() {
        match table.get(c as usize) {
            // One becomes two letters, one is written otherwise at a word's end.
            _ if matches!(c, 'İ' | 'Σ') => return text.to_lowercase(),
            // Of what is no letter or digit, circled letters alone have a lower case, far behind.
            Some(0) => low.push(c),
            Some(letter) => low.extend(char::from_u32(u32::from(*letter))),
            None => low.extend(c.to_lowercase()),
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_unicode_says() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            let alone = c.to_string();
            assert_eq!(lowered(&alone), alone.to_lowercase(), "{c:?}");
            let letters: String = folded(&alone).collect();
            let low = alone.to_lowercase();
            let expected = if c.is_alphanumeric() { &low } else { "" };
            assert_eq!(letters, expected.trim_end_matches('\u{307}'), "{c:?}");
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
        }
        assert_eq!(lowered("ΟΔΟΣ ỦY BAN"), "οδος ủy ban");
    }
}
