//! Bursts: moments at which a decoder would give a noise that nobody said.
//!
//! Where a voice is silent for a few milliseconds and then goes on, ropus 0.12's SILK encoder now and
//! then gives a frame whose gain is far too high: in one of some dozens of utterances, a crack at full
//! scale for 10 to 20 ms. libopus has none there, and neither has ropus in its other mode, CELT.

/// Samples of a moment: 10 ms.
const MOMENT: usize = 240;
/// What is softer than this (root mean square, -36 dB of full scale) disturbs nobody.
const SOFT: u64 = 500;
/// How many times the energy of what was said around it makes a moment a burst.
const TIMES: u64 = 8;

/// Is there a moment in `heard` that is far louder than all that was said around it? The first sample
/// of the one is the first sample of the other.
pub(super) fn bursts(said: &[i16], heard: &[i16]) -> bool {
    let said: Vec<u64> = said.chunks(MOMENT).map(energy).collect();
    let loud = SOFT * SOFT * MOMENT as u64;
    heard
        .chunks(MOMENT)
        .map(energy)
        .enumerate()
        .any(|(at, heard)| {
            let around = said.iter().take(at + 2).skip(at.saturating_sub(1));
            heard > loud && heard > TIMES * around.copied().max().unwrap_or(0)
        })
}

fn energy(samples: &[i16]) -> u64 {
    let squares = samples.iter().map(|s| u64::from(s.unsigned_abs()).pow(2));
    squares.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tone with 20 ms of silence in the middle.
    fn word() -> Vec<i16> {
        let high = |n: usize| if n % 20 < 10 { 3_000 } else { -3_000 };
        let is_silent = |n: usize| (4_800..5_280).contains(&n);
        (0..9_600)
            .map(|n| if is_silent(n) { 0 } else { high(n) })
            .collect()
    }

    #[test]
    fn a_moment_far_louder_than_what_was_said_is_a_burst() {
        let said = word();
        assert!(!bursts(&said, &said));
        let mut heard = said.clone();
        heard[5_040..5_520].fill(12_000);
        assert!(bursts(&said, &heard));
    }

    #[test]
    fn what_is_smeared_or_soft_is_none() {
        let said = word();
        let late: Vec<i16> = [vec![0; 100], said.clone()].concat();
        assert!(!bursts(&said, &late));
        let soft: Vec<i16> = said
            .iter()
            .map(|s| if *s == 0 { 400 } else { *s })
            .collect();
        assert!(!bursts(&said, &soft));
        assert!(!bursts(&[], &[]));
    }
}
