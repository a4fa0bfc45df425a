//! What tells a date from two numbers with a slash: the words around it.

use super::calendar::{DATE_MARKS, begins_range, day_and_month};
use super::line::Line;
use super::{document, share};

/// Words after which a day with its month is a date, whatever follows.
const STRONG: &str = "ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|mồng|khuya|lễ|khánh|rạng|giỗ";

/// Words after which it is a date unless something countable follows.
const WEAK: &str = "qk|từ|đến|tới|trước|sau|vào|dịp|hết|nay|qua|mai|nhật|kỷ|phóng|niệm|trong|thứ|\
    hai|ba|tư|năm|sáu|bảy";

/// Words after which a date needs no "ngày" of its own.
const DAY_WORDS: &str =
    "ngày|đường|phố|cầu|viên|mùng|mồng|sáng|trưa|chiều|tối|đêm|hôm|khuya|lễ|khánh|rạng";

/// Words that may follow a date that has no cue.
const FOLLOWERS: &str = "hàng|hằng|năm|vừa|tới|này|âm|dương|âl|al|giáp|ất|bính|đinh|mậu|kỷ|canh|\
    tân|nhâm|quý";

/// Words after which two numbers are a result, not a date.
const RESULTS: &str = "đạt|được|có|là|còn|gần|hơn|khoảng";

/// Words after which two numbers with a slash are a place in a ranking or an address.
pub(super) const NO_DATE: &str = "thứ|hạng|vị trí|top|số nhà|nhà|ngõ|ngách|hẻm|kiệt|lô|thửa|\
    thửa số|tổ|căn|phòng|huyết áp|tỷ lệ|tỉ lệ|tỷ số|tỉ số|địa chỉ|thị lực|bậc|mức|cấp|lớp|nhóm|bước|trình độ|tập|trang|\
    ấp|xóm|khóm|thôn|khu phố|bại|bàn thắng|hiệu số|apgar|quy hoạch|bản đồ|phân khu|chi tiết|qh";

/// Days that are known by their date, so that a hyphen makes no range or score of them.
const KNOWN_DAYS: &[(u32, u32)] = &[
    (26, 3),
    (30, 4),
    (19, 5),
    (27, 7),
    (19, 8),
    (20, 11),
    (22, 12),
];

/// How far before a date the name of its day may begin.
const NAME_REACH: usize = 8;

/// Is the day with its month at `at`, which ends before `end`, a date?
pub(super) fn is_date(line: &Line, at: usize, end: usize) -> bool {
    if has_strong(line, at) {
        return !is_range_of_new_year(line, at, end);
    }
    match line.str(at + 1) {
        "/" => {
            !share::is_set(line, at)
                && !is_around_the_clock(line, at)
                && (is_alone(line, at, end)
                    || is_first_of_range(line, at, end)
                    || is_last_of_range(line, at)
                    || is_bracketed_name(line, at, end))
        }
        "-" => is_known(line, at, end) || is_named(line, at, end),
        "." => has(line, at, "nay|mai|qua"),
        _ => false,
    }
}

/// Is there a word before that makes a day with its month a date, surely or perhaps?
pub(super) fn has_any(line: &Line, at: usize) -> bool {
    has_strong(line, at) || has(line, at, WEAK)
}

/// The "ngày" that a date still needs.
pub(super) fn day_prefix(line: &Line, at: usize) -> &'static str {
    let named = line.is_in(at.wrapping_sub(1), DAY_WORDS)
        || line.is_in(list_head(line, at), DAY_WORDS)
        || line.follows(at, "nay|qua|mai");
    if named { "" } else { "ngày" }
}

/// The "tháng" that a month still needs.
pub(super) fn month_prefix(line: &Line, at: usize) -> &'static str {
    let head = line.head_of_list(at, |l, i| {
        l.is_digits(i) || l.is_mark(i, ',') || l.is_in(i, "và")
    });
    if line.is_in(head, "tháng") {
        ""
    } else {
        "tháng"
    }
}

/// "Nghị quyết số 12/2019": after such words it is a number and a year, not a month.
pub(super) fn is_document_number(line: &Line, at: usize) -> bool {
    line.follows(at, document::NUMBERED)
}

fn has_strong(line: &Line, at: usize) -> bool {
    has(line, at, STRONG) && !is_comma_after_day(line, at)
}

