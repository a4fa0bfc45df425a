//! OpenAI's speech API, as programs use it: against the real binary, with the test voice and the engine's.

mod common;

use std::io::Read as _;
use std::net::SocketAddr;

use base64::Engine as _;
use common::client::{Answer, ask, begin, get, read_head};
use common::loa::Server;
use serde_json::{Value, json};

const TEXT: &str = "Sáng nay trời nắng đẹp. Bà con ra đồng gặt lúa, đến trưa thì xong.";

fn server() -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("loa.toml");
    std::fs::write(&file, "tone_voice = true\n").expect("settings");
    Server::start(&["--config", file.to_str().expect("a plain path")])
}

fn speech(server: SocketAddr, request: &Value) -> Answer {
    let kind = [("content-type", "application/json")];
    let body = request.to_string();
    ask(server, "POST", "/v1/audio/speech", &kind, body.as_bytes())
}

fn asked(more: &[(&str, Value)]) -> Value {
    let mut request = json!({ "model": "tts-1", "input": TEXT, "voice": "tone" });
    for (field, value) in more {
        request[*field] = value.clone();
    }
    request
}

#[test]
fn every_form_is_sound_of_its_kind_and_aac_says_why_not() {
    let server = server();
    let of = |form: &str| speech(server.address, &asked(&[("response_format", json!(form))]));
    for (form, media_type, begins) in [
        ("mp3", "audio/mpeg", &b"\xff"[..]),
        ("opus", "audio/ogg; codecs=opus", b"OggS"),
        ("flac", "audio/flac", b"fLaC"),
        ("wav", "audio/wav", b"RIFF"),
        ("pcm", "audio/pcm", b""),
    ] {
        let answer = of(form);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(media_type))
        );
        assert!(
            answer.body.starts_with(begins) && answer.body.len() > 4_000,
            "{form}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    let (pcm, wav) = (
        of("pcm").body.len() as f64,
        of("wav").body.len() as f64 - 44.0,
    );
    assert!(
        (pcm / 24_000.0 - wav / 22_050.0).abs() < 0.01,
        "the same sound at 24 kHz"
    );
    assert_eq!(speech(server.address, &asked(&[])).body, of("mp3").body);
    let aac = of("aac");
    assert_eq!(aac.status, 400);
    assert!(aac.text().contains("no encoder"), "{}", aac.text());
}

/// The events of an answer.
fn events(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    let text = answer.text();
    let lines = text.lines().filter_map(|line| line.strip_prefix("data: "));
    lines
        .map(|line| serde_json::from_str(line).expect("an event"))
        .collect()
}

fn of_type<'a>(events: &'a [Value], kind: &'a str) -> impl Iterator<Item = &'a Value> {
    events.iter().filter(move |event| event["type"] == kind)
}

