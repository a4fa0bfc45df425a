//! Signs of documents: `290-QĐ/TW`, `42/2022/NĐ-CP`, `749/QĐ-TTg`, `45/2019/QH14`, `2178/UBND-VX`.
//!
//! A number, sometimes a year, then codes of the document's type and of who issued it. The type comes
//! first and decides what the codes behind it mean: "CT" is an instruction at first and nothing else
//! later.
//!
//! Source: Decree 30/2020/NĐ-CP, appendix III (types and their codes); Guideline 36-HD/VPTW 2018 for
//! documents of the Party; `documents.tsv` beside this file.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::abbreviation;
use super::letter::spell;
use super::line::Line;
use super::number::{cardinal, push};
use super::rule::{Reading, Scene};
use super::token::Case;
use crate::model::DocumentStyle;

/// Words after which a number with a year is a document's, not a month.
pub(super) const NUMBERED: &str = "\
    số|nghị định|nghị quyết|quyết định|thông tư|luật|pháp lệnh|công văn|chỉ thị|kế hoạch|\
    thông báo|kết luận|quy định|hướng dẫn|báo cáo|tờ trình|công điện|liên tịch";

/// No sign has more pieces than this.
const MOST_PIECES: usize = 16;

/// What a code means, by its place: as the type, as the issuer.
#[derive(Default)]
struct Codes {
    types: FxHashMap<&'static str, &'static str>,
    issuers: FxHashMap<&'static str, &'static str>,
}

static CODES: LazyLock<Codes> = LazyLock::new(|| {
    let mut codes = Codes::default();
    for row in include_str!("documents.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
    {
        let mut columns = row.split('\t');
        if let (Some(kind), Some(code), Some(words)) =
            (columns.next(), columns.next(), columns.next())
        {
            match kind {
                "type" => codes.types.insert(code, words),
                _ => codes.issuers.insert(code, words),
            };
        }
    }
    codes
});

/// Reads a document's sign from its number.
pub(super) fn document(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let number = line.digits(at)?;
    let behind = after_letter(line, at + 1);
    let (year, at_codes) = match year(line, behind) {
        Some(year) => (Some(year), behind + 2),
        None => (None, behind),
    };
    let Some((end, codes)) = codes(line, at_codes).or_else(|| small_codes(line, at_codes)) else {
        return number_and_year(line, at);
    };
    let codes: Vec<&str> = codes.iter().map(|code| &**code).collect();
    let region = line.options.region;
    let mut out = super::quantity::whole(line, at, number);
    if behind == at + 2 {
        push(&mut out, &spell(line.str(at + 1)));
    }
    if let Some(year) = year {
        push(&mut out, "trên");
        push(&mut out, &cardinal(year, region));
    }
    push(&mut out, &spoken_codes(line, at, &codes));
    Some(Reading::new(end, out))
}

/// Reads a sign that has no number: "QĐ-TTg", "NQ/TW", "/QĐ-UBND".
pub(super) fn codes_alone(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let (end, codes) = chain(line, at, Typing::Strict)?;
    let known = codes.len() > 1
        && CODES.types.contains_key(codes[0])
        && codes[1..].iter().all(|c| listed_issuer(c).is_some());
    known.then(|| Reading::new(end, spoken_codes(line, at, &codes)))
}

/// "Luật số 45/2013": a number and a year, not a month.
fn number_and_year(line: &Line, at: usize) -> Option<Reading> {
    let year = year(line, at + 1).filter(|_| line.joins(at + 1))?;
    let free = !(line.is_one_of(at + 3, &['/', '-']) && line.joins(at + 3));
    if !free || !line.follows(at, NUMBERED) {
        return None;
    }
    let region = line.options.region;
    let words = format!(
        "{} trên {}",
        cardinal(line.str(at), region),
        cardinal(year, region)
    );
    Some(Reading::new(at + 3, words))
}

/// The year behind a number; a blank before its slash is a slip of typing.
fn year<'a>(line: &Line<'a>, mark: usize) -> Option<&'a str> {
    let year = line.digits(mark + 1)?;
    let fits = year.len() == 4 && matches!(year.as_bytes()[0], b'1' | b'2');
    (fits && line.is_mark(mark, '/') && line.glued(mark + 1)).then_some(year)
}

/// A number may carry one small letter: "12a/QĐ-UBND".
fn after_letter(line: &Line, at: usize) -> usize {
    let letter = line.glued(at) && line.is_word(at) && line.str(at).chars().count() == 1;
    at + usize::from(letter)
}

