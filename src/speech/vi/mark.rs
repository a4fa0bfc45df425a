//! Marks: which are pauses, which are said, which are silent.

use super::line::{Line, is_dash};
use super::number::push;
use super::phone;
use super::roman;
use super::rule::{Reading, Scene};
use super::token::{Case, Kind};
use super::unit;

/// Words after which two numbers with a dash are a score.
const SCORE_CUES: &[&str] = &[
    "thắng",
    "thua",
    "hòa",
    "hoà",
    "tỷ số",
    "tỉ số",
    "dẫn",
    "dẫn trước",
    "gỡ hòa",
    "chung cuộc",
];

/// Symbols that are said. Source: Unicode names, with the Vietnamese school words for them.
const SAID: &[(char, &str)] = &[
    ('&', "và"),
    ('+', "cộng"),
    ('=', "bằng"),
    ('±', "cộng trừ"),
    ('×', "nhân"),
    ('÷', "chia"),
    ('≥', "lớn hơn hoặc bằng"),
    ('≤', "nhỏ hơn hoặc bằng"),
    ('⩾', "lớn hơn hoặc bằng"),
    ('⩽', "nhỏ hơn hoặc bằng"),
    ('≠', "khác"),
    ('≈', "xấp xỉ"),
    ('∞', "vô cùng"),
    ('√', "căn bậc hai"),
    ('∑', "tổng"),
    ('∆', "đen ta"),
    ('→', "đến"),
    ('⇒', "suy ra"),
    ('%', "phần trăm"),
    ('‰', "phần nghìn"),
    ('°', "độ"),
    ('@', "a còng"),
    ('§', "mục"),
    ('©', "bản quyền"),
    ('®', "đã đăng ký"),
    ('™', "nhãn hiệu"),
    ('²', "bình phương"),
    ('³', "lập phương"),
];

/// Faces and signs that readers send. Source: Unicode CLDR annotations for vi, shortened.
const EMOJI: &[(char, &str)] = &[
    ('❤', "trái tim"),
    ('♥', "trái tim"),
    ('👍', "thích"),
    ('👎', "không thích"),
    ('😀', "mặt cười"),
    ('😁', "mặt cười"),
    ('😂', "cười ra nước mắt"),
    ('🤣', "cười lăn"),
    ('😊', "mặt cười"),
    ('🙂', "mặt cười"),
    ('😍', "mắt trái tim"),
    ('😢', "mặt khóc"),
    ('😭', "khóc to"),
    ('😡', "mặt giận"),
    ('🙏', "chắp tay"),
    ('👏', "vỗ tay"),
    ('🎉', "chúc mừng"),
    ('🔥', "lửa"),
    ('⭐', "ngôi sao"),
    ('★', "sao"),
    ('☆', "sao"),
    ('✅', "đã xong"),
    ('✓', "đã đánh dấu"),
    ('✔', "đã đánh dấu"),
    ('❌', "không"),
    ('⚠', "cảnh báo"),
    ('☎', "điện thoại"),
    ('📞', "điện thoại"),
    ('✆', "điện thoại"),
    ('📧', "thư điện tử"),
    ('✉', "thư"),
    ('🌹', "hoa hồng"),
    ('💯', "một trăm điểm"),
];

/// The end of an official text, "./.", is silent.
pub(super) fn end_mark(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let here = line.is_mark(at, '.') && line.is_mark(at + 1, '/') && line.is_mark(at + 2, '.');
    (here && line.joins(at + 1)).then(|| Reading::new(at + 3, "."))
}

/// "…", also written "...": a pause before a small letter, else an end.
pub(super) fn ellipsis(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let mut end = at;
    while line.is_one_of(end, &['.', '…']) && (end == at || line.glued(end)) {
        end += 1;
    }
    let long = line.is_mark(at, '…') || end >= at + 2;
    let goes_on = line.case(end) == Some(Case::Lower) || line.is_one_of(end, &[',', ')', ';', ':']);
    long.then(|| Reading::new(end, if goes_on { "," } else { "." }))
}

/// A dash between numbers leads from one to the other; in a score it is silent.
pub(super) fn range(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let leads = line.is_digits(at + 1)
        || (line.is_in(at + 1, PERIODS) && !line.glued(at))
        || roman::follows_range(line, at + 1)
        || (line.is_one_of(at + 1, &['$', '€', '£']) && line.is_digits(at + 2));
    if scene.after != at || !line.is_dash(at) || !leads || line.glued(at + 1) && !line.glued(at) {
        return None;
    }
    let before = at.wrapping_sub(1);
    let words = if line.follows(before, SCORE_CUES) {
        ""
    } else if is_sum(line, at) {
        "trừ"
    } else {
        "đến"
    };
    Some(Reading::new(at + 1, words))
}

