//! Makes samples into files and streams that can be joined.
//!
//! It takes two steps. An [`Encoder`] makes each utterance, by itself, into bytes that know nothing of
//! where they will stand: so a sentence is encoded once, and a listener may begin at any of them. A
//! [`Container`] then puts such segments behind one another, in any order and number, with what the
//! format wants around them: page numbers, times, checksums. That costs next to nothing, needs no
//! other segment, and its sizes follow from the segments' lengths alone, so that [`Whole`] can say of
//! any range of bytes which segments it touches. For MP3 and WAV the second step adds nothing.
//!
//! The same samples always give the same bytes, on every machine.

mod chapter;
mod comment;
mod container;
mod cover;
mod flac;
mod level;
mod mp3;
mod muxer;
mod ogg;
mod opus;
mod raw;
mod resample;
mod wav;
mod webm;
mod whole;

use std::borrow::Cow;

use crate::model::{DataUse, Format, Pcm, Segment};

pub use container::{Chapter, Container, Position, Tags};
pub use flac::Flac;
pub use level::leveled;
pub use mp3::Mp3;
pub use muxer::Muxer;
pub use ogg::Ogg;
pub use opus::Opus;
pub use wav::Wav;
pub use webm::WebM;
pub use whole::{Piece, Whole};

/// A length of sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Samples.
    pub samples: u64,
    /// Samples a second.
    pub rate: u32,
}

impl Length {
    /// Measures a sound.
    #[must_use]
    pub fn of(pcm: &Pcm) -> Self {
        Self {
            samples: pcm.samples.len() as u64,
            rate: pcm.rate,
        }
    }
}

/// An utterance's sound, encoded; a [`Container`] puts it into a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Encoded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The exact length in samples at the encoder's rate, padding included.
    pub samples: u64,
}

/// What a segment measures: all that a container must know of it to place the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Its length in samples at the encoder's rate.
    pub samples: u64,
    /// Its bytes, as encoded.
    pub bytes: u64,
}

impl From<&Segment> for Extent {
    fn from(segment: &Segment) -> Self {
        Self {
            samples: segment.samples,
            bytes: segment.bytes.len() as u64,
        }
    }
}

/// What can go wrong in encoding.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The encoder does not take this rate.
    #[error("{format:?} cannot hold {rate} samples a second")]
    Rate {
        /// The format.
        format: Format,
        /// The rate.
        rate: u32,
    },
    /// The encoder failed.
    #[error("the encoder failed: {0}")]
    Failed(String),
}

/// Encodes utterance by utterance.
pub trait Encoder: Send + Sync {
    /// Names all that the bytes depend on besides the sound; it is part of a segment's key.
    fn recipe(&self) -> String;
    /// Returns the samples a second in which the lengths of segments are counted.
    fn rate(&self) -> u32;
    /// Returns how many samples a segment has that is made of such a sound: padded to the frame.
    fn padded(&self, sound: Length) -> u64;
    /// Returns how many bytes a segment of so many padded samples has, before it is encoded, or `None`
    /// where that depends on the sound.
    fn size(&self, padded: u64) -> Option<u64>;
    /// Encodes one utterance, pause included, of any rate.
    ///
    /// Joins are inaudible where the sound begins and ends with 30 ms of silence, as voices give it.
    ///
    /// # Errors
    /// Where the encoder fails.
    fn segment(&self, pcm: &Pcm) -> Result<Encoded, Error>;
}

/// Returns the encoder for a format, for sound that mostly has this rate.
///
/// # Errors
/// Where the format cannot hold the rate.
pub fn encoder(format: Format, data: DataUse, rate: u32) -> Result<Box<dyn Encoder>, Error> {
    Ok(match format {
        Format::Mp3 => Box::new(Mp3::new(rate, data)?),
        Format::Opus | Format::WebM => Box::new(Opus::new(data)),
        Format::Flac => Box::new(Flac::new(rate)?),
        Format::Wav => Box::new(Wav::new(rate)?),
        Format::Pcm => Box::new(Wav::new(raw::RATE)?),
    })
}

/// Returns the container in which the segments of [`encoder`] for the same arguments are joined.
///
/// # Errors
/// Where the format cannot hold the rate.
pub fn container(format: Format, data: DataUse, rate: u32) -> Result<Box<dyn Container>, Error> {
    Ok(match format {
        Format::Mp3 => Box::new(Mp3::new(rate, data)?),
        Format::Opus => Box::new(Ogg::new(data)),
        Format::WebM => Box::new(WebM::new(data)),
        Format::Flac => Box::new(Flac::new(rate)?),
        Format::Wav => Box::new(Wav::new(rate)?),
        Format::Pcm => Box::new(raw::Raw),
    })
}

/// Returns a sound's samples at a rate.
fn at_rate(pcm: &Pcm, rate: u32) -> Cow<'_, [i16]> {
    if pcm.rate == rate || pcm.rate == 0 {
        return Cow::Borrowed(&pcm.samples);
    }
    Cow::Owned(resample::Resampler::new(pcm.rate, rate).run(&pcm.samples))
}

#[cfg(test)]
mod tests;
