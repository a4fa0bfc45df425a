//! The voices there are, and which of them reads what.

use std::sync::{Arc, OnceLock};

use super::espeak::{self, Espeak, Pool};
use super::tone::Tone;
use super::{Error, Settings, Voice, manifest};
use crate::model::{Lang, VoiceId};

/// A voice of any kind.
type AnyVoice = Arc<dyn Voice>;

/// The voices there are.
///
/// Opening reads manifests and starts nothing. The engine is asked for its other voices when somebody
/// looks for one that has no manifest.
pub struct Catalogue {
    /// Those with a manifest, and the test voice.
    named: Vec<AnyVoice>,
    /// These and all others, once the engine has listed them.
    all: OnceLock<Vec<AnyVoice>>,
    /// The engine's names of those with a manifest.
    engine_names: Vec<String>,
    pool: Arc<Pool>,
    broken_manifests: Vec<String>,
    faults: OnceLock<Vec<String>>,
}

impl Catalogue {
    /// Finds the voices; those that are broken are named in [`Catalogue::faults`].
    #[must_use]
    pub fn open(settings: &Settings) -> Self {
        let pool = Arc::new(Pool::new(settings));
        let (manifests, broken_manifests) = manifest::all(&settings.folders);
        let engine_names = manifests.iter().map(|m| m.voice.clone()).collect();
        let mut named: Vec<AnyVoice> = Vec::new();
        for manifest in manifests {
            named.push(Arc::new(Espeak::new(manifest, &pool)));
        }
        if settings.tone {
            named.push(Arc::new(Tone::new()));
        }
        Self {
            named,
            all: OnceLock::new(),
            engine_names,
            pool,
            broken_manifests,
            faults: OnceLock::new(),
        }
    }

    /// Puts one more voice beside those that were found.
    #[must_use]
    pub fn with(mut self, voice: Arc<dyn Voice>) -> Self {
        self.named.push(voice);
        self
    }

    /// Returns the voices, Vietnamese first. Where the engine is missing, these are the ones that it
    /// would speak with.
    #[must_use]
    pub fn voices(&self) -> &[Arc<dyn Voice>] {
        self.listed().unwrap_or(&self.named)
    }

    /// Returns a sentence for each manifest or engine that is broken, as it is when first asked.
    #[must_use]
    pub fn faults(&self) -> &[String] {
        self.faults.get_or_init(|| {
            let engine = self.listed().err().map(|error| error.to_string());
            self.broken_manifests
                .iter()
                .cloned()
                .chain(engine)
                .collect()
        })
    }

    /// Finds a voice by its name.
    ///
    /// # Errors
    /// Where there is none of that name.
    pub fn named(&self, id: &VoiceId) -> Result<Arc<dyn Voice>, Error> {
        let is_it = |voice: &&AnyVoice| voice.description().id == *id;
        if let Some(voice) = self.named.iter().find(is_it) {
            return Ok(Arc::clone(voice));
        }
        let voice = self.listed()?.iter().find(is_it);
        voice.cloned().ok_or_else(|| Error::NoVoice(id.clone()))
    }

    /// Has a speech worker try what it is kept from; each with whether it is. None where the engine is missing,
    /// for nothing is locked in then.
    ///
    /// # Errors
    /// Where no worker can be started, or none answers.
    pub fn kept_from(&self) -> Result<Vec<(String, bool)>, Error> {
        match self.pool.try_out() {
            Err(Error::NoEngine { .. }) => Ok(Vec::new()),
            other => other,
        }
    }

    /// Is the engine there to speak?
    ///
    /// # Errors
    /// Where it is not installed, or does not answer.
    pub fn ready(&self) -> Result<(), Error> {
        self.listed().map(drop)
    }

    /// Chooses the voice for a language: the wished one where it speaks it, else the one of the same
    /// region, else the first that speaks it.
    ///
    /// # Errors
    /// Where no voice speaks the language, or the engine is missing and it would have to be asked.
    pub fn choose(&self, wish: Option<&VoiceId>, lang: &Lang) -> Result<Arc<dyn Voice>, Error> {
        if let Some(wished) = wish.and_then(|id| self.named(id).ok())
            && speaks(&wished, lang)
        {
            return Ok(wished);
        }
        if let Some(voice) = best(&self.named, lang) {
            return Ok(voice);
        }
        let voice = best(self.listed()?, lang);
        voice.ok_or_else(|| Error::NoVoiceForLanguage(lang.clone()))
    }

    /// Returns all voices; asks the engine for its list until it has given one.
    fn listed(&self) -> Result<&[AnyVoice], Error> {
        if let Some(all) = self.all.get() {
            return Ok(all);
        }
        let others = espeak::others(&self.pool, &self.engine_names)?;
        let others = others.into_iter().map(|voice| Arc::new(voice) as AnyVoice);
        let all = self.named.iter().cloned().chain(others).collect();
        Ok(self.all.get_or_init(|| all))
    }
}

/// The tag of a voice that speaks any language (ISO 639-2).
const ANY: &str = "mul";
/// Languages that pages name by a wider tag than voices do: Mandarin, written Norwegian (ISO 639-3).
const WIDER: [(&str, &str); 2] = [("zh", "cmn"), ("no", "nb")];

fn speaks(voice: &AnyVoice, lang: &Lang) -> bool {
    let spoken = voice.description().lang.primary();
    spoken == ANY || is_own(spoken, lang)
}

fn is_own(spoken: &str, lang: &Lang) -> bool {
    spoken == lang.primary() || WIDER.contains(&(lang.primary(), spoken))
}

/// Returns the voice for just this tag, or the first for its language.
fn best(voices: &[AnyVoice], lang: &Lang) -> Option<AnyVoice> {
    let exact = |voice: &&AnyVoice| voice.description().lang == *lang;
    let own = |voice: &&AnyVoice| is_own(voice.description().lang.primary(), lang);
    let voice = voices.iter().find(exact);
    voice.or_else(|| voices.iter().find(own)).cloned()
}
