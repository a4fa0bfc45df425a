//! Dates: days, months, years, and ranges of them.
//!
//! A day with its month needs a cue ("ngày", "sáng", a bracket of its own), since "2/3" may be a
//! share; with the year it needs none. A written "ngày" or "tháng" is never doubled.

use super::line::Line;
use super::number::{count, push};
use super::rule::{Reading, Scene};

/// Words after which a day with its month is a date, whatever follows.
const STRONG_CUES: &str = "\
    ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|mồng|khuya|lễ|khánh|rạng|giỗ";

/// Words after which it is a date unless something countable follows.
const WEAK_CUES: &str = "\
    từ|đến|tới|trước|sau|vào|dịp|hết|nay|qua|mai|nhật|kỷ|phóng|niệm|trong|thứ|hai|ba|tư|\
    năm|sáu|bảy";

/// Words after which a date needs no "ngày" of its own.
const DAY_WORDS: &str = "\
    ngày|mùng|mồng|sáng|trưa|chiều|tối|đêm|hôm|khuya|lễ|khánh|rạng";

/// Words that may follow a date that has no cue.
const DATE_FOLLOWERS: &str = "hàng|hằng|năm|vừa|tới|này|âm|dương";

/// Words after which two numbers with a slash are a place in a ranking or an address.
pub(super) const NO_DATE: &str = "\
    thứ|hạng|vị trí|top|số nhà|nhà|ngõ|ngách|hẻm|kiệt|lô|thửa|thửa số|tổ|căn|phòng|\
    huyết áp|tỷ lệ|tỉ lệ|tỷ số|tỉ số|địa chỉ|thị lực|bậc|mức|cấp";

const DATE_MARKS: &[char] = &['/', '-', '.'];

