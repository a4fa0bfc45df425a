//! What the operator of a gateway relies on: numbers, a log, new settings, an orderly end, and that none of it
//! tells who reads what.

mod common;

use std::fs;
use std::io::Read;
use std::net::TcpStream;
use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use common::client::{Answer, begin, get, read_head};
use common::loa::{Server, command};
use common::portal::{Portal, html};

/// Words that occur in the article, its address and its title, and nowhere in Loa.
const SECRETS: [&str; 4] = [
    "chuyen-rieng",
    "Chuyện riêng",
    "Quỳnh Nhai",
    "198.51.100.77",
];

async fn answer(request: Request) -> Response {
    let sentences = match request.uri().path() {
        "/chuyen-rieng/dai" => 400,
        "/chuyen-rieng/ngan" => 5,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let body: String = (0..sentences)
        .map(|n| {
            format!(
                "<p>Ngày thứ {n}, bà con Quỳnh Nhai ra đồng từ sáng sớm và về khi trời đã tối.</p>"
            )
        })
        .collect();
    let page = format!(
        "<html lang=vi><head><title>Chuyện riêng</title></head><body><article><h1>Chuyện riêng</h1>{body}\
         </article></body></html>"
    );
    html("text/html; charset=utf-8", page.into_bytes())
}

fn portal() -> Portal {
    Portal::answering(Router::new().fallback(answer))
}

fn query(portal: &Portal, path: &str) -> String {
    url::form_urlencoded::byte_serialize(portal.url(path).as_bytes()).collect()
}

/// A settings file in a folder of its own.
fn settings(folder: &Path, text: &str) -> String {
    let file = folder.join("loa.toml");
    fs::write(&file, text).expect("a settings file");
    file.to_str().expect("a path in UTF-8").to_owned()
}

/// The value of a number that is counted.
fn number(metrics: &str, name: &str) -> f64 {
    let line = metrics
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("{name} in {metrics}"))
        .parse()
        .expect("a number")
}

#[test]
fn what_happens_is_counted_and_seen_from_this_machine_alone() {
    let (portal, folder) = (portal(), tempfile::tempdir().expect("a folder"));
    let file = settings(folder.path(), "tone_voice = true\n");
    let server = Server::start(&["--config", &file, "--trust", &portal.trust()]);
    let ask = |path: &str| get(server.address, path, &[]);
    let url = query(&portal, "/chuyen-rieng/ngan");
    for path in [
        format!("/read?url={url}"),
        format!("/read?url={url}"),
        format!("/audio.mp3?url={url}"),
    ] {
        assert_eq!(ask(&path).status, 200);
    }
    assert_eq!(
        ask(&format!("/read?url={}", query(&portal, "/khac"))).status,
        404
    );
    // A connection is over for its client a moment before it is for the server.
    let alone = |metrics: &Answer| number(&metrics.text(), "loa_connections") <= 1.0;
    let mut metrics = ask("/metrics");
    let began = std::time::Instant::now();
    while metrics.status == 200 && !alone(&metrics) && began.elapsed().as_secs() < 30 {
        metrics = ask("/metrics");
    }
    assert_eq!(metrics.status, 200);
    let kind = metrics
        .header("content-type")
        .expect("a media type")
        .to_owned();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let text = metrics.text();
    for (name, expected) in [
        ("loa_pages_total{from=\"made\"}", 1.0),
        ("loa_pages_total{from=\"memory\"}", 1.0), // the second reading found its answer at hand
        ("loa_pages_total{from=\"failed\"}", 1.0),
        ("loa_upstream_errors_total{reason=\"client_error\"}", 1.0),
        ("loa_problems_total{problem=\"upstream\"}", 1.0),
        ("loa_requests_total{route=\"/read\",status=\"200\"}", 2.0),
        ("loa_first_sound_seconds_count", 1.0),
        ("loa_listeners", 0.0),
        ("loa_speaking_waiting", 0.0),
        ("loa_connections", 1.0),
    ] {
        assert_eq!(number(&text, name), expected, "{name} in {text}");
    }
    assert!(
        number(&text, "loa_segments_total{from=\"made\"}") >= 6.0,
        "{text}"
    );
    assert!(number(&text, "loa_speaking_speed_count") >= 6.0, "{text}");
    assert!(text.ends_with("# EOF\n"));
    for passed_on in ["x-forwarded-for", "forwarded", "via"] {
        let other = get(server.address, "/metrics", &[(passed_on, "127.0.0.1")]);
        assert_eq!(other.status, 404, "{passed_on}");
    }
}

