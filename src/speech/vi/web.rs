//! Web and mail addresses: labels, dots, signs.
//!
//! A label that is a place or a Vietnamese word without its marks is read as that; other labels are
//! left to the voice where they can be said, else spelled, and digits are said one by one. The scheme
//! is silent.
//!
//! Source: `web.tsv` (place names of the 63 provinces of 2024 and the 34 of 2025, words of portals).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::letter::spell;
use super::line::Line;
use super::number::{push, spelled};
use super::rule::{Reading, Scene};
use super::syllable::{bare_syllables, is_bare_syllable, is_syllable};
use super::token::{Case, Kind};

static LABELS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = include_str!("web.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t')).collect()
});

/// Last labels that make a chain of words an address. Source: IANA root zone, those in common use.
const TOP_LEVEL: &str = "\
    vn|com|net|org|gov|edu|info|biz|io|tv|asia|int|us|uk|jp|cn|kr|fr|de|au|la|kh|th|sg|eu|\
    app|dev|xyz|name|pro|me|ly|news|link|page|club|shop|online|store|site|ai|ru|tw|hk";

/// Endings of files that are named in prose.
const FILE_ENDINGS: &str = "\
    pdf|doc|docx|xls|xlsx|ppt|pptx|html|htm|php|aspx|jpg|jpeg|png|gif|mp3|mp4|zip|rar|txt|\
    csv|xml|json|exe|apk";

/// As many tokens tell whether a run of words and marks is an address.
const TELLING_TOKENS: usize = 80;

/// Longer hashtags are left to the voice.
const MOST_TAG_BYTES: usize = 80;

/// Shorter labels are as often foreign words.
const SHORTEST_CHAIN: usize = 7;

/// Signs inside an address.
const SIGNS: &[(char, &str)] = &[
    ('.', "chấm"),
    ('@', "a còng"),
    ('/', "gạch chéo"),
    ('-', "gạch ngang"),
    ('_', "gạch dưới"),
    (':', "hai chấm"),
    ('?', "hỏi"),
    ('=', "bằng"),
    ('&', "và"),
    ('%', "phần trăm"),
    ('#', "thăng"),
    ('~', "ngã"),
    ('+', "cộng"),
];

/// Reads an address that begins with the word at `at`.
pub(super) fn address(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if !line.glued(at + 1) || (line.glued(at) && !opens(line, at)) {
        return None;
    }
    let from = after_scheme(line, at);
    if from == at && line.is_mark(at + 1, ':') && !line.is_digits(at + 2) {
        return None; // no scheme and no port: "Email:thu@vidu.vn" begins behind its colon
    }
    let told = end_of_run(line, at, at + TELLING_TOKENS);
    if from == at && !has_mail_sign(line, at, told) && !has_top_level(line, at, told) {
        return None;
    }
    let end = end_of_run(line, at, usize::MAX);
    (from < end).then(|| Reading::new(end, spoken(line, from, end)))
}

/// Reads an address whose first label begins with digits: "24h.com.vn", "123bay@thu.vn".
pub(super) fn address_of_digits(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let lettered = line.glued(at + 1) && line.case(at + 1) == Some(Case::Lower);
    let marked = line.is_one_of(at + 2, &['.', '@']) && line.joins(at + 2) && line.is_word(at + 3);
    let begins = lettered && marked;
    begins.then(|| address(scene, at)).flatten()
}

fn opens(line: &Line, at: usize) -> bool {
    line.is_one_of(
        at.wrapping_sub(1),
        &['(', '"', '“', '<', ':', ';', ',', '[', '\''],
    )
}

/// Everything glued that may stand in an address, up to the token `most`, without the sentence's own
/// marks behind it.
fn end_of_run(line: &Line, at: usize, most: usize) -> usize {
    let mut end = at + 1;
    while end < most && line.glued(end) && may_stand(line, end) {
        end += 1;
    }
    while matches!(line.kind(end - 1), Some(Kind::Mark(c)) if c != '/') {
        end -= 1;
    }
    end
}

fn may_stand(line: &Line, at: usize) -> bool {
    match line.kind(at) {
        Some(Kind::Mark(mark)) => SIGNS.iter().any(|(sign, _)| *sign == mark),
        Some(_) => true,
        None => false,
    }
}

fn after_scheme(line: &Line, at: usize) -> usize {
    let schemed = line.is_in(at, "http|https|ftp")
        && line.is_mark(at + 1, ':')
        && line.is_mark(at + 2, '/')
        && line.is_mark(at + 3, '/');
    if schemed { at + 4 } else { at }
}

fn has_mail_sign(line: &Line, at: usize, end: usize) -> bool {
    (at + 1..end).any(|i| line.is_mark(i, '@') && line.joins(i))
}

/// Do the labels before the first slash end in a known top-level label?
fn has_top_level(line: &Line, at: usize, end: usize) -> bool {
    let host_end = (at..end)
        .find(|i| line.is_one_of(*i, &['/', ':', '?', '#']))
        .unwrap_or(end);
    let last = host_end - 1;
    let www = line.is_in(at, "www");
    let dotted = last > at + 1 && line.is_mark(last - 1, '.');
    let small = line.case(last) == Some(Case::Lower) || line.case(at) == Some(Case::Upper);
    if dotted && line.is_in(last, FILE_ENDINGS) {
        return true;
    }
    dotted && (www || (small && line.is_in(last, TOP_LEVEL)))
}

