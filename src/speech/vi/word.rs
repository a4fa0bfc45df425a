//! Words that are not simply said: capitals, single letters, letters with digits.

use super::letter;
use super::line::Line;
use super::number::{cardinal, push, spelled};
use super::rule::{Reading, Scene};
use super::syllable::is_syllable;
use super::token::Case;

/// Words after which a single letter is talked about.
const LETTER_CUES: &[&str] = &[
    "điểm", "chữ", "cái", "ký", "kí", "tự", "phím", "nhóm", "hạng", "loại",
];

/// Does a word need a look at all? Most do not.
pub(super) fn is_special(line: &Line, at: usize) -> bool {
    let next = at + 1;
    match line.case(at) {
        Some(Case::Lower | Case::Title) => {
            let token = line.tokens[at];
            line.glued(next) || token.end - token.start <= 2 || is_ascii_short(line, at)
        }
        _ => true,
    }
}

/// Units such as "km" and "kwh" have at most six letters, none of them marked.
fn is_ascii_short(line: &Line, at: usize) -> bool {
    let word = line.str(at);
    word.len() <= 6
        && !word
            .bytes()
            .any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
        && word.is_ascii()
}

/// "x" between numbers is a multiplication.
pub(super) fn times(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let between = scene.after == at && line.is_digits(at + 1);
    (between && matches!(line.str(at), "x" | "X")).then(|| Reading::new(at + 1, "nhân"))
}

/// Letters and digits in one: "A1B", "G7", "QL1A", "5G" after its number.
pub(super) fn code(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let loud = matches!(line.case(at), Some(Case::Letter | Case::Upper));
    if !loud || !line.glued(at + 1) || !line.is_digits(at + 1) {
        return None;
    }
    let mut out = String::new();
    let mut end = at;
    while end == at || line.glued(end) {
        match line.case(end) {
            Some(_) => push(&mut out, &letters(line, end)),
            None if line.is_digits(end) => push(&mut out, &digits(line, end)),
            None => break,
        }
        end += 1;
    }
    Some(Reading::new(end, out))
}

fn letters(line: &Line, at: usize) -> String {
    let word = line.str(at);
    match super::abbreviation::anywhere(word) {
        Some(words) if word.chars().count() > 1 => words.to_owned(),
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

/// A single letter by its name; a vowel is its own name.
pub(super) fn single(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let mut chars = line.str(at).chars();
    let letter = chars.next().filter(|_| chars.next().is_none())?;
    if is_after_apostrophe(line, at) {
        return None;
    }
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    let cued = line.is_in(at.wrapping_sub(1), LETTER_CUES);
    let name = match lower {
        'w' => "đắp liu",
        'd' if cued => "dê",
        _ => letter::name(letter)?,
    };
    let prime =
        line.glued(at + 1) && line.is_one_of(at + 1, &['\'', '′', '’']) && !line.glued(at + 2);
    if prime {
        return Some(Reading::new(at + 2, format!("{name} phẩy")));
    }
    let is_word = is_syllable(&lower.to_string());
    (!is_word || name != lower.to_string())
        .then(|| Reading::new(at + 1, name))
        .filter(|_| !"ăâ".contains(lower) || cued)
}

/// The "t" of "don't" belongs to its word.
fn is_after_apostrophe(line: &Line, at: usize) -> bool {
    let mark = at.wrapping_sub(1);
    line.is_one_of(mark, &['\'', '’']) && line.joins(mark) && line.is_word(mark.wrapping_sub(1))
}

/// A word in capitals that is Vietnamese is said in small letters: no voice may spell it.
pub(super) fn shouted(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if line.case(at) != Some(Case::Upper) {
        return None;
    }
    let word = line.word(at);
    let marked = !word.is_ascii();
    (is_syllable(&word) && (marked || among_capitals(line, at) || !line.glued(at + 1)))
        .then(|| Reading::new(at + 1, word))
}

/// Is it a Vietnamese word among others in capitals, so that it is no abbreviation?
pub(super) fn is_shouted_syllable(line: &Line, at: usize) -> bool {
    line.case(at) == Some(Case::Upper) && is_syllable(&line.word(at)) && among_capitals(line, at)
}

fn among_capitals(line: &Line, at: usize) -> bool {
    let loud = |i: usize| {
        line.case(i) == Some(Case::Upper) && !line.str(i).is_ascii() && is_syllable(&line.word(i))
    };
    loud(at.wrapping_sub(1)) || loud(at + 1)
}

/// Any other cluster of capitals is spelled.
pub(super) fn cluster(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    (line.case(at) == Some(Case::Upper)).then(|| Reading::new(at + 1, letter::spell(line.str(at))))
}