/// Finds the codes behind a number; the mark before them must touch both, or stand before a
/// document's type and issuer ("290 - QĐ/TW", "30/2020/ NĐ-CP").
fn codes<'a>(line: &Line<'a>, mark: usize) -> Option<(usize, Vec<Cow<'a, str>>)> {
    let is_mark = line.is_mark(mark, '/') || line.is_dash(mark);
    let (end, codes) = chain(line, mark + 1, Typing::Loose).filter(|_| is_mark)?;
    let is_type = CODES.types.contains_key(codes[0]) || fused(codes[0]).is_some();
    let is_issuer = issuer(without_term(codes[0])).is_some();
    let loud = line.case(mark + 1) == Some(Case::Upper);
    let typed = is_type && codes.len() > 1;
    let joined = line.joins(mark) && (is_type || is_issuer || (loud && codes.len() > 1));
    let codes = codes.into_iter().map(Cow::Borrowed);
    (joined || typed).then(|| (end, codes.collect()))
}

/// "30/2020/nđ-cp": a type and an issuer in small letters.
fn small_codes<'a>(line: &Line<'a>, mark: usize) -> Option<(usize, Vec<Cow<'a, str>>)> {
    let small = |at: usize| {
        let word = line.str(at);
        (line.case(at) == Some(Case::Lower) && word.len() <= 12).then(|| word.to_uppercase())
    };
    let joined = line.is_mark(mark, '/') && line.joins(mark) && line.joins(mark + 2);
    if !joined || !line.is_dash(mark + 2) {
        return None;
    }
    let (kind, body) = (small(mark + 1)?, small(mark + 3)?);
    let known = CODES.types.contains_key(&*kind) && listed_issuer(&body).is_some();
    known.then(|| (mark + 4, vec![Cow::Owned(kind), Cow::Owned(body)]))
}

/// May blanks stand around the dash between the type and the issuer?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Typing {
    /// None.
    Strict,
    /// They may: "30/2020/NĐ - CP".
    Loose,
}

/// Codes with `-` or `/` between them, each with the digits or `&` that belong to it.
fn chain<'a>(line: &Line<'a>, first: usize, typing: Typing) -> Option<(usize, Vec<&'a str>)> {
    let mut codes = Vec::new();
    let mut at = first;
    while codes.len() < MOST_PIECES {
        let (code, end) = code(line, at)?;
        codes.push(code);
        at = end;
        let between = line.is_mark(at, '/') || line.is_dash(at);
        let slip = typing == Typing::Loose
            && codes.len() == 1
            && CODES.types.contains_key(codes[0])
            && listed_issuer(line.str(at + 1)).is_some();
        let goes_on = between && (line.joins(at) || slip);
        if !goes_on || !begins_code(line, at + 1) {
            break;
        }
        at += 1;
    }
    Some((at, codes))
}

fn begins_code(line: &Line, at: usize) -> bool {
    matches!(
        line.case(at),
        Some(Case::Upper | Case::Mixed | Case::Letter)
    ) || (line.case(at) == Some(Case::Title) && issuer(line.str(at)).is_some())
}

fn code<'a>(line: &Line<'a>, at: usize) -> Option<(&'a str, usize)> {
    if !begins_code(line, at) {
        return None;
    }
    let mut end = at + 1;
    while end < at + MOST_PIECES
        && ((line.glued(end) && line.is_digits(end))
            || (line.is_mark(end, '&') && line.joins(end) && line.is_word(end + 1))
            || (line.is_mark(end - 1, '&') && line.is_word(end)))
    {
        end += 1;
    }
    let text = &line.text[line.tokens[at].start..line.tokens[end - 1].end];
    Some((text, end))
}

fn spoken_codes(line: &Line, at: usize, codes: &[&str]) -> String {
    let mut out = String::new();
    for (i, code) in codes.iter().enumerate() {
        match line.options.documents {
            DocumentStyle::Short => {}
            DocumentStyle::Spell => push(&mut out, &spelled_code(line, code)),
            DocumentStyle::Expand => {
                let told = told_before(line, at, code).or_else(|| of_party(line, at, codes));
                let told = told.filter(|_| i == 0);
                let words = told.map_or_else(|| expanded(line, code, i == 0), str::to_owned);
                push(&mut out, &words);
            }
        }
    }
    out
}

