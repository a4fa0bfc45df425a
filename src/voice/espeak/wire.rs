//! What goes through the pipes between Loa and its workers.
//!
//! A message is a version byte, a number, two lengths, a JSON text and samples. An answer bears the number of its
//! request, so that none is taken for another's. Both ends refuse another version and a length above the limits, so
//! that a broken pipe cannot make either take all memory.

use std::io::{self, ErrorKind, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::take::{Clause, Listed, Mark};

/// The first byte of every message; it grows with every change of their form.
const VERSION: u8 = 3;
/// The most bytes of a JSON text.
const MOST_TEXT: u32 = 1 << 20;
/// The most bytes of samples: half an hour at 48 kHz.
const MOST_SOUND: u32 = 2 * 48_000 * 1_800;

/// What Loa asks of a worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Request {
    /// Speak a text.
    Speak {
        /// The engine's name of the voice.
        voice: String,
        /// The engine's measure of speed.
        words_per_minute: u16,
        /// The engine's measure of volume; 100 is its usual one.
        volume: u8,
        /// The text.
        text: String,
    },
    /// Tell how each of these texts would be said.
    Phonemes {
        /// The engine's name of the voice.
        voice: String,
        /// The texts.
        texts: Vec<String>,
    },
    /// List the voices that there are.
    List,
    /// Try what a worker is kept from.
    TryOut,
}

/// What a worker answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Answer {
    /// First of all: the engine is there.
    Ready(Library),
    /// First of all: the engine is not there, and what was tried.
    Missing(String),
    /// The text is spoken; the samples follow.
    Spoken(Vec<Mark>),
    /// The voices that there are.
    Voices(Vec<Listed>),
    /// How each text would be said.
    Phonemes(Vec<Vec<Clause>>),
    /// What was tried; each with whether the worker was kept from it.
    Tried(Vec<(String, bool)>),
    /// It could not be done, and why.
    Refused(String),
}

/// The library that a worker has loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Library {
    /// Its version.
    pub(super) version: String,
    /// Its data folder.
    pub(super) data: String,
    /// Samples a second.
    pub(super) rate: u32,
}

/// What tells a request and its answer from others.
pub(super) type Number = u64;
/// The number of the first message, which answers nothing.
pub(super) const GREETING: Number = 0;

/// Writes a message and sends it off.
pub(super) fn write(
    to: &mut impl Write,
    number: Number,
    (message, samples): (&impl Serialize, &[i16]),
) -> io::Result<()> {
    let json = serde_json::to_vec(message)?;
    let text = limited(json.len(), MOST_TEXT)?;
    let sound = limited(samples.len() * 2, MOST_SOUND)?;
    let mut bytes = Vec::with_capacity(17 + json.len() + samples.len() * 2);
    bytes.push(VERSION);
    bytes.extend(number.to_le_bytes());
    bytes.extend(text.to_le_bytes());
    bytes.extend(sound.to_le_bytes());
    bytes.extend(json);
    let from = bytes.len();
    bytes.resize(from + samples.len() * 2, 0);
    for (pair, sample) in bytes[from..].chunks_exact_mut(2).zip(samples) {
        pair.copy_from_slice(&sample.to_le_bytes());
    }
    to.write_all(&bytes)?;
    to.flush()
}

/// A message with its samples, and its number.
pub(super) type Numbered<M> = (Number, (M, Vec<i16>));

/// Reads a message with its number and its samples; `None` where the pipe ends before it.
pub(super) fn read<M: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<Numbered<M>>> {
    let mut version = [0];
    match from.read_exact(&mut version) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    if version != [VERSION] {
        return Err(broken("another version"));
    }
    let mut number = [0; 8];
    from.read_exact(&mut number)?;
    let text = length(from, MOST_TEXT)?;
    let sound = length(from, MOST_SOUND)?;
    let message = serde_json::from_slice(&bytes(from, text)?)?;
    let samples = bytes(from, sound)?;
    let samples = samples.chunks_exact(2);
    let samples = samples.map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
    let message = (message, samples.collect());
    Ok(Some((Number::from_le_bytes(number), message)))
}

fn length(from: &mut impl Read, most: u32) -> io::Result<u32> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    limited(u32::from_le_bytes(length) as usize, most)
}

fn bytes(from: &mut impl Read, length: u32) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length as usize];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn limited(length: usize, most: u32) -> io::Result<u32> {
    let fits = u32::try_from(length).ok().filter(|length| *length <= most);
    fits.ok_or_else(|| broken("a message above the limit"))
}

fn broken(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken() -> (Answer, Vec<i16>) {
        let mark = Mark {
            character: 4,
            length: 2,
            sample: 100,
        };
        (
            Answer::Spoken(vec![mark]),
            vec![0, 1, -1, i16::MIN, i16::MAX],
        )
    }

    #[test]
    fn a_message_arrives_as_it_was_sent_and_then_the_pipe_ends() {
        let (answer, samples) = spoken();
        let mut pipe = Vec::new();
        write(&mut pipe, 7, (&answer, &samples)).expect("it fits");
        let missing = Answer::Missing("no such file".into());
        write(&mut pipe, 8, (&missing, &[])).expect("it fits");
        let mut pipe = pipe.as_slice();
        assert_eq!(
            read(&mut pipe).expect("whole"),
            Some((7, (answer, samples)))
        );
        let second = read::<Answer>(&mut pipe).expect("whole").expect("there");
        assert_eq!(second, (8, (missing, Vec::new())));
        assert_eq!(read::<Answer>(&mut pipe).expect("the end"), None);
    }

    #[test]
    fn a_broken_message_is_an_error_and_takes_no_memory() {
        let (answer, samples) = spoken();
        let mut whole = Vec::new();
        write(&mut whole, 7, (&answer, &samples)).expect("it fits");
        for cut in 1..whole.len() {
            assert!(read::<Answer>(&mut &whole[..cut]).is_err(), "cut at {cut}");
        }
        let huge = [[VERSION].as_slice(), &[0xff; 16]].concat();
        let other_version = [[VERSION + 1].as_slice(), &whole[1..]].concat();
        let head = [[VERSION].as_slice(), &[0; 8], &[1, 0, 0, 0, 0, 0, 0, 0]].concat();
        let no_json = [head.as_slice(), b"{"].concat();
        for broken in [huge, other_version, no_json] {
            assert!(read::<Answer>(&mut broken.as_slice()).is_err());
        }
    }
}
