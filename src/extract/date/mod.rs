//! Reads dates as sites write them.
//!
//! A string is cut into numbers, words and marks; a handful of shapes is looked for at each number.
//! The day comes before the month unless a number above 12, a weekday or an English month name says
//! otherwise. Where the site is Vietnamese, a time without a zone is Vietnam's.
//!
//! Sources: ISO 8601, RFC 2822, and the forms of Vietnamese portals (`05/06/2020 08:30 SA`,
//! `Thứ Sáu, ngày 18 tháng 04 năm 2025`, `15h30' ngày 5/6/2020`).

mod shape;
mod token;
mod words;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::page::beginning;
use crate::model::Published;
use crate::model::letter::lowered;
use token::Token;

/// A date that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    /// When.
    pub(super) published: Published,
    /// Could day and month be the other way round?
    pub(super) ambiguous: bool,
}

/// Where a date stands, as far as it matters for reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Habit {
    /// Is a time without a zone Vietnam's?
    pub(super) vietnamese: bool,
    /// Does the month come first (American English)?
    pub(super) month_first: bool,
}

/// Vietnam's distance from UTC; it knows no summer time.
const VIETNAM: Offset = Offset::constant(7);
/// Years a page can be from; the first web page is of 1990.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// Reads the first date in `text`, which should be a short string around a date.
///
/// Returns `None` where there is none. Linear in `text.len()`, of which 300 bytes at most are read.
#[must_use]
pub(super) fn read(text: &str, habit: Habit) -> Option<Dated> {
    let text = beginning(text, 300);
    let tokens = token::cut(text);
    let (found, span) = (0..tokens.len()).find_map(|at| shape::day(&tokens, at, habit))?;
    let time = shape::time(&tokens, &span);
    let (day, ambiguous) = found.settled(shape::weekday(text))?;
    YEARS.contains(&day.year()).then_some(())?;
    Some(Dated {
        published: published(day, time, habit),
        ambiguous,
    })
}

/// A time of day with its zone, where one is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clock {
    time: Time,
    offset: Option<Offset>,
}

fn published(day: Date, clock: Option<Clock>, habit: Habit) -> Published {
    let vietnam = habit.vietnamese.then_some(VIETNAM);
    match clock {
        Some(Clock { time, offset }) => match offset.or(vietnam) {
            Some(offset) => Published::Moment(DateTime::from_parts(day, time), offset),
            None => Published::Day(day),
        },
        None => Published::Day(day),
    }
}

/// Is `text` little more than a date, so that it can be taken for a dateline?
#[must_use]
pub(super) fn is_dateline(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 120 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let tokens = token::cut(text);
    let dated = (0..tokens.len()).any(|at| shape::day(&tokens, at, Habit::default()).is_some());
    let words = tokens.iter().filter(|t| matches!(t, Token::Word(_)));
    dated && words.count() <= 10
}

/// Words that begin a line about when a page was made; lower case.
const STAMPS: [&str; 22] = [
    "updated",
    "published",
    "posted",
    "last updated",
    "first published",
    "cập nhật",
    "ngày đăng",
    "đăng lúc",
    "đăng ngày",
    "xuất bản",
    "uppdaterad",
    "publicerad",
    "opdateret",
    "publisert",
    "aktualisiert",
    "veröffentlicht",
    "artikel veröffentlicht",
    "heute,",
    "mis à jour",
    "publié",
    "actualizado",
    "aggiornato",
];

