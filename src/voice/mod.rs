//! Makes an utterance sound.
//!
//! A [`Voice`] turns a sentence into samples and says where each word begins in them. The
//! [`Catalogue`] knows the voices: those that have a manifest, and all others of the engine. The same
//! text, voice and speed always give the same samples.

mod catalogue;
mod espeak;
mod file;
mod found;
mod install;
mod manifest;
mod piper;
mod tone;
mod trim;

use std::path::PathBuf;
use std::time::Duration;

use crate::model::{Lang, Speed, SpokenSound, VoiceId};

pub use catalogue::Catalogue;
pub use espeak::work;
pub use found::USUAL_IDLE;
pub use piper::change_model;

/// Lets this thread give way to those that answer readers, where the system can tell threads apart.
pub fn give_way() {
    #[cfg(target_os = "linux")]
    espeak::give_way();
}

/// A voice as it is shown to readers.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Description {
    /// Its name in settings and addresses.
    pub id: VoiceId,
    /// Its name for people.
    pub name: String,
    /// The language it speaks; `mul` for one that speaks any.
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
    /// A voice's files cannot be used.
    #[error("the voice {0} cannot speak: {1}")]
    Broken(VoiceId, String),
    /// The engine failed on this utterance, twice.
    #[error("the speech engine failed: {0}")]
    Failed(String),
}

/// How a voice knows when it says each word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WordTimes {
    /// Its engine tells it, or how long each sound is.
    Exact,
    /// Reckoned, as if all sounds were of one length.
    Estimated,
}

/// A voice as it is listed for programs.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Listed {
    /// Who it is.
    #[serde(flatten)]
    pub description: Description,
    /// How it knows when it says each word.
    pub word_times: WordTimes,
}

impl Listed {
    /// Lists a voice; may have to look into its files.
    #[must_use]
    pub fn of(voice: &dyn Voice) -> Self {
        Self {
            description: voice.description().clone(),
            word_times: voice.word_times(),
        }
    }
}

/// Something that speaks.
pub trait Voice: Send + Sync {
    /// Who it is.
    fn description(&self) -> &Description;
    /// What its sound depends on besides text and speed: engine and data version, for keys.
    fn version(&self) -> &str;
    /// Samples a second of all its sound.
    fn rate(&self) -> u32;
    /// How much louder its sound is to be made, in decibels, so that all voices sound alike: -19 LUFS.
    fn gain_db(&self) -> f64 {
        0.0
    }
    /// Does it speak so much faster than anybody listens that a whole article may be spoken only to learn
    /// how long it is? What such a voice says can be sought in before it was heard.
    fn is_quick(&self) -> bool;
    /// How it knows when it says each word; may have to look into its files.
    fn word_times(&self) -> WordTimes {
        WordTimes::Exact
    }
    /// Speaks; blocks until the utterance is done.
    ///
    /// The sound begins and ends with 30 ms of silence, and nothing in it is clipped. It is empty
    /// where there is nothing to say.
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
    /// How long a model is kept in memory after it has last spoken; zero means ten minutes.
    pub idle: Duration,
    /// Most bytes of the files of models that are in memory together; zero means 512 MiB.
    pub model_bytes: u64,
    /// How long an utterance may take before its worker is replaced; zero means ten seconds.
    pub patience: Duration,
}

/// Milliseconds of silence with which every utterance begins and ends: more than a frame of any
/// format, so that frames of different utterances can follow one another.
const EDGE_MS: usize = 30;

/// Returns the samples of an utterance's silent edge.
fn edge(rate: u32) -> usize {
    rate as usize * EDGE_MS / 1_000
}
