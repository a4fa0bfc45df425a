//! The frames of a constant stream: where each begins, how long it is.
//!
//! Source: ISO/IEC 11172-3 and 13818-3, 2.4.1.3 (header) and 2.4.3.1 (slots and padding).

use crate::model::DataUse;

/// Bytes of a frame's header.
const HEADER_BYTES: usize = 4;

/// What all frames of a stream at one rate have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Samples a second.
    pub(super) rate: u32,
    /// Samples a frame.
    pub(super) samples: usize,
    /// Bits a second.
    pub(super) bit_rate: u64,
    /// The first three bytes of every header, but for the padding bit.
    head: [u8; 3],
}

/// Sync, version, layer III, no checksum; then the bit rate and the rate, as the tables number them.
const LAYOUTS: [Layout; 12] = [
    layout(16_000, 576, 48_000, 0xf3, 6, 2),
    layout(22_050, 576, 48_000, 0xf3, 6, 0),
    layout(24_000, 576, 48_000, 0xf3, 6, 1),
    layout(32_000, 1_152, 48_000, 0xfb, 3, 2),
    layout(44_100, 1_152, 48_000, 0xfb, 3, 0),
    layout(48_000, 1_152, 48_000, 0xfb, 3, 1),
    layout(16_000, 576, 32_000, 0xf3, 4, 2),
    layout(22_050, 576, 32_000, 0xf3, 4, 0),
    layout(24_000, 576, 32_000, 0xf3, 4, 1),
    layout(32_000, 1_152, 32_000, 0xfb, 1, 2),
    layout(44_100, 1_152, 32_000, 0xfb, 1, 0),
    layout(48_000, 1_152, 32_000, 0xfb, 1, 1),
];

const fn layout(
    rate: u32,
    samples: usize,
    bit_rate: u64,
    version: u8,
    bit_rate_index: u8,
    rate_index: u8,
) -> Layout {
    Layout {
        rate,
        samples,
        bit_rate,
        head: [0xff, version, bit_rate_index << 4 | rate_index << 2],
    }
}

/// The bit of a header's third byte that says that the frame is one byte longer.
const PADDING: u8 = 0b10;

impl Layout {
    /// Returns the layout at a rate, where MPEG-1 or MPEG-2 has it.
    pub(super) fn at(rate: u32, data: DataUse) -> Option<Self> {
        let bit_rate = match data {
            DataUse::Usual => 48_000,
            DataUse::Saver => 32_000,
        };
        let mut all = LAYOUTS.into_iter();
        all.find(|layout| (layout.rate, layout.bit_rate) == (rate, bit_rate))
    }

    /// Returns the bytes of a stream's first frames. Where a frame has no whole number of bytes, LAME
    /// begins with a short one and makes up for it as soon as more than a byte is owed.
    pub(super) fn bytes(&self, frames: u64) -> u64 {
        let rate = u64::from(self.rate);
        let owed = self.exact() % rate;
        frames * (self.exact() / rate) + (frames.saturating_sub(1) * owed).div_ceil(rate)
    }

    /// Returns the bytes of frames number `first` and following, or `None` where the stream has not
    /// so many whole frames.
    pub(super) fn cut(&self, stream: &[u8], first: usize, frames: usize) -> Option<Vec<u8>> {
        let from = self.skip(stream, first)?;
        let to = self.skip(from, frames)?;
        Some(from[..from.len() - to.len()].to_vec())
    }

    fn skip<'a>(&self, mut stream: &'a [u8], frames: usize) -> Option<&'a [u8]> {
        for _ in 0..frames {
            stream = stream.get(self.length(stream)?..)?;
        }
        Some(stream)
    }

    /// Returns the length of the frame with which a stream begins, where it does.
    pub(super) fn length(&self, stream: &[u8]) -> Option<usize> {
        let header = stream.first_chunk::<HEADER_BYTES>()?;
        let [sync, version, rates, _] = *header;
        if [sync, version, rates & !(PADDING | 1)] != self.head {
            return None;
        }
        let whole = usize::try_from(self.exact() / u64::from(self.rate)).ok()?;
        Some(whole + usize::from(rates & PADDING != 0))
    }

    /// Returns the bytes of a frame times the rate.
    fn exact(&self) -> u64 {
        self.samples as u64 / 8 * self.bit_rate
    }
}
