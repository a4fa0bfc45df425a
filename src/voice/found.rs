//! The voices that manifests and folders name, as they are just now.
//!
//! A folder is looked at whenever a voice is looked for, which takes some hundredths of a millisecond; only what
//! has changed since is read anew. So a model may be put there, replaced or taken away while Loa runs: who listens
//! goes on with what they have, and who comes gets the new one.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::espeak::{Espeak, Pool};
use super::manifest::{self, Engine, Manifest};
use super::piper::{self, Files, Memory, Piper, Stamp, Threads};
use super::tone::Tone;
use super::{Description, Settings, Voice};
use crate::model::{Lang, VoiceId};

/// A voice of any kind.
pub(super) type AnyVoice = Arc<dyn Voice>;

/// How long a model is kept in memory after it has last spoken, where the settings do not say.
pub const USUAL_IDLE: Duration = Duration::from_secs(600);
/// Speakers of one model that are voices by themselves, at most; of a model with more the first is, and others are
/// where a manifest names them.
const MOST_SPEAKERS: usize = 16;

/// Where voices come from, and what was found there.
pub(super) struct Finder {
    folders: Vec<PathBuf>,
    tone: bool,
    memory: Arc<Memory>,
    pool: Arc<Pool>,
    threads: Arc<Threads>,
    last: Mutex<Option<Arc<Found>>>,
}

/// What was found at one time.
#[derive(Default)]
pub(super) struct Found {
    seen: Vec<(PathBuf, Option<Stamp>)>,
    models: Vec<Model>,
    /// The voices, built-in ones first.
    pub(super) voices: Vec<AnyVoice>,
    /// The engine's names of those of eSpeak NG.
    pub(super) engine_names: Vec<String>,
    /// A sentence for each that is broken.
    pub(super) faults: Vec<String>,
}

/// A model's files, with the stamps that they were found with.
struct Model {
    path: PathBuf,
    stamps: [Option<Stamp>; 2],
    files: Result<Arc<Files>, String>,
}

/// Returns each folder once, by whatever names it is given: a user's own may be named in the settings too.
fn once_each(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut known = HashSet::new();
    let is_new =
        |folder: &&PathBuf| known.insert(folder.canonicalize().unwrap_or((*folder).clone()));
    folders.iter().filter(is_new).cloned().collect()
}

/// How many models may be in memory, and for how long.
fn memory(settings: &Settings) -> Arc<Memory> {
    let idle = Some(settings.idle).filter(|idle| !idle.is_zero());
    let bytes = Some(settings.model_bytes).filter(|bytes| *bytes > 0);
    Memory::new(
        idle.unwrap_or(USUAL_IDLE),
        bytes.unwrap_or(piper::USUAL_BYTES),
    )
}

impl Finder {
    pub(super) fn new(settings: &Settings, pool: &Arc<Pool>) -> Self {
        Self {
            folders: once_each(&settings.folders),
            tone: settings.tone,
            memory: memory(settings),
            pool: Arc::clone(pool),
            threads: Arc::new(Threads::new(settings.workers)),
            last: Mutex::default(),
        }
    }

