//! Quarters, months and weekdays by a number or a letter: "quý 2/2022", "Q2/2024", "T7, CN".

use super::calendar::{DATE_MARKS, spoken_month, year};
use super::line::Line;
use super::number::count;
use super::rule::{Reading, Scene};

/// "quý 2/2022", "quý 02.2021".
pub(super) fn quarter(line: &Line, at: usize) -> Option<Reading> {
    let quarter = line.small(at).filter(|q| (1..=4).contains(q))?;
    if !is_in_quarters(line, at) || !line.is_one_of(at + 1, DATE_MARKS) {
        return None;
    }
    let year = year(line, at + 2, false).filter(|_| line.joins(at + 1))?;
    let region = line.options.region;
    let words = format!("{} năm {}", count(quarter, region), count(year, region));
    Some(Reading::quantity(at + 3, words))
}

/// Is this a quarter, or one of several: "quý 1-2/2023"?
pub(super) fn is_in_quarters(line: &Line, at: usize) -> bool {
    let head = line.head_of_list(at, |l, i| {
        l.is_digits(i) || l.is_dash(i) || l.is_mark(i, ',') || l.is_in(i, "và")
    });
    line.is_in(head, "quý|quí|kỳ|kì")
}

/// "Q2/2024", "T4/2021", "Q.I/2024": a quarter, a month by its letter.
pub(super) fn short_period(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let forms = [roman_quarter, quarter_of_range, month_of_year];
    if let Some(reading) = forms.iter().find_map(|form| form(line, at)) {
        return Some(reading);
    }
    let dot = usize::from(line.is_mark(at + 1, '.') && line.joins(at + 1));
    let slash = at + 2 + dot;
    let number = line.small(slash - 1).filter(|_| line.glued(slash - 1))?;
    let year = year(line, slash + 1, false)?;
    let marks = if line.str(at) == "Q" {
        DATE_MARKS
    } else {
        &['/']
    };
    let joined = line.is_one_of(slash, marks) && line.joins(slash);
    let region = line.options.region;
    let name = match (line.str(at), number) {
        ("Q", 1..=4) => format!("quý {}", count(number, region)),
        ("T", 1..=12) => format!("tháng {}", spoken_month(number)),
        _ => return None,
    };
    joined.then(|| Reading::quantity(slash + 2, format!("{name} năm {}", count(year, region))))
}

/// "Q.I/2024", "QIV/2023", "Q.II".
fn roman_quarter(line: &Line, at: usize) -> Option<Reading> {
    const FUSED: [&str; 4] = ["QI", "QII", "QIII", "QIV"];
    const PARTED: [&str; 4] = ["I", "II", "III", "IV"];
    let place = |list: [&str; 4], i: usize| list.iter().position(|q| *q == line.str(i));
    let dot = usize::from(line.is_mark(at + 1, '.') && line.joins(at + 1));
    let (quarter, slash) = match line.str(at) {
        "Q" => (place(PARTED, at + 1 + dot)?, at + 2 + dot),
        _ => (place(FUSED, at)?, at + 1),
    };
    let Some(year) = year(line, slash + 1, false) else {
        let words = format!("quý {}", spoken_quarter(line, quarter));
        let fused = line.str(at) != "Q" && !line.is_in(at.wrapping_sub(1), "sạc|chuẩn");
        let alone = (dot == 1 || fused) && !line.goes_on(slash);
        return alone.then(|| Reading::quantity(slash, words));
    };
    let joined = line.is_one_of(slash, DATE_MARKS) && line.joins(slash);
    let words = format!(
        "quý {} năm {}",
        spoken_quarter(line, quarter),
        count(year, line.options.region)
    );
    joined.then(|| Reading::quantity(slash + 2, words))
}

