//! The whole way, at the front door: a portal's article is read and heard, by command and over HTTP.

mod common;

use std::path::Path;
use std::process::Command;

use common::client::{ask, begin, get, post, read_head};
use common::loa::{Server, command, output, run};
use common::portal::Portal;
use serde_json::Value;

const VARIANTS: [&str; 3] = ["/utf-8.aspx", "/nfd.aspx", "/windows-1258.aspx"];

fn query(url: &str) -> String {
    url::form_urlencoded::byte_serialize(url.as_bytes()).collect()
}

/// The article's record as it should be, at that portal.
fn expected(portal: &Portal) -> Value {
    let mut record: Value =
        serde_json::from_str(include_str!("portal/article.json")).expect("a record");
    for block in record["blocks"].as_array_mut().expect("blocks") {
        if let Some(src) = block.get("src").and_then(Value::as_str) {
            block["src"] = portal.url(src).into();
        }
    }
    record
}

/// Every field that is expected is there, and no block more.
#[track_caller]
fn check_record(got: &Value, expected: &Value) {
    for (field, want) in expected.as_object().expect("an object") {
        if field != "blocks" {
            assert_eq!(&got[field], want, "{field}");
        }
    }
    let blocks = got["blocks"].as_array().expect("blocks");
    let wanted = expected["blocks"].as_array().expect("blocks");
    for (block, want) in blocks.iter().zip(wanted) {
        for (field, want) in want.as_object().expect("an object") {
            assert_eq!(&block[field], want, "{field} of {block}");
        }
    }
    assert_eq!(
        blocks.len(),
        wanted.len(),
        "no block more or less: {blocks:#?}"
    );
}

#[test]
fn every_field_of_the_portals_article_is_right_in_every_encoding() {
    let portal = Portal::start();
    for variant in VARIANTS {
        let url = portal.url(variant);
        let record = output(&["read", &url, "--format", "json", "--trust", &portal.trust()]);
        let record: Value = serde_json::from_str(&record).expect("a record");
        check_record(&record, &expected(&portal));
    }
}

#[test]
fn the_article_is_served_as_a_page_and_as_a_record() {
    let portal = Portal::start();
    let server = Server::start(&["--trust", &portal.trust()]);
    for variant in VARIANTS {
        let url = query(&portal.url(variant));
        let record = get(server.address, &format!("/article.json?url={url}"), &[]);
        assert_eq!(record.status, 200);
        check_record(
            &serde_json::from_slice(&record.body).expect("a record"),
            &expected(&portal),
        );
        let page = get(server.address, &format!("/read?url={url}"), &[]).text();
        for piece in [
            ">Phú Lâm mở phòng đọc cho người khiếm thị</h1>",
            "datetime=\"2020-06-05T08:30:00+07:00\"",
            "310 đầu sách nói.",
            ">Ba việc sẽ làm trong năm</h2>",
            "phòng đọc./.",
            "Lê Thị Ngân",
            "/audio.mp3?url=",
        ] {
            assert!(page.contains(piece), "{piece} is missing in {page}");
        }
        for piece in [
            "PublishingPortal",
            "Tăng cỡ chữ",
            "Tin liên quan",
            "Mã xác nhận",
            "1204",
        ] {
            assert!(!page.contains(piece), "{piece} is none of the article");
        }
    }
}

#[test]
fn the_sound_is_mp3_and_as_long_as_its_utterances_together() {
    let portal = Portal::start();
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(&["--trust", &portal.trust()]);
    let url = portal.url("/utf-8.aspx");
    let [sound, captions] = ["a.mp3", "a.vtt"].map(|name| folder.path().join(name));
    let path = |file: &Path| file.to_str().expect("a path in UTF-8").to_owned();
    let (sound_path, captions_path) = (path(&sound), path(&captions));
    output(&[
        "speak",
        &url,
        "-o",
        &sound_path,
        "--captions",
        &captions_path,
        "--trust",
        &portal.trust(),
    ]);
    let path = format!("/audio.mp3?url={}", query(&url));
    let streamed = get(server.address, &path, &[]);
    assert_eq!(streamed.header("content-type"), Some("audio/mpeg"));
    let file = std::fs::read(&sound).expect("the file");
    let known = get(server.address, &path, &[]);
    assert!(known.body == file, "what is known, and the file, are one");
    // A stream that has just begun does not know its chapters, and leaves room for them.
    let (stream, size) = (&streamed.body, id3_size(&file));
    assert_eq!((stream.len(), id3_size(stream)), (file.len(), size));
    assert!(stream[size..] == file[size..], "and so is the sound");
    let captions = std::fs::read_to_string(&captions).expect("the captions");
    let plan = output(&["plan", &url, "--trust", &portal.trust()]);
    assert_eq!(
        captions.matches(" --> ").count(),
        plan.lines().count(),
        "a cue an utterance"
    );
    let (codec, seconds) = probe(&sound);
    assert_eq!(codec, "mp3");
    let planned = end_of(&captions);
    assert!(
        (seconds - planned).abs() < 0.1,
        "{seconds} s of {planned} s"
    );
}

