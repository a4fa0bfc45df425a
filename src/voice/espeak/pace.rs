//! The engine's words a minute for a reader's speed.
//!
//! The engine's measure is not even: what it calls twice as fast is 2.2 times as fast in Vietnamese
//! and 1.9 times in English, it has a floor at 80, and from 450 on it speaks at its usual pace and
//! presses the sound together. So a voice has a table of measured pairs, with straight lines between.

use crate::model::Speed;

/// A speed, and the words a minute at which the engine speaks so much faster than at 175.
pub(in crate::voice) type Pair = (f64, f64);

/// For voices that have no table of their own: the mean of English, French, German, Spanish and
/// Russian in eSpeak NG 1.51; each of them keeps within 8 % of it.
pub(super) const USUAL: [Pair; 11] = [
    (0.5, 82.0),
    (0.75, 129.0),
    (1.0, 175.0),
    (1.25, 222.0),
    (1.5, 276.0),
    (1.75, 327.0),
    (2.0, 386.0),
    (2.25, 440.0),
    (2.39, 449.0),
    (2.4, 451.0),
    (4.0, 748.0),
];

/// Returns the words a minute to ask for. `pairs` ascends in both and is not empty.
pub(super) fn words_per_minute(pairs: &[Pair], speed: Speed) -> u16 {
    let times = speed.times();
    let next = pairs.partition_point(|(speed, _)| *speed < times);
    let words = match (next.checked_sub(1).map(|i| pairs[i]), pairs.get(next)) {
        (Some(slower), Some(faster)) => {
            let part = (times - slower.0) / (faster.0 - slower.0);
            slower.1 + part * (faster.1 - slower.1)
        }
        (Some((speed, words)), None) => words * times / speed,
        (None, Some((speed, words))) => words * times / speed,
        (None, None) => 175.0 * times,
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what the engine takes"
    )]
    let words = words.round().clamp(80.0, 1_500.0) as u16;
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pairs: &[Pair], times: f64, expected: u16) {
        let speed = Speed::from_times(times).expect("a speed");
        assert_eq!(words_per_minute(pairs, speed), expected, "{times}");
    }

    #[test]
    fn between_two_rows_is_a_straight_line() {
        for (speed, words) in USUAL {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "rows"
            )]
            check(&USUAL, speed, words as u16);
        }
        check(&USUAL, 1.1, 194);
        check(&USUAL, 3.2, 600);
    }

    #[test]
    fn beyond_the_rows_the_engine_is_asked_for_what_it_takes() {
        let pairs = [(1.0, 175.0), (2.0, 300.0)];
        check(&pairs, 0.5, 88);
        check(&pairs, 4.0, 600);
        check(&[(1.0, 100.0)], 0.5, 80);
        check(&[(0.5, 1_000.0)], 4.0, 1_500);
    }
}
