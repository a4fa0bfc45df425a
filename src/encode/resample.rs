//! Brings sound from one rate to another, the same to the last bit on every machine.
//!
//! A polyphase filter with whole numbers only: libraries made for this choose their arithmetic by the
//! processor they meet, and round differently on the next. A voice's rate and an encoder's are small
//! ratios (22.05 to 24 kHz is 160 to 147), so each output sample has one of a few fixed filters, which
//! is the part of one windowed sinc that falls on the input's samples. It delays nothing: output `n`
//! is the sound at the time `n / to`.
//!
//! Source: Crochiere and Rabiner, Multirate Digital Signal Processing (1983), chapter 4.

use std::f64::consts::PI;

/// Bits behind the point in the filters' whole numbers.
const FRACTION: u32 = 14;
/// One in these numbers: the sum of each filter.
const ONE: i32 = 1 << FRACTION;
/// Zero crossings of the sinc to each side.
const CROSSINGS: usize = 16;
/// Where the filter begins to fall, as a part of the lower rate's band.
const CUTOFF: f64 = 0.94;

/// Brings sound from one rate to another.
#[derive(Clone, Debug)]
pub(super) struct Resampler {
    up: usize,
    down: usize,
    reach: usize,
    filters: Vec<i16>,
}

/// Returns how many samples so many of them become.
pub(super) fn resampled_length(samples: u64, from: u32, to: u32) -> u64 {
    (samples * u64::from(to)).div_ceil(u64::from(from.max(1)))
}

impl Resampler {
    /// Takes both rates, neither zero.
    pub(super) fn new(from: u32, to: u32) -> Self {
        let shared = gcd(from, to);
        let (up, down) = ((to / shared) as usize, (from / shared) as usize);
        let reach = (CROSSINGS * down.max(up)).div_ceil(up);
        let filters = (0..up).flat_map(|phase| filter(phase, up, down, reach));
        Self {
            filters: filters.collect(),
            up,
            down,
            reach,
        }
    }

    /// Returns the sound at the other rate; before it and after it is silence.
    pub(super) fn run(&self, sound: &[i16]) -> Vec<i16> {
        let taps = 2 * self.reach;
        let mut padded = vec![0; sound.len() + taps];
        padded[self.reach - 1..][..sound.len()].copy_from_slice(sound);
        let length = (sound.len() * self.up).div_ceil(self.down);
        let (mut at, mut phase) = (0, 0);
        let mut out = Vec::with_capacity(length);
        for _ in 0..length {
            let filter = &self.filters[phase * taps..][..taps];
            out.push(clipped(weigh(&padded[at..at + taps], filter)));
            phase += self.down;
            at += phase / self.up;
            phase %= self.up;
        }
        out
    }
}

/// Returns the sum of samples by their weights.
pub(super) fn weigh(samples: &[i16], weights: &[i16]) -> i32 {
    let pairs = samples.iter().zip(weights);
    let sum: i32 = pairs.map(|(s, w)| i32::from(*s) * i32::from(*w)).sum();
    (sum + ONE / 2) >> FRACTION
}

fn clipped(sample: i32) -> i16 {
    i16::try_from(sample).unwrap_or(if sample < 0 { i16::MIN } else { i16::MAX })
}

/// Returns the weights of the `2 * reach` samples around an output sample that lies `phase / up`
/// behind the `reach`th of them. They sum up to [`ONE`], so that no phase is louder than another.
pub(super) fn filter(phase: usize, up: usize, down: usize, reach: usize) -> Vec<i16> {
    let band = CUTOFF * (real(up) / real(down)).min(1.0);
    let width = real(reach);
    let exact = (0..2 * reach).map(|tap| {
        let distance = real(tap) - (width - 1.0) - real(phase) / real(up);
        band * sinc(band * distance) * window(distance / width)
    });
    let mut weights: Vec<i32> = exact.map(|weight| whole(weight * f64::from(ONE))).collect();
    let missing = ONE - weights.iter().sum::<i32>();
    weights[reach - 1] += missing;
    let fits = |weight| i16::try_from(weight).expect("a weight is about one at most");
    weights.into_iter().map(fits).collect()
}

fn sinc(x: f64) -> f64 {
    if x == 0.0 {
        return 1.0;
    }
    (PI * x).sin() / (PI * x)
}

/// Blackman's window over -1 to 1.
fn window(x: f64) -> f64 {
    0.42 + 0.5 * (PI * x).cos() + 0.08 * (2.0 * PI * x).cos()
}

#[expect(clippy::cast_precision_loss, reason = "some hundreds at most")]
fn real(number: usize) -> f64 {
    number as f64
}

#[expect(clippy::cast_possible_truncation, reason = "within 15 bits")]
fn whole(number: f64) -> i32 {
    number.round() as i32
}

fn gcd(a: u32, b: u32) -> u32 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
