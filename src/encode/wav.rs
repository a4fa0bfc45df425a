//! RIFF WAVE: 16-bit mono samples behind a header of 44 bytes.
//!
//! The header states the length. Where it is not known yet, both of its length fields hold the
//! largest number, which players (ffmpeg, sox, browsers) take for "until the end"; so do all sounds
//! of 4 GiB and more, for which RIFF has no number.
//!
//! Source: Multimedia Programming Interface and Data Specifications 1.0 (IBM, Microsoft, 1991).

use crate::model::{Format, Pcm};

use super::resample::resampled_length;
use super::{Container, Encoded, Encoder, Error, Extent, Length, Tags, at_rate};

/// Bytes of a sample.
const SAMPLE_BYTES: u64 = 2;
/// Bytes of the header, of which RIFF's own length field counts all but the first eight.
const HEADER_BYTES: u64 = 44;
/// The length field of a sound whose length is not known.
const UNKNOWN: u32 = u32::MAX;
/// Rates that sound devices and players know.
const RATES: std::ops::RangeInclusive<u32> = 8_000..=192_000;

/// Encodes to WAV at one rate.
#[derive(Clone, Copy, Debug)]
pub struct Wav {
    rate: u32,
}

impl Wav {
    /// Takes the rate, 8 to 192 kHz.
    ///
    /// # Errors
    /// Where the rate is another.
    pub fn new(rate: u32) -> Result<Self, Error> {
        if RATES.contains(&rate) {
            return Ok(Self { rate });
        }
        Err(Error::Rate {
            format: Format::Wav,
            rate,
        })
    }
}

impl Container for Wav {
    fn header(&self, _tags: &Tags, segments: Option<&[Extent]>) -> Vec<u8> {
        let (file, data) = lengths(segments.and_then(total));
        let mut header = Vec::with_capacity(44);
        header.extend(b"RIFF");
        header.extend(file.to_le_bytes());
        header.extend(b"WAVEfmt ");
        header.extend(16u32.to_le_bytes()); // bytes of the format chunk
        header.extend(1u16.to_le_bytes()); // PCM
        header.extend(1u16.to_le_bytes()); // channels
        header.extend(self.rate.to_le_bytes());
        header.extend((self.rate * 2).to_le_bytes()); // bytes a second
        header.extend(2u16.to_le_bytes()); // bytes a sample of all channels
        header.extend(16u16.to_le_bytes()); // bits a sample
        header.extend(b"data");
        header.extend(data.to_le_bytes());
        header
    }
}

impl Encoder for Wav {
    fn recipe(&self) -> String {
        format!("wav-{}-1", self.rate)
    }

    fn rate(&self) -> u32 {
        self.rate
    }

    fn padded(&self, sound: Length) -> u64 {
        resampled_length(sound.samples, sound.rate, self.rate)
    }

    fn size(&self, padded: u64) -> Option<u64> {
        Some(padded * SAMPLE_BYTES)
    }

    fn segment(&self, pcm: &Pcm) -> Result<Encoded, Error> {
        let samples = at_rate(pcm, self.rate);
        let mut bytes = vec![0; samples.len() * 2];
        for (pair, sample) in bytes.chunks_exact_mut(2).zip(samples.iter()) {
            pair.copy_from_slice(&sample.to_le_bytes());
        }
        Ok(Encoded {
            bytes,
            samples: samples.len() as u64,
        })
    }
}

/// Returns the samples of all segments, where there is a number for them.
fn total(segments: &[Extent]) -> Option<u64> {
    let mut each = segments.iter().map(|segment| segment.samples);
    each.try_fold(0u64, u64::checked_add)
}

/// Returns the two length fields: RIFF's and the data chunk's.
fn lengths(samples: Option<u64>) -> (u32, u32) {
    let known = samples.and_then(|samples| {
        let data = samples.checked_mul(SAMPLE_BYTES)?;
        let file = u32::try_from(data.checked_add(HEADER_BYTES - 8)?).ok()?;
        Some((file, u32::try_from(data).ok()?))
    });
    known.unwrap_or((UNKNOWN, UNKNOWN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(header: &[u8], at: usize) -> u32 {
        u32::from_le_bytes(header[at..at + 4].try_into().expect("four bytes"))
    }

    #[test]
    fn a_header_states_the_length_where_it_is_known() {
        let wav = Wav::new(22_050).expect("a usual rate");
        for (samples, file, data) in [
            (Some(0), 36, 0),
            (Some(1_000), 2_036, 2_000),
            (Some(u64::from(u32::MAX / 2)), UNKNOWN, UNKNOWN),
            (Some(u64::MAX), UNKNOWN, UNKNOWN),
            (None, UNKNOWN, UNKNOWN),
        ] {
            let all = samples.map(|samples| vec![Extent { samples, bytes: 0 }]);
            let header = wav.header(&Tags::default(), all.as_deref());
            assert_eq!(header.len() as u64, HEADER_BYTES);
            assert_eq!((word(&header, 4), word(&header, 40)), (file, data));
            assert_eq!(word(&header, 24), 22_050);
            assert_eq!(word(&header, 28), 44_100);
        }
    }

    #[test]
    fn samples_are_kept_as_they_are() {
        let wav = Wav::new(16_000).expect("a usual rate");
        let sound = Pcm {
            rate: 16_000,
            samples: vec![0, 1, -1, i16::MAX, i16::MIN],
        };
        let encoded = wav.segment(&sound).expect("the same rate");
        assert_eq!(encoded.bytes, [0, 0, 1, 0, 255, 255, 255, 127, 0, 128]);
        assert_eq!(wav.size(encoded.samples), Some(encoded.bytes.len() as u64));
    }

    #[test]
    fn other_rates_are_refused() {
        assert!(Wav::new(0).is_err() && Wav::new(7_999).is_err() && Wav::new(384_000).is_err());
    }
}
