use super::*;
use crate::encode::{Encoder, Muxer, Opus, Whole};
use crate::model::Pcm;

/// Reads a name, which keeps its length mark.
fn name(bytes: &mut &[u8]) -> u32 {
    let length = bytes[0].leading_zeros() as usize + 1;
    let (name, rest) = bytes.split_at(length);
    *bytes = rest;
    name.iter()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// Reads a size, which does not.
fn read_size(bytes: &mut &[u8]) -> u64 {
    let length = bytes[0].leading_zeros() + 1;
    let (size, rest) = bytes.split_at(length as usize);
    *bytes = rest;
    let all = size
        .iter()
        .fold(0, |number, byte| number << 8 | u64::from(*byte));
    all & ((1 << (7 * length)) - 1)
}

/// Reads elements that stand behind one another.
fn elements(mut bytes: &[u8]) -> Vec<(u32, &[u8])> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let name = name(&mut bytes);
        let size = usize::try_from(read_size(&mut bytes)).expect("small");
        let (content, rest) = bytes.split_at(size);
        bytes = rest;
        all.push((name, content));
    }
    all
}

fn number(content: &[u8]) -> u64 {
    content
        .iter()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Returns the content of the one element of that name.
#[track_caller]
fn the<'a>(all: &[(u32, &'a [u8])], name: u32) -> &'a [u8] {
    let found: Vec<_> = all.iter().filter(|(id, _)| *id == name).collect();
    assert_eq!(found.len(), 1, "{name:x}");
    found[0].1
}

/// Returns a file, its segment element's content, and its length in samples.
fn file(data: DataUse) -> (Vec<u8>, u64) {
    let (opus, webm) = (Opus::new(data), WebM::new(data));
    let mut muxer = Muxer::new(&webm, Tags::default());
    let (mut body, mut extents) = (Vec::new(), Vec::new());
    for milliseconds in [2_500, 0, 12_300, 60u32] {
        let pcm = Pcm {
            rate: 24_000,
            samples: (0..24 * milliseconds)
                .map(|n| (n * 7 % 2_003) as i16)
                .collect(),
        };
        let encoded = opus.segment(&pcm).expect("it is encoded");
        body.extend_from_slice(&muxer.push(encoded.samples, &encoded.bytes));
        extents.push(Extent {
            samples: encoded.samples,
            bytes: encoded.bytes.len() as u64,
        });
    }
    let whole = [muxer.final_header(), body, muxer.trailer()].concat();
    let laid_out = Whole::new(&webm, &Tags::default(), &extents);
    assert_eq!(laid_out.len(), whole.len() as u64);
    (whole, extents.iter().map(|extent| extent.samples).sum())
}

#[test]
fn blocks_follow_one_another_without_a_gap() {
    for data in [DataUse::Usual, DataUse::Saver] {
        let (whole, samples) = file(data);
        let outer = elements(&whole);
        let inner = elements(the(&outer, id::SEGMENT));
        let packing = Packing::of(data);
        let mut expected = 0;
        for (_, cluster) in inner.iter().filter(|(name, _)| *name == id::CLUSTER) {
            let parts = elements(cluster);
            let begin = number(the(&parts, id::TIME));
            assert_eq!(begin, expected, "a cluster begins where the last ended");
            for (_, block) in parts.iter().filter(|(name, _)| *name == id::SIMPLE_BLOCK) {
                assert_eq!((block[0], block[3]), (TRACK, KEY));
                assert_eq!(begin + number(&block[1..3]), expected);
                assert_eq!(block.len(), 4 + packing.bytes);
                expected += u64::from(packing.milliseconds);
            }
            assert!(expected - begin <= u64::from(CLUSTER_MS));
        }
        assert_eq!(expected, samples / 48);
        let info = elements(the(&inner, id::INFO));
        let duration = the(&info, id::DURATION).try_into().expect("eight bytes");
        assert_eq!(f64::from_be_bytes(duration), expected as f64);
    }
}

#[test]
fn the_index_points_at_clusters_and_is_found() {
    let (whole, _) = file(DataUse::Usual);
    let outer = elements(&whole);
    let segment = the(&outer, id::SEGMENT);
    let inner = elements(segment);
    let seek = elements(the(&inner, id::SEEK_HEAD));
    let seek = elements(the(&seek, id::SEEK));
    let cues = usize::try_from(number(the(&seek, id::SEEK_POSITION))).expect("small");
    assert_eq!(segment[cues..cues + 4], id::CUES.to_be_bytes());
    let cues = elements(the(&inner, id::CUES));
    let clusters = inner
        .iter()
        .filter(|(name, _)| *name == id::CLUSTER)
        .count();
    assert_eq!(cues.len(), clusters);
    for (_, cue) in cues {
        let cue = elements(cue);
        let place = elements(the(&cue, id::CUE_PLACE));
        let at = usize::try_from(number(the(&place, id::CUE_CLUSTER))).expect("small");
        let mut found = &segment[at..];
        assert_eq!(name(&mut found), id::CLUSTER);
        let size = usize::try_from(read_size(&mut found)).expect("small");
        let time = number(the(&elements(&found[..size]), id::TIME));
        assert_eq!(time, number(the(&cue, id::CUE_TIME)));
    }
}

#[test]
fn while_the_length_is_unknown_nothing_claims_to_know_it() {
    let header = WebM::new(DataUse::Usual).header(&Tags::default(), None);
    let kind = kind().len();
    assert_eq!(
        header[kind + 4..kind + 12],
        [1, 255, 255, 255, 255, 255, 255, 255]
    );
    let inner = elements(&header[kind + 12..]);
    assert!(inner.iter().all(|(name, _)| *name != id::SEEK_HEAD));
    let info = elements(the(&inner, id::INFO));
    assert!(info.iter().all(|(name, _)| *name != id::DURATION));
}
