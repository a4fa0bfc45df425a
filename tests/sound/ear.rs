//! Hears through ffmpeg, which must have nothing to say against what it decodes.

use std::path::Path;
use std::process::Command;

use crate::stage::Form;

/// Samples a second of what is heard, whatever the format.
pub(crate) const RATE: u32 = 22_050;

/// What ffmpeg says of every MP3 of a constant bit rate without an index. Nothing can be told there of
/// a sound that is being spoken, and what is known later must not change what was sent before.
const NO_INDEX: &str = "Estimating duration from bitrate, this may be inaccurate";

/// Decodes a sound.
#[track_caller]
pub(crate) fn heard(form: Form, bytes: &[u8]) -> Vec<i16> {
    heard_all(form, &[bytes.to_vec()]).remove(0)
}

/// Decodes several sounds of one form.
#[track_caller]
pub(crate) fn heard_all(form: Form, sounds: &[Vec<u8>]) -> Vec<Vec<i16>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: String| folder.path().join(name);
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-nostdin", "-v", "warning"]);
    for (number, bytes) in sounds.iter().enumerate() {
        let file = path(format!("{number}.{}", form.extension));
        std::fs::write(&file, bytes).expect("a file");
        // A plain WAV names no loudspeaker, which ffmpeg would otherwise guess aloud.
        ffmpeg.args(["-guess_layout_max", "0", "-i"]).arg(file);
    }
    for number in 0..sounds.len() {
        ffmpeg.args(["-map", &format!("{number}:a")]);
        if form.extension == "opus" || form.extension == "webm" {
            ffmpeg.args(["-ar", &RATE.to_string()]);
        }
        ffmpeg
            .args(["-f", "s16le"])
            .arg(path(format!("{number}.raw")));
    }
    let told = run(&mut ffmpeg);
    let warnings: Vec<_> = told
        .lines()
        .filter(|line| !line.ends_with(NO_INDEX))
        .collect();
    assert!(warnings.is_empty(), "{form:?}: {warnings:#?}");
    let read = |number| samples(&path(format!("{number}.raw")));
    (0..sounds.len()).map(read).collect()
}

/// Runs ffmpeg and returns what it says.
#[track_caller]
pub(crate) fn run(ffmpeg: &mut Command) -> String {
    let done = ffmpeg.output();
    let done = done.expect("ffmpeg must be installed for the tests (see ./run test)");
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{told}");
    told
}

fn samples(file: &Path) -> Vec<i16> {
    let bytes = std::fs::read(file).expect("what ffmpeg decoded");
    let pairs = bytes.chunks_exact(2);
    pairs
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
        .collect()
}

/// The length of a sound in seconds.
pub(crate) fn seconds(sound: &[i16]) -> f64 {
    sound.len() as f64 / f64::from(RATE)
}

/// The sample that is heard at a time.
pub(crate) fn sample_at(seconds: f64) -> usize {
    (seconds * f64::from(RATE)) as usize
}
