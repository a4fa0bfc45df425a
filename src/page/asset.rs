//! The files of the interface, compiled in.

use std::sync::LazyLock;

/// A file of the interface.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
    /// Eight hexadecimal digits that change with its bytes: its entity tag, and the `v` in the
    /// addresses that pages use, so that it may be cached for ever.
    pub version: &'static str,
}

struct File {
    path: &'static str,
    media_type: &'static str,
    bytes: Vec<u8>,
    version: String,
}

static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    let mut files = vec![
        File::new("style.css", CSS, style()),
        File::new("icon.svg", "image/svg+xml", ICON),
        File::new("cover.png", "image/png", COVER),
        File::new("ruler.js", SCRIPT, RULER),
    ];
    let modules = PLAYER.iter().chain(&OFFLINE);
    files.extend(modules.map(|(path, script)| File::new(path, SCRIPT, *script)));
    let letters = LETTERS.iter();
    files.extend(letters.map(|(path, bytes)| File::new(path, "font/woff2", *bytes)));
    let sheet = letters_sheet(&files);
    files.push(File::new("letters.css", CSS, sheet));
    files
});

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = include_str!("../../static/style.css");
const ICON: &str = include_str!("../../static/icon.svg");
const COVER: &[u8] = include_bytes!("../../static/cover.png");
const RULER: &str = include_str!("../../static/ruler.js");
/// The modules of the player, which find each other by name.
const PLAYER: [(&str, &str); 9] = [
    (
        "player/main.js",
        include_str!("../../static/player/main.js"),
    ),
    (
        "player/follow.js",
        include_str!("../../static/player/follow.js"),
    ),
    (
        "player/keep.js",
        include_str!("../../static/player/keep.js"),
    ),
    (
        "player/keeper.js",
        include_str!("../../static/player/keeper.js"),
    ),
    (
        "player/keys.js",
        include_str!("../../static/player/keys.js"),
    ),
    (
        "player/marks.js",
        include_str!("../../static/player/marks.js"),
    ),
    (
        "player/session.js",
        include_str!("../../static/player/session.js"),
    ),
    (
        "player/sleep.js",
        include_str!("../../static/player/sleep.js"),
    ),
    (
        "player/text.js",
        include_str!("../../static/player/text.js"),
    ),
];
/// The modules of what is kept for when there is no network.
const OFFLINE: [(&str, &str); 3] = [
    (
        "offline/kept.js",
        include_str!("../../static/offline/kept.js"),
    ),
    (
        "offline/look.js",
        include_str!("../../static/offline/look.js"),
    ),
    (
        "offline/page.js",
        include_str!("../../static/offline/page.js"),
    ),
];
/// The files of the highly legible letters, by name: those of the package that the build found.
const LETTERS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/letters.rs"));
const LETTERS_SHEET: &str = include_str!(concat!(env!("OUT_DIR"), "/letters.css"));

impl File {
    fn new(path: &'static str, media_type: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self {
            path,
            media_type,
            version: blake3::hash(&bytes).to_hex()[..8].to_owned(),
            bytes,
        }
    }

    fn address(&self) -> String {
        format!("/static/{}?v={}", self.path, self.version)
    }

    fn find(path: &str) -> Option<&'static Self> {
        FILES.iter().find(|file| file.path == path)
    }
}

/// Finds a file of the interface by its path below `/static/`.
#[must_use]
pub fn asset(path: &str) -> Option<Asset> {
    let file = File::find(path)?;
    Some(Asset {
        media_type: file.media_type,
        bytes: &file.bytes,
        version: &file.version,
    })
}

/// Returns the address of a file of the interface, with its version.
pub(super) fn address(path: &str) -> String {
    File::find(path).map_or_else(|| format!("/static/{path}"), File::address)
}

/// Returns the style sheet that the letters' package brings, with the addresses that its files have here.
fn letters_sheet(files: &[File]) -> String {
    let named = |sheet: String, file: &File| {
        sheet.replace(&format!("./files/{}", file.path), &file.address())
    };
    files.iter().fold(LETTERS_SHEET.to_owned(), named)
}

/// Returns the whole style sheet: the file, and rules for each text size. The sizes are rules, since
/// the content security policy forbids styles in the page.
pub(super) fn style() -> String {
    let sizes = (100..=400).step_by(5).map(size);
    format!("{STYLE}{}", sizes.collect::<String>())
}

/// Returns what a text size of so many percent does: letters grow, and with them the browser's own player,
/// which knows nothing of letters. It grows to twice its size, since there is less room on a telephone.
fn size(percent: u32) -> String {
    let player = percent.min(200);
    format!(
        "[data-scale=\"{percent}\"]{{font-size:{percent}%}}[data-scale=\"{percent}\"] audio{{zoom:{player}%}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_sheet_names_every_one_of_its_files_and_nothing_else() {
        let sheet = letters_sheet(&FILES);
        for (path, bytes) in LETTERS {
            assert!(sheet.contains(&format!("url(/static/{path}?v=")), "{path}");
            assert!(bytes.starts_with(b"wOF2"), "{path}");
        }
        assert_eq!(sheet.matches("url(").count(), LETTERS.len());
        assert!(!sheet.contains("./files/"), "{sheet}");
    }
}
