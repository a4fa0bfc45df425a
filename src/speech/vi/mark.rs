//! Clause punctuation: what ends, what pauses, what is silent.

use super::line::{Line, is_dash};
use super::rule::{Reading, Scene};
use super::syllable::is_syllable;
use super::token::{Case, Kind};
use crate::model::Punctuation;

/// The end of an official text, "./.", is silent.
pub(super) fn end_mark(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let here = line.is_mark(at, '.') && line.is_mark(at + 1, '/') && line.is_mark(at + 2, '.');
    (here && line.joins(at + 1)).then(|| Reading::new(at + 3, "."))
}

/// "…", also written "...": a pause before a small letter, else an end.
pub(super) fn ellipsis(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let mut end = at;
    while line.is_one_of(end, &['.', '…']) && (end == at || line.glued(end)) {
        end += 1;
    }
    let long = line.is_mark(at, '…') || end >= at + 2;
    let goes_on = line.case(end) == Some(Case::Lower) || line.is_one_of(end, &[',', ')', ';', ':']);
    let filled_in = line.is_one_of(end, &['/', '-']) && line.glued(end);
    let words = if filled_in {
        ""
    } else if goes_on {
        ","
    } else {
        "."
    };
    long.then(|| Reading::new(end, words))
}

/// The point of a part's number: "mục I.2.a".
fn is_point(scene: &Scene, at: usize) -> bool {
    let line = &scene.line;
    let counted = scene.after == at || line.is_digits(at.wrapping_sub(1));
    let part = line.is_digits(at + 1) || line.str(at + 1).chars().count() == 1;
    line.joins(at) && counted && part
}

/// A point inside a name or an abbreviation, as in "V.League" and "bà Nguyễn Thị B. cho biết".
fn is_inside(scene: &Scene, at: usize) -> bool {
    let line = &scene.line;
    let initial = line.case(at.wrapping_sub(1)) == Some(Case::Letter);
    let before_small = line.case(at + 1) == Some(Case::Lower);
    let joined = line.joins(at) && (before_small || (initial && line.is_word(at + 1)));
    let explained = line.is_one_of(at + 1, &['(', ',', ';']) || before_small;
    let named = line.is_word(at.wrapping_sub(2)) || line.is_mark(at.wrapping_sub(2), '.');
    joined || (initial && explained && named) || is_middle(line, at)
}

/// "U.19", "KP.3", "0912.xxx.345"; "George W. Bush"; "D.C., New York": the point of letters that go on.
fn is_middle(line: &Line, at: usize) -> bool {
    let before = line.case(at.wrapping_sub(1));
    let numbered = line.joins(at) && line.is_digits(at + 1);
    let foreign = line.case(at + 1) == Some(Case::Title) && !is_syllable(&line.word(at + 1));
    match before {
        Some(Case::Letter) => {
            numbered || foreign || (line.glued(at + 1) && line.is_one_of(at + 1, &[',', ';', ':']))
        }
        Some(Case::Upper) => {
            let titles = matches!(line.case(at + 1), Some(Case::Upper | Case::Mixed));
            numbered || titles && line.joins(at)
        }
        Some(Case::Lower) => numbered && line.str(at - 1).bytes().all(|b| b == b'x'),
        _ => false,
    }
}

/// Names of marks, and whether they are among the few that "some" punctuation names. Source: the
/// school names of the marks.
const NAMES: &[(&str, &str, bool)] = &[
    (".", "chấm", false),
    (",", "phẩy", false),
    (";", "chấm phẩy", false),
    (":", "hai chấm", false),
    ("?", "chấm hỏi", false),
    ("!", "chấm than", false),
    ("…", "ba chấm", false),
    ("-–—", "gạch ngang", false),
    ("\"", "ngoặc kép", true),
    ("“«", "mở ngoặc kép", true),
    ("”»", "đóng ngoặc kép", true),
    ("'‘’", "nháy đơn", true),
    ("(", "mở ngoặc", true),
    (")", "đóng ngoặc", true),
    ("[", "mở ngoặc vuông", true),
    ("]", "đóng ngoặc vuông", true),
    ("{", "mở ngoặc nhọn", true),
    ("}", "đóng ngoặc nhọn", true),
    ("<", "nhỏ hơn", true),
    (">", "lớn hơn", true),
    ("/", "gạch chéo", true),
    ("\\", "gạch chéo ngược", true),
    ("_", "gạch dưới", true),
    ("*", "sao", true),
    ("#", "thăng", true),
    ("|", "gạch đứng", true),
    ("~", "ngã", true),
    ("^", "mũ", true),
    ("•", "chấm tròn", true),
];

/// Names a mark, where the reader wants it named; it still pauses.
pub(super) fn named(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let level = line.options.punctuation;
    let Some(Kind::Mark(mark)) = line.kind(at).filter(|_| level != Punctuation::None) else {
        return None;
    };
    let (_, name, some) = NAMES.iter().find(|(marks, ..)| marks.contains(mark))?;
    if !some && level != Punctuation::All {
        return None;
    }
    let pause = self::pause(scene, at).map(|reading| reading.words);
    Some(Reading::new(
        at + 1,
        format!("{name}{}", pause.unwrap_or_default()),
    ))
}

/// Every other mark: clause punctuation and brackets pause, the rest is silent.
pub(super) fn pause(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let Some(Kind::Mark(mark)) = line.kind(at) else {
        return None;
    };
    let words = match mark {
        '.' if is_point(scene, at) => " chấm",
        '.' if is_inside(scene, at) => "",
        '.' => ".",
        ',' | '、' | '，' => ",",
        ';' => ";",
        ':' => ":",
        '?' => "?",
        '!' => "!",
        '。' => ".",
        ')' | ']' | '}' if at + 1 >= line.tokens.len() => "",
        '(' | '[' | '{' | ')' | ']' | '}' | '|' => ",",
        c if is_dash(c) => ",",
        _ => "",
    };
    Some(Reading::new(at + 1, words))
}
