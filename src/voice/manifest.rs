//! A voice on paper: a TOML file that says who it is and how its engine calls it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::espeak::{self, Pair};
use super::found::with_extension;
use super::{Description, file, piper};
use crate::model::{Lang, VoiceId};

/// The manifests that are part of Loa, Vietnamese first: this is the order in which voices are offered.
const BUILT_IN: [(&str, &str); 5] = [
    ("vi-north.toml", include_str!("../../voices/vi-north.toml")),
    (
        "vi-central.toml",
        include_str!("../../voices/vi-central.toml"),
    ),
    ("vi-south.toml", include_str!("../../voices/vi-south.toml")),
    ("en-us.toml", include_str!("../../voices/en-us.toml")),
    ("en-gb.toml", include_str!("../../voices/en-gb.toml")),
];

/// A voice that an engine can be asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Manifest {
    /// Who it is.
    pub(super) description: Description,
    /// How its engine is asked for it.
    pub(super) engine: Engine,
    /// How much louder it is to be made, in decibels, to sound at -19 LUFS.
    pub(super) gain_db: f64,
}

/// How an engine is asked for a voice.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Engine {
    /// eSpeak NG.
    Espeak {
        /// Its name for the voice.
        voice: String,
        /// Speeds and what it must be asked for to reach them, ascending; empty means the usual.
        pace: Vec<Pair>,
    },
    /// A model of Piper.
    Piper {
        /// The model's file.
        model: PathBuf,
        /// The speaker's name or number; none is the first.
        speaker: Option<String>,
    },
}

/// What the engine's voices lack in the mean, as measured over those with a manifest.
pub(super) const USUAL_GAIN_DB: f64 = 6.0;

/// A manifest as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    name: String,
    lang: String,
    region: Option<String>,
    gender: Option<String>,
    engine: String,
    voice: Option<String>,
    model: Option<PathBuf>,
    speaker: Option<String>,
    licence: Option<String>,
    source: Option<String>,
    sample: Option<String>,
    #[serde(default)]
    pace: Vec<Pair>,
    gain_db: Option<f64>,
}

impl Manifest {
    /// Reads a manifest; the files that it names are in `folder`.
    ///
    /// # Errors
    /// What is wrong with it, without the name of the file.
    pub(super) fn parse(text: &str, folder: &Path) -> Result<Self, String> {
        let mut written: Written = toml::from_str(text).map_err(|e| e.message().to_owned())?;
        let (engine, usual_gain) = match written.engine.as_str() {
            espeak::NAME => (written.espeak()?, USUAL_GAIN_DB),
            piper::NAME => (written.piper(folder)?, piper::GAIN_DB),
            other => return Err(format!("there is no engine {other:?}")),
        };
        let gain_db = written.gain_db.unwrap_or(usual_gain);
        if !(-20.0..=20.0).contains(&gain_db) {
            return Err("gain_db must be from -20 to 20".into());
        }
        Ok(Self {
            description: Description {
                id: VoiceId::parse(&written.id)
                    .ok_or_else(|| format!("{:?} cannot be an id", written.id))?,
                name: written.name,
                lang: Lang::parse(&written.lang)
                    .ok_or_else(|| format!("{:?} is no language tag", written.lang))?,
                region: written.region,
                gender: written.gender,
                engine: written.engine,
                licence: written.licence,
                source: written.source,
                sample: written.sample,
            },
            engine,
            gain_db,
        })
    }
}

impl Written {
    fn espeak(&mut self) -> Result<Engine, String> {
        if self.model.is_some() || self.speaker.is_some() {
            return Err(format!("model and speaker belong to {}", piper::NAME));
        }
        let voice = self.voice.take().unwrap_or_default();
        if voice.is_empty() || voice.contains('\0') {
            return Err("voice must be the engine's name for it".into());
        }
        let ascends = |pair: &[Pair]| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1;
        let positive = |&(speed, words): &Pair| speed > 0.0 && words > 0.0;
        if !self.pace.iter().all(positive) || !self.pace.windows(2).all(ascends) {
            return Err("pace must be pairs of speed and words a minute, ascending".into());
        }
        let pace = std::mem::take(&mut self.pace);
        Ok(Engine::Espeak { voice, pace })
    }

    fn piper(&mut self, folder: &Path) -> Result<Engine, String> {
        if self.voice.is_some() || !self.pace.is_empty() {
            return Err(format!("voice and pace belong to {}", espeak::NAME));
        }
        let model = self.model.take().ok_or("model must be a file")?;
        Ok(Engine::Piper {
            model: folder.join(model),
            speaker: self.speaker.take(),
        })
    }
}

