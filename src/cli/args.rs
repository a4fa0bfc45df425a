//! What can be said on the command line. The names are promised: scripts build on them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use url::Url;

use crate::config::{Layer, PortalEntry};
use crate::model::{
    Cue, Diction, DocumentStyle, Lang, Pauses, Punctuation, Speed, Structure, VoiceId,
};

/// Loa reads and speaks the articles of the web to people who cannot read an ordinary page.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

/// What every command takes.
#[derive(Clone, Debug, Args)]
pub(super) struct Common {
    /// The settings file; without it, loa.toml in the working folder is read where there is one.
    #[arg(long, global = true, value_name = "FILE", env = "LOA_CONFIG")]
    pub config: Option<PathBuf>,
    /// A private or loopback host and port that may be reached, for an intranet portal or a test.
    #[arg(long, global = true, value_name = "HOST:PORT")]
    pub trust: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run the gateway
    Serve(Serve),
    /// Print the simplified article or listing
    Read(Read),
    /// Speak the article into a file or to standard output
    Speak(Speak),
    /// Speak a message at once, as WAV: for screen readers and scripts
    Say(Say),
    /// Print what will be said, one JSON object a line
    Plan(Plan),
    /// Print each line of standard input as it will be spoken
    Normalize(Normalize),
    /// Print the voices
    Voices(Voices),
    /// Read the settings, try every voice, say what is wrong
    Check,
    /// Speak for another process over a pipe
    #[command(hide = true)]
    SpeakWorker(SpeakWorker),
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR:PORT")]
    pub listen: Option<String>,
    /// Where to listen for the Wyoming protocol of Home Assistant
    #[arg(long, value_name = "ADDR:PORT")]
    pub wyoming: Option<String>,
    /// A portal to offer, and away from loopback to read
    #[arg(long, value_name = "HOST")]
    pub portal: Vec<String>,
    /// Read any public site, away from loopback too
    #[arg(long)]
    pub open: bool,
}

#[derive(Debug, Args)]
pub(super) struct Read {
    /// A web address, a saved HTML or text file, or - for standard input
    pub src: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Text)]
    pub format: Shape,
    /// The address that a saved page came from
    #[arg(long, value_name = "URL")]
    pub base: Option<Url>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Shape {
    Text,
    Html,
    Json,
    Markdown,
}

#[derive(Debug, Args)]
pub(super) struct Speak {
    /// A web address, a saved HTML or text file, or - for standard input
    pub src: String,
    /// The file to write; its ending says the format (mp3, wav)
    #[arg(short, value_name = "FILE", conflicts_with = "play")]
    pub output: Option<PathBuf>,
    /// Speak at once, through the computer's own speech service
    #[arg(long)]
    pub play: bool,
    /// Write when each sentence and word is heard, one JSON object a line
    #[arg(long, value_name = "FILE.ndjson", conflicts_with = "play")]
    pub marks: Option<PathBuf>,
    /// Write captions, a cue a sentence
    #[arg(long, value_name = "FILE.vtt", conflicts_with = "play")]
    pub captions: Option<PathBuf>,
    /// The voice, as `loa voices` names it
    #[arg(long, value_name = "ID", value_parser = voice)]
    pub voice: Option<VoiceId>,
    /// How fast, from 0.5 to 4
    #[arg(long, value_name = "X", default_value = "1", value_parser = speed)]
    pub speed: Speed,
    /// As few bytes as can be understood well: MP3 at 32, Opus at 12 kbit/s
    #[arg(long)]
    pub data_saver: bool,
    #[command(flatten)]
    pub words: Words,
}

#[derive(Debug, Args)]
pub(super) struct Say {
    /// The message; without it, standard input is read
    pub text: Vec<String>,
    /// The WAV file to write; without it, the sound goes to standard output
    #[arg(short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The voice, as `loa voices` names it
    #[arg(long, value_name = "ID", value_parser = voice)]
    pub voice: Option<VoiceId>,
    /// The language, where it is known
    #[arg(long, value_name = "TAG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// How fast, from 0.5 to 4
    #[arg(long, value_name = "X", default_value = "1", value_parser = speed)]
    pub speed: Speed,
    /// How fast, from -100 to 100, as Speech Dispatcher counts
    #[arg(
        long,
        value_name = "N",
        allow_negative_numbers = true,
        conflicts_with = "speed"
    )]
    pub rate: Option<i16>,
}

