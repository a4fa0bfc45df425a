//! Symbols and emoji: which are said, and how.

use super::dash;
use super::formula;
use super::line::Line;
use super::number::cardinal;
use super::phone;
use super::rule::{Reading, Scene};
use super::token::{Case, Kind};
use crate::speech::window;

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
    ('√', "căn bậc hai của"),
    ('∑', "tổng"),
    ('∆', "đen ta"),
    ('→', "đến"),
    ('↔', "đến"),
    ('⇔', "tương đương"),
    ('∪', "hợp"),
    ('∩', "giao"),
    ('∈', "thuộc"),
    ('∉', "không thuộc"),
    ('⊂', "chứa trong"),
    ('∀', "với mọi"),
    ('∃', "tồn tại"),
    ('∅', "tập rỗng"),
    ('∛', "căn bậc ba của"),
    ('∫', "tích phân"),
    ('≡', "đồng nhất với"),
    ('⊥', "vuông góc với"),
    ('∥', "song song với"),
    ('∠', "góc"),
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

/// Arrows and triangles before a number: it rose or fell.
const TRENDS: &[(char, &str)] = &[
    ('↑', "tăng"),
    ('▲', "tăng"),
    ('↗', "tăng"),
    ('↓', "giảm"),
    ('▼', "giảm"),
    ('↘', "giảm"),
];

/// Hashtags and numbers with "#".
pub(super) fn number_sign(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let sharp = line.glued(at) && line.case(at.wrapping_sub(1)) == Some(Case::Letter);
    let named = line.is_mark(at, '#') && (line.glued(at + 1) || sharp);
    named.then(|| Reading::new(at + 1, "thăng"))
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
    if line.is_mark(at.wrapping_sub(1), '(') && line.is_mark(at + 1, ')') {
        return Some(Reading::new(at + 1, "dương tính"));
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
        '~' | '÷' if next && scene.after == at && !dash::is_sum(line, at) => "đến",
        '~' if next => "khoảng",
        '*' if (next && scene.after == at) || multiplies(line, at) => "nhân",
        '*' if scene.after == at && line.glued(at) => "sao",
        '^' if next => "mũ",
        _ => return None,
    };
    Some(Reading::new(at + 1, said))
}

/// "x * y", "2 * (a + b)": a star with a blank on both sides between quantities.
fn multiplies(line: &Line, at: usize) -> bool {
    let letter = |i: usize| line.is_word(i) && line.str(i).chars().count() == 1;
    let left = at.wrapping_sub(1);
    let spaced = !line.glued(at) && !line.glued(at + 1);
    let before = letter(left) || line.is_digits(left) || line.is_mark(left, ')');
    let behind = letter(at + 1) || line.is_digits(at + 1) || line.is_mark(at + 1, '(');
    let plain = line.is_mark(left, ')') && line.is_mark(at + 1, '(');
    let formula = || formula::is_in_formula(line, at);
    before && behind && ((spaced && !plain) || formula())
}

/// Raised digits behind a number or letter are a power: "10⁵"; behind a word they are a note's
/// number and silent.
pub(super) fn power(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let minus = line.is_mark(at, '⁻') && line.glued(at);
    let (end, digits) = raised(line, at + usize::from(minus));
    let base = at.wrapping_sub(1);
    let letter = formula::is_raisable(line, base);
    let number = scene.after == at || line.is_digits(base);
    let bracket = line.is_mark(base, ')') && formula::is_in_formula(line, at);
    match digits.as_str() {
        "" => None,
        "2" if bracket => Some(Reading::new(end, "tất cả bình phương")),
        "3" if bracket => Some(Reading::new(end, "tất cả lập phương")),
        "2" | "3" if letter => None,
        _ if !letter && !number => Some(Reading::new(end, "")),
        _ => {
            let sign = if minus { "âm " } else { "" };
            let words = cardinal(&digits, line.options.region);
            Some(Reading::quantity(end, format!("mũ {sign}{words}")))
        }
    }
}

