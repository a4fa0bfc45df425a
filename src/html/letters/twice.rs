//! Repairs text that was encoded as UTF-8 twice: "Ä‘" that was "đ" once.

use std::sync::LazyLock;

use super::legacy::Bytes;

/// What UTF-8 was taken for when it was encoded again.
static LATIN: LazyLock<Bytes> = LazyLock::new(|| Bytes::of_page("windows-1252"));

/// Most times that one text is repaired: three layers were seen, never four.
const MOST_LAYERS: usize = 3;

/// Returns `text` as it was before it was encoded once too often, or `None` where that is not sure:
/// every letter beyond ASCII must be a byte of windows-1252, and they must make up UTF-8 throughout,
/// more than one letter of it or one of more than two bytes.
pub(super) fn repair(text: &str) -> Option<String> {
    let mut repaired = None;
    for _ in 0..MOST_LAYERS {
        let layer = repaired.as_deref().unwrap_or(text);
        match peel(layer) {
            Some(inner) => repaired = Some(inner),
            None => break,
        }
    }
    repaired
}

fn peel(text: &str) -> Option<String> {
    if !begins_a_letter(text) {
        return None;
    }
    let mut bytes: Vec<u8> = text.chars().map(|c| LATIN.byte(c)).collect::<Option<_>>()?;
    restore_blanks(&mut bytes);
    let inner = String::from_utf8(bytes).ok()?;
    let letters = inner.chars().filter(|c| !c.is_ascii());
    let weight: usize = letters.map(|c| c.len_utf8() - 1).sum();
    (weight >= 2).then_some(inner)
}

/// Could the first letters beyond ASCII be the first bytes of a letter? Most texts that were encoded
/// once are told by this.
fn begins_a_letter(text: &str) -> bool {
    let mut letters = text.chars().skip_while(char::is_ascii);
    match (letters.next(), letters.next()) {
        (Some('Ã'), Some(' ')) => true, // a no-break space once
        (Some('\u{C2}'..='\u{F4}'), Some(second)) => !second.is_ascii(),
        _ => false,
    }
}

/// "à" ends in a no-break space when encoded twice, which editors turn into a plain one.
fn restore_blanks(bytes: &mut [u8]) {
    for at in 1..bytes.len() {
        if bytes[at] == b' ' && bytes[at - 1] == 0xC3 {
            bytes[at] = 0xA0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;

    fn twice(text: &str) -> String {
        WINDOWS_1252
            .decode_without_bom_handling(text.as_bytes())
            .0
            .into_owned()
    }

    #[test]
    fn text_encoded_twice_or_three_times_is_as_it_was() {
        for text in ["Đồng chí", "Hà Nội và “Huế”", "à á", "xã ‒ phường"] {
            assert_eq!(repair(&twice(text)).as_deref(), Some(text));
            assert_eq!(repair(&twice(&twice(text))).as_deref(), Some(text));
            let blanks = twice(text).replace('\u{A0}', " ");
            assert_eq!(repair(&blanks).as_deref(), Some(text));
        }
    }

    #[test]
    fn text_encoded_once_is_left_alone() {
        for text in [
            "Đồng chí",
            "été",
            "Ã",
            "Â»",
            "Só não é",
            "«Â»",
            "x· héi chñ nghÜa",
            "abc",
        ] {
            assert_eq!(repair(text), None, "{text}");
        }
    }
}
