//! `loa check`: is everything there that the settings ask for?

use std::io::{self, Write};
use std::{fs, process};

use anyhow::bail;

use super::runtime;
use crate::config::Config;
use crate::gateway::Lexicons;
use crate::model::Speed;
use crate::store::{Disk, DiskSettings, Store};
use crate::voice::{Catalogue, Voice};

/// What every voice is asked to say: a word that all of them can.
const WORD: &str = "a";

/// Says what is well and what is not; fails where anything is not.
pub(super) fn run(config: &Config) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "listen\t{}\tok", config.listen)?;
    for portal in &config.portals {
        writeln!(out, "portal\t{}\tok", portal.url)?;
    }
    let catalogue = Catalogue::open(&config.voice);
    let mut faults = catalogue.faults().len();
    for fault in catalogue.faults() {
        writeln!(out, "voices\t{fault}")?;
    }
    faults += check_lexicons(config, &mut out)?;
    faults += check_store(config, &mut out)?;
    for (what, is_refused) in catalogue.kept_from()? {
        // A kernel that cannot keep a worker from something is no fault of the settings.
        let answer = if is_refused {
            "refused"
        } else {
            "not refused on this system"
        };
        writeln!(out, "worker\t{what}\t{answer}")?;
    }
    for voice in catalogue.voices() {
        let id = &voice.description().id;
        match speaks(&*voice) {
            Ok(()) => writeln!(out, "voice\t{id}\tok")?,
            Err(fault) => {
                faults += 1;
                writeln!(out, "voice\t{id}\t{fault}")?;
            }
        }
    }
    out.flush()?;
    match faults {
        0 => Ok(()),
        faults => bail!("{faults} of the things that were checked are not well"),
    }
}

/// Reads the lexicons; returns how many are wrong.
fn check_lexicons(config: &Config, out: &mut impl Write) -> io::Result<usize> {
    let (lexicons, faults) = Lexicons::open(config.lexicons.clone());
    for (path, readings) in lexicons.files() {
        writeln!(out, "lexicon\t{}\tok, {readings} readings", path.display())?;
    }
    for fault in &faults {
        writeln!(out, "lexicons\t{fault}")?;
    }
    Ok(faults.len())
}

/// Tries the store's folder, beside what it holds; returns how many faults it has.
fn check_store(config: &Config, out: &mut impl Write) -> anyhow::Result<usize> {
    let Some(settings) = config.store.clone() else {
        return Ok(0);
    };
    let folder = settings.folder.display().to_string();
    match tried(&settings) {
        Ok(()) => writeln!(out, "store\t{folder}\tok")?,
        Err(fault) => {
            writeln!(out, "store\t{folder}\t{fault:#}")?;
            return Ok(1);
        }
    }
    Ok(0)
}

/// Keeps something in a folder of its own within the store's: the store itself may be in use, and what it keeps is
/// not to be lost by looking.
fn tried(settings: &DiskSettings) -> anyhow::Result<()> {
    let folder = settings.folder.join(format!("check-{}", process::id()));
    let small = DiskSettings {
        folder: folder.clone(),
        bytes: DiskSettings::LEAST_BYTES,
    };
    let tried = runtime()?.block_on(keeps(Disk::new(small)));
    let removed = fs::remove_dir_all(&folder);
    tried?;
    Ok(removed?)
}

/// Does it give back what it was given?
async fn keeps(store: Disk) -> anyhow::Result<()> {
    let (key, value) = ([0; 32], b"loa check");
    store.open().await?;
    store.put(key, value);
    store.close().await?;
    match store.get(key).await? {
        Some(found) if *found == *value => Ok(()),
        _ => bail!("what was written cannot be read back; is the disk full?"),
    }
}

fn speaks(voice: &dyn Voice) -> Result<(), String> {
    let sound = voice
        .speak(WORD, Speed::default())
        .map_err(|error| error.to_string())?;
    if sound.pcm.samples.iter().all(|&sample| sample == 0) {
        return Err("it says nothing".to_owned());
    }
    Ok(())
}
