//! The pitch of a syllable, measured: Vietnamese is its tones.
//!
//! ma (ghost), má (mother), mà (but), mả (grave), mã (horse), mạ (seedling).

use loa::model::Pcm;

pub const SYLLABLES: [&str; 6] = ["ma", "má", "mà", "mả", "mã", "mạ"];
/// A voice that speaks lies between these.
const LOWEST_HZ: f64 = 55.0;
const HIGHEST_HZ: f64 = 280.0;
/// How alike a wave and its next period must be to have a pitch at all.
const VOICED: f64 = 0.6;
/// Places at which contours are compared.
pub const PLACES: usize = 8;

/// Returns the pitch of a stretch of sound by autocorrelation: the lag at which it is most like
/// itself, where it is enough so. The first such peak is taken, not a multiple of it.
pub fn pitch_hz(sound: &[i16], rate: f64) -> Option<f64> {
    let shortest = (rate / HIGHEST_HZ) as usize;
    let longest = (rate / LOWEST_HZ) as usize;
    let samples: Vec<f64> = sound.iter().map(|s| f64::from(*s)).collect();
    let mut energy = vec![0.0]; // of the first so many samples
    for sample in &samples {
        energy.push(energy[energy.len() - 1] + sample * sample);
    }
    let all_energy = energy[samples.len()];
    let likeness = |lag: usize| {
        let pairs = samples.iter().zip(&samples[lag..]);
        let product: f64 = pairs.map(|(one, other)| one * other).sum();
        let energies = energy[samples.len() - lag] * (all_energy - energy[lag]);
        product / energies.sqrt().max(1.0)
    };
    let all: Vec<f64> = (shortest..longest).map(likeness).collect();
    let best = all.iter().copied().fold(0.0, f64::max);
    let peak = all
        .windows(3)
        .position(|w| w[1] >= w[0] && w[1] >= w[2] && w[1] > 0.92 * best)?;
    (best > VOICED).then(|| rate / (shortest + peak + 1) as f64)
}

/// Returns the pitch in semitones above 100 Hz at evenly spaced places of what is voiced.
pub fn contour(pcm: &Pcm) -> Vec<f64> {
    let rate = f64::from(pcm.rate);
    let (window, hop) = ((rate * 0.045) as usize, (rate * 0.02) as usize);
    let pitches: Vec<f64> = pcm
        .samples
        .windows(window)
        .step_by(hop)
        .filter(|w| w.iter().any(|s| s.unsigned_abs() > 1_500))
        .filter_map(|w| pitch_hz(w, rate))
        .map(|hz| 12.0 * (hz / 100.0).log2())
        .collect();
    assert!(
        pitches.len() > PLACES,
        "only {} voiced places",
        pitches.len()
    );
    (0..PLACES)
        .map(|n| pitches[n * (pitches.len() - 1) / (PLACES - 1)])
        .collect()
}

/// Every two contours must be so many semitones apart somewhere.
#[track_caller]
pub fn check_apart(contours: &[Vec<f64>], semitones: f64) {
    for (n, one) in contours.iter().enumerate() {
        for (m, other) in contours.iter().enumerate().skip(n + 1) {
            let apart = one.iter().zip(other).map(|(a, b)| (a - b).abs());
            let most = apart.fold(0.0, f64::max);
            let (a, b) = (SYLLABLES[n], SYLLABLES[m]);
            assert!(
                most > semitones,
                "{a} {one:.1?} is heard as {b} {other:.1?}"
            );
        }
    }
}

/// Each tone as a speaker of the north says it must move as it should.
#[track_caller]
pub fn check_northern(contours: &[Vec<f64>]) {
    let middle = |contour: &[f64]| contour[4].min(contour[5]);
    let [level, rising, falling, dipping, broken, heavy] = contours else {
        panic!("six tones");
    };
    let end = PLACES - 1;
    let moves = [
        ("má rises", rising[end] - rising[0] > 3.0),
        ("mà falls", falling[3] - falling[end] > 1.0),
        ("mà is low", falling[end] < level[end] - 1.5),
        ("mả dips", dipping[3] - middle(dipping) > 1.5),
        ("mả rises again", dipping[end] - middle(dipping) > 1.5),
        ("mã is high", broken[end] > level[end] + 2.0),
        ("mã breaks and rises", broken[end] - middle(broken) > 1.5),
        ("mạ falls", heavy[3] - heavy[end] > 1.0),
        ("mạ is low", heavy[end] < level[end] - 1.0),
    ];
    for (what, is_heard) in moves {
        assert!(is_heard, "{what}");
    }
}
