//! Dashes and colons between numbers and words: ranges, scores, sums, minus signs, pauses.

use super::abbreviation;
use super::calendar;
use super::formula;
use super::line::Line;
use super::mark;
use super::numeral::Numeral;
use super::roman;
use super::rule::{Reading, Scene};
use super::syllable::is_syllable;
use super::token::Case;
use super::unit;

/// Words after which two numbers with a dash are a score.
const SCORE_CUES: &str = "\
    thắng|thua|bại|hiệp|set|séc|ván|gỡ|hòa|hoà|tỷ số|tỉ số|dẫn|dẫn trước|gỡ hòa|chung cuộc";

/// How far before a score its cue may stand: "thắng Malaysia 2-0".
const SCORE_REACH: usize = 12;

/// What is counted behind two numbers is a range, not a score.
const COUNTED: &str = "\
    ngày|năm|tháng|giờ|phút|tuần|lần|người|bàn|điểm|km|m|tỷ|triệu|nghìn|phần|đồng|tuổi|\
    cái|con|quả|trận";

/// What may follow a dash in a range of named days, months and the like: "thứ 2 - thứ 6".
const PERIODS: &str = "thứ|ngày|tháng|năm|quý|chủ|tuần|km|nay";

/// Words that make a descending pair of numbers a range all the same.
const FALLING: &str = "từ|giảm|còn|xuống|khoảng|cách|mỗi";

/// A dash between numbers leads from one to the other; in a score it is silent.
pub(super) fn range(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let counted = scene.after == at || is_measured(line, at);
    let a_minus = line.glued(at + 1) && !line.glued(at);
    if !line.is_dash(at) || !counted || a_minus || !may_end_range(line, at + 1) {
        return None;
    }
    let words = if is_score(line, at) || is_chain(line, at) || joins_model(line, at) {
        ""
    } else if is_drawn(line, at) || names_season(line, at) || parts_unlike(line, at) {
        ","
    } else if is_sum(line, at) {
        "trừ"
    } else if is_match(line, at) {
        ""
    } else if parts_day_from_time(line, at) {
        ","
    } else {
        "đến"
    };
    Some(Reading::new(at + 1, words))
}

/// "sơ đồ 4-3-3", "NPK 16-16-8": three numbers or more are no range, nor are a standard's number and
/// its year, a plane's type and its make: "ISO 9001-2015", "Boeing 737-800".
fn is_chain(line: &Line, at: usize) -> bool {
    const STANDARDS: &str =
        "iso|iec|tcvn|qcvn|tcxdvn|tcxd|tccs|boeing|airbus|embraer|atr|antonov|sukhoi";
    let dashed = |mark: usize| line.is_dash(mark) && line.joins(mark);
    let before = dashed(at.wrapping_sub(2)) && line.is_digits(at.wrapping_sub(3));
    let behind = dashed(at + 2) && line.is_digits(at + 3);
    let standard = line.is_in(at.wrapping_sub(2), STANDARDS);
    line.joins(at) && (before || behind || standard)
}

/// "Core i7-12700H": a series and a model, both with letters.
fn joins_model(line: &Line, at: usize) -> bool {
    const SHORTEST: usize = 4;
    let left = at.wrapping_sub(1);
    let series = line.glued(left) && line.is_word(left.wrapping_sub(1));
    let long = line.digits(at + 1).is_some_and(|d| d.len() >= SHORTEST);
    let model = long && line.glued(at + 2) && line.is_word(at + 2);
    line.joins(at) && series && model
}

/// "05 - 12 - 23 - 31": numbers that were drawn, three or more; the last is no year.
fn is_drawn(line: &Line, at: usize) -> bool {
    let spaced = |mark: usize| line.is_dash(mark) && !line.glued(mark) && !line.glued(mark + 1);
    let recent = |i: usize| line.small(i).is_some_and(|n| (1900..2100).contains(&n));
    let number = |i: usize| line.is_digits(i) && !recent(i);
    let before = spaced(at.wrapping_sub(2)) && number(at.wrapping_sub(3));
    let behind = spaced(at + 2) && number(at + 3);
    spaced(at) && number(at.wrapping_sub(1)) && number(at + 1) && (before || behind)
}

