//! How fast Vietnamese is read: characters a second on one core: `cargo bench --bench speech [FILE]…`.
//!
//! With no file, the written side of the rows of every rule is read, which is far denser in numbers
//! and signs than any prose.

use std::time::{Duration, Instant};

use loa::speech::{Options, vi};

/// How long each text is read over and over.
const TIME: Duration = Duration::from_secs(1);

fn main() {
    let files = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let mut texts: Vec<(String, String)> = files
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
            (path, text)
        })
        .collect();
    if texts.is_empty() {
        texts.push(("rows of all rules".to_owned(), own_text()));
    }
    let options = Options::default();
    std::hint::black_box(vi::read(&own_text(), &options));
    for (name, text) in &texts {
        report(name, text, &options);
    }
}

fn report(name: &str, text: &str, options: &Options) {
    let started = Instant::now();
    let mut times = 0;
    while started.elapsed() < TIME {
        std::hint::black_box(vi::read(text, options));
        times += 1;
    }
    let each = started.elapsed() / times;
    let chars = text.chars().count();
    let rate = chars as f64 / each.as_secs_f64() / 1e6;
    println!("{name}: {chars} characters in {each:?}, {rate:.1} million a second");
}

fn own_text() -> String {
    let rows = include_str!("../src/speech/vi/rows.tsv").lines();
    let written = rows.filter_map(|row| row.split('\t').nth(1));
    written.collect::<Vec<_>>().join("\n")
}
