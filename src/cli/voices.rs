//! `loa voices`: who can speak.

use std::io::{self, Write};

use super::args::Voices;
use crate::config::Config;
use crate::voice::{Catalogue, Description, Voice, WordTimes};

pub(super) fn run(voices: &Voices, config: &Config) -> anyhow::Result<()> {
    let catalogue = Catalogue::open(&config.voice);
    let voices_found = catalogue.voices();
    let all: Vec<_> = voices_found
        .iter()
        .map(|voice| Listed::of(&**voice))
        .collect();
    let mut out = io::stdout().lock();
    if voices.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    } else {
        for voice in all {
            writeln!(out, "{}", line(voice.description))?;
        }
    }
    for fault in catalogue.faults() {
        writeln!(io::stderr(), "loa: {fault}")?;
    }
    Ok(out.flush()?)
}

/// A voice as it is listed for programs.
#[derive(serde::Serialize)]
struct Listed<'a> {
    #[serde(flatten)]
    description: &'a Description,
    word_times: WordTimes,
}

impl<'a> Listed<'a> {
    fn of(voice: &'a dyn Voice) -> Self {
        Self {
            description: voice.description(),
            word_times: voice.word_times(),
        }
    }
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