/// The bytes of a file's tag (ID3 tag version 2.3.0, 3.1).
fn id3_size(file: &[u8]) -> usize {
    let bytes = file[6..10].iter();
    10 + bytes.fold(0, |size, byte| size << 7 | usize::from(*byte))
}

/// When the last cue ends, in seconds.
fn end_of(captions: &str) -> f64 {
    let last = captions
        .lines()
        .filter_map(|line| line.split_once(" --> "))
        .next_back();
    let clock = last.expect("a cue").1;
    clock.split(':').fold(0.0, |sum, part| {
        sum * 60.0 + part.parse::<f64>().expect("a number")
    })
}

#[test]
fn marks_name_the_words_that_are_heard_where_they_are_written() {
    let portal = Portal::start();
    let server = Server::start(&["--trust", &portal.trust()]);
    let url = portal.url("/utf-8.aspx");
    let text = output(&["read", &url, "--trust", &portal.trust()]);
    let marks = get(
        server.address,
        &format!("/marks.ndjson?url={}", query(&url)),
        &[],
    )
    .text();
    let marks: Vec<Value> = marks
        .lines()
        .map(|line| serde_json::from_str(line).expect("a mark"))
        .collect();
    let place = |mark: &Value, end: &str| {
        usize::try_from(mark[end].as_u64().expect("a number")).expect("a place")
    };
    for mark in &marks {
        let written = &text[place(mark, "start")..place(mark, "end")];
        assert_eq!(mark["value"], written);
    }
    let times: Vec<_> = marks
        .iter()
        .map(|mark| mark["time"].as_u64().expect("a time"))
        .collect();
    assert!(times.is_sorted(), "time goes on");
    let words: Vec<_> = marks.iter().filter(|mark| mark["type"] == "word").collect();
    assert!(words.len() > 150, "{} words", words.len());
    assert!(
        words.iter().any(|mark| mark["value"] == "1.250.000.000"),
        "a number is one word"
    );
}

/// What ffprobe finds in a file: its codec, and its length in seconds counted packet by packet.
fn probe(file: &Path) -> (String, f64) {
    let done = Command::new("ffprobe")
        .args(["-v", "error", "-count_packets", "-show_entries"])
        .args(["stream=codec_name,nb_read_packets", "-of", "json"])
        .arg(file)
        .output()
        .expect("ffprobe runs");
    let found: Value = serde_json::from_slice(&done.stdout).expect("what ffprobe found");
    let stream = &found["streams"][0];
    let packets: f64 = stream["nb_read_packets"]
        .as_str()
        .and_then(|n| n.parse().ok())
        .expect("packets");
    (
        stream["codec_name"].as_str().expect("a codec").to_owned(),
        packets * 576.0 / 22_050.0,
    )
}

#[test]
fn what_cannot_be_read_is_told_on_a_page_in_the_readers_language() {
    let portal = Portal::start();
    let server = Server::start(&["--trust", &portal.trust()]);
    let at = |path: &str| query(&portal.url(path));
    for (path, status) in [
        ("/read?url=".to_owned(), 400),
        (format!("/read?url={}", query("không phải địa chỉ")), 400),
        (format!("/read?url={}", query("ftp://a.example/")), 400),
        (format!("/read?url={}", query("http://192.168.1.1/")), 502),
        (format!("/read?url={}", query("http://127.0.0.1:9/")), 502),
        (
            format!("/read?url={}", query("http://no-such-host.invalid/")),
            502,
        ),
        (format!("/read?url={}", at("/missing.aspx")), 404),
        (format!("/read?url={}", at("/broken.aspx")), 502),
        (format!("/read?url={}", at("/circle.aspx")), 502),
        (format!("/read?url={}", at("/inwards.aspx")), 502),
        (format!("/read?url={}", at("/decision.pdf")), 415),
        (format!("/read?url={}", at("/huge.aspx")), 502),
        (format!("/read?url={}", at("/empty.aspx")), 422),
        (
            format!("/audio.mp3?url={}&voice=nobody", at("/utf-8.aspx")),
            400,
        ),
        (format!("/audio.mp3?url={}&speed=9", at("/utf-8.aspx")), 400),
        (
            format!("/audio.mp3?url={}&from=s9999", at("/utf-8.aspx")),
            400,
        ),
        (format!("/audio.xyz?url={}", at("/utf-8.aspx")), 404),
        ("/nothing/here".to_owned(), 404),
    ] {
        for (accepted, lang, home) in [("vi", "vi", "Trang đầu"), ("en", "en", "Home")] {
            let answer = get(server.address, &path, &[("accept-language", accepted)]);
            assert_eq!(answer.status, status, "{path}");
            let page = answer.text();
            assert!(page.contains(&format!("lang=\"{lang}\"")), "{path}: {page}");
            assert_eq!(page.matches("<h1").count(), 1, "{path}: {page}");
            assert!(page.contains(home), "{path} says where to go: {page}");
            assert!(answer.header("content-security-policy").is_some(), "{path}");
        }
    }
}

