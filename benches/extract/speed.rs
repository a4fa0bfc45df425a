//! Pages a second, and how long single pages take.

use std::time::Duration;

use crate::reader::{BOTH, Reader, STEPS, time_steps};
use crate::saved::Saved;

const ROUNDS: usize = 5;

/// How many of the slowest pages are named.
const SLOWEST: usize = 5;

/// A page's median times, in the order of [`BOTH`].
type Medians = [Duration; 2];

/// Prints pages and bytes a second of both readers, how they compare, and Loa's slowest pages.
pub(crate) fn report(pages: &[Saved]) {
    let bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
    println!(
        "{} pages, {} KB together; medians of {ROUNDS} alternating rounds, one thread",
        pages.len(),
        bytes >> 10
    );
    let medians: Vec<Medians> = pages.iter().map(medians).collect();
    let times = [0, 1].map(|at| Times::of(&medians, at));
    for (reader, times) in BOTH.iter().zip(&times) {
        times.print(*reader, bytes);
    }
    let [loa, peer] = times;
    println!(
        "loa reads {:.2} times the pages a second; its p99 is {:.2} times the other's",
        ratio(peer.total, loa.total),
        ratio(loa.p99, peer.p99)
    );
    print_steps(pages);
    print_slowest(pages, &medians);
}

/// Prints what Loa's time is spent on.
fn print_steps(pages: &[Saved]) {
    let mut steps = [Duration::ZERO; STEPS.len()];
    for page in pages {
        let rounds: Vec<_> = (0..ROUNDS).map(|_| time_steps(page)).collect();
        for (at, step) in steps.iter_mut().enumerate() {
            *step += share(&mut rounds.iter().map(|r| r[at]).collect::<Vec<_>>(), 0.5);
        }
    }
    let total: Duration = steps.iter().sum();
    for (name, step) in STEPS.iter().zip(steps) {
        let part = 100.0 * step.as_secs_f64() / total.as_secs_f64();
        println!("{name:12}  {part:5.1} % of loa's time");
    }
}

/// Times both on one page; who begins alternates, so that both find the machine alike.
fn medians(page: &Saved) -> Medians {
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..ROUNDS {
        for turn in 0..BOTH.len() {
            let at = (round + turn) % BOTH.len();
            times[at].push(BOTH[at].time(page));
        }
    }
    times.map(|mut times| share(&mut times, 0.5))
}

/// What one reader's times come to.
struct Times {
    pages: usize,
    total: Duration,
    p50: Duration,
    p99: Duration,
    longest: Duration,
}

impl Times {
    /// Takes one reader's part of all medians.
    fn of(medians: &[Medians], at: usize) -> Self {
        let mut times: Vec<Duration> = medians.iter().map(|both| both[at]).collect();
        Self {
            pages: times.len(),
            total: times.iter().sum(),
            p50: share(&mut times, 0.5),
            p99: share(&mut times, 0.99),
            longest: share(&mut times, 1.0),
        }
    }

    fn print(&self, reader: Reader, bytes: usize) {
        let a_second = |count: f64| count / self.total.as_secs_f64();
        println!(
            "{:12}  {:6.0} pages/s  {:5.0} MB/s  p50 {:8.2?}  p99 {:8.2?}  longest {:8.2?}",
            reader.name(),
            a_second(self.pages as f64),
            a_second(bytes as f64 / 1e6),
            self.p50,
            self.p99,
            self.longest,
        );
    }
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn print_slowest(pages: &[Saved], medians: &[Medians]) {
    let mut order: Vec<_> = pages.iter().zip(medians).collect();
    order.sort_by_key(|(_, both)| std::cmp::Reverse(both[0]));
    println!("longest of loa:");
    for (page, [loa, peer]) in order.into_iter().take(SLOWEST) {
        let size = page.bytes.len() >> 10;
        println!(
            "  {loa:8.2?} (dom_smoothie {peer:8.2?}) {size:5} KB  {}",
            page.name
        );
    }
}

/// The time that this share of all times does not exceed.
pub(crate) fn share(times: &mut [Duration], share: f64) -> Duration {
    times.sort();
    let last = times.len() - 1;
    times[(last as f64 * share).round() as usize]
}
