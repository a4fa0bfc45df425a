//! Abbreviations, initials, roman numerals.

use super::Said;
use super::number::{cardinal, ordinal, roman};
use super::table::{ABBREVIATIONS, BEFORE_OR_AFTER, COUNTED, RULERS, When};
use super::token::{Kind, Scan};

/// "Mr.", "No. 5", "etc.", "Jan."
pub(super) fn shortened(scan: &Scan, at: usize) -> Option<Said> {
    if at > 0 && scan.is_any(at - 1, &[".", "-", "/"]) {
        return None;
    }
    let found = ABBREVIATIONS.iter().find_map(|(written, said, when)| {
        let end = scan.matches(at, written)?;
        stands(scan, end, *when).then_some((*said, end))
    });
    let (words, end) = found?;
    Some(with_dot(scan, "abbreviation", words, end))
}

/// "Dr. Lee" and "Oak Dr.", "St. Mary" and "High St."
pub(super) fn before_or_after(scan: &Scan, at: usize) -> Option<Said> {
    let word = scan.word(at)?;
    let (_, before, after) = BEFORE_OR_AFTER
        .iter()
        .find(|(written, ..)| *written == word)?;
    let dot = usize::from(scan.is(at + 1, "."));
    let name_behind = begins_capital(scan.str(scan.skip_blank(at + 1 + dot)));
    let name_before = begins_capital(scan.previous(at));
    let words = match (name_behind, name_before) {
        (true, _) => before,
        (false, true) => after,
        (false, false) if dot == 1 => before,
        (false, false) => return None,
    };
    Some(with_dot(scan, "abbreviation", words, at + 1))
}

/// "U.S.", "J. K.", "p.m."
pub(super) fn initials(scan: &Scan, at: usize) -> Option<Said> {
    let mut letters = Vec::new();
    let mut end = at;
    while let Some(letter) = scan
        .word(end)
        .filter(|w| w.chars().count() == 1 && scan.is(end + 1, "."))
    {
        letters.push(letter.to_uppercase());
        end += 2;
    }
    let single = letters.len() == 1;
    let capital = scan.str(at).chars().all(char::is_uppercase);
    if letters.is_empty() || (single && !capital) {
        return None;
    }
    // "U.S.A": the last letter may go without its full stop.
    if let Some(letter) = scan.word(end).filter(|w| w.chars().count() == 1 && !single) {
        letters.push(letter.to_uppercase());
        end += 1;
    }
    let mut said = Said::new("initials", letters.join(" "), end);
    said.stop = scan.is(end - 1, ".") && scan.is_last(end);
    Some(said)
}

/// "Chapter IV", "Louis XIV", "World War II".
pub(super) fn numeral(scan: &Scan, at: usize) -> Option<Said> {
    let written = scan.word(at)?;
    let number = roman(written)?;
    let previous = scan.previous(at);
    let parted = at > 0 && scan.kind(at - 1) == Some(Kind::Blank);
    if parted && COUNTED.contains(&previous) {
        return Some(Said::new("numeral", cardinal(number), at + 1));
    }
    let pronoun = written == "I"
        && scan
            .word(scan.skip_blank(at + 1))
            .is_some_and(|w| w != "of");
    let ruler = parted && RULERS.contains(&previous) && !pronoun;
    ruler.then(|| Said::new("numeral", format!("the {}", ordinal(number)), at + 1))
}

/// Does what stands behind an abbreviation make it one?
fn stands(scan: &Scan, end: usize, when: When) -> bool {
    let dot = scan.is(end, ".");
    let next = scan.skip_blank(end + usize::from(dot));
    match when {
        When::Always => true,
        When::Dot => dot && scan.kind(end + 1) != Some(Kind::Word),
        When::Title => dot || begins_capital(scan.str(next)),
        When::Number => scan.kind(next) == Some(Kind::Number),
        When::Year => dot && scan.kind(next) == Some(Kind::Number),
    }
}

/// Takes the full stop along; at the end of the text it ends the sentence as well.
fn with_dot(scan: &Scan, rule: &'static str, words: &str, end: usize) -> Said {
    let dot = scan.is(end, ".");
    let end = end + usize::from(dot);
    let mut said = Said::new(rule, words, end);
    said.stop = dot && scan.is_last(end);
    said
}

fn begins_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