/// How things are said, where the settings are to be overruled.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Words {
    /// How the signs of documents are read: expand, spell or short
    #[arg(long, value_name = "STYLE", value_parser = document_style)]
    pub documents: Option<DocumentStyle>,
    /// How many marks of punctuation are named: none, some or all
    #[arg(long, value_name = "LEVEL", value_parser = punctuation)]
    pub punctuation: Option<Punctuation>,
    /// How long the voice is silent between sentences: short, normal or long
    #[arg(long, value_name = "LENGTH", value_parser = pauses)]
    pub pauses: Option<Pauses>,
    /// What is said of pictures, tables and lists: none, some, all, or a list such as picture,table
    #[arg(long, value_name = "CUES", value_parser = cues)]
    pub cues: Option<Structure>,
}

impl Words {
    /// Returns what the flags choose.
    pub(super) fn diction(self) -> Diction {
        Diction {
            documents: self.documents,
            punctuation: self.punctuation,
            pauses: self.pauses,
            cues: self.cues,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Plan {
    /// A web address, a saved HTML or text file, or - for standard input
    pub src: String,
    /// The language to speak it in, rather than the page's own
    #[arg(long, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// The voice, whose region decides some words
    #[arg(long, value_name = "ID", value_parser = voice)]
    pub voice: Option<VoiceId>,
    #[command(flatten)]
    pub words: Words,
}

#[derive(Debug, Args)]
pub(super) struct Normalize {
    /// The language of the text
    #[arg(long, value_name = "LANG", default_value = "vi", value_parser = lang)]
    pub lang: Lang,
    /// Say on standard error which rule read what
    #[arg(long)]
    pub explain: bool,
    /// The voice, whose region decides some words
    #[arg(long, value_name = "ID", value_parser = voice)]
    pub voice: Option<VoiceId>,
    /// The site whose own lexicon holds
    #[arg(long, value_name = "HOST")]
    pub site: Option<String>,
    #[command(flatten)]
    pub words: Words,
}

#[derive(Debug, Args)]
pub(super) struct Voices {
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct SpeakWorker {
    /// The file of libespeak-ng
    #[arg(long)]
    pub library: Option<PathBuf>,
    /// The folder of its data
    #[arg(long)]
    pub data: Option<PathBuf>,
}

impl Common {
    /// Returns what the flags set.
    pub(super) fn layer(&self) -> Layer {
        Layer {
            trust: some(&self.trust),
            ..Layer::default()
        }
    }
}

impl Serve {
    /// Returns what the flags set.
    pub(super) fn layer(&self) -> Layer {
        let portals: Vec<_> = self
            .portal
            .iter()
            .cloned()
            .map(PortalEntry::Address)
            .collect();
        Layer {
            listen: self.listen.clone(),
            wyoming: self.wyoming.clone(),
            portals: some(&portals),
            open: self.open.then_some(true),
            ..Layer::default()
        }
    }
}

fn some<T: Clone>(list: &[T]) -> Option<Vec<T>> {
    (!list.is_empty()).then(|| list.to_vec())
}

fn lang(given: &str) -> Result<Lang, String> {
    Lang::parse(given).ok_or_else(|| "give a language tag such as vi or en".to_owned())
}

fn speed(given: &str) -> Result<Speed, String> {
    Speed::parse(given).ok_or_else(|| "give a number from 0.5 to 4".to_owned())
}

fn voice(given: &str) -> Result<VoiceId, String> {
    VoiceId::parse(given).ok_or_else(|| "`loa voices` lists the names".to_owned())
}

fn document_style(given: &str) -> Result<DocumentStyle, String> {
    DocumentStyle::from_word(given).ok_or_else(|| "give expand, spell or short".to_owned())
}

fn punctuation(given: &str) -> Result<Punctuation, String> {
    Punctuation::from_word(given).ok_or_else(|| "give none, some or all".to_owned())
}

fn pauses(given: &str) -> Result<Pauses, String> {
    Pauses::from_word(given).ok_or_else(|| "give short, normal or long".to_owned())
}

fn cues(given: &str) -> Result<Structure, String> {
    let words: Vec<_> = Cue::ALL.iter().map(|cue| cue.word()).collect();
    let known = || format!("give none, some, all, or some of {}", words.join(","));
    Structure::from_word(given).ok_or_else(known)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
