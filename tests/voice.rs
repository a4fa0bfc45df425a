//! Voices through the front door: a catalogue, workers that are `loa` itself, real sound.
//!
//! They need libespeak-ng and its data, and fail where it is missing: a reader would hear nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use loa::model::{Lang, Speed, SpokenSound, VoiceId};
use loa::voice::{Catalogue, Error, Settings, Voice};

const SENTENCE: &str = "Sáng nay trời nắng đẹp, bà con ra đồng gặt lúa.";
const OTHER: &str = "Tối nay có mưa rào và dông.";

fn settings() -> Settings {
    Settings {
        program: PathBuf::from(env!("CARGO_BIN_EXE_loa")),
        tone: true,
        ..Settings::default()
    }
}

fn voice(catalogue: &Catalogue, name: &str) -> Arc<dyn Voice> {
    let id = VoiceId::parse(name).expect("the shape of a name");
    catalogue.named(&id).expect("a voice of this name")
}

#[track_caller]
fn speak(voice: &Arc<dyn Voice>, text: &str) -> SpokenSound {
    let spoken = voice.speak(text, Speed::default());
    spoken.expect("libespeak-ng and its data must be installed for the tests (see ./run test)")
}

#[test]
fn the_same_sentence_gives_the_same_samples_whatever_was_spoken_before_and_on_any_worker() {
    let catalogue = Catalogue::open(&settings());
    for name in ["vi-north", "vi-south", "en-gb"] {
        let first = speak(&voice(&catalogue, name), SENTENCE);
        for (before, text) in [("vi-north", OTHER), ("en-us", "Hello."), (name, SENTENCE)] {
            speak(&voice(&catalogue, before), text);
            assert!(first == speak(&voice(&catalogue, name), SENTENCE), "{name}");
        }
        let elsewhere = Catalogue::open(&settings());
        assert!(first == speak(&voice(&elsewhere, name), SENTENCE), "{name}");
    }
}

#[test]
fn words_begin_where_they_are_heard_and_ascend() {
    let catalogue = Catalogue::open(&settings());
    let sound = speak(&voice(&catalogue, "vi-north"), SENTENCE);
    let heard: Vec<_> = sound
        .words
        .iter()
        .map(|(place, _)| SENTENCE[*place..].split([' ', ',', '.']).next())
        .collect();
    let written = SENTENCE.split([' ', ',', '.']).filter(|w| !w.is_empty());
    assert_eq!(heard, written.map(Some).collect::<Vec<_>>());
    let length = sound.pcm.samples.len() as u64;
    let starts: Vec<_> = sound.words.iter().map(|(_, sample)| *sample).collect();
    // a syllable takes 50 ms to 1 s, the one before the comma included
    for pair in starts.windows(2) {
        assert!((1_100..22_050).contains(&(pair[1] - pair[0])), "{starts:?}");
    }
    assert!((1_100..22_050).contains(&(length - starts[starts.len() - 1])));
}

#[test]
fn sound_begins_and_ends_in_silence_and_is_not_clipped() {
    let catalogue = Catalogue::open(&settings());
    for voice in catalogue.voices().iter().take(5) {
        let sound = speak(voice, SENTENCE);
        let samples = &sound.pcm.samples;
        assert_eq!(sound.pcm.rate, voice.rate());
        let quiet = |part: &[i16]| part.iter().all(|s| s.unsigned_abs() <= 32);
        assert!(quiet(&samples[..600]) && quiet(&samples[samples.len() - 600..]));
        let peak = samples.iter().map(|s| s.unsigned_abs()).max();
        assert!(
            peak.is_some_and(|p| (8_000..32_000).contains(&p)),
            "{peak:?}"
        );
    }
}

#[test]
fn decomposed_letters_sound_as_composed_ones() {
    let catalogue = Catalogue::open(&settings());
    let voice = voice(&catalogue, "vi-north");
    let (composed, decomposed) = ("mưa rào", "mu\u{31b}a ra\u{300}o");
    let (one, other) = (speak(&voice, composed), speak(&voice, decomposed));
    assert!(one.pcm == other.pcm);
    assert_eq!(
        other.words[1].0,
        decomposed.find("ra").expect("it is there")
    );
}

