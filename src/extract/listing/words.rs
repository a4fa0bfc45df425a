//! Cuts the lines of a card into what they say.

use super::super::date;

/// What a line says behind the entry's title.
pub(super) fn without_title<'l>(line: &'l str, title: &str) -> &'l str {
    line.strip_prefix(title).unwrap_or(line).trim_start()
}

/// Cuts a line that begins with its date into date and rest: "(05/06/2020) Mưa lớn".
pub(super) fn leading_date(line: &str) -> Option<(&str, &str)> {
    let (date, rest) = match line.strip_prefix('(') {
        Some(inner) => inner.split_once(')')?,
        None => [" - ", " – ", " | "]
            .iter()
            .find_map(|mark| line.split_once(mark))?,
    };
    (date.len() < 60 && date::is_dateline(date)).then(|| (date, rest.trim_start()))
}

/// A line without the words of `asides` at its end.
pub(super) fn without_asides<'l>(line: &'l str, asides: &[String]) -> &'l str {
    let mut line = line;
    while let Some(rest) = asides.iter().find_map(|words| line.strip_suffix(&**words)) {
        line = rest.trim_end();
    }
    line
}
