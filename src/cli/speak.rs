//! `loa speak`: the article as a sound file, or as MP3 on standard output.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::CommandFactory;
use clap::error::ErrorKind;
use futures_util::StreamExt;

use super::args::{Arguments, Speak};
use super::part::PartFile;
use super::told::Told;
use super::{runtime, source};
use crate::config::Config;
use crate::encode::Muxer;
use crate::gateway::{CAPTIONS_HEADER, Follower, Gateway, Sound, SoundWish, Understood};
use crate::model::{DataUse, Format, Problem};
use crate::server::failure::problem_of;

pub(super) fn run(speak: &Speak, config: &Config) -> anyhow::Result<()> {
    if speak.play {
        return play(speak, config);
    }
    refuse_one_file_for_two(speak);
    let wish = wish(speak, format(speak)?);
    let gateway = source::gateway(config);
    runtime()?.block_on(async {
        let page = page(&gateway, &speak.src).await?;
        let sound = gateway.speak(page, &wish).await;
        let sound = sound.map_err(|error| Told(problem_of(&error)))?;
        write(sound, Outputs::of(speak)?).await
    })
}

fn wish(speak: &Speak, format: Format) -> SoundWish {
    SoundWish {
        voice: speak.voice.clone(),
        usual_voice: None,
        speed: speak.speed,
        format,
        data: if speak.data_saver {
            DataUse::Saver
        } else {
            DataUse::Usual
        },
        from: None,
        to: None,
        diction: speak.words.diction(),
    }
}

#[cfg(feature = "desktop")]
fn play(speak: &Speak, config: &Config) -> anyhow::Result<()> {
    let gateway = source::gateway(config);
    let wish = wish(speak, Format::Wav);
    let plan = runtime()?.block_on(async {
        let page = page(&gateway, &speak.src).await?;
        let plan = gateway.plan(&page, &wish).await;
        anyhow::Ok(plan.map_err(|error| Told(problem_of(&error)))?)
    })?;
    super::play::run(&plan, speak.speed)
}

#[cfg(not(feature = "desktop"))]
fn play(_: &Speak, _: &Config) -> anyhow::Result<()> {
    let why = "this loa was built without --play; build it with `cargo build --features desktop`";
    Arguments::command()
        .error(ErrorKind::InvalidValue, why)
        .exit();
}

/// Sound, marks and captions need a file each.
fn refuse_one_file_for_two(speak: &Speak) {
    let files: Vec<_> = [&speak.output, &speak.marks, &speak.captions]
        .into_iter()
        .flatten()
        .collect();
    let twice = files
        .iter()
        .enumerate()
        .any(|(at, file)| files[..at].contains(file));
    if twice {
        let why = "sound, marks and captions cannot go to the same file";
        Arguments::command()
            .error(ErrorKind::ArgumentConflict, why)
            .exit();
    }
}

/// Takes the format from the file's name. Sound is never poured onto a terminal.
fn format(speak: &Speak) -> Result<Format, Told> {
    let Some(path) = &speak.output else {
        if io::stdout().is_terminal() && speak.marks.is_none() && speak.captions.is_none() {
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

async fn page(gateway: &Gateway, src: &str) -> anyhow::Result<Arc<Understood>> {
    if source::is_address(src) {
        return Ok(source::page(gateway, src).await?);
    }
    source::understood(src, None).map(Arc::new)
}

/// Where the sound and what follows it go.
struct Outputs {
    sound: SoundOutput,
    marks: Option<PartFile>,
    captions: Option<PartFile>,
}

enum SoundOutput {
    File(PartFile),
    Stdout,
    /// Marks were asked for at a terminal, and no sound.
    Nowhere,
}

impl Outputs {
    fn of(speak: &Speak) -> Result<Self, Told> {
        let file = |path: &Option<PathBuf>| path.as_deref().map(PartFile::create).transpose();
        let sound = match file(&speak.output)? {
            Some(file) => SoundOutput::File(file),
            None if io::stdout().is_terminal() => SoundOutput::Nowhere,
            None => SoundOutput::Stdout,
        };
        Ok(Self {
            sound,
            marks: file(&speak.marks)?,
            captions: file(&speak.captions)?,
        })
    }
}

impl SoundOutput {
    fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        match self {
            Self::File(file) => file.write(bytes)?,
            Self::Stdout => io::stdout().write_all(bytes)?,
            Self::Nowhere => {}
        }
        Ok(())
    }
}

/// Writes a sound to a file or to standard output.
pub(super) async fn write_sound(sound: Sound, output: Option<&Path>) -> anyhow::Result<()> {
    let to = match output {
        Some(path) => SoundOutput::File(PartFile::create(path)?),
        None => SoundOutput::Stdout,
    };
    let to = Outputs {
        sound: to,
        marks: None,
        captions: None,
    };
    write(sound, to).await
}

/// Writes a sound and what follows it as they come; files appear when all is done.
async fn write(mut sound: Sound, mut to: Outputs) -> anyhow::Result<()> {
    let page = Arc::clone(&sound.page);
    let plan = Arc::clone(&sound.plan);
    let follower = || Follower::new(&page, &plan);
    let (mut marks, mut captions) = (follower(), follower());
    let mut progress = Progress::new(sound.utterances);
    let mut muxer = Muxer::new(sound.container, sound.tags);
    to.sound.write(&muxer.header())?;
    if let Some(file) = &mut to.captions {
        file.write(CAPTIONS_HEADER.as_bytes())?;
    }
    while let Some(heard) = sound.segments.next().await {
        let heard = heard.map_err(|error| Told(problem_of(&error)))?;
        if !heard.is_spoken {
            return Err(Told(Problem::VoiceFailed).into());
        }
        let segment = &heard.segment;
        to.sound
            .write(&muxer.push(segment.samples, &segment.bytes))?;
        if let Some(file) = &mut to.captions {
            file.write(captions.caption(&heard).as_bytes())?;
        }
        for mark in marks.marks(&heard) {
            if let Some(file) = &mut to.marks {
                file.write(format!("{}\n", serde_json::to_string(&mark)?).as_bytes())?;
            }
        }
        progress.step()?;
    }
    to.sound.write(&muxer.trailer())?;
    if let SoundOutput::File(file) = &mut to.sound {
        file.write_head(&muxer.final_header())?;
    }
    finish(to)
}

fn finish(to: Outputs) -> anyhow::Result<()> {
    match to.sound {
        SoundOutput::File(file) => file.finish()?,
        SoundOutput::Stdout => io::stdout().flush()?,
        SoundOutput::Nowhere => {}
    }
    for file in [to.marks, to.captions].into_iter().flatten() {
        file.finish()?;
    }
    Ok(())
}

/// How far the work is, on a terminal alone.
struct Progress {
    shown: bool,
    done: usize,
    of: usize,
}

impl Progress {
    fn new(of: usize) -> Self {
        Self {
            shown: io::stderr().is_terminal(),
            done: 0,
            of,
        }
    }

    fn step(&mut self) -> io::Result<()> {
        self.done += 1;
        if !self.shown {
            return Ok(());
        }
        let end = if self.done == self.of { "\n" } else { "" };
        write!(io::stderr(), "\r{}/{}{end}", self.done, self.of)
    }
}
