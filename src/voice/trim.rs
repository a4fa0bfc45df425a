//! The silence around an utterance.
//!
//! Engines begin with some silence and end with more, by rules of their own; pauses are the plan's to give. So the
//! silence is cut and [`edge`] put in its place, which is what joins of encoded sound need.

use super::edge;

/// Cuts the silence of a sound down to the edges and moves places in it along; nothing is left of a sound that is
/// silence. A sample that is no louder than `silence` counts as such.
pub(super) fn trim<'a>(
    samples: &[i16],
    rate: u32,
    silence: u16,
    places: impl Iterator<Item = &'a mut usize>,
) -> Vec<i16> {
    let loud = |sample: &i16| sample.unsigned_abs() > silence;
    let Some(first) = samples.iter().position(loud) else {
        return Vec::new();
    };
    let last = samples.iter().rposition(loud).unwrap_or(first);
    let edge = edge(rate);
    let from = first.saturating_sub(edge);
    let to = (last + 1 + edge).min(samples.len());
    let added = edge - (first - from);

    let mut trimmed = vec![0; added];
    trimmed.extend_from_slice(&samples[from..to]);
    trimmed.resize(edge + (last + 1 - first) + edge, 0);
    for place in places {
        *place = (place.saturating_sub(from) + added).min(trimmed.len());
    }
    trimmed
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 1_000; // an edge is 30 samples
    const SILENCE: u16 = 32;

    #[track_caller]
    fn check(before: usize, after: usize, words_at: &[usize], expected: &[usize]) {
        let samples = [vec![3; before], vec![9_000; 100], vec![-3; after]].concat();
        let mut places = words_at.to_vec();
        let trimmed = trim(&samples, RATE, SILENCE, places.iter_mut());
        assert_eq!(trimmed.len(), 160);
        assert!(trimmed[..30].iter().all(|s| s.unsigned_abs() < 4));
        assert!(trimmed[30..130].iter().all(|s| *s == 9_000));
        assert!(trimmed[130..].iter().all(|s| s.unsigned_abs() < 4));
        assert_eq!(places, expected);
    }

    #[test]
    fn edges_are_as_long_as_they_must_be_and_words_stay_where_they_are_heard() {
        check(0, 0, &[0, 50], &[30, 80]);
        check(10, 5, &[0, 10, 60], &[20, 30, 80]);
        check(30, 30, &[0, 30], &[0, 30]);
        check(200, 500, &[0, 200, 250, 700], &[0, 30, 80, 160]);
    }

    #[test]
    fn silence_is_no_sound() {
        assert!(trim(&[0; 500], RATE, SILENCE, [].iter_mut()).is_empty());
    }
}
