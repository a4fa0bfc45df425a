//! `say-as`: what a text is, written so that it is read as that.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::Lang;
use crate::speech::en::MONTHS;

/// Years of two digits from this on are of the last century (POSIX `strptime`).
const LAST_CENTURY: u32 = 69;

/// Writes a text so that it is read as what it is said to be; none where that is not known here, or where the text is
/// no such thing. Nothing of the text is left out but what parts the digits of a number.
pub(super) fn written(kind: &str, format: Option<&str>, text: &str, lang: &Lang) -> Option<String> {
    let text: String = text.trim().nfc().collect();
    match kind {
        "characters" | "spell-out" | "verbatim" => Some(spelled(&text)),
        "digits" | "telephone" => digits(&text, lang),
        "cardinal" | "number" => text.contains(|c: char| c.is_ascii_digit()).then_some(text),
        "time" | "fraction" | "unit" | "currency" => Some(text),
        "ordinal" => ordinal(&text, lang),
        "date" => date(&text, format, lang),
        _ => None,
    }
}

/// Parts the letters of a text; marks that have no letter of their own stay with the one before.
fn spelled(text: &str) -> String {
    let mut letters = String::with_capacity(text.len() * 3);
    for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
        if !letters.is_empty() && !is_combining_mark(letter) {
            letters.push_str(", ");
        }
        letters.push(letter);
    }
    letters
}

/// Parts the digits of a number, and says the signs that are dialled.
fn digits(text: &str, lang: &Lang) -> Option<String> {
    let is_vietnamese = lang.is_vietnamese();
    let said = text.chars().map(|letter| {
        Some(match letter {
            '0'..='9' => letter.to_string(),
            '+' if is_vietnamese => "cộng".to_owned(),
            '+' => "plus".to_owned(),
            '*' if is_vietnamese => "sao".to_owned(),
            '*' => "star".to_owned(),
            '#' if is_vietnamese => "thăng".to_owned(),
            '#' => "hash".to_owned(),
            ' ' | '\u{a0}' | '-' | '‑' | '–' | '.' | ',' | '/' | '(' | ')' => String::new(),
            _ => return None,
        })
    });
    let said: Vec<String> = said.collect::<Option<_>>()?;
    let said: Vec<&str> = said
        .iter()
        .map(String::as_str)
        .filter(|s| !s.is_empty())
        .collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn ordinal(text: &str, lang: &Lang) -> Option<String> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if lang.is_vietnamese() {
        return Some(format!("thứ {text}"));
    }
    let is_teen = ["11", "12", "13"].iter().any(|teen| text.ends_with(teen));
    let ending = match text.bytes().next_back() {
        Some(b'1') if !is_teen => "st",
        Some(b'2') if !is_teen => "nd",
        Some(b'3') if !is_teen => "rd",
        _ => "th",
    };
    Some(format!("{text}{ending}"))
}

/// Writes a date by its format, so that it is read as one: `dmy` and the like, or parts of it.
fn date(text: &str, format: Option<&str>, lang: &Lang) -> Option<String> {
    let Some(format) = format else {
        return Some(text.to_owned());
    };
    let signs: Vec<char> = format.chars().collect();
    let parts = date_parts(text, format)?;
    if signs.len() != parts.len() {
        return None;
    }
    let part = |sign: char| {
        let at = signs.iter().position(|other| *other == sign)?;
        Some(parts[at])
    };
    match (part('d'), part('m'), part('y')) {
        (Some(day), Some(month), Some(year)) if signs.len() == 3 => whole_date(day, month, year),
        (Some(day), Some(month), None) if signs.len() == 2 => {
            let (day, number) = (within(day, 31)?, within(month, 12)?);
            Some(match lang.is_vietnamese() {
                true => format!("{day}/{number}"),
                false => format!("{day} {}", month_name(number)),
            })
        }
        (None, Some(month), Some(year)) if signs.len() == 2 => {
            let (number, year) = (within(month, 12)?, full_year(year)?);
            Some(match lang.is_vietnamese() {
                true => format!("{number}/{year}"),
                false => format!("{} {year}", month_name(number)),
            })
        }
        (Some(only), None, None) | (None, Some(only), None) | (None, None, Some(only))
            if signs.len() == 1 =>
        {
            Some(only.to_owned())
        }
        _ => None,
    }
}

