//! A word is heard where its mark says, after every codec.
//!
//! WAV holds the engine's samples as they are, and its marks the engine's own events. So what is heard
//! of a word there is looked for around its mark in each other form, by cross-correlation.

use crate::ear::{RATE, heard, sample_at};
use crate::stage::{FORMS, Mark, form, stage};

/// The most by which a word may be early or late, in seconds.
const ALLOWED: f64 = 0.020;
/// How far around its mark a word is looked for, and how much of it.
const SEARCHED: f64 = 0.045;
const WORD: f64 = 0.350;
/// Samples of which the mean is taken before sounds are compared: 0.3 ms, which is fine enough.
const COARSER: usize = 6;
/// How alike the two must be at their best.
const ALIKE: f64 = 0.7;

fn coarser(sound: &[i16]) -> Vec<f64> {
    let mean = |few: &[i16]| few.iter().map(|s| f64::from(*s)).sum::<f64>();
    sound.chunks_exact(COARSER).map(mean).collect()
}

fn likeness(one: &[f64], other: &[f64]) -> f64 {
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    product(one, other) / (product(one, one) * product(other, other)).sqrt().max(1.0)
}

/// Returns by how many seconds a word comes after its mark, and how alike it is there.
fn delay(said: &[f64], at: f64, heard: &[f64], mark: f64) -> Option<(f64, f64)> {
    let place = |seconds: f64| sample_at(seconds) / COARSER;
    let word = said.get(place(at)..place(at + WORD))?;
    let first = place(mark).checked_sub(place(SEARCHED))?;
    let around = heard.get(first..place(mark) + place(SEARCHED) + word.len())?;
    let each = around
        .windows(word.len())
        .map(|there| likeness(word, there));
    let (best, alike) = each.enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let step = COARSER as f64 / f64::from(RATE);
    Some((best as f64 * step - place(SEARCHED) as f64 * step, alike))
}

#[test]
fn words_are_heard_where_their_marks_are_after_every_codec() {
    let stage = stage();
    let wav = form("wav", "usual");
    let words = |marks: Vec<Mark>| marks.into_iter().filter(|mark| mark.is_word);
    let events: Vec<Mark> = words(stage.marks(wav, "")).collect();
    let said = coarser(&heard(wav, &stage.sound(wav, "")));
    for form in FORMS {
        let heard = coarser(&heard(form, &stage.sound(form, "")));
        let (mut most, mut compared): (f64, usize) = (0.0, 0);
        for (event, mark) in events.iter().zip(words(stage.marks(form, ""))).step_by(4) {
            assert_eq!(event.value, mark.value);
            let found = delay(&said, event.seconds, &heard, mark.seconds);
            let Some((late, alike)) = found.filter(|_| event.value.chars().count() > 1) else {
                continue;
            };
            assert!(alike > ALIKE, "{form:?} {}: alike by {alike}", mark.value);
            assert!(late.abs() < ALLOWED, "{form:?} {}: {late} s", mark.value);
            most = most.max(late.abs());
            compared += 1;
        }
        assert!(compared > 20, "{form:?}: only {compared} words");
        println!(
            "{form:?}: {compared} words within {:.1} ms of their marks",
            most * 1e3
        );
    }
}