/// Is it a short line about when a page was made, even if it names no day?
#[must_use]
pub(super) fn is_stamp(text: &str) -> bool {
    let text = text.trim();
    if text.len() >= 110 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let low = lowered(text);
    STAMPS.iter().any(|s| low.starts_with(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VI: Habit = Habit {
        vietnamese: true,
        month_first: false,
    };
    const US: Habit = Habit {
        vietnamese: false,
        month_first: true,
    };
    const EU: Habit = Habit {
        vietnamese: false,
        month_first: false,
    };

    #[track_caller]
    fn check(text: &str, habit: Habit, expected: &str) {
        let got = read(text, habit).map(|d| d.published.to_string());
        assert_eq!(got.as_deref().unwrap_or("none"), expected, "{text}");
    }

    #[test]
    fn vietnamese_forms_are_read_day_first_in_vietnams_time() {
        for (text, expected) in [
            ("05/06/2020", "2020-06-05"),
            ("5-6-2020", "2020-06-05"),
            ("05.06.2020", "2020-06-05"),
            ("05/06/2020 08:30", "2020-06-05T08:30:00+07:00"),
            ("08:30 05/06/2020", "2020-06-05T08:30:00+07:00"),
            ("05/06/2020 08:30 SA", "2020-06-05T08:30:00+07:00"),
            ("05/06/2020 08:30 CH", "2020-06-05T20:30:00+07:00"),
            ("05/06/2020 08:30 PM", "2020-06-05T20:30:00+07:00"),
            ("05/06/2020, 08:30 (GMT+7)", "2020-06-05T08:30:00+07:00"),
            ("Thứ Sáu, 05/06/2020 | 08:30", "2020-06-05T08:30:00+07:00"),
            (
                "Thứ sáu, ngày 25/04/2025 - 11:39",
                "2025-04-25T11:39:00+07:00",
            ),
            ("Thứ Sáu, ngày 18 tháng 04 năm 2025", "2025-04-18"),
            ("ngày 5 tháng Sáu năm 2020", "2020-06-05"),
            ("ngày 12 tháng Mười một năm 2021", "2021-11-12"),
            (
                "Cập nhật lúc 15h30' ngày 5/6/2020",
                "2020-06-05T15:30:00+07:00",
            ),
            ("Gửi lúc: 05/12/2013 15:42:27", "2013-12-05T15:42:27+07:00"),
            ("2020-06-05T08:30:00+07:00", "2020-06-05T08:30:00+07:00"),
            ("2020-06-05T08:30:00", "2020-06-05T08:30:00+07:00"),
            ("(05/06/2020)", "2020-06-05"),
            ("Ngày đăng: 31/12/2024 - Lượt xem: 7370", "2024-12-31"),
            ("CN, 07/06/2020 - 06:05", "2020-06-07T06:05:00+07:00"),
        ] {
            check(text, VI, expected);
        }
    }

    #[test]
    fn a_weekday_settles_day_and_month() {
        // 6 May 2020 was a Wednesday, 5 June 2020 a Friday.
        check("Thứ Tư, 05/06/2020", VI, "2020-05-06");
        check("Friday, 05/06/2020", US, "2020-06-05");
        assert!(!read("Thứ Sáu, 05/06/2020", VI).expect("a date").ambiguous);
    }

    #[test]
    fn without_a_zone_only_the_day_is_known_elsewhere() {
        for (text, habit, expected) in [
            ("2024-03-01T10:00:00Z", EU, "2024-03-01T10:00:00+00:00"),
            ("2024-03-01 10:00:00", EU, "2024-03-01"),
            (
                "2024-03-01T10:00:00.123-0500",
                EU,
                "2024-03-01T10:00:00-05:00",
            ),
            (
                "Tue, 05 Mar 2024 08:30:00 GMT",
                EU,
                "2024-03-05T08:30:00+00:00",
            ),
            ("March 5, 2024", EU, "2024-03-05"),
            ("Mar. 5th, 2024 at 3:15 p.m.", US, "2024-03-05"),
            ("5. März 2024, 8:30 Uhr", EU, "2024-03-05"),
            ("le 5 août 2023", EU, "2023-08-05"),
            ("5 de octubre de 2023", EU, "2023-10-05"),
            ("2025年1月27日 5:00", EU, "2025-01-27"),
            ("03/05/2024", US, "2024-03-05"),
            ("20240305", EU, "2024-03-05"),
            ("2024/03/05", EU, "2024-03-05"),
        ] {
            check(text, habit, expected);
        }
    }

    #[test]
    fn numbers_that_are_no_dates_are_left() {
        for text in [
            "",
            "Lượt xem: 7370",
            "1234/5678",
            "99/99/2020",
            "31/02/2021",
            "v1.2.3",
        ] {
            check(text, VI, "none");
        }
    }

    #[test]
    fn only_days_up_to_twelve_are_ambiguous() {
        assert!(read("05/06/2020", EU).expect("a date").ambiguous);
        assert!(!read("25/06/2020", EU).expect("a date").ambiguous);
        assert!(!read("05/05/2020", EU).expect("a date").ambiguous);
        assert!(!read("2020-06-05", EU).expect("a date").ambiguous);
        assert!(
            !read("05/06/2020", VI).expect("a date").ambiguous,
            "portals write the day first"
        );
    }
}
