//! Letters and digits in one: codes, classes, plates of vehicles.

use super::abbreviation;
use super::letter;
use super::line::Line;
use super::number::{cardinal, push, spelled};
use super::rule::{Reading, Scene};
use super::token::Case;

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
    while end == at || line.glued(end) {
        let point = line.is_mark(end, '.') && line.joins(end) && line.is_digits(end + 1);
        match line.case(end) {
            Some(_) => push(&mut out, &letters(line, end)),
            None if line.is_digits(end) => push(&mut out, &digits(line, end)),
            None if point => push(&mut out, "chấm"),
            None => break,
        }
        end += 1;
    }
    Some(Reading::new(end, out))
}

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
    let number = line
        .digits(dash + 1)
        .filter(|d| (3..=5).contains(&d.len()))?;
    let joined = line.is_dash(dash) && line.joins(dash);
    if !series || !joined {
        return None;
    }
    let mut out = format!("{} {}", spelled(province), letter::spell(line.str(at + 1)));
    if digit == 1 {
        push(&mut out, &spelled(line.str(at + 2)));
    }
    let dotted = line.is_mark(dash + 2, '.') && line.joins(dash + 2) && line.is_digits(dash + 3);
    let rest = if dotted { line.str(dash + 3) } else { "" };
    push(&mut out, &spelled(&format!("{number}{rest}")));
    Some(Reading::new(dash + 2 + 2 * usize::from(dotted), out))
}

fn letters(line: &Line, at: usize) -> String {
    let word = line.str(at);
    match abbreviation::before_number(word) {
        Some(words) if word.chars().count() > 1 && word != "VN" => words.to_owned(),
        _ => letter::spell(word),
    }
}

fn digits(line: &Line, at: usize) -> String {
    let digits = line.str(at);
    if digits.len() > 3 || (digits.len() > 1 && digits.starts_with('0')) {
        return spelled(digits);
    }
    cardinal(digits, line.options.region)
}
