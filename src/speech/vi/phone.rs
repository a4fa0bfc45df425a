//! Numbers that are dialled or typed, not counted: telephones, hotlines, accounts, identity cards.

use super::line::Line;
use super::number::{push, spelled};
use super::rule::{Reading, Scene};

/// Words after which a number of three digits or more is dialled or typed.
const CUES: &str = "\
    điện thoại|sđt|tel|hotline|tổng đài|đường dây nóng|số máy|fax|zalo|di động|tài khoản|stk|tk|\
    cccd|cmnd|mã số thuế|mst|isbn|issn|căn cước|alo|viber|đầu số";

/// Words after which only an emergency number or a long one is dialled.
const WEAK_CUES: &str = "\
    gọi|liên hệ|lạc|cứu|sát|hỏa|cấp cứu|cảnh sát|số|qua|báo";

/// Emergency and public service numbers of Viet Nam (Circular 22/2014/TT-BTTTT on numbering).
const SHORT_NUMBERS: &[&str] = &[
    "111", "112", "113", "114", "115", "116", "119", "1022", "1080",
];

/// The longest number that is dialled, with its country code (ITU-T E.164).
const MOST_DIGITS: usize = 15;

/// The digits of a telephone number inside the country (Circular 22/2014/TT-BTTTT).
const NATIONAL_DIGITS: usize = 10;

/// Reads a number to be dialled that begins with the digits at `at`.
pub(super) fn phone(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if takes_message(line, at) {
        return Some(Reading::new(at + 1, spelled(line.str(at))));
    }
    let (end, groups) = groups(line, at)?;
    let total: usize = groups.iter().map(|g| g.len()).sum();
    let first = groups[0];
    let national = first.starts_with('0') && first.len() >= 2 && (9..=12).contains(&total);
    let service = is_service(first) && (7..=11).contains(&total);
    let cued = is_cued(line, at, CUES) && total >= 3 && first.len() <= MOST_DIGITS;
    let short = SHORT_NUMBERS.contains(&first) && is_cued(line, at, WEAK_CUES);
    if short && !national {
        return Some(Reading::new(at + 1, spelled(first)));
    }
    let chained =
        groups.len() >= 3 && is_hyphened(line, at, end) && (7..=MOST_DIGITS).contains(&total);
    let long = chained || line.follows(at, "gọi|liên hệ") && (9..=11).contains(&total);
    (national || service || cued || long).then(|| Reading::new(end, spoken(&groups)))
}

/// Reads "+84 24 3733 5088" from its plus sign.
pub(super) fn international(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if !line.is_mark(at, '+')
        || !line.glued(at + 1)
        || line.glued(at) && !line.is_mark(at.wrapping_sub(1), '(')
    {
        return None;
    }
    let (end, groups) = groups(line, at + 1)?;
    let total: usize = groups.iter().map(|g| g.len()).sum();
    (total >= 9).then(|| Reading::new(end, format!("cộng {}", spoken(&groups))))
}

/// A code of a network has no more parts.
const MOST_CODE_PARTS: usize = 6;

/// "*101#", "*100*5#": a code that a network answers.
pub(super) fn network_code(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let mut out = String::new();
    let mut end = at;
    while end < at + 2 * MOST_CODE_PARTS
        && line.is_mark(end, '*')
        && line.is_digits(end + 1)
        && line.glued(end + 1)
    {
        push(&mut out, &format!("sao {}", spelled(line.str(end + 1))));
        end += 2;
    }
    let closed = line.is_mark(end, '#') && line.glued(end) && end > at;
    closed.then(|| Reading::new(end + 1, format!("{out} thăng")))
}

/// Is it where a message goes: "soạn TIN gửi 8785"?
fn takes_message(line: &Line, at: usize) -> bool {
    const REACH: usize = 12;
    let composed = |back: usize| line.is_in(at.wrapping_sub(back), "soạn|nhắn");
    line.is_in(at.wrapping_sub(1), "gửi|đến|tới")
        && line.digits(at).is_some_and(|d| (3..=5).contains(&d.len()))
        && (2..=REACH).any(composed)
}

/// Digits in groups with a blank, a dot or a hyphen between them, or the area code in brackets.
fn groups<'a>(line: &Line<'a>, at: usize) -> Option<(usize, Vec<&'a str>)> {
    let mut groups = vec![line.digits(at)?];
    let mut total = groups[0].len();
    let mut end = at + 1;
    let national = groups[0].starts_with('0');
    while let Some((next, digits)) = next_group(line, end) {
        total += digits.len();
        let whole = national && total - digits.len() >= NATIONAL_DIGITS;
        let single = digits.len() == 1 && !national;
        if total > MOST_DIGITS || whole || single {
            break;
        }
        groups.push(digits);
        end = next;
    }
    let goes_on = line.glued(end) && line.is_word(end);
    (!goes_on).then_some((end, groups))
}

fn next_group<'a>(line: &Line<'a>, at: usize) -> Option<(usize, &'a str)> {
    let bracket = usize::from(line.is_mark(at, ')'));
    let at = at + bracket;
    if bracket == 0 && line.is_one_of(at, &['.', '-']) && line.joins(at) {
        return line.digits(at + 1).map(|d| (at + 2, d));
    }
    let digits = line.digits(at).filter(|d| d.len() <= 8)?;
    let dash_spaced = line.is_one_of(at + 1, &['/', '%', ',', ':']) && line.joins(at + 1);
    (!dash_spaced).then_some((at + 1, digits))
}

/// "1-800-123-4567": hyphens alone between the groups.
fn is_hyphened(line: &Line, at: usize, end: usize) -> bool {
    (at + 1..end)
        .step_by(2)
        .all(|i| line.is_mark(i, '-') && line.joins(i))
}

fn is_service(first: &str) -> bool {
    ["1800", "1900", "1800", "1900"]
        .iter()
        .any(|s| first.starts_with(s))
        && matches!(first.len(), 4 | 6 | 8 | 10)
}

/// Is there such a word before it, or before the list that it stands in?
fn is_cued(line: &Line, at: usize, cues: &str) -> bool {
    let head = line.head_of_list(at, |l, i| {
        l.is_digits(i)
            || l.is_one_of(i, &[',', ':', '-', '.', '(', ';', '/'])
            || l.is_in(i, "và|hoặc|số|là")
    });
    line.follows(at, cues) || line.follows(head.wrapping_add(1), cues)
}

fn spoken(groups: &[&str]) -> String {
    let spoken: Vec<_> = groups.iter().map(|g| spelled(g)).collect();
    spoken.join(", ")
}
