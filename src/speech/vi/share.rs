//! Two numbers with a slash that are no date: shares, counts out of a total, ratios, addresses.
//!
//! "2/3 diện tích" is a share, "02/02 xã" a count out of a total: what is counted decides, and a
//! padded zero, since nobody pads a share.

use super::cue::NO_DATE;
use super::line::Line;
use super::number::{cardinal, push};
use super::numeral::Numeral;
use super::quantity;
use super::rule::{Reading, Scene};
use super::unit;

/// Nouns (their first syllable) of which so many out of so many are counted.
const COUNTED: &str = "xã|huyện|phường|thị|thôn|bản|tổ|khu|tiêu|chỉ|trường|lớp|đơn|tỉnh|thành|quận|\
    nhóm|dự|chi|đồng|nhiệm|điểm|trạm|cơ|ý|phiếu|trận|câu|bước|mô|doanh|sở|ban|công|hợp|ấp|buôn|\
    làng|xóm|cán|ca|mẫu|đội|phòng|khoản|mục|đảng|nội";

/// Words after which two numbers are one over the other.
const OVER_CUES: &str = "huyết áp|ha|tỷ lệ|tỉ lệ|tỷ số|tỉ số|thứ|hạng|vị trí|đạt|xếp|\
    thương binh|hiệu số";

/// What is fulfilled in part, so that "đạt 1/2" is a half of it.
const FULFILLED: &str = "kế hoạch|dự toán|tiến độ|khối lượng|số|diện tích|tổng|mục tiêu|công suất|sản lượng|quãng đường|chặng đường";

/// What a share is taken of, where it is no usual one: "2/5 số vốn", "5/8 diện tích".
const WHOLES: &str = "số|diện|tổng|dân|khối|quãng|chặng";

/// Two numbers with a slash between, and the token behind.
struct Pair<'a> {
    line: &'a Line<'a>,
    at: usize,
    a: &'a str,
    b: &'a str,
    end: usize,
}

/// Reads two numbers with a slash.
pub(super) fn share(scene: &Scene, at: usize) -> Option<Reading> {
    let pair = Pair::at(&scene.line, at)?;
    let whole_forms = [Pair::scale, Pair::address, Pair::years, Pair::result];
    if let Some(reading) = whole_forms.iter().find_map(|form| form(&pair)) {
        return Some(reading);
    }
    let measure = unit::after(pair.line, pair.end);
    let mut out = if pair.is_fraction(measure.is_some()) {
        pair.fraction(scene.after)
    } else {
        pair.count()
    };
    let (end, tail) = measure.unwrap_or((pair.end, String::new()));
    push(&mut out, &tail);
    Some(Reading::quantity(end, out))
}

/// A share whose bare form is said as one: a half, two thirds, a tenth.
pub(super) fn is_typical(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (unpadded(a), unpadded(b)) else {
        return false;
    };
    a < b && (b <= 6 || (a == 1 && matches!(b, 8 | 10 | 100 | 1000)))
}

/// Is the word something of which so many out of so many are counted?
pub(super) fn is_counted(line: &Line, at: usize) -> bool {
    line.is_in(at, COUNTED)
}

/// How far before the points of a set it may be named, also before those of other sets.
const SET_REACH: usize = 24;

/// Are two numbers with a slash the points of a set?
pub(super) fn is_set(line: &Line, at: usize) -> bool {
    let named = |back: usize| line.is_in(at.wrapping_sub(back), "set|séc|ván");
    let points = |i: usize| line.digits(i).is_some_and(|d| d.len() <= 2);
    let counted = line.is_word(at + 3) || line.is_mark(at + 3, '/');
    points(at) && points(at + 2) && !counted && (1..=SET_REACH).any(named)
}

/// A number that is not padded with a zero.
fn unpadded(digits: &str) -> Option<u32> {
    if digits.starts_with('0') {
        return None;
    }
    digits.parse().ok()
}

impl<'a> Pair<'a> {
    fn at(line: &'a Line<'a>, at: usize) -> Option<Self> {
        let joined = line.is_mark(at + 1, '/') && line.joins(at + 1);
        let (a, b) = (line.digits(at)?, line.digits(at + 2)?);
        let first = !line.is_mark(at.wrapping_sub(1), '/');
        (joined && first).then_some(Self {
            line,
            at,
            a,
            b,
            end: at + 3,
        })
    }

