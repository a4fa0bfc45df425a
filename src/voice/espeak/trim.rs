//! The silence around an utterance.
//!
//! The engine begins with 0 to 50 ms of silence and ends with 7 to 300 ms, by its own rules for
//! clauses; pauses are the plan's to give. So the silence is cut and [`edge`] put in its place, which
//! is what joins of encoded sound need.

use super::take::Take;
use crate::voice::edge;

/// The largest sample that counts as silence: 60 dB below the loudest.
const SILENCE: u16 = 32;

/// Cuts the silence of a take down to the edges and moves its marks along.
pub(super) fn trim(take: Take, rate: u32) -> Take {
    let loud = |sample: &i16| sample.unsigned_abs() > SILENCE;
    let Some(first) = take.samples.iter().position(loud) else {
        return Take::default();
    };
    let last = take.samples.iter().rposition(loud).unwrap_or(first);
    let edge = edge(rate);
    let from = first.saturating_sub(edge);
    let to = (last + 1 + edge).min(take.samples.len());
    let added = edge - (first - from);

    let mut samples = vec![0; added];
    samples.extend_from_slice(&take.samples[from..to]);
    samples.resize(edge + (last + 1 - first) + edge, 0);
    let mut marks = take.marks;
    for mark in &mut marks {
        mark.sample = (mark.sample.saturating_sub(from) + added).min(samples.len());
    }
    Take { samples, marks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::espeak::take::Mark;

    const RATE: u32 = 1_000; // an edge is 30 samples

    #[track_caller]
    fn check(before: usize, after: usize, words_at: &[usize], expected: &[usize]) {
        let mark = |&sample: &usize| Mark {
            character: 0,
            length: 1,
            sample,
        };
        let take = Take {
            samples: [vec![3; before], vec![9_000; 100], vec![-3; after]].concat(),
            marks: words_at.iter().map(mark).collect(),
        };
        let trimmed = trim(take, RATE);
        assert_eq!(trimmed.samples.len(), 160);
        assert!(trimmed.samples[..30].iter().all(|s| s.unsigned_abs() < 4));
        assert!(trimmed.samples[30..130].iter().all(|s| *s == 9_000));
        assert!(trimmed.samples[130..].iter().all(|s| s.unsigned_abs() < 4));
        let samples: Vec<_> = trimmed.marks.iter().map(|m| m.sample).collect();
        assert_eq!(samples, expected);
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
        let silence = Take {
            samples: vec![0; 500],
            marks: Vec::new(),
        };
        assert_eq!(trim(silence, RATE), Take::default());
    }
}
