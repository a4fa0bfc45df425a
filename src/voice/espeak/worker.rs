//! The other end of the pipe: `loa speak-worker`, which loads the engine and answers requests.
//!
//! The engine remembers: the same sentence sounds a little different after another one, and no call
//! makes it forget (setting the voice anew, cancelling and initialising again were tried; loading the
//! library anew helps and takes 9 ms). So every request is answered by a fresh copy of the process, in
//! the state in which the engine was loaded: `fork` costs about a millisecond and gives the same
//! bytes for ever. The copy is made ahead, and waits for the request. If it crashes, the worker ends, and
//! Loa starts another.

use std::fs::File;
use std::io::{self, BufRead};
use std::os::fd::AsFd;
use std::path::Path;

use rustix::process::getpid;

use super::ffi::{self, Engine, Side};
use super::sandbox::{self, Inner};
use super::take::Take;
use super::wire::{self, Answer, GREETING, Library, Number, Request};

/// What a copy says when it ends: the request is answered.
const ANSWERED: i32 = 0;
/// What a copy says when it ends: there are no more requests.
const NO_MORE: i32 = 10;
/// What a copy says when it ends: the pipe is broken.
const BROKEN: i32 = 11;
/// An utterance takes milliseconds; a copy that takes so many seconds hangs, and ends even where nobody ends it.
const LONGEST_SECONDS: u32 = 20;

/// Where the library is looked for: Linux by its version and without, macOS as Homebrew lays it out.
const NAMES: [&str; 5] = [
    "libespeak-ng.so.1",
    "libespeak-ng.so",
    "libespeak-ng.1.dylib",
    "/opt/homebrew/lib/libespeak-ng.1.dylib",
    "/usr/local/lib/libespeak-ng.1.dylib",
];

/// Runs as a worker: reads requests from standard input until it ends. The process must have one thread.
///
/// # Errors
/// Where a pipe breaks or a request could not be answered.
pub fn work(library: Option<&Path>, data: Option<&Path>) -> io::Result<()> {
    let mut engine = match load(library, data) {
        Ok(engine) => engine,
        Err(reason) => return send(GREETING, &Answer::Missing(reason), &[]),
    };
    ffi::give_way();
    let ring = sandbox::lock_in(Path::new(&engine.info().1));
    send(GREETING, &ready(&engine), &[])?;
    let worker = getpid();
    loop {
        match ffi::copy()? {
            Side::Copy if !sandbox::end_with_worker(worker) => ffi::leave(NO_MORE),
            Side::Copy => ffi::leave(answer_one(&mut engine, &ring)),
            Side::Original(copy) => match copy.wait()? {
                Some(ANSWERED) => {}
                Some(NO_MORE) => return Ok(()),
                _ => return Err(io::Error::other("an utterance could not be spoken")),
            },
        }
    }
}

fn load(library: Option<&Path>, data: Option<&Path>) -> Result<Engine, String> {
    let mut engine = match library {
        Some(file) => Engine::load(&[file], data)?,
        None => Engine::load(&NAMES.map(Path::new), data)?,
    };
    // Without data, some versions pass for initialised, with no voice. The list stays in memory, so
    // that no copy of this process has to make it.
    if engine.voices().is_empty() {
        let (_, folder) = engine.info();
        return Err(format!("its data is not in {folder}"));
    }
    Ok(engine)
}

fn ready(engine: &Engine) -> Answer {
    let (version, data) = engine.info();
    Answer::Ready(Library {
        version,
        data,
        rate: engine.rate(),
    })
}

/// Answers as a copy. What comes is looked at only once the copy is locked in, and has so long from then.
fn answer_one(engine: &mut Engine, ring: &Inner) -> i32 {
    let mut requests = io::stdin().lock();
    if requests.fill_buf().is_err() {
        return BROKEN;
    }
    ring.lock(LONGEST_SECONDS);
    match wire::read(&mut requests) {
        Ok(None) => NO_MORE,
        Ok(Some((number, (request, _)))) => {
            let (answer, take) = answer(engine, request);
            send(number, &answer, &take.samples).map_or(BROKEN, |()| ANSWERED)
        }
        Err(_) => BROKEN,
    }
}

fn answer(engine: &mut Engine, request: Request) -> (Answer, Take) {
    match request {
        Request::List => (Answer::Voices(engine.voices()), Take::default()),
        Request::Phonemes { voice, texts } => {
            let each = texts.iter().map(|text| engine.phonemes(&voice, text));
            let told = each.collect::<Result<_, _>>();
            (
                told.map_or_else(Answer::Refused, Answer::Phonemes),
                Take::default(),
            )
        }
        Request::TryOut => (Answer::Tried(sandbox::try_out()), Take::default()),
        Request::Speak {
            voice,
            words_per_minute,
            volume,
            text,
        } => match engine.speak(&voice, words_per_minute, volume, &text) {
            Ok(mut take) => (Answer::Spoken(std::mem::take(&mut take.marks)), take),
            Err(reason) => (Answer::Refused(reason), Take::default()),
        },
    }
}

/// Sends an answer past the buffer of standard output, which belongs to the original of this process.
fn send(number: Number, answer: &Answer, samples: &[i16]) -> io::Result<()> {
    let mut pipe = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    wire::write(&mut pipe, number, (answer, samples))
}
