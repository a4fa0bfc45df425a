//! Brings text into NFC and takes out characters that are not seen and must not be heard.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Zero-width space, word joiner, byte order mark, soft hyphen: never a letter of anything.
const INVISIBLE: [char; 4] = ['\u{200B}', '\u{2060}', '\u{FEFF}', '\u{00AD}'];

/// Is a letter as it should be, at first sight? Most letters and signs of Latin, Cyrillic, Chinese,
/// Japanese and Korean are: NFC leaves them alone whatever stands beside them, and they are seen. All
/// others are worth a second look.
pub(super) fn is_plain(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\u{C}' | '\r' | ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}'
        | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2029}' | '\u{202F}'..='\u{205F}'
        | '\u{20A0}'..='\u{20C0}' | '\u{2190}'..='\u{2328}' | '\u{2500}'..='\u{27BF}'
        | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FE}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF01}'..='\u{FF9F}')
}

/// Returns `text` in NFC, without what is invisible; `None` where nothing changes.
pub(super) fn tidy(text: &str) -> Option<String> {
    if text.chars().all(is_plain) {
        return None;
    }
    let seen = if text.contains(is_suspect) {
        visible(text)
    } else {
        text.to_owned()
    };
    let tidy = if is_nfc(&seen) {
        seen
    } else {
        seen.nfc().collect()
    };
    (tidy != text).then_some(tidy)
}

fn is_suspect(c: char) -> bool {
    INVISIBLE.contains(&c) || is_joiner(c) || is_command(c)
}

/// Is it a control character other than white space? On a terminal it would be a command.
fn is_command(c: char) -> bool {
    c.is_control() && !c.is_ascii_whitespace()
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Leaves out what is invisible. Joiners stay where they shape the letter before, and zero-width
/// spaces where they part words that no blank parts.
fn visible(text: &str) -> String {
    let mut before = ' ';
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        let keep = match c {
            '\u{200B}' => parts_words_unseen(before),
            c if is_joiner(c) => is_shaped(before),
            c => !INVISIBLE.contains(&c) && !is_command(c),
        };
        if keep {
            kept.push(c);
            before = c;
        }
    }
    kept
}

/// Thai, Lao, Burmese and Khmer write no blanks between words (UAX #14, class SA).
fn parts_words_unseen(before: char) -> bool {
    matches!(before, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

/// Scripts whose letters join, and emoji sequences (Unicode core specification, § 23.2).
fn is_shaped(before: char) -> bool {
    matches!(before,
        '\u{0600}'..='\u{08FF}' | '\u{0900}'..='\u{0DFF}' | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{18AF}' | '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::{IsNormalized, char::canonical_combining_class, is_nfc_quick};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let got = tidy(text).unwrap_or_else(|| text.to_owned());
        assert_eq!(got, expected);
        assert_eq!(tidy(expected), None, "once is enough");
    }

    #[test]
    fn nothing_plain_is_changed_by_nfc_or_out_of_sight() {
        for c in (0..0x11_0000)
            .filter_map(char::from_u32)
            .filter(|c| is_plain(*c))
        {
            let alone = is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes;
            assert!(alone && canonical_combining_class(c) == 0, "{c:?}");
            assert!(!is_suspect(c), "{c:?}");
        }
    }

    #[test]
    fn letters_and_marks_become_one() {
        check("Vie\u{323}\u{302}t Nam", "Việt Nam");
        check("Viê\u{323}t", "Việt");
        check("hoà hòa", "hoà hòa");
        check("Việt Nam – “x”", "Việt Nam – “x”");
    }

    #[test]
    fn what_is_not_seen_is_not_kept() {
        check("\u{FEFF}Hội\u{200B} nghị\u{AD}\u{2060}", "Hội nghị");
        check("a\u{200D}b\u{200C}", "ab");
        check("e\u{200B}\u{301}", "é");
    }

    #[test]
    fn joiners_stay_where_they_shape_letters() {
        for text in [
            "می\u{200C}خواهم",
            "क्\u{200D}ष",
            "👩\u{200D}⚕\u{FE0F}",
            "ไทย\u{200B}แลนด์",
        ] {
            check(text, text);
        }
    }
}
