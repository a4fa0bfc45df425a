//! Voices of eSpeak NG, spoken by workers.
//!
//! A text is prepared, handed over piece by piece, and what comes back is freed of the engine's own
//! silence. The same text, voice and speed give the same samples, on any worker.

mod data;
mod ffi;
mod pace;
mod phoneme;
mod pool;
mod sandbox;
mod take;
mod text;
mod wire;
mod worker;
mod worker_process;

use std::sync::{Arc, OnceLock};

use super::manifest::USUAL_GAIN_DB;
use super::trim::trim;
use super::{Description, Error, Voice};
use crate::model::{Lang, Pcm, Speed, SpokenSound, VoiceId};
use take::{Listed, Take};
use wire::Request;

pub(super) use ffi::give_way;
pub(super) use pace::Pair;
pub(super) use pool::Pool;
pub(super) use take::Clause;
pub(super) use text::Prepared;
pub use worker::work;

/// The engine's name in manifests.
pub(super) const NAME: &str = "espeak-ng";
/// Of the engine's usual volume, at which Vietnamese reaches full scale and its own limiter sets in.
/// So much keeps 0.7 dB below full scale, at −22.5 LUFS.
const VOLUME: u8 = 70;
/// The largest sample that counts as silence: 60 dB below the loudest.
const SILENCE: u16 = 32;
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
    /// Makes a voice that the engine knows as `voice`.
    pub(super) fn new(
        description: Description,
        voice: String,
        pace: Vec<Pair>,
        gain_db: f64,
        pool: &Arc<Pool>,
    ) -> Self {
        Self {
            description,
            voice,
            gain_db,
            pace: if pace.is_empty() {
                pace::USUAL.to_vec()
            } else {
                pace
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
        let identity = self.pool.identity(self.description.lang.primary())?;
        let (voice, pace) = (&self.voice, &self.pace);
        Ok(format!(
            "{NAME} {identity} {voice} r{RECIPE} v{VOLUME} {pace:?}"
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
            let mut take = self.pool.speak(&self.request(piece, speed))?;
            let places = take.marks.iter_mut().map(|mark| &mut mark.sample);
            take.samples = trim(&take.samples, rate, SILENCE, places);
            if take.samples.is_empty() {
                take.marks.clear();
            }
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

/// Lists the engine's own voices.
pub(super) fn listed(pool: &Arc<Pool>) -> Result<Vec<Espeak>, Error> {
    let mut voices: Vec<(Description, String)> = Vec::new();
    for (description, voice) in pool.voices()?.into_iter().filter_map(unnamed) {
        if !voices.iter().any(|(other, _)| other.id == description.id) {
            voices.push((description, voice));
        }
    }
    voices.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let made =
        |(description, voice)| Espeak::new(description, voice, Vec::new(), USUAL_GAIN_DB, pool);
    Ok(voices.into_iter().map(made).collect())
}

/// Returns the name of a voice that has no manifest, by the engine's name for it.
pub(super) fn id_of(voice: &str) -> Option<VoiceId> {
    VoiceId::parse(&format!("espeak-{}", voice.to_ascii_lowercase()))
}

/// Describes a voice that has no manifest; `None` for one that cannot speak by itself. The engine
/// knows a voice by the last part of its file's name.
fn unnamed(listed: Listed) -> Option<(Description, String)> {
    let (folder, voice) = listed.identifier.rsplit_once('/').unwrap_or_default();
    if folder == "mb" || voice.is_empty() {
        return None;
    }
    let genders = [(1, "male"), (2, "female")];
    let gender = genders.into_iter().find(|(n, _)| *n == listed.gender);
    let description = Description {
        id: id_of(voice)?,
        name: listed.name.replace('_', " "),
        lang: Lang::parse(&listed.language)?,
        region: None,
        gender: gender.map(|(_, name)| name.to_owned()),
        engine: NAME.to_owned(),
        licence: Some(LICENCE.to_owned()),
        source: Some(SOURCE.to_owned()),
        sample: None,
    };
    Some((description, voice.to_owned()))
}
