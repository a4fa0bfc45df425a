//! Voices of Piper: neural networks of the shape VITS, run here, with phonemes of eSpeak NG.
//!
//! A text becomes phonemes, phonemes become ids, and the model makes sound of them, a part at a time. The same
//! text, voice and speed give the same samples, whatever the number of threads; on processors of another kind the
//! last bits may differ, so the kind is part of a voice's version.

mod align;
mod config;
mod files;
mod ids;
mod loudness;
mod memory;
mod model;
mod onnx;
mod threads;

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use self::config::Phonemes;
use self::files::Ready;
use self::ids::Signs;
use self::model::Loaded;
use super::espeak::{Pool, Prepared};
use super::trim::trim;
use super::{Description, Error, Voice, WordTimes, manifest};
use crate::model::phoneme::soundings;
use crate::model::{Lang, Pcm, Speed, SpokenSound};

pub(super) use files::{Files, Stamp, beside};
pub(super) use memory::{Memory, USUAL_BYTES};
pub(super) use threads::Threads;

/// The engine's name in manifests.
pub(super) const NAME: &str = "piper";
/// Grows with every change to what is made of a model's sound.
const RECIPE: u32 = 2;
/// Most signs that a model is given at a time: some twenty seconds of speech, and 200 MB while it works.
const MOST_SIGNS: usize = 300;
/// The largest sample that counts as silence: networks never give zeros.
const SILENCE: u16 = 100;
/// How loud a model's speech is made, in LUFS. So much leaves room for peaks; the rest is the voice's gain.
const LEVEL_LUFS: f64 = -25.0;
/// What is missing to -19 LUFS.
pub(super) const GAIN_DB: f64 = 6.0;
/// Most that a model's sound is changed by, in decibels: what is softer or louder is no speech.
const MOST_GAIN_DB: f64 = 30.0;
/// Steps of the gain: more than the last bits that machines compute differently.
const GAIN_STEPS: f64 = 4_096.0;
/// What is weighed where no sample is known for the language.
const USUAL_SAMPLE: &str = "La la la, la la la la.";

/// A voice of a model, by one of its speakers.
pub(super) struct Piper {
    description: Description,
    files: Arc<Files>,
    speaker: usize,
    gain_db: f64,
    pool: Arc<Pool>,
    threads: Arc<Threads>,
    version: OnceLock<String>,
}

impl Piper {
    /// Makes a voice of a model's files.
    ///
    /// # Errors
    /// A sentence, where there is no such speaker.
    pub(super) fn new(
        description: Description,
        files: &Arc<Files>,
        speaker: Option<&str>,
        gain_db: f64,
        (pool, threads): (&Arc<Pool>, &Arc<Threads>),
    ) -> Result<Self, String> {
        let speaker = match speaker {
            None => 0,
            Some(name) => files
                .speaker(name)
                .ok_or_else(|| format!("there is no speaker {name:?}"))?,
        };
        Ok(Self {
            description,
            files: Arc::clone(files),
            speaker,
            gain_db,
            pool: Arc::clone(pool),
            threads: Arc::clone(threads),
            version: OnceLock::new(),
        })
    }

    fn found_version(&self) -> Result<String, String> {
        let known = self.files.look_into()?;
        let (identity, speaker) = (&known.identity, self.speaker);
        let (runtime, processor) = (model::runtime(), processor());
        let mut version = format!("{NAME} r{RECIPE} {identity} s{speaker} {runtime} {processor}");
        if let Phonemes::Espeak(voice) = &self.files.config.phonemes {
            let language = voice.split('-').next().unwrap_or(voice);
            let phonemes = self.pool.identity(language).map_err(|e| e.to_string())?;
            // Writing to a string cannot fail.
            let _ = write!(version, " {phonemes}");
        }
        Ok(version)
    }

    /// Returns what is to be said of a text: sounds as they are told, where the model has a sign for each, else words.
    fn signs(&self, text: &str) -> Result<Signs, Error> {
        let mut all = Signs::default();
        for each in soundings(text) {
            let ids = &self.files.config.ids;
            // A model of letters has no signs for sounds, though some look alike.
            let told = each.ipa.filter(|_| !self.is_told_letters()).map(ids::told);
            match told.filter(|signs| signs.iter().all(|sign| ids.contains_key(sign))) {
                Some(signs) => all.add_clause(&signs, &[(each.at, 0)], None),
                None => all.append(self.signs_of_words(each.words)?, each.at),
            }
        }
        Ok(all)
    }

