//! The shapes of a day and of a time of day, over tokens.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use rustc_hash::FxHashMap;

use super::token::Token;
use super::words::{MONTHS, MONTHS_VI, WEEKDAYS, ZONES};
use super::{Clock, Habit};
use crate::model::letter::lowered;

/// A day as written, before the weekday has had its say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    likely: Option<Date>,
    /// The reading with day and month changed places.
    other: Option<Date>,
    /// Does the site's habit leave no doubt?
    sure: bool,
}

impl Written {
    fn plain(year: u32, month: u32, day: u32) -> Option<Self> {
        let likely = date(year, month, day)?;
        Some(Self {
            likely: Some(likely),
            other: None,
            sure: true,
        })
    }

    /// Chooses between the two readings; also says whether it was a guess.
    pub(super) fn settled(self, weekday: Option<i8>) -> Option<(Date, bool)> {
        let falls = |d: &Date| Some(d.weekday().to_monday_zero_offset()) == weekday;
        match (self.likely, self.other) {
            (Some(a), Some(b)) if a != b => match (falls(&a), falls(&b)) {
                (false, true) => Some((b, false)),
                (true, false) => Some((a, false)),
                _ => Some((a, !self.sure)),
            },
            (Some(only), _) | (None, Some(only)) => Some((only, false)),
            (None, None) => None,
        }
    }
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    let year = i16::try_from(year).ok()?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The tokens of a shape, read one after the other.
struct Cursor<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Cursor<'_> {
    fn number(&mut self, digits: Range<u8>) -> Option<u32> {
        match self.tokens.get(self.at)? {
            Token::Number { value, digits: n } if digits.contains(n) => {
                self.at += 1;
                Some(*value)
            }
            _ => None,
        }
    }

    fn mark(&mut self, marks: &[char]) -> Option<char> {
        match self.tokens.get(self.at)? {
            Token::Mark(m) if marks.contains(m) => {
                self.at += 1;
                Some(*m)
            }
            _ => None,
        }
    }

    fn word(&mut self) -> Option<&str> {
        match self.tokens.get(self.at)? {
            Token::Word(word) => {
                self.at += 1;
                Some(word)
            }
            _ => None,
        }
    }

    fn one_of(&mut self, words: &[&str]) -> bool {
        let at = self.at;
        let found = self.word().is_some_and(|w| words.contains(&w));
        if !found {
            self.at = at;
        }
        found
    }

    /// Steps over white space and `marks`.
    fn skip(&mut self, marks: &[char]) {
        while let Some(token) = self.tokens.get(self.at) {
            match token {
                Token::Space => self.at += 1,
                Token::Mark(m) if marks.contains(m) => self.at += 1,
                _ => break,
            }
        }
    }

    fn month(&mut self) -> Option<u32> {
        MONTH_OF.get(self.word()?).copied()
    }
}

/// Each name of a month and the first month that bears it, counted from 1.
static MONTH_OF: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
    let mut month_of = FxHashMap::default();
    for (month, names) in (1..).zip(MONTHS) {
        for name in names.split_ascii_whitespace() {
            month_of.entry(name).or_insert(month);
        }
    }
    month_of
});