    /// Returns the voices as they are now.
    pub(super) fn found(&self) -> Arc<Found> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |found: &&Arc<Found>| {
            let same = |(path, stamp): &(PathBuf, Option<Stamp>)| Stamp::of(path) == *stamp;
            found.seen.iter().all(same)
        };
        if let Some(found) = last.as_ref().filter(is_same) {
            return Arc::clone(found);
        }
        let found = Arc::new(self.find(last.take().as_deref()));
        *last = Some(Arc::clone(&found));
        found
    }

    /// Returns how many models are in memory, of those that were found last.
    pub(super) fn models_in_memory(&self) -> usize {
        let last = self
            .last
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let models = last.iter().flat_map(|found| &found.models);
        models
            .filter(|model| model.files.as_ref().is_ok_and(|files| files.is_loaded()))
            .count()
    }

    fn find(&self, before: Option<&Found>) -> Found {
        let mut found = Found::default();
        let (manifests, faults) = manifest::all(&self.folders);
        found.faults = faults;
        let mut models = Vec::new();
        for folder in &self.folders {
            found.seen.push((folder.clone(), Stamp::of(folder)));
            // A folder that cannot be read is a fault already.
            let Ok(paths) = with_extension(folder, "toml") else {
                continue;
            };
            found.see(&paths);
            models.extend(with_extension(folder, "onnx").unwrap_or_default());
        }
        for manifest in manifests {
            if let Engine::Piper { model, .. } = &manifest.engine {
                models.retain(|other| other != model);
            }
            self.add(manifest, before, &mut found);
        }
        for model in models {
            for manifest in self.unnamed(&model, before, &mut found) {
                self.add(manifest, before, &mut found);
            }
        }
        if self.tone {
            found.voices.push(Arc::new(Tone::new()));
        }
        found
    }

    /// Adds the voice of a manifest, or what is wrong with it.
    fn add(&self, manifest: Manifest, before: Option<&Found>, found: &mut Found) {
        let (description, gain_db) = (manifest.description, manifest.gain_db);
        let id = description.id.clone();
        if found.voices.iter().any(|v| v.description().id == id) {
            let fault = format!("voice {id}: there is a voice of that name already");
            found.faults.push(fault);
            return;
        }
        let voice: Result<AnyVoice, String> = match manifest.engine {
            Engine::Espeak { voice, pace } => {
                found.engine_names.push(voice.clone());
                let voice = Espeak::new(description, voice, pace, gain_db, &self.pool);
                Ok(Arc::new(voice))
            }
            Engine::Piper { model, speaker } => {
                let engines = (&self.pool, &self.threads);
                let files = self.files(&model, before, found);
                let voice = files.and_then(|files| {
                    Piper::new(description, &files, speaker.as_deref(), gain_db, engines)
                });
                voice.map(|voice| Arc::new(voice) as AnyVoice)
            }
        };
        match voice {
            Ok(voice) => found.voices.push(voice),
            Err(fault) => found.faults.push(format!("voice {id}: {fault}")),
        }
    }

    /// Describes the voices of a model that has no manifest.
    fn unnamed(&self, model: &Path, before: Option<&Found>, found: &mut Found) -> Vec<Manifest> {
        let name = model.file_stem().unwrap_or_default().to_string_lossy();
        let files = match self.files(model, before, found) {
            Ok(files) => files,
            Err(fault) => {
                found.faults.push(format!("voice {name}: {fault}"));
                return Vec::new();
            }
        };
        let lang = files.language().as_deref().and_then(Lang::parse);
        let Some(lang) = lang else {
            found
                .faults
                .push(format!("voice {name}: its language is not named"));
            return Vec::new();
        };
        let mut speakers: Vec<Option<String>> = vec![None];
        let others = files.speakers();
        if others.len() <= MOST_SPEAKERS {
            speakers.extend(others.into_iter().skip(1).map(Some));
        }
        let described = speakers.into_iter().filter_map(|speaker| {
            let name = match &speaker {
                None => name.to_string(),
                Some(speaker) => format!("{name}-{speaker}"),
            };
            Some(Manifest {
                description: Description {
                    id: id_of(&name)?,
                    sample: manifest::sample(&lang),
                    name,
                    lang: lang.clone(),
                    region: None,
                    gender: None,
                    engine: piper::NAME.to_owned(),
                    licence: None,
                    source: None,
                },
                engine: Engine::Piper {
                    model: model.to_owned(),
                    speaker,
                },
                gain_db: piper::GAIN_DB,
            })
        });
        described.collect()
    }

    /// Returns a model's files: those of the last time where they are the same, with what is in memory of them.
    fn files(
        &self,
        path: &Path,
        before: Option<&Found>,
        found: &mut Found,
    ) -> Result<Arc<Files>, String> {
        let stamps = found.see(&[path.to_owned(), piper::beside(path)]);
        let stamps = [stamps[0], stamps[1]];
        let known = |model: &&Model| model.path == path && model.stamps == stamps;
        if let Some(model) = found.models.iter().find(known) {
            return model.files.clone();
        }
        let kept = before.and_then(|before| before.models.iter().find(known));
        let files = match kept {
            Some(model) => model.files.clone(),
            None => Files::find(path, &self.memory).map(Arc::new),
        };
        found.models.push(Model {
            path: path.to_owned(),
            stamps,
            files: files.clone(),
        });
        files
    }
}

impl Found {
    /// Notes how files are now, which is looked at the next time.
    fn see(&mut self, paths: &[PathBuf]) -> Vec<Option<Stamp>> {
        let stamps: Vec<_> = paths.iter().map(|path| Stamp::of(path)).collect();
        self.seen
            .extend(paths.iter().cloned().zip(stamps.iter().copied()));
        stamps
    }
}

/// Lists the files of a folder whose names end so, in order.
pub(super) fn with_extension(folder: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Makes a voice's name of a file's: small letters, and dashes for what no name may have.
fn id_of(name: &str) -> Option<VoiceId> {
    let fit = |letter: char| match letter.to_ascii_lowercase() {
        letter if letter.is_ascii_alphanumeric() || "-_.+".contains(letter) => letter,
        _ => '-',
    };
    VoiceId::parse(&name.chars().map(fit).collect::<String>())
}