/// "V.League 1-2023/24": a league's level and its season.
fn names_season(line: &Line, at: usize) -> bool {
    let level = line.small(at.wrapping_sub(1)).is_some_and(|n| n < 10);
    let season = calendar::year(line, at + 1, false).is_some() && line.is_mark(at + 2, '/');
    level && season && line.joins(at + 2)
}

/// "25m2 - 3tr/tháng", "2,5 tỷ - 50m2": a size and a price lead nowhere.
fn parts_unlike(line: &Line, at: usize) -> bool {
    const SIZES: &str = "m|km|ha|mét|cm|mm|vuông|héc";
    const PRICES: &str = "tr|triệu|tỷ|tỉ|k|đ|đồng|nghìn|ngàn|usd|vnđ|vnd";
    let left = at.wrapping_sub(1);
    let power = line.glued(left) && matches!(line.str(left), "2" | "3" | "²" | "³");
    let left = left.wrapping_sub(usize::from(power));
    let Some(end) = Numeral::at(line, at + 1).map(|numeral| numeral.end) else {
        return false;
    };
    let room = line.glued(end) && line.case(end) == Some(Case::Upper);
    let (size, price) = (line.is_in(left, SIZES), line.is_in(left, PRICES));
    !line.glued(at)
        && ((size && (line.is_in(end, PRICES) || room)) || (price && line.is_in(end, SIZES)))
}

/// "Real Madrid 3-1 Barcelona", "Boeing 787-9": numbers that do not ascend, or that stand between
/// names, are no range unless something is counted by them.
fn is_match(line: &Line, at: usize) -> bool {
    let (left, right) = (at.wrapping_sub(1), at + 1);
    let short = |i: usize| line.small(i).filter(|_| line.str(i).len() <= 3);
    let (Some(a), Some(b)) = (short(left), short(right)) else {
        return false;
    };
    let tail = line.glued(left) && !line.is_one_of(left.wrapping_sub(1), &['(', '"', '“']);
    let goes_on = line.glued(right + 1) && line.is_word(right + 1);
    let whole = Numeral::at(line, right).is_some_and(|n| n.end == right + 1) && !tail && !goes_on;
    let counted = line.is_in(right + 1, COUNTED)
        || line.is_one_of(right + 1, &['/', ':']) && line.joins(right + 1)
        || unit::after(line, right + 1).is_some();
    let falling = line.is_in(left.wrapping_sub(1), FALLING);
    let close = line.joins(at) || (a < 100 && b < 100);
    let between_names = a < 20 && b < 20 && is_side(line, left.wrapping_sub(1), true);
    whole
        && !counted
        && ((a >= b && close && !falling) || (between_names && is_side(line, right + 1, false)))
}

/// Is it the name of one side of a match: a foreign word, capitals, or two words with a capital?
fn is_side(line: &Line, at: usize, backwards: bool) -> bool {
    let beside = if backwards {
        at.wrapping_sub(1)
    } else {
        at + 1
    };
    match line.case(at) {
        Some(Case::Upper) => abbreviation::anywhere(line.str(at)).is_none(),
        Some(Case::Title) => line.case(beside) == Some(Case::Title) || !is_syllable(&line.word(at)),
        _ => false,
    }
}

