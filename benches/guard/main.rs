//! What hostile clients, pages and floods do to others: `./run bench guard [PART]…`.
//!
//! Each part runs against the real server over loopback, prints its figures beside what is to be reached, and
//! ends by itself: `connections`, `addresses`, `pages`, `overload`, `wire` (wants wrk and nginx) and `soak`
//! (five minutes). Without a part all but the last are run.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

#[path = "../../tests/common/mod.rs"]
mod common;
#[path = "../portal/mod.rs"]
mod portal;

mod addresses;
mod connections;
mod overload;
mod pages;
mod soak;
mod stub;
mod wire;

use common::client::get;

/// A part's name, what runs it, and whether it is run without being named.
const PARTS: [(&str, fn(), bool); 6] = [
    ("connections", connections::run, true),
    ("addresses", addresses::run, true),
    ("pages", pages::run, true),
    ("overload", overload::run, true),
    ("wire", wire::run, true),
    ("soak", soak::run, false),
];

fn main() {
    let wished: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    for word in &wished {
        assert!(
            PARTS.iter().any(|(name, ..)| name == word),
            "there is no part {word}"
        );
    }
    for (name, run, is_usual) in PARTS {
        if wished.iter().any(|word| word == name) || wished.is_empty() && is_usual {
            println!("-- {name}");
            run();
        }
    }
}

/// A page that is always known: one of Loa's own.
const PAGE: &str = "/read?url=https%3A%2F%2Fsample.loa.invalid%2Fvi%2Fbai-viet";

/// Reads the known page and returns how long that took.
fn read(server: SocketAddr) -> Duration {
    let began = Instant::now();
    assert_eq!(get(server, PAGE, &[]).status, 200);
    began.elapsed()
}

/// The value at a share of the ordered whole, in milliseconds.
fn at(times: &mut [Duration], share: usize) -> f64 {
    times.sort_unstable();
    times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3
}

fn told(times: &mut [Duration]) -> String {
    format!(
        "{} times, median {:.2} ms, p99 {:.2} ms, longest {:.2} ms",
        times.len(),
        at(times, 50),
        at(times, 99),
        at(times, 100)
    )
}

/// The value of a number that a server counts; none yet where it has not been counted.
fn number(metrics: &str, name: &str) -> f64 {
    let line = metrics
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.map_or(0.0, |value| value.parse().expect("a number"))
}

fn metrics(server: SocketAddr) -> String {
    get(server, "/metrics", &[]).text()
}
