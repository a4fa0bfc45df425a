//! Clause punctuation: what ends, what pauses, what is silent.

use super::line::is_dash;
use super::rule::{Reading, Scene};
use super::token::{Case, Kind};

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
    long.then(|| Reading::new(end, if goes_on { "," } else { "." }))
}

/// Every other mark: clause punctuation and brackets pause, the rest is silent.
pub(super) fn pause(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let Some(Kind::Mark(mark)) = line.kind(at) else {
        return None;
    };
    let words = match mark {
        '.' if line.joins(at) && line.case(at + 1) == Some(Case::Lower) => "",
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