/// "Trong ngày, 5/7 xã": the comma ends what "ngày" belongs to.
fn is_comma_after_day(line: &Line, at: usize) -> bool {
    let comma = at.wrapping_sub(1);
    line.is_mark(comma, ',') && line.is_in(comma.wrapping_sub(1), "ngày")
}

/// "mùng 1-3 Tết" is three days, not a day in March.
fn is_range_of_new_year(line: &Line, at: usize, end: usize) -> bool {
    let ascends = line.small(at) < line.small(at + 2);
    line.follows(at, "mùng|mồng") && line.is_dash(at + 1) && ascends && line.is_in(end, "tết")
}

/// "chiến dịch 30-4": a day that everybody knows.
fn is_known(line: &Line, at: usize, end: usize) -> bool {
    let days = line.small(at).zip(line.small(at + 2));
    days.is_some_and(|day| KNOWN_DAYS.contains(&day)) && !line.is_word(end)
}

/// "ngày Quốc tế Lao động (1/5)": a day in brackets behind its name.
fn is_bracketed_name(line: &Line, at: usize, end: usize) -> bool {
    let named = |back: usize| line.is_in(at.wrapping_sub(back), "ngày|lễ");
    line.is_mark(at.wrapping_sub(1), '(') && line.is_mark(end, ')') && (1..=NAME_REACH).any(named)
}

/// Is there one of these words before, or before the list or bracket that this stands in?
fn has(line: &Line, at: usize, cues: &str) -> bool {
    let bracket = usize::from(line.is_one_of(at.wrapping_sub(1), &['(', '[']));
    let before = at.wrapping_sub(1 + bracket);
    line.is_in(before, cues) || line.is_in(list_head(line, at), cues)
}

fn list_head(line: &Line, at: usize) -> usize {
    line.head_of_list(at, |l, i| {
        l.is_digits(i)
            || l.is_one_of(i, DATE_MARKS)
            || l.is_one_of(i, &[',', '–'])
            || l.is_in(i, "và|đến|tới|hoặc")
    })
}

/// Does it stand where only a date makes sense?
fn is_alone(line: &Line, at: usize, end: usize) -> bool {
    let share = share::is_typical(line.str(at), line.str(at + 2));
    let whole_week = line.str(at) == line.str(at + 2) && line.is_in(end, "ngày|giờ");
    if whole_week {
        return false;
    }
    if has(line, at, WEAK) {
        let counted = line.small(at) <= line.small(at + 2) && share::is_counted(line, end);
        return !line.is_word(end) || !(share || counted);
    }
    let joined = line.is_in(end, "và|hoặc|hay") && line.is_digits(end + 1);
    let nothing_countable = !line.is_word(end) || joined || line.is_in(end, FOLLOWERS);
    let result = line.follows(at, RESULTS) || line.is_digits(at.wrapping_sub(1));
    nothing_countable && !result && !share
}

/// "Ngày Phụ nữ Việt Nam 20-10": a day behind its name; a range would ascend.
fn is_named(line: &Line, at: usize, end: usize) -> bool {
    let descends = line.small(at) > line.small(at + 2);
    let named = |back: usize| line.is_in(at.wrapping_sub(back), "ngày|tế|lễ");
    descends && !line.is_word(end) && (1..=NAME_REACH).any(named)
}

/// The first day of "10/5 - 15/5", which is no range of shares.
fn is_first_of_range(line: &Line, at: usize, end: usize) -> bool {
    let second = end + 1;
    let typical = |day: usize| share::is_typical(line.str(day), line.str(day + 2));
    let ascends =
        (line.small(at + 2), line.small(at)) < (line.small(second + 2), line.small(second));
    begins_range(line, end) && !(typical(at) && (typical(second) || !ascends))
}

/// The last day of "25/5-5/6".
fn is_last_of_range(line: &Line, at: usize) -> bool {
    let first = at.wrapping_sub(4);
    let joined = line.is_dash(at.wrapping_sub(1)) || line.is_in(at.wrapping_sub(1), "và|hoặc|hay");
    joined
        && line.is_digits(first)
        && day_and_month(line, first).is_some()
        && !share::is_typical(line.str(first), line.str(first + 2))
}

/// "24/7" is all day, all week.
fn is_around_the_clock(line: &Line, at: usize) -> bool {
    (line.str(at), line.str(at + 2)) == ("24", "7")
}
