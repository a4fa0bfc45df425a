//! ID3 version 2.3: what an MP3 file says of itself.
//!
//! Version 2.3 and UTF-16, since players that blind readers still use know neither 2.4 nor UTF-8.
//!
//! Source: M. Nilsson, ID3 tag version 2.3.0 (1999), 3 and 4.2.1.

use crate::encode::Tags;
use crate::encode::comment::beginning;

/// Returns the tag, or nothing where there is nothing to say.
pub(super) fn tag(tags: &Tags) -> Vec<u8> {
    let day = tags.date.as_deref().and_then(day_and_month);
    let fields = [
        (b"TIT2", tags.title.as_deref()),
        (b"TPE1", tags.author.as_deref()),
        (b"TALB", tags.site.as_deref()),
        (b"TYER", tags.date.as_deref().and_then(|date| date.get(..4))),
        (b"TDAT", day.as_deref()),
    ];
    let said = fields
        .into_iter()
        .filter_map(|(id, text)| Some((id, text?)));
    let frames: Vec<u8> = said.flat_map(|(id, text)| frame(id, text)).collect();
    if frames.is_empty() {
        return frames;
    }
    let mut tag = b"ID3\x03\x00\x00".to_vec();
    tag.extend(seven_bits_a_byte(frames.len()));
    tag.extend(frames);
    tag
}

/// Returns `DDMM` of an ISO 8601 date that has them.
fn day_and_month(date: &str) -> Option<String> {
    Some(format!("{}{}", date.get(8..10)?, date.get(5..7)?))
}

fn frame(id: &[u8; 4], text: &str) -> Vec<u8> {
    let mut body = vec![1, 0xff, 0xfe]; // UTF-16 with its mark, the lower byte first
    body.extend(beginning(text).encode_utf16().flat_map(u16::to_le_bytes));
    let length = u32::try_from(body.len()).expect("some kilobytes at most");
    [id, &length.to_be_bytes()[..], &[0, 0], &body].concat()
}

/// Writes the tag's length so that no byte of it looks like the beginning of a frame of sound.
pub(super) fn seven_bits_a_byte(length: usize) -> [u8; 4] {
    [21, 14, 7, 0].map(|shift| u8::try_from(length >> shift & 0x7f).expect("seven bits"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_said_and_nothing_is_no_tag() {
        assert!(tag(&Tags::default()).is_empty());
        let tags = Tags {
            title: Some("Lễ".into()),
            date: Some("2020-06-04T08:00:00+07:00".into()),
            ..Tags::default()
        };
        let title = b"TIT2\0\0\0\x07\0\0\x01\xff\xfeL\0\xc5\x1e";
        let year = b"TYER\0\0\0\x0b\0\0\x01\xff\xfe2\x000\x002\x000\0";
        let day = b"TDAT\0\0\0\x0b\0\0\x01\xff\xfe0\x004\x000\x006\0";
        let head = b"ID3\x03\0\0\0\0\0\x3b";
        assert_eq!(tag(&tags), [&head[..], title, year, day].concat());
    }

    #[test]
    fn a_long_title_is_cut_and_its_length_has_no_high_bit() {
        let tags = Tags {
            title: Some("ễ".repeat(5_000)),
            ..Tags::default()
        };
        let tag = tag(&tags);
        assert!(tag.len() < 5_000);
        assert!(tag[6..10].iter().all(|byte| byte & 0x80 == 0));
        let length = tag[6..10]
            .iter()
            .fold(0, |sum, byte| sum << 7 | usize::from(*byte));
        assert_eq!(length, tag.len() - 10);
    }
}
