//! Decoded length, marks and captions tell one time, in every form, at every speed, from every place.

use crate::ear::{heard, heard_all, seconds};
use crate::stage::{FORMS, Mark, stage};

/// The most by which times may differ, in seconds.
const AGREES: f64 = 0.050;

#[test]
fn from_every_utterance_every_form_is_decoded_without_a_warning_to_the_length_that_the_marks_tell()
{
    let stage = stage();
    let mut most: f64 = 0.0;
    for form in FORMS {
        let marks = stage.marks(form, "");
        let begins: Vec<&Mark> = marks.iter().filter(|mark| !mark.is_word).collect();
        assert!(begins.len() >= 8, "{} utterances", begins.len());
        let from = |begin: &&Mark| stage.sound(form, &format!("&from={}", begin.id));
        let sounds: Vec<_> = begins.iter().map(from).collect();
        let lengths: Vec<f64> = heard_all(form, &sounds)
            .iter()
            .map(|s| seconds(s))
            .collect();
        for (begin, length) in begins.iter().zip(&lengths) {
            let apart = (lengths[0] - begin.seconds - length).abs();
            assert!(apart < AGREES, "{form:?} from {}: {apart} s", begin.id);
            most = most.max(apart);
        }
    }
    println!(
        "sound from an utterance and its mark differ by {:.1} ms at most",
        most * 1e3
    );
}

#[test]
fn length_last_mark_and_last_caption_agree_at_every_speed() {
    let stage = stage();
    let mut most: f64 = 0.0;
    for form in FORMS {
        for speed in ["0.5", "1", "2.5"] {
            let more = format!("&speed={speed}");
            let length = seconds(&heard(form, &stage.sound(form, &more)));
            let marks = stage.marks(form, &more);
            let sentence = marks
                .iter()
                .rfind(|mark| !mark.is_word)
                .expect("a sentence");
            let word = marks.iter().rfind(|mark| mark.is_word).expect("a word");
            let captions = stage.captions(form, &more);
            let (begins, ends) = *captions.last().expect("a cue");
            for apart in [(length - ends).abs(), (sentence.seconds - begins).abs()] {
                assert!(apart < AGREES, "{form:?} {speed}: {apart} s");
                most = most.max(apart);
            }
            assert!(
                (begins..ends).contains(&word.seconds),
                "{form:?} {speed}: {word:?} is not in {begins}..{ends}"
            );
        }
    }
    println!(
        "length, marks and captions differ by {:.1} ms at most",
        most * 1e3
    );
}

#[test]
fn from_a_block_on_one_hears_what_is_heard_from_its_first_sentence_on() {
    let stage = stage();
    let form = FORMS[2];
    let marks = stage.marks(form, "");
    let sentences = || marks.iter().filter(|mark| !mark.is_word);
    for (block, begins) in [("b2", "Giữ chợ"), ("b3", "Theo ông"), ("b4", "Mở lớp")] {
        let first = sentences().find(|mark| mark.value.starts_with(begins));
        let id = &first.expect("a sentence of the block").id;
        let (by_block, by_name) = (format!("&from={block}"), format!("&from={id}"));
        assert!(
            stage.sound(form, &by_block) == stage.sound(form, &by_name),
            "{block}, {id}"
        );
    }
    for nowhere in ["b99", "b", "b-1", "4"] {
        let path = stage.sound_path(form, &format!("&from={nowhere}"));
        assert_eq!(stage.get(&path, &[]).status, 400, "{nowhere}");
    }
}