/// Returns a sentence to hear a voice of a language by, where a built-in voice has one.
pub(super) fn sample(lang: &Lang) -> Option<String> {
    let (built_in, _) = all(&[]);
    let mut built_in = built_in.into_iter().map(|manifest| manifest.description);
    let same = built_in.find(|voice| voice.lang.primary() == lang.primary());
    same.and_then(|voice| voice.sample)
}

/// Reads the built-in manifests and those in `folders`, in this order; a voice that is there already
/// is not taken again.
///
/// Returns them, and a sentence for each that is broken.
pub(super) fn all(folders: &[PathBuf]) -> (Vec<Manifest>, Vec<String>) {
    let mut manifests: Vec<Manifest> = Vec::new();
    let mut faults = Vec::new();
    let built_in = BUILT_IN.map(|(name, text)| (PathBuf::from(name), Ok(text.to_owned())));
    let (found, unread) = in_folders(folders);
    faults.extend(unread);
    for (path, text) in built_in.into_iter().chain(found) {
        let name = path.display();
        let folder = path.parent().unwrap_or(Path::new(""));
        match text.and_then(|text| Manifest::parse(&text, folder)) {
            Err(reason) => faults.push(format!("voice {name}: {reason}")),
            Ok(new)
                if manifests
                    .iter()
                    .any(|m| m.description.id == new.description.id) =>
            {
                let id = new.description.id;
                faults.push(format!("voice {name}: there is a voice {id} already"));
            }
            Ok(new) => manifests.push(new),
        }
    }
    (manifests, faults)
}

/// A file's name, and its text or why it could not be read.
type File = (PathBuf, Result<String, String>);

fn in_folders(folders: &[PathBuf]) -> (Vec<File>, Vec<String>) {
    let mut files = Vec::new();
    let mut faults = Vec::new();
    for folder in folders {
        match with_extension(folder, "toml") {
            Ok(paths) => files.extend(paths.iter().map(|path| read(path))),
            Err(error) => faults.push(format!("voices in {}: {error}", folder.display())),
        }
    }
    (files, faults)
}

/// Most bytes of a manifest.
const MOST_BYTES: u64 = 1 << 20;

fn read(path: &Path) -> File {
    let bytes = file::read(path, MOST_BYTES);
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).map_err(|e| e.to_string()));
    (path.to_owned(), text)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const GOOD: &str = r#"
        id = "fr"
        name = "Français"
        lang = "fr"
        engine = "espeak-ng"
        voice = "fr-fr"
    "#;

    #[test]
    fn the_built_in_voices_are_whole_and_vietnamese_comes_first() {
        let (manifests, faults) = all(&[]);
        assert_eq!(faults, Vec::<String>::new());
        let ids: Vec<_> = manifests
            .iter()
            .map(|m| m.description.id.as_str())
            .collect();
        assert_eq!(
            ids,
            ["vi-north", "vi-central", "vi-south", "en-us", "en-gb"]
        );
        for manifest in manifests {
            assert!(manifest.description.licence.is_some());
            assert!(manifest.description.sample.is_some());
            let Engine::Espeak { pace, .. } = manifest.engine else {
                panic!("{:?}", manifest.engine);
            };
            assert!(pace.len() > 2);
        }
    }

    #[test]
    fn a_broken_manifest_is_named_and_the_others_go_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            fs::write(folder.path().join(name), text).expect("a file");
        };
        write("a.toml", "id = ");
        write("b.toml", GOOD);
        write("c.toml", GOOD);
        write("d.toml", &GOOD.replace("espeak-ng", "shouting"));
        write("e.toml", &GOOD.replace("\"fr\"", "\"../fr\""));
        write(
            "f.toml",
            &format!("{GOOD}\npace = [[1.0, 175.0], [0.5, 90.0]]"),
        );
        write("g.toml", &format!("{GOOD}\nlicense = \"CC0\""));
        write("readme.txt", "no manifest");
        let missing = folder.path().join("missing");
        let (manifests, faults) = all(&[missing, folder.path().to_owned()]);
        assert_eq!(manifests.len(), BUILT_IN.len() + 1);
        for (fault, part) in faults.iter().zip([
            "missing", "a.toml", "c.toml", "d.toml", "e.toml", "f.toml", "g.toml",
        ]) {
            assert!(fault.contains(part), "{fault}");
        }
        assert_eq!(faults.len(), 7);
    }
}
