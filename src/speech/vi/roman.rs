//! Roman numerals: after a word that is counted with them, in a list after one, at the head of a line.

use super::calendar;
use super::letter;
use super::line::Line;
use super::number::{cardinal, count, push};
use super::rule::{Reading, Scene};
use super::token::Case;
use crate::speech::window;

/// Words that are counted with Roman numerals (the last syllable).
const TRIGGERS: &str = "\
    khóa|khoá|hội|thứ|kỷ|kỉ|chương|mục|phần|lục|quý|quí|loại|khu|hạng|tập|đợt|kỳ|kì|hồi|\
    đoạn|khoản|quyển|cấp|nhóm|bậc|vùng|bài|đời|bảng|lần|vòng|điều|ban|phiên|biểu|hình|\
    bước|độ|trạm|tuyến|lớp|năm|đẳng|điểm|số|hệ|giải|hk|vực|chặng|tổ|thôn|xóm|ấp|phường|kíp|\
    tuýp|típ|pha|trại";

/// Places whose name "X" hides.
const UNNAMED: &str = "tổ|thôn|xóm|ấp|phường|trại";

/// Reads the Roman numeral at `at`.
pub(super) fn roman(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let value = numeral(line, at)?;
    let single = line.case(at) == Some(Case::Letter);
    let unnamed = line.str(at) == "X" && line.is_in(at.wrapping_sub(1), UNNAMED);
    let letter = single && matches!(line.str(at), "C" | "D" | "L" | "M");
    let triggered = is_triggered(line, at) && !letter && !unnamed;
    if !(triggered || heads_line(line, at) || (!single && is_plainly_roman(line, at))) {
        return None;
    }
    if let Some(reading) = with_year(line, at, value) {
        return Some(reading);
    }
    Some(Reading::quantity(at + 1, in_context(line, at, value)))
}

/// "(i) cải cách; (ii) đầu tư": small numerals in brackets; of one letter alone only beside their
/// neighbours, or at the head of a line, since "(i)" may be a letter too.
pub(super) fn bracketed(scene: &Scene, at: usize) -> Option<Reading> {
    const SMALL: [&str; 12] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ];
    const REACH: usize = 600;
    let line = &scene.line;
    let opened = line.is_mark(at.wrapping_sub(1), '(') && line.is_mark(at + 1, ')');
    let value = SMALL.iter().position(|small| *small == line.str(at))? + 1;
    if !opened || !line.joins(at) {
        return None;
    }
    let (before, behind) = line.text.split_at(line.tokens[at].start);
    let told = match value {
        1 => window::head(behind, REACH).contains("(ii)"),
        5 => window::tail(before, REACH).contains("(iv)"),
        10 => window::tail(before, REACH).contains("(ix)"),
        _ => true,
    };
    let words = count(u32::try_from(value).ok()?, line.options.region);
    (told || at == 1).then(|| Reading::new(at + 1, words))
}

/// "giai đoạn IIa", "độ IIIB": a stage and its part.
pub(super) fn lettered(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let (stage, part) = line
        .str(at)
        .split_at_checked(line.str(at).len().checked_sub(1)?)?;
    let loud = matches!(part, "A" | "B" | "C") && stage.len() > 1;
    let small = matches!(part, "a" | "b" | "c" | "d");
    let plain = !stage.is_empty() && stage.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let value = parse(stage).filter(|value| plain && write(*value) == stage)?;
    if !(loud || small) || line.goes_on(at + 1) || !is_triggered(line, at) {
        return None;
    }
    let mut words = count(value, line.options.region);
    push(&mut words, letter::name(part.chars().next()?)?);
    Some(Reading::new(at + 1, words))
}

/// Is there a Roman numeral at this place that a dash before it may lead to?
pub(super) fn follows_range(line: &Line, at: usize) -> bool {
    numeral(line, at).is_some() && is_triggered(line, at)
}

fn in_context(line: &Line, at: usize, value: u32) -> String {
    match (line.word(at.wrapping_sub(1)).as_str(), value) {
        ("thứ", 1) => "nhất".to_owned(),
        ("thứ", 4) => "tư".to_owned(),
        _ => count(value, line.options.region),
    }
}

/// "quý I/2024", "quý III.2021".
fn with_year(line: &Line, at: usize, value: u32) -> Option<Reading> {
    let year = calendar::year(line, at + 2, false)?;
    let joined = line.is_one_of(at + 1, &['/', '-', '.', '–']) && line.joins(at + 1);
    let quarter = line.is_in(head(line, at), "quý|quí|kỳ|kì");
    let region = line.options.region;
    let words = format!(
        "{} năm {}",
        count(value, region),
        cardinal(&year.to_string(), region)
    );
    (joined && quarter).then(|| Reading::quantity(at + 3, words))
}

/// Reads a word as a Roman numeral in its one right spelling, in capitals, up to 3999.
fn numeral(line: &Line, at: usize) -> Option<u32> {
    let word = line.str(at);
    if !matches!(line.case(at), Some(Case::Upper | Case::Letter)) || word.len() > 15 {
        return None;
    }
    let value = parse(word)?;
    (write(value) == word).then_some(value)
}

fn parse(word: &str) -> Option<u32> {
    let mut total = 0;
    let mut before = 0;
    for letter in word.bytes().rev() {
        let value = match letter {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            b'L' => 50,
            b'C' => 100,
            b'D' => 500,
            b'M' => 1000,
            _ => return None,
        };
        if value < before {
            total -= value;
        } else {
            total += value;
            before = value;
        }
    }
    (1..=3999)
        .contains(&total)
        .then(|| u32::try_from(total).unwrap_or(0))
}

fn write(mut value: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (part, letters) in PARTS {
        while value >= part {
            out.push_str(letters);
            value -= part;
        }
    }
    out
}

fn is_triggered(line: &Line, at: usize) -> bool {
    line.is_in(at.wrapping_sub(1), TRIGGERS) || line.is_in(head(line, at), TRIGGERS)
}

/// The word before the list of numerals that this one stands in.
fn head(line: &Line, at: usize) -> usize {
    line.head_of_list(at, |l, i| {
        numeral(l, i).is_some()
            || l.is_mark(i, ',')
            || l.is_dash(i)
            || l.is_in(i, "và|đến|tới|hoặc")
    })
}

/// "I. Tình hình chung", "II - Nhiệm vụ", "IV) Kết luận".
fn heads_line(line: &Line, at: usize) -> bool {
    let single_x = line.str(at).len() == 1 && !matches!(line.str(at), "I" | "V" | "X");
    let marked = line.is_one_of(at + 1, &['.', ')', '/']) && line.glued(at + 1);
    let dashed = line.is_dash(at + 1) && !line.glued(at + 1);
    at == 0 && !single_x && ((marked && !line.glued(at + 2)) || dashed)
}

/// Two letters or more of I, V and X alone, not among other words in capitals.
fn is_plainly_roman(line: &Line, at: usize) -> bool {
    let small = line
        .str(at)
        .bytes()
        .all(|b| matches!(b, b'I' | b'V' | b'X'));
    let shouted =
        |i: usize| line.case(i) == Some(Case::Upper) && super::syllable::is_syllable(&line.word(i));
    let is_word = super::syllable::is_syllable(&line.word(at));
    let among_capitals = shouted(at.wrapping_sub(1)) || shouted(at + 1);
    small && !(is_word && among_capitals)
}
