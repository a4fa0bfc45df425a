//! A file of known segments: how long it is, and what any range of its bytes is made of.
//!
//! Nothing need be encoded for that, where the encoder knows its sizes beforehand.

use std::ops::Range;

use super::container::positions;
use super::{Container, Extent, Position, Tags};

/// A file of known segments.
#[derive(Clone, Debug)]
pub struct Whole {
    header: Vec<u8>,
    /// Where each segment begins, and at last where the last ends.
    positions: Vec<Position>,
    trailer: Vec<u8>,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Bytes that stand around the segments.
    Bytes(&'a [u8]),
    /// A part of a segment.
    Segment {
        /// Which segment it is.
        index: usize,
        /// Where it begins, for [`Container::wrap`].
        at: Position,
        /// Which of its wrapped bytes.
        range: Range<usize>,
    },
}

impl Whole {
    /// Lays out a file.
    #[must_use]
    pub fn new(container: &dyn Container, tags: &Tags, segments: &[Extent]) -> Self {
        Self {
            header: container.header(tags, Some(segments)),
            positions: positions(container, segments),
            trailer: container.trailer(tags, segments),
        }
    }

    /// Returns what stands before the first segment.
    #[must_use]
    pub fn header(&self) -> &[u8] {
        &self.header
    }

    /// Returns the file's bytes.
    #[must_use]
    #[expect(
        clippy::len_without_is_empty,
        reason = "a file is never empty of meaning"
    )]
    pub fn len(&self) -> u64 {
        self.begin_of_trailer() + self.trailer.len() as u64
    }

    /// Returns what a range of bytes is made of, in order; what lies outside the file is left out.
    #[must_use]
    pub fn pieces(&self, range: Range<u64>) -> Vec<Piece<'_>> {
        let head = common(&range, 0, self.header.len() as u64);
        let tail = common(&range, self.begin_of_trailer(), self.len());
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        pieces.extend(head.map(|part| Piece::Bytes(&self.header[part])));
        pieces.extend(self.touched(&range));
        pieces.extend(tail.map(|part| Piece::Bytes(&self.trailer[part])));
        pieces
    }

    fn touched(&self, range: &Range<u64>) -> impl Iterator<Item = Piece<'_>> {
        let header = self.header.len() as u64;
        let begun = |at: &Position| header + at.bytes <= range.start;
        let first = self.positions.partition_point(begun).saturating_sub(1);
        let pairs = self.positions.windows(2).enumerate().skip(first);
        let range = range.clone();
        pairs
            .map_while(move |(index, pair)| {
                let (begin, end) = (header + pair[0].bytes, header + pair[1].bytes);
                (begin < range.end).then(|| (index, pair[0], common(&range, begin, end)))
            })
            .filter_map(|(index, at, part)| {
                let range = part?;
                Some(Piece::Segment { index, at, range })
            })
    }

    fn begin_of_trailer(&self) -> u64 {
        let end = self.positions.last().map_or(0, |end| end.bytes);
        self.header.len() as u64 + end
    }
}

/// Returns what of `begin..end` lies in a range, counted from `begin`.
fn common(range: &Range<u64>, begin: u64, end: u64) -> Option<Range<usize>> {
    let (from, to) = (range.start.max(begin), range.end.min(end));
    let place = |at: u64| usize::try_from(at - begin).ok();
    (from < to)
        .then(|| Some(place(from)?..place(to)?))
        .flatten()
}
