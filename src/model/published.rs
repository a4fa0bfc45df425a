//! When something was published: a moment, or a day alone.

use std::fmt;

use jiff::{Timestamp, civil, tz::Offset};

use super::Lang;

/// When something was published, to the precision the page gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Published {
    /// A day alone.
    Day(civil::Date),
    /// A day and a time of day with its distance from UTC.
    Moment(civil::DateTime, Offset),
}

impl Published {
    /// Returns the day, as written where it was published.
    #[must_use]
    pub fn day(&self) -> civil::Date {
        match self {
            Self::Day(day) => *day,
            Self::Moment(at, _) => at.date(),
        }
    }

    /// Returns the point in time; a day alone counts from its first second in UTC.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        let (at, offset) = match self {
            Self::Day(day) => (day.at(0, 0, 0, 0), Offset::UTC),
            Self::Moment(at, offset) => (*at, *offset),
        };
        offset.to_timestamp(at).ok()
    }

    /// Writes it as prose in `lang`: "Thứ Sáu, ngày 5 tháng 6 năm 2020, 08:30". Languages other than
    /// Vietnamese and English get the ISO day.
    #[must_use]
    pub fn written(&self, lang: &Lang) -> String {
        let day = self.day();
        let mut out = match lang.primary() {
            "vi" => format!(
                "{}, ngày {} tháng {} năm {}",
                WEEKDAYS_VI[weekday(day)],
                day.day(),
                day.month(),
                day.year()
            ),
            "en" => format!(
                "{}, {} {} {}",
                WEEKDAYS_EN[weekday(day)],
                day.day(),
                MONTHS_EN[usize::from(day.month().unsigned_abs()) - 1],
                day.year()
            ),
            _ => day.to_string(),
        };
        if let Self::Moment(at, _) = self {
            out.push_str(&format!(", {:02}:{:02}", at.hour(), at.minute()));
        }
        out
    }
}

fn weekday(day: civil::Date) -> usize {
    usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())
}

const WEEKDAYS_VI: [&str; 7] = [
    "Thứ Hai",
    "Thứ Ba",
    "Thứ Tư",
    "Thứ Năm",
    "Thứ Sáu",
    "Thứ Bảy",
    "Chủ nhật",
];
const WEEKDAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// ISO 8601: `2020-06-05`, or `2020-06-05T08:30:00+07:00`.
impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Moment(at, offset) => {
                let seconds = offset.seconds();
                let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
                let (hours, minutes) = (minutes / 60, minutes % 60);
                let time = at.time();
                write!(
                    f,
                    "{}T{:02}:{:02}:{:02}{sign}{hours:02}:{minutes:02}",
                    at.date(),
                    time.hour(),
                    time.minute(),
                    time.second()
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_for_machines_and_for_people() {
        let at = civil::date(2020, 6, 5).at(8, 30, 0, 0);
        let moment = Published::Moment(at, Offset::constant(7));
        assert_eq!(moment.to_string(), "2020-06-05T08:30:00+07:00");
        assert_eq!(
            moment.written(&Lang::vi()),
            "Thứ Sáu, ngày 5 tháng 6 năm 2020, 08:30"
        );
        let day = Published::Day(civil::date(2026, 11, 22));
        assert_eq!(day.to_string(), "2026-11-22");
        assert_eq!(day.written(&Lang::en()), "Sunday, 22 November 2026");
    }
}
