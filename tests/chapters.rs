//! What players find in the sound of an article, over HTTP and from the command: its cover and its
//! chapters, which begin when their headings are said.

mod common;

use std::path::Path;
use std::process::Command;

use common::client::{Answer, get};
use common::loa::{Server, output};
use common::portal::Portal;
use serde_json::Value;

const FORMATS: [&str; 4] = ["mp3", "opus", "webm", "flac"];
const TITLE: &str = "Phú Lâm mở phòng đọc cho người khiếm thị";
const HEADING: &str = "Ba việc sẽ làm trong năm";

/// What a player finds: each chapter's beginning in seconds and its title, and how many covers.
#[derive(Debug, PartialEq)]
struct Found {
    chapters: Vec<(f64, String)>,
    covers: usize,
}

/// Runs a program of ffmpeg's; it must have nothing to say against the file.
#[track_caller]
fn run(program: &str, path: &Path, arguments: &[&str]) -> Vec<u8> {
    // An MP3 without an index has a length that can only be estimated, which ffmpeg warns of.
    let is_mp3 = path.extension().is_some_and(|extension| extension == "mp3");
    let done = Command::new(program)
        .args(["-v", if is_mp3 { "error" } else { "warning" }, "-i"])
        .arg(path)
        .args(arguments)
        .output();
    let done = done.expect("ffmpeg must be installed for the tests (see ./run test)");
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(said, "", "{}", path.display());
    done.stdout
}

#[track_caller]
fn found(path: &Path) -> Found {
    run("ffmpeg", path, &["-f", "null", "-"]);
    let asked = ["-show_streams", "-show_chapters", "-of", "json"];
    let found: Value = serde_json::from_slice(&run("ffprobe", path, &asked)).expect("JSON");
    let streams = found["streams"].as_array().expect("streams").iter();
    let chapter = |chapter: &Value| {
        let time = chapter["start_time"].as_str().and_then(|t| t.parse().ok());
        let title = chapter["tags"]["title"].as_str().expect("a title");
        (time.expect("a time"), title.to_owned())
    };
    let chapters = found["chapters"].as_array().expect("chapters").iter();
    Found {
        chapters: chapters.map(chapter).collect(),
        covers: streams
            .filter(|stream| stream["disposition"]["attached_pic"] == 1)
            .count(),
    }
}

/// A server with an article of the portal's, and a folder for what it answers.
struct Listener {
    server: Server,
    portal: Portal,
    folder: tempfile::TempDir,
}

