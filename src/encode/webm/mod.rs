//! WebM: Opus packets as blocks in clusters of one segment, 5 s at most.
//!
//! All times are whole milliseconds, since packets are, and all sizes have a fixed width, so that a
//! cluster's length is a matter of its packets alone. The index (cues) stands at the end; the header
//! points to it where the whole is known, and leaves its place empty while it is not.
//!
//! Sources: RFC 8794 (EBML); RFC 9559 (Matroska); WebM Container Guidelines; Matroska's Opus mapping.

mod about;
mod ebml;

use std::borrow::Cow;

use super::chapter::Chapters;
use super::comment::VENDOR;
use super::container::positions;
use super::ogg::opus_head;
use super::opus::{Packing, RATE};
use super::{Container, Extent, Position, Tags};
use crate::model::DataUse;
use about::{attached, listed, said};
use ebml::{element, id, real, text, uint, void, wide_size};

/// Milliseconds of a cluster.
const CLUSTER_MS: u32 = 5_000;
/// Bytes of a cluster before its blocks: its name and size, its time.
const CLUSTER_HEAD: usize = 4 + 8 + 10;
/// Bytes of a block before its packet: its name and size, track, time and flags.
const BLOCK_HEAD: usize = 2 + 4;
/// The one track, as blocks write it.
const TRACK: u8 = 0x81;
/// The flag of a block that can be played without those before it.
const KEY: u8 = 0x80;
/// What a player decodes before the place it seeks, in nanoseconds (RFC 7845, 4.6).
const PRE_ROLL: u64 = 80_000_000;
/// A size that says "until the end".
const UNKNOWN: u64 = (1 << 56) - 1;

/// Joins Opus segments to a WebM stream.
#[derive(Clone, Copy, Debug)]
pub struct WebM {
    packing: Packing,
}

impl WebM {
    /// Takes how much a listener's data may be used.
    #[must_use]
    pub fn new(data: DataUse) -> Self {
        Self {
            packing: Packing::of(data),
        }
    }

    fn cluster_packets(self) -> u64 {
        u64::from(CLUSTER_MS / self.packing.milliseconds)
    }

    fn cluster_bytes(self, packets: u64) -> u64 {
        CLUSTER_HEAD as u64 + packets * (BLOCK_HEAD + self.packing.bytes) as u64
    }

    fn packets(self, segment: Extent) -> u64 {
        segment.bytes / self.packing.bytes as u64
    }

    /// Returns where each cluster of these segments begins.
    fn clusters(self, segments: &[Extent]) -> Vec<Position> {
        let begins = positions(&self, segments);
        let pairs = begins.into_iter().zip(segments);
        let within = pairs.flat_map(|(at, segment)| {
            let count = self.packets(*segment).div_ceil(self.cluster_packets());
            (0..count).map(move |n| Position {
                samples: at.samples + n * self.cluster_packets() * self.packing.samples(),
                bytes: at.bytes + n * self.cluster_bytes(self.cluster_packets()),
                pages: at.pages,
            })
        });
        within.collect()
    }

    /// Returns what stands in the segment element before the first cluster.
    fn front(self, tags: &Tags, segments: Option<&[Extent]>) -> Vec<u8> {
        let about = |index| {
            [
                seek(index),
                info(tags, segments.map(duration)),
                tracks(),
                listed(&Chapters::of(tags, segments, RATE)),
                attached(tags),
                said(tags),
            ]
            .concat()
        };
        let length = about(None).len() as u64;
        let end = segments.map(|all| positions(&self, all).last().map_or(0, |end| end.bytes));
        about(end.map(|end| length + end))
    }
}

impl Container for WebM {
    fn header(&self, tags: &Tags, segments: Option<&[Extent]>) -> Vec<u8> {
        let front = self.front(tags, segments);
        let size = segments.map_or(UNKNOWN, |all| {
            let clusters = positions(self, all).last().map_or(0, |end| end.bytes);
            front.len() as u64 + clusters + self.trailer(tags, all).len() as u64
        });
        [kind(), id(id::SEGMENT), wide_size(size), front].concat()
    }

    fn after(&self, at: Position, segment: Extent) -> Position {
        let packets = self.packets(segment);
        let (whole, rest) = (
            packets / self.cluster_packets(),
            packets % self.cluster_packets(),
        );
        let rest = if rest == 0 {
            0
        } else {
            self.cluster_bytes(rest)
        };
        Position {
            samples: at.samples + segment.samples,
            bytes: at.bytes + whole * self.cluster_bytes(self.cluster_packets()) + rest,
            pages: at.pages,
        }
    }