/// "12/01/2024 - 08:30", "8h30 - 12/5/2024": a day and an hour, unless a span begins with "từ".
fn parts_day_from_time(line: &Line, at: usize) -> bool {
    const REACH: usize = 12;
    let (left, right) = (at.wrapping_sub(1), at + 1);
    let full = |mark: usize| line.is_one_of(mark, calendar::DATE_MARKS) && line.joins(mark);
    let day_before = calendar::year(line, left, false).is_some() && full(left.wrapping_sub(1));
    let time_behind =
        (line.is_mark(right + 1, ':') && line.joins(right + 1)) || line.is_in(right + 1, "h|g|giờ");
    let time_before = line.is_mark(left.wrapping_sub(1), ':')
        || line.is_in(left, "h|g|giờ|phút")
        || line.is_in(left.wrapping_sub(1), "h|g|giờ");
    let day_behind = full(right + 1) && full(right + 3);
    let span = (1..=REACH).any(|back| line.is_in(at.wrapping_sub(back), "từ"));
    !span && ((day_before && time_behind) || (time_before && day_behind))
}

/// May a range end with what begins here: a number, a price, a numeral, a named day?
fn may_end_range(line: &Line, at: usize) -> bool {
    let lettered = line.str(at) == "T" || line.is_one_of(at, &['$', '€', '£']);
    line.is_digits(at)
        || (lettered && line.is_digits(at + 1))
        || (line.is_in(at, PERIODS) && (!line.glued(at) || !line.glued(at + 1)))
        || is_same_part(line, at)
        || ends_week(line, at)
        || roman::follows_range(line, at)
}

/// "từ Điều 5 - Điều 9": parts of one kind.
fn is_same_part(line: &Line, at: usize) -> bool {
    const PARTS: &str = "điều|khoản|chương|trang|lớp|bài|cấp|tầng|phòng|bậc|mục|ga|cổng|số|tổ|tiết";
    let before = line.is_in(at.wrapping_sub(3), PARTS);
    before && line.word(at) == line.word(at.wrapping_sub(3)) && line.is_digits(at + 1)
}

/// "T2-CN".
fn ends_week(line: &Line, at: usize) -> bool {
    line.str(at) == "CN" && line.str(at.wrapping_sub(3)) == "T" && line.glued(at.wrapping_sub(2))
}

/// Words of measure between a number and a dash: "10 triệu - 15 triệu", "5 giờ - 7 giờ".
const MEASURES: &str = "trăm|nghìn|ngàn|triệu|tỷ|tỉ|đồng|giờ|phút|ngày|tháng|năm|tuổi|độ|tấn|tạ|lít|mét|\
    người|lần|phần|điểm";

fn is_measured(line: &Line, at: usize) -> bool {
    const REACH: usize = 3;
    let words = (1..=REACH).take_while(|back| line.is_in(at.wrapping_sub(*back), MEASURES));
    let measures = words.count();
    measures > 0 && line.is_digits(at.wrapping_sub(measures + 1)) && line.is_digits(at + 1)
}

/// Is the dash at `at` that of a score: small numbers, a cue before them, nothing counted behind?
fn is_score(line: &Line, at: usize) -> bool {
    let small = |i: usize| line.digits(i).is_some_and(|d| d.len() <= 2);
    let counted = line.is_in(at + 2, COUNTED)
        || line.is_one_of(at + 2, &['%', '/', '-', '.']) && line.joins(at + 2);
    let first = at.wrapping_sub(1);
    let cued = (1..=SCORE_REACH).any(|back| {
        let end = first.wrapping_sub(back).wrapping_add(1);
        line.follows(end, SCORE_CUES)
    });
    small(first)
        && small(at + 1)
        && !counted
        && (cued || is_behind_match(line, first) || is_among_sets(line, at))
}

