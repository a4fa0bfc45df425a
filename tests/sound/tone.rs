//! The six tones of Vietnamese are still heard after every codec.

use loa::model::Pcm;

use crate::common::client::post;
use crate::common::pitch::{PLACES, SYLLABLES, check_apart, check_northern, contour};
use crate::ear::{RATE, heard, sample_at};
use crate::stage::{FORMS, Form, Stage, marks, stage};

/// What codecs may take of the semitones by which two tones differ.
const APART: f64 = 1.0;

/// Pastes a text and returns the name under which it is heard.
fn pasted(stage: &Stage, text: &str) -> String {
    let answer = post(stage.server(), "/read", &[], &[("text", text)]);
    let page = answer.text();
    let (_, rest) = page.split_once("audio.mp3?url=").expect("a player");
    let name = rest.split(['&', '"']).next().expect("an address");
    name.replace("%3A", ":")
}

/// Lets a form say each syllable.
fn said(stage: &Stage, name: &str, form: Form) -> Vec<Pcm> {
    let view = |view: &str| stage.get(&stage.path_of(name, view, form, "&voice=vi-north"), &[]);
    let sound = heard(form, &view(&format!("audio.{}", form.extension)).body);
    let marks = marks(&view("marks.ndjson").text());
    let begins: Vec<_> = marks.iter().filter(|mark| !mark.is_word).collect();
    let of = |syllable: &&str| {
        let is_it = |value: &str| value.to_lowercase().trim_end_matches('.') == *syllable;
        let at = begins
            .iter()
            .position(|mark| is_it(&mark.value))
            .expect("a syllable");
        let end = begins
            .get(at + 1)
            .map_or(sound.len(), |next| sample_at(next.seconds));
        Pcm {
            rate: RATE,
            samples: sound[sample_at(begins[at].seconds)..end].to_vec(),
        }
    };
    SYLLABLES.iter().map(of).collect()
}

#[test]
fn the_six_tones_survive_every_codec() {
    let stage = stage();
    let text = SYLLABLES
        .map(|syllable| format!("{syllable}.\n\n"))
        .concat();
    let name = pasted(&stage, &format!("Sáu thanh của một tiếng.\n\n{text}"));
    let contours =
        |form| -> Vec<Vec<f64>> { said(&stage, &name, form).iter().map(contour).collect() };
    let before = contours(FORMS[0]);
    for form in FORMS {
        let after = contours(form);
        let pairs = before.iter().flatten().zip(after.iter().flatten());
        let moved: f64 = pairs.map(|(one, other)| (one - other).abs()).sum();
        let mean = moved / (PLACES * SYLLABLES.len()) as f64;
        println!("{form:?}: contours moved by {mean:.2} semitones");
        check_apart(&after, APART);
        check_northern(&after);
    }
}
