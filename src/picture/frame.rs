//! How a JPEG's frame is written, by its head alone. Source: ITU-T T.81, B.1.1.3 and B.2.2.

/// Baseline, and extended sequential with Huffman's code: both are decoded row by row.
const SEQUENTIAL: [u8; 2] = [0xc0, 0xc1];
/// Markers of tables that share the frames' range: DHT, JPG and DAC.
const NO_FRAMES: [u8; 3] = [0xc4, 0xc8, 0xcc];
/// The marker behind which the frame's samples begin.
const SCAN: u8 = 0xda;

/// Is a JPEG plainly written row by row? Whatever is not, or does not keep to the letter of the standard up to
/// its frame, may be progressive.
pub(super) fn is_sequential(jpeg: &[u8]) -> bool {
    let mut left = jpeg.strip_prefix(&[0xff, 0xd8]).unwrap_or_default();
    loop {
        let (0xff, Some(marker)) = (left.first().copied().unwrap_or(0), left.get(1)) else {
            return false;
        };
        match *marker {
            SCAN => return false,
            0xff => left = &left[1..], // a filling byte
            frame @ 0xc0..=0xcf if !NO_FRAMES.contains(&frame) => {
                return SEQUENTIAL.contains(&frame);
            }
            _ => match after_segment(&left[2..]) {
                Some(next) => left = next,
                None => return false,
            },
        }
    }
}

/// Returns what comes after a segment that begins with its length.
fn after_segment(segment: &[u8]) -> Option<&[u8]> {
    let length = u16::from_be_bytes([*segment.first()?, *segment.get(1)?]);
    segment.get(usize::from(length.max(2))..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(segments: &[u8], expected: bool) {
        let jpeg = [&[0xff, 0xd8], segments].concat();
        assert_eq!(is_sequential(&jpeg), expected, "{segments:x?}");
    }

    #[test]
    fn only_a_plain_frame_is_sequential() {
        let tables = [0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc4, 0, 3, 9];
        let with = |end: &[u8]| [&tables[..], end].concat();
        check(&with(&[0xff, 0xc0, 0, 11]), true);
        check(&with(&[0xff, 0xff, 0xc1, 0, 11]), true);
        check(&with(&[0xff, 0xc2, 0, 11]), false);
        check(&with(&[0xff, 0xc9, 0, 11]), false);
        check(&with(&[0xff, 0xda, 0, 11]), false);
        check(&[0xff, 0xe0, 0xff, 0xff, 0xff, 0xc0], false);
        check(&[7, 0xff, 0xc0], false);
        check(&[], false);
        assert!(!is_sequential(b""));
    }
}
