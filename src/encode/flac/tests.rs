use super::*;
use crate::encode::Muxer;

/// Reads bits, the highest first.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn bits(&mut self, count: u32) -> u64 {
        (0..count).fold(0, |number, _| {
            let bit = self.bytes[self.at / 8] >> (7 - self.at % 8) & 1;
            self.at += 1;
            number << 1 | u64::from(bit)
        })
    }

    fn sample(&mut self) -> i64 {
        i64::from((self.bits(16) as u16).cast_signed())
    }

    fn rice(&mut self, parameter: u32) -> i64 {
        let mut high = 0;
        while self.bits(1) == 0 {
            high += 1;
        }
        let folded = high << parameter | self.bits(parameter);
        (folded >> 1) as i64 ^ -((folded & 1) as i64)
    }
}

/// Decodes a frame's body (RFC 9639, 9.2).
fn decoded(reader: &mut Reader<'_>) -> Vec<i64> {
    let length = usize::from(BLOCK);
    let kind = reader.bits(8) >> 1;
    match kind {
        0 => return vec![reader.sample(); length],
        1 => return (0..length).map(|_| reader.sample()).collect(),
        _ => {}
    }
    let order = (kind - 8) as usize;
    let mut samples: Vec<i64> = (0..order).map(|_| reader.sample()).collect();
    assert_eq!(reader.bits(2), 0);
    let parts = 1 << reader.bits(4);
    for part in 0..parts {
        let parameter = reader.bits(4) as u32;
        let skipped = if part == 0 { order } else { 0 };
        for _ in skipped..length / parts {
            let error = reader.rice(parameter);
            let weights: &[i64] = [&[][..], &[1], &[2, -1], &[3, -3, 1], &[4, -6, 4, -1]][order];
            let before = samples.iter().rev().zip(weights);
            let expected: i64 = before.map(|(sample, weight)| sample * weight).sum();
            samples.push(expected + error);
        }
    }
    samples
}

/// Reads a stream's frames, checks each, and returns the samples.
#[track_caller]
fn frames(mut stream: &[u8]) -> Vec<i64> {
    let mut samples = Vec::new();
    let mut number = 0;
    while !stream.is_empty() {
        assert_eq!(stream[..4], [0xff, 0xf8, 0x36, 0x08], "frame {number}");
        let coded = char::from_u32(number).expect("no surrogate").to_string();
        assert_eq!(&stream[4..4 + coded.len()], coded.as_bytes());
        let head = 4 + coded.len();
        assert_eq!(stream[head], crc(&stream[..head], 8, 0x07) as u8);
        let mut reader = Reader {
            bytes: &stream[head + 1..],
            at: 0,
        };
        samples.extend(decoded(&mut reader));
        let end = head + 1 + reader.at.div_ceil(8);
        assert_eq!(
            stream[end..end + 2],
            (crc(&stream[..end], 16, 0x8005) as u16).to_be_bytes()
        );
        stream = &stream[end + 2..];
        number += 1;
    }
    samples
}

fn crc(bytes: &[u8], width: u32, polynomial: u32) -> u32 {
    bytes.iter().fold(0, |sum: u32, byte| {
        let mixed = sum ^ u32::from(*byte) << (width - 8);
        (0..8).fold(mixed, |sum, _| {
            let shifted = sum << 1
                ^ if sum >> (width - 1) & 1 == 1 {
                    polynomial
                } else {
                    0
                };
            shifted & ((1 << width) - 1)
        })
    })
}

/// Encodes, joins, decodes: nothing may be lost.
#[track_caller]
fn check(sounds: &[Vec<i16>]) {
    let flac = Flac::new(22_050).expect("a usual rate");
    let mut muxer = Muxer::new(&flac, Tags::default());
    let (mut stream, mut expected) = (Vec::new(), Vec::new());
    for samples in sounds {
        let pcm = Pcm {
            rate: 22_050,
            samples: samples.clone(),
        };
        let encoded = flac.segment(&pcm).expect("it is encoded");
        stream.extend_from_slice(&muxer.push(encoded.samples, &encoded.bytes));
        expected.extend(samples.iter().map(|s| i64::from(*s)));
        expected.resize(expected.len().next_multiple_of(BLOCK.into()), 0);
    }
    assert!(frames(&stream) == expected);
}

/// Numbers that look like chance, the same each time.
fn noise(length: u32, height: u32) -> Vec<i16> {
    let mixed =
        (0..length).map(|n| (n.wrapping_mul(0x9e37_79b1) >> 7).wrapping_mul(0x85eb_ca6b) >> 12);
    mixed.map(|n| (n % height) as i16).collect()
}

#[test]
fn nothing_is_lost() {
    let ramp: Vec<i16> = (0..5_000).map(|n| (n % 3_000) as i16 - 1_500).collect();
    let swing: Vec<i16> = (0..5_000)
        .map(|n| if n % 2 == 0 { i16::MAX } else { i16::MIN })
        .collect();
    check(&[vec![], ramp, vec![7; 2_000], swing, noise(3_000, 100)]);
    check(&[noise(4_000, 65_536), vec![0; 1], vec![i16::MIN; 1_152]]);
}

#[test]
fn frames_are_numbered_past_one_byte_and_two() {
    check(&(0..9).map(|n| vec![n; 300_000]).collect::<Vec<_>>());
}

#[test]
fn numbers_take_as_many_bytes_as_they_say() {
    for end in [
        0, 1, 0x7f, 0x80, 0x81, 0x7ff, 0x800, 0x801, 0xffff, 0x1_0000, 0x1_0001,
    ] {
        let coded_bytes: usize = (0..end).map(|number| coded(number).len()).sum();
        assert_eq!(numbers_bytes(end), coded_bytes as u64, "{end}");
    }
    assert_eq!(
        coded(0xf_ffff_ffff),
        [0xfe, 0xbf, 0xbf, 0xbf, 0xbf, 0xbf, 0xbf]
    );
}

#[test]
fn the_head_states_rate_and_length() {
    let flac = Flac::new(22_050).expect("a usual rate");
    let all = [Extent {
        samples: 4_608,
        bytes: 1,
    }];
    let header = flac.header(&Tags::default(), Some(&all));
    assert_eq!(&header[..8], b"fLaC\0\0\0\x22");
    let packed = u64::from_be_bytes(header[18..26].try_into().expect("eight bytes"));
    assert_eq!(
        (packed >> 44, packed >> 41 & 7),
        (22_050, 0),
        "rate and mono"
    );
    assert_eq!(
        (packed >> 36 & 31, packed & ((1 << 36) - 1)),
        (15, 4_608),
        "bits and length"
    );
}
