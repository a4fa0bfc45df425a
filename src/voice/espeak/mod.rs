//! Voices of eSpeak NG, spoken by workers.
//!
//! A text is prepared, handed over piece by piece, and what comes back is freed of the engine's own
//! silence. The same text, voice and speed give the same samples, on any worker.

mod data;
mod ffi;
mod pace;
mod pool;
mod sandbox;
mod take;
mod text;
mod trim;
mod wire;
mod worker;
mod worker_process;

use std::sync::{Arc, OnceLock};

use super::manifest::{Manifest, USUAL_GAIN_DB};
use super::{Description, Error, Voice};
use crate::model::{Lang, Pcm, Speed, SpokenSound, VoiceId};
use take::{Listed, Take};
use text::Prepared;
use wire::Request;

pub(super) use ffi::give_way;
pub(super) use pace::Pair;
pub(super) use pool::Pool;
pub use worker::work;

/// The engine's name in manifests.
pub(super) const NAME: &str = "espeak-ng";
/// Of the engine's usual volume, at which Vietnamese reaches full scale and its own limiter sets in.
/// So much keeps 0.7 dB below full scale, at −22.5 LUFS.
const VOLUME: u8 = 70;
/// Grows with every change to what is made of the engine's sound.
const RECIPE: u32 = 1;
/// The rate of all of the engine's data, where the engine cannot be asked.
const USUAL_RATE: u32 = 22_050;
/// The licence of the engine's data.
const LICENCE: &str = "GPL-3.0-or-later";
/// Where the engine is from.
const SOURCE: &str = "https://github.com/espeak-ng/espeak-ng";

/// A voice of the engine.
pub(super) struct Espeak {
    description: Description,
    /// The engine's name for it.
    voice: String,
    pace: Vec<Pair>,
    gain_db: f64,
    pool: Arc<Pool>,
    version: OnceLock<String>,
}

impl Espeak {
    /// Makes the voice of a manifest.
    pub(super) fn new(manifest: Manifest, pool: &Arc<Pool>) -> Self {
        Self {
            description: manifest.description,
            voice: manifest.voice,
            gain_db: manifest.gain_db,
            pace: if manifest.pace.is_empty() {
                pace::USUAL.to_vec()
            } else {
                manifest.pace
            },
            pool: Arc::clone(pool),
            version: OnceLock::new(),
        }
    }

    fn request(&self, text: &str, speed: Speed) -> Request {
        Request::Speak {
            voice: self.voice.clone(),
            words_per_minute: pace::words_per_minute(&self.pace, speed),
            volume: VOLUME,
            text: text.to_owned(),
        }
    }

    fn found_version(&self) -> Result<String, Error> {
        let library = self.pool.library()?;
        let data = data::identity(&self.pool.data()?, self.description.lang.primary());
        let (version, voice, pace) = (&library.version, &self.voice, &self.pace);
        Ok(format!(
            "{NAME} {version} {data} {voice} r{RECIPE} v{VOLUME} {pace:?}"
        ))
    }
}

impl Voice for Espeak {
    fn description(&self) -> &Description {
        &self.description
    }

    fn version(&self) -> &str {
        if let Some(version) = self.version.get() {
            return version;
        }
        match self.found_version() {
            Ok(version) => self.version.get_or_init(|| version),
            Err(_) => NAME, // nothing can be spoken, so nothing is kept under this name
        }
    }

    fn rate(&self) -> u32 {
        self.pool.library().map_or(USUAL_RATE, |found| found.rate)
    }

    /// Six minutes in a quarter of a second.
    fn is_quick(&self) -> bool {
        true
    }

    fn gain_db(&self) -> f64 {
        self.gain_db
    }

    fn speak(&self, text: &str, speed: Speed) -> Result<SpokenSound, Error> {
        let rate = self.pool.library()?.rate;
        let prepared = Prepared::new(text);
        let mut sound = SpokenSound {
            pcm: Pcm {
                rate,
                samples: Vec::new(),
            },
            words: Vec::new(),
        };
        for (place, piece) in prepared.pieces() {
            let take = trim::trim(self.pool.speak(&self.request(piece, speed))?, rate);
            append(&mut sound, &prepared, (place, piece), &take);
        }
        Ok(sound)
    }
}

/// Puts a piece's sound and words behind those before it.
fn append(sound: &mut SpokenSound, prepared: &Prepared, piece: (usize, &str), take: &Take) {
    let (place, text) = piece;
    let before = sound.pcm.samples.len();
    let heard = text::words(text, &take.marks).into_iter();
    let words =
        heard.map(|(byte, sample)| (prepared.given(place + byte), (before + sample) as u64));
    sound.words.extend(words);
    sound.words.dedup_by_key(|(byte, _)| *byte);
    sound.pcm.samples.extend_from_slice(&take.samples);
}

/// Lists the engine's own voices, but for those that a manifest names.
pub(super) fn others(pool: &Arc<Pool>, named: &[String]) -> Result<Vec<Espeak>, Error> {
    let mut voices: Vec<Manifest> = Vec::new();
    for manifest in pool.voices()?.into_iter().filter_map(unnamed) {
        let taken = |m: &Manifest| m.description.id == manifest.description.id;
        let is_named = named
            .iter()
            .any(|name| name.eq_ignore_ascii_case(&manifest.voice));
        if !is_named && !voices.iter().any(taken) {
            voices.push(manifest);
        }
    }
    voices.sort_by(|a, b| a.description.id.cmp(&b.description.id));
    Ok(voices.into_iter().map(|m| Espeak::new(m, pool)).collect())
}

/// Describes a voice that has no manifest; `None` for one that cannot speak by itself. The engine
/// knows a voice by the last part of its file's name.
fn unnamed(listed: Listed) -> Option<Manifest> {
    let (folder, voice) = listed.identifier.rsplit_once('/').unwrap_or_default();
    if folder == "mb" || voice.is_empty() {
        return None;
    }
    let genders = [(1, "male"), (2, "female")];
    let gender = genders.into_iter().find(|(n, _)| *n == listed.gender);
    Some(Manifest {
        description: Description {
            id: VoiceId::parse(&format!("espeak-{}", voice.to_ascii_lowercase()))?,
            name: listed.name.replace('_', " "),
            lang: Lang::parse(&listed.language)?,
            region: None,
            gender: gender.map(|(_, name)| name.to_owned()),
            engine: NAME.to_owned(),
            licence: Some(LICENCE.to_owned()),
            source: Some(SOURCE.to_owned()),
            sample: None,
        },
        voice: voice.to_owned(),
        pace: Vec::new(),
        gain_db: USUAL_GAIN_DB,
    })
}