    fn is_told_letters(&self) -> bool {
        matches!(self.files.config.phonemes, Phonemes::Letters)
    }

    fn signs_of_words(&self, text: &str) -> Result<Signs, Error> {
        let Phonemes::Espeak(voice) = &self.files.config.phonemes else {
            return Ok(Signs::of_letters(text));
        };
        let told = self.pool.phonemes(voice, vec![text.to_owned()])?;
        let mut from = 0;
        let mut clauses = Vec::new();
        for clause in told.into_iter().flatten() {
            let to = ids::end(text, from, clause.end);
            let written = &text[from..to];
            clauses.push((
                ids::phonemes(&clause),
                align::places(written, from),
                ids::stop(written),
            ));
            from = to;
        }
        let mut signs = Signs::default();
        for (spoken, words, stop) in clauses {
            let placed = match align::by_count(&words, &spoken) {
                Some(placed) => placed,
                None => align::by_sound(&self.alone(voice, text, words)?, &spoken),
            };
            signs.add_clause(&spoken, &placed, stop);
        }
        Ok(signs)
    }

    /// Tells how each word would be said by itself.
    fn alone(
        &self,
        voice: &str,
        text: &str,
        words: Vec<usize>,
    ) -> Result<Vec<(usize, Vec<char>)>, Error> {
        let word = |at: &usize| text[*at..].split_whitespace().next().unwrap_or_default();
        let texts = words.iter().map(|at| word(at).to_owned()).collect();
        let told = self.pool.phonemes(voice, texts)?;
        let sounds = told.iter().map(|clauses| {
            let signs = clauses.iter().flat_map(ids::phonemes);
            signs.filter(|sign| *sign != ' ').collect()
        });
        Ok(words.into_iter().zip(sounds).collect())
    }

    /// Returns the model, and by what to multiply this speaker's sound.
    fn ready(&self) -> Result<(Arc<Ready>, f32), Error> {
        let ready = self.files.ready().and_then(|ready| {
            let gain = ready.gain(self.speaker, |model| self.weigh(model));
            let gain = gain.map_err(|fault| self.files.named(&fault))?;
            Ok((ready, gain))
        });
        ready.map_err(|fault| Error::Broken(self.description.id.clone(), fault))
    }

    /// Has a speaker say something that is known, and tells by what to multiply the sound. What is said depends on
    /// the model alone, whoever it speaks for.
    fn weigh(&self, model: &Loaded) -> Result<f32, String> {
        let config = &self.files.config;
        if config.speakers > 1 && !model.has_speakers() {
            return Err(format!(
                "{} speakers are named, and the model takes none",
                config.speakers
            ));
        }
        let lang = self.files.language().as_deref().and_then(Lang::parse);
        let sample = lang.as_ref().and_then(manifest::sample);
        let sample = sample.as_deref().unwrap_or(USUAL_SAMPLE);
        let signs = self.signs(sample).map_err(|error| error.to_string())?;
        let ids = ids::ids(&signs.signs, config).ids;
        let (scales, pool) = (config.scales(1.0), self.threads.turn());
        let said = model.say(&ids, scales, self.speaker, config.rate, pool.pool())?;
        let loud = loudness::lufs(&said.samples, config.rate).ok_or("the model says nothing")?;
        let gain_db = (LEVEL_LUFS - loud).clamp(-MOST_GAIN_DB, MOST_GAIN_DB);
        let gain = (10f64.powf(gain_db / 20.0) * GAIN_STEPS).round() / GAIN_STEPS;
        #[expect(clippy::cast_possible_truncation, reason = "it is from 0.03 to 32")]
        let gain = gain as f32;
        Ok(gain)
    }

