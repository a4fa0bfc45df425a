//! Dates, times of day, decades.

use super::Said;
use super::number::{cardinal, ordinal, plural, whole, year};
use super::table::MONTHS;
use super::token::{Kind, Scan};

const DASHES: &[&str] = &["-", "–", "—"];

/// "June 5, 2020", "Jan. 5th", "March 5-7", "June 2020".
pub(super) fn month_first(scan: &Scan, at: usize) -> Option<Said> {
    let (month, after_month) = month(scan, at)?;
    let days = days(scan, scan.skip_blank(after_month)).filter(|_| after_month < scan.len());
    let Some(days) = days else {
        let (year, end) = year_at(scan, scan.skip_blank(after_month))?;
        return Some(Said::new("date", format!("{month} {year}"), end));
    };
    let comma = days.end + usize::from(scan.is(days.end, ","));
    let (year, end) = year_at(scan, scan.skip_blank(comma)).unzip();
    let words = match days.last {
        Some(last) => format!("{month} {} to {}", ordinal(days.first), ordinal(last)),
        None => format!("{month} {}", ordinal(days.first)),
    };
    Some(dated(words, year, end.unwrap_or(days.end)))
}

/// "5 June 2020", "the 5th of June", "5-7 June".
pub(super) fn day_first(scan: &Scan, at: usize) -> Option<Said> {
    let days = days(scan, at)?;
    let mut next = scan.skip_blank(days.end);
    if scan.is(next, "of") {
        next = scan.skip_blank(next + 1);
    }
    let (month, after_month) = month(scan, next)?;
    let comma = after_month + usize::from(scan.is(after_month, ","));
    let (year, end) = year_at(scan, scan.skip_blank(comma)).unzip();
    let the = if matches!(scan.previous(at), "the" | "The") {
        ""
    } else {
        "the "
    };
    let words = match days.last {
        Some(last) => format!(
            "{the}{} to the {} of {month}",
            ordinal(days.first),
            ordinal(last)
        ),
        None => format!("{the}{} of {month}", ordinal(days.first)),
    };
    Some(dated(words, year, end.unwrap_or(after_month)))
}

/// "2020-06-05", "5/6/2020", "05.06.2020".
pub(super) fn numeric(scan: &Scan, at: usize) -> Option<Said> {
    let mark = scan.str(at + 1);
    let same = ["-", "/", "."].contains(&mark) && scan.is(at + 3, mark);
    let goes_on = scan.is(at + 5, mark) && scan.kind(at + 6) == Some(Kind::Number);
    if !same || goes_on || (at > 0 && scan.is(at - 1, mark)) {
        return None;
    }
    let (a, b, c) = (scan.digits(at)?, scan.digits(at + 2)?, scan.digits(at + 4)?);
    let number = |digits: &str| digits.parse::<u64>().ok();
    let (day, month, of) = match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => (number(c)?, number(b)?, number(a)?),
        (1..=2, 1..=2, 4) if scan.month_first => (number(b)?, number(a)?, number(c)?),
        (1..=2, 1..=2, 4) => (number(a)?, number(b)?, number(c)?),
        _ => return None,
    };
    let (day, month) = if month > 12 {
        (month, day)
    } else {
        (day, month)
    };
    let name = usize::try_from(month.checked_sub(1)?)
        .ok()
        .and_then(|m| MONTHS.get(m))?
        .0;
    if !(1..=31).contains(&day) {
        return None;
    }
    let words = if scan.month_first {
        format!("{name} {}", ordinal(day))
    } else {
        format!("the {} of {name}", ordinal(day))
    };
    // "2020-06-05T08:30": the letter parts date and time.
    let time = scan.is(at + 5, "T") && scan.kind(at + 6) == Some(Kind::Number);
    let (of, end) = if time {
        (format!("{},", year(of)), at + 6)
    } else {
        (year(of), at + 5)
    };
    Some(dated(words, Some(of), end))
}

/// "8:30", "08:05:10", "5 p.m.", "8.30 am", "8h30".
pub(super) fn time(scan: &Scan, at: usize) -> Option<Said> {
    let hour = scan.small(at).filter(|h| *h <= 24)?;
    let minute = scan.digits(at + 2).filter(|m| m.len() == 2);
    let minute = minute
        .and_then(|m| m.parse::<u64>().ok())
        .filter(|m| *m < 60);
    let parted = scan.is_any(at + 1, &[":", "h"]);
    let Some(minute) =
        minute.filter(|_| parted || (scan.is(at + 1, ".") && half(scan, at + 3).is_some()))
    else {
        let (half, end) = half(scan, at + 1).filter(|_| (1..=12).contains(&hour))?;
        return Some(Said::new("time", format!("{} {half}", cardinal(hour)), end));
    };
    let second = scan
        .small(at + 4)
        .filter(|s| *s < 60 && scan.is(at + 3, ":"));
    let after = at + if second.is_some() { 5 } else { 3 };
    let (half, end) = half(scan, after).unwrap_or(("", after));
    let mut words = clock(hour, minute, !half.is_empty() || second.is_some());
    if let Some(second) = second.filter(|s| *s > 0) {
        words = format!("{words} and {} seconds", cardinal(second));
    }
    Some(Said::new("time", format!("{words} {half}"), end))
}

