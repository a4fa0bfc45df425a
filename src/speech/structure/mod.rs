//! What a sighted reader sees and a listener must be told: that this is a picture, a table, a list.
//!
//! The one idea: a cue is words of the voice's language said before a part, mapped to an empty range
//! where the part begins, so that nothing of it is highlighted. What the writing says already
//! ("Ảnh: Hải Yến") is not said again.

mod narrator;
mod table;

pub(super) use narrator::Narrator;

/// Something about the structure of an article that can be said aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cue {
    /// "Ảnh:" before a picture's description or caption.
    Picture,
    /// "Bảng:" before a table's caption or first row.
    Table,
    /// The header of its column before a cell.
    Column,
    /// "Trống" for an empty cell that is written as a dash.
    Empty,
    /// How many items a list has.
    Count,
    /// The number of an item in a numbered list.
    Number,
    /// "Tác giả:" before the first author.
    Author,
    /// "Tệp đính kèm:" before a file.
    Attachment,
    /// "Trích dẫn:" before a quotation, and its end.
    Quote,
    /// "Nội dung nhúng:" before a video, a map.
    Media,
    /// "Đề mục:" before a heading.
    Heading,
}

/// Which cues are said aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Structure(u16);

impl Structure {
    /// Says every cue.
    #[must_use]
    pub const fn all() -> Self {
        Self(u16::MAX)
    }

    /// Says none.
    #[must_use]
    pub const fn none() -> Self {
        Self(0)
    }

    /// Says what a listener would miss, and leaves out what pauses and the voice tell: headings and
    /// quotations.
    #[must_use]
    pub const fn some() -> Self {
        Self::all().without(Cue::Heading).without(Cue::Quote)
    }

    /// Says `cue` as well.
    #[must_use]
    pub const fn with(self, cue: Cue) -> Self {
        Self(self.0 | bit(cue))
    }

    /// Leaves `cue` out.
    #[must_use]
    pub const fn without(self, cue: Cue) -> Self {
        Self(self.0 & !bit(cue))
    }

    /// Is `cue` said?
    #[must_use]
    pub const fn says(self, cue: Cue) -> bool {
        self.0 & bit(cue) != 0
    }
}

/// Says what a listener would miss.
impl Default for Structure {
    fn default() -> Self {
        Self::some()
    }
}

const fn bit(cue: Cue) -> u16 {
    1 << cue as u16
}
