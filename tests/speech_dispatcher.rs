//! Loa as a module of Speech Dispatcher, through which Orca speaks: a real server with no sound card, whose module is
//! the one that is handed out, with a player that writes to a file.

mod common;

use std::fs;
use std::process::Stdio;

use common::dispatcher::Dispatcher;
use common::loa::command;

/// Takes the one sound that was played: its seconds.
fn heard(dispatcher: &Dispatcher) -> f64 {
    let sounds = dispatcher.heard();
    let [sound] = &sounds[..] else {
        panic!("{} sounds", sounds.len());
    };
    let samples = sound[44..]
        .chunks_exact(2)
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
    let samples: Vec<i16> = samples.collect();
    assert!(
        samples.iter().any(|sample| sample.unsigned_abs() > 3_000),
        "silence"
    );
    samples.len() as f64 / 22_050.0
}

#[test]
fn what_orca_says_is_spoken_by_loa() {
    let folder = tempfile::tempdir().expect("a folder");
    let dispatcher = Dispatcher::start(folder.path(), ":");
    dispatcher.say(&["-l", "vi"], "Quyết định số 118-QĐ/HU ngày 12/3/2020");
    let long = heard(&dispatcher);
    assert!((3.0..9.0).contains(&long), "numbers are read out: {long} s");
    dispatcher.say(
        &["-l", "vi", "-r", "80"],
        "Quyết định số 118-QĐ/HU ngày 12/3/2020",
    );
    assert!(heard(&dispatcher) < long / 1.8, "faster");
    dispatcher.say(&["-l", "vi"], "nó nói: \"được; $HOME `x`\" 'ừ'");
    assert!(heard(&dispatcher) > 1.0);
}

/// The server puts what clients send into the command as it is, but for the message, whose quotes it doubles; rates are
/// numbers and voices those that the module names.
#[test]
fn nothing_that_a_client_makes_up_is_part_of_the_command() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let module = fs::read_to_string(root.join("deploy/speech-dispatcher/loa-generic.conf"));
    let module = module.expect("the module");
    let command = module.lines().find(|line| line.contains("$DATA"));
    let command = command.expect("a command");
    assert!(command.contains("\\'$DATA\\'"), "{command}");
    let words = command.split('$').skip(1);
    let names: Vec<&str> = words
        .map(|word| {
            word.split(|c: char| !c.is_ascii_uppercase() && c != '_')
                .next()
                .unwrap_or_default()
        })
        .collect();
    assert_eq!(names, ["DATA", "VOICE", "RATE", "PLAY_COMMAND"]);
}

#[test]
fn one_message_is_said_at_once_letters_and_marks_too() {
    let said = |arguments: &[&str]| {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.wav");
        let done = command()
            .arg("say")
            .args(arguments)
            .arg("-o")
            .arg(&file)
            .output();
        let done = done.expect("loa runs");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        (fs::metadata(&file).expect("a sound").len() - 44) as f64 / 44_100.0
    };
    for one in ["b", "A", "5", ",", "?", "đ"] {
        let seconds = said(&["--lang", "vi", one]);
        assert!((0.15..0.9).contains(&seconds), "{one}: {seconds}");
    }
    // What is too short to tell its language is in that of its voice.
    let (told, by_voice) = (
        said(&["--lang", "en", "--voice", "en-us", "w"]),
        said(&["--voice", "en-us", "w"]),
    );
    assert!((told - by_voice).abs() < 0.001, "{told} {by_voice}");
    let usual = said(&["Sáng nay trời nắng đẹp"]);
    assert!((1.5..2.4).contains(&(usual / said(&["--speed", "2", "Sáng nay trời nắng đẹp"]))));
    assert!((1.5..2.4).contains(&(usual / said(&["--rate", "50", "Sáng nay trời nắng đẹp"]))));
    assert!((1.5..2.4).contains(&(said(&["--rate", "-100", "Sáng nay trời nắng đẹp"]) / usual)));
    let nothing = command()
        .args(["say", " "])
        .stdout(Stdio::null())
        .output()
        .expect("loa runs");
    assert_eq!(nothing.status.code(), Some(1));
}
