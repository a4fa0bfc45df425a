//! FLAC: the voice's samples as they are, in about half of their bytes.
//!
//! A segment is a whole number of frames of 1,152 samples, each without its header, which holds the
//! frame's number in the stream: the container writes that and the two checksums around it. A frame's
//! sound is predicted by fixed polynomials, which takes whole numbers only and so gives the same bytes
//! on every machine; the finer predictors that FLAC knows are left to those
//! who count bytes, and they take Opus.
//!
//! In an encoded segment each frame's body follows its length (16 bits, little-endian).
//!
//! Source: RFC 9639.

mod bits;
mod subframe;

use std::borrow::Cow;

use crc::{CRC_8_SMBUS, CRC_16_UMTS, Crc, Table};

use super::chapter::Chapters;
use super::comment::comments;
use super::cover::picture;
use super::resample::resampled_length;
use super::{Container, Encoded, Encoder, Error, Extent, Length, Position, Tags, at_rate};
use crate::model::{Format, Pcm};

/// Samples of a frame: at a voice's rates, as little silence at a segment's end as MP3 adds.
const BLOCK: u16 = 1_152;
/// How a header says so.
const BLOCK_CODE: u8 = 0b0011;
/// Channel and sample size in a header: mono, 16 bits.
const MONO_16: u8 = 0b0000_1000;
/// Two bytes before each body of an encoded segment, and as many behind it in a stream.
const LENGTH_BYTES: usize = 2;
/// Bytes of a frame's header besides its number, the header's checksum included.
const HEAD_BYTES: u64 = 5;
/// Bytes before what a block of the stream's header holds.
const BLOCK_HEAD_BYTES: usize = 4;
/// Rates that sound devices and players know.
const RATES: std::ops::RangeInclusive<u32> = 8_000..=192_000;
/// How a header names a rate (RFC 9639, 9.1.2); any other is the one that the stream's head states.
const RATE_CODES: [(u32, u8); 11] = [
    (88_200, 1),
    (176_400, 2),
    (192_000, 3),
    (8_000, 4),
    (16_000, 5),
    (22_050, 6),
    (24_000, 7),
    (32_000, 8),
    (44_100, 9),
    (48_000, 10),
    (96_000, 11),
];

static CRC_8: Crc<u8> = Crc::<u8>::new(&CRC_8_SMBUS);
static CRC_16: Crc<u16, Table<16>> = Crc::<u16, Table<16>>::new(&CRC_16_UMTS);

/// Encodes to FLAC at one rate, and joins what it has encoded.
#[derive(Clone, Copy, Debug)]
pub struct Flac {
    rate: u32,
}

impl Flac {
    /// Takes the rate, 8 to 192 kHz.
    ///
    /// # Errors
    /// Where the rate is another.
    pub fn new(rate: u32) -> Result<Self, Error> {
        if RATES.contains(&rate) {
            return Ok(Self { rate });
        }
        Err(Error::Rate {
            format: Format::Flac,
            rate,
        })
    }

    /// Returns a frame's header.
    fn head(self, number: u64) -> Vec<u8> {
        let known = RATE_CODES.iter().find(|(rate, _)| *rate == self.rate);
        let rate = known.map_or(0, |(_, code)| *code);
        let mut head = vec![0xff, 0xf8, BLOCK_CODE << 4 | rate, MONO_16];
        head.extend(coded(number));
        head.push(CRC_8.checksum(&head));
        head
    }

    /// Returns the stream's head (RFC 9639, 8.2), which says 0 where it does not know.
    fn stream_info(self, samples: u64) -> Vec<u8> {
        let mut info = [BLOCK.to_be_bytes(), BLOCK.to_be_bytes()].concat();
        info.extend([0; 6]); // the least and the largest frame's bytes
        let channels_and_bits = u64::from(16u8 - 1) << 36; // one channel is written 0
        let samples = if samples >> 36 == 0 { samples } else { 0 };
        let packed = u64::from(self.rate) << 44 | channels_and_bits | samples;
        info.extend(packed.to_be_bytes());
        info.extend([0; 16]); // no MD5 of the samples
        info
    }
}

impl Encoder for Flac {
    fn recipe(&self) -> String {
        format!("flac-{}-1", self.rate)
    }

    fn rate(&self) -> u32 {
        self.rate
    }

    fn padded(&self, sound: Length) -> u64 {
        resampled_length(sound.samples, sound.rate, self.rate).next_multiple_of(BLOCK.into())
    }

    fn size(&self, _padded: u64) -> Option<u64> {
        None
    }

