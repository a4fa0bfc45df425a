//! Which data the engine has: distributions change it without changing the engine's version.

use std::fs;
use std::io;
use std::path::Path;

/// The files that every voice is made of.
const COMMON: [&str; 4] = ["phontab", "phonindex", "phondata", "intonations"];
/// Hexadecimal digits of the identity: 64 bits.
const DIGITS: usize = 16;

/// Returns a short name for the content of the data that a language's voices are made of: the common
/// files and the language's dictionary, or where it has none of its own, the sizes of all dictionaries.
///
/// Reads about 700 kB. What cannot be read counts as missing: then nothing can be spoken either.
pub(super) fn identity(folder: &Path, language: &str) -> String {
    let mut hash = blake3::Hasher::new();
    for name in COMMON {
        hash.update(&fs::read(folder.join(name)).unwrap_or_default());
    }
    match fs::read(folder.join(format!("{language}_dict"))) {
        Ok(dictionary) => hash.update(&dictionary),
        Err(_) => hash.update(sizes(folder).unwrap_or_default().as_bytes()),
    };
    hash.finalize().to_hex()[..DIGITS].to_owned()
}

fn sizes(folder: &Path) -> io::Result<String> {
    let mut sizes = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let bytes = entry.metadata()?.len();
        sizes.push(format!("{} {bytes}", entry.file_name().to_string_lossy()));
    }
    sizes.sort();
    Ok(sizes.join("\n"))
}
