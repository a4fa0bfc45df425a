//! How loud a sound is.
//!
//! Sources: ITU-R BS.1770-5 (weighting, gating); its filters for any rate by the analogue ones behind them, with
//! the constants of libebur128.

use std::f64::consts::PI;

/// A block, and the step from one to the next, in parts of a second: 400 ms, overlapping by three quarters.
const BLOCK_STEPS: usize = 4;
const STEPS_A_SECOND: usize = 10;
/// Blocks below this do not count, in LUFS; nor those so much below the mean of the rest, as a factor: 10 dB.
const SILENCE_LUFS: f64 = -70.0;
const BELOW_MEAN: f64 = 0.1;

/// A filter of second order, in its direct form.
struct Filter {
    input: [f64; 3],
    output: [f64; 2],
    past: [f64; 2],
}

impl Filter {
    /// The head's shadow: about four decibels more above 2 kHz.
    fn shelf(rate: f64) -> Self {
        let (gain, quality) = (3.999_843_853_973_347, 0.707_175_236_955_419_6);
        let k = (PI * 1_681.974_450_955_533 / rate).tan();
        let high = 10f64.powf(gain / 20.0);
        let band = high.powf(0.499_666_774_154_541_6);
        let all = 1.0 + k / quality + k * k;
        Self {
            input: [
                (high + band * k / quality + k * k) / all,
                2.0 * (k * k - high) / all,
                (high - band * k / quality + k * k) / all,
            ],
            output: [2.0 * (k * k - 1.0) / all, (1.0 - k / quality + k * k) / all],
            past: [0.0; 2],
        }
    }

    /// Nothing below the voice.
    fn high_pass(rate: f64) -> Self {
        let quality = 0.500_327_037_323_877_3;
        let k = (PI * 38.135_470_876_024_44 / rate).tan();
        let all = 1.0 + k / quality + k * k;
        Self {
            input: [1.0, -2.0, 1.0],
            output: [2.0 * (k * k - 1.0) / all, (1.0 - k / quality + k * k) / all],
            past: [0.0; 2],
        }
    }

    fn next(&mut self, sample: f64) -> f64 {
        let within = sample - self.output[0] * self.past[0] - self.output[1] * self.past[1];
        let given =
            self.input[0] * within + self.input[1] * self.past[0] + self.input[2] * self.past[1];
        self.past = [within, self.past[0]];
        given
    }
}

/// Returns the loudness of a sound in LUFS, 1 being full scale; none where it is silent.
pub(super) fn lufs(samples: &[f32], rate: u32) -> Option<f64> {
    let mut filters = [
        Filter::shelf(f64::from(rate)),
        Filter::high_pass(f64::from(rate)),
    ];
    let weigh = |sample: &f32| {
        let each = filters.iter_mut();
        each.fold(f64::from(*sample), |sample, filter| filter.next(sample))
            .powi(2)
    };
    let squares: Vec<f64> = samples.iter().map(weigh).collect();
    let step = (rate as usize / STEPS_A_SECOND).max(1);
    let steps: Vec<f64> = squares.chunks(step).map(mean).collect();
    let blocks = steps.windows(BLOCK_STEPS.min(steps.len()).max(1)).map(mean);
    let audible = |block: &f64| loudness(*block) > SILENCE_LUFS;
    let blocks: Vec<f64> = blocks.filter(audible).collect();
    let gate = mean(&blocks) * BELOW_MEAN;
    let loud: Vec<f64> = blocks.into_iter().filter(|block| *block > gate).collect();
    (!loud.is_empty()).then(|| loudness(mean(&loud)))
}

fn loudness(square: f64) -> f64 {
    -0.691 + 10.0 * square.log10()
}

#[expect(clippy::cast_precision_loss, reason = "a sound has few blocks")]
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hertz: f64, level: f64, rate: u32, seconds: usize) -> Vec<f32> {
        let turn = 2.0 * PI * hertz / f64::from(rate);
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        let sample = |n: usize| (level * (turn * n as f64).sin()) as f32;
        (0..rate as usize * seconds).map(sample).collect()
    }

    /// BS.1770: a tone of 997 Hz at full scale has -3.01 LUFS, at any rate, beside any silence.
    #[test]
    fn a_known_tone_has_its_known_loudness() {
        for rate in [16_000, 22_050, 48_000] {
            let mut sound = tone(997.0, 1.0, rate, 2);
            let loud = lufs(&sound, rate).expect("it sounds");
            assert!((loud + 3.01).abs() < 0.05, "{loud} at {rate}");
            sound.extend(vec![0.0; rate as usize * 5]);
            let beside_silence = lufs(&sound, rate).expect("it sounds");
            assert!((beside_silence + 3.01).abs() < 0.6, "{beside_silence}");
        }
        let soft = lufs(&tone(997.0, 0.1, 22_050, 1), 22_050).expect("it sounds");
        assert!((soft + 23.01).abs() < 0.05, "{soft}");
        assert_eq!(lufs(&[0.0; 22_050], 22_050), None);
        assert_eq!(lufs(&[], 22_050), None);
    }
}