    /// Says one part; adds its samples, and where each sign begins in them.
    fn say(
        &self,
        (ready, gain): &(Arc<Ready>, f32),
        signs: &[char],
        speed: Speed,
        sound: &mut Vec<i16>,
    ) -> Result<Vec<usize>, Error> {
        let config = &self.files.config;
        let ids = ids::ids(signs, config);
        let said = {
            let threads = self.threads.turn();
            let scales = config.scales(speed.times());
            let (speaker, rate) = (self.speaker, config.rate);
            ready
                .model
                .say(&ids.ids, scales, speaker, rate, threads.pool())
                .map_err(Error::Failed)?
        };
        let from = sound.len();
        sound.extend(said.samples.iter().map(|sample| whole(sample * gain)));
        Ok(match said.durations {
            Some(durations) => {
                let mut ends = durations.iter().scan(from, |end, samples| {
                    let begin = *end;
                    *end += samples;
                    Some(begin)
                });
                let begins: Vec<usize> = ends.by_ref().collect();
                let first = ids.first.iter();
                first
                    .map(|id| begins.get(*id).copied().unwrap_or(sound.len()))
                    .collect()
            }
            None => {
                let place = |sign| from + said.samples.len() * sign / signs.len();
                (0..signs.len()).map(place).collect()
            }
        })
    }
}

impl Voice for Piper {
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
        self.files.config.rate
    }

    fn gain_db(&self) -> f64 {
        self.gain_db
    }

    fn is_quick(&self) -> bool {
        false
    }

    fn word_times(&self) -> WordTimes {
        match self.files.look_into() {
            Ok(known) if known.has_durations => WordTimes::Exact,
            _ => WordTimes::Estimated,
        }
    }

    fn speak(&self, text: &str, speed: Speed) -> Result<SpokenSound, Error> {
        let ready = self.ready()?;
        let rate = self.files.config.rate;
        let prepared = Prepared::new(text);
        let mut samples = Vec::new();
        let mut words = Vec::new();
        for (place, piece) in prepared.pieces() {
            let signs = self.signs(piece)?;
            let mut begins = Vec::with_capacity(signs.signs.len());
            for part in signs.parts(MOST_SIGNS) {
                begins.extend(self.say(&ready, &signs.signs[part], speed, &mut samples)?);
            }
            let begun = signs.words.iter();
            words.extend(begun.map(|(at, sign)| (prepared.given(place + at), begins[*sign])));
        }
        let places = words.iter_mut().map(|(_, sample)| sample);
        let samples = trim(&samples, rate, SILENCE, places);
        words.dedup_by_key(|(byte, _)| *byte);
        if samples.is_empty() {
            words.clear();
        }
        let words = words.into_iter();
        Ok(SpokenSound {
            pcm: Pcm { rate, samples },
            words: words.map(|(byte, at)| (byte, at as u64)).collect(),
        })
    }
}

impl Files {
    /// Finds a speaker by name or number.
    fn speaker(&self, name: &str) -> Option<usize> {
        let config = &self.config;
        let named = config.names.iter().find(|(other, _)| other == name);
        let number = || name.parse().ok().filter(|number| *number < config.speakers);
        named.map(|(_, number)| *number).or_else(number)
    }

    /// Returns the names of all speakers where there are several: those that are named so, else their numbers.
    pub(super) fn speakers(&self) -> Vec<String> {
        let config = &self.config;
        if config.speakers < 2 {
            return Vec::new();
        }
        let name = |number: usize| {
            let named = config.names.iter().find(|(_, other)| *other == number);
            named.map_or_else(|| number.to_string(), |(name, _)| name.clone())
        };
        (0..config.speakers).map(name).collect()
    }

    /// Returns the tag of the language, where the file or its phonemes tell it.
    pub(super) fn language(&self) -> Option<String> {
        let by_phonemes = || match &self.config.phonemes {
            Phonemes::Espeak(voice) => Some(voice.clone()),
            Phonemes::Letters => None,
        };
        let tag = self.config.language.clone().or_else(by_phonemes)?;
        Some(tag.replace('_', "-"))
    }
}

/// Changes a model's file as is done before it is loaded. For tests with arbitrary bytes.
///
/// # Errors
/// A sentence, where it is no model.
pub fn change_model(file: &[u8]) -> Result<Vec<u8>, String> {
    Ok(onnx::changed(file)?.bytes)
}

/// Tells kinds of processors apart that round differently: those that multiply and add at once, and how widely.
fn processor() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if std::arch::is_x86_feature_detected!("avx512f") {
            return "x86_64-avx512";
        }
        if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma")
        {
            return "x86_64-avx2";
        }
    }
    std::env::consts::ARCH
}

/// Makes a sample of a part of full scale.
fn whole(sample: f32) -> i16 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is held between the ends"
    )]
    let whole = (sample * 32_767.0).round().clamp(-32_768.0, 32_767.0) as i16;
    whole
}
