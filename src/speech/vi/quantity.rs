//! Numbers as they stand in prose: counts, ordinals, ranks, and what is measured.

use super::line::Line;
use super::number::{cardinal, push, short_pair, spelled};
use super::numeral::Numeral;
use super::rule::{Reading, Scene};
use super::token::Case;
use super::unit;

/// Names of schemes keep their leading zero: "Đề án 06" is "không sáu".
const KEEPS_ZERO: &str = "\
    đề án|mã|mã số|chuyên án|số hiệu|đầu số|biển số|mã vùng";

/// Words after which a run of five digits or more is typed, not counted.
const CODED: &str = "\
    mã|mã số|mã ngành|mã trường|mã bưu chính|mã hồ sơ|mã đơn|số hiệu|seri|sê ri|số báo danh";

/// Reads a number with what is written about it: ordinal words before, scale and unit behind.
pub(super) fn quantity(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let numeral = Numeral::at(line, at)?;
    let mut out = if numeral.is_whole() {
        whole(line, at, &numeral.whole)
    } else {
        numeral.words(line)
    };
    if let Some(letter) = clause_letter(line, at, numeral.end) {
        push(&mut out, letter);
        return Some(Reading::new(numeral.end + 1, out));
    }
    if let Some((end, words)) = power_of_ten(line, numeral.end)
        .or_else(|| short_scale(line, &numeral))
        .or_else(|| metres(line, &numeral))
        .or_else(|| unit::after(line, numeral.end))
    {
        push(&mut out, &words);
        return Some(Reading::quantity(end, out));
    }
    Some(Reading::quantity(numeral.end, out))
}

/// Reads a whole number by the words before it.
pub(super) fn whole(line: &Line, at: usize, digits: &str) -> String {
    let padded = digits.len() > 1 && digits.starts_with('0');
    if padded && (digits.len() > 3 || line.follows(at, KEEPS_ZERO)) {
        return spelled(digits);
    }
    let run = line.digits(at).is_some_and(|d| d.len() >= 5);
    if run && (line.case(at.wrapping_sub(1)) == Some(Case::Upper) || line.follows(at, CODED)) {
        return spelled(digits);
    }
    ordinal(line, at, digits).unwrap_or_else(|| cardinal(digits, line.options.region))
}

/// Reads what has words of its own after "thứ", "tháng", "hạng": nhất, tư.
pub(super) fn ordinal(line: &Line, at: usize, digits: &str) -> Option<String> {
    let one = matches!(digits, "1" | "01");
    let four = matches!(digits, "4" | "04");
    if !one && !four {
        return None;
    }
    let head = line.head_of_list(at, |l, i| {
        l.is_digits(i) || l.is_mark(i, ',') || l.is_in(i, "và|đến|tới") || l.is_dash(i)
    });
    if one && line.follows(at, "thứ|xếp hạng|đứng hạng") {
        return Some("nhất".to_owned());
    }
    (four && line.is_in(head, "thứ|tháng")).then(|| "tư".to_owned())
}

/// "Điều 5a", "lớp 10A", "nhà 12B": a letter of the alphabet, not a unit.
fn clause_letter(line: &Line, at: usize, end: usize) -> Option<&'static str> {
    const LETTERED: &str = "\
    điều|khoản|điểm|mục|lớp|tổ|nhà|ngõ|hẻm|kiệt|khối|phòng|bảng|biểu|mẫu|số|chương|\
    phụ lục|khu|lô|đường|tuyến|quốc lộ|cổng|toa";
    let glued = line.glued(end) && !line.glued(end + 1) && line.follows(at, LETTERED);
    let mut chars = line.str(end).chars();
    let letter = chars.next().filter(|_| glued && chars.next().is_none())?;
    let free = line.is_word(end) && !(line.is_mark(end + 1, '/') && line.glued(end + 1));
    super::letter::name(letter).filter(|_| free)
}

/// "3.2e5": three point two times ten to the fifth.
fn power_of_ten(line: &Line, at: usize) -> Option<(usize, String)> {
    let sign = usize::from(line.is_one_of(at + 1, &['-', '+']) && line.glued(at + 1));
    let digits = line.digits(at + 1 + sign)?;
    let glued = line.glued(at) && line.glued(at + 1 + sign);
    let minus = if line.is_mark(at + 1, '-') {
        "âm "
    } else {
        ""
    };
    let words = cardinal(digits, line.options.region);
    (glued && matches!(line.str(at), "e" | "E"))
        .then(|| (at + 2 + sign, format!("nhân mười mũ {minus}{words}")))
}

/// "10k", "1tr2", "2t3": thousands, millions, billions of đồng as people write them.
fn short_scale(line: &Line, numeral: &Numeral) -> Option<(usize, String)> {
    let at = numeral.end;
    if line.str(at) == "tr" && !line.glued(at) {
        return Some((at + 1, "triệu".to_owned()));
    }
    if !line.glued(at) {
        return None;
    }
    let (name, below) = match line.str(at) {
        "k" => ("nghìn", ""),
        "K" if numeral.whole.len() > 1 => ("nghìn", ""),
        "tr" => ("triệu", "nghìn"),
        "t" => ("tỷ", "triệu"),
        _ => return None,
    };
    let digits = line.digits(at + 1).filter(|_| line.glued(at + 1));
    let Some(digits) = digits else {
        return (!is_rate_of_tonnes(line, at)).then(|| (at + 1, name.to_owned()));
    };
    let padded = format!("{digits:0<3}");
    let words = cardinal(&padded, line.options.region);
    (digits.len() <= 3).then(|| {
        (
            at + 2,
            format!("{name} {words} {below}").trim_end().to_owned(),
        )
    })
}

/// "5t/ha" weighs tonnes.
fn is_rate_of_tonnes(line: &Line, at: usize) -> bool {
    line.str(at) == "t" && line.is_mark(at + 1, '/')
}

/// "1m65", "2m5", "2km500": metres and what is over.
fn metres(line: &Line, numeral: &Numeral) -> Option<(usize, String)> {
    let at = numeral.end;
    let digits = line.digits(at + 1)?;
    let unit = match line.str(at) {
        "m" => "mét",
        "km" => "ki lô mét",
        _ => return None,
    };
    if !line.joins(at) || digits == "2" || digits == "3" {
        return None;
    }
    let over = match *digits.as_bytes() {
        [_, _, _] if unit != "mét" => cardinal(digits, line.options.region),
        [a, b] => short_pair(a, b),
        [_] => spelled(digits),
        _ => return None,
    };
    Some((at + 2, format!("{unit} {over}")))
}