/// The raised digits that begin at a token, as plain ones, and the token behind.
fn raised(line: &Line, at: usize) -> (usize, String) {
    let digit = |i: usize| match line.kind(i) {
        Some(Kind::Mark(c)) => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == c),
        _ => None,
    };
    let mut digits = String::new();
    let mut end = at;
    while let Some(value) = digit(end).filter(|_| line.glued(end)) {
        digits.push_str(&value.to_string());
        end += 1;
    }
    (end, digits)
}

/// Minutes and seconds of an angle or a race: "22°15'30″", "10\"58".
pub(super) fn angle(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let number = at.wrapping_sub(1);
    let name = match line.kind(at)? {
        Kind::Mark('\'' | '′' | '’') => "phút",
        Kind::Mark('"' | '″' | '”') => "giây",
        _ => return None,
    };
    let behind = line.glued(at) && line.is_digits(number);
    if !behind {
        return None;
    }
    let open = line.is_one_of(number.wrapping_sub(1), &['°', '\'', '′', '’']);
    let doubled = name == "phút" && line.glued(at + 1) && line.kind(at + 1) == line.kind(at);
    if doubled && open {
        return Some(Reading::new(at + 2, "giây"));
    }
    let open = open || (line.glued(at + 1) && line.is_digits(at + 1));
    if open {
        return Some(Reading::new(at + 1, name));
    }
    if doubled || closes_quote(line, at) || (line.glued(at + 1) && line.is_word(at + 1)) {
        return None;
    }
    let alone = if name == "phút" { name } else { "inh" };
    let named = line.is_in(number.wrapping_sub(1), "phút");
    let said = if named { "" } else { alone };
    Some(Reading::new(at + 1, said))
}

/// Does the mark at `at` close a quotation that was opened not far before it?
fn closes_quote(line: &Line, at: usize) -> bool {
    const REACH: usize = 300;
    const PAIRS: &[(&str, &str)] = &[("'", "'"), ("’", "‘"), ("\"", "\""), ("”", "“")];
    let closing = line.str(at);
    let before = window::tail(&line.text[..line.tokens[at].start], REACH);
    let opening = PAIRS.iter().find(|(close, _)| *close == closing);
    opening.is_some_and(|(_, open)| match *open == closing {
        true => quotes(before, closing) % 2 == 1,
        false => before.contains(open),
    })
}

/// How many marks may open or close a quotation? Those behind a digit are minutes or inches.
fn quotes(text: &str, mark: &str) -> usize {
    let marks = text.match_indices(mark);
    marks
        .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_ascii_digit()))
        .count()
}

/// A row of one sign is said once, a ruled line of equals signs not at all.
fn is_repeated(line: &Line, at: usize, mark: char) -> bool {
    let before = line.glued(at)
        && (line.is_mark(at.wrapping_sub(1), mark)
            || mark == '☆' && line.is_mark(at.wrapping_sub(1), '★'));
    let ruled = mark == '=' && line.is_mark(at + 1, mark) && line.glued(at + 1);
    mark != '+' && (before || ruled)
}

/// Symbols and emoji that are said.
pub(super) fn symbol(scene: &Scene, at: usize) -> Option<Reading> {
    let Some(Kind::Mark(mark)) = scene.line.kind(at) else {
        return None;
    };
    let is_emoji = EMOJI.iter().any(|(sign, _)| *sign == mark);
    let bullet = at == 0 && scene.line.is_word(1) && (is_emoji || mark == '→');
    if bullet || is_repeated(&scene.line, at, mark) {
        return Some(Reading::new(at + 1, ""));
    }
    let trend = TRENDS.iter().find(|(sign, _)| *sign == mark);
    if let Some((_, words)) = trend.filter(|_| scene.line.is_digits(at + 1)) {
        let said = scene.line.follows(at, words);
        return Some(Reading::new(at + 1, if said { "" } else { words }));
    }
    let found = SAID.iter().chain(EMOJI).find(|(symbol, _)| *symbol == mark);
    found.map(|(_, words)| Reading::new(at + 1, *words))
}
