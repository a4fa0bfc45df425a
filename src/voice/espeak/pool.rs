//! The near end of the pipe: a few workers, each with one request at a time.
//!
//! A worker is started when all others are busy, and kept. One that dies, breaks its pipe or takes too
//! long is ended, and its request goes to another one once more. A pool that nobody asks does nothing.
//! Calls block, and may come from any thread.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::data;
use super::take::{Clause, Listed, Take};
use super::wire::{Answer, Library, Request};
use super::worker_process::{Start, WorkerProcess};
use crate::voice::{Error, Settings, install};

/// How often a request is tried.
const ATTEMPTS: usize = 2;
/// How long one may take where the settings do not say; the longest sentence takes a tenth of a second.
const USUAL_PATIENCE: Duration = Duration::from_secs(10);

/// Workers that share the requests.
pub(in crate::voice) struct Pool {
    start: Start,
    most: usize,
    patience: Duration,
    workers: Mutex<Workers>,
    freed: Condvar,
    library: OnceLock<Library>,
}

/// The workers there are.
#[derive(Default)]
struct Workers {
    idle: Vec<WorkerProcess>,
    /// How many there are, busy ones and idle ones.
    all: usize,
}

impl Workers {
    /// Takes an idle worker that has not died meanwhile: a dead one is no reason to fail a request.
    fn living(&mut self) -> Option<WorkerProcess> {
        while let Some(mut worker) = self.idle.pop() {
            if !worker.has_ended() {
                return Some(worker);
            }
            self.all -= 1;
        }
        None
    }
}

/// Why a request was not answered.
enum Trouble {
    /// Another worker may do it.
    Again(String),
    /// No worker will.
    Final(Error),
}

