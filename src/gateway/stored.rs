//! Segments as a store keeps them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{Segment, WordTime};

/// A segment, written. Keys change with the version of what makes a segment, so this form may change
/// with the form's number in [`segment_key`](super::key::segment_key) alone.
#[derive(Serialize, Deserialize)]
struct Record<'a> {
    rate: u32,
    samples: u64,
    /// Each word's index and its first sample.
    words: Vec<(u32, u64)>,
    bytes: &'a [u8],
}

/// Writes a segment; `None` where it has more words than any utterance.
pub(super) fn written(segment: &Segment) -> Option<Vec<u8>> {
    let words = segment.words.iter();
    let record = Record {
        rate: segment.rate,
        samples: segment.samples,
        words: words
            .map(|at| Some((u32::try_from(at.word).ok()?, at.sample)))
            .collect::<Option<_>>()?,
        bytes: &segment.bytes,
    };
    postcard::to_stdvec(&record).ok()
}

/// Reads what [`written`] wrote; `None` where it is anything else.
pub(super) fn read(bytes: &[u8]) -> Option<Segment> {
    let record: Record<'_> = postcard::from_bytes(bytes).ok()?;
    let words = record.words.into_iter();
    Some(Segment {
        bytes: Arc::from(record.bytes),
        rate: record.rate,
        samples: record.samples,
        words: words
            .map(|(word, sample)| {
                let word = usize::try_from(word).ok()?;
                Some(WordTime { word, sample })
            })
            .collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_read_as_it_was_written() {
        let word = |word, sample| WordTime { word, sample };
        let segment = Segment {
            bytes: Arc::from([1, 2, 3].as_slice()),
            rate: 22_050,
            samples: 1152,
            words: vec![word(0, 0), word(3, 700)],
        };
        let written = written(&segment).expect("a segment of few words");
        assert_eq!(read(&written), Some(segment));
        assert_eq!(read(&written[..written.len() - 1]), None);
    }
}
