//! Numbers in English words, without "and" and without hyphens: "two thousand five".

use super::token::Quantity;

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
/// Names of the powers of a thousand, short scale.
const POWERS: [&str; 6] = [
    "",
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
];
/// Ordinals that are no cardinal with "th".
const ORDINALS: &[(&str, &str)] = &[
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("five", "fifth"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("twelve", "twelfth"),
];

/// Says a whole number; from 10^18 on, digit by digit.
pub(super) fn cardinal(mut number: u64) -> String {
    if number == 0 {
        return ONES[0].to_owned();
    }
    let mut groups = Vec::new();
    for power in POWERS {
        let group = number % 1000;
        number /= 1000;
        if group > 0 {
            groups.push(format!("{} {power}", below_thousand(group)));
        }
    }
    if number > 0 {
        groups.push(format!("{} quintillion", below_thousand(number % 1000)));
    }
    groups.reverse();
    groups.join(" ").trim().replace("  ", " ")
}

fn below_thousand(number: u64) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    match (hundreds, rest) {
        (0, rest) => below_hundred(rest),
        (hundreds, 0) => format!("{} hundred", one(hundreds)),
        (hundreds, rest) => format!("{} hundred {}", one(hundreds), below_hundred(rest)),
    }
}

fn below_hundred(number: u64) -> String {
    let (tens, ones) = (index(number / 10), number % 10);
    match (tens, ones) {
        (0 | 1, _) => one(number).to_owned(),
        (tens, 0) => TENS[tens].to_owned(),
        (tens, ones) => format!("{} {}", TENS[tens], one(ones)),
    }
}

fn one(number: u64) -> &'static str {
    ONES[index(number)]
}

/// Callers hand over numbers below twenty.
fn index(number: u64) -> usize {
    usize::try_from(number).map_or(0, |n| n.min(ONES.len() - 1))
}

/// Says an ordinal: "twenty first".
pub(super) fn ordinal(number: u64) -> String {
    let words = cardinal(number);
    let (head, last) = words.rsplit_once(' ').unwrap_or(("", &words));
    let irregular = ORDINALS.iter().find(|(cardinal, _)| *cardinal == last);
    let last = match (irregular, last.strip_suffix('y')) {
        (Some((_, ordinal)), _) => (*ordinal).to_owned(),
        (None, Some(stem)) => format!("{stem}ieth"),
        (None, None) => format!("{last}th"),
    };
    format!("{head} {last}").trim_start().to_owned()
}

/// Says a year: "nineteen ninety nine", "two thousand five", "twenty twenty".
pub(super) fn year(year: u64) -> String {
    let (century, rest) = (year / 100, year % 100);
    match (century, rest) {
        (20, 0..=9) | (10, 0..=9) => cardinal(year),
        (_, 0) => format!("{} hundred", cardinal(century)),
        (_, 1..=9) => format!("{} oh {}", cardinal(century), one(rest)),
        _ => format!("{} {}", cardinal(century), below_hundred(rest)),
    }
}

/// Says digits one by one.
pub(super) fn digits(written: &str) -> String {
    let words = written.bytes().filter(u8::is_ascii_digit);
    let words: Vec<_> = words.map(|d| one(u64::from(d - b'0'))).collect();
    words.join(" ")
}

/// Says a whole number as it is written: with leading zeros or very long, digit by digit.
pub(super) fn whole(written: &str) -> String {
    let padded = written.len() > 1 && written.starts_with('0');
    match written.parse() {
        Ok(number) if !padded && written.len() <= 18 => cardinal(number),
        _ => digits(written),
    }
}

/// Says a number with its decimals: "three point one four".
pub(super) fn quantity(quantity: &Quantity) -> String {
    match quantity.decimals {
        None => whole(&quantity.whole),
        Some(decimals) => format!(
            "{} point {}",
            decimal_head(&quantity.whole),
            digits(decimals)
        ),
    }
}

fn decimal_head(written: &str) -> String {
    if written.bytes().all(|b| b == b'0') {
        return ONES[0].to_owned();
    }
    whole(written)
}

/// Makes the plural of a number word: "nineties", "halves", "thirds".
pub(super) fn plural(words: &str) -> String {
    match words.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{words}s"),
    }
}

/// Reads a roman numeral in capitals from 1 to 49; a king's and a chapter's number is no higher.
pub(super) fn roman(written: &str) -> Option<u64> {
    let bare = written.strip_prefix("XL").map(|rest| (40, rest));
    let (tens, ones) = bare.unwrap_or_else(|| {
        let ones = written.trim_start_matches('X');
        (10 * (written.len() - ones.len()), ones)
    });
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
        .iter()
        .position(|numeral| *numeral == ones)?;
    let number = u64::try_from(tens + ones).ok()?;
    (1..50).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_words_of_every_size() {
        let rows = [
            (0, "zero"),
            (13, "thirteen"),
            (40, "forty"),
            (101, "one hundred one"),
            (1_000_000, "one million"),
            (2_030_405, "two million thirty thousand four hundred five"),
            (7_000_000_000_000, "seven trillion"),
        ];
        for (number, words) in rows {
            assert_eq!(cardinal(number), words);
        }
        assert!(cardinal(u64::MAX).starts_with("eighteen quintillion four hundred"));
        assert_eq!(ordinal(21), "twenty first");
        assert_eq!(ordinal(12), "twelfth");
        assert_eq!(ordinal(30), "thirtieth");
        assert_eq!(ordinal(100), "one hundredth");
    }

    #[test]
    fn roman_numerals_are_read_and_words_are_none() {
        let rows = [
            ("IV", 4),
            ("XIX", 19),
            ("XXXIX", 39),
            ("XLII", 42),
            ("X", 10),
        ];
        for (written, number) in rows {
            assert_eq!(roman(written), Some(number));
        }
        for word in ["", "IIII", "VX", "MIX", "I I", "XXXXXX", "D"] {
            assert_eq!(roman(word), None, "{word}");
        }
    }
}