impl Pool {
    /// Makes a pool; starts nothing.
    pub(in crate::voice) fn new(settings: &Settings) -> Self {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            start: Start::of(settings),
            most: Some(settings.workers)
                .filter(|n| *n > 0)
                .unwrap_or_else(cores),
            patience: Some(settings.patience)
                .filter(|p| !p.is_zero())
                .unwrap_or(USUAL_PATIENCE),
            workers: Mutex::default(),
            freed: Condvar::new(),
            library: OnceLock::new(),
        }
    }

    /// Returns the library that all workers have loaded; starts one if none has been started yet.
    pub(super) fn library(&self) -> Result<&Library, Error> {
        if self.library.get().is_none() {
            self.insist(|| self.get_ready())?;
        }
        let library = self.library.get();
        Ok(library.expect("every worker that was started has said what it has loaded"))
    }

    /// Returns the library's data folder.
    pub(super) fn data(&self) -> Result<PathBuf, Error> {
        self.library().map(|library| PathBuf::from(&library.data))
    }

    /// Returns a name for what a language's phonemes depend on: the library's version and its data.
    ///
    /// # Errors
    /// Where the engine is missing.
    pub(in crate::voice) fn identity(&self, language: &str) -> Result<String, Error> {
        let data = data::identity(&self.data()?, language);
        Ok(format!("{} {data}", self.library()?.version))
    }

    /// Lists the voices that the engine has.
    pub(super) fn voices(&self) -> Result<Vec<Listed>, Error> {
        match self.ask(&Request::List)? {
            (Answer::Voices(voices), _) => Ok(voices),
            (other, _) => Err(unexpected(&other)),
        }
    }

    /// Tells how a voice of the engine would say each of these texts, clause by clause.
    ///
    /// # Errors
    /// Where the engine is missing, has no such voice, or fails twice.
    pub(in crate::voice) fn phonemes(
        &self,
        voice: &str,
        texts: Vec<String>,
    ) -> Result<Vec<Vec<Clause>>, Error> {
        let asked = texts.len();
        let voice = voice.to_owned();
        match self.ask(&Request::Phonemes { voice, texts })? {
            (Answer::Phonemes(told), _) if told.len() == asked => Ok(told),
            (other, _) => Err(unexpected(&other)),
        }
    }

    /// Has a worker try what it is kept from; each with whether it is.
    ///
    /// # Errors
    /// Where no worker can be started, or the engine is missing.
    pub(in crate::voice) fn try_out(&self) -> Result<Vec<(String, bool)>, Error> {
        match self.ask(&Request::TryOut)? {
            (Answer::Tried(tried), _) => Ok(tried),
            (other, _) => Err(unexpected(&other)),
        }
    }

    /// Speaks.
    pub(super) fn speak(&self, request: &Request) -> Result<Take, Error> {
        match self.ask(request)? {
            (Answer::Spoken(marks), samples) => Ok(Take { samples, marks }),
            (other, _) => Err(unexpected(&other)),
        }
    }

    fn ask(&self, request: &Request) -> Result<(Answer, Vec<i16>), Error> {
        self.insist(|| self.try_once(request))
    }

    /// Tries twice what another worker may do better.
    fn insist<T>(&self, once: impl Fn() -> Result<T, Trouble>) -> Result<T, Error> {
        let mut last = String::new();
        for _ in 0..ATTEMPTS {
            match once() {
                Ok(done) => return Ok(done),
                Err(Trouble::Final(error)) => return Err(error),
                Err(Trouble::Again(reason)) => {
                    tracing::warn!(%reason, "a speech worker is replaced");
                    last = reason;
                }
            }
        }
        Err(Error::Failed(last))
    }

    fn try_once(&self, request: &Request) -> Result<(Answer, Vec<i16>), Trouble> {
        let mut seat = self.seat();
        let mut worker = match seat.worker.take() {
            Some(worker) => worker,
            None => self.started()?,
        };
        match worker.ask(request, self.patience) {
            Ok(answer) => {
                seat.worker = Some(worker);
                Ok(answer)
            }
            Err(error) => {
                worker.end();
                Err(Trouble::Again(error.to_string()))
            }
        }
    }

    /// Sees that there is a worker.
    fn get_ready(&self) -> Result<(), Trouble> {
        let mut seat = self.seat();
        if seat.worker.is_none() {
            seat.worker = Some(self.started()?);
        }
        Ok(())
    }

    /// Starts a worker, which must have loaded the same library as all before it: their sound is
    /// kept under the library's name.
    fn started(&self) -> Result<WorkerProcess, Trouble> {
        let again = |error: std::io::Error| Trouble::Again(error.to_string());
        let mut worker = WorkerProcess::start(&self.start).map_err(again)?;
        let library = match worker.greeting(self.patience).map_err(again)? {
            Answer::Ready(library) => library,
            Answer::Missing(reason) => return Err(Trouble::Final(no_engine(reason))),
            other => return Err(Trouble::Final(unexpected(&other))),
        };
        if *self.library.get_or_init(|| library.clone()) == library {
            return Ok(worker);
        }
        let reason = "libespeak-ng has been changed; Loa must be started anew to use it";
        Err(Trouble::Final(Error::Failed(reason.into())))
    }

    /// Waits for an idle worker, or for the right to start one.
    fn seat(&self) -> Seat<'_> {
        let mut workers = self.workers();
        loop {
            let worker = workers.living();
            if worker.is_some() || workers.all < self.most {
                workers.all += usize::from(worker.is_none());
                return Seat { pool: self, worker };
            }
            let woken = self.freed.wait(workers);
            workers = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A panic elsewhere cannot leave the list of workers half changed.
    fn workers(&self) -> MutexGuard<'_, Workers> {
        self.workers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to use one worker; whoever leaves it empty has lost the worker.
struct Seat<'a> {
    pool: &'a Pool,
    worker: Option<WorkerProcess>,
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let mut workers = self.pool.workers();
        match self.worker.take() {
            Some(worker) => workers.idle.push(worker),
            None => workers.all -= 1,
        }
        self.pool.freed.notify_one();
    }
}

fn no_engine(reason: String) -> Error {
    Error::NoEngine {
        reason,
        install: install::command(),
    }
}

/// What a worker says instead of what it was asked for.
fn unexpected(answer: &Answer) -> Error {
    Error::Failed(match answer {
        Answer::Refused(reason) => reason.clone(),
        _ => "a worker answered another question".into(),
    })
}
