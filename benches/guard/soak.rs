//! An hour's mixed traffic in five minutes: readers, listeners to the end, listeners who leave, bad pages and
//! dying speech workers, all at once and for as long. Memory, open work and errors are told in a table; what
//! keeps is small, so that memory reaches its plateau within the first minute.

use std::io::Read;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::common::client::{begin, get, read_head};
use crate::common::loa::Server;
use crate::portal::{TextPortal, own_text};
use crate::stub::{Stub, missing, moved, page};
use crate::{metrics, number};

const WHOLE: Duration = Duration::from_secs(300);
const ROW: Duration = Duration::from_secs(30);
/// How often a speech worker is killed.
const DEATH: Duration = Duration::from_secs(3);

/// Small, so that five minutes fill them many times.
const SETTINGS: &str = "kept_page_bytes = 4000000\nkept_sound_bytes = 8000000\n\
    kept_picture_bytes = 1000000\nfetch_seconds = 2\n";

/// What has happened so far.
#[derive(Default)]
struct Tally {
    next: AtomicUsize,
    read: AtomicUsize,
    heard: AtomicUsize,
    left: AtomicUsize,
    bad: AtomicUsize,
    killed: AtomicUsize,
    wrong: Mutex<Vec<String>>,
}

impl Tally {
    fn next(&self) -> usize {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    fn note(&self, what: String) {
        let mut wrong = self.wrong.lock().expect("no panic meanwhile");
        if wrong.len() < 20 {
            wrong.push(what);
        }
    }
}

fn one(counter: &AtomicUsize) {
    counter.fetch_add(1, Ordering::Relaxed);
}

pub(crate) fn run() {
    let portal = TextPortal::start(own_text());
    let bad = Stub::start("127.0.0.1:0", bad_page).expect("a free port");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("loa.toml");
    let store = folder.path().join("store");
    let settings = format!("{SETTINGS}store_folder = {store:?}\nstore_bytes = 64000000\n");
    std::fs::write(&file, settings).expect("a settings file");
    let file = file.to_str().expect("a plain path");
    let trusted = [portal.address.to_string(), bad.address.to_string()];
    let server = Server::start(&[
        "--config",
        file,
        "--trust",
        &trusted[0],
        "--trust",
        &trusted[1],
    ]);
    let tally = Tally::default();
    let began = Instant::now();
    println!("  time   pages  heard   left    bad  killed  listeners     MB");
    let memory = thread::scope(|scope| {
        let over = || began.elapsed() > WHOLE;
        let (tally, server, portal) = (&tally, &server, &portal);
        for _ in 0..4 {
            scope.spawn(move || {
                while !over() {
                    reader(server.address, portal, tally)
                }
            });
            scope.spawn(move || {
                while !over() {
                    leaver(server.address, portal, tally)
                }
            });
        }
        for _ in 0..2 {
            scope.spawn(move || {
                while !over() {
                    listener(server.address, portal, tally)
                }
            });
            scope.spawn(move || {
                while !over() {
                    stumbler(server.address, bad.address, tally)
                }
            });
        }
        scope.spawn(move || {
            while !over() {
                thread::sleep(DEATH);
                if server.kill_a_child() {
                    one(&tally.killed);
                }
            }
        });
        let mut memory = Vec::new();
        while !over() {
            thread::sleep(ROW);
            memory.push(row(server, tally, began));
        }
        memory
    });
    tell(&server, &tally, &memory);
}

fn row(server: &Server, tally: &Tally, began: Instant) -> f64 {
    let count = |counter: &AtomicUsize| counter.load(Ordering::Relaxed);
    let listeners = number(&metrics(server.address), "loa_listeners");
    let megabytes = server.own_megabytes();
    println!(
        "{:4.0} s {:7} {:6} {:6} {:6} {:7} {listeners:10} {megabytes:6.1}",
        began.elapsed().as_secs_f64(),
        count(&tally.read),
        count(&tally.heard),
        count(&tally.left),
        count(&tally.bad),
        count(&tally.killed),
    );
    megabytes
}

/// Says how it ended. The plateau is the middle of the rows from the second minute on.
fn tell(server: &Server, tally: &Tally, memory: &[f64]) {
    let began = Instant::now();
    let open = |text: &str| {
        ["loa_listeners", "loa_speaking", "loa_speaking_waiting"]
            .iter()
            .map(|name| number(text, name))
            .sum::<f64>()
    };
    while open(&metrics(server.address)) > 0.0 && began.elapsed() < Duration::from_secs(10) {
        thread::yield_now();
    }
    let mut plateau: Vec<f64> = memory[3.min(memory.len() - 1)..].to_vec();
    plateau.sort_by(f64::total_cmp);
    let plateau = plateau[plateau.len() / 2];
    let end = server.own_megabytes();
    println!(
        "memory at the end {end:.1} MB, plateau {plateau:.1} MB: {:+.1} % (to reach: within 10 %)",
        100.0 * (end / plateau - 1.0)
    );
    let text = metrics(server.address);
    println!("still listening or speaking {} (to reach: 0)", open(&text));
    println!(
        "connections besides this one {} (to reach: 0)",
        number(&text, "loa_connections") - 1.0
    );
    let wrong = tally.wrong.lock().expect("no panic meanwhile");
    println!("errors that nobody caused: {} (to reach: 0)", wrong.len());
    for what in wrong.iter() {
        println!("    {what}");
    }
}

/// Reads a known page, a new one, and what can be had of it.
fn reader(server: SocketAddr, portal: &TextPortal, tally: &Tally) {
    let text = format!(
        "http%3A%2F%2F{}%2Fshort-{}.txt",
        portal.address,
        tally.next() % 5_000
    );
    for route in [
        "read",
        "article.json",
        "marks.ndjson",
        "captions.vtt",
        "spoken",
    ] {
        let answer = get(server, &format!("/{route}?url={text}"), &[]);
        if answer.status != 200 {
            tally.note(format!("{route}: {}", answer.status));
        }
        one(&tally.read);
    }
    thread::sleep(Duration::from_millis(20));
}

/// Hears an article to its end, in one of the formats.
fn listener(server: SocketAddr, portal: &TextPortal, tally: &Tally) {
    let turn = tally.next();
    let format = ["mp3", "opus", "webm", "wav", "flac"][turn % 5];
    let path = portal
        .sound(&format!("short-{turn}"))
        .replace("audio.mp3", &format!("audio.{format}"));
    let mut answer = begin(server, "GET", &path, &[], b"");
    let (status, _) = read_head(&mut answer);
    let heard = std::io::copy(&mut answer, &mut std::io::sink());
    match (status, heard) {
        (200, Ok(1_000..)) => one(&tally.heard),
        (status, heard) => tally.note(format!("{format}: {status} {heard:?}")),
    }
}

/// Begins to hear a long article and leaves.
fn leaver(server: SocketAddr, portal: &TextPortal, tally: &Tally) {
    let path = portal.sound(&format!("long-{}", tally.next()));
    let mut answer = begin(server, "GET", &path, &[], b"");
    let (status, _) = read_head(&mut answer);
    if status != 200 || answer.read_exact(&mut [0; 2_000]).is_err() {
        tally.note(format!("a beginning: {status}"));
    }
    drop(answer);
    one(&tally.left);
    thread::sleep(Duration::from_millis(50));
}

/// What bad pages are answered with.
const BAD: [(&str, &[u16]); 7] = [
    ("nested", &[200, 422]),
    ("endless", &[502]),
    ("silent", &[504]),
    ("circle", &[502]),
    ("broken", &[502]),
    ("empty", &[422]),
    ("gone", &[404]),
];

/// Asks for bad pages.
fn stumbler(server: SocketAddr, bad: SocketAddr, tally: &Tally) {
    let turn = tally.next();
    let (name, expected) = BAD[turn % BAD.len()];
    let answer = get(
        server,
        &format!("/read?url=http%3A%2F%2F{bad}%2F{name}%3F{turn}"),
        &[],
    );
    if !expected.contains(&answer.status) {
        tally.note(format!("{name}: {}", answer.status));
    }
    one(&tally.bad);
}

fn bad_page(path: &str, stream: &mut std::net::TcpStream) -> std::io::Result<()> {
    use std::io::Write;
    match path.split('?').next().unwrap_or_default() {
        "/nested" => page(stream, "", "<div>".repeat(100_000).as_bytes()),
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
            loop {
                stream.write_all(&[b'a'; 64 << 10])?;
            }
        }
        "/silent" => stream.read(&mut [0]).map(drop),
        "/circle" => moved(stream, "/circle"),
        "/broken" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nab"),
        "/empty" => page(stream, "", b"<html><body> </body></html>"),
        _ => missing(stream),
    }
}
