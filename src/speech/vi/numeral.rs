//! Finds a written number: its digits with thousands marks, its decimals.
//!
//! A dot parts thousands where all groups behind it have three digits, else it is a decimal mark; a
//! comma is a decimal mark, unless several groups of three or a decimal dot behind it show English
//! style. Blanks part thousands where all groups have three digits.

use super::line::Line;
use super::number::{cardinal, decimals, push, short_pair, spelled};
use super::token::Case;

/// A written number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    /// The index of the token behind it.
    pub(super) end: usize,
    /// Its digits before the decimal mark.
    pub(super) whole: String,
    /// What comes behind.
    pub(super) tail: Tail,
}

/// What comes behind the whole number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    /// Nothing.
    None,
    /// Decimals after a comma.
    Comma(String),
    /// Decimals after a dot.
    Dot(String),
    /// More groups, each with the mark before it: versions, sections, careless writing.
    Groups(Vec<(char, String)>),
}

impl Numeral {
    /// Reads the written number that begins with the digits at `at`.
    pub(super) fn at(line: &Line, at: usize) -> Option<Self> {
        let first = line.digits(at)?;
        let mut groups: Vec<(char, &str)> = Vec::new();
        let mut end = at + 1;
        while let Some((mark, digits)) = marked_group(line, end) {
            groups.push((mark, digits));
            end += 2;
        }
        if groups.is_empty() {
            return Some(spaced(line, at, first));
        }
        let (whole, tail) = understand(first, &groups);
        if let Tail::Comma(digits) = &tail
            && is_price(line, first, digits, end)
        {
            return Some(Self {
                end,
                whole: format!("{whole}{digits}"),
                tail: Tail::None,
            });
        }
        Some(Self { end, whole, tail })
    }

    /// Takes it as a sum of money whose name stands before it: "$1,500" has no thousandths.
    pub(super) fn of_money(mut self) -> Self {
        if let Tail::Comma(digits) = &self.tail
            && is_thousands(&self.whole, digits)
        {
            self.whole.push_str(digits);
            self.tail = Tail::None;
        }
        self
    }

    /// Is it a whole number without marks?
    pub(super) fn is_whole(&self) -> bool {
        self.tail == Tail::None
    }

    /// "01.003" is a code.
    fn is_padded(&self) -> bool {
        self.whole.len() > 1 && self.whole.starts_with('0')
    }

    /// Reads it as a number.
    pub(super) fn words(&self, line: &Line) -> String {
        let whole = || cardinal(&self.whole, line.options.region);
        match &self.tail {
            Tail::None => whole(),
            Tail::Comma(digits) => format!("{} phẩy {}", whole(), decimals(digits)),
            Tail::Dot(digits) if self.is_padded() => {
                format!("{} chấm {}", spelled(&self.whole), spelled(digits))
            }
            Tail::Dot(digits) => {
                let code = digits.len() > MOST_DECIMALS;
                let section = digits == "0" || code || is_section(line, self.end);
                let point = if section { "chấm" } else { "phẩy" };
                format!("{} {point} {}", whole(), dotted_decimals(digits))
            }
            Tail::Groups(groups) => self.grouped(groups, line),
        }
    }

    /// Reads all groups; those of a code digit by digit.
    fn grouped(&self, groups: &[(char, String)], line: &Line) -> String {
        let code = is_code(&self.whole, groups);
        let words = |digits: &str, singly: bool| match singly || digits.starts_with('0') {
            true => spelled(digits),
            false => cardinal(digits, line.options.region),
        };
        let mut out = words(&self.whole, code);
        for (mark, digits) in groups {
            let decimal = *mark == ',';
            push(&mut out, if decimal { "phẩy" } else { "chấm" });
            push(&mut out, &words(digits, code || decimal));
        }
        out
    }
}

/// More digits behind a dot are a code's: "1.004193".
const MOST_DECIMALS: usize = 5;

/// "500,000 VND": nobody writes a thousandth of money, so that the comma parts thousands.
fn is_price(line: &Line, first: &str, digits: &str, end: usize) -> bool {
    const COINS: &str = "đồng|đ|vnd|vnđ|usd|eur|yên|won";
    is_thousands(first, digits) && (line.is_in(end, COINS) || line.is_mark(end, '₫'))
}

fn is_thousands(first: &str, digits: &str) -> bool {
    digits.len() == 3 && first.len() <= 3 && !first.starts_with('0')
}

