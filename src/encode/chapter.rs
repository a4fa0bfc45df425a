//! Chapters: when the parts of a sound begin, as the heads of files write it.
//!
//! While the lengths of segments are not known, nor are these times. A head then says nothing of
//! chapters, but leaves as much room as they take, so that it may be written over later: hence all
//! that depends on the times has a fixed width.

use super::comment::cut;
use super::{Extent, Tags};

/// Most chapters, so that a page of Ogg holds them all.
const MOST: usize = 99;
/// Most bytes of a chapter's title.
const TITLE_BYTES: usize = 160;
/// The last time that two digits of hours can say, in milliseconds.
const LATEST_MS: u64 = 100 * 3_600_000 - 1;

/// The chapters of a sound.
pub(super) struct Chapters<'t> {
    /// The chapters, in order.
    pub each: Vec<Timed<'t>>,
    /// Are the times known? Where not, all are 0, and must not be written.
    pub are_timed: bool,
}

/// A chapter in its place.
pub(super) struct Timed<'t> {
    /// Its number, from 1.
    pub number: u8,
    /// Its title.
    pub title: &'t str,
    /// When it begins and ends, in milliseconds.
    pub begin_ms: u64,
    pub end_ms: u64,
}

impl<'t> Chapters<'t> {
    /// Finds when the chapters begin in a sound of these segments, with so many samples a second.
    pub(super) fn of(tags: &'t Tags, segments: Option<&[Extent]>, rate: u32) -> Self {
        let known = segments.unwrap_or_default();
        let time = |segment: usize| {
            let before = known.iter().take(segment);
            milliseconds(before.map(|extent| extent.samples).sum(), rate)
        };
        let ends = tags.chapters.iter().skip(1).take(MOST - 1);
        let ends = ends.map(|next| next.segment).chain([usize::MAX]);
        let each = (1..).zip(tags.chapters.iter().take(MOST)).zip(ends);
        Self {
            each: each
                .map(|((number, chapter), end)| Timed {
                    number,
                    title: cut(&chapter.title, TITLE_BYTES),
                    begin_ms: time(chapter.segment),
                    end_ms: time(end),
                })
                .collect(),
            are_timed: segments.is_some(),
        }
    }

    /// Returns the comments by which Ogg and FLAC name chapters: a time and a title each.
    ///
    /// Source: the Vorbis comment chapter extension of Xiph's wiki ("Chapter Extension").
    pub(super) fn comments(&self) -> Vec<String> {
        let pair = |chapter: &Timed<'_>| {
            let Timed { number, title, .. } = chapter;
            let time = clock(chapter.begin_ms);
            [
                format!("CHAPTER{number:03}={time}"),
                format!("CHAPTER{number:03}NAME={title}"),
            ]
        };
        self.each.iter().flat_map(pair).collect()
    }
}

fn milliseconds(samples: u64, rate: u32) -> u64 {
    let rate = u64::from(rate);
    samples / rate * 1_000 + samples % rate * 1_000 / rate
}

/// Writes a time as `HH:MM:SS.mmm`.
fn clock(milliseconds: u64) -> String {
    let all = milliseconds.min(LATEST_MS);
    let (seconds, thousandths) = (all / 1_000, all % 1_000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}")
}

#[cfg(test)]
mod tests {
    use super::super::Chapter;
    use super::*;

    #[test]
    fn chapters_begin_with_their_segments_and_end_where_the_next_begins() {
        let chapter = |segment, title: &str| Chapter {
            segment,
            title: title.into(),
        };
        let tags = Tags {
            chapters: vec![chapter(0, "Một"), chapter(2, "Hai")],
            ..Tags::default()
        };
        let segments = [22_050, 11_025, 33_075].map(|samples| Extent { samples, bytes: 0 });
        let chapters = Chapters::of(&tags, Some(&segments), 22_050);
        let times = chapters.each.iter().map(|one| (one.begin_ms, one.end_ms));
        assert_eq!(times.collect::<Vec<_>>(), [(0, 1_500), (1_500, 3_000)]);
        assert_eq!(
            chapters.comments(),
            [
                "CHAPTER001=00:00:00.000",
                "CHAPTER001NAME=Một",
                "CHAPTER002=00:00:01.500",
                "CHAPTER002NAME=Hai",
            ]
        );
        assert!(!Chapters::of(&tags, None, 22_050).are_timed);
    }

    #[test]
    fn a_time_has_twelve_letters_however_late_it_is() {
        assert_eq!(clock(0), "00:00:00.000");
        assert_eq!(clock(3_723_004), "01:02:03.004");
        assert_eq!(clock(u64::MAX), "99:59:59.999");
    }
}