fn spoken(line: &Line, from: usize, end: usize) -> String {
    let mut out = String::new();
    for at in from..end {
        match line.kind(at) {
            Some(Kind::Mark(mark)) => {
                let last_slash = mark == '/' && at + 1 == end;
                let sign = SIGNS.iter().find(|(sign, _)| *sign == mark);
                let name = sign.map_or("", |(_, name)| name);
                push(&mut out, if last_slash { "" } else { name });
            }
            Some(Kind::Digits) => push(&mut out, &spelled(line.str(at))),
            _ if !is_listed(line.str(at)) && is_in_slug(line, at, from, end) => {
                push(&mut out, line.str(at));
            }
            _ => push(&mut out, &label(line.str(at))),
        }
    }
    out
}

/// "tin-tuc", "giao-duc": Vietnamese words without their marks, all of them said as words. Of a long
/// slug the nearest words tell.
fn is_in_slug(line: &Line, at: usize, from: usize, end: usize) -> bool {
    const REACH: usize = 4;
    const SHORTEST: usize = 2;
    let word = |i: usize| {
        (from..end).contains(&i) && line.str(i).len() >= SHORTEST && is_bare_syllable(line.str(i))
    };
    let joined = |mark: usize| line.is_mark(mark, '-') && (from..end).contains(&mark);
    let behind = (0..REACH).take_while(|n| joined(at + 2 * n + 1));
    let before = (0..REACH).take_while(|n| joined(at.wrapping_sub(2 * n + 1)));
    let mut others = behind
        .map(|n| at + 2 * n + 2)
        .chain(before.map(|n| at.wrapping_sub(2 * n + 2)))
        .filter(|i| !line.is_digits(*i))
        .peekable();
    word(at) && others.peek().is_some() && others.all(word)
}

/// ".vn", ".com.vn", ".pdf", ".NET": an ending by itself, from its point.
pub(super) fn ending(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let begins =
        line.is_mark(at, '.') && (!line.glued(at) || opens(line, at)) && line.glued(at + 1);
    let known = |i: usize| match line.case(i) {
        // "xong .la cà": a point in the wrong place
        Some(Case::Lower) if line.str(i) != "com" && is_syllable(line.str(i)) => false,
        Some(Case::Lower) => line.is_in(i, TOP_LEVEL) || line.is_in(i, FILE_ENDINGS),
        _ => line.str(i) == "NET",
    };
    if !begins || !known(at + 1) {
        return None;
    }
    let goes_on = line.is_mark(at + 2, '.') && line.joins(at + 2) && known(at + 3);
    let end = at + 2 + 2 * usize::from(goes_on);
    (!line.goes_on(end)).then(|| Reading::new(end, spoken(line, at, end)))
}

/// Reads the words that a hashtag is run together of: "#ChungTayVìBiểnĐảo", "#thanhnien".
pub(super) fn tag(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let marked = line.is_mark(at.wrapping_sub(1), '#') && line.glued(at);
    let written = line.str(at);
    if !marked || written.len() > MOST_TAG_BYTES {
        return None;
    }
    if line.case(at) == Some(Case::Lower) {
        let words = bare_syllables(written).filter(|_| written.len() >= SHORTEST_CHAIN)?;
        return Some(Reading::new(at + 1, words));
    }
    let names = camel_words(written);
    let sayable = |name: &&str| is_syllable(&name.to_lowercase()) || name.chars().count() >= 4;
    (names.len() > 1 && names.iter().all(|name| bare_name(name) || sayable(name)))
        .then(|| Reading::new(at + 1, names.join(" ")))
}

fn bare_name(name: &str) -> bool {
    bare_syllables(&name.to_lowercase()).is_some_and(|cut| !cut.contains(' '))
}

/// Cuts before every capital.
fn camel_words(written: &str) -> Vec<&str> {
    let capitals = written.char_indices().filter(|(_, c)| c.is_uppercase());
    let mut starts: Vec<usize> = capitals.map(|(at, _)| at).filter(|at| *at > 0).collect();
    starts.insert(0, 0);
    let ends = starts[1..].iter().copied().chain([written.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| &written[*start..end])
        .collect()
}

fn is_listed(label: &str) -> bool {
    LABELS.contains_key(label)
}

fn label(written: &str) -> String {
    let lower = written.to_lowercase();
    if let Some(words) = LABELS.get(lower.as_str()) {
        return (*words).to_owned();
    }
    if let Some(words) = bare_syllables(&lower).filter(|_| lower.len() >= SHORTEST_CHAIN) {
        return words;
    }
    let vowels = lower.bytes().filter(|b| b"aeiouy".contains(b)).count();
    let sayable = vowels > 0 && (lower.len() >= 4 || is_syllable(&lower));
    if sayable || !lower.is_ascii() {
        lower
    } else {
        spell(&lower)
    }
}