/// What may follow a dash in a range of named days, months and the like: "thứ 2 - thứ 6".
const PERIODS: &[&str] = &["thứ", "ngày", "tháng", "năm", "quý", "chủ", "tuần"];

/// "5 - 3 = 2": numbers with a mark between and an equals sign behind are a sum.
fn is_sum(line: &Line, at: usize) -> bool {
    let behind = super::numeral::Numeral::at(line, at + 1).map(|n| n.end);
    behind.is_some_and(|end| line.is_mark(end, '='))
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
        _ if line.glued(at) => "trên",
        _ => return None,
    };
    Some(Reading::new(at + 1, words))
}

/// A minus before a number.
pub(super) fn minus(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let opens = !line.glued(at)
        || line.is_one_of(
            at.wrapping_sub(1),
            &['(', '[', '=', ':', '/', '"', '“', ';', ','],
        );
    let number = line.is_digits(at + 1) && line.glued(at + 1);
    (line.is_dash(at) && opens && number).then(|| Reading::new(at + 1, "âm"))
}

/// A dash between words is silent inside a name, a short pause with blanks around it; at the head of
/// a line it is a bullet.
pub(super) fn dash(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let spaced = !line.glued(at) && !line.glued(at + 1);
    let pauses = spaced && at > 0 && !joins_fields(line, at);
    line.is_dash(at)
        .then(|| Reading::new(at + 1, if pauses { "," } else { "" }))
}

/// "kinh tế - xã hội", "Bà Rịa – Vũng Tàu": two names that are said as one.
fn joins_fields(line: &Line, at: usize) -> bool {
    const FIELDS: &[&str] = &[
        "kinh tế",
        "xã hội",
        "quốc phòng",
        "an ninh",
        "chính trị",
        "văn hóa",
        "văn hoá",
        "khoa học",
        "công nghệ",
        "giáo dục",
        "đào tạo",
        "tài chính",
        "kế hoạch",
        "kỹ thuật",
        "nghiệp vụ",
        "dịch vụ",
        "thương mại",
        "công nghiệp",
        "nông nghiệp",
        "du lịch",
        "thể thao",
        "lao động",
        "thương binh",
        "dân số",
        "tổ chức",
        "hành chính",
        "tư tưởng",
        "quân sự",
        "đối ngoại",
        "bà rịa",
        "vũng tàu",
        "thừa thiên",
        "phan rang",
        "tháp chàm",
        "lý luận",
        "lịch sử",
        "sinh thái",
        "tâm linh",
        "huế",
    ];
    line.follows(at, FIELDS) && line.precedes(at + 1, FIELDS)
}

/// A slash between two words: a rate, a choice, strokes of a rank.
pub(super) fn slash(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if !line.is_mark(at, '/') {
        return None;
    }
    if line.is_digits(at.wrapping_sub(1)) && line.glued(at) {
        let mut end = at + 1;
        while line.is_mark(end, '/') && line.glued(end) {
            end += 1;
        }
        let more = line.glued(end) && (line.is_word(end) || line.is_digits(end));
        return (!more).then(|| Reading::new(end, "gạch"));
    }
    if is_calendar(line, at) || !line.joins(at) {
        return None;
    }
    if let Some(reading) = unit::rate(scene, at).filter(|_| is_measured(scene, at)) {
        return Some(reading);
    }
    let formula = line.is_mark(at.wrapping_sub(1), ')') || scene.after == at;
    formula.then(|| Reading::new(at + 1, "trên"))
}

/// "ngày/tháng/năm" names a form's fields.
fn is_calendar(line: &Line, at: usize) -> bool {
    line.is_in(at + 1, &["tháng", "năm", "giờ"])
        && line.is_in(at.wrapping_sub(1), &["ngày", "tháng", "giờ", "phút"])
}

/// Is what stands before a slash counted by what stands behind: "tháng/lần", "đồng/kg", "5 tạ/ha"?
fn is_measured(scene: &Scene, at: usize) -> bool {
    let line = &scene.line;
    let left = at.wrapping_sub(1);
    if line.is_in(at + 1, &["lần"]) {
        return true;
    }
    let counted_word = |back: usize| line.is_digits(at.wrapping_sub(back));
    scene.after == at
        || line.is_in(
            left,
            &[
                "đồng", "đ", "tấn", "tạ", "lần", "lượt", "ca", "người", "điểm", "buổi", "suất",
                "con", "lít",
            ],
        )
        || counted_word(2)
        || counted_word(3)
}

