//! Voices of Piper, with models of their shape that the tests make themselves.
//!
//! They need libespeak-ng and its data for phonemes, and fail where it is missing.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use common::client::get;
use common::loa::Server;
use common::onnx::tiny::{Flaw, Tiny};
use common::portal::Portal;
use loa::model::phoneme::sounding;
use loa::model::{Speed, SpokenSound, VoiceId};
use loa::voice::{Catalogue, Error, Settings, Voice, WordTimes};

const SENTENCE: &str = "Sáng nay trời nắng đẹp, bà con ra đồng gặt lúa.";

fn settings(folder: &Path) -> Settings {
    Settings {
        program: PathBuf::from(env!("CARGO_BIN_EXE_loa")),
        folders: vec![folder.to_owned()],
        ..Settings::default()
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn voice(catalogue: &Catalogue, name: &str) -> Arc<dyn Voice> {
    let id = VoiceId::parse(name).expect("the shape of a name");
    let found = catalogue.named(&id);
    found.unwrap_or_else(|error| panic!("{error}; {:?}", catalogue.faults()))
}

#[track_caller]
fn speak(voice: &Arc<dyn Voice>, text: &str) -> SpokenSound {
    let spoken = voice.speak(text, Speed::default());
    spoken.expect("libespeak-ng and its data must be installed for the tests (see ./run test)")
}

fn seconds(sound: &SpokenSound) -> f64 {
    sound.pcm.samples.len() as f64 / f64::from(sound.pcm.rate)
}

#[test]
fn two_files_in_a_folder_are_a_voice_that_says_each_word_where_it_tells() {
    let folder = folder();
    Tiny::default().put(folder.path(), "vi_VN-tiny-medium");
    let catalogue = Catalogue::open(&settings(folder.path()));
    assert_eq!(catalogue.faults(), Vec::<String>::new());
    let voice = voice(&catalogue, "vi_vn-tiny-medium");
    let about = voice.description();
    assert_eq!(
        (about.lang.as_str(), about.engine.as_str()),
        ("vi-VN", "piper")
    );
    assert_eq!(about.licence, None);
    assert_eq!(voice.word_times(), WordTimes::Exact);
    let sound = speak(&voice, SENTENCE);
    let heard: Vec<_> = sound
        .words
        .iter()
        .map(|(place, _)| SENTENCE[*place..].split([' ', ',', '.']).next())
        .collect();
    let written = SENTENCE
        .split([' ', ',', '.'])
        .filter(|word| !word.is_empty());
    assert_eq!(heard, written.map(Some).collect::<Vec<_>>());
    assert!(sound.words.windows(2).all(|pair| pair[0].1 < pair[1].1));
    assert!(
        sound
            .words
            .iter()
            .all(|(_, at)| (*at as usize) < sound.pcm.samples.len())
    );
    assert!(
        sound
            .pcm
            .samples
            .iter()
            .any(|sample| sample.unsigned_abs() > 1_000)
    );
    assert!(
        sound
            .pcm
            .samples
            .iter()
            .all(|sample| sample.unsigned_abs() < 32_000)
    );
}

#[test]
fn the_same_text_gives_the_same_samples_with_any_number_of_threads() {
    let folder = folder();
    Tiny::default().put(folder.path(), "v");
    let sounds = [1, 2, 3].map(|workers| {
        let catalogue = Catalogue::open(&Settings {
            workers,
            ..settings(folder.path())
        });
        let voice = voice(&catalogue, "v");
        let first = speak(&voice, SENTENCE);
        speak(&voice, "Một câu khác.");
        assert!(first == speak(&voice, SENTENCE));
        first
    });
    assert!(sounds[0] == sounds[1] && sounds[1] == sounds[2]);
}

#[test]
fn all_rates_speakers_and_speeds_are_spoken_and_equally_loud() {
    let folder = folder();
    let tiny = Tiny::default;
    for rate in [16_000, 22_050, 44_100, 48_000] {
        let name = format!("rate-{rate}");
        Tiny { rate, ..tiny() }.put(folder.path(), &name);
    }
    Tiny {
        speakers: 3,
        ..tiny()
    }
    .put(folder.path(), "choir");
    Tiny {
        speakers: 40,
        ..tiny()
    }
    .put(folder.path(), "crowd");
    let catalogue = Catalogue::open(&settings(folder.path()));
    let listed = catalogue.voices();
    let listed = |name: &str| listed.iter().any(|v| v.description().id.as_str() == name);
    for rate in [16_000, 22_050, 44_100, 48_000] {
        let voice = voice(&catalogue, &format!("rate-{rate}"));
        let sound = speak(&voice, SENTENCE);
        assert_eq!((sound.pcm.rate, voice.rate()), (rate, rate));
    }
    assert!(listed("choir") && listed("choir-p1") && listed("choir-p2"));
    assert!(listed("crowd") && !listed("crowd-p39"));
    let people = ["choir", "choir-p1", "choir-p2"].map(|name| voice(&catalogue, name));
    let sounds = people
        .each_ref()
        .map(|voice| speak(voice, SENTENCE).pcm.samples);
    assert!(sounds[0] != sounds[1] && sounds[1] != sounds[2]);
    assert_ne!(people[0].version(), people[1].version());
    let half = Speed::from_times(0.5).expect("a speed");
    let slow = people[0].speak(SENTENCE, half).expect("it speaks");
    let ratio = seconds(&slow) / seconds(&speak(&people[0], SENTENCE));
    assert!((1.6..2.4).contains(&ratio), "{ratio}");
}

#[test]
fn a_speaker_sounds_alike_whoever_has_spoken_before() {
    let folder = folder();
    let crowd = Tiny {
        speakers: 3,
        ..Tiny::default()
    };
    crowd.put(folder.path(), "crowd");
    let said = |order: [&str; 3]| {
        let catalogue = Catalogue::open(&settings(folder.path()));
        let mut sounds = order.map(|name| {
            (
                name.to_owned(),
                speak(&voice(&catalogue, name), SENTENCE).pcm.samples,
            )
        });
        sounds.sort();
        sounds
    };
    let names = ["crowd", "crowd-p1", "crowd-p2"];
    let [one, two, three] = names;
    assert_eq!(said(names), said([three, two, one]));
}

#[test]
fn a_manifest_names_a_model_its_speaker_and_its_licence() {
    let folder = folder();
    Tiny {
        speakers: 40,
        ..Tiny::default()
    }
    .put(folder.path(), "crowd");
    let manifest = "id = \"an\"\nname = \"An\"\nlang = \"vi\"\ngender = \"female\"\nengine = \"piper\"\n\
        model = \"crowd.onnx\"\nspeaker = \"p39\"\nlicence = \"CC0-1.0\"\nsample = \"Xin chào.\"\n";
    fs::write(folder.path().join("an.toml"), manifest).expect("a manifest");
    let lost = manifest.replace("\"an\"", "\"lost\"").replace("p39", "p40");
    fs::write(folder.path().join("lost.toml"), lost).expect("a manifest");
    let catalogue = Catalogue::open(&settings(folder.path()));
    let an = voice(&catalogue, "an");
    assert_eq!(an.description().licence.as_deref(), Some("CC0-1.0"));
    assert!(!speak(&an, SENTENCE).words.is_empty());
    let ids: Vec<_> = catalogue.voices();
    assert!(
        ids.iter()
            .all(|voice| voice.description().id.as_str() != "crowd")
    );
    let faults = catalogue.faults();
    assert!(matches!(&faults[..], [fault] if fault.contains("lost") && fault.contains("\"p40\"")));
}

#[test]
fn a_voice_that_is_told_letters_needs_no_engine() {
    let folder = folder();
    let letters = Tiny {
        espeak: None,
        ..Tiny::default()
    };
    letters.put(folder.path(), "letters");
    let catalogue = Catalogue::open(&Settings {
        library: Some("/nowhere/libespeak-ng.so.1".into()),
        ..settings(folder.path())
    });
    let sound = speak(&voice(&catalogue, "letters"), SENTENCE);
    assert_eq!(sound.words.len(), 11);
}

#[test]
fn sounds_that_a_text_tells_are_said_where_the_model_has_them() {
    let folder = folder();
    Tiny::default().put(folder.path(), "v");
    let letters = Tiny {
        espeak: None,
        ..Tiny::default()
    };
    letters.put(folder.path(), "letters");
    let catalogue = Catalogue::open(&settings(folder.path()));
    let text = |ipa: &str| format!("Tôi nói {} rồi.", sounding("chào", ipa));
    let said = |name: &str, ipa: &str| speak(&voice(&catalogue, name), &text(ipa));
    assert!(said("v", "tɕˈaːw") != said("v", "kˈaːw"));
    let sound = said("v", "tɕˈaːw");
    assert_eq!(sound.words.len(), 4, "{:?}", sound.words);
    let words = said("v", "ʘ\u{2e7}");
    assert!(words.pcm == said("v", "\u{2e7}").pcm, "no such sign");
    assert!(words.pcm != sound.pcm);
    assert!(said("letters", "ka") == said("letters", "ma"));
}

#[test]
fn word_times_that_a_model_hides_are_reckoned_and_called_so() {
    let folder = folder();
    for (name, flaw) in [
        ("hidden", Flaw::HiddenDurations),
        ("two", Flaw::TwoCeilings),
    ] {
        let tiny = Tiny {
            flaw: Some(flaw),
            ..Tiny::default()
        };
        tiny.put(folder.path(), name);
    }
    let catalogue = Catalogue::open(&settings(folder.path()));
    for name in ["hidden", "two"] {
        let voice = voice(&catalogue, name);
        assert_eq!(voice.word_times(), WordTimes::Estimated, "{name}");
        let sound = speak(&voice, SENTENCE);
        assert_eq!(sound.words.len(), 11);
        assert!(sound.words.windows(2).all(|pair| pair[0].1 < pair[1].1));
    }
}

#[test]
fn what_is_wrong_with_a_model_is_said_and_the_others_go_on() {
    let folder = folder();
    let tiny = Tiny::default();
    tiny.put(folder.path(), "good");
    let whole = tiny.model();
    for (name, flaw, said) in [
        ("operator", Flaw::UnknownOperator, "Whisper"),
        ("shape", Flaw::TwoSounds, "shape"),
        ("input", Flaw::StrangeInput, "mood"),
        ("name", Flaw::OtherInput, "no input \"input\""),
        ("number", Flaw::NotANumber, "no sound"),
        ("silent", Flaw::Silent, "says nothing"),
    ] {
        let broken = Tiny {
            flaw: Some(flaw),
            ..tiny.clone()
        };
        broken.put(folder.path(), name);
        let catalogue = Catalogue::open(&settings(folder.path()));
        let fault = voice(&catalogue, name).speak(SENTENCE, Speed::default());
        let Err(Error::Broken(id, fault)) = fault else {
            panic!("{name}: {fault:?}");
        };
        assert!(
            id.as_str() == name && fault.contains(said),
            "{name}: {fault}"
        );
        assert!(!speak(&voice(&catalogue, "good"), SENTENCE).words.is_empty());
    }
    for cut in [0, 1, 100, whole.len() / 2, whole.len() - 1] {
        tiny.put(folder.path(), "cut");
        fs::write(folder.path().join("cut.onnx"), &whole[..cut]).expect("a file");
        let catalogue = Catalogue::open(&settings(folder.path()));
        let fault = voice(&catalogue, "cut").speak(SENTENCE, Speed::default());
        assert!(matches!(fault, Err(Error::Broken(..))), "{cut}: {fault:?}");
    }
}

#[test]
fn what_is_wrong_beside_a_model_is_a_fault_of_its_voice_alone() {
    let folder = folder();
    let tiny = Tiny::default();
    tiny.put(folder.path(), "good");
    fs::remove_file(tiny.put(folder.path(), "alone").with_extension("onnx.json")).expect("gone");
    tiny.put(folder.path(), "broken");
    fs::write(folder.path().join("broken.onnx.json"), "{").expect("a file");
    let catalogue = Catalogue::open(&settings(folder.path()));
    let faults = catalogue.faults();
    assert_eq!(faults.len(), 2, "{faults:?}");
    for (fault, name) in faults.iter().zip(["alone", "broken"]) {
        assert!(fault.contains(name), "{fault}");
    }
    assert!(!speak(&voice(&catalogue, "good"), SENTENCE).words.is_empty());
}

#[test]
fn a_model_may_be_put_there_replaced_and_taken_away_while_loa_runs() {
    let folder = folder();
    let catalogue = Catalogue::open(&settings(folder.path()));
    let id = VoiceId::parse("v").expect("a name");
    assert!(catalogue.named(&id).is_err());
    Tiny::default().put(folder.path(), "v");
    let old = voice(&catalogue, "v");
    let before = speak(&old, SENTENCE);
    Tiny {
        seed: 8,
        rate: 16_000,
        ..Tiny::default()
    }
    .put(folder.path(), "v");
    let new = voice(&catalogue, "v");
    assert_ne!(old.version(), new.version());
    let after = speak(&new, SENTENCE);
    assert_eq!((before.pcm.rate, after.pcm.rate), (22_050, 16_000));
    assert!(
        before == speak(&old, SENTENCE),
        "who listens goes on with what they have"
    );
    fs::remove_file(folder.path().join("v.onnx")).expect("gone");
    assert!(catalogue.named(&id).is_err());
}

#[test]
fn a_model_that_nobody_speaks_with_is_given_up_and_comes_back() {
    let folder = folder();
    Tiny::default().put(folder.path(), "v");
    let catalogue = Catalogue::open(&Settings {
        idle: Duration::from_millis(30),
        ..settings(folder.path())
    });
    let voice = voice(&catalogue, "v");
    let first = speak(&voice, SENTENCE);
    let began = Instant::now();
    while catalogue.models_in_memory() > 0 {
        assert!(began.elapsed() < Duration::from_secs(30), "it is kept");
        thread::yield_now();
    }
    assert!(first == speak(&voice, SENTENCE));
}

#[test]
fn of_more_models_than_there_is_room_for_the_one_last_used_stays() {
    let folder = folder();
    for name in ["v", "w"] {
        Tiny::default().put(folder.path(), name);
    }
    let one = fs::metadata(folder.path().join("v.onnx")).expect("a model");
    let catalogue = Catalogue::open(&Settings {
        model_bytes: one.len() * 3 / 2,
        ..settings(folder.path())
    });
    let [v, w] = ["v", "w"].map(|name| voice(&catalogue, name));
    let first = speak(&v, SENTENCE);
    assert_eq!(catalogue.models_in_memory(), 1);
    speak(&w, SENTENCE);
    assert_eq!(catalogue.models_in_memory(), 1);
    assert!(first == speak(&v, SENTENCE), "it comes back");
    assert_eq!(catalogue.models_in_memory(), 1);
    for _ in 0..100 {
        speak(&w, "a");
        speak(&v, "a");
    }
    #[cfg(target_os = "linux")]
    assert!(watching() < 100, "each of them is watched by one thread");
}

/// How many threads of this process watch how long models are silent.
#[cfg(target_os = "linux")]
fn watching() -> usize {
    let threads = fs::read_dir("/proc/self/task").expect("this process");
    let names = threads
        .flatten()
        .map(|thread| fs::read_to_string(thread.path().join("comm")));
    names
        .flatten()
        .filter(|name| name.trim() == "idle voice")
        .count()
}

#[test]
fn a_folder_that_is_named_twice_tells_its_faults_once() {
    let folder = folder();
    fs::write(folder.path().join("v.onnx"), b"no model").expect("a file");
    let faults = |folders: Vec<PathBuf>| {
        let settings = Settings {
            folders,
            ..settings(folder.path())
        };
        Catalogue::open(&settings).faults().len()
    };
    let path = folder.path().to_owned();
    assert_eq!(faults(vec![path.clone()]), 1);
    assert_eq!(faults(vec![path.clone(), path.join(".")]), 1);
}

#[test]
fn many_speak_with_one_model_at_once() {
    let folder = folder();
    Tiny::default().put(folder.path(), "v");
    let catalogue = Catalogue::open(&settings(folder.path()));
    let voice = voice(&catalogue, "v");
    let alone = speak(&voice, SENTENCE);
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| assert!(alone == speak(&voice, SENTENCE)));
        }
    });
    assert_eq!(catalogue.models_in_memory(), 1);
}

