//! Web and mail addresses, telephone numbers.

use unicode_normalization::UnicodeNormalization;

use super::Said;
use super::number::{digits, whole};
use super::table::{ADDRESS_MARKS, DOMAINS};
use super::token::{Kind, Scan};
use crate::speech::window::head;

/// As many bytes tell whether a run of letters and marks is an address.
const TELLING_BYTES: usize = 300;
/// A longer address is said without its path: nobody listens to tracking parameters.
const LONGEST_SPOKEN: usize = 60;
/// Marks behind an address that are the sentence's.
const CLOSING: &[char] = &['.', ',', ';', ':', '!', '?', ')', ']', '\'', '…', '’'];

/// `https://vidu.vn/tin`, `www.vidu.vn`, `thu@vidu.vn`, `vidu.vn`.
pub(super) fn address(scan: &Scan, at: usize) -> Option<Said> {
    if !scan.begins(at) || !is_address(chunk(head(scan.rest(at), TELLING_BYTES))) {
        return None;
    }
    let whole = chunk(scan.rest(at));
    let bare = whole.split_once("://").map_or(whole, |(_, rest)| rest);
    let host = bare.split(['/', '?', '#']).next().unwrap_or(bare);
    let words = if bare.len() > LONGEST_SPOKEN && host.len() < bare.len() {
        format!("{} and more", spelled(host))
    } else {
        spelled(bare)
    };
    let end = token_behind(scan, at, whole.len())?;
    (!bare.is_empty()).then(|| Said::new("address", words, end))
}

/// What stands up to the next blank or quote, without the marks that close the sentence.
fn chunk(text: &str) -> &str {
    let is_end = |c: char| c.is_whitespace() || "<>\"“”".contains(c);
    let chunk = text.split(is_end).next().unwrap_or_default();
    chunk.trim_end_matches(CLOSING)
}

fn is_address(chunk: &str) -> bool {
    chunk.contains("://") || chunk.starts_with("www.") || is_mail(chunk) || is_domain(chunk)
}

/// "+84 24 3825 1234", "(024) 3825-1234", "0912 345 678", "800-555-0199".
pub(super) fn phone(scan: &Scan, at: usize) -> Option<Said> {
    let plus = scan.is(at, "+");
    let bracket = scan.is(at, "(");
    if !scan.begins(at) || (scan.kind(at) == Some(Kind::Mark) && !plus && !bracket) {
        return None;
    }
    let (groups, end) = groups(scan, at + usize::from(plus || bracket));
    let total: usize = groups.iter().map(|g| g.len()).sum();
    let first = groups.first()?;
    let national = first.starts_with('0') && (9..=12).contains(&total);
    let sizes = || groups.iter().map(|g| g.len());
    let triple = sizes().eq([3, 3, 4]) || (*first == "1" && sizes().eq([1, 3, 3, 4]));
    let service =
        matches!(*first, "1800" | "1900" | "800") && (7..=10).contains(&total) && groups.len() > 1;
    let international = plus && (8..=15).contains(&total);
    if !(national || triple || service || international) || !scan.ends(end) {
        return None;
    }
    let spoken: Vec<_> = groups.iter().map(|g| digits(g)).collect();
    let sign = if plus { "plus " } else { "" };
    Some(Said::new(
        "phone",
        format!("{sign}{}", spoken.join(", ")),
        end,
    ))
}

/// Groups of digits with a blank, a hyphen, a full stop or a bracket between them, at most seven.
fn groups<'a>(scan: &Scan<'a>, at: usize) -> (Vec<&'a str>, usize) {
    let (mut groups, mut next, mut end) = (Vec::new(), at, at);
    while let Some(digits) = scan.digits(next).filter(|_| groups.len() < 7) {
        groups.push(digits);
        end = next + 1;
        next = end;
        while next < end + 3 && scan.is_any(next, &[" ", "\u{a0}", "-", ".", "(", ")"]) {
            next += 1;
        }
    }
    // A closing bracket belongs to the number, a full stop to the sentence.
    (
        groups,
        end + usize::from(scan.is(end, ")") && scan.is(at.saturating_sub(1), "(")),
    )
}

fn is_mail(chunk: &str) -> bool {
    chunk.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.split('.').count() > 1 && host.split('.').all(|l| !l.is_empty())
    })
}

/// Labels of ASCII letters and digits, the last of them a known one in small letters.
fn is_domain(chunk: &str) -> bool {
    let host = chunk.split('/').next().unwrap_or(chunk);
    let label =
        |l: &str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let last = host.rsplit('.').next().unwrap_or_default();
    host.split('.').count() > 1 && host.split('.').all(label) && DOMAINS.contains(&last)
}

fn token_behind(scan: &Scan, at: usize, bytes: usize) -> Option<usize> {
    let start = scan.place(&(at..at)).start;
    let mut end = at;
    while scan.place(&(end..end)).start < start + bytes && end < scan.len() {
        end += 1;
    }
    (end > at).then_some(end)
}

/// Says letters as words, digits as numbers, and what stands between by name.
fn spelled(address: &str) -> String {
    let mut words = String::new();
    let mut run = String::new();
    for c in address.trim_end_matches('/').nfc() {
        let digit = run.ends_with(|c: char| c.is_ascii_digit());
        let sounds = c.is_alphabetic() && !c.is_numeric() || c.is_ascii_digit();
        if sounds && (run.is_empty() || digit == c.is_ascii_digit()) {
            run.push(c);
            continue;
        }
        flush(&mut words, &mut run);
        match ADDRESS_MARKS.iter().find(|(mark, _)| *mark == c) {
            Some((_, name)) => {
                words.push_str(name);
                words.push(' ');
            }
            None if sounds => run.push(c),
            None => {}
        }
    }
    flush(&mut words, &mut run);
    words
}

fn flush(words: &mut String, run: &mut String) {
    let number = run.bytes().all(|b| b.is_ascii_digit());
    let said = match (number, run.len()) {
        (true, 1..=4) => whole(run),
        (true, _) => digits(run),
        _ => run.clone(),
    };
    words.push_str(&said);
    words.push(' ');
    run.clear();
}
