//! Makes voices equally loud, and no peak too high.
//!
//! A voice has one gain for all it says, so that its loud and its soft words stay what they are. What
//! would rise over the ceiling is turned down for some hundredths of a second, beginning before it: a
//! gain that moves so slowly is not heard, where cut tops are. The ceiling is below what players are
//! promised, since encoders that lose something give peaks back a little higher.
//!
//! An utterance is leveled by itself and the same on every machine: nothing but sums, products and
//! quotients of floating point numbers in a fixed order.
//!
//! Sources: EBU R 128 and Tech 3341; ITU-R BS.1770 (peaks between samples); D. Giannoulis et al.,
//! Digital Dynamic Range Compressor Design (2012), on looking ahead.

use std::collections::VecDeque;

use super::resample::{filter, weigh};
use crate::model::Pcm;

/// The highest peak, between samples too: -3 dB of full scale.
const CEILING: f64 = 23_197.0;
/// Milliseconds over which the gain moves, before a peak and after it.
const REACH_MS: u32 = 15;
/// Points between samples, and samples to each side from which they are reckoned (BS.1770, annex 2).
const FINER: usize = 4;
const NEIGHBOURS: usize = 6;
/// Between samples the sound goes less than this times higher than at them.
const HIGHER_BETWEEN: f64 = 1.5;
/// Samples between two values of the moving gain.
const STEP: usize = 16;
const STEP_SAMPLES: f64 = 16.0;
/// Steps of the gain: 0.002 dB, more than the last bits that machines compute differently.
const GAIN_STEPS: f64 = 4_096.0;

/// Changes a sound by a voice's gain, in decibels, and keeps it below the ceiling.
pub fn leveled(pcm: &mut Pcm, gain_db: f64) {
    let gain = (10f64.powf(gain_db.clamp(-40.0, 40.0) / 20.0) * GAIN_STEPS).round() / GAIN_STEPS;
    let peaks = peaks(&pcm.samples, CEILING / gain / HIGHER_BETWEEN);
    turn_down(&mut pcm.samples, pcm.rate, &peaks, CEILING, gain);
}

/// Multiplies samples by a gain, and by less around peaks that would go over the ceiling.
pub(super) fn turn_down(samples: &mut [i16], rate: u32, peaks: &[f64], ceiling: f64, gain: f64) {
    let highest = |step: &[f64]| step.iter().copied().fold(1.0, f64::max);
    let steps = peaks.chunks(STEP).map(highest);
    let allowed: Vec<f64> = steps.map(|peak| (ceiling / peak).min(gain)).collect();
    let reach = (rate * REACH_MS / 1_000) as usize / STEP;
    let gains = smoothed(&lowest_around(&allowed, reach + 1), reach);
    let next = gains.iter().skip(1).chain(gains.last());
    for (step, (from, to)) in samples.chunks_mut(STEP).zip(gains.iter().zip(next)) {
        turn(step, *from, *to);
    }
}

/// Multiplies samples by a gain that moves from one value to the next.
fn turn(samples: &mut [i16], from: f64, to: f64) {
    let mut gain = from;
    for sample in samples {
        *sample = whole(f64::from(*sample) * gain);
        gain += (to - from) / STEP_SAMPLES;
    }
}

/// Returns how far the sound goes from zero at each sample and up to the next, exactly only where the
/// samples themselves go beyond `concern`.
fn peaks(samples: &[i16], concern: f64) -> Vec<f64> {
    let between = |phase| filter(phase, FINER, 1, NEIGHBOURS);
    let filters: Vec<Vec<i16>> = (1..FINER).map(between).collect();
    let mut padded = vec![0; samples.len() + 2 * NEIGHBOURS];
    padded[NEIGHBOURS - 1..][..samples.len()].copy_from_slice(samples);
    let around = padded.windows(2 * NEIGHBOURS);
    let peak = |around: &[i16]| {
        let (here, next) = (around[NEIGHBOURS - 1], around[NEIGHBOURS]);
        let highest = u32::from(here.unsigned_abs().max(next.unsigned_abs()).max(1));
        if f64::from(highest) < concern {
            return f64::from(highest);
        }
        let between = filters.iter().map(|f| weigh(around, f).unsigned_abs());
        f64::from(between.fold(highest, u32::max))
    };
    around.take(samples.len()).map(peak).collect()
}

