//! Makes pages that anyone can read.
//!
//! Markup is made here alone, by maud, which escapes whatever it is given. A page is one frame (skip
//! link, size buttons, Loa's own links, the main part, the foot) around a main part; its words come
//! from the two Fluent files in `static/locales`, its looks from one style sheet that reads the
//! reader's wishes off the `html` element. Nothing here needs a script.
//!
//! Sources: WCAG 2.2; the HTML standard; <https://projectfluent.org>.

mod address;
mod asset;
mod body;
mod controls;
mod document;
mod figures;
mod frame;
mod front;
mod help;
mod inline;
mod listing;
mod markdown;
mod name;
mod offline;
mod player;
mod portal;
mod problem;
mod ready;
mod settings;
mod spoken;
mod standalone;
mod start;
mod table;
mod theme;
mod tools;
mod words;

use crate::model::{DataUse, Lang, Problem, UiLang, VoiceId, Wishes};

pub use asset::{Asset, asset};
pub use document::document;
pub use front::front;
pub use help::help;
pub use markdown::markdown;
pub use offline::{offline, worker};
pub use portal::{Portal, Section, WORDS as SEARCH_WORDS};
pub use problem::{Asked, problem, sentence};
pub use ready::{play_keys, ready, stopping};
pub use settings::{CUE_FIELD, OWN_CUES, settings};
pub use spoken::{Telling, spoken};
pub use standalone::standalone;
pub use theme::theme_css;
pub use tools::{manifest, tools};

/// What every page is made with.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The reader's wishes.
    pub wishes: &'a Wishes,
    /// The language of the interface.
    pub lang: UiLang,
    /// Was the settings code given in the address? Then every link carries it on.
    pub carry: bool,
    /// Does the browser wish to spare data? It counts where the reader has chosen nothing.
    pub saves_data: bool,
    /// The page's own path and query without `s`, to come back to.
    pub here: &'a str,
}

impl View<'_> {
    /// Returns how much data sound may use.
    fn data(&self) -> DataUse {
        self.wishes.data_use(self.saves_data)
    }
}

/// Can a document be heard?
#[derive(Clone, Copy, Debug)]
pub enum Sound<'a> {
    /// Yes; this is the `url` that `/audio.mp3` takes for it.
    Of(&'a str),
    /// No, for this reason.
    Without(&'a Problem),
}

/// A voice as the settings page offers it.
#[derive(Clone, Debug)]
pub struct VoiceChoice {
    /// Its name in the form.
    pub id: VoiceId,
    /// Its name for people.
    pub name: String,
    /// The language it speaks.
    pub lang: Lang,
    /// Its region, as `north`, where it has one.
    pub region: Option<String>,
    /// Is there a sentence to hear it by?
    pub has_sample: bool,
}