/// Types that share a code: the word before tells, also before a list of signs.
const TOLD: &[(&str, &str)] = &[
    ("QĐ", "quy định"),
    ("TT", "thông tri"),
    ("TT", "thông tư"),
    ("CT", "chương trình"),
    ("HD", "hợp đồng"),
    ("TC", "tố cáo"),
];

fn told_before(line: &Line, at: usize, code: &str) -> Option<&'static str> {
    let mut meanings = TOLD.iter().filter(|(shared, _)| *shared == code).peekable();
    meanings.peek()?;
    let head = line.head_of_list(at, |l, i| {
        l.is_digits(i)
            || l.is_one_of(i, &['/', ',', '-'])
            || matches!(l.case(i), Some(Case::Upper | Case::Mixed))
            || l.is_in(i, "số|và")
    });
    let told = meanings.find(|(_, words)| line.follows(head.wrapping_add(1), words));
    told.map(|(_, words)| *words)
}

/// "05-TT/TU": what the Party sends out is a "thông tri". Source: Guideline 36-HD/VPTW 2018.
fn of_party(line: &Line, at: usize, codes: &[&str]) -> Option<&'static str> {
    let structure = line.is_dash(at + 1) || line.is_word(at);
    let party = matches!(codes, ["TT", body] if is_party_body(body));
    (structure && party).then_some("thông tri")
}

/// "TW", "TU", "HU": committees of the Party, and their offices and boards.
fn is_party_body(code: &str) -> bool {
    ["TW", "TƯ", "TU", "HU", "QU", "ĐU", "ThU", "ĐUK"]
        .iter()
        .any(|body| code.ends_with(body))
}

/// Does a sign of the Party begin here: "05-TT/TU"?
pub(super) fn is_of_party(line: &Line, at: usize) -> bool {
    line.is_digits(at)
        && line.is_dash(at + 1)
        && line.is_word(at + 2)
        && line.is_mark(at + 3, '/')
        && (at + 1..at + 4).all(|mark| line.joins(mark))
        && is_party_body(line.str(at + 4))
}

/// "NĐCP", "QĐUB": a type and an issuer without the hyphen.
fn fused(code: &str) -> Option<String> {
    const LONGEST_TYPE: usize = 8;
    let cuts = code.char_indices().map(|(at, _)| at);
    let mut cuts = cuts.take(LONGEST_TYPE + 1).skip(2);
    cuts.find_map(|at| {
        let (kind, body) = code.split_at(at);
        let kind = CODES.types.get(kind)?;
        Some(format!("{kind} {}", listed_issuer(body)?))
    })
}

fn expanded(line: &Line, code: &str, first: bool) -> String {
    let as_type = CODES.types.get(code).filter(|_| first);
    if let Some(words) = as_type.map(|w| (*w).to_owned()).or_else(|| issuer(code)) {
        return words;
    }
    if let Some(words) = fused(code).filter(|_| first) {
        return words;
    }
    let letters = without_term(code);
    let term = &code[letters.len()..];
    match issuer(letters).filter(|_| !term.is_empty()) {
        Some(words) => format!("{words} khóa {}", cardinal(term, line.options.region)),
        None => spelled_code(line, code),
    }
}

/// "QH14" is the National Assembly of the fourteenth term.
fn without_term(code: &str) -> &str {
    code.trim_end_matches(|c: char| c.is_ascii_digit())
}

fn spelled_code(line: &Line, code: &str) -> String {
    let letters = without_term(code);
    let term = &code[letters.len()..];
    let mut out = String::new();
    for part in letters.split('&') {
        push(&mut out, &spell(part));
    }
    if !term.is_empty() {
        push(&mut out, &cardinal(term, line.options.region));
    }
    out
}

/// Reads who issued a document: a known body, its initials, or any abbreviation.
fn issuer(code: &str) -> Option<String> {
    listed_issuer(code).or_else(|| abbreviation::anywhere(code).map(str::to_owned))
}

/// Reads a body that issues documents, or a ministry or department by the initials of its field.
fn listed_issuer(code: &str) -> Option<String> {
    if let Some(words) = CODES.issuers.get(code) {
        return Some((*words).to_owned());
    }
    let composed = |prefix: char, body: &str| {
        let rest = code.strip_prefix(prefix)?;
        let field = CODES.issuers.get(rest).copied();
        let field = field.or_else(|| abbreviation::field(rest))?;
        Some(format!("{body} {field}"))
    };
    composed('B', "bộ").or_else(|| composed('S', "sở"))
}