#[test]
fn a_page_that_is_no_article_is_read_with_a_word_about_it() {
    let portal = Portal::start();
    let url = portal.url("/search.aspx");
    let record = output(&["read", &url, "--format", "json", "--trust", &portal.trust()]);
    let record: Value = serde_json::from_str(&record).expect("a record");
    assert_eq!(record["kind"], "page");
    assert!(
        record["doubts"]
            .as_array()
            .expect("doubts")
            .contains(&"no-article".into())
    );
    assert!(
        record["blocks"]
            .to_string()
            .contains("Hãy nhập từ khóa vào ô trên.")
    );
}

#[test]
fn the_command_line_says_in_one_sentence_what_failed() {
    let portal = Portal::start();
    let (trust, pdf, good) = (
        portal.trust(),
        portal.url("/decision.pdf"),
        portal.url("/utf-8.aspx"),
    );
    let folder = tempfile::tempdir().expect("a folder");
    let odd = folder.path().join("a.xyz");
    for arguments in [
        vec!["read", "no-such-file.html"],
        vec!["read", "gopher://a.example/"],
        vec!["read", "http://10.0.0.1/"],
        vec!["read", &good],
        vec!["read", &pdf, "--trust", &trust],
        vec![
            "speak",
            &good,
            "--trust",
            &trust,
            "-o",
            odd.to_str().expect("a path"),
        ],
        vec!["speak", &good, "--trust", &trust, "--voice", "nobody"],
    ] {
        for (locale, lang) in [("vi_VN.UTF-8", "vi"), ("C", "en")] {
            let done = command()
                .args(&arguments)
                .env("LC_ALL", locale)
                .output()
                .expect("loa runs");
            let told = String::from_utf8(done.stderr).expect("words");
            assert_eq!(done.status.code(), Some(1), "{arguments:?}: {told}");
            assert!(done.stdout.is_empty(), "{arguments:?}");
            assert_eq!(told.trim_end().lines().count(), 1, "{arguments:?}: {told}");
            let vietnamese = told.contains(['ạ', 'ị', 'ể', 'ọ', 'ế', 'ộ', 'ấ', 'ệ', 'ờ', 'ư', 'đ']);
            assert_eq!(vietnamese, lang == "vi", "{arguments:?}: {told}");
        }
    }
    assert_eq!(run(&["speak"]).status.code(), Some(2), "wrong usage");
    assert_eq!(
        std::fs::read_dir(folder.path())
            .expect("the folder")
            .count(),
        0,
        "nothing is left"
    );
}

#[test]
fn settings_stay_by_cookie_or_in_the_address() {
    let server = Server::start(&[]);
    let wishes = [
        ("scale", "200"),
        ("theme", "yellow-on-black"),
        ("back", "/help"),
    ];
    let saved = post(server.address, "/settings", &[], &wishes);
    assert_eq!(
        (saved.status, saved.header("location")),
        (303, Some("/help"))
    );
    let cookie = saved.header("set-cookie").expect("a cookie");
    let pair = cookie.split(';').next().expect("a pair");
    let marks = ["data-theme=\"yellow-on-black\"", "data-scale=\"200\""];
    let by_cookie = get(server.address, "/help", &[("cookie", pair)]).text();
    let code = pair.strip_prefix("loa=").expect("the cookie's name");
    let by_address = get(server.address, &format!("/help?s={code}"), &[]).text();
    for mark in marks {
        assert!(by_cookie.contains(mark), "{mark} in {by_cookie}");
        assert!(by_address.contains(mark), "{mark} in {by_address}");
    }
    let links = by_address
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let own: Vec<_> = links
        .filter(|href| href.starts_with('/') && !href.starts_with("/static/"))
        .filter(|href| *href != "/loa.webmanifest") // a phone reads it, not the reader
        .collect();
    assert!(own.len() >= 3, "{own:?}");
    for href in own {
        assert!(href.contains("s=1"), "{href} carries no settings on");
    }
}

