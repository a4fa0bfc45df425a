//! The two that read a page: bytes in, HTML out.

use std::hint::black_box;
use std::time::{Duration, Instant};

use dom_smoothie::Readability;
use loa::{extract, html, page};

use crate::saved::Saved;

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    Loa,
    DomSmoothie,
}

pub(crate) const BOTH: [Reader; 2] = [Reader::Loa, Reader::DomSmoothie];

impl Reader {
    /// Its name, for people and for the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Loa => "loa",
            Self::DomSmoothie => "dom_smoothie",
        }
    }

    /// Reads a page; returns how many bytes of HTML it made, none where it found nothing.
    pub(crate) fn read(self, page: &Saved) -> usize {
        match self {
            Self::Loa => loa(page),
            Self::DomSmoothie => dom_smoothie(page),
        }
    }

    /// Times one reading.
    pub(crate) fn time(self, page: &Saved) -> Duration {
        let started = Instant::now();
        black_box(self.read(black_box(page)));
        started.elapsed()
    }
}

/// The steps of Loa's reading, by name.
pub(crate) const STEPS: [&str; 3] = ["parsing", "finding", "rendering"];

/// Times one reading of Loa's step by step, in the order of [`STEPS`].
pub(crate) fn time_steps(saved: &Saved) -> [Duration; 3] {
    let limits = html::Limits::default();
    let started = Instant::now();
    let tree = html::parse(&saved.bytes, saved.content_type.as_deref(), &limits);
    let parsed = started.elapsed();
    let document = extract::document(&tree, Some(&saved.address), &extract::Rules::default());
    let found = started.elapsed();
    black_box(page::standalone(&document));
    [parsed, found - parsed, started.elapsed() - found]
}

fn loa(saved: &Saved) -> usize {
    let limits = html::Limits::default();
    let tree = html::parse(&saved.bytes, saved.content_type.as_deref(), &limits);
    let document = extract::document(&tree, Some(&saved.address), &extract::Rules::default());
    page::standalone(&document).len()
}

/// It takes text, so bytes are decoded as UTF-8; it fails on pages without an article.
fn dom_smoothie(saved: &Saved) -> usize {
    let text = String::from_utf8_lossy(&saved.bytes);
    let readability = Readability::new(&*text, Some(saved.address.as_str()), None);
    let article = readability.and_then(|mut readability| readability.parse());
    article.map_or(0, |article| article.content.len())
}