#[test]
fn text_without_words_is_no_sound_and_text_without_end_is_spoken_whole() {
    let catalogue = Catalogue::open(&settings());
    let voice = voice(&catalogue, "vi-north");
    for nothing in ["", "  ", ".,!", "\u{0}\u{1}"] {
        assert!(speak(&voice, nothing).pcm.samples.is_empty(), "{nothing:?}");
    }
    let endless = "và mưa ".repeat(900);
    let sound = speak(&voice, &endless);
    assert!(sound.words.len() > 1_700, "{}", sound.words.len());
    assert!(
        sound
            .words
            .windows(2)
            .all(|w| w[0].0 < w[1].0 && w[0].1 <= w[1].1)
    );
}

#[test]
fn speed_is_what_the_reader_asked_for() {
    let catalogue = Catalogue::open(&settings());
    for name in [
        "vi-north",
        "vi-central",
        "vi-south",
        "en-us",
        "en-gb",
        "tone",
    ] {
        let voice = voice(&catalogue, name);
        let text = if name.starts_with("en") {
            "The rain stopped at noon, and people went back to work in the fields."
        } else {
            SENTENCE
        };
        let length = |times: f64| {
            let speed = Speed::from_times(times).expect("a speed");
            let sound = voice.speak(text, speed).expect("it speaks");
            (sound.pcm.samples.len() - 1_300) as f64
        };
        let usual = length(1.0);
        for times in [0.5, 0.75, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0] {
            let got = usual / length(times);
            assert!(
                (got / times - 1.0).abs() < 0.08,
                "{name}: {got:.2} for {times}"
            );
        }
    }
}

#[test]
fn many_threads_may_speak_at_once() {
    let catalogue = Catalogue::open(&Settings {
        workers: 2,
        ..settings()
    });
    let voice = voice(&catalogue, "vi-north");
    let alone = [speak(&voice, SENTENCE), speak(&voice, OTHER)];
    std::thread::scope(|scope| {
        for n in 0..6 {
            let (voice, alone) = (&voice, &alone);
            scope.spawn(move || {
                for turn in 0..4 {
                    let which = (n + turn) % 2;
                    let text = [SENTENCE, OTHER][which];
                    assert!(speak(voice, text) == alone[which]);
                }
            });
        }
    });
}

/// Makes a program that does `first` when it is started for the first time, and is `loa` from then on.
fn troubled(folder: &Path, first: &str) -> Settings {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("loa");
    let loa = env!("CARGO_BIN_EXE_loa");
    let script = format!(
        "#!/bin/sh\nif mkdir '{0}/started' 2>&-; then {first}; fi\nexec '{loa}' \"$@\"\n",
        folder.display()
    );
    std::fs::write(&program, script).expect("a script");
    let all = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&program, all).expect("a program");
    Settings {
        program,
        patience: Duration::from_secs(2),
        ..settings()
    }
}

#[track_caller]
fn check_recovery(first: &str) {
    let whole = speak(&voice(&Catalogue::open(&settings()), "vi-north"), SENTENCE);
    let folder = tempfile::tempdir().expect("a folder");
    let catalogue = Catalogue::open(&troubled(folder.path(), first));
    let sound = voice(&catalogue, "vi-north").speak(SENTENCE, Speed::default());
    assert!(sound.expect("the second worker speaks") == whole);
    assert!(folder.path().join("started").exists());
}

#[test]
fn an_utterance_whose_worker_dies_is_spoken_by_another() {
    // It greets as a worker does, takes a part of the request, and dies.
    check_recovery(&format!(
        "'{}' speak-worker </dev/null; head -c 20 >/dev/null; kill -9 $$",
        env!("CARGO_BIN_EXE_loa")
    ));
}

#[test]
fn an_utterance_whose_worker_hangs_is_spoken_by_another() {
    check_recovery("exec tail -f /dev/null");
}

#[test]
fn a_worker_that_talks_nonsense_is_replaced() {
    check_recovery("echo nonsense; exit 0");
}