#[test]
fn equal_requests_share_one_fetch() {
    let portal = Portal::start();
    let server = Server::start(&["--trust", &portal.trust()]);
    let path = format!("/article.json?url={}", query(&portal.url("/utf-8.aspx")));
    let answers: Vec<_> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..20)
            .map(|_| scope.spawn(|| get(server.address, &path, &[]).status))
            .collect();
        asking
            .into_iter()
            .map(|one| one.join().expect("an answer"))
            .collect()
    });
    assert_eq!(answers, vec![200; 20]);
    assert_eq!(portal.times_asked("/utf-8.aspx"), 1);
}

#[test]
fn the_sample_is_read_and_heard_from_the_front_page_without_a_network() {
    let server = Server::start(&[]);
    let front = get(server.address, "/", &[("accept-language", "vi")]).text();
    let sample = front
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let sample: Vec<_> = sample
        .filter(|href| href.contains("sample.loa.invalid"))
        .collect();
    let listing = query("https://sample.loa.invalid/vi/");
    let listing = get(server.address, &format!("/article.json?url={listing}"), &[]);
    let listing: Value = serde_json::from_slice(&listing.body).expect("a record");
    assert_eq!(listing["kind"], "listing");
    assert_eq!(listing["links"].as_array().map(Vec::len), Some(2));
    assert!(sample.len() >= 3, "two articles and a listing: {sample:?}");
    for link in sample {
        let page = get(server.address, &link.replace("&amp;", "&"), &[]);
        assert_eq!(page.status, 200, "{link}");
        let page = page.text();
        let sound = page
            .split("src=\"/audio.mp3")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let sound = format!("/audio.mp3{}", sound.expect("a player")).replace("&amp;", "&");
        let mut answer = begin(server.address, "GET", &sound, &[], b"");
        let (status, headers) = read_head(&mut answer);
        assert_eq!(status, 200, "{sound}");
        assert!(headers.contains(&("content-type".to_owned(), "audio/mpeg".to_owned())));
    }
}

#[test]
fn any_part_of_a_sound_can_be_had_before_anybody_heard_it() {
    let server = Server::start(&[]);
    let url = query("https://sample.loa.invalid/vi/bai-viet");
    for format in ["mp3", "opus", "webm", "flac", "wav"] {
        let path = format!("/audio.{format}?url={url}");
        let head = ask(server.address, "HEAD", &path, &[], b"");
        let length: usize = head
            .header("content-length")
            .and_then(|n| n.parse().ok())
            .expect("a length");
        let etag = head.header("etag").expect("a tag").to_owned();
        let part = |range: &str, tag: &str| {
            get(
                server.address,
                &path,
                &[("range", range), ("if-range", tag)],
            )
        };
        let (from, to) = (length / 2, length / 2 + 9_999);
        let middle = part(&format!("bytes={from}-{to}"), &etag);
        assert_eq!(middle.status, 206, "{format}");
        let expected = format!("bytes {from}-{to}/{length}");
        assert_eq!(
            middle.header("content-range"),
            Some(expected.as_str()),
            "{format}"
        );
        let whole = get(server.address, &path, &[("range", "bytes=0-")]);
        assert_eq!((whole.status, whole.body.len()), (206, length), "{format}");
        assert!(
            middle.body == whole.body[from..=to],
            "{format}: the middle is the whole's middle"
        );
        let end = part("bytes=-7", &etag);
        assert!(end.body == whole.body[length - 7..], "{format}");
        let stale = part("bytes=0-1", "\"another\"");
        assert_eq!((stale.status, stale.body.len()), (200, length), "{format}");
        let beyond = part(&format!("bytes={length}-"), &etag);
        let unsatisfied = format!("bytes */{length}");
        assert_eq!(beyond.status, 416, "{format}");
        assert_eq!(
            beyond.header("content-range"),
            Some(unsatisfied.as_str()),
            "{format}"
        );
        let known = get(server.address, &path, &[]);
        let named = known.header("content-length").and_then(|n| n.parse().ok());
        assert_eq!(
            (named, known.header("etag")),
            (Some(length), Some(etag.as_str())),
            "{format}"
        );
        assert!(
            known.body == whole.body,
            "{format}: the same bytes, however they are asked for"
        );
        let again = get(server.address, &path, &[("if-none-match", &etag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{format}");
    }
}