#[test]
fn events_carry_the_same_bytes_and_marks_where_they_are_asked_for() {
    let server = server();
    for form in ["mp3", "opus", "flac", "wav", "pcm"] {
        let alone = asked(&[("response_format", json!(form))]);
        let sent = asked(&[
            ("response_format", json!(form)),
            ("stream_format", json!("sse")),
        ]);
        let events = events(&speech(server.address, &sent));
        let piece = |event: &Value| {
            let audio = event["audio"].as_str().expect("base64");
            base64::engine::general_purpose::STANDARD
                .decode(audio)
                .expect("base64")
        };
        let joined: Vec<u8> = of_type(&events, "speech.audio.delta")
            .flat_map(piece)
            .collect();
        assert!(joined == speech(server.address, &alone).body, "{form}");
        assert_eq!(of_type(&events, "speech.audio.mark").count(), 0);
        let last = events.last().expect("an end");
        assert_eq!(last["type"], "speech.audio.done");
        assert!(last["usage"]["total_tokens"].is_u64());
    }
    let marked = asked(&[("stream_format", json!("sse")), ("marks", json!(true))]);
    let events = events(&speech(server.address, &marked));
    let marks = of_type(&events, "speech.audio.mark").map(|event| &event["mark"]);
    let words: Vec<_> = marks.filter(|mark| mark["type"] == "word").collect();
    let written: Vec<_> = TEXT
        .split([' ', '.', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let heard: Vec<_> = words
        .iter()
        .filter_map(|mark| mark["value"].as_str())
        .collect();
    assert_eq!(heard, written);
    let times: Vec<_> = words
        .iter()
        .filter_map(|mark| mark["time"].as_u64())
        .collect();
    assert!(times.len() == written.len() && times.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn speed_changes_the_length_and_what_is_slower_than_loa_speaks_is_as_slow_as_it_does() {
    let server = server();
    let length = |speed: f64| {
        let of = asked(&[("response_format", json!("pcm")), ("speed", json!(speed))]);
        let answer = speech(server.address, &of);
        assert_eq!(answer.status, 200);
        answer.body.len() as f64
    };
    assert!((1.8..2.2).contains(&(length(1.0) / length(2.0))));
    assert!(length(4.0) < length(2.0) && length(0.25) == length(0.5));
}

#[test]
fn the_classic_names_are_voices_and_a_voice_speaks_texts_of_its_language() {
    let server = server();
    for voice in [
        "alloy", "echo", "fable", "onyx", "nova", "shimmer", "vi-south",
    ] {
        let answer = speech(server.address, &asked(&[("voice", json!(voice))]));
        assert_eq!(answer.status, 200, "{voice}: {}", answer.text());
    }
    let south = speech(server.address, &asked(&[("voice", json!("vi-south"))])).body;
    assert!(
        speech(
            server.address,
            &asked(&[("voice", json!({ "id": "nova" }))])
        )
        .body
            == south
    );
    assert!(speech(server.address, &asked(&[("voice", json!("alloy"))])).body != south);
}

#[test]
fn what_is_wrong_is_told_in_json_with_the_field() {
    let server = server();
    let long = "a ".repeat(20_000);
    let cases = [
        ("model", json!("gpt-9"), 404, "model_not_found"),
        ("model", Value::Null, 400, "missing_required_parameter"),
        ("input", json!(""), 400, "empty_string"),
        ("input", json!(" \n"), 400, "empty_string"),
        ("input", json!("* * *"), 400, "empty_string"),
        ("input", json!(7), 400, "invalid_type"),
        ("input", json!(long), 400, "string_above_max_length"),
        ("input", Value::Null, 400, "missing_required_parameter"),
        ("voice", json!("nobody"), 400, "voice_not_found"),
        ("voice", json!("../x"), 400, "voice_not_found"),
        ("voice", json!({ "name": 1 }), 400, "voice_not_found"),
        ("voice", json!([]), 400, "invalid_type"),
        ("response_format", json!("ogg"), 400, "invalid_value"),
        ("speed", json!(5), 400, "invalid_value"),
        ("speed", json!("fast"), 400, "invalid_value"),
        ("stream_format", json!("tv"), 400, "invalid_value"),
        ("marks", json!(1), 400, "invalid_type"),
    ];
    for (param, value, status, code) in cases {
        let answer = speech(server.address, &asked(&[(param, value.clone())]));
        let told: Value = serde_json::from_slice(&answer.body).expect("JSON");
        let error = &told["error"];
        assert_eq!(answer.status, status, "{param} {value}: {told}");
        assert_eq!(
            (&error["param"], &error["code"]),
            (&json!(param), &json!(code))
        );
        assert_eq!(error["type"], "invalid_request_error");
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|message| message.len() > 9)
        );
    }
    for body in ["", "{", "[]", "\u{7f}", "null"] {
        let answer = ask(
            server.address,
            "POST",
            "/v1/audio/speech",
            &[],
            body.as_bytes(),
        );
        let told: Value = serde_json::from_slice(&answer.body).expect("JSON");
        assert_eq!(
            (answer.status, &told["error"]["code"]),
            (400, &json!("invalid_json"))
        );
    }
    let unknown = asked(&[("instructions", json!("softly")), ("x", json!({}))]);
    assert_eq!(
        speech(server.address, &unknown).status,
        200,
        "what is not known is passed over"
    );
}

#[test]
fn other_paths_methods_and_origins_are_told_in_json_too() {
    let server = server();
    let body = asked(&[]).to_string();
    let elsewhere = [("origin", "http://elsewhere.example")];
    let huge = "x".repeat(400 << 10);
    for (method, path, headers, body, status) in [
        ("GET", "/v1/nothing", &[][..], "", 404),
        ("POST", "/v1/nothing", &[], "{}", 404),
        ("GET", "/v1/models/none", &[], "", 404),
        ("GET", "/v1/models/%ff", &[], "", 404),
        ("GET", "/v1/%ff", &[], "", 404),
        ("GET", "/v1", &[], "", 404),
        ("PUT", "/v1/", &[], "{}", 404),
        ("GET", "/v1/models/", &[], "", 404),
        ("DELETE", "/v1/models", &[], "", 405),
        ("GET", "/v1/audio/speech", &[], "", 405),
        ("POST", "/v1/audio/speech", &elsewhere, &body, 403),
        ("POST", "/v1/audio/speech", &[], &huge, 413),
    ] {
        let answer = ask(server.address, method, path, headers, body.as_bytes());
        let told: Value = serde_json::from_slice(&answer.body).expect(path);
        assert_eq!(answer.status, status, "{method} {path}: {told}");
        assert!(told["error"]["type"].is_string() && told["error"]["message"].is_string());
    }
}

#[test]
fn models_and_voices_are_listed() {
    let server = server();
    let read = |path: &str| -> Value {
        let answer = get(server.address, path, &[]);
        serde_json::from_slice(&answer.body).expect("JSON")
    };
    let models = read("/v1/models");
    assert_eq!(models["object"], "list");
    assert_eq!(read("/v1/models/tts-1")["id"], "tts-1");
    let voices = read("/v1/audio/voices");
    let voices = voices["voices"].as_array().expect("a list");
    let north = voices
        .iter()
        .find(|voice| voice["id"] == "vi-north")
        .expect("vi-north");
    assert_eq!(
        (&north["lang"], &north["word_times"]),
        (&json!("vi"), &json!("exact"))
    );
}

#[test]
fn where_keys_are_given_out_one_is_needed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("loa.toml");
    let settings = "api_keys = [\"the-first-of-two-keys\", \"the-other-of-two-keys\"]\n";
    std::fs::write(&file, settings).expect("settings");
    let server = Server::start(&["--config", file.to_str().expect("a plain path")]);
    let status = |key: &str| {
        let headers = [("authorization", key)];
        get(
            server.address,
            "/v1/models",
            &headers[..usize::from(!key.is_empty())],
        )
        .status
    };
    assert_eq!(status("Bearer the-first-of-two-keys"), 200);
    assert_eq!(status("Bearer the-other-of-two-keys"), 200);
    assert_eq!(status("bearer   the-first-of-two-keys"), 200);
    assert_eq!(status("BEARER the-first-of-two-keys"), 200);
    for wrong in [
        "",
        "Bearer ",
        "Bearer",
        "Bearerthe-first-of-two-keys",
        "Basic the-first-of-two-keys",
        "Bearer the-first",
        "the-first-of-two-keys",
    ] {
        assert_eq!(status(wrong), 401, "{wrong:?}");
    }
    let refused = get(server.address, "/v1/audio/voices", &[]);
    assert_eq!(refused.header("www-authenticate"), Some("Bearer"));
    assert!(refused.text().contains("invalid_api_key"));
    assert_eq!(
        get(server.address, "/", &[]).status,
        200,
        "readers need none"
    );
}

#[test]
fn sound_comes_while_it_is_made_and_who_leaves_ends_the_work() {
    let server = server();
    let sentence = "Một câu nữa của bài đọc rất dài này đây. ";
    let numbered: String = (0..400).map(|n| format!("Câu {n}. {sentence}")).collect();
    let request = asked(&[("input", json!(numbered)), ("voice", json!("vi-north"))]).to_string();
    let request = request.as_bytes();
    let mut answer = begin(server.address, "POST", "/v1/audio/speech", &[], request);
    assert_eq!(read_head(&mut answer).0, 200);
    answer.read_exact(&mut [0; 512]).expect("its beginning");
    drop(answer);
    let busy = || {
        let text = get(server.address, "/metrics", &[]).text();
        let listeners = text.lines().find(|line| line.starts_with("loa_listeners "));
        !listeners.expect("a number").ends_with(" 0")
    };
    let began = std::time::Instant::now();
    while busy() {
        assert!(began.elapsed().as_secs() < 30, "it goes on for nobody");
        std::thread::yield_now();
    }
}

#[test]
fn ssml_is_spoken_its_marks_are_told_and_what_is_not_followed_is_named() {
    let server = server();
    let ssml = "<speak xml:lang=\"vi\">Một <mark name=\"giữa\"/>hai <emphasis>ba</emphasis>.\
        <voice name=\"nobody\">Bốn.</voice></speak>";
    let request = asked(&[
        ("input", json!(ssml)),
        ("voice", json!("vi-north")),
        ("stream_format", json!("sse")),
        ("marks", json!(true)),
    ]);
    let answer = speech(server.address, &request);
    let remarks = answer.header("loa-remarks").expect("what is not followed");
    let remarks: Vec<String> = serde_json::from_str(remarks).expect("a list");
    assert!(
        matches!(&remarks[..], [emphasis, nobody] if emphasis.contains("emphasis") && nobody.contains("nobody"))
    );
    let events = events(&answer);
    let marks: Vec<_> = of_type(&events, "speech.audio.mark")
        .map(|event| &event["mark"])
        .collect();
    let time = |value: &str| {
        marks
            .iter()
            .find(|mark| mark["value"] == value)
            .map(|mark| &mark["time"])
    };
    assert_eq!(time("giữa"), time("hai"));
    assert!(time("Bốn").is_some());
    let broken = asked(&[("input", json!("<speak>\n<p>Một.</speak>"))]);
    let refused = speech(server.address, &broken);
    assert_eq!(refused.status, 400);
    assert!(refused.text().contains("line 2, column ") && refused.text().contains("invalid_ssml"));
}

#[test]
fn the_calls_of_pipers_own_server_are_answered_with_whole_files() {
    let server = server();
    let ask = |path: &str, body: &str| ask(server.address, "POST", path, &[], body.as_bytes());
    let request = |more: &str| format!("{{\"text\": \"{TEXT}\", \"voice\": \"tone\"{more}}}");
    let whole = ask("/synthesize", &request(""));
    assert_eq!(
        (whole.status, whole.header("content-type")),
        (200, Some("audio/wav"))
    );
    let told = u32::from_le_bytes(whole.body[40..44].try_into().expect("four bytes"));
    assert_eq!(
        told as usize,
        whole.body.len() - 44,
        "its head tells its length"
    );
    assert!(ask("/", &request("")).body == whole.body);
    let slow = ask("/synthesize", &request(", \"length_scale\": 2"))
        .body
        .len() as f64;
    assert!((1.7..2.1).contains(&(slow / whole.body.len() as f64)));
    assert_eq!(ask("/", TEXT).status, 200, "plain text, too");
    for (body, param) in [
        ("{}", "text"),
        ("", "text"),
        (&request(", \"length_scale\": 0"), "length_scale"),
        ("{\"text\": \"a\", \"voice\": \"nobody\"}", "voice"),
    ] {
        let refused = ask("/synthesize", body);
        let told: Value = serde_json::from_slice(&refused.body).expect("JSON");
        assert_eq!(
            (refused.status, &told["error"]["param"]),
            (400, &json!(param)),
            "{body}"
        );
    }
    let voices: Value =
        serde_json::from_slice(&get(server.address, "/voices", &[]).body).expect("JSON");
    assert_eq!(voices["vi-north"]["language"]["code"], "vi");
    assert!(
        get(server.address, "/", &[]).text().contains("<h1"),
        "the front page is where it was"
    );
}
