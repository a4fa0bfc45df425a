//! Makes an utterance sound.

use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{Lang, Speed, SpokenSound, VoiceId};

/// A voice as it is shown to readers.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Description {
    /// Its name in settings and addresses.
    pub id: VoiceId,
    /// Its name for people.
    pub name: String,
    /// The language it speaks.
    pub lang: Lang,
    /// Its region, as `north`.
    pub region: Option<String>,
    /// Its gender, where it has one.
    pub gender: Option<String>,
    /// The engine that speaks it.
    pub engine: String,
    /// The licence of its data; none named is listed as such.
    pub licence: Option<String>,
    /// Where it is from.
    pub source: Option<String>,
    /// A sentence to hear it by.
    pub sample: Option<String>,
}

/// What can go wrong with a voice.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no voice of that name.
    #[error("there is no voice {0}")]
    NoVoice(VoiceId),
    /// No voice speaks the language.
    #[error("no voice speaks {0}")]
    NoVoiceForLanguage(Lang),
    /// The engine is not installed.
    #[error(
        "the speech engine libespeak-ng is not installed ({reason}); install it with: {install}"
    )]
    NoEngine {
        /// What was tried.
        reason: String,
        /// The command that installs it.
        install: String,
    },
    /// The engine failed on this utterance, twice.
    #[error("the speech engine failed: {0}")]
    Failed(String),
}

/// Something that speaks.
pub trait Voice: Send + Sync {
    /// Who it is.
    fn description(&self) -> &Description;
    /// What its sound depends on besides text and speed: engine and data version, for keys.
    fn version(&self) -> &str;
    /// Samples a second of all its sound.
    fn rate(&self) -> u32;
    /// Speaks; blocks until the utterance is done.
    ///
    /// # Errors
    /// Where the engine is missing or fails twice.
    fn speak(&self, text: &str, speed: Speed) -> Result<SpokenSound, Error>;
}

/// Where voices come from.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The program that is started as a worker (`loa` itself).
    pub program: PathBuf,
    /// Folders with manifests besides the built-in ones.
    pub folders: Vec<PathBuf>,
    /// Most worker processes; 0 means one for each core.
    pub workers: usize,
    /// The library's file, where it is not found by its name.
    pub library: Option<PathBuf>,
    /// The engine's data folder.
    pub data: Option<PathBuf>,
    /// Is the test voice among the voices?
    pub tone: bool,
}

/// The voices there are.
pub struct Catalogue {
    voices: Vec<Arc<dyn Voice>>,
    faults: Vec<String>,
}

impl Catalogue {
    /// Finds the voices; those that are broken are named in [`Catalogue::faults`].
    #[must_use]
    pub fn open(_settings: &Settings) -> Self {
        Self {
            voices: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Returns the voices, Vietnamese first.
    #[must_use]
    pub fn voices(&self) -> &[Arc<dyn Voice>] {
        &self.voices
    }

    /// Returns a sentence for each manifest or engine that is broken.
    #[must_use]
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// Finds a voice by its name.
    ///
    /// # Errors
    /// Where there is none of that name.
    pub fn named(&self, id: &VoiceId) -> Result<Arc<dyn Voice>, Error> {
        Err(Error::NoVoice(id.clone()))
    }

    /// Chooses the voice for a language: the wished one where it speaks it, else the first that does.
    ///
    /// # Errors
    /// Where no voice speaks the language, or the engine is missing.
    pub fn choose(&self, _wish: Option<&VoiceId>, lang: &Lang) -> Result<Arc<dyn Voice>, Error> {
        Err(Error::NoVoiceForLanguage(lang.clone()))
    }
}

/// Runs as a worker: reads requests from standard input until it ends.
///
/// # Errors
/// Where the pipe breaks or the engine cannot be loaded.
pub fn work(
    _library: Option<&std::path::Path>,
    _data: Option<&std::path::Path>,
) -> std::io::Result<()> {
    Ok(())
}
