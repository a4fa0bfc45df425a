//! A worker as a process: started, asked, ended.

use std::env;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::wire::{self, Answer, GREETING, Number, Request};
use crate::voice::Settings;

/// The hidden subcommand of the program.
pub(super) const SUBCOMMAND: &str = "speak-worker";
/// How long a worker may take to end by itself when nothing more is asked.
const FAREWELL: Duration = Duration::from_millis(500);

/// Most bytes of a line that a worker says on standard error.
const LINE: u64 = 4 << 10;

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
/// The same, with the number of what it answers.
type Numbered = io::Result<wire::Numbered<Answer>>;

/// A worker that runs.
pub(super) struct WorkerProcess {
    child: Child,
    /// Taken away when the worker shall end.
    questions: Option<ChildStdin>,
    answers: Receiver<Numbered>,
    numbers: Numbers,
}

/// Gives requests numbers that nobody else can know before: a text that has taken a copy of the worker over could
/// otherwise leave answers for the texts behind it.
#[derive(Default)]
struct Numbers {
    secret: RandomState,
    count: u64,
}

impl Numbers {
    fn next(&mut self) -> Number {
        self.count += 1;
        self.secret.hash_one(self.count)
    }
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
            numbers: Numbers::default(),
        })
    }

    /// Returns the first message, in which a worker says what it has loaded.
    pub(super) fn greeting(&mut self, patience: Duration) -> io::Result<Answer> {
        Ok(self.hear(GREETING, patience)?.0)
    }

    /// Asks, and waits for the answer.
    pub(super) fn ask(&mut self, request: &Request, patience: Duration) -> Message {
        let ended = || io::Error::from(ErrorKind::BrokenPipe);
        let questions = self.questions.as_mut().ok_or_else(ended)?;
        let number = self.numbers.next();
        wire::write(questions, number, (request, &[]))?;
        self.hear(number, patience)
    }

    fn hear(&mut self, expected: Number, patience: Duration) -> Message {
        let heard = self.answers.recv_timeout(patience);
        let (number, message) = heard.unwrap_or_else(|error| match error {
            RecvTimeoutError::Timeout => {
                let seconds = patience.as_secs_f32();
                let why = format!("a speech worker gave no answer in {seconds} s");
                Err(io::Error::new(ErrorKind::TimedOut, why))
            }
            RecvTimeoutError::Disconnected => {
                Err(io::Error::other("a speech worker ended before its answer"))
            }
        })?;
        if number != expected {
            let why = "a speech worker answered what nobody had asked";
            return Err(io::Error::new(ErrorKind::InvalidData, why));
        }
        Ok(message)
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
        let end = self.answers.recv_timeout(FAREWELL);
        if !matches!(end, Err(RecvTimeoutError::Disconnected)) {
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
fn listen(mut output: impl Read + Send + 'static) -> io::Result<Receiver<Numbered>> {
    let (sender, receiver) = sync_channel(1); // one is asked for at a time
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
/// level of debugging may hold. A line that is longer than any should be comes in parts.
fn log_lines(errors: impl Read + Send + 'static) -> io::Result<()> {
    let log_all = move || {
        let mut errors = BufReader::new(errors);
        let mut line = Vec::new();
        loop {
            line.clear();
            match errors.by_ref().take(LINE).read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) => {
                    tracing::debug!(line = %String::from_utf8_lossy(&line), "speech worker");
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(answers: &[Number]) -> WorkerProcess {
        let (sender, receiver) = sync_channel(answers.len());
        for number in answers {
            let answer = (Answer::Spoken(Vec::new()), vec![7]);
            sender.send(Ok((*number, answer))).expect("there is room");
        }
        WorkerProcess {
            child: Command::new("true").spawn().expect("it runs"),
            questions: None,
            answers: receiver,
            numbers: Numbers::default(),
        }
    }

    #[test]
    fn an_answer_to_another_question_is_none() {
        let patience = Duration::from_secs(1);
        let mut worker = told(&[5, 5, 6]);
        assert_eq!(worker.hear(5, patience).expect("its own").1, [7]);
        let wrong = worker.hear(6, patience).expect_err("the one before's");
        assert_eq!(wrong.kind(), ErrorKind::InvalidData);
    }

    #[test]
    fn nobody_can_tell_a_number_from_those_before() {
        let (mut one, mut other) = (Numbers::default(), Numbers::default());
        let (first, second) = (one.next(), one.next());
        assert!(first != second && first != other.next() && second != other.next());
    }
}
