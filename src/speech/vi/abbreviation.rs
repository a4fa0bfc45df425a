//! Abbreviations of official prose, read by their neighbours.
//!
//! The longest row that begins at a word wins ("TP.HCM" before "TP."); of several rows for one
//! abbreviation the first whose neighbours fit.
//!
//! Source: `abbreviations.tsv`, collected from portals of provinces, the Party and the press.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::document;
use super::line::Line;
use super::rule::{Reading, Scene};
use super::token::Case;
use super::word;

/// Where a meaning holds.
enum Where {
    Anywhere,
    After(&'static str),
    Before(&'static str),
    BeforeName,
    BeforeNumber,
    /// Before a document's sign, as in "CT 05-CT/TW".
    BeforeSign,
    /// Before a sign of the Party, as in "TT 05-TT/TU".
    BeforePartySign,
    /// Before a number of three digits, as of a room.
    BeforeRoom,
    AfterNumber,
    /// Before a number, where parts of a law are told.
    InLaw,
    LineStart,
}

type Meanings = Vec<(Where, &'static str)>;

static TABLE: LazyLock<FxHashMap<&'static str, Meanings>> = LazyLock::new(|| {
    let mut table: FxHashMap<&str, Meanings> = FxHashMap::default();
    for row in include_str!("abbreviations.tsv").lines() {
        let mut columns = row.split('\t');
        if let (Some(key), Some(words)) = (
            columns.next().filter(|k| !k.starts_with('#')),
            columns.next(),
        ) {
            let place = place(columns.next().unwrap_or_default());
            table.entry(key).or_default().push((place, words));
        }
    }
    table
});

fn place(condition: &'static str) -> Where {
    match condition.split_once(':') {
        Some(("after", words)) => Where::After(words),
        Some(("before", words)) => Where::Before(words),
        _ => match condition {
            "before-name" => Where::BeforeName,
            "before-number" => Where::BeforeNumber,
            "before-sign" => Where::BeforeSign,
            "before-party-sign" => Where::BeforePartySign,
            "before-room" => Where::BeforeRoom,
            "number" => Where::AfterNumber,
            "in-law" => Where::InLaw,
            "line-start" => Where::LineStart,
            _ => Where::Anywhere,
        },
    }
}

/// No abbreviation has more tokens than this ("VH,TT&DL" has five).
const MOST_TOKENS: usize = 6;

/// Reads the abbreviation that begins at `at`; one that repeats the words before it, as in "quốc lộ
/// QL.3", is silent.
pub(super) fn abbreviation(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if word::is_shouted(line, at) || is_initial(line, at) {
        return None;
    }
    let last = (at + 1..at + MOST_TOKENS)
        .find(|i| !line.glued(*i))
        .unwrap_or(at + MOST_TOKENS);
    let start = line.tokens.get(at)?.start;
    (at + 1..=last).rev().find_map(|end| {
        let written = line.text.get(start..line.tokens.get(end - 1)?.end)?;
        let meanings = TABLE.get(written)?;
        let goes_on = line.glued(end) && (line.is_word(end) || line.is_digits(end));
        let free = !goes_on || written.ends_with(['.', '°', 'º']);
        let fitting = meanings
            .iter()
            .find(|(place, _)| fits(line, at, end, place));
        let (_, words) = fitting.filter(|_| free)?;
        let said_before = line.is_digits(end) && line.follows(at, words);
        let words = if said_before { "" } else { words };
        Some(Reading::new(
            end,
            format!("{words}{}", ending(line, written, end)),
        ))
    })
}

/// "Đ12 k2 Luật Đất đai": parts of a law with their numbers, nothing between.
pub(super) fn part_of_law(scene: &Scene, at: usize) -> Option<Reading> {
    const MOST_DIGITS: usize = 3;
    let line = &scene.line;
    let name = match line.str(at) {
        "Đ" => "điều",
        "k" | "K" => "khoản",
        _ => return None,
    };
    let numbered =
        line.glued(at + 1) && line.digits(at + 1).is_some_and(|d| d.len() <= MOST_DIGITS);
    let free = !line.glued(at) && !line.goes_on(at + 2);
    (numbered && free && names_law(line, at)).then(|| Reading::new(at + 1, name))
}

/// "v..v..", "v…v…": and so on, with too many points; "v.v." is in the table. Several points behind
/// it are left to their own rule.
pub(super) fn and_so_on(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let point = |i: usize| line.is_one_of(i, &['.', '…']) && line.glued(i);
    let begins = !line.glued(at) || line.is_one_of(at.wrapping_sub(1), &['(', ',', ';']);
    if !line.is(at, "v") || !begins {
        return None;
    }
    let second = (at + 1..).find(|i| !point(*i))?;
    let several = second > at + 2 || line.is_mark(at + 1, '…');
    if !several || !line.is(second, "v") || !line.glued(second) || line.goes_on(second + 1) {
        return None;
    }
    let single = line.is_mark(second + 1, '.') && line.glued(second + 1) && !point(second + 2);
    let end = second + 1 + usize::from(single);
    let pause = if single {
        ending(line, "v.v.", end)
    } else {
        ""
    };
    Some(Reading::new(end, format!("vân vân{pause}")))
}

/// "ông H. Công an đã …": behind a word for a person a letter is of a name, not of a place.
fn is_initial(line: &Line, at: usize) -> bool {
    line.case(at) == Some(Case::Letter)
        && line.is_mark(at + 1, '.')
        && line.is_in(at.wrapping_sub(1), word::CALLED)
}

/// Returns what an abbreviation means wherever it stands.
pub(super) fn anywhere(written: &str) -> Option<&'static str> {
    let meanings = TABLE.get(written)?;
    let open = meanings
        .iter()
        .find(|(place, _)| matches!(place, Where::Anywhere));
    open.map(|(_, words)| *words)
}

