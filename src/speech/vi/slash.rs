//! Slashes that no number, date or sign of a document has claimed: rates, choices, strokes.

use super::formula;
use super::line::Line;
use super::rule::{Reading, Scene};
use super::token::Case;
use super::unit;

/// Reads a slash: one over the other, a rate, a list's mark, strokes of a rank, a silent choice.
pub(super) fn slash(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if !line.is_mark(at, '/') {
        return None;
    }
    let generation = line.glued(at + 2) && line.case(at + 2) == Some(Case::Letter);
    if scene.after == at && line.joins(at) && line.is_digits(at + 1) && !generation {
        return Some(Reading::new(at + 1, "trên"));
    }
    if let Some(reading) = list_mark(line, at).or_else(|| strokes(line, at)) {
        return Some(reading);
    }
    if is_calendar(line, at) {
        return None;
    }
    if parts_titles(line, at) || parts_telephones(line, at) {
        return Some(Reading::new(at + 1, ","));
    }
    if !line.joins(at) {
        return None;
    }
    let rate = unit::rate(scene, at).filter(|_| is_measured(scene, at));
    rate.or_else(|| is_over(scene, at).then(|| Reading::new(at + 1, "trên")))
}

/// "1/ Về công tác", "a/ Mục tiêu", "2/. Nhiệm vụ".
fn list_mark(line: &Line, at: usize) -> Option<Reading> {
    let goes_on = line.glued(at + 1) && (line.is_word(at + 1) || line.is_digits(at + 1));
    let number = at.wrapping_sub(1);
    let inside = line.is_one_of(number.wrapping_sub(1), &[';', '.', ':'])
        && !line.glued(number)
        && line.case(at + 1) == Some(Case::Title);
    let heads = (at == 1 || inside) && line.glued(at) && !goes_on && !line.is_mark(at + 1, '/');
    heads.then(|| Reading::new(at + 1, ","))
}

/// "quân hàm 2//, sao 4/": strokes of a rank behind their number.
fn strokes(line: &Line, at: usize) -> Option<Reading> {
    if !line.is_digits(at.wrapping_sub(1)) || !line.glued(at) {
        return None;
    }
    let mut end = at + 1;
    while line.is_mark(end, '/') && line.glued(end) {
        end += 1;
    }
    let more = line.glued(end) && (line.is_word(end) || line.is_digits(end));
    (!more).then(|| Reading::new(end, "gạch"))
}

/// "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH": a blank on both sides makes a pause between words in capitals.
fn parts_titles(line: &Line, at: usize) -> bool {
    let loud = |i: usize| line.case(i) == Some(Case::Upper);
    !line.glued(at) && !line.glued(at + 1) && loud(at.wrapping_sub(1)) && loud(at + 1)
}

/// "ĐT: 0243.8251111/38252222".
fn parts_telephones(line: &Line, at: usize) -> bool {
    const SHORTEST: usize = 6;
    let long = |i: usize| line.digits(i).is_some_and(|d| d.len() >= SHORTEST);
    line.joins(at) && long(at.wrapping_sub(1)) && long(at + 1)
}

/// A formula's division, and a price by whatever stands behind.
fn is_over(scene: &Scene, at: usize) -> bool {
    let line = &scene.line;
    let left = at.wrapping_sub(1);
    let code = line.case(at + 1) == Some(Case::Upper);
    let counted = |back: usize| line.is_digits(left.wrapping_sub(back)) && line.is_word(left);
    let by_number = line.is_digits(at + 1) && (counted(1) || counted(2)) && !line.is(at + 2, "lần");
    let divided = formula::is_factor(line, left) || line.is_one_of(left, &['²', '³']);
    let divisor =
        line.is_digits(at + 1) || line.is_mark(at + 1, '(') || formula::is_factor(line, at + 1);
    let quotient = divided && divisor;
    by_number
        || (quotient && formula::is_in_formula(line, at))
        || line.is_mark(left, ')')
        || (scene.after == at && !code)
        || line.is_in(left, "đồng|đ|vnđ|usd")
}

/// "ngày/tháng/năm" names a form's fields.
fn is_calendar(line: &Line, at: usize) -> bool {
    line.is_in(at + 1, "tháng|năm|giờ") && line.is_in(at.wrapping_sub(1), "ngày|tháng|giờ|phút")
}

/// Places that a slash sets side by side: "12 xã/phường".
const PLACES: &str = "xã|phường|huyện|quận|tỉnh|thôn|bản|trấn|phố|thị";

/// How far before a rate its number may stand: "60.000 tấn CO2/năm".
const NOUN_REACH: usize = 6;

/// Is what stands before a slash counted by what stands behind: "tháng/lần", "đồng/kg", "5 tạ/ha"?
fn is_measured(scene: &Scene, at: usize) -> bool {
    let line = &scene.line;
    let left = at.wrapping_sub(1);
    if line.is_in(at + 1, "lần") {
        return true;
    }
    let counted_word = |back: usize| line.is_digits(at.wrapping_sub(back));
    if line.is_in(left, PLACES) {
        return false;
    }
    let yearly = line.is_in(at + 1, "năm|tháng|quý|ngày|giờ|vụ|người|hộ|ha");
    if yearly && (4..=NOUN_REACH).any(counted_word) {
        return true;
    }
    scene.after == at
        || line.is_in(
            left,
            "đồng|đ|tấn|tạ|lần|lượt|ca|người|điểm|buổi|suất|con|lít",
        )
        || counted_word(2)
        || counted_word(3)
}
