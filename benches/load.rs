//! Many listeners at once, and sound that is at hand: `./run bench load`.
//!
//! All of it runs on this machine over loopback, each part bounded in number and time:
//! - two hundred listeners to two hundred articles that nobody has heard;
//! - five hundred listeners who take their time with one that is kept;
//! - a hundred who ask for the same new one at once;
//! - one who asks for what is kept, and one who asks for the middle of what is not;
//! - a server that is killed while it speaks, and starts again with what it had kept on disk.

use std::io::Read;
use std::net::SocketAddr;
use std::sync::Barrier;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

#[path = "../tests/common/mod.rs"]
mod common;
mod portal;

use common::client::{begin, read_head};
use common::loa::Server;
use portal::TextPortal;

const CROWD: usize = 200;
const SLOW: usize = 500;
const EQUALS: usize = 100;
const RUNS: usize = 21;
const RECOVERIES: usize = 7;

fn main() {
    let portal = TextPortal::start(portal::own_text());
    crowd(&portal);
    slow(&portal);
    equals(&portal);
    at_hand(&portal);
    middle(&portal);
    recovery(&portal);
}

/// What one listener met with.
struct Heard {
    first_byte: Duration,
    longest_gap: Duration,
    bytes: u64,
}

/// Listens to the end.
fn listen(server: SocketAddr, path: &str) -> Heard {
    let began = Instant::now();
    let mut answer = begin(server, "GET", path, &[], b"");
    let (status, _) = read_head(&mut answer);
    assert_eq!(status, 200, "{path}");
    let mut buffer = vec![0; 64 << 10];
    let (mut last, mut longest_gap, mut first_byte, mut bytes) = (began, Duration::ZERO, None, 0);
    loop {
        let read = answer.read(&mut buffer).expect("sound");
        if read == 0 {
            break;
        }
        let now = Instant::now();
        first_byte.get_or_insert(now - began);
        longest_gap = longest_gap.max(now - last);
        (last, bytes) = (now, bytes + read as u64);
    }
    Heard {
        first_byte: first_byte.expect("a sound"),
        longest_gap,
        bytes,
    }
}

/// Lets many do the same at once.
fn together<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(count);
    thread::scope(|scope| {
        let one = |at| {
            let (start, work) = (&start, &work);
            let thread = thread::Builder::new().stack_size(256 << 10);
            let spawned = thread.spawn_scoped(scope, move || {
                start.wait();
                work(at)
            });
            spawned.expect("a thread")
        };
        let threads: Vec<_> = (0..count).map(one).collect();
        threads
            .into_iter()
            .map(|t| t.join().expect("a listener"))
            .collect()
    })
}

fn crowd(portal: &TextPortal) {
    let server = server(portal);
    let began = Instant::now();
    let heard = together(CROWD, |at| {
        listen(server.address, &portal.sound(&format!("short-{at}")))
    });
    let took = began.elapsed();
    let least = heard.iter().map(|h| h.bytes).min().unwrap_or_default();
    println!(
        "{CROWD} listeners to {CROWD} new articles at once: all heard the whole, in {took:.1?}"
    );
    println!(
        "    first byte: median {:.1?}, last {:.1?}; longest silence on the wire {:.1?}; least {least} bytes",
        nth(&heard, |h| h.first_byte, 0.5),
        nth(&heard, |h| h.first_byte, 1.0),
        nth(&heard, |h| h.longest_gap, 1.0),
    );
    println!("    peak memory: {:.0} MB", server.peak_megabytes());
}

fn slow(portal: &TextPortal) {
    let server = server(portal);
    let path = portal.sound("long");
    listen(server.address, &path);
    // Once it is known it comes without the framing of a stream of unknown length.
    let whole = listen(server.address, &path).bytes;
    let mut listening: Vec<_> = (0..SLOW)
        .map(|_| begin(server.address, "GET", &path, &[], b""))
        .collect();
    for answer in &mut listening {
        let (status, _) = read_head(answer);
        assert_eq!(status, 200);
        answer.read_exact(&mut [0; 4096]).expect("the beginning");
    }
    println!("{SLOW} slow listeners of kept sound of {whole} bytes");
    println!("    memory: {:.0} MB", server.megabytes());
    let rest: u64 = together_with(listening, |mut answer| {
        std::io::copy(&mut answer, &mut std::io::sink()).expect("the rest")
    })
    .into_iter()
    .sum();
    assert!(
        rest > (SLOW as u64) * (whole - 4096) - 1,
        "all heard the whole"
    );
    println!(
        "    peak memory, all of them at their end: {:.0} MB",
        server.peak_megabytes()
    );
}

