//! Dates: days, months, years, and ranges of them.
//!
//! A day with its month needs a cue ("ngày", "sáng", a bracket of its own), since "2/3" may be a
//! share; with the year it needs none. A written "ngày" or "tháng" is never doubled.

use super::calendar::{
    DATE_MARKS, day, day_and_month, is_free, month, spoken_day_month, spoken_month, year,
};
use super::cue::{self, NO_DATE, day_prefix, is_document_number, month_prefix};
use super::line::Line;
use super::number::{count, push};
use super::period::{is_in_quarters, quarter};
use super::rule::{Reading, Scene};
use super::time;

/// Reads any date that begins with the digits at `at`.
pub(super) fn date(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if line.glued(at) && line.is_one_of(at.wrapping_sub(1), &['/', '.', ',', ':']) {
        return None;
    }
    if line.follows(at, NO_DATE) {
        return full(line, at).filter(|_| line.follows(at, "cấp"));
    }
    let read = [
        iso,
        full,
        day_range,
        month_range,
        quarter,
        month_year,
        day_month,
    ];
    read.iter().find_map(|form| form(line, at))
}

/// "2024-05-06", as machines write it.
fn iso(line: &Line, at: usize) -> Option<Reading> {
    let year = year(line, at, false)?;
    let month = month(line, at + 2)?;
    let day = day(line, at + 4)?;
    let marked = ['-', '/'].into_iter().any(|mark| {
        let marks = |i: usize| line.is_mark(i, mark) && line.joins(i);
        marks(at + 1) && marks(at + 3)
    });
    let padded = line.str(at + 2).len() == 2 && line.str(at + 4).len() == 2;
    if !marked || !padded {
        return None;
    }
    let words = spoken_date(line, at, day, month, Some(year));
    if let Some(time) = time_of_machine(line, at + 5) {
        return Some(Reading::quantity(
            time.end,
            format!("{words}, {}", time.words),
        ));
    }
    is_free(line, at + 5).then(|| Reading::quantity(at + 5, words))
}

/// The "T08:30:00Z" or "T08:30:00+07:00" behind a machine's date; of its zone nothing is said.
fn time_of_machine(line: &Line, at: usize) -> Option<Reading> {
    let marked = line.joins(at) && line.str(at) == "T";
    let mut time = time::with_colons(line, at + 1).filter(|_| marked)?;
    let zone = time.end;
    let hours = line.is_one_of(zone, &['+', '-']) && line.joins(zone) && line.is_digits(zone + 1);
    if line.glued(zone) && line.str(zone) == "Z" {
        time.end = zone + 1;
    } else if hours && line.is_mark(zone + 2, ':') && line.is_digits(zone + 3) {
        time.end = zone + 4;
    }
    Some(time)
}

/// "25/02/2020", "3-2-1930", "15.10.2015".
fn full(line: &Line, at: usize) -> Option<Reading> {
    let (day, month) = day_and_month(line, at)?;
    let mark = *DATE_MARKS.iter().find(|m| line.is_mark(at + 1, **m))?;
    let marked = line.is_mark(at + 3, mark) && line.joins(at + 3);
    let year = year(line, at + 4, mark == '/')?;
    let words = spoken_date(line, at, day, month, Some(year));
    (marked && is_free(line, at + 5)).then(|| Reading::quantity(at + 5, words))
}

/// "15-20/8/2023", "16-17.12", "26 - 28/6".
fn day_range(line: &Line, at: usize) -> Option<Reading> {
    let first = day(line, at)?;
    let (last, month) = day_and_month(line, at + 2)?;
    if !is_range_mark(line, at + 1) || line.is_dash(at + 3) || last <= first {
        return None;
    }
    let has_year = line.is_one_of(at + 5, DATE_MARKS) && line.joins(at + 5);
    let year = has_year.then(|| year(line, at + 6, false)).flatten();
    let dated = cue::has_any(line, at)
        || cue::is_date(line, at + 2, at + 5)
        || is_bracketed_range(line, at);
    if year.is_none() && !dated {
        return None;
    }
    let mut out = day_prefix(line, at).to_owned();
    push(&mut out, &count(first, line.options.region));
    push(&mut out, "đến");
    push(&mut out, &spoken_day_month(line, last, month));
    push_year(&mut out, line, year);
    let end = if year.is_some() { at + 7 } else { at + 5 };
    is_free(line, end).then(|| Reading::quantity(end, out))
}