/// "cuối T9", "đầu T10".
fn month_of_year(line: &Line, at: usize) -> Option<Reading> {
    let month = line.small(at + 1).filter(|n| (1..=12).contains(n))?;
    let cued = line.str(at) == "T" && line.follows(at, "cuối|đầu|giữa|hết");
    let free = line.glued(at + 1) && !line.goes_on(at + 2) && !line.is_mark(at + 2, '/');
    (cued && free).then(|| Reading::quantity(at + 2, format!("tháng {}", spoken_month(month))))
}

fn spoken_quarter(line: &Line, before: usize) -> String {
    count(u32::try_from(before + 1).unwrap_or(0), line.options.region)
}

/// "Q1-Q3": quarters that a dash joins.
fn quarter_of_range(line: &Line, at: usize) -> Option<Reading> {
    let is_quarter = |i: usize| {
        line.str(i) == "Q"
            && line.glued(i + 1)
            && line.small(i + 1).is_some_and(|n| (1..=4).contains(&n))
    };
    let beside = |mark: usize, other: usize| line.is_dash(mark) && is_quarter(other);
    let joined = beside(at + 2, at + 3) || beside(at.wrapping_sub(1), at.wrapping_sub(3));
    let number = line.small(at + 1).filter(|_| is_quarter(at) && joined)?;
    let plain = !(line.is_mark(at + 2, '/') && line.joins(at + 2));
    plain.then(|| {
        Reading::quantity(
            at + 2,
            format!("quý {}", count(number, line.options.region)),
        )
    })
}

/// "T7, CN", "T2-T6": days of the week by their letters, beside each other or after a cue.
pub(super) fn short_weekday(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if is_sunday(line, at) {
        return Some(Reading::quantity(at + 1, "chủ nhật"));
    }
    if let Some(reading) = dotted_weekday(line, at) {
        return Some(reading);
    }
    let number = weekday(line, at)?;
    let joint = |i: usize| line.is_mark(i, ',') || line.is_dash(i) || line.is_in(i, "và|đến");
    let beside = joint(at + 2) && (weekday(line, at + 3).is_some() || line.str(at + 3) == "CN");
    let before = at.checked_sub(3).and_then(|at| weekday(line, at));
    let behind = before.is_some() && joint(at - 1);
    let cued = line.follows(at, "trừ|nghỉ|sáng|chiều|tối|từ");
    (beside || behind || cued).then(|| Reading::quantity(at + 2, spoken_weekday(line, number)))
}

/// "sáng t.2 và t.4": days of the week; without such a word before it "t.2" is a volume.
fn dotted_weekday(line: &Line, at: usize) -> Option<Reading> {
    let number = line.small(at + 2).filter(|n| (2..=7).contains(n))?;
    let written = line.is(at, "t") && line.is_mark(at + 1, '.') && line.joins(at + 1);
    let head = line.head_of_list(at, |l, i| {
        l.is(i, "t") || l.is_digits(i) || l.is_one_of(i, &['.', ',']) || l.is_in(i, "và|đến")
    });
    let cued = line.is_in(head, "sáng|trưa|chiều|tối|đêm|nghỉ");
    (written && cued && !line.goes_on(at + 3))
        .then(|| Reading::quantity(at + 3, spoken_weekday(line, number)))
}

fn spoken_weekday(line: &Line, number: u32) -> String {
    match number {
        4 => "thứ tư".to_owned(),
        _ => format!("thứ {}", count(number, line.options.region)),
    }
}

/// The "CN" of "T2-CN" and "T7, CN".
fn is_sunday(line: &Line, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    let joined = line.is_dash(before) || line.is_mark(before, ',') || line.is_in(before, "và");
    line.str(at) == "CN" && joined && weekday(line, at.wrapping_sub(3)).is_some()
}

fn weekday(line: &Line, at: usize) -> Option<u32> {
    let number = line
        .small(at.wrapping_add(1))
        .filter(|n| (2..=7).contains(n))?;
    let ends = !line.glued(at + 2) || line.is_dash(at + 2) || !line.joins(at + 2);
    (line.str(at) == "T" && line.glued(at + 1) && ends).then_some(number)
}
