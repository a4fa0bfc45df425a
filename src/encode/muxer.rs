//! Writes a stream from its beginning to its end, segment by segment.

use std::borrow::Cow;
use std::ops::Deref;

use super::{Container, Extent, Position, Tags};

/// A stream that is being written.
pub struct Muxer<C> {
    container: C,
    tags: Tags,
    at: Position,
    segments: Vec<Extent>,
}

impl<C: Deref<Target: Container>> Muxer<C> {
    /// Begins a stream.
    pub fn new(container: C, tags: Tags) -> Self {
        Self {
            container,
            tags,
            at: Position::default(),
            segments: Vec::new(),
        }
    }

    /// Returns what stands before the first segment while nobody knows what will follow.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        self.container.header(&self.tags, None)
    }

    /// Returns the next segment's bytes, as they stand in the stream.
    pub fn push<'a>(&mut self, samples: u64, encoded: &'a [u8]) -> Cow<'a, [u8]> {
        let bytes = encoded.len() as u64;
        let wrapped = self.container.wrap(self.at, encoded);
        let extent = Extent { samples, bytes };
        self.at = self.container.after(self.at, extent);
        self.segments.push(extent);
        wrapped
    }

    /// Returns what stands after the last segment.
    #[must_use]
    pub fn trailer(&self) -> Vec<u8> {
        self.container.trailer(&self.tags, &self.segments)
    }

    /// Returns the header of the whole stream, which is as long as the first and may take its place.
    #[must_use]
    pub fn final_header(&self) -> Vec<u8> {
        self.container.header(&self.tags, Some(&self.segments))
    }
}
