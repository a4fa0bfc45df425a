//! MPEG audio layer III: 48 or 32 kbit/s, constant, mono, frames that can be joined.
//!
//! A segment is a whole number of frames, and its sound begins with its first frame. An encoder and a
//! decoder together delay sound by 576 + 529 samples; with 47 zeros before it, that is a whole number
//! of frames (two of MPEG-2's 576 samples, one of MPEG-1's 1,152), which are dropped. The bit
//! reservoir is off, so that each frame holds all of its own bits and can follow any other.
//!
//! What a frame overlaps with is the frame before it, which after a join is another segment's last.
//! Both are silent there: voices begin and end their sound with more than a frame of silence.
//!
//! Every segment has an encoder of its own: LAME's analysis remembers what it has heard, and the same
//! sentence must give the same bytes whatever came before it.
//!
//! Sources: ISO/IEC 11172-3 and 13818-3; LAME's technical FAQ on delays.

mod frame;
mod id3;
mod lame;
mod packed;

use crate::model::{DataUse, Format, Pcm};

use super::chapter::Chapters;
use super::resample::resampled_length;
use super::{Container, Encoded, Encoder, Error, Extent, Length, Tags, at_rate};
use frame::Layout;

/// Samples by which LAME's encoder (`ENCDELAY`) and every decoder (528 + 1) delay the sound.
const CODEC_DELAY: usize = 576 + 529;

/// Encodes to MP3 at one rate.
#[derive(Clone, Copy, Debug)]
pub struct Mp3 {
    layout: Layout,
}

impl Mp3 {
    /// Takes the rate: 16, 22.05, 24, 32, 44.1 or 48 kHz.
    ///
    /// # Errors
    /// Where the rate is another.
    pub fn new(rate: u32, data: DataUse) -> Result<Self, Error> {
        let layout = Layout::at(rate, data).ok_or(Error::Rate {
            format: Format::Mp3,
            rate,
        })?;
        Ok(Self { layout })
    }

    /// Returns the zeros that stand before the sound for the encoder.
    fn lead(&self) -> usize {
        CODEC_DELAY.next_multiple_of(self.layout.samples) - CODEC_DELAY
    }

    /// Returns the frames before the one with which the sound begins.
    fn dropped(&self) -> usize {
        (self.lead() + CODEC_DELAY) / self.layout.samples
    }

    fn frames(&self, samples: u64) -> u64 {
        samples.div_ceil(self.layout.samples as u64)
    }
}

impl Container for Mp3 {
    fn header(&self, tags: &Tags, segments: Option<&[Extent]>) -> Vec<u8> {
        // Each frame of sound has a header of its own.
        id3::tag(tags, &Chapters::of(tags, segments, self.layout.rate))
    }
}

impl Encoder for Mp3 {
    fn recipe(&self) -> String {
        format!("mp3-{}-{}-1", self.layout.rate, self.layout.bit_rate)
    }

    fn rate(&self) -> u32 {
        self.layout.rate
    }

    fn padded(&self, sound: Length) -> u64 {
        let samples = resampled_length(sound.samples, sound.rate, self.layout.rate);
        self.frames(samples) * self.layout.samples as u64
    }

    fn size(&self, padded: u64) -> Option<u64> {
        let dropped = self.dropped() as u64;
        let all = self.layout.bytes(dropped + self.frames(padded));
        Some(all - self.layout.bytes(dropped))
    }

    fn segment(&self, pcm: &Pcm) -> Result<Encoded, Error> {
        let sound = at_rate(pcm, self.layout.rate);
        let frames = sound.len().div_ceil(self.layout.samples);
        if frames == 0 {
            return Ok(Encoded::default());
        }
        let stream = lame::encode(&self.laid_out(&sound, frames), &self.layout)?;
        let bytes = self.layout.cut(&stream, self.dropped(), frames);
        Ok(Encoded {
            bytes: bytes.ok_or_else(|| Error::Failed("LAME gave broken frames".into()))?,
            samples: (frames * self.layout.samples) as u64,
        })
    }
}

impl Mp3 {
    /// Puts the sound between the zeros that make it start and end on a frame.
    fn laid_out(&self, sound: &[i16], frames: usize) -> Vec<i16> {
        let all = (self.dropped() + frames + 1) * self.layout.samples;
        let mut laid_out = vec![0; all];
        laid_out[self.lead()..][..sound.len()].copy_from_slice(sound);
        laid_out
    }
}

#[cfg(test)]
mod tests;
