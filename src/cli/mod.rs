//! The command line: wiring and words, nothing else.
//!
//! Results go to standard output, everything else to standard error. Exit status 0 is done, 1 failed
//! with one plain sentence why, 2 wrong usage.

mod args;
mod check;
mod part;
mod plan;
#[cfg(any(feature = "desktop", test))]
mod play;
mod read;
mod say;
mod serve;
mod source;
mod speak;
mod told;
mod voices;

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;

use args::{Arguments, Command, Common};

use crate::config::{self, Config, Layer, LogSettings};
use crate::voice;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start_log(&arguments.common);
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if told::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell where standard error is closed.
            let _ = writeln!(io::stderr(), "loa: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    let common = &arguments.common;
    match &arguments.command {
        Command::Serve(serve) => {
            let read = || config(common, serve.layer());
            serve::run(&read()?, read)
        }
        Command::Read(read) => read::run(read, common),
        Command::Say(say) => say::run(say, &config(common, Layer::default())?),
        Command::Speak(speak) => speak::run(speak, &config(common, Layer::default())?),
        Command::Plan(plan) => plan::run(plan, common),
        Command::Normalize(normalize) => plan::normalize(normalize, common),
        Command::Voices(voices) => voices::run(voices, &config(common, Layer::default())?),
        Command::Check => check::run(&config(common, Layer::default())?),
        Command::SpeakWorker(worker) => {
            let (library, data) = (worker.library.as_deref(), worker.data.as_deref());
            voice::work(library, data).context("the speech worker stopped")
        }
    }
}

/// The settings file that is read without being named.
const USUAL_FILE: &str = "loa.toml";

/// Reads file, environment and flags, in that order of growing weight.
fn config(common: &Common, flags: Layer) -> anyhow::Result<Config> {
    let layer = written(common)?.under(common.layer()).under(flags);
    let program = std::env::current_exe().context("the program does not know where it is")?;
    Ok(Config::check(layer, program)?)
}

/// Reads file and environment.
fn written(common: &Common) -> Result<Layer, config::Error> {
    let file = match &common.config {
        Some(path) => Layer::from_file(path)?,
        None if Path::new(USUAL_FILE).is_file() => Layer::from_file(Path::new(USUAL_FILE))?,
        None => Layer::default(),
    };
    Ok(file.under(Layer::from_environment(std::env::vars_os())?))
}

/// Logs to standard error, as far as the settings can be read; what is wrong with them is said by who
/// needs them.
fn start_log(common: &Common) {
    let settings = written(common).and_then(|layer| LogSettings::of(&layer));
    let settings = settings.unwrap_or_default();
    let log = tracing_subscriber::fmt()
        .with_env_filter(settings.filter)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr)
        // Where standard error is closed, saying there that it is would end the request with a panic.
        .log_internal_errors(false);
    if settings.json {
        log.json().flatten_event(true).init();
    } else {
        log.init();
    }
}

/// Makes the runtime on which everything that waits runs.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime cannot start")
}
