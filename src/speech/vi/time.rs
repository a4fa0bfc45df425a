//! Times of day and lengths of time: 8h30, 08:30, 17.30 after "lúc", 8 giờ 30, 12p03s.

use super::calendar::{day_and_month, is_free, spoken_day_month};
use super::line::Line;
use super::number::{count, push};
use super::rule::{Reading, Scene};

const HOUR_MARKS: &[&str] = &["h", "H", "g", "giờ"];
const MINUTE_MARKS: &[&str] = &["p", "ph", "phút", "'", "′", "m"];
const SECOND_MARKS: &[&str] = &["s", "giây", "″", "\""];

/// Words after which two numbers with a colon are a ratio.
const RATIO_CUES: &str = "\
    tỷ lệ|tỉ lệ|tỷ số|tỉ số|thắng|thua|hòa|dẫn|pha|pha loãng|trộn";

/// Reads a time that begins with the digits at `at`.
pub(super) fn time(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if line.glued(at) && line.is_one_of(at.wrapping_sub(1), &['/', '.', ',', ':']) {
        return None;
    }
    let forms = [
        lettered,
        half_day,
        race,
        with_colons,
        with_dot,
        minutes_after_hours,
        minutes_seconds,
    ];
    forms.iter().find_map(|form| form(line, at))
}

/// "8h30", "14g05", "17h30p", "1h30p15s", "8h".
fn lettered(line: &Line, at: usize) -> Option<Reading> {
    let hours = below(line, at, 25)?;
    if !line.glued(at + 1) || !HOUR_MARKS.contains(&line.str(at + 1)) {
        return None;
    }
    if is_hydrogen(line, at + 1) {
        return None;
    }
    let minutes = glued_below_60(line, at + 2);
    let Some(minutes) = minutes else {
        let grams = line.str(at + 1) == "g" && !is_hour_of_day(line, at);
        let free = !line.glued(at + 2) || !line.is_digits(at + 2);
        return on_day(line, at + 2, hours, 0)
            .or_else(|| (free && !grams).then(|| clock(line, at + 2, hours, 0, 0)));
    };
    let mut end = skip_mark(line, at + 3, MINUTE_MARKS);
    if end == at + 3 && minutes > 0 {
        end += usize::from(line.is_in(end, "phút"));
    }
    if let Some(reading) = on_day(line, end, hours, minutes) {
        return Some(reading);
    }
    let seconds = glued_below_60(line, end).filter(|_| end > at + 3);
    if seconds.is_some() {
        end = skip_mark(line, end + 1, SECOND_MARKS);
    }
    Some(clock(line, end, hours, minutes, seconds.unwrap_or(0)))
}

/// "2H2O", "2H2 + O2": so many of a molecule.
fn is_hydrogen(line: &Line, at: usize) -> bool {
    line.str(at) == "H" && line.digits(at + 1).is_some_and(|d| d.len() == 1) && line.joins(at)
}

/// "7h/15/7", "19h30/5/7": an hour with its day, as gauges are read.
fn on_day(line: &Line, end: usize, hours: u32, minutes: u32) -> Option<Reading> {
    let slash = line.is_mark(end, '/') && line.joins(end) && line.is_mark(end + 2, '/');
    let (day, month) = day_and_month(line, end + 1).filter(|_| slash)?;
    let mut reading = clock(line, end + 4, hours, minutes, 0);
    push(&mut reading.words, "ngày");
    push(&mut reading.words, &spoken_day_month(line, day, month));
    is_free(line, end + 4).then_some(reading)
}

/// "lúc 9g", "9g sáng" tell the time and weigh nothing.
fn is_hour_of_day(line: &Line, at: usize) -> bool {
    line.follows(at, "lúc|hồi") || line.is_in(at + 2, "sáng|trưa|chiều|tối|đêm|ngày")
}

/// "08:30", "12:30:45", also with a written "phút" or "giây" behind.
pub(super) fn with_colons(line: &Line, at: usize) -> Option<Reading> {
    let hours = below(line, at, 25)?;
    let minutes = colon_part(line, at + 1)?;
    if line.follows(at, RATIO_CUES) {
        return None;
    }
    let seconds = colon_part(line, at + 3);
    let end = if seconds.is_some() { at + 5 } else { at + 3 };
    if line.is_mark(end, ':') && line.joins(end) {
        return None;
    }
    let last = if seconds.is_some() { "giây" } else { "phút" };
    let end = end + usize::from(line.word(end) == last);
    let end = end + usize::from(line.glued(end) && line.is_in(end, "h"));
    let mut reading = clock(line, end, hours, minutes, seconds.unwrap_or(0));
    if let Some(half) = half_of_day(line, end, hours) {
        push(&mut reading.words, half);
        reading.end += 1;
    }
    Some(reading)
}

/// "1:56.34": minutes, seconds and hundredths of a race.
fn race(line: &Line, at: usize) -> Option<Reading> {
    let minutes = below(line, at, 60)?;
    let seconds = colon_part(line, at + 1)?;
    let parts = below(line, at + 4, 100).filter(|_| line.str(at + 4).len() == 2)?;
    let dotted = line.is_mark(at + 3, '.') && line.joins(at + 3);
    let region = line.options.region;
    let words = format!(
        "{} phút {} giây {}",
        count(minutes, region),
        count(seconds, region),
        count(parts, region)
    );
    dotted.then(|| Reading::quantity(at + 5, words))
}