/// "2023/24", "2023/2024": a season, from one year to the next.
pub(super) fn season(scan: &Scan, at: usize) -> Option<Said> {
    let (first, second) = (scan.digits(at)?, scan.digits(at + 2)?);
    let from: u64 = first.parse().ok().filter(|_| first.len() == 4)?;
    let to: u64 = second.parse().ok()?;
    let next = match second.len() {
        2 => to == (from + 1) % 100,
        4 => to == from + 1,
        _ => false,
    };
    let alone = scan.is(at + 1, "/") && !scan.is(at + 3, "/") && scan.ends(at + 3);
    let last = if second.len() == 4 {
        year(to)
    } else {
        whole(second)
    };
    (alone && next && (1800..2200).contains(&from))
        .then(|| Said::new("date", format!("{} to {last}", year(from)), at + 3))
}

/// "Q1/2024", "H2/2023": a quarter or a half of a year.
pub(super) fn quarter(scan: &Scan, at: usize) -> Option<Said> {
    let number = scan.small(at + 1).filter(|n| (1..=4).contains(n))?;
    let (of, end) = year_at(scan, at + 3).filter(|_| scan.is(at + 2, "/"))?;
    let letter = scan.word(at).filter(|word| matches!(*word, "Q" | "H"))?;
    Some(Said::new(
        "date",
        format!("{letter} {} {of}", cardinal(number)),
        end,
    ))
}

/// "1990s", "'90s".
pub(super) fn decade(scan: &Scan, at: usize) -> Option<Said> {
    let digits = scan
        .digits(at)
        .filter(|d| d.ends_with('0') && matches!(d.len(), 2 | 4))?;
    let glued = scan.is(at + 1, "s") || (scan.is_any(at + 1, &["'", "’"]) && scan.is(at + 2, "s"));
    let end = at + if scan.is(at + 1, "s") { 2 } else { 3 };
    let number: u64 = digits.parse().ok().filter(|_| glued && scan.ends(end))?;
    let words = if digits.len() == 4 {
        year(number)
    } else {
        cardinal(number)
    };
    Some(Said::new("decade", plural(&words), end))
}

fn dated(words: String, year: Option<String>, end: usize) -> Said {
    match year {
        Some(year) => Said::new("date", format!("{words}, {year}"), end),
        None => Said::new("date", words, end),
    }
}

/// Reads a month and returns its name with the index behind it.
fn month(scan: &Scan, at: usize) -> Option<(&'static str, usize)> {
    let word = scan.word(at)?;
    let (name, short) = MONTHS
        .iter()
        .find(|(name, short)| *name == word || short.contains(&word))?;
    let dot = short.contains(&word) && scan.is(at + 1, ".");
    Some((name, at + 1 + usize::from(dot)))
}

/// Is a month's name or short name?
pub(super) fn is_month(word: &str) -> bool {
    MONTHS
        .iter()
        .any(|(name, short)| *name == word || short.contains(&word))
}

/// A day of a month, or the first and last of several.
struct Days {
    first: u64,
    last: Option<u64>,
    end: usize,
}

fn days(scan: &Scan, at: usize) -> Option<Days> {
    let (first, end) = day(scan, at)?;
    let second = scan
        .is_any(end, DASHES)
        .then(|| day(scan, end + 1))
        .flatten();
    let behind = second.map_or(end, |(_, end)| end);
    let decimal =
        scan.is_any(behind, &[".", ",", ":", "/"]) && scan.kind(behind + 1) == Some(Kind::Number);
    (!decimal && scan.ends(behind) && !scan.is(behind, "%")).then_some(Days {
        first,
        last: second.map(|(last, _)| last),
        end: behind,
    })
}

/// A day with its ending, if it is written: "5", "5th".
fn day(scan: &Scan, at: usize) -> Option<(u64, usize)> {
    let day = scan.small(at).filter(|d| (1..=31).contains(d))?;
    let ending = scan.is_any(at + 1, &["st", "nd", "rd", "th"]);
    Some((day, at + 1 + usize::from(ending)))
}

fn year_at(scan: &Scan, at: usize) -> Option<(String, usize)> {
    let number = scan.digits(at).filter(|d| d.len() == 4)?.parse().ok()?;
    let in_range = (1000..2200).contains(&number) && scan.ends(at + 1);
    in_range.then(|| (year(number), at + 1))
}

/// Reads "am", "p.m." and the like, a blank before it or not.
fn half(scan: &Scan, at: usize) -> Option<(&'static str, usize)> {
    let at = scan.skip_blank(at);
    let word = scan.word(at)?.to_ascii_lowercase();
    let dotted = scan.is(at + 1, ".") && scan.is_any(at + 2, &["m", "M"]);
    let (half, end) = match (word.as_str(), dotted) {
        ("am", _) => ("A M", at + 1),
        ("pm", _) => ("P M", at + 1),
        ("a", true) => ("A M", at + 3),
        ("p", true) => ("P M", at + 3),
        _ => return None,
    };
    // The last full stop of "p.m." is left where it ends the sentence.
    let dot = dotted && scan.is(end, ".") && !scan.is_last(end + 1);
    Some((half, end + usize::from(dot)))
}

fn clock(hour: u64, minute: u64, exact: bool) -> String {
    let spoken = cardinal(hour);
    match minute {
        0 if exact => spoken,
        0 if hour <= 12 && hour > 0 => format!("{spoken} o'clock"),
        0 => format!("{spoken} hundred"),
        1..=9 => format!("{spoken} oh {}", cardinal(minute)),
        _ => format!("{spoken} {}", cardinal(minute)),
    }
}