#[test]
fn nothing_to_say_is_no_sound_and_long_texts_are_said_whole() {
    let folder = folder();
    Tiny::default().put(folder.path(), "v");
    let catalogue = Catalogue::open(&settings(folder.path()));
    let voice = voice(&catalogue, "v");
    for text in ["", " ", "…?!"] {
        assert!(speak(&voice, text).pcm.samples.is_empty(), "{text:?}");
    }
    let long = "một hai ba bốn năm sáu bảy tám chín mười ".repeat(30);
    let sound = speak(&voice, &long);
    assert_eq!(sound.words.len(), 300);
    assert!(sound.words.windows(2).all(|pair| pair[0].1 <= pair[1].1));
}

/// A gateway with the voices of a folder, and a portal that it may read.
fn served(folder: &Path) -> (Server, Portal) {
    let file = folder.join("loa.settings");
    let settings = format!("voice_folders = [{:?}]\n", folder.display().to_string());
    fs::write(&file, settings).expect("settings");
    let portal = Portal::start();
    let file = file.to_str().expect("a plain path");
    let server = Server::start(&["--config", file, "--trust", &portal.trust()]);
    (server, portal)
}

fn query(portal: &Portal, voice: &str) -> String {
    let url: String =
        url::form_urlencoded::byte_serialize(portal.url("/utf-8.aspx").as_bytes()).collect();
    format!("url={url}&voice={voice}")
}