#[test]
fn a_worker_that_never_works_is_an_error_after_two_tries() {
    let catalogue = Catalogue::open(&Settings {
        program: PathBuf::from("/bin/false"),
        ..settings()
    });
    let failed = voice(&catalogue, "vi-north").speak(SENTENCE, Speed::default());
    assert!(matches!(failed, Err(Error::Failed(_))), "{failed:?}");
}

#[test]
fn a_missing_library_is_named_with_the_command_that_installs_it() {
    let catalogue = Catalogue::open(&Settings {
        library: Some(PathBuf::from("/nowhere/libespeak-ng.so.1")),
        ..settings()
    });
    assert!(
        catalogue.voices().len() >= 5,
        "the built-in voices are listed"
    );
    let missing = voice(&catalogue, "vi-north").speak(SENTENCE, Speed::default());
    let Err(Error::NoEngine { reason, install }) = missing else {
        panic!("{missing:?}");
    };
    assert!(reason.contains("/nowhere"), "{reason}");
    assert!(install.contains("espeak"), "{install}");
    assert_eq!(catalogue.faults().len(), 1);
    assert!(
        voice(&catalogue, "tone")
            .speak("vẫn nói", Speed::default())
            .is_ok()
    );
}

#[test]
fn missing_data_is_no_engine_either() {
    let folder = tempfile::tempdir().expect("a folder");
    let catalogue = Catalogue::open(&Settings {
        data: Some(folder.path().to_owned()),
        ..settings()
    });
    let missing = voice(&catalogue, "vi-north").speak(SENTENCE, Speed::default());
    assert!(
        matches!(missing, Err(Error::NoEngine { .. })),
        "{missing:?}"
    );
}

#[test]
fn every_language_of_the_engine_is_listed_and_vietnamese_is_first() {
    let catalogue = Catalogue::open(&settings());
    let voices = catalogue.voices();
    assert_eq!(voices[0].description().id.as_str(), "vi-north");
    assert!(voices.len() > 50, "{}", voices.len());
    assert!(catalogue.faults().is_empty(), "{:?}", catalogue.faults());
    let mut ids: Vec<_> = voices.iter().map(|v| v.description().id.clone()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), voices.len(), "no name is given twice");
    let french = voice(&catalogue, "espeak-fr");
    assert!(!speak(&french, "Bonjour à tous.").pcm.samples.is_empty());
}

#[test]
fn the_voice_is_the_wished_one_where_it_speaks_the_language() {
    let catalogue = Catalogue::open(&settings());
    let choose = |wish: Option<&str>, lang: &str| {
        let wish = wish.and_then(VoiceId::parse);
        let lang = Lang::parse(lang).expect("a tag");
        let voice = catalogue.choose(wish.as_ref(), &lang);
        voice.map(|v| v.description().id.to_string())
    };
    for (wish, lang, expected) in [
        (None, "vi", "vi-north"),
        (Some("vi-south"), "vi", "vi-south"),
        (Some("vi-south"), "en", "en-us"),
        (None, "en-GB", "en-gb"),
        (Some("unknown"), "vi", "vi-north"),
        (Some("tone"), "vi", "tone"),
        (Some("tone"), "en", "tone"),
        (None, "de", "espeak-de"),
        (None, "zh-Hans", "espeak-cmn"),
    ] {
        assert_eq!(
            choose(wish, lang).ok().as_deref(),
            Some(expected),
            "{wish:?} {lang}"
        );
    }
    let none = choose(None, "tlh-x-nobody");
    assert!(
        matches!(choose(None, "qaa"), Err(Error::NoVoiceForLanguage(_))),
        "{none:?}"
    );
}

#[test]
fn a_version_names_engine_and_data_and_differs_between_voices() {
    let catalogue = Catalogue::open(&settings());
    let north = voice(&catalogue, "vi-north").version().to_owned();
    let south = voice(&catalogue, "vi-south").version().to_owned();
    assert!(north.starts_with("espeak-ng 1."), "{north}");
    assert_ne!(north, south);
    assert_eq!(
        north,
        voice(&Catalogue::open(&settings()), "vi-north").version()
    );
}
