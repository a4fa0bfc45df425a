//! Opus: packets of a constant size, 24 kbit/s, or 12 kbit/s where data are dear.
//!
//! A segment is a whole number of packets, and its sound begins with its first packet. An encoder
//! delays sound by 6.5 ms; it is given the sound without its first 6.5 ms, which are silent (voices
//! begin with 30 ms of silence), so that what a decoder gives stands where it stood before. So no
//! sample is to be skipped anywhere: the pre-skip is zero, and a stream is as long as its packets.
//!
//! Every segment has an encoder of its own, whose first packet leans on nothing. A decoder that comes
//! from another segment's silent end differs from a fresh one in nothing that sounds.
//!
//! The encoder computes with whole numbers, so that the same sound gives the same packets on every
//! machine. It does so below complexity 7; from there on it weighs music against speech in floating
//! point numbers, which is nothing that speech gains from.
//!
//! At so few bits a decoder's peaks can rise over the sound's own by several decibels, if seldom. So
//! each segment is decoded again, and where it rises too high, the sound is turned down and encoded
//! anew; and where a noise is heard that nobody made, it is encoded in another manner.
//!
//! Sources: RFC 6716; RFC 7845, 4 and 5.1 (pre-skip).

mod burst;

use ropus::{Application, Bitrate, Channels, DecodeMode, Decoder, FrameDuration, Signal};

use super::level::turn_down;
use super::resample::resampled_length;
use super::{Encoded, Encoder, Error, Length, at_rate};
use crate::model::{DataUse, Pcm};
use burst::bursts;

/// Samples a second that the encoder is given: what eSpeak NG and Piper say ends at 11 kHz.
const ENCODER_RATE: u32 = 24_000;
/// Samples a second in which Opus counts, whatever rate the encoder was given.
pub(super) const RATE: u32 = 48_000;
/// Samples by which the encoder delays the sound, at its own rate.
const DELAY: usize = 156;

/// How the encoder goes to work.
#[derive(Clone, Copy, Debug)]
struct Manner {
    complexity: u8,
    signal: Signal,
}

/// The manners in the order in which they are tried. Speech at 24 kbit/s differs from the original by
/// -15.8 dB at complexity 5, by -16.3 dB at 10, which takes twice the time, and by -12.6 dB at 0, which
/// takes half of it. What is taken for music is encoded without a model of the voice, which is worse
/// at so few bits but fails at no voice.
const MANNERS: [Manner; 3] = [
    manner(5, Signal::Voice),
    manner(0, Signal::Voice),
    manner(5, Signal::Music),
];

const fn manner(complexity: u8, signal: Signal) -> Manner {
    Manner { complexity, signal }
}

/// The highest that a decoder may go: -1.6 dB of full scale, and so -1 dB between samples too.
const CEILING: i16 = 27_255;
/// How high it is aimed at where it went higher.
const AIM: f64 = 23_000.0;
/// Times that a sound is encoded anew at most.
const TRIES: usize = 6;

/// The shape of all packets of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Packing {
    /// Bytes of a packet.
    pub(super) bytes: usize,
    /// Milliseconds of a packet.
    pub(super) milliseconds: u32,
    bit_rate: u32,
    duration: FrameDuration,
}

/// The usual packets. At 24 kbit/s Opus keeps all of a voice's band.
const USUAL: Packing = packing(24_000, 20, FrameDuration::Ms20);
/// Packets for those who pay by the byte. What a container needs a packet is paid a third as often.
const SAVER: Packing = packing(12_000, 60, FrameDuration::Ms60);

const fn packing(bit_rate: u32, milliseconds: u32, duration: FrameDuration) -> Packing {
    Packing {
        bytes: (bit_rate * milliseconds / 8_000) as usize,
        milliseconds,
        bit_rate,
        duration,
    }
}

impl Packing {
    /// Returns the packing for a listener.
    pub(super) fn of(data: DataUse) -> Self {
        match data {
            DataUse::Usual => USUAL,
            DataUse::Saver => SAVER,
        }
    }

    /// Returns the samples of a packet, as Opus counts them.
    pub(super) fn samples(&self) -> u64 {
        u64::from(RATE / 1_000 * self.milliseconds)
    }

    fn encoder_samples(&self) -> usize {
        (ENCODER_RATE / 1_000 * self.milliseconds) as usize
    }
}

/// Encodes to Opus packets, one behind the other.
#[derive(Clone, Debug)]
pub struct Opus {
    packing: Packing,
}

