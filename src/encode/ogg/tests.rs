use super::*;
use crate::encode::Encoder;
use crate::encode::{Chapter, Muxer, Opus};
use crate::model::Pcm;

/// A page, as a reader finds it.
struct Page<'a> {
    flags: u8,
    granule: u64,
    number: u32,
    packets: Vec<&'a [u8]>,
}

/// Reckons the checksum as RFC 3533 tells it, bit by bit.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum: u32, byte| {
        let mixed = sum ^ u32::from(*byte) << 24;
        (0..8).fold(mixed, |sum, _| {
            sum << 1 ^ if sum >> 31 == 1 { 0x04c1_1db7 } else { 0 }
        })
    })
}

/// Reads all pages; each must be whole, checked, of this stream, and end with a packet's end.
#[track_caller]
fn pages(mut stream: &[u8]) -> Vec<Page<'_>> {
    let mut pages = Vec::new();
    while !stream.is_empty() {
        assert_eq!(&stream[..5], b"OggS\0");
        let lengths = &stream[27..][..stream[26].into()];
        let length = 27 + lengths.len() + lengths.iter().map(|l| usize::from(*l)).sum::<usize>();
        let mut blank = stream[..length].to_vec();
        blank[22..26].fill(0);
        assert_eq!(stream[22..26], checksum(&blank).to_le_bytes());
        assert_eq!(stream[14..18], SERIAL.to_le_bytes());
        let (mut packets, mut rest, mut packet) =
            (Vec::new(), &stream[27 + lengths.len()..length], 0);
        for length in lengths {
            packet += usize::from(*length);
            if *length < 255 {
                packets.push(&rest[..packet]);
                rest = &rest[packet..];
                packet = 0;
            }
        }
        assert!(rest.is_empty(), "a packet goes on");
        pages.push(Page {
            flags: stream[5],
            granule: u64::from_le_bytes(stream[6..14].try_into().expect("eight bytes")),
            number: u32::from_le_bytes(stream[18..22].try_into().expect("four bytes")),
            packets,
        });
        stream = &stream[length..];
    }
    pages
}

fn stream(data: DataUse, segments: &[u32]) -> (Vec<u8>, u64) {
    let (opus, ogg) = (Opus::new(data), Ogg::new(data));
    let mut muxer = Muxer::new(&ogg, Tags::default());
    let (mut bytes, mut samples) = (muxer.header(), 0);
    for milliseconds in segments {
        let pcm = Pcm {
            rate: 24_000,
            samples: (0..24 * milliseconds)
                .map(|n| (n * n % 2_003) as i16)
                .collect(),
        };
        let encoded = opus.segment(&pcm).expect("it is encoded");
        bytes.extend_from_slice(&muxer.push(encoded.samples, &encoded.bytes));
        samples += encoded.samples;
    }
    bytes.extend(muxer.trailer());
    (bytes, samples)
}

#[test]
fn pages_are_numbered_and_count_all_samples() {
    for data in [DataUse::Usual, DataUse::Saver] {
        let (bytes, samples) = stream(data, &[2_500, 0, 300, 60]);
        let pages = pages(&bytes);
        let mut counted = 0;
        for (page, number) in pages.iter().zip(0..) {
            assert_eq!(page.number, number);
            let last = number as usize + 1 == pages.len();
            assert_eq!(
                page.flags,
                if number == 0 {
                    2
                } else if last {
                    4
                } else {
                    0
                }
            );
            if number >= HEADER_PAGES && !last {
                let packing = Packing::of(data);
                assert!(
                    page.packets
                        .iter()
                        .all(|packet| packet.len() == packing.bytes)
                );
                counted += page.packets.len() as u64 * packing.samples();
                assert!(page.packets.len() as u64 * packing.samples() <= u64::from(RATE));
                assert_eq!(page.granule, counted + u64::from(SILENCE_SAMPLES));
            }
        }
        assert_eq!(counted, samples);
        let end = pages.last().expect("there are pages");
        assert_eq!(
            end.granule - u64::from(SILENCE_SAMPLES),
            samples,
            "what is skipped is not heard"
        );
    }
}

#[test]
fn the_header_is_of_one_page_a_packet() {
    let (bytes, _) = stream(DataUse::Usual, &[100]);
    let pages = pages(&bytes);
    let head = b"OpusHead\x01\x01\xc0\x03\x80\xbb\0\0\0\0\0";
    assert_eq!(pages[0].packets, [head]);
    assert_eq!(&pages[1].packets[0][..8], b"OpusTags");
    assert_eq!(
        (pages[0].granule, pages[1].granule, pages[2].granule),
        (0, 0, 960)
    );
}

#[test]
fn the_longest_tags_fit_into_their_page() {
    let long = Some("ễ".repeat(9_000));
    let tags = Tags {
        title: long.clone(),
        author: long.clone(),
        site: long.clone(),
        date: long.clone(),
        chapters: (0..500)
            .map(|segment| Chapter {
                segment,
                title: "ễ".repeat(500),
            })
            .collect(),
        has_cover: true,
    };
    let header = Ogg::new(DataUse::Usual).header(&tags, None);
    assert_eq!(pages(&header).len() as u32, HEADER_PAGES);
}
