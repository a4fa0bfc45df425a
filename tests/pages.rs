//! Holds what Loa makes of saved pages against what a sighted reader finds in them.
//!
//! Each folder of `tests/pages` is a case: `page.html` as it comes from the server; `base.txt` with
//! its address and, in a second line, its `Content-Type`, if the server says one; `expected.json`
//! with the record that `loa read --format json --base ADDRESS` has to give. A field that the
//! expected record leaves out is not looked at. All wrong fields of all pages are reported at once.
//!
//! `LOA_REFRESH=1 cargo test --test pages` writes each record as it now is over the expected one
//! (the fields that it has, or all where there is none yet): look at the difference before keeping
//! it, since the page decides what is right, not the program.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use loa::gateway::understand;
use serde_json::{Map, Value};
use url::Url;

/// Longest value that is shown whole in a report.
const SHOWN: usize = 300;

#[test]
fn every_page_is_read_as_a_sighted_reader_sees_it() {
    let refresh = std::env::var_os("LOA_REFRESH").is_some();
    let (mut report, mut pages, mut wrong) = (String::new(), 0, 0);
    for folder in folders() {
        let got = record(&folder);
        if refresh {
            write_expected(&folder, &got);
            continue;
        }
        pages += 1;
        let faults = faults(&expected(&folder), &got);
        wrong += usize::from(!faults.is_empty());
        for fault in faults {
            writeln!(report, "{}: {fault}", name(&folder)).expect("a string takes all");
        }
    }
    assert!(report.is_empty(), "{wrong} of {pages} pages\n{report}");
}

fn folders() -> Vec<PathBuf> {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let entries = fs::read_dir(&pages).expect("the folder of pages");
    let entries = entries.map(|entry| entry.expect("an entry that can be read").path());
    let mut folders: Vec<_> = entries
        .filter(|path| path.join("page.html").exists())
        .collect();
    folders.sort();
    assert!(folders.len() >= 60, "{} pages", folders.len());
    folders
}

fn name(folder: &Path) -> String {
    folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn record(folder: &Path) -> Value {
    let page = fs::read(folder.join("page.html")).expect("the page");
    let base = fs::read_to_string(folder.join("base.txt")).expect("the page's address");
    let mut lines = base.lines();
    let address = lines.next().and_then(|line| Url::parse(line).ok());
    assert!(address.is_some(), "the address of {}", name(folder));
    let document = understand(&page, lines.next(), address.as_ref());
    serde_json::to_value(document).expect("a record is JSON")
}

fn expected(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("expected.json")).expect("the expected record");
    serde_json::from_str(&text).expect("the expected record is JSON")
}

fn write_expected(folder: &Path, got: &Value) {
    let path = folder.join("expected.json");
    let old = path.exists().then(|| expected(folder));
    let kept = |field: &String| old.as_ref().is_none_or(|old| old.get(field).is_some());
    let fields = got.as_object().expect("a record is an object").clone();
    let fields: Map<_, _> = fields
        .into_iter()
        .filter(|(field, _)| kept(field))
        .collect();
    let text = serde_json::to_string_pretty(&Value::Object(fields)).expect("a record is JSON");
    fs::write(path, text + "\n").expect("the expected record can be written");
}

/// Compares records field by field, lists entry by entry; returns what differs and how.
fn faults(expected: &Value, got: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut waiting = vec![(String::new(), expected, got)];
    while let Some((place, expected, got)) = waiting.pop() {
        match (expected, got) {
            (Value::Object(fields), Value::Object(_)) => {
                let parts = fields.iter().rev();
                waiting.extend(parts.map(|(f, e)| (format!("{place}.{f}"), e, &got[f])));
            }
            (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
                let pairs = left.iter().zip(right).enumerate().rev();
                waiting.extend(pairs.map(|(i, (e, g))| (format!("{place}[{i}]"), e, g)));
            }
            _ if expected == got => {}
            (Value::Array(left), Value::Array(right)) => faults.push(lists(&place, left, right)),
            _ => faults.push(format!(
                "{place}\n  - {}\n  + {}",
                shown(expected),
                shown(got)
            )),
        }
    }
    faults
}

/// Tells two lists of different lengths apart: the entries that only one of them has.
fn lists(place: &str, expected: &[Value], got: &[Value]) -> String {
    let mut text = format!("{place}: {} entries, not {}", got.len(), expected.len());
    for only in expected.iter().filter(|entry| !got.contains(entry)) {
        write!(text, "\n  - {}", shown(only)).expect("a string takes all");
    }
    for only in got.iter().filter(|entry| !expected.contains(entry)) {
        write!(text, "\n  + {}", shown(only)).expect("a string takes all");
    }
    text
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
