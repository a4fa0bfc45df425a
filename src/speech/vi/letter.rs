//! Names of letters, and words spelled by them.
//!
//! Source: the letter names of the Vietnamese alphabet as taught and said on air; f, j, w, z by their
//! Vietnamese names.

use super::number::push;

/// Returns the name of a letter as it is said in an abbreviation.
pub(super) fn name(letter: char) -> Option<&'static str> {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    Some(match lower {
        'a' => "a",
        'ă' => "á",
        'â' => "ớ",
        'b' => "bê",
        'c' => "xê",
        'd' | 'đ' => "đê",
        'e' => "e",
        'ê' => "ê",
        'f' => "ép",
        'g' => "gờ",
        'h' => "hát",
        'i' => "i",
        'j' => "gi",
        'k' => "ca",
        'l' => "lờ",
        'm' => "mờ",
        'n' => "nờ",
        'o' => "o",
        'ô' => "ô",
        'ơ' => "ơ",
        'p' => "pê",
        'q' => "quy",
        'r' => "rờ",
        's' => "ét",
        't' => "tê",
        'u' => "u",
        'ư' => "ư",
        'v' => "vê",
        'w' => "vê kép",
        'x' => "ích",
        'y' => "y",
        'z' => "dét",
        'α' => "an pha",
        'β' => "bê ta",
        'γ' => "gam ma",
        'δ' => "đen ta",
        'ε' => "ép xi lon",
        'θ' => "tê ta",
        'λ' => "lam đa",
        'μ' => "muy",
        'π' => "pi",
        'ρ' => "rô",
        'σ' => "xích ma",
        'φ' => "phi",
        'ω' => "ô mê ga",
        _ => return None,
    })
}

/// Returns the word for a digit, plain or raised as in a note's number.
fn digit(c: char) -> Option<&'static str> {
    let same = |row: &str| row.chars().position(|digit| digit == c);
    let value = same("0123456789").or_else(|| same("⁰¹²³⁴⁵⁶⁷⁸⁹"))?;
    super::number::DIGITS.get(value).copied()
}

/// Spells a word letter by letter; what has no name here stays as it is.
pub(super) fn spell(word: &str) -> String {
    let mut out = String::new();
    for letter in word.chars() {
        match name(letter).or_else(|| digit(letter)) {
            Some(name) => push(&mut out, name),
            None if letter.is_alphanumeric() => push(&mut out, letter.encode_utf8(&mut [0; 4])),
            None => {}
        }
    }
    out
}
