//! `loa speak`: the article as a sound file, or as MP3 on standard output.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::CommandFactory;
use clap::error::ErrorKind;
use futures_util::StreamExt;

use super::args::{Arguments, Speak};
use super::told::Told;
use super::{runtime, source};
use crate::config::Config;
use crate::encode::Muxer;
use crate::gateway::{Gateway, Sound, SoundWish, Understood};
use crate::model::{Format, Problem};
use crate::server::failure::problem_of;

pub(super) fn run(speak: &Speak, config: &Config) -> anyhow::Result<()> {
    if speak.play {
        return play(speak, config);
    }
    let format = format(speak.output.as_deref())?;
    let wish = SoundWish {
        voice: speak.voice.clone(),
        usual_voice: None,
        speed: speak.speed,
        format,
        from: None,
    };
    let gateway = source::gateway(config);
    runtime()?.block_on(async {
        let page = page(&gateway, &speak.src).await?;
        let sound = gateway.speak(page, &wish).await;
        let sound = sound.map_err(|error| Told(problem_of(&error)))?;
        match &speak.output {
            Some(path) => to_file(sound, path).await,
            None => pour(sound, &mut io::stdout().lock()).await.map(drop),
        }
    })
}

#[cfg(feature = "desktop")]
fn play(speak: &Speak, config: &Config) -> anyhow::Result<()> {
    let gateway = source::gateway(config);
    let page = runtime()?.block_on(page(&gateway, &speak.src))?;
    super::play::run(&page, speak.speed)
}

#[cfg(not(feature = "desktop"))]
fn play(_: &Speak, _: &Config) -> anyhow::Result<()> {
    let why = "this loa was built without --play; build it with `cargo build --features desktop`";
    Arguments::command()
        .error(ErrorKind::InvalidValue, why)
        .exit();
}

/// Takes the format from the file's name. Sound is never poured onto a terminal.
fn format(output: Option<&Path>) -> Result<Format, Told> {
    let Some(path) = output else {
        if io::stdout().is_terminal() {
            let why = "sound would go to the terminal: give -o FILE.mp3 or send it to a program";
            Arguments::command()
                .error(ErrorKind::MissingRequiredArgument, why)
                .exit();
        }
        return Ok(Format::Mp3);
    };
    let extension = path
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    Format::from_extension(extension).ok_or_else(|| {
        Told(Problem::NoFormat {
            given: extension.to_owned(),
        })
    })
}

async fn page(gateway: &Gateway, src: &str) -> Result<Arc<Understood>, Told> {
    if source::is_address(src) {
        return source::page(gateway, src).await;
    }
    source::document(src, None).map(|document| Arc::new(Understood::of(document)))
}

/// Writes beside the file and renames at the end, so that a failure leaves what was there.
async fn to_file(sound: Sound, path: &Path) -> anyhow::Result<()> {
    let beside = part_of(path);
    let told = |error: &io::Error| Told::file(path.display(), error);
    let mut file = File::create(&beside).map_err(|error| told(&error))?;
    let written = match pour(sound, &mut file).await {
        Ok(header) => file
            .seek(SeekFrom::Start(0))
            .and_then(|_| file.write_all(&header))
            .and_then(|()| fs::rename(&beside, path))
            .map_err(|error| told(&error).into()),
        Err(error) => match error.downcast_ref::<io::Error>() {
            Some(cause) => Err(told(cause).into()),
            None => Err(error),
        },
    };
    if written.is_err()
        && let Err(error) = fs::remove_file(&beside)
    {
        tracing::warn!(%error, "an unfinished file was left behind");
    }
    written
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// Writes a sound as it comes; returns the header that knows how long it has become.
async fn pour(mut sound: Sound, out: &mut impl Write) -> anyhow::Result<Vec<u8>> {
    let progress = io::stderr().is_terminal();
    let mut muxer = Muxer::new(sound.container, sound.tags);
    out.write_all(&muxer.header())?;
    let mut done = 0;
    while let Some(segment) = sound.segments.next().await {
        out.write_all(&muxer.push(segment.samples, &segment.bytes))?;
        done += 1;
        if progress {
            write!(io::stderr(), "\r{done}/{}", sound.utterances)?;
        }
    }
    if progress {
        writeln!(io::stderr())?;
    }
    out.write_all(&muxer.trailer())?;
    out.flush()?;
    Ok(muxer.final_header())
}
