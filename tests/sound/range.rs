//! Ranges put together are the whole: before anybody heard it and after, in every form, wherever cut.

use crate::ear::sample_at;
use crate::stage::{FORMS, Form, Stage, stage};

/// Lengths of ranges, taken in turn; no two neighbours have a common divisor with any frame or page.
const LENGTHS: [usize; 7] = [1, 2, 4_099, 17, 30_011, 997, 65_537];

/// Asks for a part, and returns the length of the whole and the part's bytes.
#[track_caller]
fn part(stage: &Stage, path: &str, range: &str) -> (usize, Vec<u8>) {
    let answer = stage.get(path, &[("range", &format!("bytes={range}"))]);
    assert_eq!(answer.status, 206, "{path} {range}");
    let told = answer.header("content-range").expect("where it lies");
    let (place, whole) = told.rsplit_once('/').expect("of how many");
    if !range.starts_with('-') && !range.ends_with('-') {
        assert_eq!(place, format!("bytes {range}"));
    }
    (whole.parse().expect("a number"), answer.body)
}

/// Asks for ranges from the beginning to the end and puts them together.
fn stitched(stage: &Stage, path: &str, length: usize) -> Vec<u8> {
    let mut all = Vec::with_capacity(length);
    let mut lengths = LENGTHS.into_iter().cycle();
    while all.len() < length {
        let to = (all.len() + lengths.next().expect("a cycle")).min(length);
        all.extend(part(stage, path, &format!("{}-{}", all.len(), to - 1)).1);
    }
    all
}

/// Every form, each at a speed at which nobody has heard it yet.
fn unheard(first: u32) -> impl Iterator<Item = (Form, String)> {
    let speed = move |number: usize| format!("&speed=1.{}", first as usize + number);
    FORMS
        .into_iter()
        .enumerate()
        .map(move |(n, form)| (form, speed(n)))
}

#[test]
fn ranges_of_what_nobody_has_heard_are_put_together_to_the_whole() {
    let stage = stage();
    for (form, speed) in unheard(10) {
        let path = stage.sound_path(form, &speed);
        let (length, middle) = part(&stage, &path, "20001-30000");
        let (_, end) = part(&stage, &path, "-777");
        let (_, from) = part(&stage, &path, "30001-");
        let stitched = stitched(&stage, &path, length);
        let whole = stage.sound(form, &speed);
        assert!(middle == whole[20_001..=30_000], "{form:?}");
        assert!(end == whole[length - 777..], "{form:?}");
        assert!(from == whole[30_001..], "{form:?}");
        assert!(stitched == whole, "{form:?}");
    }
}

#[test]
fn what_was_streamed_to_its_first_listener_is_what_ranges_are_put_together_to() {
    let stage = stage();
    for (form, speed) in unheard(30) {
        let first = stage.sound(form, &speed);
        let path = stage.sound_path(form, &speed);
        let stitched = stitched(&stage, &path, first.len());
        let tags = tags(form, &first);
        assert!(stitched[tags..] == first[tags..], "{form:?}");
    }
}

/// The bytes before the sound of what is sent while it is spoken. Only when all is known do they tell
/// when its chapters begin.
fn tags(form: Form, sound: &[u8]) -> usize {
    let pages = sound
        .windows(4)
        .enumerate()
        .filter(|(_, four)| *four == b"OggS");
    match form.extension {
        "mp3" => header_of_mp3(sound),
        "opus" => pages.map(|(at, _)| at).nth(3).expect("pages of sound"),
        _ => 0,
    }
}

/// Where the joins of segments may lie in the bytes of a sound: where pages or clusters begin, where
/// frames begin that start a segment, or where what follows is what is heard from there on.
fn joins(stage: &Stage, form: Form, whole: &[u8]) -> Vec<usize> {
    let found = |mark: &[u8]| -> Vec<usize> {
        let places = whole.windows(mark.len()).enumerate();
        places
            .filter(|(_, there)| *there == mark)
            .map(|(at, _)| at)
            .collect()
    };
    let begins = stage
        .marks(form, "")
        .into_iter()
        .filter(|mark| !mark.is_word);
    match form.extension {
        "opus" => found(b"OggS"),
        "webm" => found(&[0x1f, 0x43, 0xb6, 0x75]),
        "flac" => {
            let frame = |seconds| (sample_at(seconds) + 576) / 1_152;
            let number = |n: usize| char::from_u32(u32::try_from(n).ok()?);
            let head = |letter: char| [b"\xff\xf8\x36\x08", letter.to_string().as_bytes()].concat();
            let marks = begins.filter_map(|mark| number(frame(mark.seconds)).map(head));
            marks.flat_map(|mark| found(&mark)).collect()
        }
        _ => {
            let header = if form.extension == "wav" {
                44
            } else {
                header_of_mp3(whole)
            };
            let rest = |id: &str| stage.sound(form, &format!("&from={id}")).len() - header;
            begins.map(|mark| whole.len() - rest(&mark.id)).collect()
        }
    }
}

fn header_of_mp3(sound: &[u8]) -> usize {
    let length = sound[6..10]
        .iter()
        .fold(0, |sum, byte| sum << 7 | usize::from(*byte));
    10 + length
}

#[test]
fn single_bytes_around_joins_are_the_wholes() {
    let stage = stage();
    for form in FORMS {
        let whole = stage.sound(form, "");
        let joins = joins(&stage, form, &whole);
        assert!(joins.len() >= 7, "{form:?}: {} joins", joins.len());
        let path = stage.sound_path(form, "");
        let step = joins.len().div_ceil(12);
        for at in joins.into_iter().step_by(step) {
            let before = at.saturating_sub(1);
            for (from, to) in [(before, before), (at, at), (before, at)] {
                let (_, bytes) = part(&stage, &path, &format!("{from}-{to}"));
                assert_eq!(bytes, whole[from..=to], "{form:?} {from}-{to}");
            }
        }
    }
}
