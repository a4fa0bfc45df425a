//! Packed audio: frames of MP3 by themselves, with the time at which they are to be played.
//!
//! Frames hold all of their own bits, so a stream may be cut before any of them.
//!
//! Sources: RFC 8216, 3.4 (the tag and its owner's name); ID3 tag version 2.4.0, 3.1 and 4.27.

use std::ops::Range;

use super::Mp3;
use super::id3::seven_bits_a_byte;

/// The owner of the tag by which players of HLS know the time.
const OWNER: &[u8] = b"com.apple.streaming.transportStreamTimestamp\0";
/// Ticks a second of MPEG-2's clock.
const CLOCK: u128 = 90_000;
/// The clock has 33 bits.
const CLOCK_BITS: u128 = (1 << 33) - 1;

impl Mp3 {
    /// Returns the samples of a frame, of which every segment's length is a multiple.
    #[must_use]
    pub fn frame_samples(&self) -> u64 {
        self.layout.samples as u64
    }

    /// Returns where frames lie in the bytes of a segment.
    #[must_use]
    pub fn bytes_of_frames(&self, frames: &Range<u64>) -> Range<u64> {
        let dropped = self.dropped() as u64;
        let begin = self.layout.bytes(dropped);
        let place = |frame: u64| self.layout.bytes(dropped + frame) - begin;
        place(frames.start)..place(frames.end)
    }

    /// Returns the tag that says when the frames after it are played: so many samples after the
    /// beginning.
    #[must_use]
    pub fn timestamp(&self, samples: u64) -> Vec<u8> {
        let ticks = (u128::from(samples) * CLOCK / u128::from(self.layout.rate)) & CLOCK_BITS;
        let ticks = u64::try_from(ticks).expect("33 bits");
        let body = [OWNER, &ticks.to_be_bytes()].concat();
        let frame = [b"PRIV", &seven_bits_a_byte(body.len())[..], &[0, 0], &body].concat();
        [b"ID3\x04\0\0", &seven_bits_a_byte(frame.len())[..], &frame].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::{Encoder, Length};
    use crate::model::{DataUse, Pcm};

    #[test]
    fn the_time_is_told_in_ticks_of_the_clock_and_turns_over_with_it() {
        let mp3 = Mp3::new(22_050, DataUse::Usual).expect("a rate of MP3");
        let ticks = |samples| {
            let tag = mp3.timestamp(samples);
            let last = tag.last_chunk::<8>().expect("a tag with a time");
            u64::from_be_bytes(*last)
        };
        assert_eq!(ticks(0), 0);
        assert_eq!(ticks(22_050), 90_000);
        assert_eq!(ticks(576), 2_351);
        assert_eq!(
            ticks(22_050 * ((1 << 33) / 90_000 + 1)),
            90_000 - (1 << 33) % 90_000
        );
        assert_eq!(mp3.timestamp(0).len(), 10 + 10 + 45 + 8);
    }

    #[test]
    fn a_segment_can_be_cut_before_every_frame() {
        let mp3 = Mp3::new(22_050, DataUse::Usual).expect("a rate of MP3");
        let pcm = Pcm {
            rate: 22_050,
            samples: (0..30_000i32)
                .map(|n| i16::try_from(n % 3_000).unwrap())
                .collect(),
        };
        let encoded = mp3.segment(&pcm).expect("a segment");
        let frames = mp3.padded(Length::of(&pcm)) / mp3.frame_samples();
        for frame in 0..frames {
            let at = mp3.bytes_of_frames(&(frame..frame + 1));
            let at = usize::try_from(at.start).unwrap();
            assert_eq!(encoded.bytes[at..][..2], [0xff, 0xf3], "frame {frame}");
        }
        let all = mp3.bytes_of_frames(&(0..frames));
        assert_eq!(all, 0..encoded.bytes.len() as u64);
    }
}