/// "mục 2.1", "Bảng 3.2", and the "1.1." at the head of a line: numbers of parts, not decimals.
fn is_section(line: &Line, end: usize) -> bool {
    const SECTIONS: &str = "\
    mục|điểm|điều|khoản|phần|bảng|hình|phiên bản|chương|biểu|sơ đồ|tiêu chí|bài|chỉ tiêu|\
    nội dung|công nghiệp|phụ lục|bluetooth|hdmi|usb|android|ios|windows|python|php|java|firmware";
    let at = end.wrapping_sub(3);
    let opens = at == 0
        || line.is_one_of(at.wrapping_sub(1), &[':', ';', '.'])
            && line.is_mark(end, '.')
            && !line.glued(at);
    let versioned = line.glued(at) && line.is(at.wrapping_sub(1), "v");
    let heads_line = opens
        && (line.is_one_of(end, &['.', ')', ':'])
            || matches!(line.case(end), Some(Case::Title | Case::Upper)));
    heads_line || versioned || line.follows(at, SECTIONS)
}

/// Addresses of machines and version codes have a group of three digits or more.
fn is_code(whole: &str, groups: &[(char, String)]) -> bool {
    groups.iter().all(|(mark, _)| *mark == '.')
        && (whole.len() >= 3 || groups.iter().any(|(_, digits)| digits.len() >= 3))
}

fn dotted_decimals(digits: &str) -> String {
    match *digits.as_bytes() {
        [a, b] => short_pair(a, b),
        _ => spelled(digits),
    }
}

fn marked_group<'a>(line: &Line<'a>, at: usize) -> Option<(char, &'a str)> {
    let mark = ['.', ','].into_iter().find(|m| line.is_mark(at, *m))?;
    let digits = line.digits(at + 1)?;
    line.joins(at).then_some((mark, digits))
}

fn understand(first: &str, groups: &[(char, &str)]) -> (String, Tail) {
    let threes = |mark: char, part: &[(char, &str)]| {
        part.iter().all(|(m, d)| *m == mark && d.len() == 3)
            && first.len() <= 3
            && !first.starts_with('0')
    };
    let joined = |part: &[(char, &str)]| {
        part.iter().fold(first.to_owned(), |mut all, (_, digits)| {
            all.push_str(digits);
            all
        })
    };
    match groups {
        all if threes('.', all) => (joined(all), Tail::None),
        [head @ .., (',', last)] if threes('.', head) => {
            (joined(head), Tail::Comma((*last).to_owned()))
        }
        [_, _, ..] if threes(',', groups) => (joined(groups), Tail::None),
        [head @ .., ('.', last)] if !head.is_empty() && threes(',', head) => {
            (joined(head), Tail::Dot((*last).to_owned()))
        }
        [('.', last)] => (first.to_owned(), Tail::Dot((*last).to_owned())),
        [(',', last)] => (first.to_owned(), Tail::Comma((*last).to_owned())),
        _ => {
            let owned = groups.iter().map(|(m, d)| (*m, (*d).to_owned()));
            (first.to_owned(), Tail::Groups(owned.collect()))
        }
    }
}

/// Nobody names a number of more groups; a longer row of groups is a row of numbers.
const MOST_SPACED_GROUPS: usize = 8;

/// "1 000", "9 000 000": groups of three digits with one blank between them.
fn spaced(line: &Line, at: usize, first: &str) -> Numeral {
    let mut end = at + 1;
    let mut whole = first.to_owned();
    if first.len() <= 3 && !first.starts_with('0') {
        while end - at <= MOST_SPACED_GROUPS && is_spaced_group(line, end) {
            whole.push_str(line.str(end));
            end += 1;
        }
    }
    if line.is_digits(end) || (end > at + 1 && is_glued_to_more(line, end)) {
        (end, whole) = (at + 1, first.to_owned());
    }
    Numeral {
        end,
        whole,
        tail: Tail::None,
    }
}

fn is_spaced_group(line: &Line, at: usize) -> bool {
    let parted = |t: &super::token::Token| t.start == line.tokens[at - 1].end + 1;
    line.digits(at).is_some_and(|d| d.len() == 3)
        && line.tokens.get(at).is_some_and(parted)
        && !line.is_in(at.wrapping_sub(2), "năm|điều|khoản|số")
}

fn is_glued_to_more(line: &Line, end: usize) -> bool {
    line.glued(end) && line.is_one_of(end, &['/', '-', '.']) && line.glued(end + 1)
}
