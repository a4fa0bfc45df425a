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

static FILES: LazyLock<[File; 2]> = LazyLock::new(|| {
    [
        File::new("style.css", "text/css; charset=utf-8", style()),
        File::new("icon.svg", "image/svg+xml", ICON.into()),
    ]
});
const STYLE: &str = include_str!("../../static/style.css");
const ICON: &str = include_str!("../../static/icon.svg");

impl File {
    fn new(path: &'static str, media_type: &'static str, text: String) -> Self {
        Self {
            path,
            media_type,
            version: blake3::hash(text.as_bytes()).to_hex()[..8].to_owned(),
            bytes: text.into_bytes(),
        }
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
    let version = asset(path).map_or("", |file| file.version);
    format!("/static/{path}?v={version}")
}

/// Returns the whole style sheet: the file, and a rule for each text size. The sizes are rules, since
/// the content security policy forbids styles in the page.
pub(super) fn style() -> String {
    let sizes = (100..=400)
        .step_by(5)
        .map(|percent| format!("[data-scale=\"{percent}\"]{{font-size:{percent}%}}\n"));
    format!("{STYLE}{}", sizes.collect::<String>())
}