/// Returns the parts of a date: what stands between its signs, or so many digits.
fn date_parts<'a>(text: &'a str, format: &str) -> Option<Vec<&'a str>> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits && text.len() == 8 && format.len() == 3 {
        // 20200225, by its format
        return Some(match format.find('y')? {
            0 => vec![&text[..4], &text[4..6], &text[6..]],
            1 => vec![&text[..2], &text[2..6], &text[6..]],
            _ => vec![&text[..2], &text[2..4], &text[4..]],
        });
    }
    let parts = text.split(|c: char| !c.is_alphanumeric());
    Some(parts.filter(|part| !part.is_empty()).collect())
}

/// Writes a date as no language mistakes the day for the month (ISO 8601).
fn whole_date(day: &str, month: &str, year: &str) -> Option<String> {
    let day = within(day, 31)?;
    let year = full_year(year)?;
    if month.chars().all(char::is_alphabetic) {
        return Some(format!("{day} {month} {year}"));
    }
    let month = within(month, 12)?;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Returns a month's English name; `number` is from 1 to 12.
fn month_name(number: u32) -> &'static str {
    MONTHS[number as usize - 1].0
}

fn within(digits: &str, most: u32) -> Option<u32> {
    let number = digits.parse().ok()?;
    (1..=most).contains(&number).then_some(number)
}

fn full_year(digits: &str) -> Option<u32> {
    let year: u32 = digits.parse().ok()?;
    Some(match digits.len() {
        2 if year >= LAST_CENTURY => 1_900 + year,
        2 => 2_000 + year,
        4 => year,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_is_decides_how_it_is_written() {
        for (kind, format, text, expected) in [
            ("characters", None, "UBND", Some("U, B, N, D")),
            ("spell-out", None, "a-1", Some("a, -, 1")),
            ("characters", None, "má", Some("m, á")),
            ("characters", None, "ma\u{301}", Some("m, á")),
            (
                "characters",
                None,
                "x\u{323}\u{303}y",
                Some("x\u{323}\u{303}, y"),
            ),
            ("telephone", None, "+84 24.3", Some("cộng 8 4 2 4 3")),
            ("telephone", None, "*101#", Some("sao 1 0 1 thăng")),
            ("telephone", None, "024-31 máy lẻ 5", None),
            ("digits", None, "12a", None),
            ("digits", None, "", None),
            ("cardinal", None, " 12 ", Some("12")),
            ("cardinal", None, "mười hai", None),
            ("ordinal", None, "3", Some("thứ 3")),
            ("ordinal", None, "III", None),
            ("date", Some("mdy"), "02/25/2020", Some("2020-02-25")),
            ("date", Some("mdy"), "2/5/20", Some("2020-02-05")),
            ("date", Some("dmy"), "5.2.1999", Some("1999-02-05")),
            ("date", Some("ymd"), "20200225", Some("2020-02-25")),
            ("date", Some("dmy"), "25022020", Some("2020-02-25")),
            ("date", Some("dm"), "25.2", Some("25/2")),
            ("date", Some("my"), "02/2020", Some("2/2020")),
            ("date", Some("y"), "2020", Some("2020")),
            ("date", Some("dmyh"), "25/2/2020", None),
            ("date", Some("dmy"), "2/25/2020", None),
            ("date", Some("dmy"), "25/2/2020 sáng", None),
            ("date", Some("ddd"), "1/2/3", None),
            ("date", None, "25/2/2020", Some("25/2/2020")),
            ("address", None, "x", None),
        ] {
            let read = written(kind, format, text, &Lang::vi());
            assert_eq!(read.as_deref(), expected, "{kind} {format:?} {text}");
        }
        let english = Lang::parse("en-US").expect("a language");
        for (kind, format, text, expected) in [
            ("ordinal", None, "1", "1st"),
            ("ordinal", None, "12", "12th"),
            ("ordinal", None, "23", "23rd"),
            ("ordinal", None, "4", "4th"),
            ("date", Some("dmy"), "3/4/2020", "2020-04-03"),
            ("date", Some("dmy"), "3 April 2020", "3 April 2020"),
            ("date", Some("dm"), "3/4", "3 April"),
            ("date", Some("my"), "4/2020", "April 2020"),
        ] {
            let read = written(kind, format, text, &english);
            assert_eq!(read.as_deref(), Some(expected), "{kind} {format:?} {text}");
        }
    }
}