    /// "tỷ lệ 1/25.000": a map's scale.
    fn scale(&self) -> Option<Reading> {
        let whole = Numeral::at(self.line, self.at + 2).filter(|n| n.end > self.end)?;
        let words = format!("{} trên {}", self.words(self.a), whole.words(self.line));
        Some(Reading::quantity(whole.end, words))
    }

    /// "12/5/27 Trần Phú": numbers of a house in alleys.
    fn address(&self) -> Option<Reading> {
        let line = self.line;
        let more = |at: usize| line.is_mark(at, '/') && line.joins(at) && line.is_digits(at + 1);
        if !more(self.end) {
            return None;
        }
        let mut out = self.words(self.a);
        let mut end = self.at + 1;
        while more(end) {
            push(&mut out, "trên");
            push(&mut out, &self.words(line.str(end + 1)));
            end += 2;
        }
        Some(Reading::quantity(end, out))
    }

    /// "mùa giải 2023/24", "niên khóa 2023/2024": a year and the next.
    fn years(&self) -> Option<Reading> {
        let first: u32 = self
            .a
            .parse()
            .ok()
            .filter(|year| (1900..2100).contains(year))?;
        let next: u32 = self.b.parse().ok()?;
        let short = self.b.len() == 2 && next == (first + 1) % 100;
        let words = format!("{} đến {}", self.words(self.a), self.words(self.b));
        (short || next == first + 1).then(|| Reading::quantity(self.end, words))
    }

    /// "các set 25/18, 23/25": points of both sides.
    fn result(&self) -> Option<Reading> {
        let words = format!("{} {}", self.words(self.a), self.words(self.b));
        is_set(self.line, self.at).then(|| Reading::quantity(self.end, words))
    }

    fn is_fraction(&self, measured: bool) -> bool {
        let line = self.line;
        let in_part = is_typical(self.a, self.b)
            && line.follows(self.at, "đạt")
            && line.precedes(self.end, FULFILLED);
        let ranked =
            !in_part && (line.follows(self.at, OVER_CUES) || line.follows(self.at, NO_DATE));
        let (Some(a), Some(b)) = (unpadded(self.a), unpadded(self.b)) else {
            return false;
        };
        if ranked || b == 24 {
            return false;
        }
        let whole_before = !line.glued(self.at) && line.is_digits(self.at.wrapping_sub(1));
        let alone = self.at == 0 && self.end == line.tokens.len() && a < b;
        let usual = is_typical(self.a, self.b) || (a == 1 && b > 1 && (b <= 20 || b % 100 == 0));
        (measured && a < b && b != 100)
            || in_part
            || alone
            || whole_before
            || (usual && !is_counted(line, self.end))
            || (a < b && b < 10 && line.is_in(self.end, WHOLES))
    }

    /// "một phần hai", behind a whole number with "và".
    fn fraction(&self, after: usize) -> String {
        let behind_whole = !self.line.glued(self.at) && after == self.at;
        let mut out = String::from(if behind_whole { "và" } else { "" });
        push(&mut out, &self.words(self.a));
        push(&mut out, "phần");
        let of = if self.b == "4" {
            "tư".to_owned()
        } else {
            self.words(self.b)
        };
        push(&mut out, &of);
        out
    }

    /// "hai trên hai", an ordinal first where a place in a ranking is told.
    fn count(&self) -> String {
        let ordinal = quantity::ordinal(self.line, self.at, self.a);
        let mut out = ordinal.unwrap_or_else(|| self.words(self.a));
        push(&mut out, self.between());
        push(&mut out, &self.words(self.b));
        out
    }

    /// More out of less without anything counted is no share but a part of a name or address.
    fn between(&self) -> &'static str {
        let line = self.line;
        if line.is_mark(self.end, '=') {
            return "chia";
        }
        let more = match (self.a.parse::<u64>(), self.b.parse::<u64>()) {
            (Ok(a), Ok(b)) => a > b,
            _ => true,
        };
        let over = line.follows(self.at, OVER_CUES) && !line.follows(self.at, "tỷ lệ|tỉ lệ");
        let around_the_clock = self.a == "24";
        if more && !over && !around_the_clock && !line.is_word(self.end) {
            "xẹt"
        } else {
            "trên"
        }
    }

    fn words(&self, digits: &str) -> String {
        cardinal(digits, self.line.options.region)
    }
}
