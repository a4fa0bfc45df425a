//! Whatever bytes come, a page is read, laid out, planned and rendered, and what must hold holds.
//!
//! The project's own pages are cut short and spoilt in many ways. Each case is made from a number that
//! its name tells, so a failure can be had again; `LOA_ROUNDS=50 cargo test --test robust` tries fifty
//! times as many, and `LOA_PAGES=FOLDER` tries the saved pages of a folder.

mod bomb;
#[path = "../page/dom.rs"]
#[allow(dead_code, reason = "shared with the tests of the page")]
mod dom;
#[path = "../pages_check/fault.rs"]
#[allow(dead_code, reason = "shared with the check of whole folders")]
mod fault;
mod hold;
mod same;
#[path = "../pages_check/saved.rs"]
#[allow(dead_code, reason = "shared with the check of whole folders")]
mod saved;
mod spoil;

use std::{
    any::Any,
    panic::catch_unwind,
    path::Path,
    time::{Duration, Instant},
};

use loa::gateway::understand;
use loa::model::Reading;
use loa::page;
use saved::Saved;
use spoil::{Dice, SPOILERS};
use url::Url;

/// What spoilt pages are said to be.
const CONTENT_TYPES: [Option<&str>; 6] = [
    None,
    Some("text/html"),
    Some("text/html; charset=utf-8"),
    Some("text/html; charset=windows-1258"),
    Some("text/html; charset=utf-16le"),
    Some("text/plain"),
];

/// A page of some kilobytes that takes longer than this hangs, however slow the machine.
const HANGS: Duration = Duration::from_secs(20);

/// The project's own pages, or those of the folder that `LOA_PAGES` names.
fn pages() -> Vec<Saved> {
    match std::env::var_os("LOA_PAGES") {
        Some(folder) => saved::below(Path::new(&folder)),
        None => saved::own(),
    }
}

/// How many times over all cases are tried.
fn rounds() -> u64 {
    let rounds = std::env::var("LOA_ROUNDS").ok();
    rounds.map_or(1, |rounds| rounds.parse().expect("LOA_ROUNDS is a number"))
}

/// What broke, case by case.
#[derive(Default)]
struct Broken(Vec<String>);

impl Broken {
    /// Reads bytes as a page, and remembers what breaks.
    fn try_bytes(&mut self, case: &str, bytes: &[u8], says: Option<&str>, address: Option<&Url>) {
        let started = Instant::now();
        if let Err(panic) = catch_unwind(|| hold::check(bytes, says, address)) {
            self.0.push(format!("{case}: {}", told(&*panic)));
        }
        if started.elapsed() > HANGS {
            self.0.push(format!("{case}: it hangs"));
        }
    }

    fn try_page(&mut self, case: &str, bytes: &[u8], page: &Saved) {
        let case = format!("{}, {case}", page.name);
        let says = page.content_type.as_deref();
        self.try_bytes(&case, bytes, says, Some(&page.address));
    }

    /// Tells all that broke.
    fn report(&self) {
        assert!(
            self.0.is_empty(),
            "{} broke:\n{}",
            self.0.len(),
            self.0.join("\n")
        );
    }
}

/// The start of what a panic says.
fn told(panic: &(dyn Any + Send)) -> String {
    let fixed = panic.downcast_ref::<&str>().copied();
    let made = panic.downcast_ref::<String>().map(String::as_str);
    let said = fixed.or(made).unwrap_or("it broke");
    said.chars().take(400).collect()
}

#[test]
fn every_page_holds_as_it_is() {
    let mut broken = Broken::default();
    for page in pages() {
        broken.try_page("as it is", &page.bytes, &page);
    }
    broken.report();
}

/// What comes out of a page made to be heavy may be this many times as long as the page.
const SWOLLEN: usize = 12;

#[test]
fn a_heavy_page_stays_in_bounds() {
    let mut broken = Broken::default();
    for (name, page) in bomb::all() {
        broken.try_bytes(name, page.as_bytes(), None, None);
        let address = Url::parse("https://portal.example/tin/7").expect("an address");
        let document = understand(page.as_bytes(), None, Some(&address));
        let record = serde_json::to_string(&document).expect("a record is JSON");
        let outputs = [
            ("text", Reading::of(&document).text),
            ("record", record),
            ("markdown", page::markdown(&document)),
            ("file", page::standalone(&document)),
        ];
        for (kind, out) in outputs {
            if out.len() > SWOLLEN * page.len() {
                let (out, page) = (out.len(), page.len());
                broken
                    .0
                    .push(format!("{name}: {kind} of {out} bytes from {page}"));
            }
        }
    }
    broken.report();
}

#[test]
fn every_page_may_end_anywhere() {
    let mut broken = Broken::default();
    for page in pages() {
        for seed in 0..4 * rounds() {
            let bytes = spoil::cut(&page.bytes, &mut Dice::of(seed));
            broken.try_page(&format!("cut to {} bytes", bytes.len()), &bytes, &page);
        }
    }
    broken.report();
}

#[test]
fn every_page_may_be_spoilt_in_any_way() {
    let mut broken = Broken::default();
    for page in pages() {
        for seed in 0..rounds() {
            for (name, spoil) in SPOILERS {
                let bytes = spoil(&page.bytes, &mut Dice::of(seed));
                broken.try_page(&format!("{name}, seed {seed}"), &bytes, &page);
            }
        }
    }
    broken.report();
}

#[test]
fn bytes_need_not_make_any_sense() {
    let mut broken = Broken::default();
    for seed in 0..100 * rounds() {
        let mut dice = Dice::of(seed);
        let says = dice.pick(&CONTENT_TYPES);
        let noise = spoil::noise(&mut dice);
        broken.try_bytes(&format!("noise, seed {seed}, {says:?}"), &noise, says, None);
        let soup = spoil::soup(&mut dice);
        broken.try_bytes(&format!("soup, seed {seed}, {says:?}"), &soup, says, None);
    }
    broken.report();
}
