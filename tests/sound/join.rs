//! No click where segments join: the sound moves less from sample to sample there than it does inside.

use crate::ear::{RATE, heard, sample_at};
use crate::stage::{FORMS, stage};

/// Seconds around a join in which a click would be. Further away a codec may already let the next
/// sound be heard a little before it begins.
const AROUND: f64 = 0.010;
/// Samples of a stretch for which the steepest step is taken: 10 ms.
const STRETCH: usize = RATE as usize / 100;

/// The largest step from one sample to the next.
fn steepest(sound: &[i16]) -> u32 {
    let steps = sound
        .windows(2)
        .map(|pair| i32::from(pair[1]) - i32::from(pair[0]));
    steps.map(i32::unsigned_abs).max().unwrap_or(0)
}

#[test]
fn no_click_is_heard_where_segments_join() {
    let stage = stage();
    for form in FORMS {
        let sound = heard(form, &stage.sound(form, ""));
        let marks = stage.marks(form, "");
        let joins = marks
            .iter()
            .filter(|mark| !mark.is_word && mark.seconds > 0.0);
        let around = |seconds: f64| {
            let (from, to) = (sample_at(seconds - AROUND), sample_at(seconds + AROUND));
            steepest(&sound[from..to.min(sound.len())])
        };
        let at_joins = joins.map(|mark| around(mark.seconds)).max().expect("joins");
        let mut inside: Vec<u32> = sound.chunks(STRETCH).map(steepest).collect();
        inside.sort_unstable();
        let usual = inside[inside.len() / 2];
        println!("{form:?}: steps of {at_joins} at joins, of {usual} in half of all stretches");
        assert!(
            at_joins < usual / 4,
            "{form:?}: {at_joins} at a join, {usual} inside"
        );
    }
}