/// "7 AM", "5pm": an hour of the twelve.
fn half_day(line: &Line, at: usize) -> Option<Reading> {
    let hours = below(line, at, 13).filter(|hours| *hours > 0)?;
    let loud = matches!(line.str(at + 1), "AM" | "PM");
    let half = half_of_day(line, at + 1, hours).filter(|_| loud || line.glued(at + 1))?;
    let free = !matches!(line.str(at + 1), "SA" | "CH") && !line.goes_on(at + 2);
    let words = format!("{} giờ {half}", count(hours, line.options.region));
    free.then(|| Reading::quantity(at + 2, words))
}

/// "8:30 PM": what part of the day it is.
fn half_of_day(line: &Line, at: usize, hours: u32) -> Option<&'static str> {
    if matches!(line.str(at), "SA" | "CH") {
        return Some(if line.str(at) == "SA" {
            "sáng"
        } else {
            "chiều"
        });
    }
    match (line.word(at).as_str(), hours) {
        ("am", _) => Some("sáng"),
        ("pm", 12) => Some("trưa"),
        ("pm", 1..=5) => Some("chiều"),
        ("pm", 6..=11) => Some("tối"),
        _ => None,
    }
}

/// "lúc 17.30".
fn with_dot(line: &Line, at: usize) -> Option<Reading> {
    let hours = below(line, at, 25)?;
    let minutes = below(line, at + 2, 60).filter(|_| line.str(at + 2).len() == 2)?;
    let dotted = line.is_mark(at + 1, '.') && line.joins(at + 1);
    let more =
        line.is_one_of(at + 3, &['.', ',', '/']) && line.joins(at + 3) && line.is_digits(at + 4);
    let cued = line.follows(at, "lúc|hồi|khoảng lúc");
    (dotted && cued && !more).then(|| clock(line, at + 3, hours, minutes, 0))
}

/// The "30" of "8 giờ 30"; empty minutes are silent.
fn minutes_after_hours(line: &Line, at: usize) -> Option<Reading> {
    let minutes = below(line, at, 60)?;
    if !line.is_in(at.wrapping_sub(1), "giờ") || !line.is_digits(at.wrapping_sub(2)) {
        return None;
    }
    if line.is_one_of(at + 1, &['/', '-', '.', ',', '%'])
        && line.glued(at + 1)
        && line.is_digits(at + 2)
    {
        return None;
    }
    let end = skip_mark(line, at + 1, &["'", "′", "’"]);
    let end = end + usize::from(end == at + 1 && line.is_in(end, "phút|p"));
    if minutes == 0 {
        return Some(Reading::quantity(end, ""));
    }
    if end == at + 1 && (line.is_word(end) && line.str(at).len() < 2) {
        return None;
    }
    let words = format!("{} phút", count(minutes, line.options.region));
    Some(Reading::quantity(end, words))
}

/// "12p03s".
fn minutes_seconds(line: &Line, at: usize) -> Option<Reading> {
    let minutes = line.small(at)?;
    let seconds = glued_below_60(line, at + 2)?;
    let marked = line.glued(at + 1)
        && line.is_in(at + 1, "p|ph")
        && line.glued(at + 3)
        && line.is_in(at + 3, "s");
    let region = line.options.region;
    let mut out = format!("{} phút", count(minutes, region));
    if seconds > 0 {
        push(&mut out, &count(seconds, region));
        push(&mut out, "giây");
    }
    marked.then(|| Reading::quantity(at + 4, out))
}

/// Says a time; empty minutes and seconds are silent.
fn clock(line: &Line, end: usize, hours: u32, minutes: u32, seconds: u32) -> Reading {
    let region = line.options.region;
    let mut out = format!("{} giờ", count(hours, region));
    for (n, name) in [(minutes, "phút"), (seconds, "giây")] {
        if n > 0 {
            push(&mut out, &count(n, region));
            push(&mut out, name);
        }
    }
    Reading::quantity(end, out)
}

fn below(line: &Line, at: usize, limit: u32) -> Option<u32> {
    let short = line.digits(at).is_some_and(|d| d.len() <= 2);
    line.small(at).filter(|n| short && *n < limit)
}

fn glued_below_60(line: &Line, at: usize) -> Option<u32> {
    below(line, at, 60).filter(|_| line.glued(at))
}

fn colon_part(line: &Line, at: usize) -> Option<u32> {
    let two = line.digits(at + 1).is_some_and(|d| d.len() == 2);
    let marked = line.is_mark(at, ':') && line.joins(at);
    below(line, at + 1, 60).filter(|_| two && marked)
}

/// Steps over a glued mark of this list.
fn skip_mark(line: &Line, at: usize, marks: &[&str]) -> usize {
    let there = line.glued(at) && marks.contains(&line.str(at));
    at + usize::from(there)
}
