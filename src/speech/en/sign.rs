//! Words as they are, marks as pauses, symbols by name.

use unicode_normalization::UnicodeNormalization;

use super::Said;
use super::date::is_month;
use super::number::{cardinal, digits, roman};
use super::table::{DOMAINS, MARK_NAMES, SYMBOLS};
use super::token::{Kind, Scan};
use crate::model::Punctuation;
use crate::speech::{Options, Pause, Spoken};

/// The zeros of scripts with digits of their own (Unicode, general category Nd).
const ZEROS: &[char] = &[
    '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}',
    '\u{c66}', '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{17e0}',
    '\u{1810}', '\u{ff10}',
];

/// "#5", "#Hanoi".
pub(super) fn tag(scan: &Scan, at: usize) -> Option<Said> {
    let words = match scan.kind(at + 1).filter(|_| scan.is(at, "#"))? {
        Kind::Number => "number",
        Kind::Word => "hashtag",
        _ => return None,
    };
    Some(Said::new("tag", words, at + 1))
}

/// "&", "½", "≤", digits of other scripts, and marks between numbers.
pub(super) fn symbol(scan: &Scan, at: usize) -> Option<Said> {
    let mark = scan.str(at);
    if let Some((_, name)) = SYMBOLS.iter().find(|(written, _)| *written == mark) {
        return Some(Said::new("symbol", *name, at + 1));
    }
    if mark == "~" && scan.kind(at + 1) == Some(Kind::Number) {
        return Some(Said::new("symbol", "about", at + 1));
    }
    if let Some(name) = between(scan, at) {
        return Some(Said::new("symbol", name, at + 1));
    }
    let numeral = mark.chars().next().filter(|c| c.is_numeric())?;
    let plain: String = numeral.nfkc().collect();
    if let Some(number) = roman(&plain.to_ascii_uppercase()) {
        return Some(Said::new("roman", cardinal(number), at + 1));
    }
    match digit(numeral).filter(|digit| !digit.is_empty()) {
        Some(digit) => Some(Said::new("number", digits(&digit), at + 1)),
        None => Some(Said::new("number", plain, at + 1)), // a numeral that is a word: 三
    }
}

/// A mark glued between numbers or words.
fn between(scan: &Scan, at: usize) -> Option<&'static str> {
    let before = at.checked_sub(1).and_then(|b| scan.kind(b));
    let (before, behind) = (before?, scan.kind(at + 1)?);
    let solid = |kind: Kind| matches!(kind, Kind::Word | Kind::Number);
    let numbers = before == Kind::Number && behind == Kind::Number;
    match scan.str(at) {
        "." if is_ending(scan, at) => Some("dot"),
        "*" if multiplies(scan, at) => Some("times"),
        "." if numbers => Some("point"),
        "." if solid(before) && solid(behind) => Some("dot"),
        ":" if numbers && names_edition(scan, at) => Some(""),
        ":" if numbers => Some("to"),
        "-" | "–" if behind == Kind::Number && ends_half_day(scan, at) => Some("to"),
        "-" | "–" if leads_on(scan, at) => Some("to"),
        "/" if before == Kind::Number || behind == Kind::Number => {
            (solid(before) && solid(behind)).then_some("slash")
        }
        _ => None,
    }
}

/// ".NET", ".com": an ending by itself.
fn is_ending(scan: &Scan, at: usize) -> bool {
    let known = scan
        .word(at + 1)
        .is_some_and(|word| word == "NET" || DOMAINS.contains(&word));
    known && scan.kind(at - 1) == Some(Kind::Blank)
}

/// "x * y", "2 * 3": a star with a blank on both sides between quantities.
fn multiplies(scan: &Scan, at: usize) -> bool {
    let quantity = |written: &str| {
        written.len() == 1 && written.bytes().all(|b| b.is_ascii_alphanumeric())
            || written.bytes().all(|b| b.is_ascii_digit()) && !written.is_empty()
    };
    let blank = |at: usize| scan.kind(at) == Some(Kind::Blank);
    let beside = quantity(scan.previous(at)) && quantity(scan.str(at + 2));
    blank(at - 1) && blank(at + 1) && beside
}

/// "ISO 9001:2015": a standard and its year.
fn names_edition(scan: &Scan, at: usize) -> bool {
    let number = scan.digits(at - 1).is_some_and(|d| d.len() >= 3);
    let year = scan.digits(at + 1).and_then(|d| d.parse().ok());
    number && year.is_some_and(|year: u32| (1900..2100).contains(&year))
}

/// "10% – 15%", "Jan 2024 – Mar 2024": a dash from a share or a year to another.
fn leads_on(scan: &Scan, at: usize) -> bool {
    let next = scan.skip_blank(at + 1);
    let number = scan.kind(next) == Some(Kind::Number);
    let before = scan.previous(at);
    let year = before.len() == 4 && before.bytes().all(|b| b.is_ascii_digit());
    let shares = before == "%" && number && scan.is_any(next + 1, &["%", "."]);
    shares || (year && scan.word(next).is_some_and(is_month))
}

/// "9 a.m.-5 p.m.": a dash behind the half of a day.
fn ends_half_day(scan: &Scan, at: usize) -> bool {
    let dot = usize::from(at > 1 && scan.is(at - 1, "."));
    scan.is_any(at - 1 - dot, &["m", "M", "am", "pm", "AM", "PM"])
}

fn digit(c: char) -> Option<String> {
    let zero = ZEROS
        .iter()
        .find(|zero| (u32::from(**zero)..u32::from(**zero) + 10).contains(&u32::from(c)));
    match zero {
        Some(zero) => char::from_digit(u32::from(c) - u32::from(*zero), 10).map(String::from),
        None => Some(c.nfkc().filter(char::is_ascii_digit).collect()),
    }
}

/// Says a word as it stands, and makes a mark a pause; returns the index behind.
pub(super) fn pass(spoken: &mut Spoken, scan: &Scan, at: usize, options: &Options) -> usize {
    let place = scan.place(&(at..at + 1));
    let token = scan.str(at);
    match scan.kind(at) {
        Some(Kind::Word) if token.is_ascii() => spoken.say(token, place),
        Some(Kind::Word) => spoken.say(&token.nfc().collect::<String>(), place),
        Some(Kind::Blank) if token.contains('\n') => spoken.pause(Pause::Comma),
        Some(Kind::Mark) => {
            if let Some(name) = name(token, options.punctuation) {
                spoken.say_all(name, &place);
            }
            if let Some(pause) = pause(scan, at) {
                spoken.pause(pause);
            }
        }
        _ => {}
    }
    at + 1
}

fn name(mark: &str, level: Punctuation) -> Option<&'static str> {
    if level == Punctuation::None {
        return None;
    }
    let c = mark.chars().next()?;
    let (_, name, middle) = MARK_NAMES.iter().find(|(written, ..)| *written == c)?;
    (*middle || level == Punctuation::All).then_some(*name)
}

fn pause(scan: &Scan, at: usize) -> Option<Pause> {
    let mark = scan.str(at);
    let blank = |at: usize| !matches!(scan.kind(at), Some(Kind::Word | Kind::Number | Kind::Mark));
    match mark {
        "(" | ")" | "[" | "]" | "—" | "|" | "•" => Some(Pause::Comma),
        "-" | "–" if at > 0 && blank(at - 1) && blank(at + 1) => Some(Pause::Comma),
        "–" => Some(Pause::Comma),
        _ => mark.chars().next().and_then(Pause::from_mark),
    }
}