/// "(25-21, 20-25, 15-12)": results of sets, known by one among them that falls.
fn is_among_sets(line: &Line, at: usize) -> bool {
    const STEP: usize = 4;
    const MOST_SETS: usize = 4;
    let pair = |dash: usize| {
        let numbers = line.small(dash.wrapping_sub(1)).zip(line.small(dash + 1));
        numbers.filter(|_| line.is_dash(dash) && line.joins(dash))
    };
    let listed = |comma: usize| line.is_one_of(comma, &[',', ';']);
    let falls = |dash: usize| pair(dash).is_some_and(|(a, b)| a > b && a < 100);
    let before = (0..MOST_SETS).take_while(|n| listed(at.wrapping_sub(2 + STEP * n)));
    let behind = (0..MOST_SETS).take_while(|n| listed(at + 2 + STEP * n));
    pair(at).is_some()
        && (before.map(|n| at.wrapping_sub(STEP * (n + 1))).any(falls)
            || behind.map(|n| at + STEP * (n + 1)).any(falls))
}

/// "Sông Lam - Nam Định: 1-2": the result of a match that was named before the colon.
fn is_behind_match(line: &Line, at: usize) -> bool {
    const REACH: usize = 5;
    let colon = at.wrapping_sub(1);
    let named = |i: usize| matches!(line.case(i), Some(Case::Title | Case::Upper));
    line.is_mark(colon, ':')
        && !line.glued(at)
        && (1..=REACH).map(|back| colon.wrapping_sub(back)).any(|i| {
            line.is_dash(i)
                && !line.glued(i)
                && (named(i.wrapping_sub(1)) || line.is_digits(i.wrapping_sub(1)))
                && named(i + 1)
        })
}

/// "5 - 3 = 2": numbers with a mark between and an equals sign behind are a sum.
pub(super) fn is_sum(line: &Line, at: usize) -> bool {
    let Some(numeral) = Numeral::at(line, at + 1) else {
        return false;
    };
    let end = unit::after(line, numeral.end).map_or(numeral.end, |(end, _)| end);
    line.is_mark(end, '=')
}

/// A colon between numbers divides in a sum, is silent in a score, else sets one over the other.
pub(super) fn ratio(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let between = scene.after == at && line.is_mark(at, ':') && line.is_digits(at + 1);
    let alike = line.glued(at) == line.glued(at + 1);
    if !between || !alike {
        return None;
    }
    let words = match line.follows(at.wrapping_sub(1), SCORE_CUES) {
        true => "",
        _ if is_sum(line, at) => "chia",
        _ if line.glued(at)
            && (is_scale(line, at) || calendar::year(line, at + 1, false).is_none()) =>
        {
            "trên"
        }
        _ => return None,
    };
    Some(Reading::new(at + 1, words))
}

/// "tỷ lệ 1:1000": of a map, not a year behind a colon.
fn is_scale(line: &Line, at: usize) -> bool {
    line.follows(at.wrapping_sub(1), "tỷ lệ|tỉ lệ|tỷ xích|tỉ xích")
}

/// A minus before a number.
pub(super) fn minus(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if line.is_dash(at) && line.is_mark(at.wrapping_sub(1), '(') && line.is_mark(at + 1, ')') {
        return Some(Reading::new(at + 1, "âm tính"));
    }
    let opens = !line.glued(at)
        || line.is_one_of(
            at.wrapping_sub(1),
            &['(', '[', '=', ':', '/', '"', '“', ';', ',', '^'],
        );
    if !line.is_dash(at) || !opens || !line.glued(at + 1) {
        return None;
    }
    if line.is_digits(at + 1) {
        return Some(Reading::new(at + 1, "âm"));
    }
    let operand =
        line.is_one_of(at.wrapping_sub(1), &['=', '(']) && formula::is_factor(line, at + 1);
    (operand && formula::is_in_formula(line, at)).then(|| Reading::new(at + 1, "trừ"))
}

/// "nhóm máu AB-": a blood group without the Rhesus factor, also one of several.
pub(super) fn blood_group(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let group = |i: usize| matches!(line.str(i), "A" | "B" | "AB" | "O" | "Rh");
    let head = line.head_of_list(at, |l, i| {
        group(i) || l.is_mark(i, ',') || l.is_mark(i, '+') || l.is_dash(i) || l.is_in(i, "và|hoặc")
    });
    let named = line.is_in(head, "máu") && group(at.wrapping_sub(1));
    let behind = line.is_dash(at) && line.glued(at) && !line.glued(at + 1);
    let closed = line.is_one_of(at + 1, &[',', '.', ';', ')']);
    let behind = behind || line.is_dash(at) && line.glued(at) && closed;
    (named && behind).then(|| Reading::new(at + 1, "trừ"))
}

