//! Ogg: Opus packets in numbered, checked pages of at most a second.
//!
//! Every segment begins a page, so that pages are a matter of one segment and of its place: their
//! number, length and granule position (samples so far) follow from the position alone. The last page
//! holds a packet of silence that its granule position cuts off again, so that no segment need know
//! whether it is the last; the first holds one that the pre-skip cuts off, since players take a stream
//! with nothing to skip for a broken one.
//!
//! Sources: RFC 3533, 6 (pages); RFC 7845, 3 to 5 (Opus in Ogg).

use std::borrow::Cow;

use crc::{Crc, Table};

use super::chapter::Chapters;
use super::comment::comments;
use super::cover::{base64, picture};
use super::opus::{Packing, RATE};
use super::{Container, Extent, Position, Tags};
use crate::model::DataUse;

/// Ogg's checksum: the polynomial of Ethernet, but the highest bit first and nothing inverted.
const CHECKSUM: crc::Algorithm<u32> = crc::Algorithm {
    width: 32,
    poly: 0x04c1_1db7,
    init: 0,
    refin: false,
    refout: false,
    xorout: 0,
    check: 0x89a1_897f,
    residue: 0,
};
static CRC: Crc<u32, Table<16>> = Crc::<u32, Table<16>>::new(&CHECKSUM);

/// Bytes of a page before the lengths of its packets, and where in them the checksum stands.
const HEAD_BYTES: usize = 27;
const CHECKSUM_AT: usize = 22;
/// Milliseconds of a page: RFC 7845 asks for a second at most.
const PAGE_MS: u32 = 1_000;
/// Pages of the header.
const HEADER_PAGES: u32 = 3;
/// A packet of 20 ms of silence, as CELT writes it (RFC 6716, 3.1 and 4.3), and its samples.
const SILENCE: [u8; 3] = [0xf8, 0xff, 0xfe];
const SILENCE_SAMPLES: u16 = 960;
/// The stream's number: any will do where a file has one stream.
const SERIAL: u32 = 0x006c_6f61;
/// Flags of the first and the last page.
const FIRST: u8 = 2;
const LAST: u8 = 4;

/// Joins Opus segments to an Ogg stream.
#[derive(Clone, Copy, Debug)]
pub struct Ogg {
    packing: Packing,
}

impl Ogg {
    /// Takes how much a listener's data may be used.
    #[must_use]
    pub fn new(data: DataUse) -> Self {
        Self {
            packing: Packing::of(data),
        }
    }

    fn page_packets(self) -> usize {
        (PAGE_MS / self.packing.milliseconds) as usize
    }

    fn pages(self, packets: u64) -> u64 {
        packets.div_ceil(self.page_packets() as u64)
    }
}

impl Container for Ogg {
    fn header(&self, tags: &Tags, segments: Option<&[Extent]>) -> Vec<u8> {
        let about = about(tags, &Chapters::of(tags, segments, RATE));
        let mut header = Vec::new();
        write_page(&mut header, FIRST, 0, 0, &[&opus_head(SILENCE_SAMPLES)]);
        write_page(&mut header, 0, 0, 1, &[&about]);
        write_page(&mut header, 0, granule(0), 2, &[&SILENCE]);
        header
    }

    fn after(&self, at: Position, segment: Extent) -> Position {
        let packets = segment.bytes / self.packing.bytes as u64;
        let pages = self.pages(packets);
        let lacing = packets; // a length a packet, since all are below 255 bytes
        Position {
            samples: at.samples + segment.samples,
            bytes: at.bytes + segment.bytes + lacing + pages * HEAD_BYTES as u64,
            pages: at.pages + u32::try_from(pages).unwrap_or(u32::MAX),
        }
    }

    fn wrap<'a>(&self, at: Position, encoded: &'a [u8]) -> Cow<'a, [u8]> {
        let mut out = Vec::with_capacity(encoded.len() + encoded.len() / 16);
        let mut samples = at.samples;
        let pages = encoded.chunks(self.packing.bytes * self.page_packets());
        for (page, number) in pages.zip(HEADER_PAGES + at.pages..) {
            let packets: Vec<&[u8]> = page.chunks(self.packing.bytes).collect();
            samples += packets.len() as u64 * self.packing.samples();
            write_page(&mut out, 0, granule(samples), number, &packets);
        }
        Cow::Owned(out)
    }

    fn trailer(&self, _tags: &Tags, segments: &[Extent]) -> Vec<u8> {
        let end = segments
            .iter()
            .fold(Position::default(), |at, segment| self.after(at, *segment));
        let mut out = Vec::new();
        let number = HEADER_PAGES + end.pages;
        write_page(&mut out, LAST, granule(end.samples), number, &[&SILENCE]);
        out
    }
}

/// Returns the granule position after so many samples of the sound.
fn granule(samples: u64) -> u64 {
    u64::from(SILENCE_SAMPLES) + samples
}

/// Returns the comment header (RFC 7845, 5.2); zeros behind the comments are padding.
fn about(tags: &Tags, chapters: &Chapters<'_>) -> Vec<u8> {
    let cover = tags.has_cover.then(|| base64(&picture()));
    let cover = cover.map(|picture| format!("METADATA_BLOCK_PICTURE={picture}"));
    let mut further: Vec<String> = cover.into_iter().collect();
    let unlisted = further.len();
    further.extend(chapters.comments());
    let room = comments(tags, &further).len();
    if !chapters.are_timed {
        further.truncate(unlisted);
    }
    let mut said = comments(tags, &further);
    said.resize(room, 0);
    [b"OpusTags", &said[..]].concat()
}

/// Returns the identification header (RFC 7845, 5.1); WebM has it too.
pub(super) fn opus_head(skipped: u16) -> Vec<u8> {
    let mut head = b"OpusHead".to_vec();
    head.push(1); // version
    head.push(1); // channels
    head.extend(skipped.to_le_bytes());
    head.extend(RATE.to_le_bytes()); // the rate of what was encoded, for information only
    head.extend(0i16.to_le_bytes()); // gain
    head.push(0); // channel mapping: mono
    head
}

fn write_page(out: &mut Vec<u8>, flags: u8, granule: u64, number: u32, packets: &[&[u8]]) {
    let begin = out.len();
    out.extend(b"OggS");
    out.extend([0, flags]);
    out.extend(granule.to_le_bytes());
    out.extend(SERIAL.to_le_bytes());
    out.extend(number.to_le_bytes());
    out.extend([0; 4]); // the checksum's place
    let lengths: Vec<u8> = packets
        .iter()
        .flat_map(|packet| lacing(packet.len()))
        .collect();
    out.push(
        u8::try_from(lengths.len()).expect("a page holds 255 lengths, and no packet is large"),
    );
    out.extend(lengths);
    packets
        .iter()
        .for_each(|packet| out.extend_from_slice(packet));
    let checksum = CRC.checksum(&out[begin..]);
    out[begin + CHECKSUM_AT..][..4].copy_from_slice(&checksum.to_le_bytes());
}

/// Writes a length as Ogg does: so many times 255, and the rest.
fn lacing(length: usize) -> impl Iterator<Item = u8> {
    let rest = u8::try_from(length % 255).expect("below 255");
    std::iter::repeat_n(255, length / 255).chain([rest])
}

#[cfg(test)]
mod tests;
