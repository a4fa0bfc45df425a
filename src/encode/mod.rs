//! Makes samples into files and streams that can be joined.
//!
//! Each utterance is encoded by itself, into bytes that hold for themselves: whatever segments follow
//! one another behind one header are a file. So a sentence is encoded once, and a listener may begin
//! at any of them. The same samples always give the same bytes.

mod mp3;
mod wav;

use crate::model::{Format, Pcm};

pub use mp3::Mp3;
pub use wav::Wav;

/// Changes whenever the bytes that an encoder gives change; it is part of a segment's key.
pub const VERSION: &str = "1";

/// An utterance's sound, encoded; joining the bytes of successive ones behind one header is a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Encoded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The exact length in samples, padding included.
    pub samples: u64,
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
    /// Returns what stands before the first segment; `samples` is the length of all, where known.
    fn header(&self, samples: Option<u64>) -> Vec<u8>;
    /// Returns how many samples a segment has that is made of so many: padded to the frame.
    fn padded(&self, samples: u64) -> u64;
    /// Returns how many bytes a segment has that is made of so many samples, before it is encoded.
    fn size(&self, samples: u64) -> u64;
    /// Encodes one utterance, pause included.
    ///
    /// Joins are inaudible where the sound begins and ends with 30 ms of silence, as voices give it.
    ///
    /// # Errors
    /// Where the sound has not the encoder's rate, or the encoder fails.
    fn segment(&self, pcm: &Pcm) -> Result<Encoded, Error>;
}

/// Returns the encoder for a format at a rate.
///
/// # Errors
/// Where the format cannot hold the rate.
pub fn encoder(format: Format, rate: u32) -> Result<Box<dyn Encoder>, Error> {
    Ok(match format {
        Format::Mp3 => Box::new(Mp3::new(rate)?),
        Format::Wav => Box::new(Wav::new(rate)?),
    })
}

/// Passes sound on that has the encoder's rate.
fn at_rate(pcm: &Pcm, format: Format, rate: u32) -> Result<&[i16], Error> {
    if pcm.rate == rate {
        Ok(&pcm.samples)
    } else {
        Err(Error::Rate {
            format,
            rate: pcm.rate,
        })
    }
}
