//! Two numbers with a slash that are no date: shares, counts out of a total, ratios, addresses.

use super::line::Line;
use super::number::{cardinal, push};
use super::rule::{Reading, Scene};
use super::unit;

/// Nouns of which an exact number is counted: "5/7 xã" is five of seven communes.
const COUNTED: &[&str] = &[
    "xã",
    "huyện",
    "phường",
    "thị",
    "thôn",
    "bản",
    "tổ",
    "khu",
    "tiêu",
    "chỉ",
    "trường",
    "lớp",
    "đơn",
    "tỉnh",
    "thành",
    "quận",
    "nhóm",
    "dự",
    "đại",
    "đảng",
    "chi",
    "đồng",
    "nhiệm",
    "nội",
    "điểm",
    "trạm",
    "cơ",
    "hộ",
    "người",
    "ý",
    "phiếu",
    "trận",
    "câu",
    "bước",
    "mô",
    "doanh",
    "sở",
    "ban",
    "công",
    "hợp",
    "ấp",
    "buôn",
    "làng",
    "xóm",
    "cán",
    "em",
    "học",
    "bệnh",
    "ca",
    "mẫu",
];

/// Words after which two numbers are one over the other.
const OVER_CUES: &[&str] = &[
    "huyết áp",
    "tỷ lệ",
    "tỉ lệ",
    "tỷ số",
    "tỉ số",
    "thứ",
    "hạng",
    "vị trí",
    "đạt",
    "xếp",
];

/// Reads two numbers with a slash.
pub(super) fn share(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let (a, b) = (line.digits(at)?, line.digits(at + 2)?);
    if !line.is_mark(at + 1, '/')
        || !line.joins(at + 1)
        || line.is_one_of(at.wrapping_sub(1), &['/'])
    {
        return None;
    }
    let end = at + 3;
    if let Some(scale) = scale(line, at) {
        return Some(scale);
    }
    let longer = line.is_mark(end, '/') && line.joins(end);
    if longer && line.is_digits(end + 1) {
        return address(line, at);
    }
    let measure = unit::after(line, end);
    if is_fraction(line, at, a, b, end, measure.is_some()) {
        return Some(fraction(scene, at, a, b, end, measure));
    }
    let (end, tail) = measure.unwrap_or((end, String::new()));
    let region = line.options.region;
    let mut out = ordinal_or_count(line, at, a);
    push(&mut out, between(line, at, a, b, end));
    push(&mut out, &cardinal(b, region));
    push(&mut out, &tail);
    Some(Reading::quantity(end, out))
}

/// A share whose bare form is said as one: a half, two thirds, a tenth.
pub(super) fn is_typical(a: &str, b: &str) -> bool {
    let (Ok(a), Ok(b)) = (number(a), number(b)) else {
        return false;
    };
    a < b && (b <= 6 || (a == 1 && matches!(b, 8 | 10 | 100 | 1000)))
}

/// Two numbers of one digit, not padded with a zero, as shares are written.
fn number(digits: &str) -> Result<u32, ()> {
    if digits.starts_with('0') {
        return Err(());
    }
    digits.parse().map_err(|_| ())
}

fn is_fraction(line: &Line, at: usize, a: &str, b: &str, end: usize, measured: bool) -> bool {
    let whole_before = !line.glued(at) && line.is_digits(at.wrapping_sub(1));
    let ranked = line.follows(at, OVER_CUES) || line.follows(at, super::date::NO_DATE);
    let padded = a.starts_with('0') || b.starts_with('0');
    if padded || ranked || matches!(b, "24" | "7") {
        return measured && !padded && !ranked && b != "24";
    }
    measured
        || whole_before
        || ((is_typical(a, b) || (a == "1" && b != "1")) && !line.is_in(end, COUNTED))
        || (is_less(a, b) && b.len() == 1 && line.is_in(end, &["số", "diện", "tổng", "dân"]))
}

fn is_less(a: &str, b: &str) -> bool {
    matches!((number(a), number(b)), (Ok(a), Ok(b)) if a < b)
}

fn fraction(
    scene: &Scene,
    at: usize,
    a: &str,
    b: &str,
    end: usize,
    measure: Option<(usize, String)>,
) -> Reading {
    let line = &scene.line;
    let region = line.options.region;
    let mut out = String::new();
    if !line.glued(at) && scene.after == at {
        push(&mut out, "và");
    }
    push(&mut out, &cardinal(a, region));
    push(&mut out, "phần");
    push(&mut out, if b == "4" { "tư" } else { "" });
    push(
        &mut out,
        &if b == "4" {
            String::new()
        } else {
            cardinal(b, region)
        },
    );
    let (end, tail) = measure.unwrap_or((end, String::new()));
    push(&mut out, &tail);
    Reading::quantity(end, out)
}

fn ordinal_or_count(line: &Line, at: usize, digits: &str) -> String {
    super::quantity::ordinal(line, at, digits)
        .unwrap_or_else(|| cardinal(digits, line.options.region))
}

/// "tỷ lệ 1/25.000": a map's scale.
fn scale(line: &Line, at: usize) -> Option<Reading> {
    let whole = super::numeral::Numeral::at(line, at + 2).filter(|n| n.end > at + 3)?;
    let a = cardinal(line.digits(at)?, line.options.region);
    Some(Reading::quantity(
        whole.end,
        format!("{a} trên {}", whole.words(line)),
    ))
}

/// More out of less without anything counted is no share but a part of a name or address.
fn between(line: &Line, at: usize, a: &str, b: &str, end: usize) -> &'static str {
    let more = match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(a), Ok(b)) => a > b,
        _ => true,
    };
    let over = line.follows(at, OVER_CUES) && line.word(at.wrapping_sub(1)) != "lệ";
    if line.is_mark(end, '=') {
        return "chia";
    }
    let around_the_clock = a == "24";
    if more && !over && !around_the_clock && !line.is_word(end) {
        "xẹt"
    } else {
        "trên"
    }
}

/// "12/5/27 Trần Phú": numbers of a house in alleys.
fn address(line: &Line, at: usize) -> Option<Reading> {
    let region = line.options.region;
    let mut out = cardinal(line.digits(at)?, region);
    let mut end = at + 1;
    while line.is_mark(end, '/') && line.joins(end) && line.is_digits(end + 1) {
        push(&mut out, "trên");
        push(&mut out, &cardinal(line.str(end + 1), region));
        end += 2;
    }
    Some(Reading::quantity(end, out))
}
