//! `loa voices`: who can speak.

use std::io::{self, Write};

use super::args::Voices;
use crate::config::Config;
use crate::voice::{Catalogue, Description, Listed};

pub(super) fn run(voices: &Voices, config: &Config) -> anyhow::Result<()> {
    let catalogue = Catalogue::open(&config.voice);
    let all = catalogue.voices();
    let all: Vec<_> = all.iter().map(|voice| Listed::of(&**voice)).collect();
    let mut out = io::stdout().lock();
    if voices.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    } else {
        for voice in all {
            writeln!(out, "{}", line(&voice.description))?;
        }
    }
    for fault in catalogue.faults() {
        writeln!(io::stderr(), "loa: {fault}")?;
    }
    Ok(out.flush()?)
}

fn line(voice: &Description) -> String {
    let region = voice.region.as_deref().unwrap_or("-");
    let licence = voice.licence.as_deref().unwrap_or("no licence named");
    [
        voice.id.as_str(),
        voice.lang.as_str(),
        region,
        &voice.engine,
        licence,
        &voice.name,
    ]
    .join("\t")
}