#[test]
fn an_article_is_heard_by_two_at_once_and_its_marks_sum_to_the_sound() {
    let folder = folder();
    Tiny::default().put(folder.path(), "v");
    let (server, portal) = served(folder.path());
    let query = query(&portal, "v");
    let audio = format!("/audio.wav?{query}");
    let sounds = thread::scope(|scope| {
        let one = || get(server.address, &audio, &[]);
        let both = [scope.spawn(one), scope.spawn(one)];
        both.map(|heard| heard.join().expect("a listener"))
    });
    assert_eq!((sounds[0].status, sounds[1].status), (200, 200));
    assert!(sounds[0].body.len() > 100_000 && sounds[0].body[44..] == sounds[1].body[44..]);
    let samples = (sounds[0].body.len() - 44) / 2;
    let captions = get(
        server.address,
        &format!("/captions.vtt?{query}&format=wav"),
        &[],
    )
    .text();
    let last = captions
        .lines()
        .rev()
        .find_map(|line| line.split_once(" --> "))
        .expect("a cue");
    let parts: Vec<f64> = last
        .1
        .split(':')
        .map(|part| part.parse().expect("a number"))
        .collect();
    let end = parts[0] * 3_600.0 + parts[1] * 60.0 + parts[2];
    assert!(
        (end - samples as f64 / 22_050.0).abs() < 0.002,
        "{end} of {samples}"
    );
    let marks = get(
        server.address,
        &format!("/marks.ndjson?{query}&format=wav"),
        &[],
    )
    .text();
    let times: Vec<u64> = marks
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a mark"))
        .map(|mark| mark["time"].as_u64().expect("a time"))
        .collect();
    assert!(times.len() > 50 && times.windows(2).all(|pair| pair[0] <= pair[1]));
}