/// Reads any date that begins with the digits at `at`.
pub(super) fn date(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if line.glued(at) && line.is_one_of(at.wrapping_sub(1), &['/', '.', ',', ':']) {
        return None;
    }
    if line.follows(at, NO_DATE) {
        return None;
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
    let dashes = ['-', '/'].iter().any(|mark| {
        let marks = [at + 1, at + 3];
        marks
            .iter()
            .all(|i| line.is_mark(*i, *mark) && line.joins(*i))
    });
    let padded = line.str(at + 2).len() == 2 && line.str(at + 4).len() == 2;
    let words = format!(
        "{} {} năm {}",
        day_prefix(line, at),
        spoken_day_month(line, day, month),
        count(year, line.options.region)
    );
    (dashes && padded && is_free(line, at + 5))
        .then(|| Reading::quantity(at + 5, words.trim_start()))
}

/// "25/02/2020", "3-2-1930", "15.10.2015".
fn full(line: &Line, at: usize) -> Option<Reading> {
    let (day, month) = day_and_month(line, at)?;
    let mark = DATE_MARKS.iter().find(|m| line.is_mark(at + 1, **m))?;
    if !line.is_mark(at + 3, *mark) || !line.joins(at + 3) {
        return None;
    }
    let year = year(line, at + 4, *mark == '/')?;
    let mut out = String::new();
    push(&mut out, day_prefix(line, at));
    push(&mut out, &spoken_day_month(line, day, month));
    push(&mut out, "năm");
    push(&mut out, &count(year, line.options.region));
    is_free(line, at + 5).then(|| Reading::quantity(at + 5, out))
}

/// "15-20/8/2023", "16-17.12", "26 - 28/6".
fn day_range(line: &Line, at: usize) -> Option<Reading> {
    let first = day(line, at)?;
    if !line.is_dash(at + 1) || line.glued(at + 1) != line.glued(at + 2) {
        return None;
    }
    let (last, month) = day_and_month(line, at + 2)?;
    let year_at = at + 6;
    let has_year = line.is_one_of(at + 5, DATE_MARKS) && line.joins(at + 5);
    let year = has_year.then(|| year(line, year_at, false)).flatten();
    let cued = has_cue(line, at, STRONG_CUES) || has_cue(line, at, WEAK_CUES);
    if last <= first || line.is_dash(at + 3) || (year.is_none() && !cued) {
        return None;
    }
    let region = line.options.region;
    let mut out = String::new();
    push(&mut out, day_prefix(line, at));
    push(&mut out, &count(first, region));
    push(&mut out, "đến");
    push(&mut out, &spoken_day_month(line, last, month));
    if let Some(year) = year {
        push(&mut out, "năm");
        push(&mut out, &count(year, region));
    }
    let end = if year.is_some() { at + 7 } else { at + 5 };
    is_free(line, end).then(|| Reading::quantity(end, out))
}

/// "02-03/2000", "tháng 2 - 3/2024".
fn month_range(line: &Line, at: usize) -> Option<Reading> {
    let first = month(line, at)?;
    let last = month(line, at + 2)?;
    let spaced_alike = line.glued(at + 1) == line.glued(at + 2);
    if !line.is_dash(at + 1) || !spaced_alike || !line.is_mark(at + 3, '/') || last <= first {
        return None;
    }
    let year = year(line, at + 4, false).filter(|_| line.joins(at + 3))?;
    let mut out = String::new();
    push(&mut out, month_prefix(line, at));
    push(&mut out, spoken_month(first));
    push(&mut out, "đến tháng");
    push(&mut out, spoken_month(last));
    push(&mut out, "năm");
    push(&mut out, &count(year, line.options.region));
    is_free(line, at + 5).then(|| Reading::quantity(at + 5, out))
}

/// "tháng 8/2024", "12/2024"; with other marks only after "tháng".
fn month_year(line: &Line, at: usize) -> Option<Reading> {
    let month = month(line, at)?;
    let year = year(line, at + 2, false)?;
    let after_month = line.follows(at, "tháng");
    let marked = line.is_mark(at + 1, '/') || (after_month && line.is_one_of(at + 1, DATE_MARKS));
    if !marked || !line.joins(at + 1) || is_document_number(line, at) {
        return None;
    }
    let mut out = String::new();
    push(&mut out, month_prefix(line, at));
    push(&mut out, spoken_month(month));
    push(&mut out, "năm");
    push(&mut out, &count(year, line.options.region));
    is_free(line, at + 3).then(|| Reading::quantity(at + 3, out))
}

/// "quý 2/2022", "quý 02.2021".
fn quarter(line: &Line, at: usize) -> Option<Reading> {
    let quarter = line.small(at).filter(|q| (1..=4).contains(q))?;
    if !line.follows(at, "quý|quí|kỳ|kì") || !line.is_one_of(at + 1, DATE_MARKS) {
        return None;
    }
    let year = year(line, at + 2, false).filter(|_| line.joins(at + 1))?;
    let region = line.options.region;
    let words = format!("{} năm {}", count(quarter, region), count(year, region));
    Some(Reading::quantity(at + 3, words))
}

/// "Q2/2024", "T4/2021": a quarter, a month by its letter.
pub(super) fn short_period(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let number = line.small(at + 1).filter(|_| line.glued(at + 1))?;
    let year = year(line, at + 3, false)?;
    let joined = line.is_mark(at + 2, '/') && line.joins(at + 2);
    let region = line.options.region;
    let name = match (line.str(at), number) {
        ("Q", 1..=4) => format!("quý {}", count(number, region)),
        ("T", 1..=12) => format!("tháng {}", spoken_month(number)),
        _ => return None,
    };
    joined.then(|| Reading::quantity(at + 4, format!("{name} năm {}", count(year, region))))
}

/// "T7, CN", "T2-T6": days of the week by their letters, beside each other or after a cue.
pub(super) fn short_weekday(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let is_day = |i: usize| {
        let number = line
            .small(i + 1)
            .filter(|n| (2..=7).contains(n) && line.glued(i + 1));
        number.filter(|_| {
            line.str(i) == "T"
                && !line.glued(i + 2) | line.is_dash(i + 2) | line.is_mark(i + 2, ',')
        })
    };
    let number = is_day(at)?;
    let joint = |i: usize| line.is_mark(i, ',') || line.is_dash(i) || line.is_in(i, "và|đến");
    let beside = joint(at + 2) && (is_day(at + 3).is_some() || line.str(at + 3) == "CN");
    let behind = joint(at.wrapping_sub(1)) && is_day(at.wrapping_sub(3)).is_some();
    let cued = line.follows(at, "trừ|nghỉ|sáng|chiều|tối|từ");
    let name = if number == 4 {
        "tư".to_owned()
    } else {
        count(number, line.options.region)
    };
    (beside || behind || cued).then(|| Reading::quantity(at + 2, format!("thứ {name}")))
}

/// "sáng 14/4", "ngày 27.02", "(2/9)", and the first of "10/5 - 15/5".
fn day_month(line: &Line, at: usize) -> Option<Reading> {
    let (day, month) = day_and_month(line, at)?;
    let end = at + 3;
    let slash = line.is_mark(at + 1, '/');
    let strong = has_cue(line, at, STRONG_CUES);
    let around_the_clock = (day, month) == (24, 7) && !strong;
    let likely = slash && !around_the_clock && (is_alone(line, at, end) || begins_range(line, end));
    let backwards = line.is_mark(at + 1, '-') && day > month && is_named_day(line, at, end);
    if !(strong || likely || backwards) || !is_free(line, end) {
        return None;
    }
    let mut out = String::new();
    push(&mut out, day_prefix(line, at));
    push(&mut out, &spoken_day_month(line, day, month));
    Some(Reading::quantity(end, out))
}

/// "Ngày Phụ nữ Việt Nam 20-10": a day behind its name.
fn is_named_day(line: &Line, at: usize, end: usize) -> bool {
    const REACH: usize = 8;
    let named = (1..=REACH).any(|back| line.is_in(at.wrapping_sub(back), "ngày|tế|lễ"));
    named && !line.is_word(end)
}

/// Stands a day with its month where only a date makes sense?
fn is_alone(line: &Line, at: usize, end: usize) -> bool {
    if has_cue(line, at, WEAK_CUES) {
        return !line.is_word(end) || !is_typical_share(line, at);
    }
    let counts = line.follows(at, "đạt|được|có|là|còn|gần|hơn|khoảng");
    let nothing_countable = !line.is_word(end) || line.is_in(end, DATE_FOLLOWERS);
    nothing_countable
        && !counts
        && !is_typical_share(line, at)
        && !line.is_digits(at.wrapping_sub(1))
}

fn is_typical_share(line: &Line, at: usize) -> bool {
    matches!((line.str(at), line.str(at + 2)), (a, b) if super::share::is_typical(a, b))
}

/// Is this the first day of a range such as "10/5 - 15/5" or "10/5 đến 15/5"?
fn begins_range(line: &Line, end: usize) -> bool {
    (line.is_dash(end) || line.is_in(end, "đến|tới")) && day_and_month(line, end + 1).is_some()
}

/// Is there one of these words before, or before the list that this stands in?
fn has_cue(line: &Line, at: usize, cues: &str) -> bool {
    let bracket = usize::from(line.is_one_of(at.wrapping_sub(1), &['(', '[']));
    let before = at.wrapping_sub(1 + bracket);
    line.is_in(before, cues) || line.is_in(list_head(line, at), cues)
}

fn list_head(line: &Line, at: usize) -> usize {
    line.head_of_list(at, |l, i| {
        l.is_digits(i)
            || l.is_one_of(i, &[',', '/', '.', '-', '–'])
            || l.is_in(i, "và|đến|tới|hoặc")
    })
}

fn day_prefix(line: &Line, at: usize) -> &'static str {
    let named = line.is_in(at.wrapping_sub(1), DAY_WORDS)
        || line.is_in(list_head(line, at), DAY_WORDS)
        || line.follows(at, "nay|qua|mai");
    if named { "" } else { "ngày" }
}