impl Listener {
    fn start() -> Self {
        let portal = Portal::start();
        Self {
            server: Server::start(&["--trust", &portal.trust()]),
            portal,
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn get(&self, file: &str, wish: &str, headers: &[(&str, &str)]) -> Answer {
        let url = self.portal.url("/utf-8.aspx");
        let url: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
        get(
            self.server.address,
            &format!("/{file}?url={url}{wish}"),
            headers,
        )
    }

    /// Gets a sound, and what players find in it.
    #[track_caller]
    fn sound(&self, format: &str, wish: &str, headers: &[(&str, &str)]) -> (Answer, Found) {
        let answer = self.get(&format!("audio.{format}"), wish, headers);
        assert!(answer.status == 200 || answer.status == 206, "{format}");
        let path = self.folder.path().join("sound").with_extension(format);
        std::fs::write(&path, &answer.body).expect("a file");
        let found = found(&path);
        (answer, found)
    }

    /// Returns the name of the utterance that is the heading, and when it is heard.
    fn heading(&self, format: &str, wish: &str) -> (String, f64) {
        let marks = self.get("marks.ndjson", &format!("&format={format}{wish}"), &[]);
        let marks = marks.text();
        let mut marks = marks
            .lines()
            .map(|line| serde_json::from_str(line).expect("a mark"));
        let mark: Value = marks
            .find(|mark: &Value| mark["type"] == "sentence" && mark["value"] == HEADING)
            .expect("the heading is said");
        let time = mark["time"].as_f64().expect("a time") / 1_000.0;
        (mark["id"].as_str().expect("a name").to_owned(), time)
    }
}

#[track_caller]
fn check(found: &Found, expected: &[(f64, &str)], covers: usize, case: &str) {
    let titles = |all: &[(f64, String)]| -> Vec<String> {
        all.iter().map(|(_, title)| title.clone()).collect()
    };
    let expected_titles: Vec<_> = expected.iter().map(|(_, title)| *title).collect();
    assert_eq!(titles(&found.chapters), expected_titles, "{case}");
    for ((time, title), (wanted, _)) in found.chapters.iter().zip(expected) {
        assert!(
            (time - wanted).abs() <= 0.002,
            "{case}: {title} at {time} s, not {wanted} s"
        );
    }
    assert_eq!(found.covers, covers, "{case}");
}

#[test]
fn chapters_begin_when_their_headings_are_said() {
    for format in FORMATS {
        let listener = Listener::start(); // Ogg and WebM share what they know
        let (streamed, begun) = listener.sound(format, "", &[]);
        let (whole, known) = listener.sound(format, "", &[("range", "bytes=0-")]);
        let (_, time) = listener.heading(format, "");
        assert!(time > 5.0, "{format}: {time}");
        let chapters = [(0.0, TITLE), (time, HEADING)];
        check(&known, &chapters, 1, format);
        // MP3 and Ogg are sent before their length is known, and with it the times of chapters.
        let is_known = streamed.header("etag").is_some();
        assert_eq!(is_known, !["mp3", "opus"].contains(&format), "{format}");
        check(&begun, if is_known { &chapters } else { &[] }, 1, format);
        assert_eq!(whole.body.len(), streamed.body.len(), "{format}");
    }
}

#[test]
fn who_begins_later_has_the_chapters_of_what_is_heard() {
    let listener = Listener::start();
    let (heading, _) = listener.heading("opus", "");
    let number: u32 = heading[1..].parse().expect("a number");
    let all = &[("range", "bytes=0-")];
    let from = format!("&from=s{}", number - 2);
    let (_, time) = listener.heading("opus", &from);
    let (before, found) = listener.sound("opus", &from, all);
    check(&found, &[(0.0, TITLE), (time, HEADING)], 1, &from);
    let from = format!("&from={heading}");
    let (at, found) = listener.sound("opus", &from, all);
    check(&found, &[], 1, &from);
    assert_ne!(before.header("etag"), at.header("etag"));
}

#[test]
fn who_spares_data_gets_no_cover() {
    let listener = Listener::start();
    let all = &[("range", "bytes=0-")];
    for format in FORMATS {
        let (saving, found) = listener.sound(format, "&data=saver", all);
        let (_, time) = listener.heading(format, "&data=saver");
        check(&found, &[(0.0, TITLE), (time, HEADING)], 0, format);
        let usual = listener.get(&format!("audio.{format}"), "", all);
        assert!(usual.body.len() > saving.body.len(), "{format}");
        assert_ne!(usual.header("etag"), saving.header("etag"), "{format}");
    }
}

#[test]
fn a_file_of_the_command_has_them_too() {
    let portal = Portal::start();
    let folder = tempfile::tempdir().expect("a folder");
    for format in FORMATS {
        let path = folder.path().join("sound").with_extension(format);
        let (url, trust) = (portal.url("/utf-8.aspx"), portal.trust());
        let file = path.to_str().expect("a path in UTF-8");
        output(&["speak", &url, "-o", file, "--trust", &trust]);
        let found = found(&path);
        let titles = found.chapters.iter().map(|(_, title)| title.as_str());
        assert_eq!(titles.collect::<Vec<_>>(), [TITLE, HEADING], "{format}");
        assert_eq!(found.covers, 1, "{format}");
    }
}
