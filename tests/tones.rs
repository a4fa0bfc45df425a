//! Vietnamese is its tones: ma (ghost), má (mother), mà (but), mả (grave), mã (horse), mạ (seedling).
//!
//! An engine without tones passes every check of letters and phonemes, so this listens to the sound:
//! the pitch of each syllable must move as its tone does.

use std::path::PathBuf;

use loa::model::{Pcm, Speed, VoiceId};
use loa::voice::{Catalogue, Settings};

const SYLLABLES: [&str; 6] = ["ma", "má", "mà", "mả", "mã", "mạ"];
/// A voice that speaks lies between these.
const LOWEST_HZ: f64 = 55.0;
const HIGHEST_HZ: f64 = 280.0;
/// How alike a wave and its next period must be to have a pitch at all.
const VOICED: f64 = 0.6;
/// Places at which contours are compared.
const PLACES: usize = 8;

/// Lets a voice say each syllable.
fn said_by(voice: &str) -> Vec<Pcm> {
    let catalogue = Catalogue::open(&Settings {
        program: PathBuf::from(env!("CARGO_BIN_EXE_loa")),
        ..Settings::default()
    });
    let id = VoiceId::parse(voice).expect("the shape of a name");
    let voice = catalogue.named(&id).expect("a built-in voice");
    let say = |syllable: &&str| voice.speak(syllable, Speed::default());
    let sounds: Result<Vec<_>, _> = SYLLABLES.iter().map(say).collect();
    let sounds = sounds.expect("libespeak-ng must be installed for the tests (see ./run test)");
    sounds.into_iter().map(|sound| sound.pcm).collect()
}

/// Returns the pitch of a stretch of sound by autocorrelation: the lag at which it is most like
/// itself, where it is enough so. The first such peak is taken, not a multiple of it.
fn pitch_hz(sound: &[i16], rate: f64) -> Option<f64> {
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
fn contour(pcm: &Pcm) -> Vec<f64> {
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
fn check_apart(contours: &[Vec<f64>], semitones: f64) {
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

#[test]
fn the_six_tones_are_six_sounds_in_every_region() {
    for voice in ["vi-north", "vi-central", "vi-south"] {
        let sounds = said_by(voice);
        for (n, sound) in sounds.iter().enumerate() {
            assert!(!sounds[..n].contains(sound), "{voice}: {}", SYLLABLES[n]);
        }
    }
}

#[test]
fn the_six_tones_are_six_melodies() {
    for (voice, semitones) in [("vi-north", 1.0), ("vi-south", 0.5)] {
        let contours: Vec<_> = said_by(voice).iter().map(contour).collect();
        check_apart(&contours, semitones);
    }
}

#[test]
fn each_northern_tone_moves_as_it_should() {
    let contours: Vec<_> = said_by("vi-north").iter().map(contour).collect();
    let middle = |contour: &[f64]| contour[4].min(contour[5]);
    let [level, rising, falling, dipping, broken, heavy] = contours.try_into().expect("six tones");
    let end = PLACES - 1;
    let moves = [
        ("má rises", rising[end] - rising[0] > 3.0),
        ("mà falls", falling[3] - falling[end] > 1.0),
        ("mà is low", falling[end] < level[end] - 1.5),
        ("mả dips", dipping[3] - middle(&dipping) > 1.5),
        ("mả rises again", dipping[end] - middle(&dipping) > 1.5),
        ("mã is high", broken[end] > level[end] + 2.0),
        ("mã breaks and rises", broken[end] - middle(&broken) > 1.5),
        ("mạ falls", heavy[3] - heavy[end] > 1.0),
        ("mạ is low", heavy[end] < level[end] - 1.0),
    ];
    for (what, is_heard) in moves {
        assert!(is_heard, "{what}");
    }
}

#[test]
fn the_pitch_tracker_hears_a_pitch_that_is_known() {
    for hz in [60.0, 100.0, 173.0, 250.0] {
        let wave = |n: i32| {
            let turn = f64::from(n) * hz / 22_050.0;
            (9_000.0 * (2.0 * (turn.fract()) - 1.0)) as i16
        };
        let sound: Vec<i16> = (0..1_000).map(wave).collect();
        let heard = pitch_hz(&sound, 22_050.0).expect("a saw-tooth has a pitch");
        assert!((heard / hz - 1.0).abs() < 0.02, "{heard} for {hz}");
    }
    assert_eq!(pitch_hz(&[0; 1_000], 22_050.0), None);
}
