//! Vietnamese is its tones: ma (ghost), má (mother), mà (but), mả (grave), mã (horse), mạ (seedling).
//!
//! An engine without tones passes every check of letters and phonemes, so this listens to the sound:
//! the pitch of each syllable must move as its tone does.

mod common;

use std::path::PathBuf;

use common::pitch::{SYLLABLES, check_apart, check_northern, contour, pitch_hz};
use loa::model::{Pcm, Speed, VoiceId};
use loa::voice::{Catalogue, Settings};

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
    check_northern(&contours);
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