    fn segment(&self, pcm: &Pcm) -> Result<Encoded, Error> {
        let mut encoded = Encoded::default();
        let mut block = [0; BLOCK as usize];
        for sound in at_rate(pcm, self.rate).chunks(block.len()) {
            block[..sound.len()].copy_from_slice(sound);
            block[sound.len()..].fill(0);
            let body = subframe::encode(&block);
            let length = u16::try_from(body.len()).expect("a block has 2,305 bytes at most");
            encoded.bytes.extend(length.to_le_bytes());
            encoded.bytes.extend(body);
            encoded.samples += u64::from(BLOCK);
        }
        Ok(encoded)
    }
}

impl Container for Flac {
    fn header(&self, tags: &Tags, segments: Option<&[Extent]>) -> Vec<u8> {
        let samples = segments.map_or(0, |all| all.iter().map(|one| one.samples).sum());
        let mut blocks = vec![(Kind::StreamInfo, self.stream_info(samples))];
        blocks.extend(about(tags, &Chapters::of(tags, segments, self.rate)));
        if tags.has_cover {
            blocks.push((Kind::Picture, picture()));
        }
        let last = blocks.len() - 1;
        let blocks = blocks.into_iter().enumerate();
        let blocks = blocks.map(|(at, (kind, bytes))| block(kind, at == last, &bytes));
        [b"fLaC".to_vec(), blocks.collect::<Vec<_>>().concat()].concat()
    }

    fn after(&self, at: Position, segment: Extent) -> Position {
        let first = at.samples / u64::from(BLOCK);
        let next = (at.samples + segment.samples) / u64::from(BLOCK);
        let added = numbers_bytes(next) - numbers_bytes(first) + (next - first) * HEAD_BYTES;
        Position {
            samples: at.samples + segment.samples,
            bytes: at.bytes + segment.bytes + added, // for the length of a body comes its checksum
            pages: at.pages,
        }
    }

    fn wrap<'a>(&self, at: Position, encoded: &'a [u8]) -> Cow<'a, [u8]> {
        let mut out = Vec::with_capacity(encoded.len() + encoded.len() / 16);
        let numbers = at.samples / u64::from(BLOCK)..;
        for (body, number) in bodies(encoded).zip(numbers) {
            let begin = out.len();
            out.extend(self.head(number));
            out.extend_from_slice(body);
            let checksum = CRC_16.checksum(&out[begin..]);
            out.extend(checksum.to_be_bytes());
        }
        Cow::Owned(out)
    }
}

/// Walks the frames' bodies in an encoded segment.
fn bodies(mut encoded: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (length, rest) = encoded.split_first_chunk::<LENGTH_BYTES>()?;
        let (body, rest) = rest.split_at_checked(u16::from_le_bytes(*length).into())?;
        encoded = rest;
        Some(body)
    })
}

/// What a block of the header holds, as it is numbered (RFC 9639, 8.1).
#[derive(Clone, Copy)]
enum Kind {
    StreamInfo = 0,
    Padding = 1,
    Comment = 4,
    Picture = 6,
}

/// Returns the comments, and padding for the chapters whose times are not known yet.
fn about(tags: &Tags, chapters: &Chapters<'_>) -> Vec<(Kind, Vec<u8>)> {
    let listed = comments(tags, &chapters.comments());
    if chapters.are_timed || chapters.each.is_empty() {
        return vec![(Kind::Comment, listed)];
    }
    let unlisted = comments(tags, &[]);
    // A chapter takes more than the head of another block.
    let padding = vec![0; listed.len() - unlisted.len() - BLOCK_HEAD_BYTES];
    vec![(Kind::Comment, unlisted), (Kind::Padding, padding)]
}

fn block(kind: Kind, last: bool, bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).expect("some kilobytes at most");
    let head = u32::from(kind as u8 | u8::from(last) << 7) << 24 | length;
    [&head.to_be_bytes(), bytes].concat()
}

/// The first numbers that take so many bytes: UTF-8's lengths, carried on to 36 bits (RFC 9639, 9.1.5).
const LONGER_FROM: [u64; 6] = [0x80, 0x800, 0x1_0000, 0x20_0000, 0x400_0000, 0x8000_0000];

/// Returns the bytes of all numbers below one.
fn numbers_bytes(end: u64) -> u64 {
    end + LONGER_FROM
        .iter()
        .map(|first| end.saturating_sub(*first))
        .sum::<u64>()
}

/// Writes a number as UTF-8 writes code points.
fn coded(number: u64) -> Vec<u8> {
    let more = LONGER_FROM.iter().filter(|first| number >= **first).count();
    let low = |shift: usize| u8::try_from(number >> (6 * shift) & 0x3f).expect("six bits");
    if more == 0 {
        return vec![u8::try_from(number).expect("seven bits")];
    }
    let mark = !(0xffu16 >> (more + 1)) as u8;
    let first = mark | u8::try_from(number >> (6 * more)).expect("the few highest bits");
    std::iter::once(first)
        .chain((0..more).rev().map(|shift| 0x80 | low(shift)))
        .collect()
}

#[cfg(test)]
mod tests;
