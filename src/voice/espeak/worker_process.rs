//! A worker as a process: started, asked, ended.

use std::env;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::wire::{self, Answer, Request};
use crate::voice::Settings;

/// The hidden subcommand of the program.
pub(super) const SUBCOMMAND: &str = "speak-worker";
/// How long a worker may take to end by itself when nothing more is asked.
const FAREWELL: Duration = Duration::from_millis(500);

/// How a worker is started.
#[derive(Clone, Debug)]
pub(super) struct Start {
    /// The program.
    pub(super) program: PathBuf,
    /// The library's file.
    pub(super) library: Option<PathBuf>,
    /// The engine's data folder.
    pub(super) data: Option<PathBuf>,
}

impl Start {
    pub(super) fn of(settings: &Settings) -> Self {
        Self {
            program: settings.program.clone(),
            library: settings.library.clone(),
            data: settings.data.clone(),
        }
    }
}

/// What comes from a worker.
type Message = io::Result<(Answer, Vec<i16>)>;

/// A worker that runs.
pub(super) struct WorkerProcess {
    child: Child,
    /// Taken away when the worker shall end.
    questions: Option<ChildStdin>,
    answers: Receiver<Message>,
}

impl WorkerProcess {
    /// Starts a worker.
    pub(super) fn start(start: &Start) -> io::Result<Self> {
        let mut child = command(start).spawn().map_err(|error| {
            let program = start.program.display();
            io::Error::new(error.kind(), format!("cannot start {program}: {error}"))
        })?;
        let output = child.stdout.take().expect("standard output is piped");
        let errors = child.stderr.take().expect("standard error is piped");
        let questions = child.stdin.take();
        log_lines(errors)?;
        Ok(Self {
            child,
            questions,
            answers: listen(output)?,
        })
    }

    /// Returns the first message, in which a worker says what it has loaded.
    pub(super) fn greeting(&mut self, patience: Duration) -> io::Result<Answer> {
        Ok(self.hear(patience)?.0)
    }

    /// Asks, and waits for the answer.
    pub(super) fn ask(&mut self, request: &Request, patience: Duration) -> Message {
        let ended = || io::Error::from(ErrorKind::BrokenPipe);
        let questions = self.questions.as_mut().ok_or_else(ended)?;
        wire::write(questions, request, &[])?;
        self.hear(patience)
    }

    fn hear(&mut self, patience: Duration) -> Message {
        self.answers
            .recv_timeout(patience)
            .unwrap_or_else(|error| match error {
                RecvTimeoutError::Timeout => {
                    let seconds = patience.as_secs_f32();
                    let why = format!("a speech worker gave no answer in {seconds} s");
                    Err(io::Error::new(ErrorKind::TimedOut, why))
                }
                RecvTimeoutError::Disconnected => {
                    Err(io::Error::other("a speech worker ended before its answer"))
                }
            })
    }

    /// Has the process ended by itself, or been ended?
    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends a worker that is not to be waited for.
    pub(super) fn end(mut self) {
        self.kill();
    }

    /// Ends the worker with the copy that speaks for it: its process group is its own.
    fn kill(&mut self) {
        if self.has_ended() {
            return; // its copy ends with it, and its number may be another's by now
        }
        let group = Pid::from_child(&self.child);
        if let Err(error) = kill_process_group(group, Signal::KILL) {
            tracing::debug!(%error, "a speech worker could not be ended");
        }
    }
}

impl Drop for WorkerProcess {
    /// Lets the worker end by itself, by closing its pipe, and ends it where it does not.
    fn drop(&mut self) {
        self.questions = None;
        if let Err(RecvTimeoutError::Timeout) = self.answers.recv_timeout(FAREWELL) {
            self.kill();
        }
        if let Err(error) = self.child.wait() {
            tracing::debug!(%error, "a speech worker could not be waited for");
        }
    }
}

fn command(start: &Start) -> Command {
    let mut command = Command::new(&start.program);
    command.arg(SUBCOMMAND);
    for (flag, value) in [("--library", &start.library), ("--data", &start.data)] {
        if let Some(value) = value {
            command.arg(flag).arg(value);
        }
    }
    command
        .env_clear()
        .envs(
            KEPT.iter()
                .filter_map(|name| Some((name, env::var_os(name)?))),
        )
        .process_group(0) // Ctrl+C is for Loa, which lets its listeners finish
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What a worker may know of its surroundings: where libraries and the engine's data are, and the language.
const KEPT: [&str; 7] = [
    "ESPEAK_DATA_PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
];

/// Reads messages until the pipe ends, on a thread of its own: only so can one stop waiting for them.
fn listen(mut output: impl Read + Send + 'static) -> io::Result<Receiver<Message>> {
    let (sender, receiver) = channel();
    let read_all = move || {
        while let Some(message) = wire::read(&mut output).transpose() {
            let broken = message.is_err();
            if sender.send(message).is_err() || broken {
                break;
            }
        }
    };
    thread::Builder::new()
        .name("speech answers".into())
        .spawn(read_all)?;
    Ok(receiver)
}

/// Passes on what a worker says on standard error. It may quote the text, which no log above the
/// level of debugging may hold.
fn log_lines(errors: impl Read + Send + 'static) -> io::Result<()> {
    let log_all = move || {
        for line in BufReader::new(errors).split(b'\n') {
            match line {
                Ok(line) => {
                    tracing::debug!(line = %String::from_utf8_lossy(&line), "speech worker")
                }
                Err(error) => {
                    tracing::debug!(%error, "a speech worker's standard error broke");
                    break;
                }
            }
        }
    };
    thread::Builder::new()
        .name("speech errors".into())
        .spawn(log_all)?;
    Ok(())
}
