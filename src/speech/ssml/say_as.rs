//! `say-as`: what a text is, written so that it is read as that.

/// Writes a text so that it is read as what it is said to be; none where that is not known here.
pub(super) fn written(
    kind: &str,
    format: Option<&str>,
    text: &str,
    is_vietnamese: bool,
) -> Option<String> {
    let text = text.trim();
    Some(match kind {
        "characters" | "spell-out" | "verbatim" => parted(text, char::is_alphanumeric, ", "),
        "digits" | "telephone" => parted(text, |c| c.is_ascii_digit(), " "),
        "cardinal" | "number" | "time" | "fraction" | "unit" | "currency" => text.to_owned(),
        "ordinal" => ordinal(text, is_vietnamese),
        "date" => date(text, format)?,
        _ => return None,
    })
}

/// Parts the letters of a text that are meant; the others are left out, but for the plus before a number.
fn parted(text: &str, is_meant: impl Fn(char) -> bool, between: &str) -> String {
    let meant = text.chars().filter(|letter| is_meant(*letter));
    let letters: Vec<String> = meant.map(|letter| letter.to_string()).collect();
    letters.join(between)
}

fn ordinal(text: &str, is_vietnamese: bool) -> String {
    if is_vietnamese {
        return format!("thứ {text}");
    }
    let ending = match (
        text.ends_with("11"),
        text.ends_with("12"),
        text.ends_with("13"),
    ) {
        (false, false, false) => match text.chars().next_back() {
            Some('1') => "st",
            Some('2') => "nd",
            Some('3') => "rd",
            _ => "th",
        },
        _ => "th",
    };
    format!("{text}{ending}")
}

/// Writes a date by its format, so that it is read as one: `dmy` and the like, or parts of it.
fn date(text: &str, format: Option<&str>) -> Option<String> {
    let Some(format) = format else {
        return Some(text.to_owned());
    };
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let whole: Vec<&str> = if parts.len() == 1 && text.len() == 8 && text.is_ascii() {
        // 20200225, by its format
        let year = format.find('y')?;
        match year {
            0 => vec![&text[..4], &text[4..6], &text[6..]],
            _ => vec![&text[..2], &text[2..4], &text[4..]],
        }
    } else {
        parts
    };
    let signs: Vec<char> = format.chars().collect();
    if signs.len() != whole.len() || !signs.iter().all(|sign| "dmy".contains(*sign)) {
        return None;
    }
    let part = |sign: char| {
        signs
            .iter()
            .position(|other| *other == sign)
            .map(|at| whole[at])
    };
    Some(match (part('d'), part('m'), part('y')) {
        (Some(day), Some(month), Some(year)) => format!("{day}/{month}/{year}"),
        (Some(day), Some(month), None) => format!("{day}/{month}"),
        (None, Some(month), Some(year)) => format!("{month}/{year}"),
        _ => whole.join(" "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_is_decides_how_it_is_written() {
        for (kind, format, text, expected) in [
            ("characters", None, "UBND", Some("U, B, N, D")),
            ("spell-out", None, "a-1", Some("a, 1")),
            ("telephone", None, "+84 24.3", Some("8 4 2 4 3")),
            ("cardinal", None, " 12 ", Some("12")),
            ("ordinal", None, "3", Some("thứ 3")),
            ("date", Some("mdy"), "02/25/2020", Some("25/02/2020")),
            ("date", Some("ymd"), "20200225", Some("25/02/2020")),
            ("date", Some("dm"), "25.2", Some("25/2")),
            ("date", Some("y"), "2020", Some("2020")),
            ("date", Some("dmyh"), "25/2/2020", None),
            ("date", None, "25/2/2020", Some("25/2/2020")),
            ("address", None, "x", None),
        ] {
            let read = written(kind, format, text, true);
            assert_eq!(read.as_deref(), expected, "{kind} {format:?} {text}");
        }
        let english = |text| written("ordinal", None, text, false).expect("known");
        assert_eq!(
            ["1", "12", "23", "4"].map(english),
            ["1st", "12th", "23rd", "4th"]
        );
    }
}