#[test]
fn a_gateway_says_whether_it_can_speak() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("khong-co.so");
    let broken = settings(
        folder.path(),
        &format!("espeak_library = '{}'\n", missing.display()),
    );
    let server = Server::start(&["--config", &broken]);
    let answer = get(server.address, "/readyz", &[("accept-language", "en")]);
    assert_eq!(answer.status, 503);
    assert!(
        answer.text().contains("No speech engine"),
        "{}",
        answer.text()
    );
    assert_eq!(get(server.address, "/healthz", &[]).status, 200);
    let server = Server::start(&[]);
    let answer = get(server.address, "/readyz", &[]);
    assert_eq!((answer.status, answer.text().as_str()), (200, "ok\n"));
}

#[test]
fn new_settings_are_taken_while_it_runs_and_wrong_ones_change_nothing() {
    let (portal, folder) = (portal(), tempfile::tempdir().expect("a folder"));
    let write = |text: &str| settings(folder.path(), text);
    let trusting = format!("trust = ['{}']\n", portal.trust());
    let file = write(&trusting);
    let (server, mut said) = Server::start_heard(command(), &["--config", &file]);
    let mut reread = |expected: &str| {
        server.signal("HUP");
        let line = said
            .by_ref()
            .map_while(Result::ok)
            .find(|line| line.contains("settings"));
        assert!(
            line.as_deref().is_some_and(|line| line.contains(expected)),
            "{line:?}"
        );
    };
    let read = || {
        get(
            server.address,
            &format!("/read?url={}", query(&portal, "/chuyen-rieng/ngan")),
            &[],
        )
    };
    assert_eq!(read().status, 200);
    write(&format!(
        "{trusting}portals = [{{ name = 'Cổng mới', address = 'moi.example' }}]\n"
    ));
    reread("have been read again");
    assert!(get(server.address, "/", &[]).text().contains("Cổng mới"));
    assert_eq!(read().status, 200);
    assert_eq!(
        portal.times_asked("/chuyen-rieng/ngan"),
        1,
        "what was kept is kept"
    );
    write("listeners = 'many'\n");
    reread("stay as they were");
    assert!(get(server.address, "/", &[]).text().contains("Cổng mới"));
    write("# nobody is trusted any more\n");
    reread("have been read again");
    assert_eq!(read().status, 502, "nor is what was kept given out");
}

/// Bytes of a sound that is begun before the end and read after it.
fn rest(mut answer: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    answer
        .read_to_end(&mut bytes)
        .expect("the rest of the sound");
    bytes
}

