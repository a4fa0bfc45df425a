//! Numbers as they stand in prose: counts, ordinals, ranks, and what is measured.

use super::calendar;
use super::formula;
use super::line::Line;
use super::number::{cardinal, push, short_pair, spelled};
use super::numeral::{Numeral, Tail};
use super::rule::{Reading, Scene};
use super::token::Case;
use super::unit;

/// Names of schemes keep their leading zero: "Đề án 06" is "không sáu".
const KEEPS_ZERO: &str = "\
    tàu|đề án|mã|mã số|chuyên án|số hiệu|đầu số|biển số|mã vùng";

/// Words after which a run of five digits or more is typed, not counted.
const CODED: &str = "\
    mã|mã số|mã vạch|mã ngành|mã trường|mã bưu chính|mã hồ sơ|mã đơn|mã đề|số hiệu|seri|sê ri|số báo danh|\
    vé số|giải nhất|giải nhì|giải ba|giải tư|giải năm|giải đặc biệt|giải độc đắc|giải khuyến khích";

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
    if let Some(words) = scientific(line, &numeral) {
        return Some(Reading::quantity(numeral.end, words));
    }
    if let Some((end, words)) = power_of_ten(line, numeral.end)
        .or_else(|| days_and_nights(line, numeral.end))
        .or_else(|| month_or_tonne(line, at, &numeral))
        .or_else(|| points(line, at, &numeral))
        .or_else(|| times_over(line, at, &numeral))
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
    let counted = super::share::is_counted(line, at + 1);
    let code = digits.starts_with("00") && digits.len() == 3 && !counted;
    if padded && (code || digits.len() > 3 || line.follows(at, KEEPS_ZERO)) {
        return spelled(digits);
    }
    if is_typed(line, at) {
        return spelled(digits);
    }
    ordinal(line, at, digits).unwrap_or_else(|| cardinal(digits, line.options.region))
}

