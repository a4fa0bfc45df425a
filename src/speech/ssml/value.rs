//! Values of attributes: times, strengths, rates.

/// Longest pause, in milliseconds: as long as Amazon Polly and Google take.
const LONGEST_MS: u32 = 10_000;
/// Rates that are spoken; what is beyond is spoken as fast or slow as that.
const RATES: std::ops::RangeInclusive<f64> = 0.25..=4.0;

/// Reads a time: `250ms`, `1.5s`.
pub(super) fn time(given: &str) -> Option<u32> {
    let given = given.trim();
    let (number, factor) = match given.strip_suffix("ms") {
        Some(number) => (number, 1.0),
        None => (given.strip_suffix('s')?, 1_000.0),
    };
    let is_plain = |c: char| c.is_ascii_digit() || c == '.' || c == '+';
    let number: f64 = number
        .trim()
        .chars()
        .all(is_plain)
        .then(|| number.trim().parse().ok())??;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held between the ends"
    )]
    let milliseconds = (number * factor).round().clamp(0.0, f64::from(LONGEST_MS)) as u32;
    Some(milliseconds)
}

/// Reads the strength of a break, as milliseconds.
pub(super) fn strength(given: &str) -> Option<u32> {
    Some(match given.trim() {
        "none" => 0,
        "x-weak" => 100,
        "weak" => 200,
        "medium" => 400,
        "strong" => 700,
        "x-strong" => 1_000,
        _ => return None,
    })
}

/// Reads a rate: a name, a number, or a percentage of what it is otherwise, as SSML 1.1 and 1.0 have it (`150%`,
/// `+50%`).
pub(super) fn rate(given: &str) -> Option<f64> {
    let given = given.trim();
    let rate = match given {
        "x-slow" => 0.5,
        "slow" => 0.75,
        "medium" | "default" => 1.0,
        "fast" => 1.5,
        "x-fast" => 2.0,
        _ => match given.strip_suffix('%') {
            Some(percent) if percent.starts_with(['+', '-']) => {
                1.0 + percent.parse::<f64>().ok()? / 100.0
            }
            Some(percent) => percent.parse::<f64>().ok()? / 100.0,
            None => given.parse().ok()?,
        },
    };
    (rate.is_finite() && rate > 0.0).then(|| rate.clamp(*RATES.start(), *RATES.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_strengths_and_rates_are_read_as_they_are_written() {
        for (given, read) in [
            ("250ms", Some(250)),
            (" 1.5s ", Some(1_500)),
            ("0s", Some(0)),
            ("99s", Some(10_000)),
            ("1", None),
            ("s", None),
            ("-1s", None),
            ("1e9s", None),
            ("NaNs", None),
        ] {
            assert_eq!(time(given), read, "{given}");
        }
        assert_eq!((strength("strong"), strength("huge")), (Some(700), None));
        for (given, read) in [
            ("fast", Some(1.5)),
            ("150%", Some(1.5)),
            ("+50%", Some(1.5)),
            ("-25%", Some(0.75)),
            ("2", Some(2.0)),
            ("9000%", Some(4.0)),
            ("0%", None),
            ("-100%", None),
            ("inf", None),
            ("quick", None),
        ] {
            assert_eq!(rate(given), read, "{given}");
        }
    }
}
