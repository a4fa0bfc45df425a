//! Letters and digits in one: codes, classes, plates of vehicles.

use super::abbreviation;
use super::letter;
use super::line::Line;
use super::number::{cardinal, push, spelled};
use super::rule::{Reading, Scene};
use super::token::Case;

/// Words after which letters before a number are but letters: "lô CN5", "tòa CT2A", "lúa ĐT8".
const LETTERED: &str = "lô|tòa|toà|nhà|căn|căn hộ|block|cao tốc|phòng|tàu|khu|kho|cổng|dãy|ô|máy|xe|\
    lúa|giống|gạo|thép|ngô|đậu tương";

/// What is said as a word behind a plane's or a telephone's number: "A321neo".
const SAID: &str = "neo|max|plus|pro|mini|lite";

/// Letters and digits in one: "A1B", "G7", "QL1A", "5G" after its number.
pub(super) fn code(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let element = line.case(at) == Some(Case::Title) && line.str(at).len() == 2;
    let loud = element || matches!(line.case(at), Some(Case::Letter | Case::Upper));
    if !loud || !line.glued(at + 1) || !line.is_digits(at + 1) {
        return None;
    }
    let mut out = String::new();
    let mut end = at;
    let ammonia = line.str(at) == "NH" && matches!(line.str(at + 1), "3" | "4");
    let bare = ammonia || line.follows(at, LETTERED);
    while end == at || line.glued(end) {
        let particles = line.is_mark(end, ',') && line.str(at) == "PM";
        let point =
            (line.is_mark(end, '.') || particles) && line.joins(end) && line.is_digits(end + 1);
        match line.case(end) {
            Some(Case::Lower) if line.is_in(end, SAID) => push(&mut out, line.str(end)),
            Some(_) if bare => push(&mut out, &letter::spell(line.str(end))),
            Some(_) => push(&mut out, &letters(line, end)),
            None if line.is_digits(end) => push(&mut out, &digits(line, end)),
            None if point => push(&mut out, if particles { "phẩy" } else { "chấm" }),
            None => break,
        }
        end += 1;
    }
    if let Some(part) = padded_part(line, end) {
        push(&mut out, &spelled(part));
        end += 2;
    }
    Some(Reading::new(end, out))
}

/// The "07" of "lô B2-07".
fn padded_part<'a>(line: &Line<'a>, dash: usize) -> Option<&'a str> {
    let part = line.digits(dash + 1).filter(|d| d.starts_with('0'))?;
    (line.is_dash(dash) && line.joins(dash)).then_some(part)
}

/// "QNg 90123 TS", "BĐ-12345-TS": a fishing vessel's sign. Source: Circular 23/2018/TT-BNNPTNT.
pub(super) fn vessel(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let dash = |i: usize| usize::from(line.is_dash(i) && line.joins(i));
    let number = at + 1 + dash(at + 1);
    let digits = line.digits(number).filter(|d| d.len() == 5)?;
    let kind = number + 1 + dash(number + 1);
    let province = line.str(at).len() <= 4 && line.case(at) != Some(Case::Lower);
    (province && line.str(kind) == "TS").then(|| {
        let letters = letter::spell(line.str(at));
        Reading::new(kind + 1, format!("{letters} {} tê ét", spelled(digits)))
    })
}

/// "0x80070005", "0xFF": a number of machines, sign by sign.
pub(super) fn hexadecimal(scene: &Scene, at: usize) -> Option<Reading> {
    const SHORTEST: usize = 4;
    let line = &scene.line;
    let marked =
        line.str(at) == "0" && line.glued(at + 1) && line.str(at + 1).starts_with(['x', 'X']);
    if !marked || line.glued(at) {
        return None;
    }
    let end = (at + 2..at + 2 + MOST_HEX_TOKENS).find(|i| !line.goes_on(*i))?;
    let (first, last) = (line.tokens.get(at + 1)?, line.tokens.get(end - 1)?);
    let digits = line.text.get(first.start + 1..last.end)?;
    let loud = digits.bytes().any(|b| b.is_ascii_alphabetic());
    let fits = digits.len() >= SHORTEST || (loud && digits.len() > 1);
    (fits && digits.bytes().all(|b| b.is_ascii_hexdigit()))
        .then(|| Reading::new(end, format!("không ích {}", letter::spell(digits))))
}

/// As many runs of letters and digits has a number of 128 bits.
const MOST_HEX_TOKENS: usize = 33;

/// "97B-001.23": a vehicle's plate, its number digit by digit.
pub(super) fn plate(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let province = line.digits(at).filter(|d| d.len() == 2)?;
    let series = line.glued(at + 1)
        && matches!(line.case(at + 1), Some(Case::Letter | Case::Upper))
        && line.str(at + 1).len() <= 3;
    let digit =
        usize::from(line.glued(at + 2) && line.digits(at + 2).is_some_and(|d| d.len() == 1));
    let dash = at + 2 + digit;
    let joined = line.is_dash(dash) && line.joins(dash);
    let parted = !line.glued(dash) && line.follows(at_cue(line, at), "biển số|kiểm soát|bks");
    let spaced = line.is_dash(dash) && !line.glued(dash) && !line.glued(dash + 1);
    let dotted = line.is_mark(dash + 2, '.') && line.joins(dash + 2);
    let motorcycle = digit == 1 && line.digits(dash + 1).is_some_and(|d| d.len() >= 4);
    let joined = joined || spaced && (dotted || motorcycle);
    let first = dash + usize::from(joined);
    let number = line.digits(first).filter(|d| (3..=5).contains(&d.len()))?;
    if !series || !(joined || parted) {
        return None;
    }
    let mut out = format!("{} {}", spelled(province), letter::spell(line.str(at + 1)));
    if digit == 1 {
        push(&mut out, &spelled(line.str(at + 2)));
    }
    let dot = first + 1;
    let dotted = line.is_mark(dot, '.') && line.joins(dot) && line.is_digits(dot + 1);
    let rest = if dotted { line.str(dot + 1) } else { "" };
    push(&mut out, &spelled(&format!("{number}{rest}")));
    Some(Reading::new(dot + 2 * usize::from(dotted), out))
}

/// A colon does not part a plate from its cue: "BKS: 29H 123.45".
fn at_cue(line: &Line, at: usize) -> usize {
    at.wrapping_sub(usize::from(line.is_mark(at.wrapping_sub(1), ':')))
}

fn letters(line: &Line, at: usize) -> String {
    let word = line.str(at);
    match abbreviation::before_number(word) {
        Some(words) if line.follows(at, words) => String::new(),
        Some(words) if word.chars().count() > 1 && word != "VN" && !is_unit_of_police(line, at) => {
            words.to_owned()
        }
        _ => letter::spell(word),
    }
}

/// "PC04", "PV01": departments of the police, whose letters are but letters.
fn is_unit_of_police(line: &Line, at: usize) -> bool {
    let padded = line
        .digits(at + 1)
        .is_some_and(|d| d.len() == 2 && d.starts_with('0'));
    padded && matches!(line.str(at), "PA" | "PC" | "PV" | "PK" | "PX" | "PH")
}

fn digits(line: &Line, at: usize) -> String {
    let digits = line.str(at);
    if digits.len() > 3 || (digits.len() > 1 && digits.starts_with('0')) {
        return spelled(digits);
    }
    cardinal(digits, line.options.region)
}
