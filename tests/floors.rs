//! Holds the source against the house that `ARCHITECTURE.md` draws: a module uses lower floors only,
//! and what must stay in one room stays there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module's floor. Modules of one floor do not know each other.
const FLOORS: [(&str, u8); 14] = [
    ("model", 0),
    ("fetch", 1),
    ("html", 1),
    ("speech", 1),
    ("page", 1),
    ("encode", 1),
    ("picture", 1),
    ("store", 1),
    ("extract", 2),
    ("voice", 2),
    ("gateway", 3),
    ("server", 4),
    ("config", 5),
    ("cli", 6),
];

/// What may be said in some rooms only: a piece of source, and where it may stand.
const ROOMS: [(&str, &[&str]); 9] = [
    ("html5ever", &["src/html/"]),
    ("maud::", &["src/page/"]),
    (
        "unsafe ",
        &["src/voice/espeak/ffi.rs", "src/encode/mp3/lame.rs"],
    ),
    (
        "TcpStream",
        &[
            "src/fetch/",
            "src/server/listen.rs",
            "src/server/wyoming/mod.rs",
        ],
    ),
    (
        "tokio::",
        &["src/fetch/", "src/gateway/", "src/server/", "src/cli/"],
    ),
    ("axum::", &["src/server/"]),
    (
        "tokio::spawn(",
        &["src/server/listen.rs", "src/gateway/work.rs"],
    ),
    ("spawn_blocking(", &["src/gateway/work.rs"]),
    ("anyhow", &["src/cli/"]),
];

#[test]
fn every_module_uses_lower_floors_only() {
    let floors: BTreeMap<_, _> = FLOORS.into_iter().collect();
    let mut wrong = Vec::new();
    for (path, source) in sources() {
        let Some(own) = module_of(&path) else {
            continue;
        };
        let floor = *floors
            .get(own.as_str())
            .unwrap_or_else(|| panic!("{own} has no floor"));
        for used in used_modules(&source) {
            let Some(&other) = floors.get(used.as_str()) else {
                continue;
            };
            if used != own && other >= floor {
                wrong.push(format!(
                    "{} ({floor}) uses {used} ({other})",
                    path.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_belongs_in_one_room_stays_there() {
    let mut wrong = Vec::new();
    for (path, source) in sources() {
        let shown = path.to_string_lossy().replace('\\', "/");
        let code = without_comments(&source);
        for (piece, rooms) in ROOMS {
            if code.contains(piece) && !rooms.iter().any(|room| shown.starts_with(room)) {
                wrong.push(format!("{shown} says {piece}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reading_of_paths_finds_them_all() {
    let source = "use crate::{html, model::{Block, Text}};\nuse crate::page;\n// crate::server\n\
                  fn f() { crate::voice::Error::from(x) }";
    assert_eq!(used_modules(source), ["html", "model", "page", "voice"]);
}

/// All sources below `src/`, by their path from the top.
fn sources() -> Vec<(PathBuf, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![top.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let source = fs::read_to_string(&path).expect("a source");
                let from_top = path.strip_prefix(top).expect("below the top").to_owned();
                found.push((from_top, source));
            }
        }
    }
    assert!(found.len() > 20, "the sources were not found");
    found
}

/// The top-level module of a source; none for `lib.rs` and `main.rs`, which may use all.
fn module_of(path: &Path) -> Option<String> {
    let below = path.strip_prefix("src").ok()?;
    let mut parts = below.components();
    let first = parts.next()?.as_os_str().to_str()?.to_owned();
    parts.next().is_some().then_some(first)
}

/// The modules that a source names after `crate::`, sorted and once each.
fn used_modules(source: &str) -> Vec<String> {
    let code = without_comments(source);
    let mut used = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => used.extend(names_in_group(group)),
            None => used.push(name_at(rest)),
        }
    }
    used.sort();
    used.dedup();
    used
}

/// The first name of each path in a group whose opening brace has been read.
fn names_in_group(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut expects_name) = (0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => expects_name = true,
            c if expects_name && depth == 0 && c.is_ascii_alphabetic() => {
                names.push(name_at(&group[at..]));
                expects_name = false;
            }
            _ => {}
        }
    }
    names
}

fn name_at(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect()
}

fn without_comments(source: &str) -> String {
    source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}
