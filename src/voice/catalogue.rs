//! The voices there are, and which of them reads what.

use std::sync::{Arc, OnceLock};

use super::espeak::{self, Pool};
use super::found::{AnyVoice, Finder};
use super::{Error, Settings, Voice};
use crate::model::{Lang, VoiceId};

/// The voices there are.
///
/// Opening reads nothing and starts nothing. The engine is asked for its other voices when somebody looks for one
/// that has no manifest.
pub struct Catalogue {
    finder: Finder,
    /// Voices that were put beside those that were found.
    beside: Vec<AnyVoice>,
    /// The engine's own voices, once it has listed them.
    others: OnceLock<Vec<AnyVoice>>,
    pool: Arc<Pool>,
}

impl Catalogue {
    /// Finds the voices; those that are broken are named in [`Catalogue::faults`].
    #[must_use]
    pub fn open(settings: &Settings) -> Self {
        let pool = Arc::new(Pool::new(settings));
        Self {
            finder: Finder::new(settings, &pool),
            beside: Vec::new(),
            others: OnceLock::new(),
            pool,
        }
    }

    /// Puts one more voice beside those that were found.
    #[must_use]
    pub fn with(mut self, voice: Arc<dyn Voice>) -> Self {
        self.beside.push(voice);
        self
    }

    /// Returns the voices, Vietnamese first, as they are now. Where the engine is missing, these are the ones that
    /// it would speak with.
    #[must_use]
    pub fn voices(&self) -> Vec<Arc<dyn Voice>> {
        let named = self.known();
        match self.others(&named) {
            Ok(others) => named.into_iter().chain(others).collect(),
            Err(_) => named, // told as a fault
        }
    }

    /// Returns a sentence for each voice or engine that is broken, as it is now.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = self.finder.found().faults.clone();
        faults.extend(self.listed().err().map(|error| error.to_string()));
        faults
    }

    /// Finds a voice by its name.
    ///
    /// # Errors
    /// Where there is none of that name.
    pub fn named(&self, id: &VoiceId) -> Result<Arc<dyn Voice>, Error> {
        let is_it = |voice: &AnyVoice| voice.description().id == *id;
        let named = self.known();
        if let Some(at) = named.iter().position(is_it) {
            return Ok(Arc::clone(&named[at]));
        }
        let others = self.others(&named)?;
        let voice = others.into_iter().find(is_it);
        voice.ok_or_else(|| Error::NoVoice(id.clone()))
    }

    /// Returns how many models are in memory.
    #[must_use]
    pub fn models_in_memory(&self) -> usize {
        self.finder.models_in_memory()
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
        let named = self.known();
        if let Some(voice) = best(&named, lang) {
            return Ok(voice);
        }
        let voice = best(&self.others(&named)?, lang);
        voice.ok_or_else(|| Error::NoVoiceForLanguage(lang.clone()))
    }

    /// Returns those with a manifest or files of their own, and those that were put beside them.
    fn known(&self) -> Vec<AnyVoice> {
        let found = self.finder.found();
        found.voices.iter().chain(&self.beside).cloned().collect()
    }

    /// Returns the engine's voices that no manifest names; asks it for its list until it has given one.
    fn others(&self, known: &[AnyVoice]) -> Result<Vec<AnyVoice>, Error> {
        let listed = self.listed()?;
        let is_new = |voice: &&AnyVoice| {
            let id = &voice.description().id;
            known.iter().all(|known| known.description().id != *id)
        };
        let names = &self.finder.found().engine_names;
        let is_named = |voice: &AnyVoice| {
            let id = Some(&voice.description().id);
            let mut names = names.iter();
            names.any(|name| espeak::id_of(name).as_ref() == id)
        };
        let others = listed.iter().filter(is_new);
        Ok(others.filter(|voice| !is_named(voice)).cloned().collect())
    }

    fn listed(&self) -> Result<&[AnyVoice], Error> {
        if let Some(listed) = self.others.get() {
            return Ok(listed);
        }
        let listed = espeak::listed(&self.pool)?.into_iter();
        let listed = listed.map(|voice| Arc::new(voice) as AnyVoice).collect();
        Ok(self.others.get_or_init(|| listed))
    }
}

/// Languages that pages name by a wider tag than voices do: Mandarin, written Norwegian (ISO 639-3).
const WIDER: [(&str, &str); 2] = [("zh", "cmn"), ("no", "nb")];

fn speaks(voice: &AnyVoice, lang: &Lang) -> bool {
    let spoken = &voice.description().lang;
    spoken.is_any() || is_own(spoken.primary(), lang)
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
