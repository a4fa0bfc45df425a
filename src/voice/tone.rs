//! A voice for tests: a short tone for each word, without any engine.
//!
//! A word's pitch comes from its letters and, apart from them, from its tone mark; its length from the
//! number of its letters. So a test can tell which words were spoken, in which order, how fast.

use unicode_normalization::UnicodeNormalization;

use super::{Description, Error, Voice, edge};
use crate::model::{Lang, Pcm, Speed, SpokenSound, VoiceId};

/// Samples a second, those of eSpeak NG.
const RATE: u32 = 22_050;
/// A word's length at speed 1, in milliseconds: so much, and so much for each letter.
const WORD_MS: f64 = 60.0;
/// See [`WORD_MS`].
const LETTER_MS: f64 = 20.0;
/// The silence between words, in milliseconds at speed 1.
const GAP_MS: f64 = 20.0;
/// The time in which a tone rises and falls, in milliseconds: without it, it would click.
const SLOPE_MS: f64 = 5.0;
/// A quarter of full scale.
const LOUDNESS: f64 = 8_000.0;
/// The five marks of Vietnamese tones, decomposed: grave, acute, hook above, tilde, dot below.
const MARKS: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];

/// The test voice.
pub(super) struct Tone {
    description: Description,
}

impl Tone {
    /// Makes the test voice.
    pub(super) fn new() -> Self {
        Self {
            description: Description {
                id: VoiceId::parse("tone").expect("it has the shape of a name"),
                name: "Test tone".into(),
                lang: Lang::parse("mul").expect("it has the shape of a tag"),
                region: None,
                gender: None,
                engine: "tone".into(),
                licence: Some("CC0-1.0".into()),
                source: None,
                sample: None,
            },
        }
    }
}

impl Voice for Tone {
    fn description(&self) -> &Description {
        &self.description
    }

    fn version(&self) -> &str {
        "tone 1"
    }

    fn rate(&self) -> u32 {
        RATE
    }

    fn is_quick(&self) -> bool {
        true
    }

    fn speak(&self, text: &str, speed: Speed) -> Result<SpokenSound, Error> {
        let mut samples = vec![0; edge(RATE)];
        let mut words = Vec::new();
        for (place, word) in words_of(text) {
            words.push((place, samples.len() as u64));
            samples.extend(tone(word, speed));
            samples.resize(samples.len() + length(GAP_MS / speed.times()), 0);
        }
        samples.resize(samples.len() + edge(RATE), 0);
        if words.is_empty() {
            samples.clear();
        }
        Ok(SpokenSound {
            pcm: Pcm {
                rate: RATE,
                samples,
            },
            words,
        })
    }
}

/// Finds the words: what stands between spaces and has a letter or a digit, from the first of these on.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let places = text
        .split_inclusive(char::is_whitespace)
        .scan(0, |next, word| {
            let place = *next;
            *next += word.len();
            Some((place, word))
        });
    places.filter_map(|(place, word)| {
        let first = word.find(char::is_alphanumeric)?;
        Some((place + first, word[first..].trim_end()))
    })
}

fn tone(word: &str, speed: Speed) -> impl Iterator<Item = i16> {
    let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let samples = length((WORD_MS + LETTER_MS * letters as f64) / speed.times());
    let turn = std::f64::consts::TAU * pitch_hz(word) / f64::from(RATE);
    let slope = length(SLOPE_MS);
    (0..samples).map(move |n| {
        let from_ends = n.min(samples - n).min(slope);
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "a second has 22,050 samples, and none is louder than LOUDNESS"
        )]
        let sample = (LOUDNESS * from_ends as f64 / slope as f64 * (turn * n as f64).sin()) as i16;
        sample
    })
}

/// Returns 200 to 700 Hz: a step for each tone, and between the steps a place for each word.
fn pitch_hz(word: &str) -> f64 {
    let mark_of = |letter: char| MARKS.iter().position(|mark| *mark == letter);
    let tone = word.nfd().find_map(mark_of).map_or(0, |mark| mark + 1);
    let toneless = word.nfd().filter(|letter| mark_of(*letter).is_none());
    let hash = toneless.fold(5_381_u32, |hash, letter| {
        hash.wrapping_mul(33) ^ u32::from(letter)
    });
    #[expect(clippy::cast_precision_loss, reason = "at most 5")]
    let steps = tone as f64;
    200.0 + 80.0 * steps + f64::from(hash % 80)
}

fn length(ms: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of a second"
    )]
    let samples = (ms * f64::from(RATE) / 1_000.0) as usize;
    samples
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speak(text: &str, times: f64) -> SpokenSound {
        let speed = Speed::from_times(times).expect("a speed");
        Tone::new().speak(text, speed).expect("it cannot fail")
    }

    #[test]
    fn each_word_begins_where_the_voice_says() {
        let text = "Một, “hai” — ba!";
        let sound = speak(text, 1.0);
        let places: Vec<_> = sound.words.iter().map(|(place, _)| *place).collect();
        let expected = ["Một", "hai", "ba"].map(|word| text.find(word).expect("it is there"));
        assert_eq!(places, expected);
        for (_, sample) in &sound.words {
            let begin = usize::try_from(*sample).expect("short");
            assert!(
                sound.pcm.samples[begin - 100..=begin]
                    .iter()
                    .all(|s| *s == 0)
            );
            assert!(
                sound.pcm.samples[begin + 200..begin + 300]
                    .iter()
                    .any(|s| *s != 0)
            );
        }
    }

    #[test]
    fn the_six_tones_have_six_pitches() {
        let mut pitches: Vec<_> = ["ma", "mà", "má", "mả", "mã", "mạ"].map(pitch_hz).into();
        pitches.sort_by(f64::total_cmp);
        assert!(pitches.windows(2).all(|pair| pair[1] - pair[0] > 50.0));
        assert_eq!(pitch_hz("mà"), pitch_hz("ma\u{300}"));
    }

    #[test]
    fn twice_the_speed_is_half_the_length() {
        let edges = 2 * edge(RATE);
        let length = |times| speak("nhanh lên nào", times).pcm.samples.len() - edges;
        assert!(length(2.0).abs_diff(length(1.0) / 2) < 10);
    }

    #[test]
    fn nothing_to_say_is_no_sound() {
        for text in ["", " ", "…?!"] {
            assert!(speak(text, 1.0).pcm.samples.is_empty());
        }
    }
}