/// "đợt mưa lớn (17-18.8)": days of two digits and their month alone in brackets.
fn is_bracketed_range(line: &Line, at: usize) -> bool {
    let days = [at, at + 2].iter().all(|day| line.str(*day).len() == 2);
    days && line.is_mark(at.wrapping_sub(1), '(') && line.is_mark(at + 5, ')')
}

/// "02-03/2000", "tháng 2 - 3/2024".
fn month_range(line: &Line, at: usize) -> Option<Reading> {
    let first = month(line, at)?;
    let last = month(line, at + 2)?;
    let year = year(line, at + 4, false)?;
    let marked = line.is_mark(at + 3, '/') && line.joins(at + 3);
    let months = marked && !is_in_quarters(line, at);
    if !is_range_mark(line, at + 1) || !months || last <= first {
        return None;
    }
    let mut out = month_prefix(line, at).to_owned();
    push(&mut out, spoken_month(first));
    push(&mut out, "đến tháng");
    push(&mut out, spoken_month(last));
    push_year(&mut out, line, Some(year));
    is_free(line, at + 5).then(|| Reading::quantity(at + 5, out))
}

/// A dash with blanks on both sides or on none.
fn is_range_mark(line: &Line, at: usize) -> bool {
    line.is_dash(at) && line.glued(at) == line.glued(at + 1)
}

/// "tháng 8/2024", "12/2024"; with other marks only after "tháng", or as in "Đại hội II (2-1951)".
fn month_year(line: &Line, at: usize) -> Option<Reading> {
    let month = month(line, at)?;
    let year = year(line, at + 2, false)?;
    let named = line.follows(at, "tháng") && line.is_one_of(at + 1, DATE_MARKS);
    let bracketed = line.is_mark(at.wrapping_sub(1), '(') && line.is_mark(at + 3, ')');
    let historic = bracketed && line.is_mark(at + 1, '-');
    let dotted = line.is_mark(at + 1, '.')
        && line.str(at).len() == 2
        && (1900..2100).contains(&year)
        && !line.is_word(at + 3);
    let slashed = line.is_mark(at + 1, '/') && (year > 1000 || named);
    let marked = (named || historic || dotted || slashed) && line.joins(at + 1);
    if !marked || is_document_number(line, at) {
        return None;
    }
    let mut out = month_prefix(line, at).to_owned();
    push(&mut out, spoken_month(month));
    push_year(&mut out, line, Some(year));
    is_free(line, at + 3).then(|| Reading::quantity(at + 3, out))
}

/// "sáng 14/4", "ngày 27.02", "(2/9)", and the first of "10/5 - 15/5".
fn day_month(line: &Line, at: usize) -> Option<Reading> {
    let (day, month) = day_and_month(line, at)?;
    let end = at + 3;
    if !cue::is_date(line, at, end) || !is_free(line, end) {
        return None;
    }
    let words = spoken_date(line, at, day, month, None);
    Some(Reading::quantity(end, words))
}

/// Says a date with the "ngày" that it still needs.
fn spoken_date(line: &Line, at: usize, day: u32, month: u32, year: Option<u32>) -> String {
    let mut out = day_prefix(line, at).to_owned();
    push(&mut out, &spoken_day_month(line, day, month));
    push_year(&mut out, line, year);
    out
}

fn push_year(out: &mut String, line: &Line, year: Option<u32>) {
    if let Some(year) = year {
        push(out, "năm");
        push(out, &count(year, line.options.region));
    }
}
