//! Finds what is compiled in by being there: a language for each file of `static/locales`, and the
//! letters of the package in `static/fonts`, where `./run` has brought it.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The languages that come first in a choice; others follow by name.
const FIRST: [&str; 2] = ["vi", "en"];
/// The package of the highly legible letters, as npm lays it.
const LETTERS: &str = "static/fonts/node_modules/@fontsource-variable/lexend";

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    println!("cargo:rerun-if-changed=build.rs");
    // The folder is always there; to watch a package that is not would build Loa anew every time.
    println!("cargo:rerun-if-changed=static/fonts");
    languages(&root.join("static/locales"), &out)?;
    letters(&root.join(LETTERS), &out)
}

/// Writes the list of languages, and the list of their files in the same order.
fn languages(folder: &Path, out: &Path) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut found = names(folder, "ftl")?;
    found.sort_by_key(|tag| {
        (
            FIRST.iter().position(|f| f == tag).unwrap_or(FIRST.len()),
            tag.clone(),
        )
    });
    let tags: String = found.iter().map(|tag| format!("Self({tag:?}),")).collect();
    let file = |tag| folder.join(format!("{tag}.ftl"));
    let files: String = found
        .iter()
        .map(|tag| format!("include_str!({:?}),", file(tag).display()))
        .collect();
    fs::write(out.join("languages.rs"), format!("&[{tags}]"))?;
    fs::write(out.join("locales.rs"), format!("&[{files}]"))
}

/// Writes the list of the letters' files, and the style sheet that names them; both are empty where the
/// package is not there.
fn letters(package: &Path, out: &Path) -> io::Result<()> {
    let css = package.join("index.css");
    let (names, css) = if css.is_file() {
        (
            names(&package.join("files"), "woff2")?,
            fs::read_to_string(css)?,
        )
    } else {
        (Vec::new(), String::new())
    };
    let path = |name| package.join("files").join(format!("{name}.woff2"));
    let files: String = names
        .iter()
        .map(|name| {
            format!(
                "(\"{name}.woff2\", include_bytes!({:?})),",
                path(name).display()
            )
        })
        .collect();
    fs::write(out.join("letters.rs"), format!("&[{files}]"))?;
    fs::write(out.join("letters.css"), css)
}

/// Returns the names, without their ending, of a folder's files of one kind, in order.
fn names(folder: &Path, kind: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == kind) {
            found.extend(
                path.file_stem()
                    .and_then(|n| n.to_str())
                    .map(ToOwned::to_owned),
            );
        }
    }
    found.sort();
    Ok(found)
}
