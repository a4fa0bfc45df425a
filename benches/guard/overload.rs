//! Ten times more listening than this machine can speak: how much is still spoken, how soon the others are
//! told to come back, and what readers of known pages notice. Then a listener who leaves.

use std::io::Read;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::common::client::{begin, read_head};
use crate::common::loa::Server;
use crate::portal::{TextPortal, own_text};
use crate::{at, metrics, number, read, told};

const IDLE_RUNS: usize = 2_000;
/// How long each load lasts.
const LOAD: Duration = Duration::from_secs(12);
/// So few, that a flood of seconds reaches them.
const SETTINGS: &str = "listeners = 64\nopenings = 32\n";
/// Those who ask at once, at most: more than are admitted.
const CLIENTS: usize = 300;

pub(crate) fn run() {
    let portal = TextPortal::start(own_text());
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("loa.toml");
    std::fs::write(&file, SETTINGS).expect("a settings file");
    let file = file.to_str().expect("a plain path");
    let server = Server::start(&["--config", file, "--trust", &portal.address.to_string()]);
    read(server.address);
    let mut idle: Vec<_> = (0..IDLE_RUNS).map(|_| read(server.address)).collect();
    let idle_p99 = at(&mut idle, 99);
    println!("known page, nobody listens: {}", told(&mut idle));

    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let peak = under(&server, || {
        let until = Instant::now() + LOAD;
        thread::scope(|scope| {
            for _ in 0..4 * cores {
                scope.spawn(|| {
                    while Instant::now() < until {
                        let name = format!("new-{}", next.fetch_add(1, Ordering::Relaxed));
                        assert!(hear(server.address, &portal.sound(&name)).is_ok());
                    }
                });
            }
        });
        next.load(Ordering::Relaxed) as f64 / LOAD.as_secs_f64()
    });
    println!(
        "as many listeners as it can serve: {:.1} articles/s, {:.0} utterances/s; known page: {}",
        peak.asked, peak.spoken, peak.pages
    );

    let rate = 10.0 * peak.asked;
    let refused = Mutex::new(Vec::new());
    let flooded = under(&server, || flood(&server, &portal, rate, &refused));
    let mut refused = refused.into_inner().expect("no panic meanwhile");
    println!(
        "ten times as many ({rate:.1} articles/s): {:.0} utterances/s, {:.0} % of the peak (to reach: 90 %)",
        flooded.spoken,
        100.0 * flooded.spoken / peak.spoken
    );
    if refused.is_empty() {
        println!("    nobody was refused");
    } else {
        println!("    refusals: {} (to reach: p99 50 ms)", told(&mut refused));
    }
    println!(
        "    known page: {}, {:.1} times idle (to reach: p99 2 times idle)",
        flooded.pages,
        flooded.p99 / idle_p99
    );
    leaving(&portal);
}

/// What a load came to.
struct Load {
    asked: f64,
    spoken: f64,
    pages: String,
    p99: f64,
}

/// Reads the known page all the while a load lasts, and counts what is spoken.
fn under(server: &Server, load: impl FnOnce() -> f64) -> Load {
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut times = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                times.push(read(server.address));
                thread::sleep(Duration::from_millis(2));
            }
            times
        });
        let made = || {
            number(
                &metrics(server.address),
                "loa_segments_total{from=\"made\"}",
            )
        };
        let (before, began) = (made(), Instant::now());
        let asked = load();
        let spoken = (made() - before) / began.elapsed().as_secs_f64();
        is_over.store(true, Ordering::Relaxed);
        let mut times = reading.join().expect("a reader");
        Load {
            asked,
            spoken,
            pages: told(&mut times),
            p99: at(&mut times, 99),
        }
    })
}

/// Lets listeners come at a steady rate, whether or not those before them have been served.
fn flood(server: &Server, portal: &TextPortal, rate: f64, refused: &Mutex<Vec<Duration>>) -> f64 {
    let (began, next) = (Instant::now(), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..CLIENTS {
            let (next, began) = (&next, began);
            let one = move || {
                loop {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    let at = Duration::from_secs_f64(turn as f64 / rate);
                    if at > LOAD {
                        return;
                    }
                    thread::sleep(at.saturating_sub(began.elapsed()));
                    let path = portal.sound(&format!("new-flood-{turn}"));
                    if let Err(after) = hear(server.address, &path) {
                        refused.lock().expect("no panic meanwhile").push(after);
                    }
                }
            };
            let thread = thread::Builder::new().stack_size(256 << 10);
            thread.spawn_scoped(scope, one).expect("a thread");
        }
    });
    rate
}

/// Hears an article to its end, or is refused after some time.
fn hear(server: SocketAddr, path: &str) -> Result<(), Duration> {
    let began = Instant::now();
    let mut answer = begin(server, "GET", path, &[], b"");
    let (status, headers) = read_head(&mut answer);
    if status == 503 {
        assert!(
            headers
                .iter()
                .any(|(name, _)| name.eq_ignore_ascii_case("retry-after"))
        );
        return Err(began.elapsed());
    }
    assert_eq!(status, 200, "{path}");
    std::io::copy(&mut answer, &mut std::io::sink()).expect("the sound");
    Ok(())
}

/// Leaves in the midst of a long article, and looks when nothing is done for it any more.
fn leaving(portal: &TextPortal) {
    let server = Server::start(&["--trust", &portal.address.to_string()]);
    let mut took: Vec<Duration> = (0..9)
        .map(|turn| {
            let path = portal.sound(&format!("leaving-{turn}"));
            let mut answer = begin(server.address, "GET", &path, &[], b"");
            assert_eq!(read_head(&mut answer).0, 200);
            answer.read_exact(&mut [0; 1024]).expect("its beginning");
            drop(answer);
            let began = Instant::now();
            let busy = || {
                let text = metrics(server.address);
                ["loa_listeners", "loa_speaking", "loa_speaking_waiting"]
                    .iter()
                    .map(|name| number(&text, name))
                    .sum::<f64>()
            };
            while busy() > 0.0 {
                assert!(
                    began.elapsed() < Duration::from_secs(30),
                    "it goes on speaking"
                );
            }
            began.elapsed()
        })
        .collect();
    println!(
        "a listener leaves, nothing more is done: {} (to reach: 1000 ms)",
        told(&mut took)
    );
}
