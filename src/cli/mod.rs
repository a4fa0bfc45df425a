//! The command line: wiring and words, nothing else.
//!
//! Results go to standard output, everything else to standard error. Exit status 0 is done, 1 failed
//! with one plain sentence why, 2 wrong usage.

mod args;
mod check;
mod part;
mod plan;
#[cfg(feature = "desktop")]
mod play;
mod read;
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

use crate::config::{Config, Layer};
use crate::voice;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start_log();
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
        Command::Serve(serve) => serve::run(&config(common, serve.layer())?),
        Command::Read(read) => read::run(read, common),
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
    let file = match &common.config {
        Some(path) => Layer::from_file(path)?,
        None if Path::new(USUAL_FILE).is_file() => Layer::from_file(Path::new(USUAL_FILE))?,
        None => Layer::default(),
    };
    let environment = Layer::from_environment(std::env::vars_os())?;
    let layer = file.under(environment).under(common.layer()).under(flags);
    let program = std::env::current_exe().context("the program does not know where it is")?;
    Ok(Config::check(layer, program)?)
}

/// Logs to standard error, warnings and worse unless `LOA_LOG` says otherwise.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("LOA_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr)
        // Where standard error is closed, saying there that it is would end the request with a panic.
        .log_internal_errors(false)
        .init();
}

/// Makes the runtime on which everything that waits runs.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime cannot start")
}
