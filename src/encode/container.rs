//! What stands around the segments of a stream.

use std::borrow::Cow;

use super::Extent;

/// What a file says of itself to players and libraries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// The title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it was published: what libraries of music call the album.
    pub site: Option<String>,
    /// When it was published: ISO 8601, a day or a year alone too.
    pub date: Option<String>,
    /// Its chapters, in order; none rather than one.
    pub chapters: Vec<Chapter>,
    /// Is Loa's icon its cover?
    pub has_cover: bool,
}

/// A part of a sound that listeners can go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// The segment it begins with, from 0.
    pub segment: usize,
    /// Its title.
    pub title: String,
}

/// Where in a stream a segment begins. The first segment's is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Samples before it.
    pub samples: u64,
    /// Bytes before it, those of the header not counted.
    pub bytes: u64,
    /// Pages before it, in containers that number theirs.
    pub pages: u32,
}

/// Joins encoded segments to a stream or a file.
pub trait Container: Send + Sync {
    /// Returns what stands before the first segment. `segments` are all that will follow, where they
    /// are known; the header has the same length with them and without, but only with them tells
    /// when chapters begin.
    fn header(&self, tags: &Tags, segments: Option<&[Extent]>) -> Vec<u8>;

    /// Returns where the segment after this one begins.
    fn after(&self, at: Position, segment: Extent) -> Position {
        Position {
            samples: at.samples + segment.samples,
            bytes: at.bytes + segment.bytes,
            pages: at.pages,
        }
    }

    /// Returns the bytes of an encoded segment as they stand in the stream: as many as lie between
    /// `at` and the position [`after`](Self::after) it.
    fn wrap<'a>(&self, _at: Position, encoded: &'a [u8]) -> Cow<'a, [u8]> {
        Cow::Borrowed(encoded)
    }

    /// Returns what stands after the last of these segments.
    fn trailer(&self, _tags: &Tags, _segments: &[Extent]) -> Vec<u8> {
        Vec::new()
    }
}

/// Returns the position of each segment, and at last the end's.
pub(super) fn positions(
    container: &(impl Container + ?Sized),
    segments: &[Extent],
) -> Vec<Position> {
    let mut at = Position::default();
    let mut all = vec![at];
    all.extend(segments.iter().map(|segment| {
        at = container.after(at, *segment);
        at
    }));
    all
}