    fn wrap<'a>(&self, at: Position, encoded: &'a [u8]) -> Cow<'a, [u8]> {
        let mut out = Vec::with_capacity(encoded.len() + encoded.len() / 8);
        let mut at = at.samples;
        for packets in encoded.chunks(self.packing.bytes * self.cluster_packets() as usize) {
            write_cluster(&mut out, milliseconds(at), packets, &self.packing);
            at += (packets.len() / self.packing.bytes) as u64 * self.packing.samples();
        }
        Cow::Owned(out)
    }

    fn trailer(&self, tags: &Tags, segments: &[Extent]) -> Vec<u8> {
        let front = self.front(tags, None).len() as u64;
        let cues = self.clusters(segments).into_iter().map(|at| {
            let place = [
                uint(id::CUE_TRACK, 1),
                uint(id::CUE_CLUSTER, front + at.bytes),
            ];
            let time = uint(id::CUE_TIME, milliseconds(at.samples));
            element(
                id::CUE_POINT,
                &[time, element(id::CUE_PLACE, &place.concat())].concat(),
            )
        });
        element(id::CUES, &cues.collect::<Vec<_>>().concat())
    }
}

fn write_cluster(out: &mut Vec<u8>, time: u64, packets: &[u8], packing: &Packing) {
    let time = uint(id::TIME, time);
    let blocks = packets.len() / packing.bytes * (BLOCK_HEAD + packing.bytes);
    out.extend(id(id::CLUSTER));
    out.extend(wide_size((time.len() + blocks) as u64));
    out.extend(time);
    let size = u8::try_from(packing.bytes + 4).expect("packets are small") | 0x80;
    for (packet, at) in packets.chunks(packing.bytes).zip(0u16..) {
        let milliseconds = at * packing.milliseconds as u16;
        out.extend([id::SIMPLE_BLOCK as u8, size, TRACK]);
        out.extend(milliseconds.to_be_bytes());
        out.push(KEY);
        out.extend_from_slice(packet);
    }
}

/// Says that this is WebM.
fn kind() -> Vec<u8> {
    let said = [
        uint(id::EBML_VERSION, 1),
        uint(id::EBML_READ_VERSION, 1),
        uint(id::EBML_MAX_ID, 4),
        uint(id::EBML_MAX_SIZE, 8),
        text(id::DOC_TYPE, "webm"),
        uint(id::DOC_VERSION, 4),
        uint(id::DOC_READ_VERSION, 2),
    ];
    element(id::EBML, &said.concat())
}

/// Says where the index is, or leaves the place for it.
fn seek(index: Option<u64>) -> Vec<u8> {
    let entry = [
        element(id::SEEK_ID, &id(id::CUES)),
        uint(id::SEEK_POSITION, index.unwrap_or_default()),
    ];
    let seek = element(id::SEEK_HEAD, &element(id::SEEK, &entry.concat()));
    match index {
        Some(_) => seek,
        None => void(seek.len()),
    }
}

fn info(tags: &Tags, duration: Option<f64>) -> Vec<u8> {
    let length = real(id::DURATION, duration.unwrap_or_default());
    let known = [
        uint(id::TIME_SCALE, 1_000_000), // nanoseconds of the unit of time
        text(id::MUXER, VENDOR),
        text(id::WRITER, VENDOR),
        tags.title.as_deref().map_or_else(Vec::new, |title| {
            text(id::TITLE, super::comment::beginning(title))
        }),
        match duration {
            Some(_) => length,
            None => void(length.len()),
        },
    ];
    element(id::INFO, &known.concat())
}

fn tracks() -> Vec<u8> {
    let audio = [real(id::RATE, f64::from(RATE)), uint(id::CHANNELS, 1)];
    let track = [
        uint(id::TRACK_NUMBER, 1),
        uint(id::TRACK_UID, 1),
        uint(id::TRACK_TYPE, 2), // audio
        uint(id::LACING, 0),
        text(id::LANGUAGE, "und"),
        text(id::CODEC, "A_OPUS"),
        element(id::CODEC_PRIVATE, &opus_head(0)),
        uint(id::CODEC_DELAY, 0),
        uint(id::SEEK_PRE_ROLL, PRE_ROLL),
        element(id::AUDIO, &audio.concat()),
    ];
    element(id::TRACKS, &element(id::TRACK_ENTRY, &track.concat()))
}

fn milliseconds(samples: u64) -> u64 {
    samples / u64::from(RATE / 1_000)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "exact for the next 285,000 years"
)]
fn duration(segments: &[Extent]) -> f64 {
    milliseconds(segments.iter().map(|segment| segment.samples).sum()) as f64
}

#[cfg(test)]
mod tests;