fn together_with<T: Send, R: Send>(all: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let slots: Vec<_> = all
        .into_iter()
        .map(|one| std::sync::Mutex::new(Some(one)))
        .collect();
    together(slots.len(), |at| {
        let one = slots[at].lock().expect("no panic meanwhile").take();
        work(one.expect("each once"))
    })
}

fn equals(portal: &TextPortal) {
    let alone = server(portal);
    let began = Instant::now();
    listen(alone.address, &portal.sound("equal"));
    let one = began.elapsed();
    let server = server(portal);
    let before = portal.asked.load(Ordering::SeqCst);
    let began = Instant::now();
    together(EQUALS, |_| listen(server.address, &portal.sound("equal")));
    let all = began.elapsed();
    let fetched = portal.asked.load(Ordering::SeqCst) - before;
    println!("{EQUALS} equal requests at once: {fetched} fetch, {all:.1?}, one alone {one:.1?}");
}

fn at_hand(portal: &TextPortal) {
    let server = server(portal);
    let path = portal.sound("long");
    listen(server.address, &path);
    let runs: Vec<_> = (0..RUNS)
        .map(|_| {
            let began = Instant::now();
            let heard = listen(server.address, &path);
            (heard.first_byte, began.elapsed(), heard.bytes)
        })
        .collect();
    let first = nth(&runs, |run| run.0, 0.5);
    let whole = nth(&runs, |run| run.1, 0.5);
    let rate = runs[0].2 as f64 / whole.as_secs_f64() / 1e6;
    println!("kept sound: first byte {first:.2?}, whole {whole:.2?}: {rate:.0} MB/s");
    let bare = portal.bare_rate(runs[0].2);
    println!(
        "    the same bytes from a bare loopback socket: {bare:.0} MB/s, ratio {:.2}",
        rate / bare
    );
}

fn middle(portal: &TextPortal) {
    let mut took = Vec::new();
    for run in 0..5 {
        let server = server(portal);
        let path = portal.sound(&format!("middle-{run}"));
        let began = Instant::now();
        let range = [("Range", "bytes=1000000-1065535")];
        let mut answer = begin(server.address, "GET", &path, &range, b"");
        let (status, _) = read_head(&mut answer);
        assert_eq!(status, 206);
        let read = std::io::copy(&mut answer, &mut std::io::sink()).expect("the range");
        assert_eq!(read, 65_536);
        took.push(began.elapsed());
    }
    println!(
        "a range in the middle of new sound: {:.0?}",
        nth(&took, |t| *t, 0.5)
    );
}

/// Kills a server that keeps sound on disk while it speaks, and starts it again on the same folder.
fn recovery(portal: &TextPortal) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = format!("store_folder = {:?}\n", folder.path().join("store"));
    let settings = folder.path().join("loa.toml");
    std::fs::write(&settings, store).expect("a settings file");
    let settings = settings.to_str().expect("a plain path");
    let trusted = portal.address.to_string();
    let start = || Server::start(&["--config", settings, "--trust", &trusted]);
    let mut took = Vec::new();
    for run in 0..RECOVERIES {
        let server = start();
        for article in 0..4 {
            let _whole = listen(
                server.address,
                &portal.sound(&format!("kept-{run}-{article}")),
            );
        }
        let mut cut_off = begin(
            server.address,
            "GET",
            &portal.sound(&format!("cut-{run}")),
            &[],
            b"",
        );
        assert_eq!(read_head(&mut cut_off).0, 200);
        drop(server); // kills it
        let began = Instant::now();
        let again = start();
        let heard = listen(again.address, &portal.sound(&format!("kept-{run}-0")));
        assert!(heard.bytes > 0);
        took.push(began.elapsed());
    }
    println!(
        "after a kill, with {} articles kept, to the end of one of them: median {:.0?}, last {:.0?}",
        4 * RECOVERIES,
        nth(&took, |t| *t, 0.5),
        nth(&took, |t| *t, 1.0)
    );
}

fn server(portal: &TextPortal) -> Server {
    Server::start(&["--trust", &portal.address.to_string()])
}

/// The value at a part of the ordered whole: 0.5 for the median, 1 for the greatest.
fn nth<T>(all: &[T], part: impl Fn(&T) -> Duration, at: f64) -> Duration {
    let mut parts: Vec<_> = all.iter().map(part).collect();
    parts.sort();
    parts[((parts.len() - 1) as f64 * at) as usize]
}