/// Is it a run of digits that nobody counts: a candidate's number, a lottery's, a second telephone?
fn is_typed(line: &Line, at: usize) -> bool {
    const SHORTEST: usize = 5;
    const SUMS: &str = "đồng|đ|vnđ|người|triệu|nghìn";
    let long = |i: usize, length| line.digits(i).is_some_and(|d| d.len() >= length);
    let before = at.wrapping_sub(1);
    let cue = at.wrapping_sub(usize::from(line.is_mark(before, ':')));
    let head = line.head_of_list(at, |l, i| {
        l.is_digits(i) || l.is_dash(i) || l.is_mark(i, ',')
    });
    let bracketed = line.is_mark(before, '(') && line.is_mark(at + 1, ')') && long(at, 7);
    let coded = bracketed && !line.str(at).ends_with("000")
        || line.follows(cue, CODED)
        || line.follows(head.wrapping_add(1), CODED);
    let second = line.is_mark(before, '/') && line.joins(before) && long(before.wrapping_sub(1), 7);
    long(at, SHORTEST)
        && !line.is_in(at + 1, SUMS)
        && (line.case(before) == Some(Case::Upper) || coded || (second && long(at, 7)))
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

/// "3.10⁸", "5.10^-3": so many times a power of ten.
fn scientific(line: &Line, numeral: &Numeral) -> Option<String> {
    let ten = matches!(&numeral.tail, Tail::Dot(digits) if digits == "10");
    let raised = line.glued(numeral.end)
        && line.is_one_of(
            numeral.end,
            &['^', '⁻', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'],
        );
    let whole = cardinal(&numeral.whole, line.options.region);
    (ten && raised).then(|| format!("{whole} nhân mười"))
}

/// "3N2Đ", "3N/2Đ": so many days and nights of a journey.
fn days_and_nights(line: &Line, at: usize) -> Option<(usize, String)> {
    let slash = usize::from(line.is_mark(at + 1, '/') && line.joins(at + 1));
    let nights_at = at + 1 + slash;
    let nights = line.small(nights_at)?;
    let end = nights_at + 2;
    let glued = (at..end).all(|i| line.glued(i)) && !line.goes_on(end);
    let words = format!(
        "ngày {} đêm",
        cardinal(&nights.to_string(), line.options.region)
    );
    (glued && line.str(at) == "N" && line.str(nights_at + 1) == "Đ").then_some((end, words))
}

/// "9T/2023", "6T đầu năm" are months; "3,5T", "tải trọng 10T" weigh tonnes.
fn month_or_tonne(line: &Line, at: usize, numeral: &Numeral) -> Option<(usize, String)> {
    const LOADS: &str = "tải|tải trọng|trọng tải|xe|cẩu|nặng";
    let letter = numeral.end;
    if line.str(letter) != "T" || !line.glued(letter) {
        return None;
    }
    let slash = usize::from(line.is_mark(letter + 1, '/'));
    let year_at = letter + 1 + slash;
    let year = calendar::year(line, year_at, false).filter(|_| line.glued(year_at));
    if let Some(year) = year {
        let year = cardinal(&year.to_string(), line.options.region);
        return Some((year_at + 1, format!("tháng năm {year}")));
    }
    if line.precedes(letter + 1, "đầu|cuối|đầu năm|năm|qua") {
        return Some((letter + 1, "tháng".to_owned()));
    }
    let weighs = matches!(numeral.tail, Tail::Comma(_)) || line.follows(at, LOADS);
    (weighs && !line.goes_on(letter + 1)).then(|| (letter + 1, "tấn".to_owned()))
}

/// "27,25đ", "Văn 8đ": points of an examination, since no price has such parts or is so low.
fn points(line: &Line, at: usize, numeral: &Numeral) -> Option<(usize, String)> {
    const PRICED: &str =
        "giá|chỉ|từ|đến|mua|bán|đồng|deal|khoảng|cửa hàng|siêu thị|xe|quán|bếp|gian hàng|phí";
    let mark = numeral.end;
    let few = match &numeral.tail {
        Tail::None => numeral.whole != "0" && !line.follows(at, PRICED),
        Tail::Comma(digits) | Tail::Dot(digits) => digits.len() <= 2,
        Tail::Groups(_) => false,
    };
    let rated = line.is_mark(mark + 1, '/') && line.joins(mark + 1);
    let ranged = line.is_dash(at.wrapping_sub(1)) && line.is_digits(at.wrapping_sub(2));
    (few && numeral.whole.len() <= 2 && line.str(mark) == "đ" && line.glued(mark))
        .then(|| (mark + 1, "điểm".to_owned()))
        .filter(|_| !(rated || ranged && numeral.is_whole()))
}

/// "tăng 8,2x", "nhanh gấp 3x": so many times.
fn times_over(line: &Line, at: usize, numeral: &Numeral) -> Option<(usize, String)> {
    const CUES: &str = "tăng|gấp|nhanh|hơn|giảm|nhân|lên|đến";
    let letter = numeral.end;
    let written = line.is(letter, "x") && line.glued(letter) && !line.goes_on(letter + 1);
    let parts = matches!(&numeral.tail, Tail::Comma(_) | Tail::Dot(_));
    let counted = parts || line.is_in(at.wrapping_sub(1), CUES);
    (written && counted && !formula::is_in_formula(line, at))
        .then(|| (letter + 1, "lần".to_owned()))
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
        "K" if numeral.whole.len() > 1 || line.is_digits(at + 1) && line.glued(at + 1) => {
            ("nghìn", "")
        }
        "tr" => ("triệu", "nghìn"),
        "t" => ("tỷ", "triệu"),
        _ => return None,
    };
    let aged =
        line.str(at) == "t" && line.is_mark(at.wrapping_sub(2), '(') && line.is_mark(at + 1, ')');
    if aged {
        return Some((at + 1, "tuổi".to_owned()));
    }
    let digits = line.digits(at + 1).filter(|_| line.glued(at + 1));
    if let Some(year) = digits.filter(|d| name == "nghìn" && is_year(line, at, numeral, d)) {
        return Some((
            at + 2,
            format!("ca {}", two_digits(year, line.options.region)),
        ));
    }
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

/// "2k24", "thế hệ 2k5": a year as the young write it, not two thousand and some hundred đồng.
fn is_year(line: &Line, at: usize, numeral: &Numeral, digits: &str) -> bool {
    const BORN: &str = "năm|thế hệ|lứa|gen|học sinh|sinh viên|thí sinh|sinh|bạn|bạn trẻ|em|các em|nhóm|lớp|\
        cô gái|chàng trai|hội|dân|teen|và";
    let named = line.follows(at.wrapping_sub(1), BORN);
    numeral.whole == "2" && (digits.len() == 2 || (digits.len() == 1 && named))
}

fn two_digits(digits: &str, region: crate::speech::Region) -> String {
    if digits.starts_with('0') {
        spelled(digits)
    } else {
        cardinal(digits, region)
    }
}

/// "5t/ha" weighs tonnes.
fn is_rate_of_tonnes(line: &Line, at: usize) -> bool {
    line.str(at) == "t" && line.is_mark(at + 1, '/')
}

/// "1m65", "2m5", "2km500", "3kg2": metres or kilograms and what is over.
fn metres(line: &Line, numeral: &Numeral) -> Option<(usize, String)> {
    let at = numeral.end;
    let digits = line.digits(at + 1)?;
    let unit = match line.str(at) {
        "m" => "mét",
        "km" => "ki lô mét",
        "kg" => "ki lô gam",
        _ => return None,
    };
    let power = unit != "ki lô gam" && matches!(digits, "2" | "3");
    if !line.joins(at) || power {
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