/// Hashtags and numbers with "#".
pub(super) fn number_sign(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let sharp = line.glued(at) && line.case(at.wrapping_sub(1)) == Some(Case::Letter);
    let named = line.is_mark(at, '#') && (line.glued(at + 1) || sharp);
    named.then(|| Reading::new(at + 1, "thăng"))
}

/// "$100", "¥120000", "$5 triệu": the name comes behind the number.
pub(super) fn money(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let Some(Kind::Mark(mark)) = line.kind(at) else {
        return None;
    };
    let name = unit::money_sign(mark)?;
    if !line.is_digits(at + 1) {
        return Some(Reading::new(at + 1, name));
    }
    let numeral = super::numeral::Numeral::at(line, at + 1)?;
    let mut out = numeral.words(line);
    let scaled = line.is_in(numeral.end, &["triệu", "tỷ", "tỉ", "nghìn", "ngàn", "trăm"]);
    let end = numeral.end + usize::from(scaled);
    if scaled {
        push(&mut out, &line.word(numeral.end));
    }
    push(&mut out, name);
    Some(Reading::quantity(end, out))
}

/// Plus: before a telephone number, a bullet at the head of a line, else said.
pub(super) fn plus(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if !line.is_mark(at, '+') {
        return None;
    }
    let bullet = at == 0 && !line.glued(at + 1);
    if bullet {
        return Some(Reading::new(at + 1, ""));
    }
    phone::international(scene, at)
}

/// Less, more, about, times and powers, where numbers stand beside them.
pub(super) fn comparison(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let Some(Kind::Mark(mark)) = line.kind(at) else {
        return None;
    };
    let next = line.is_digits(at + 1) || line.is_dash(at + 1);
    let spaced = !line.glued(at) && !line.glued(at + 1);
    let letters = spaced && line.str(at + 1).chars().count() == 1 && line.is_word(at + 1);
    let said = match mark {
        '<' if line.is_mark(at + 1, '=') => return Some(Reading::new(at + 2, "nhỏ hơn hoặc bằng")),
        '>' if line.is_mark(at + 1, '=') => return Some(Reading::new(at + 2, "lớn hơn hoặc bằng")),
        '<' if next || letters => "nhỏ hơn",
        '>' if next || letters => "lớn hơn",
        '~' if next => "khoảng",
        '*' if next && scene.after == at => "nhân",
        '^' if next => "mũ",
        _ => return None,
    };
    Some(Reading::new(at + 1, said))
}

/// Raised digits behind a number or letter are a power: "10⁵".
pub(super) fn power(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let raised = |i: usize| match line.kind(i) {
        Some(Kind::Mark(c)) => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|r| r == c),
        _ => None,
    };
    let mut digits = String::new();
    let mut end = at;
    while let Some(digit) = raised(end).filter(|_| line.glued(end)) {
        digits.push_str(&digit.to_string());
        end += 1;
    }
    let single_letter = line.case(at.wrapping_sub(1)).is_some()
        && line.str(at.wrapping_sub(1)).chars().count() == 1;
    let after_number = scene.after == at || line.is_digits(at.wrapping_sub(1));
    if digits.is_empty() || matches!(digits.as_str(), "2" | "3") && single_letter {
        return None;
    }
    if !after_number && !single_letter {
        return Some(Reading::new(end, ""));
    }
    let words = super::number::cardinal(&digits, line.options.region);
    Some(Reading::quantity(end, format!("mũ {words}")))
}

/// Symbols and emoji that are said.
pub(super) fn symbol(scene: &Scene, at: usize) -> Option<Reading> {
    let Some(Kind::Mark(mark)) = scene.line.kind(at) else {
        return None;
    };
    let bullet = at == 0 && scene.line.is_word(1) && EMOJI.iter().any(|(sign, _)| *sign == mark);
    if bullet {
        return Some(Reading::new(1, ""));
    }
    let found = SAID.iter().chain(EMOJI).find(|(symbol, _)| *symbol == mark);
    found.map(|(_, words)| Reading::new(at + 1, *words))
}

/// Every other mark: clause punctuation and brackets pause, the rest is silent.
pub(super) fn pause(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let Some(Kind::Mark(mark)) = line.kind(at) else {
        return None;
    };
    let words = match mark {
        '.' if line.joins(at) && line.case(at + 1) == Some(Case::Lower) => "",
        '.' => ".",
        ',' | '、' | '，' => ",",
        ';' => ";",
        ':' => ":",
        '?' => "?",
        '!' => "!",
        '。' => ".",
        ')' | ']' | '}' if at + 1 >= line.tokens.len() => "",
        '(' | '[' | '{' | ')' | ']' | '}' | '|' => ",",
        c if is_dash(c) => ",",
        _ => "",
    };
    Some(Reading::new(at + 1, words))
}