/// A dash between words is silent inside a name, a short pause with blanks around it; at the head of
/// a line it is a bullet.
pub(super) fn dash(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let spaced = !line.glued(at) && !line.glued(at + 1);
    if let Some(named) = mark::named(scene, at).filter(|_| line.is_dash(at)) {
        return Some(named);
    }
    if line.is_dash(at) && is_subtraction(line, at) {
        return Some(Reading::new(at + 1, "trừ"));
    }
    if line.is_dash(at) && (leads_to_weekday(line, at) || leads_to_code(line, at)) {
        return Some(Reading::new(at + 1, "đến"));
    }
    let pauses = (spaced && at > 0 && !joins_fields(line, at)) || heads_list(line, at);
    line.is_dash(at)
        .then(|| Reading::new(at + 1, if pauses { "," } else { "" }))
}

/// "b² - 4ac = 0", "2n - 1 = 5", "1 - sin²x": between a formula's letters and powers.
fn is_subtraction(line: &Line, at: usize) -> bool {
    let left = at.wrapping_sub(1);
    let factor = |i: usize| formula::is_factor(line, i);
    let operand = factor(left) || line.is_one_of(left, &['²', '³', ')']);
    let spaced = !line.glued(at) && !line.glued(at + 1);
    let taken = (operand && line.is_digits(at + 1))
        || ((operand || line.is_digits(left)) && factor(at + 1));
    spaced && taken && formula::is_in_formula(line, at)
}

/// "thứ Hai - thứ Sáu".
fn leads_to_weekday(line: &Line, at: usize) -> bool {
    const DAYS: &str = "thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy";
    line.follows(at, DAYS) && line.precedes(at + 1, "thứ|chủ nhật")
}

/// "khối D01-D06", "Q1-Q3": codes of one letter, ascending.
fn leads_to_code(line: &Line, at: usize) -> bool {
    let (left, right) = (at.wrapping_sub(2), at + 1);
    let code = |i: usize| line.case(i) == Some(Case::Letter) && line.glued(i + 1);
    let number = |i: usize| line.small(i + 1).filter(|_| line.str(i + 1).len() <= 2);
    code(left)
        && code(right)
        && line.str(left) == line.str(right)
        && number(left) < number(right)
        && number(left).is_some()
        && !line.goes_on(right + 2)
}

/// "1- Về kinh tế", "B- Nội dung": the dash behind a list's mark.
fn heads_list(line: &Line, at: usize) -> bool {
    let short = line.str(0).len() <= 4 && line.case(0) != Some(Case::Title);
    at == 1 && short && line.glued(1) && !line.glued(2)
}

/// "kinh tế - xã hội", "Bà Rịa – Vũng Tàu": two names that are said as one.
fn joins_fields(line: &Line, at: usize) -> bool {
    const FIELDS: &str = "\
    kinh tế|xã hội|quốc phòng|an ninh|chính trị|văn hóa|văn hoá|khoa học|công nghệ|\
    giáo dục|đào tạo|tài chính|kế hoạch|kỹ thuật|nghiệp vụ|dịch vụ|thương mại|công nghiệp|\
    nông nghiệp|du lịch|thể thao|lao động|thương binh|dân số|tổ chức|hành chính|tư tưởng|\
    quân sự|đối ngoại|bà rịa|vũng tàu|thừa thiên|phan rang|tháp chàm|lý luận|lịch sử|\
    sinh thái|tâm linh|huế";
    line.follows(at, FIELDS) && line.precedes(at + 1, FIELDS)
}
