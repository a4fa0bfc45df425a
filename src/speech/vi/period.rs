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

/// "Q2/2024", "T4/2021": a quarter, a month by its letter.
pub(super) fn short_period(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let dot = usize::from(line.is_mark(at + 1, '.') && line.joins(at + 1));
    let slash = at + 2 + dot;
    let number = line.small(slash - 1).filter(|_| line.glued(slash - 1))?;
    let year = year(line, slash + 1, false)?;
    let joined = line.is_mark(slash, '/') && line.joins(slash);
    let region = line.options.region;
    let name = match (line.str(at), number) {
        ("Q", 1..=4) => format!("quý {}", count(number, region)),
        ("T", 1..=12) => format!("tháng {}", spoken_month(number)),
        _ => return None,
    };
    joined.then(|| Reading::quantity(slash + 2, format!("{name} năm {}", count(year, region))))
}

/// "T7, CN", "T2-T6": days of the week by their letters, beside each other or after a cue.
pub(super) fn short_weekday(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let number = weekday(line, at)?;
    let joint = |i: usize| line.is_mark(i, ',') || line.is_dash(i) || line.is_in(i, "và|đến");
    let beside = joint(at + 2) && (weekday(line, at + 3).is_some() || line.str(at + 3) == "CN");
    let before = at.checked_sub(3).and_then(|at| weekday(line, at));
    let behind = before.is_some() && joint(at - 1);
    let cued = line.follows(at, "trừ|nghỉ|sáng|chiều|tối|từ");
    let name = match number {
        4 => "tư".to_owned(),
        _ => count(number, line.options.region),
    };
    (beside || behind || cued).then(|| Reading::quantity(at + 2, format!("thứ {name}")))
}

fn weekday(line: &Line, at: usize) -> Option<u32> {
    let number = line.small(at + 1).filter(|n| (2..=7).contains(n))?;
    let ends = !line.glued(at + 2) || line.is_dash(at + 2) || !line.joins(at + 2);
    (line.str(at) == "T" && line.glued(at + 1) && ends).then_some(number)
}
