//! Saved pages: those of the project, or any folder of them.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use url::Url;

/// A saved page.
pub(crate) struct Saved {
    /// Its place in the folder, without what the file's name ends in.
    pub(crate) name: String,
    /// Its bytes as the server sent them.
    pub(crate) bytes: Vec<u8>,
    /// The header of that name, where it is known.
    pub(crate) content_type: Option<String>,
    /// Where it was read from; made up for a page whose folder does not say.
    pub(crate) address: Url,
}

/// Reads the project's own pages.
pub(crate) fn own() -> Vec<Saved> {
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages"))
}

/// Reads all `.html` and `.html.gz` files below a folder, by name. A `base.txt` beside a page says its
/// address and, in a second line, its `Content-Type`.
pub(crate) fn below(folder: &Path) -> Vec<Saved> {
    let mut files = files(folder);
    files.sort();
    let pages: Vec<_> = files
        .iter()
        .filter_map(|file| saved(folder, file))
        .collect();
    assert!(!pages.is_empty(), "no page below {}", folder.display());
    pages
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut files, mut waiting) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = waiting.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        for entry in entries {
            let path = entry.expect("an entry that can be read").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}

fn saved(folder: &Path, file: &Path) -> Option<Saved> {
    let place = file.strip_prefix(folder).unwrap_or(file).to_string_lossy();
    let bytes = fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let (name, bytes) = match (
        place.strip_suffix(".html.gz"),
        place.strip_suffix("page.html"),
        place.strip_suffix(".html"),
    ) {
        (Some(name), ..) => (name, unpacked(&bytes)),
        (_, Some(name), _) | (.., Some(name)) => (name.trim_end_matches('/'), bytes),
        _ => return None,
    };
    let base = fs::read_to_string(file.with_file_name("base.txt")).unwrap_or_default();
    let mut lines = base.lines().map(ToOwned::to_owned);
    Some(Saved {
        address: address(lines.next().as_deref(), name),
        content_type: lines.next(),
        name: name.to_owned(),
        bytes,
    })
}

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed)
        .read_to_end(&mut bytes)
        .expect("a page packed by gzip");
    bytes
}

fn address(given: Option<&str>, name: &str) -> Url {
    let given = given.and_then(|line| Url::parse(line).ok());
    given.unwrap_or_else(|| {
        let mut address = Url::parse("https://saved.example/").expect("an address");
        address.set_path(name);
        address
    })
}
