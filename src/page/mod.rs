//! Makes pages that anyone can read.

use crate::model::{Document, Problem, UiLang, VoiceId, Wishes};

/// What every page is made with.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The reader's wishes.
    pub wishes: &'a Wishes,
    /// The language of the interface.
    pub lang: UiLang,
    /// Was the settings code given in the address? Then every link carries it on.
    pub carry: bool,
    /// The page's own path and query without `s`, to come back to.
    pub here: &'a str,
}

/// A voice as the settings page offers it.
#[derive(Clone, Debug)]
pub struct VoiceChoice {
    /// Its name in the form.
    pub id: VoiceId,
    /// Its name for people.
    pub name: String,
    /// Its language tag.
    pub lang: String,
}

/// A portal as the front page offers it.
#[derive(Clone, Debug)]
pub struct Portal {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
}

/// A file of the interface, compiled in.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// The front page.
#[must_use]
pub fn front(_view: &View<'_>, _portals: &[Portal]) -> String {
    String::new()
}

/// The page of an article, a listing or a plain page; `given` is what stands in the `url` field.
#[must_use]
pub fn document(_view: &View<'_>, _document: &Document, _given: &str) -> String {
    String::new()
}

/// The settings page; `wrong` is the field that could not be taken.
#[must_use]
pub fn settings(_view: &View<'_>, _voices: &[VoiceChoice], _wrong: Option<&str>) -> String {
    String::new()
}

/// The page of a problem; `given` is the address that was asked for, to be mended.
#[must_use]
pub fn problem(_view: &View<'_>, _problem: &Problem, _given: Option<&str>) -> String {
    String::new()
}

/// What happened and what to do, as one or two plain sentences.
#[must_use]
pub fn sentence(_lang: UiLang, problem: &Problem) -> String {
    format!("{problem:?}")
}

/// A document as a whole HTML file that stands alone.
#[must_use]
pub fn standalone(_document: &Document) -> String {
    String::new()
}

/// A document as Markdown.
#[must_use]
pub fn markdown(_document: &Document) -> String {
    String::new()
}

/// The help page.
#[must_use]
pub fn help(_view: &View<'_>) -> String {
    String::new()
}

/// The style sheet of a reader's own pair of colours.
#[must_use]
pub fn theme_css(_colors: &crate::model::CustomColors) -> String {
    String::new()
}

impl Asset {
    /// Hash.
    #[must_use]
    pub fn version(&self) -> &'static str {
        ""
    }
}

/// Finds a file of the interface by its path below `/static/`.
#[must_use]
pub fn asset(_path: &str) -> Option<Asset> {
    None
}
