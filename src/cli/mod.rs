//! The command line: wiring, and nothing else.

use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};

use crate::model::{Lang, Reading};
use crate::{gateway, page, speech, voice};

#[derive(Parser)]
#[command(version, about)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The simplified article, or listing.
    Read {
        src: String,
        #[arg(long, default_value = "text")]
        format: String,
        #[arg(long)]
        base: Option<url::Url>,
    },
    /// What will be said, one JSON object a line.
    Plan {
        src: String,
        #[arg(long)]
        lang: Option<String>,
    },
    /// Each line of standard input as it will be spoken.
    Normalize {
        #[arg(long, default_value = "vi")]
        lang: String,
        #[arg(long)]
        explain: bool,
    },
    /// Speaks for another `loa`, over standard input and output.
    #[command(hide = true)]
    SpeakWorker {
        /// The library's file.
        #[arg(long)]
        library: Option<PathBuf>,
        /// The engine's data folder.
        #[arg(long)]
        data: Option<PathBuf>,
    },
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "loa: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> anyhow::Result<()> {
    if let Command::SpeakWorker { library, data } = &args.command {
        return Ok(voice::work(library.as_deref(), data.as_deref())?);
    }
    let mut out = io::stdout().lock();
    match args.command {
        Command::Read { src, format, base } => {
            let document = document(&src, base.as_ref())?;
            match format.as_str() {
                "json" => writeln!(out, "{}", serde_json::to_string(&document)?)?,
                "html" => write!(out, "{}", page::standalone(&document))?,
                "markdown" => write!(out, "{}", page::markdown(&document))?,
                _ => write!(out, "{}", Reading::of(&document).text)?,
            }
        }
        Command::Plan { src, .. } => {
            let reading = Reading::of(&document(&src, None)?);
            for u in speech::plan(&reading, &speech::Options::default()).utterances {
                let line = serde_json::json!({
                    "id": u.id.to_string(), "block": u.block, "lang": u.lang,
                    "written": &reading.text[u.written.clone()], "spoken": u.spoken,
                    "start": u.written.start, "end": u.written.end,
                });
                writeln!(out, "{line}")?;
            }
        }
        Command::Normalize { lang, explain } => {
            let lang = Lang::parse(&lang).context("no language tag")?;
            for line in io::stdin().lock().lines() {
                let spoken = speech::normalize(&line?, &lang, &speech::Options::default());
                writeln!(out, "{}", spoken.text)?;
                if explain {
                    for step in spoken.steps {
                        writeln!(io::stderr(), "  {}: {}", step.rule, step.spoken)?;
                    }
                }
            }
        }
        Command::SpeakWorker { .. } => {} // done above
    }
    Ok(())
}

fn document(src: &str, base: Option<&url::Url>) -> anyhow::Result<crate::model::Document> {
    let mut bytes = Vec::new();
    if src == "-" {
        io::stdin().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(src).with_context(|| src.to_owned())?;
    }
    let text = Path::new(src)
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("txt"));
    Ok(gateway::understand(
        &bytes,
        text.then_some("text/plain"),
        base,
    ))
}