fn month_prefix(line: &Line, at: usize) -> &'static str {
    let list = line.head_of_list(at, |l, i| {
        l.is_digits(i) || l.is_mark(i, ',') || l.is_in(i, "và")
    });
    let named = line.is_in(list, "tháng");
    if named { "" } else { "tháng" }
}

fn spoken_day_month(line: &Line, day: u32, month: u32) -> String {
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

fn day_and_month(line: &Line, at: usize) -> Option<(u32, u32)> {
    let day = day(line, at)?;
    let month = month(line, at + 2)?;
    (line.is_one_of(at + 1, DATE_MARKS) && line.joins(at + 1)).then_some((day, month))
}

fn day(line: &Line, at: usize) -> Option<u32> {
    up_to(line, at, 31)
}

fn month(line: &Line, at: usize) -> Option<u32> {
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
fn is_free(line: &Line, end: usize) -> bool {
    let goes_on = line.is_one_of(end, &['/', '-', '.', ',', ':']) && line.joins(end);
    if line.is_mark(end, '=') {
        return false;
    }
    let date_follows = line.is_dash(end) && line.is_digits(end + 1);
    !(line.glued(end) && (line.is_word(end) || line.is_digits(end)))
        && (!goes_on || date_follows || !(line.is_word(end + 1) || line.is_digits(end + 1)))
}

/// "Nghị quyết số 12/2019": after "số" it is a number and a year.
pub(super) fn is_document_number(line: &Line, at: usize) -> bool {
    line.follows(at, super::document::NUMBERED)
}
