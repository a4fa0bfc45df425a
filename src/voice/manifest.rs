//! A voice on paper: a TOML file that says who it is and how its engine calls it.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Description;
use super::espeak::{self, Pair};
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
    /// The engine's name for it.
    pub(super) voice: String,
    /// Speeds and what the engine must be asked for to reach them, ascending; empty means the usual.
    pub(super) pace: Vec<Pair>,
    /// How much louder it is to be made, in decibels, to sound at -19 LUFS.
    pub(super) gain_db: f64,
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
    voice: String,
    licence: Option<String>,
    source: Option<String>,
    sample: Option<String>,
    #[serde(default)]
    pace: Vec<Pair>,
    gain_db: Option<f64>,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// What is wrong with it, without the name of the file.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let written: Written = toml::from_str(text).map_err(|e| e.message().to_owned())?;
        if written.engine != espeak::NAME {
            return Err(format!("there is no engine {:?}", written.engine));
        }
        if written.voice.is_empty() || written.voice.contains('\0') {
            return Err("voice must be the engine's name for it".into());
        }
        let ascends = |pair: &[Pair]| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1;
        let positive = |&(speed, words): &Pair| speed > 0.0 && words > 0.0;
        if !written.pace.iter().all(positive) || !written.pace.windows(2).all(ascends) {
            return Err("pace must be pairs of speed and words a minute, ascending".into());
        }
        let gain_db = written.gain_db.unwrap_or(USUAL_GAIN_DB);
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
            voice: written.voice,
            pace: written.pace,
            gain_db,
        })
    }
}

/// Reads the built-in manifests and those in `folders`, in this order; a voice that is there already
/// is not taken again.
///
/// Returns them, and a sentence for each that is broken.
pub(super) fn all(folders: &[PathBuf]) -> (Vec<Manifest>, Vec<String>) {
    let mut manifests: Vec<Manifest> = Vec::new();
    let mut faults = Vec::new();
    let built_in = BUILT_IN.map(|(name, text)| (name.to_owned(), Ok(text.to_owned())));
    let (found, unread) = in_folders(folders);
    faults.extend(unread);
    for (name, text) in built_in.into_iter().chain(found) {
        match text.and_then(|text| Manifest::parse(&text)) {
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
type File = (String, Result<String, String>);

fn in_folders(folders: &[PathBuf]) -> (Vec<File>, Vec<String>) {
    let mut files = Vec::new();
    let mut faults = Vec::new();
    for folder in folders {
        match manifests_in(folder) {
            Ok(paths) => files.extend(paths.iter().map(|path| read(path))),
            Err(error) => faults.push(format!("voices in {}: {error}", folder.display())),
        }
    }
    (files, faults)
}

fn manifests_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> File {
    let text = fs::read_to_string(path).map_err(|error| error.to_string());
    (path.display().to_string(), text)
}

#[cfg(test)]
mod tests {
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
            assert!(manifest.pace.len() > 2);
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