impl Opus {
    /// Takes how much a listener's data may be used.
    #[must_use]
    pub fn new(data: DataUse) -> Self {
        Self {
            packing: Packing::of(data),
        }
    }

    /// Cuts the encoder's delay from the sound's silent beginning and fills up its last packet.
    fn laid_out(&self, pcm: &Pcm) -> Vec<i16> {
        let sound = at_rate(pcm, ENCODER_RATE);
        let whole = sound.len().next_multiple_of(self.packing.encoder_samples());
        let mut laid_out = sound.get(DELAY..).unwrap_or_default().to_vec();
        laid_out.resize(whole, 0);
        laid_out
    }

    fn packets(&self, sound: &[i16], manner: Manner) -> Result<Vec<u8>, Error> {
        let mut encoder = self.fresh(manner)?;
        let mut bytes = Vec::new();
        let mut packet = vec![0; self.packing.bytes];
        for sound in sound.chunks_exact(self.packing.encoder_samples()) {
            match encoder.encode(sound, &mut packet).map_err(failed)? {
                length if length == packet.len() => bytes.extend_from_slice(&packet),
                length => return Err(Error::Failed(format!("a packet of {length} bytes"))),
            }
        }
        Ok(bytes)
    }

    fn decoded(&self, packets: &[u8]) -> Result<Vec<i16>, Error> {
        let mut decoder = Decoder::new(ENCODER_RATE, Channels::Mono).map_err(failed)?;
        let mut heard = Vec::new();
        let mut sound = vec![0; self.packing.encoder_samples()];
        for packet in packets.chunks(self.packing.bytes) {
            decoder
                .decode(packet, &mut sound, DecodeMode::Normal)
                .map_err(failed)?;
            heard.extend_from_slice(&sound);
        }
        Ok(heard)
    }

    fn fresh(&self, manner: Manner) -> Result<ropus::Encoder, Error> {
        ropus::Encoder::builder(ENCODER_RATE, Channels::Mono, Application::Audio)
            .bitrate(Bitrate::Bits(self.packing.bit_rate))
            .complexity(manner.complexity)
            .signal(manner.signal)
            .vbr(false)
            .frame_duration(self.packing.duration)
            .build()
            .map_err(failed)
    }
}

impl Encoder for Opus {
    fn recipe(&self) -> String {
        format!("opus-{}-2", self.packing.bit_rate)
    }

    fn rate(&self) -> u32 {
        RATE
    }

    fn padded(&self, sound: Length) -> u64 {
        let samples = resampled_length(sound.samples, sound.rate, ENCODER_RATE);
        samples.div_ceil(self.packing.encoder_samples() as u64) * self.packing.samples()
    }

    fn size(&self, padded: u64) -> Option<u64> {
        Some(padded / self.packing.samples() * self.packing.bytes as u64)
    }

    fn segment(&self, pcm: &Pcm) -> Result<Encoded, Error> {
        let mut sound = self.laid_out(pcm);
        let [mut manner, others @ ..] = MANNERS;
        let mut others = others.into_iter();
        let mut bytes = self.packets(&sound, manner)?;
        for _ in 0..TRIES {
            let heard = self.decoded(&bytes)?;
            let other = bursts(&sound, heard.get(DELAY..).unwrap_or_default());
            if let Some(other) = other.then(|| others.next()).flatten() {
                manner = other;
            } else if let Some(peaks) = too_high(&heard) {
                turn_down(&mut sound, ENCODER_RATE, &peaks, AIM, 1.0);
            } else {
                break;
            }
            bytes = self.packets(&sound, manner)?;
        }
        Ok(Encoded {
            samples: (bytes.len() / self.packing.bytes) as u64 * self.packing.samples(),
            bytes,
        })
    }
}

/// Returns how high each sample goes, at its place in what the encoder was given, where any goes too
/// high.
fn too_high(heard: &[i16]) -> Option<Vec<f64>> {
    let high = |sample: &i16| sample.unsigned_abs() > CEILING.unsigned_abs();
    heard.iter().any(high).then(|| {
        let heights = heard.iter().skip(DELAY).map(|sample| sample.unsigned_abs());
        let behind = std::iter::repeat_n(0, DELAY.min(heard.len()));
        heights.chain(behind).map(f64::from).collect()
    })
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Failed(error.to_string())
}

#[cfg(test)]
mod tests;
