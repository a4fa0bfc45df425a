//! Samples without a header: 16-bit mono, little-endian, at 24 kHz, as OpenAI's `pcm`.

use super::{Container, Extent, Tags};

/// Samples a second; nothing in the sound tells them.
pub(super) const RATE: u32 = 24_000;

/// Joins samples to nothing but samples.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raw;

impl Container for Raw {
    fn header(&self, _tags: &Tags, _segments: Option<&[Extent]>) -> Vec<u8> {
        Vec::new()
    }
}
