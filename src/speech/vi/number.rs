//! Number words: cardinals, digits, decimals, pairs.
//!
//! Source: the school reading of numbers (mốt, tư, lăm after tens; linh or lẻ for an empty tens
//! place; "không trăm" for an empty hundreds place inside a larger number).

use crate::speech::Region;

/// The words for the ten digits.
pub(super) const DIGITS: [&str; 10] = [
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
];

/// Numbers longer than this are read digit by digit: nobody names them.
const LONGEST_NAMED: usize = 27;

/// Adds a word with a blank before it.
pub(super) fn push(out: &mut String, word: &str) {
    if word.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

/// Reads a run of digits as a number; leading zeros are silent.
pub(super) fn cardinal(digits: &str, region: Region) -> String {
    let digits = digits.trim_start_matches('0');
    let mut out = String::new();
    match digits.len() {
        0 => push(&mut out, DIGITS[0]),
        n if n > LONGEST_NAMED => return spelled(digits),
        _ => billions(&mut out, digits, region),
    }
    out
}

/// Reads a small number.
pub(super) fn count(n: u32, region: Region) -> String {
    cardinal(&n.to_string(), region)
}

/// Reads digit by digit.
pub(super) fn spelled(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 6);
    for digit in digits.bytes() {
        push(&mut out, digit_word(digit));
    }
    out
}

/// Reads two digits in the short form of speech: "sáu lăm", "hai mốt", "không năm".
pub(super) fn short_pair(tens: u8, unit: u8) -> String {
    match (tens, unit) {
        (b'0', _) => spelled_pair(tens, unit),
        (b'1', _) | (_, b'0') => pair(tens, unit),
        _ => format!("{} {}", digit_word(tens), unit_word(tens, unit)),
    }
}

/// Reads the digits after a decimal comma: one as it is, two as a number where the unit changes its
/// sound and as two digits where both are the same, more digit by digit.
pub(super) fn decimals(digits: &str) -> String {
    match *digits.as_bytes() {
        [b'0', b] => spelled_pair(b'0', b),
        [a, b] if b == b'0' || a == b'1' || matches!(b, b'1' | b'4' | b'5') => pair(a, b),
        _ => spelled(digits),
    }
}

fn spelled_pair(a: u8, b: u8) -> String {
    format!("{} {}", digit_word(a), digit_word(b))
}

fn pair(tens: u8, unit: u8) -> String {
    let mut out = String::new();
    group(&mut out, [b'0', tens, unit], false, Region::North);
    out
}

fn digit_word(digit: u8) -> &'static str {
    DIGITS[usize::from(digit.wrapping_sub(b'0')).min(9)]
}

/// Everything above the last nine digits counts billions: "một nghìn tỷ", "một tỷ tỷ".
fn billions(out: &mut String, digits: &str, region: Region) {
    let low_at = digits.len().saturating_sub(9);
    let (high, low) = digits.split_at(low_at);
    if high.is_empty() {
        millions(out, low, region);
        return;
    }
    billions(out, high, region);
    push(out, "tỷ");
    millions(out, low, region);
}

/// Reads at most nine digits; with words before it, it reads the empty places too.
fn millions(out: &mut String, digits: &str, region: Region) {
    let padded = format!("{digits:0>9}");
    let thousand = match region {
        Region::North => "nghìn",
        Region::South => "ngàn",
    };
    for (chunk, name) in padded.as_bytes().chunks(3).zip(["triệu", thousand, ""]) {
        let &[hundreds, tens, unit] = chunk else {
            continue;
        };
        if chunk != b"000" {
            let full = !out.is_empty();
            group(out, [hundreds, tens, unit], full, region);
            push(out, name);
        }
    }
}

fn group(out: &mut String, [hundreds, tens, unit]: [u8; 3], full: bool, region: Region) {
    let has_hundreds = full || hundreds != b'0';
    if has_hundreds {
        push(out, digit_word(hundreds));
        push(out, "trăm");
    }
    match tens {
        b'0' if unit == b'0' => return,
        b'0' if has_hundreds => push(out, empty_tens(region)),
        b'0' => {}
        b'1' => push(out, "mười"),
        _ => {
            push(out, digit_word(tens));
            push(out, "mươi");
        }
    }
    if unit != b'0' {
        push(out, unit_word(tens, unit));
    }
}

fn empty_tens(region: Region) -> &'static str {
    match region {
        Region::North => "linh",
        Region::South => "lẻ",
    }
}

/// The unit after its tens: mốt and tư from twenty, lăm from ten.
fn unit_word(tens: u8, unit: u8) -> &'static str {
    match (tens, unit) {
        (b'2'..=b'9', b'1') => "mốt",
        (b'2'..=b'9', b'4') => "tư",
        (b'1'..=b'9', b'5') => "lăm",
        _ => digit_word(unit),
    }
}
