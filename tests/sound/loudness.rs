//! Every voice is as loud as the others in every form, and no peak goes too high (EBU R 128).

use std::process::Command;

use crate::ear::run;
use crate::stage::{FORMS, Form, form, stage};

const LOUDNESS_LUFS: f64 = -19.0;
const ALLOWED_LU: f64 = 1.5;
const HIGHEST_DBTP: f64 = -1.0;

/// Integrated loudness and true peak, as ffmpeg measures them.
fn measured(form: Form, bytes: &[u8]) -> (f64, f64) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("sound").with_extension(form.extension);
    std::fs::write(&file, bytes).expect("a file");
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-nostdin", "-hide_banner", "-i"]).arg(&file);
    let told = run(ffmpeg.args([
        "-af",
        "ebur128=peak=true:framelog=verbose",
        "-f",
        "null",
        "-",
    ]));
    let (_, summary) = told.rsplit_once("Summary:").expect("a summary");
    let value = |name: &str, unit: &str| {
        let line = summary
            .lines()
            .find_map(|line| line.trim().strip_prefix(name));
        let value = line.and_then(|line| line.trim().strip_suffix(unit));
        value.and_then(|v| v.trim().parse().ok()).expect("a value")
    };
    (value("I:", "LUFS"), value("Peak:", "dBFS"))
}

#[test]
fn voices_are_equally_loud_in_every_form_and_no_peak_is_too_high() {
    let stage = stage();
    let few = [
        form("wav", "usual"),
        form("mp3", "saver"),
        form("opus", "saver"),
    ];
    for (voice, page, forms) in [
        ("vi-north", "/vi", &FORMS[..]),
        ("vi-central", "/vi", &few),
        ("vi-south", "/vi", &few),
        ("en-gb", "/en", &few),
        ("en-us", "/en", &few),
    ] {
        for form in forms {
            let view = format!("audio.{}", form.extension);
            let more = format!("&voice={voice}");
            let path = stage.path_of(&stage.portal.url(page), &view, *form, &more);
            let (loudness, peak) = measured(*form, &stage.get(&path, &[]).body);
            println!("{voice} {form:?}: {loudness:.1} LUFS, {peak:.1} dBTP");
            assert!(
                (loudness - LOUDNESS_LUFS).abs() < ALLOWED_LU,
                "{voice} {form:?}: {loudness}"
            );
            assert!(peak <= HIGHEST_DBTP, "{voice} {form:?}: {peak}");
        }
    }
}