#[test]
fn asked_to_end_it_finishes_what_runs_and_takes_nothing_new() {
    let (portal, folder) = (portal(), tempfile::tempdir().expect("a folder"));
    let file = settings(folder.path(), "tone_voice = true\ndrain_seconds = 600\n");
    let (server, mut said) =
        Server::start_heard(command(), &["--config", &file, "--trust", &portal.trust()]);
    let path = format!(
        "/audio.wav?url={}&voice=tone",
        query(&portal, "/chuyen-rieng/dai")
    );
    let mut running = begin(server.address, "GET", &path, &[], b"");
    assert_eq!(read_head(&mut running).0, 200);
    let address = server.address;
    server.signal("TERM");
    assert!(
        said.by_ref().map_while(Result::ok).next().is_some(),
        "it says that it ends"
    );
    while TcpStream::connect(address).is_ok() {
        std::thread::yield_now();
    }
    let sound = rest(running);
    assert!(sound.len() > 5_000_000, "{}", sound.len());
    let length = u32::from_le_bytes(sound[4..8].try_into().expect("four bytes"));
    assert_eq!(sound.len(), length as usize + 8, "the sound is whole");
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn an_end_does_not_wait_for_a_listener_who_does_not_listen() {
    let (portal, folder) = (portal(), tempfile::tempdir().expect("a folder"));
    let file = settings(folder.path(), "tone_voice = true\ndrain_seconds = 1\n");
    let server = Server::start(&["--config", &file, "--trust", &portal.trust()]);
    let path = format!(
        "/audio.wav?url={}&voice=tone",
        query(&portal, "/chuyen-rieng/dai")
    );
    let mut running = begin(server.address, "GET", &path, &[], b"");
    assert_eq!(read_head(&mut running).0, 200);
    server.signal("TERM");
    assert_eq!(server.wait().code(), Some(0));
    drop(running);
}

#[test]
fn nothing_that_is_written_tells_who_reads_what() {
    let (portal, folder) = (portal(), tempfile::tempdir().expect("a folder"));
    let store = folder.path().join("kho");
    let file = settings(
        folder.path(),
        &format!(
            "tone_voice = true\nlog = 'info'\nlog_format = 'json'\nproxies = ['127.0.0.1']\nopen = true\nstore_folder = '{}'\n",
            store.display()
        ),
    );
    let (server, said) =
        Server::start_heard(command(), &["--config", &file, "--trust", &portal.trust()]);
    let from = [("x-forwarded-for", "198.51.100.77")];
    let ask = |path: &str| -> Answer { get(server.address, path, &from) };
    let url = query(&portal, "/chuyen-rieng/ngan");
    for route in [
        "/read",
        "/article.json",
        "/audio.mp3",
        "/marks.ndjson",
        "/captions.vtt",
        "/spoken",
    ] {
        assert_eq!(ask(&format!("{route}?url={url}")).status, 200, "{route}");
    }
    let wrong = query(&portal, "/chuyen-rieng/khong-co");
    assert_eq!(ask(&format!("/read?url={wrong}")).status, 404);
    assert_eq!(
        ask("/read?url=http%3A%2F%2F10.0.0.1%2Fchuyen-rieng").status,
        502
    );
    assert_eq!(ask("/chuyen-rieng").status, 404);
    let metrics = get(server.address, "/metrics", &[]);
    server.signal("TERM");
    let log: Vec<String> = said.map_while(Result::ok).collect();
    assert_eq!(server.wait().code(), Some(0));
    let lines: Vec<serde_json::Value> = log
        .iter()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect();
    assert!(
        lines
            .iter()
            .any(|line| line["route"] == "/read" && line["status"] == 200),
        "{log:#?}"
    );
    let names: Vec<String> = names_below(&store);
    assert!(!names.is_empty(), "sound was kept");
    let host = portal.address.to_string();
    for secret in SECRETS.iter().copied().chain([host.as_str()]) {
        let written = log.iter().chain(&names).find(|line| line.contains(secret));
        assert!(written.is_none(), "{secret} in {written:?}");
    }
    assert_eq!(metrics.status, 200);
    for secret in SECRETS.iter().copied().chain([host.as_str(), "127.0.0.1"]) {
        assert!(!metrics.text().contains(secret), "{secret}");
    }
}

#[test]
fn a_store_in_use_is_tried_beside_what_it_holds_and_loses_nothing() {
    let (portal, folder) = (portal(), tempfile::tempdir().expect("a folder"));
    let store = folder.path().join("kho");
    let with = |bytes: u64| {
        let text = format!(
            "tone_voice = true\nstore_folder = '{}'\nstore_bytes = {bytes}\n",
            store.display()
        );
        settings(folder.path(), &text)
    };
    let file = with(64 << 20);
    let server = Server::start(&["--config", &file, "--trust", &portal.trust()]);
    let path = format!(
        "/audio.mp3?url={}&voice=tone",
        query(&portal, "/chuyen-rieng/ngan")
    );
    assert_eq!(get(server.address, &path, &[]).status, 200);
    let check = |file: &str| {
        command()
            .args(["check", "--config", file])
            .output()
            .expect("loa runs")
    };
    let before = names_below(&store);
    for bytes in [64 << 20, 128 << 20] {
        let told = String::from_utf8(check(&with(bytes)).stdout).expect("text");
        let line = told.lines().find(|line| line.starts_with("store\t"));
        assert!(line.is_some_and(|line| line.ends_with("\tok")), "{told}");
    }
    let after = names_below(&store);
    assert!(
        before.iter().all(|name| after.contains(name)),
        "{before:?} {after:?}"
    );
    assert!(
        !after.iter().any(|name| name.starts_with("check-")),
        "{after:?}"
    );
}

fn names_below(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            names.push(entry.file_name().to_string_lossy().into_owned());
            left.push(entry.path());
        }
    }
    names
}
