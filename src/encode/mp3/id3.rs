//! ID3 version 2.3: what an MP3 file says of itself.
//!
//! Version 2.3 and UTF-16, since players that blind readers still use know neither 2.4 nor UTF-8.
//!
//! Sources: M. Nilsson, ID3 tag version 2.3.0 (1999), 3, 4.2.1 and 4.15; C. Newell, ID3v2 Chapter
//! Frame Addendum 1.0 (2005).

use crate::encode::Tags;
use crate::encode::chapter::{Chapters, Timed};
use crate::encode::comment::beginning;
use crate::encode::cover::{FRONT, MEDIA_TYPE, PNG};

/// The name of the table of contents, ended as its frame wants it.
const CONTENTS: &[u8] = b"toc\0";
/// Flags of the table: it stands at the top, and its chapters are in order.
const TOP_AND_ORDERED: u8 = 3;
/// Says that a chapter's place in bytes is not given, but its times.
const NO_PLACE: [u8; 4] = [0xff; 4];

/// Returns the tag, or nothing where there is nothing to say.
pub(super) fn tag(tags: &Tags, chapters: &Chapters<'_>) -> Vec<u8> {
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
    let mut frames: Vec<u8> = said.flat_map(|(id, text)| text_frame(id, text)).collect();
    if tags.has_cover {
        frames.extend(cover());
    }
    let listed = contents(&chapters.each);
    if chapters.are_timed {
        frames.extend(listed);
    } else {
        frames.resize(frames.len() + listed.len(), 0); // padding
    }
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

fn text_frame(id: &[u8; 4], text: &str) -> Vec<u8> {
    let mut body = vec![1, 0xff, 0xfe]; // UTF-16 with its mark, the lower byte first
    body.extend(beginning(text).encode_utf16().flat_map(u16::to_le_bytes));
    frame(id, &body)
}

fn cover() -> Vec<u8> {
    let latin_1 = [0];
    let kind = [0, FRONT, 0]; // behind the end of the media type, before that of no description
    frame(
        b"APIC",
        &[&latin_1, MEDIA_TYPE.as_bytes(), &kind, PNG].concat(),
    )
}

/// Returns the table of contents and its chapters; nothing where there are none.
fn contents(chapters: &[Timed<'_>]) -> Vec<u8> {
    let Ok(count) = u8::try_from(chapters.len()) else {
        return Vec::new(); // the table cannot count more
    };
    if count == 0 {
        return Vec::new();
    }
    let names: Vec<u8> = chapters.iter().flat_map(name).collect();
    let table = [CONTENTS, &[TOP_AND_ORDERED, count], &names].concat();
    let chapters: Vec<u8> = chapters.iter().flat_map(chapter).collect();
    [frame(b"CTOC", &table), chapters].concat()
}

fn chapter(chapter: &Timed<'_>) -> Vec<u8> {
    let time = |ms: u64| u32::try_from(ms).unwrap_or(u32::MAX).to_be_bytes();
    let (begin, end) = (time(chapter.begin_ms), time(chapter.end_ms));
    let title = text_frame(b"TIT2", chapter.title);
    let body = [
        &name(chapter)[..],
        &begin,
        &end,
        &NO_PLACE,
        &NO_PLACE,
        &title,
    ];
    frame(b"CHAP", &body.concat())
}

fn name(chapter: &Timed<'_>) -> Vec<u8> {
    format!("c{}\0", chapter.number).into_bytes()
}

fn frame(id: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("some kilobytes at most");
    [id, &length.to_be_bytes()[..], &[0, 0], body].concat()
}

/// Writes the tag's length so that no byte of it looks like the beginning of a frame of sound.
pub(super) fn seven_bits_a_byte(length: usize) -> [u8; 4] {
    [21, 14, 7, 0].map(|shift| u8::try_from(length >> shift & 0x7f).expect("seven bits"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::{Chapter, Extent};

    fn tag(tags: &Tags) -> Vec<u8> {
        super::tag(tags, &Chapters::of(tags, Some(&[]), 22_050))
    }

    #[test]
    fn chapters_are_listed_in_a_table_and_padded_while_their_times_are_unknown() {
        let chapter = |segment| Chapter {
            segment,
            title: "A".into(),
        };
        let tags = Tags {
            chapters: vec![chapter(0), chapter(1)],
            ..Tags::default()
        };
        let segments = [22_050, 44_100].map(|samples| Extent { samples, bytes: 0 });
        let known = super::tag(&tags, &Chapters::of(&tags, Some(&segments), 22_050));
        let table = b"CTOC\0\0\0\x0c\0\0toc\0\x03\x02c1\0c2\0";
        let times = [
            [0u32, 1_000].map(u32::to_be_bytes).concat(),
            [1_000u32, 3_000].map(u32::to_be_bytes).concat(),
        ];
        let title = b"\xff\xff\xff\xff\xff\xff\xff\xffTIT2\0\0\0\x05\0\0\x01\xff\xfeA\0";
        let one = [b"CHAP\0\0\0\x22\0\0c1\0", &times[0][..], title].concat();
        let other = [b"CHAP\0\0\0\x22\0\0c2\0", &times[1][..], title].concat();
        assert_eq!(known[10..], [&table[..], &one, &other].concat());
        let growing = super::tag(&tags, &Chapters::of(&tags, None, 22_050));
        assert_eq!(growing[..10], known[..10]);
        assert!(growing.len() == known.len() && growing[10..].iter().all(|byte| *byte == 0));
    }

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
