//! What other programs make of our files: ffmpeg decodes every format without a warning, to the
//! length that was said and to the sound that went in, whole or while it was still growing.

use std::path::Path;
use std::process::Command;

use loa::encode::{Chapter, Muxer, Tags, container, encoder};
use loa::model::{DataUse, Format, Pcm};

const RATE: u32 = 22_050;
/// Milliseconds of the utterances that are joined.
const UTTERANCES: [u32; 5] = [1_300, 480, 7_111, 64, 2_000];
/// The utterances that chapters begin with.
const CHAPTERS: [(usize, &str); 2] = [(0, "Mở đầu"), (2, "Sách nói")];

/// Syllables: a gliding tone with overtones that swells four times a second, between silences.
fn utterance(milliseconds: u32) -> Pcm {
    let length = RATE * milliseconds / 1_000;
    let edge = RATE * 30 / 1_000;
    let turn = std::f64::consts::TAU;
    let samples = (0..length).map(|n| {
        let time = f64::from(n) / f64::from(RATE);
        let phase = turn * (120.0 * time + 15.0 * (time * 3.0).sin());
        let tone: f64 = (1..9)
            .map(|k| (phase * f64::from(k)).sin() / f64::from(k))
            .sum();
        let swell = (turn * 2.0 * time).sin().powi(2);
        let sounds = f64::from(u8::from(n >= edge && n + edge < length));
        (tone * swell * sounds * 6_000.0) as i16
    });
    Pcm {
        rate: RATE,
        samples: samples.collect(),
    }
}

/// A sound in a form: as it streams, as a file, what went in at its place, and in seconds when each
/// utterance begins and how long all is.
struct Made {
    streamed: Vec<u8>,
    file: Vec<u8>,
    said: Vec<i16>,
    begins: Vec<f64>,
    seconds: f64,
}

fn made(format: Format, data: DataUse) -> Made {
    let encoder = encoder(format, data, RATE).expect("a usual rate");
    let container = container(format, data, RATE).expect("a usual rate");
    let tags = Tags {
        title: Some("Phòng đọc".into()),
        date: Some("2020-06-04".into()),
        chapters: CHAPTERS
            .map(|(segment, title)| Chapter {
                segment,
                title: title.into(),
            })
            .into(),
        has_cover: data == DataUse::Usual,
        ..Tags::default()
    };
    let mut muxer = Muxer::new(container, tags);
    let (mut body, mut said, mut samples) = (Vec::new(), Vec::new(), 0);
    let mut begins = Vec::new();
    for pcm in UTTERANCES.map(utterance) {
        begins.push(samples as f64 / f64::from(encoder.rate()));
        let encoded = encoder.segment(&pcm).expect("it is encoded");
        body.extend_from_slice(&muxer.push(encoded.samples, &encoded.bytes));
        said.extend(pcm.samples);
        samples += encoded.samples;
        let so_far = samples * u64::from(RATE) / u64::from(encoder.rate());
        said.resize(usize::try_from(so_far).expect("short"), 0);
    }
    let end = muxer.trailer();
    Made {
        streamed: [&muxer.header(), &body, &end].map(Vec::as_slice).concat(),
        file: [&muxer.final_header(), &body, &end]
            .map(Vec::as_slice)
            .concat(),
        said,
        begins,
        seconds: samples as f64 / f64::from(encoder.rate()),
    }
}

/// Runs a program of ffmpeg's on a file; it must have nothing to say against it.
#[track_caller]
fn run(program: &str, arguments: &[&str], file: &Path) -> Vec<u8> {
    // An MP3 without an index has a length that can only be estimated, which ffmpeg warns of; so has
    // a WAV without a channel layout.
    let mp3_or_wav = ["mp3", "wav"]
        .map(Some)
        .contains(&file.extension().and_then(|e| e.to_str()));
    let done = Command::new(program)
        .args(["-v", if mp3_or_wav { "error" } else { "warning" }])
        .arg("-i")
        .arg(file)
        .args(arguments)
        .output();
    let done = done.expect("ffmpeg must be installed for the tests (see ./run test)");
    assert_eq!(
        String::from_utf8_lossy(&done.stderr),
        "",
        "{}",
        file.display()
    );
    done.stdout
}

/// Returns how alike two sounds are, from -1 to 1.
fn likeness(one: &[i16], other: &[i16]) -> f64 {
    let product = |a: &[i16], b: &[i16]| -> f64 {
        a.iter()
            .zip(b)
            .map(|(a, b)| f64::from(*a) * f64::from(*b))
            .sum()
    };
    product(one, other) / (product(one, one) * product(other, other)).sqrt()
}

