//! No codec makes a noise that the voice did not make.

use crate::ear::{heard, sample_at};
use crate::stage::{FORMS, Mark, form, stage};

/// Samples of a moment: 10 ms.
const MOMENT: usize = 220;
/// What is softer than this (root mean square) is heard as silence beside speech.
const SOFT: f64 = 600.0;
/// How many times as strong as all that is said around it a moment may be.
const TIMES: f64 = 2.5;

fn strength(sound: &[i16]) -> f64 {
    let squares = sound.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>();
    (squares / sound.len().max(1) as f64).sqrt()
}

/// The sound of each sentence, as the strength of its moments.
fn sentences(sound: &[i16], marks: &[Mark]) -> Vec<Vec<f64>> {
    let begins = marks.iter().filter(|mark| !mark.is_word);
    let mut cuts: Vec<usize> = begins.map(|mark| sample_at(mark.seconds)).collect();
    cuts.push(sound.len());
    let each = cuts.windows(2).map(|cut| &sound[cut[0]..cut[1]]);
    each.map(|one| one.chunks(MOMENT).map(strength).collect())
        .collect()
}

#[test]
fn no_codec_makes_a_noise_that_the_voice_did_not_make() {
    let stage = stage();
    for voice in ["vi-south", "vi-central"] {
        let more = format!("&voice={voice}");
        let moments = |form| {
            let sound = heard(form, &stage.sound(form, &more));
            sentences(&sound, &stage.marks(form, &more))
        };
        let said = moments(form("wav", "usual"));
        for form in FORMS.into_iter().filter(|form| form.extension != "webm") {
            let mut most: f64 = 0.0;
            for (said, heard) in said.iter().zip(moments(form)) {
                for (at, heard) in heard.into_iter().enumerate() {
                    let around = said.iter().take(at + 3).skip(at.saturating_sub(2));
                    let around = around.copied().fold(SOFT, f64::max);
                    most = most.max(heard / around);
                }
            }
            println!("{voice} {form:?}: {most:.1} times what was said at most");
            assert!(most < TIMES, "{voice} {form:?}: {most}");
        }
    }
}
