//! What a WebM file says of itself: chapters, cover, tags.
//!
//! Source: RFC 9559, 5.1.6 to 5.1.8.

use super::ebml::{element, id, text, uint, void};
use crate::encode::Tags;
use crate::encode::chapter::{Chapters, Timed};
use crate::encode::comment::fields;
use crate::encode::cover::{FILE_NAME, MEDIA_TYPE, PNG};

/// Nanoseconds of a millisecond: chapters count these, whatever the unit of other times.
const NANOSECONDS: u64 = 1_000_000;

/// Lists the chapters, or leaves the place for them.
pub(super) fn listed(chapters: &Chapters<'_>) -> Vec<u8> {
    if chapters.each.is_empty() {
        return Vec::new();
    }
    let each: Vec<u8> = chapters.each.iter().flat_map(chapter).collect();
    let listed = element(id::CHAPTERS, &element(id::EDITION, &each));
    if chapters.are_timed {
        return listed;
    }
    void(listed.len())
}

fn chapter(chapter: &Timed<'_>) -> Vec<u8> {
    let display = [
        text(id::CHAPTER_TITLE, chapter.title),
        text(id::CHAPTER_LANGUAGE, "und"),
    ];
    let parts = [
        uint(id::CHAPTER_UID, chapter.number.into()),
        uint(id::CHAPTER_BEGIN, chapter.begin_ms * NANOSECONDS),
        uint(id::CHAPTER_END, chapter.end_ms * NANOSECONDS),
        element(id::CHAPTER_DISPLAY, &display.concat()),
    ];
    element(id::CHAPTER, &parts.concat())
}

/// Attaches the cover, where there is one.
pub(super) fn attached(tags: &Tags) -> Vec<u8> {
    if !tags.has_cover {
        return Vec::new();
    }
    let file = [
        text(id::FILE_NAME, FILE_NAME),
        text(id::FILE_TYPE, MEDIA_TYPE),
        element(id::FILE_DATA, PNG),
        uint(id::FILE_UID, 1),
    ];
    element(id::ATTACHMENTS, &element(id::FILE, &file.concat()))
}

/// Says what the tags say; nothing where they say nothing.
pub(super) fn said(tags: &Tags) -> Vec<u8> {
    let each = fields(tags).map(|(name, value)| {
        let both = [text(id::TAG_NAME, name), text(id::TAG_STRING, value)];
        element(id::SIMPLE_TAG, &both.concat())
    });
    let all = each.collect::<Vec<_>>().concat();
    if all.is_empty() {
        return all;
    }
    let tag = [element(id::TARGETS, &[]), all].concat();
    element(id::TAGS, &element(id::TAG, &tag))
}