#[track_caller]
fn check(format: Format, data: DataUse) {
    let made = made(format, data);
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in [("streamed", &made.streamed), ("file", &made.file)] {
        let path = folder.path().join(name).with_extension(format.extension());
        std::fs::write(&path, bytes).expect("a file");
        let decoded = run("ffmpeg", &["-ar", "22050", "-f", "s16le", "-"], &path);
        let heard: Vec<i16> = decoded
            .chunks_exact(2)
            .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        let case = format!("{format:?} {data:?} {name}");
        let seconds = heard.len() as f64 / f64::from(RATE);
        assert!(
            (seconds - made.seconds).abs() < 0.001,
            "{case}: {seconds} for {}",
            made.seconds
        );
        let alike = likeness(&heard, &made.said);
        assert!(alike > 0.93, "{case}: alike by {alike}");
    }
}

#[test]
fn every_format_is_decoded_to_what_went_in() {
    for format in Format::ALL {
        check(format, DataUse::Usual);
        check(format, DataUse::Saver);
    }
}

#[test]
fn players_find_title_and_length() {
    for format in [Format::Mp3, Format::Opus, Format::WebM, Format::Flac] {
        let made = made(format, DataUse::Usual);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder
            .path()
            .join("file")
            .with_extension(format.extension());
        std::fs::write(&path, &made.file).expect("a file");
        let entries = "format=duration:format_tags=title:stream_tags=title";
        let found = run("ffprobe", &["-show_entries", entries, "-of", "json"], &path);
        let found: serde_json::Value = serde_json::from_slice(&found).expect("JSON");
        let text = found.to_string().to_lowercase();
        assert!(text.contains("phòng đọc"), "{format:?}: {text}");
        let duration = found["format"]["duration"]
            .as_str()
            .and_then(|d| d.parse::<f64>().ok());
        let duration = duration.expect("a length");
        let allowed = if format == Format::Mp3 { 0.1 } else { 0.03 }; // estimated; Ogg's skipped packet
        assert!(
            (duration - made.seconds).abs() < allowed,
            "{format:?}: {duration}"
        );
    }
}

/// What ffprobe finds in a file besides its sound: the cover, and the chapters with their times.
fn found(format: Format, bytes: &[u8]) -> (Vec<serde_json::Value>, Vec<(f64, String)>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder
        .path()
        .join("file")
        .with_extension(format.extension());
    std::fs::write(&path, bytes).expect("a file");
    assert!(run("ffmpeg", &["-f", "null", "-"], &path).is_empty());
    let asked = ["-show_streams", "-show_chapters", "-of", "json"];
    let found: serde_json::Value =
        serde_json::from_slice(&run("ffprobe", &asked, &path)).expect("JSON");
    let streams = found["streams"].as_array().expect("streams").iter();
    let covers = streams.filter(|stream| stream["disposition"]["attached_pic"] == 1);
    let chapter = |chapter: &serde_json::Value| {
        let time = chapter["start_time"].as_str().and_then(|t| t.parse().ok());
        let title = chapter["tags"]["title"].as_str().expect("a title");
        (time.expect("a time"), title.to_owned())
    };
    let chapters = found["chapters"].as_array().expect("chapters").iter();
    (covers.cloned().collect(), chapters.map(chapter).collect())
}

#[test]
fn players_find_cover_and_chapters_and_none_at_a_wrong_time() {
    for format in [Format::Mp3, Format::Opus, Format::WebM, Format::Flac] {
        for data in [DataUse::Usual, DataUse::Saver] {
            let made = made(format, data);
            for (bytes, has_chapters) in [(&made.file, true), (&made.streamed, false)] {
                let case = format!("{format:?} {data:?} {has_chapters}");
                let (covers, chapters) = found(format, bytes);
                let size = |cover: &serde_json::Value| cover["width"].as_u64();
                let sizes: Vec<_> = covers.iter().filter_map(size).collect();
                let expected: &[u64] = if data == DataUse::Usual { &[128] } else { &[] };
                assert_eq!(sizes, expected, "{case}");
                if !has_chapters {
                    assert!(chapters.is_empty(), "{case}: {chapters:?}");
                    continue;
                }
                assert_eq!(chapters.len(), CHAPTERS.len(), "{case}: {chapters:?}");
                for ((time, title), (segment, expected)) in chapters.iter().zip(CHAPTERS) {
                    assert_eq!(title, expected, "{case}");
                    let off = (time - made.begins[segment]).abs();
                    assert!(off <= 0.001, "{case}: {time} for {}", made.begins[segment]);
                }
            }
        }
    }
}