/// Returns the lowest value within `reach` of each.
fn lowest_around(values: &[f64], reach: usize) -> Vec<f64> {
    let mut candidates: VecDeque<usize> = VecDeque::new(); // each lower than those after it
    let mut lowest = Vec::with_capacity(values.len());
    for end in 0..values.len() + reach {
        if let Some(value) = values.get(end) {
            while candidates.back().is_some_and(|at| values[*at] >= *value) {
                candidates.pop_back();
            }
            candidates.push_back(end);
        }
        let Some(middle) = end.checked_sub(reach) else {
            continue;
        };
        while candidates.front().is_some_and(|at| at + reach < middle) {
            candidates.pop_front();
        }
        lowest.extend(candidates.front().map(|at| values[*at]));
    }
    lowest
}

/// Returns the mean over `reach` around each: twice over half of it, so that it turns no corners.
fn smoothed(values: &[f64], reach: usize) -> Vec<f64> {
    let half = reach / 2;
    mean_around(&mean_around(values, half), half)
}

fn mean_around(values: &[f64], reach: usize) -> Vec<f64> {
    let (first, last) = (values.first(), values.last());
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    let at = |index: usize| match index.checked_sub(reach) {
        Some(inside) => values.get(inside).unwrap_or(last),
        None => first,
    };
    let width = 2 * reach + 1;
    let mut sum: f64 = (0..width).map(at).sum();
    let mut means = Vec::with_capacity(values.len());
    for index in 0..values.len() {
        means.push(sum / count(width));
        sum += at(index + width) - at(index);
    }
    means
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).expect("some dozens of steps"))
}

#[expect(clippy::cast_possible_truncation, reason = "below the ceiling")]
fn whole(sample: f64) -> i16 {
    sample.round() as i16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::resample::Resampler;

    /// A voice's rough likeness: bursts of a tone with silence around, `peak` high.
    fn sound(peak: f64) -> Pcm {
        let samples = (0..22_050).map(|n| {
            let time = f64::from(n) / 22_050.0;
            let burst = f64::from(u8::from(n % 4_000 < 2_000 && n > 700 && n < 21_000));
            whole(peak * burst * (time * 3_000.0).sin())
        });
        Pcm {
            rate: 22_050,
            samples: samples.collect(),
        }
    }

    fn highest(pcm: &Pcm) -> f64 {
        let all = Resampler::new(1, 8).run(&pcm.samples);
        all.iter()
            .map(|s| f64::from(s.unsigned_abs()))
            .fold(0.0, f64::max)
    }

    #[test]
    fn what_stays_below_the_ceiling_is_only_multiplied() {
        let before = sound(5_000.0);
        let mut after = before.clone();
        leveled(&mut after, 6.0);
        for (was, is) in before.samples.iter().zip(&after.samples) {
            assert!(
                (f64::from(*was) * 1.995 - f64::from(*is)).abs() < 3.0,
                "{was} {is}"
            );
        }
    }

    #[test]
    fn nothing_rises_over_the_ceiling() {
        for (peak, gain_db) in [
            (30_000.0, 0.0),
            (30_000.0, 12.0),
            (5_000.0, 30.0),
            (32_767.0, 40.0),
        ] {
            let mut pcm = sound(peak);
            leveled(&mut pcm, gain_db);
            let highest = highest(&pcm);
            assert!(highest <= CEILING * 1.02, "{peak} {gain_db}: {highest}");
            assert!(highest >= CEILING * 0.8, "{peak} {gain_db}: {highest}");
        }
    }

    #[test]
    fn the_gain_moves_slowly() {
        let mut pcm = Pcm {
            rate: 22_050,
            samples: vec![8_000; 22_050],
        };
        pcm.samples[11_000..11_010].fill(32_000);
        leveled(&mut pcm, 6.0);
        for pair in pcm.samples[..11_000].windows(2) {
            assert!(
                (i32::from(pair[0]) - i32::from(pair[1])).abs() < 120,
                "{pair:?}"
            );
        }
    }

    #[test]
    fn silence_and_nothing_stay_what_they_are() {
        for length in [0, 1, 10, 5_000] {
            let mut pcm = Pcm {
                rate: 22_050,
                samples: vec![0; length],
            };
            leveled(&mut pcm, 20.0);
            assert_eq!(pcm.samples, vec![0; length]);
        }
    }
}
