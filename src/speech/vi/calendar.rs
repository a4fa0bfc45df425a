//! Days, months and years as they are written, and how they are said.

use super::line::Line;
use super::number::count;

/// Marks between the parts of a date.
pub(super) const DATE_MARKS: &[char] = &['/', '-', '.'];

/// Is this the first day of a range such as "10/5 - 15/5" or "10/5 đến 15/5"?
pub(super) fn begins_range(line: &Line, end: usize) -> bool {
    (line.is_dash(end) || line.is_in(end, "đến|tới")) && day_and_month(line, end + 1).is_some()
}

/// Reads a day with its month.
pub(super) fn spoken_day_month(line: &Line, day: u32, month: u32) -> String {
    let day = count(day, line.options.region);
    format!("{day} tháng {}", spoken_month(month))
}

/// Reads a month by its name: the fourth is "tư".
pub(super) fn spoken_month(month: u32) -> &'static str {
    const MONTHS: [&str; 13] = [
        "không",
        "một",
        "hai",
        "ba",
        "tư",
        "năm",
        "sáu",
        "bảy",
        "tám",
        "chín",
        "mười",
        "mười một",
        "mười hai",
    ];
    usize::try_from(month)
        .ok()
        .and_then(|m| MONTHS.get(m))
        .unwrap_or(&MONTHS[0])
}

/// Reads a day and a month with a mark between.
pub(super) fn day_and_month(line: &Line, at: usize) -> Option<(u32, u32)> {
    let day = day(line, at)?;
    let month = month(line, at + 2)?;
    (line.is_one_of(at + 1, DATE_MARKS) && line.joins(at + 1)).then_some((day, month))
}

/// Reads a day of a month.
pub(super) fn day(line: &Line, at: usize) -> Option<u32> {
    up_to(line, at, 31)
}

/// Reads a month by its number.
pub(super) fn month(line: &Line, at: usize) -> Option<u32> {
    up_to(line, at, 12)
}

fn up_to(line: &Line, at: usize, most: u32) -> Option<u32> {
    let short = line.digits(at).is_some_and(|d| d.len() <= 2);
    line.small(at).filter(|n| short && (1..=most).contains(n))
}

/// Reads a year of four digits, or of two where `short` allows.
pub(super) fn year(line: &Line, at: usize, short: bool) -> Option<u32> {
    let digits = line.digits(at)?;
    let fits = (digits.len() == 4 && matches!(digits.as_bytes()[0], b'1' | b'2'))
        || (short && digits.len() == 2);
    line.small(at).filter(|_| fits)
}

/// Does nothing glued go on behind, that would make it a document's sign or a longer number?
pub(super) fn is_free(line: &Line, end: usize) -> bool {
    let goes_on = line.is_one_of(end, &['/', '-', '.', ',', ':']) && line.joins(end);
    if line.is_mark(end, '=') {
        return false;
    }
    let date_follows = line.is_dash(end) && line.is_digits(end + 1);
    !(line.glued(end) && (line.is_word(end) || line.is_digits(end)))
        && (!goes_on || date_follows || !(line.is_word(end + 1) || line.is_digits(end + 1)))
}