type Shape = fn(&mut Cursor<'_>, Habit) -> Option<Written>;

/// The shapes of a day, the surest first.
const SHAPES: [Shape; 7] = [
    year_first,
    ideographs,
    compact,
    numbers,
    vietnamese,
    day_and_name,
    name_and_day,
];

/// Reads a day that begins at token `at`; also returns the tokens it took.
pub(super) fn day(tokens: &[Token], at: usize, habit: Habit) -> Option<(Written, Range<usize>)> {
    if !matches!(tokens[at], Token::Number { .. } | Token::Word(_)) {
        return None;
    }
    SHAPES.iter().find_map(|shape| {
        let mut cursor = Cursor { tokens, at };
        let written = shape(&mut cursor, habit)?;
        let begins = at == 0 || !matches!(tokens[at - 1], Token::Number { .. });
        begins.then_some((written, at..cursor.at))
    })
}

/// `2020-06-05`, `2020/6/5`, `2020.06.05`
fn year_first(c: &mut Cursor<'_>, _: Habit) -> Option<Written> {
    let year = c.number(4..5)?;
    let by = c.mark(&['-', '/', '.'])?;
    let month = c.number(1..3)?;
    c.mark(&[by])?;
    Written::plain(year, month, c.number(1..3)?)
}

/// `2020年6月5日`
fn ideographs(c: &mut Cursor<'_>, _: Habit) -> Option<Written> {
    let year = c.number(4..5)?;
    c.mark(&['年', '년'])?;
    c.skip(&[]);
    let month = c.number(1..3)?;
    c.mark(&['月', '월'])?;
    c.skip(&[]);
    let day = c.number(1..3)?;
    c.mark(&['日', '일'])?;
    Written::plain(year, month, day)
}

/// `20200605`
fn compact(c: &mut Cursor<'_>, _: Habit) -> Option<Written> {
    let all = c.number(8..9)?;
    Written::plain(all / 10_000, all / 100 % 100, all % 100)
}

/// `05/06/2020`, `5-6-2020`, `05.06.20`
fn numbers(c: &mut Cursor<'_>, habit: Habit) -> Option<Written> {
    let first = c.number(1..3)?;
    c.skip(&[]);
    let by = c.mark(&['/', '-', '.'])?;
    c.skip(&[]);
    let second = c.number(1..3)?;
    c.skip(&[]);
    c.mark(&[by])?;
    c.skip(&[]);
    let year = c.number(4..5).or_else(|| short_year(c, by))?;
    let (day_first, month_first) = (date(year, second, first), date(year, first, second));
    let swapped = habit.month_first && by == '/';
    Some(Written {
        likely: if swapped { month_first } else { day_first },
        other: if swapped { day_first } else { month_first },
        sure: habit.vietnamese || by == '.',
    })
}

/// Two digits are a year only after slashes or dots: `05/06/20`.
fn short_year(c: &mut Cursor<'_>, by: char) -> Option<u32> {
    (by != '-')
        .then(|| c.number(2..3))
        .flatten()
        .map(|year| 2000 + year)
}

/// `ngày 5 tháng 6 năm 2020`, `5 tháng Sáu, 2020`
fn vietnamese(c: &mut Cursor<'_>, _: Habit) -> Option<Written> {
    let day = c.number(1..3)?;
    c.skip(&[]);
    c.one_of(&["tháng", "thg"]).then_some(())?;
    c.skip(&['.']);
    let month = c.number(1..3).or_else(|| vietnamese_month(c))?;
    c.skip(&[',', '-', '/']);
    c.one_of(&["năm"]);
    c.skip(&[]);
    Written::plain(c.number(4..5)?, month, day)
}

fn vietnamese_month(c: &mut Cursor<'_>) -> Option<u32> {
    let first = c.word()?.to_owned();
    let alone = c.at;
    c.skip(&[]);
    let both = c.word().map(|second| format!("{first} {second}"));
    let find = |name: &str| MONTHS_VI.iter().position(|m| *m == name);
    let at = match both.as_deref().and_then(find) {
        Some(at) => at,
        None => {
            c.at = alone;
            find(&first)?
        }
    };
    u32::try_from(at + 1).ok()
}

/// `5 June 2020`, `5. Juni 2020`, `5th of June, 2020`, `5 de junio de 2020`
fn day_and_name(c: &mut Cursor<'_>, _: Habit) -> Option<Written> {
    let day = c.number(1..3)?;
    c.one_of(&["st", "nd", "rd", "th", "er", "º"]);
    c.skip(&['.', '-', '/']);
    c.one_of(&["of", "de", "d", "di"]);
    c.skip(&[]);
    let month = c.month()?;
    c.skip(&['.', ',', '-', '/', '’', '\'']);
    c.one_of(&["de", "del", "of"]);
    c.skip(&[]);
    Written::plain(c.number(4..5)?, month, day)
}

/// `June 5, 2020`, `Jun. 5th 2020`
fn name_and_day(c: &mut Cursor<'_>, _: Habit) -> Option<Written> {
    let month = c.month()?;
    c.skip(&['.', '-']);
    let day = c.number(1..3)?;
    c.one_of(&["st", "nd", "rd", "th"]);
    c.skip(&[',', '-']);
    Written::plain(c.number(4..5)?, month, day)
}

/// Reads the weekday named in `text`, 0 for Monday.
pub(super) fn weekday(text: &str) -> Option<i8> {
    let low = lowered(text);
    let named = |names: &&str| names.split('|').any(|name| has_word(&low, name));
    let at = WEEKDAYS.iter().position(named)?;
    i8::try_from(at).ok()
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
    })
}