/// Returns what an abbreviation means before a number: "QL" of "QL1A".
pub(super) fn before_number(written: &str) -> Option<&'static str> {
    let meanings = TABLE.get(written)?;
    let mut fitting = meanings
        .iter()
        .filter(|(place, _)| matches!(place, Where::Anywhere | Where::BeforeNumber));
    fitting.next().map(|(_, words)| *words)
}

/// Returns a ministry's field by its initials: "TNMT".
pub(super) fn field(initials: &str) -> Option<&'static str> {
    (initials.chars().count() >= 3)
        .then(|| anywhere(initials))
        .flatten()
}

fn fits(line: &Line, at: usize, end: usize, place: &Where) -> bool {
    match place {
        Where::Anywhere => true,
        Where::After(phrases) => line.follows(after_colon(line, at), phrases),
        Where::Before(phrases) => line.precedes(end, phrases),
        Where::BeforeName => is_name(line, end),
        Where::BeforeNumber => line.is_digits(end),
        Where::BeforeSign => begins_sign(line, end),
        Where::BeforePartySign => document::is_of_party(line, end),
        Where::BeforeRoom => line.digits(end).is_some_and(|d| d.len() == 3),
        Where::AfterNumber => line.is_digits(at.wrapping_sub(1)),
        Where::InLaw => line.is_digits(end) && tells_of_law(line, at),
        Where::LineStart => at == 0,
    }
}

/// "05-CT/TW", "22/2021/TT-BGDĐT": a number and codes, perhaps with a year between.
fn begins_sign(line: &Line, at: usize) -> bool {
    let joined = |mark: usize| line.is_one_of(mark, &['-', '/']) && line.joins(mark);
    let year = 2 * usize::from(joined(at + 1) && line.is_digits(at + 2));
    line.is_digits(at) && joined(at + 1 + year) && line.is_word(at + 2 + year)
}

/// "Đ.5, k.3 Luật Đất đai": are parts of a law named close by?
fn tells_of_law(line: &Line, at: usize) -> bool {
    const REACH: usize = 8;
    const PARTS: &str = "điều|khoản|điểm|luật|nghị|k|đ|blhs|blds|bltths|hp";
    let parted = |i: usize| line.is_mark(i, ';');
    let behind = (at + 1..=at + REACH).take_while(|i| !parted(*i));
    let before = (1..=REACH).map(|back| at.wrapping_sub(back));
    behind
        .chain(before.take_while(|i| !parted(*i)))
        .any(|i| line.is_in(i, PARTS))
}

/// Is a law itself named behind, or a part of it in full beside?
fn names_law(line: &Line, at: usize) -> bool {
    const REACH: usize = 10;
    const LAWS: &str = "luật|nghị|điều|khoản|blhs|blds|bltths|hp|hiến|pháp|bộ";
    (at + 1..=at + REACH)
        .chain((1..=4).map(|back| at.wrapping_sub(back)))
        .any(|i| line.is_in(i, LAWS))
}

/// A name begins with one capital; after a one-letter abbreviation capitals alone are initials.
fn is_name(line: &Line, at: usize) -> bool {
    matches!(line.case(at), Some(Case::Title | Case::Upper))
        || (line.case(at) == Some(Case::Letter) && !line.is_mark(at + 1, '.'))
}

/// "Lưu: VT", "xã, phường, TT": a colon or a comma does not part an abbreviation from the word that
/// explains it.
fn after_colon(line: &Line, at: usize) -> usize {
    at.wrapping_sub(usize::from(line.is_one_of(at.wrapping_sub(1), &[':', ','])))
}

/// "v.v." ends its sentence where a capital or nothing follows.
fn ending(line: &Line, written: &str, end: usize) -> &'static str {
    let ends = written.ends_with('.') && written.starts_with(['v', 'V']) && written.len() <= 4;
    let last = end >= line.tokens.len() || line.case(end) == Some(Case::Title);
    if ends && last { "." } else { "" }
}