#[test]
fn a_list_of_parts_grows_to_the_whole_sound_also_where_sentences_are_cut() {
    let folder = folder();
    Tiny::default().put(folder.path(), "v");
    let (server, portal) = served(folder.path());
    let query = query(&portal, "v");
    let whole = get(server.address, &format!("/audio.mp3?{query}"), &[]);
    let began = Instant::now();
    let list = loop {
        let list = get(server.address, &format!("/playlist.m3u8?{query}"), &[]).text();
        if list.contains("#EXT-X-ENDLIST") {
            break list;
        }
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "it does not end: {list}"
        );
    };
    let parts = list
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let frames = |sound: &[u8]| {
        sound
            .windows(2)
            .filter(|pair| *pair == [0xff, 0xf3])
            .count()
    };
    let heard: usize = parts
        .map(|part| {
            let part = get(
                server.address,
                &format!("/{}", part.trim_start_matches('/')),
                &[],
            );
            assert_eq!(part.status, 200, "{}", part.text());
            frames(&part.body)
        })
        .sum();
    let all = frames(&whole.body);
    assert!(
        heard > 100 && heard.abs_diff(all) <= all / 50,
        "{heard} frames of {all}"
    );
}

#[test]
fn a_voice_that_breaks_while_loa_runs_is_told_to_its_listener_and_to_nobody_else() {
    let folder = folder();
    let model = Tiny::default().put(folder.path(), "v");
    let (server, portal) = served(folder.path());
    fs::write(&model, "no model").expect("a file");
    let refused = get(
        server.address,
        &format!("/audio.mp3?{}", query(&portal, "v")),
        &[],
    );
    assert_eq!(refused.status, 500);
    let other = get(
        server.address,
        &format!("/audio.mp3?{}", query(&portal, "vi-north")),
        &[],
    );
    assert_eq!(other.status, 200);
    Tiny {
        seed: 9,
        ..Tiny::default()
    }
    .put(folder.path(), "v");
    let mended = get(
        server.address,
        &format!("/audio.mp3?{}", query(&portal, "v")),
        &[],
    );
    assert_eq!(mended.status, 200);
    let sample = get(server.address, "/sample.mp3?voice=v", &[]);
    assert!(sample.status == 200 && sample.body.len() > 5_000);
    let settings = get(server.address, "/settings", &[]).text();
    assert!(settings.contains("/sample.mp3?voice=v\""), "{settings}");
}