/// Reads the time of day that stands nearest to the day at `span`: after it, else before it.
pub(super) fn time(tokens: &[Token], span: &Range<usize>) -> Option<Clock> {
    let after = span.end..tokens.len().min(span.end + 12);
    let before = (span.start.saturating_sub(24)..span.start).rev();
    after.chain(before).find_map(|at| {
        let inside = at > 0 && matches!(tokens[at - 1], Token::Number { .. } | Token::Mark(':'));
        (!inside)
            .then(|| clock(&mut Cursor { tokens, at }))
            .flatten()
    })
}

/// `08:30`, `8:30:15.123 PM`, `15h30'`, `8.30 Uhr`, with a zone behind it where there is one.
fn clock(c: &mut Cursor<'_>) -> Option<Clock> {
    let hour = c.number(1..3)?;
    let (minute, second) = minutes(c)?;
    c.skip(&['\'', '’']);
    let hour = half_of_day(c, hour);
    let time = Time::new(i8::try_from(hour).ok()?, minute, second, 0).ok()?;
    c.skip(&['(', ',', '-']);
    // The skipped dash may have been the sign of a zone.
    let signed = matches!(c.tokens.get(c.at.wrapping_sub(1)), Some(Token::Mark('-')));
    c.at -= usize::from(signed);
    let offset = zone(c);
    Some(Clock { time, offset })
}

fn minutes(c: &mut Cursor<'_>) -> Option<(i8, i8)> {
    if c.one_of(&["h", "g", "giờ"]) {
        c.skip(&[]);
        let minute = c.number(1..3).unwrap_or(0);
        c.one_of(&["phút", "ph", "p"]);
        return Some((i8::try_from(minute).ok()?, 0));
    }
    let by = c.mark(&[':', '.'])?;
    let minute = i8::try_from(c.number(2..3)?).ok()?;
    let second = c.mark(&[by]).and_then(|_| c.number(2..3)).unwrap_or(0);
    if c.mark(&['.']).is_some() {
        c.number(1..10)?; // fractions of a second
    }
    if by == '.' {
        c.skip(&[]);
        c.one_of(&["uhr", "am", "pm", "clock"]).then_some(())?;
    }
    Some((minute, i8::try_from(second).ok()?))
}

/// `SA`, `AM`, `a.m.` and `CH`, `PM`, `chiều`.
fn half_of_day(c: &mut Cursor<'_>, hour: u32) -> u32 {
    let at = c.at;
    c.skip(&[]);
    let late = match c.word() {
        Some("pm" | "ch" | "chiều" | "tối") => true,
        Some("am" | "sa" | "sáng") => false,
        Some(half @ ("p" | "a")) => {
            let late = half == "p";
            c.skip(&['.']);
            c.one_of(&["m"]);
            c.skip(&['.']);
            late
        }
        _ => {
            c.at = at;
            return hour;
        }
    };
    match (hour, late) {
        (12, false) => 0,
        (1..=11, true) => hour + 12,
        _ => hour,
    }
}

/// `Z`, `GMT+7`, `+07:00`, `-0500`, `CEST`
fn zone(c: &mut Cursor<'_>) -> Option<Offset> {
    c.skip(&['(']);
    let at = c.at;
    let named = c
        .word()
        .and_then(|w| ZONES.iter().find(|(name, _)| *name == w))
        .map(|z| z.1);
    if named.is_none() {
        c.at = at;
    }
    c.skip(&[]);
    let after = c.at;
    let minutes = match distance(c) {
        Some(distance) if named.is_none_or(|n| n == 0) => distance,
        _ => {
            c.at = after;
            named?
        }
    };
    Offset::from_seconds(minutes * 60).ok()
}

fn distance(c: &mut Cursor<'_>) -> Option<i32> {
    let sign = if c.mark(&['+', '-', '−'])? == '+' {
        1
    } else {
        -1
    };
    let token = c.tokens.get(c.at)?.clone();
    let number = i32::try_from(c.number(1..5)?).ok()?;
    let minutes = match token {
        Token::Number { digits: 3.., .. } => number / 100 * 60 + number % 100,
        _ => {
            let rest = c.mark(&[':']).and_then(|_| c.number(2..3)).unwrap_or(0);
            number * 60 + i32::try_from(rest).ok()?
        }
    };
    (minutes <= 14 * 60 && number < 1500).then_some(sign * minutes)
}
