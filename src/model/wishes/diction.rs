//! How things are said: the choices of an operator, a reader or a command about the words themselves.
//!
//! Every choice may be left open; what a reader leaves open the operator decides, and what both leave
//! open is said as is usual.

use super::WishesError;

words! {
    /// How the sign of a document (`12-NQ/TW`, `42/2022/NĐ-CP`) is read.
    DocumentStyle {
        /// Its type and issuer in full: "mười hai nghị quyết trung ương".
        #[default]
        Expand = "expand",
        /// Letter by letter: "mười hai, en quy, tê vê kép".
        Spell = "spell",
        /// The number alone: "mười hai".
        Short = "short",
    }
}

words! {
    /// How many marks of punctuation are named, as screen readers offer it.
    Punctuation {
        /// None; they make pauses.
        #[default]
        None = "none",
        /// Brackets, quotation marks, slashes and the like.
        Some = "some",
        /// Every mark.
        All = "all",
    }
}

words! {
    /// How long the voice is silent between utterances.
    Pauses {
        /// Half as long as usual.
        Short = "short",
        /// As usual.
        #[default]
        Normal = "normal",
        /// Half as long again.
        Long = "long",
    }
}

words! {
    /// Something about the structure of an article that can be said aloud.
    Cue {
        /// "Ảnh:" before a picture's description or caption.
        #[default]
        Picture = "picture",
        /// "Bảng:" before a table's caption or first row.
        Table = "table",
        /// The header of its column before a cell.
        Column = "column",
        /// "Trống" for an empty cell that is written as a dash.
        Empty = "empty",
        /// How many items a list has.
        Count = "count",
        /// The number of an item in a numbered list.
        Number = "number",
        /// "Tác giả:" before the first author.
        Author = "author",
        /// "Tệp đính kèm:" before a file.
        Attachment = "attachment",
        /// "Trích dẫn:" before a quotation, and its end.
        Quote = "quote",
        /// "Nội dung nhúng:" before a video, a map.
        Media = "media",
        /// "Đề mục:" before a heading.
        Heading = "heading",
    }
}

impl Pauses {
    /// Returns a usual pause as long as this choice makes it, in milliseconds.
    #[must_use]
    pub fn scaled(self, usual_ms: u32) -> u32 {
        match self {
            Self::Short => usual_ms / 2,
            Self::Normal => usual_ms,
            Self::Long => usual_ms + usual_ms / 2,
        }
    }
}

/// Which cues are said aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Structure(u16);

impl Structure {
    /// Says every cue.
    #[must_use]
    pub const fn all() -> Self {
        Self((1 << Cue::ALL.len()) - 1)
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

    /// Reads `none`, `some`, `all`, or the words of cues with `.` or `,` between: `picture.table`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "none" => return Some(Self::none()),
            "some" => return Some(Self::some()),
            "all" => return Some(Self::all()),
            _ => {}
        }
        let mut cues = word.split(['.', ',']).map(str::trim).map(Cue::from_word);
        cues.try_fold(Self::none(), |all, cue| Some(all.with(cue?)))
    }

    /// Returns the word that [`Structure::from_word`] reads.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            none if none == Self::none() => "none".to_owned(),
            some if some == Self::some() => "some".to_owned(),
            all if all == Self::all() => "all".to_owned(),
            _ => {
                let said = Cue::ALL.iter().filter(|cue| self.says(**cue));
                said.map(|cue| cue.word()).collect::<Vec<_>>().join(".")
            }
        }
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

/// The choices about the words themselves; what is `None` is left to others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Diction {
    /// How the signs of documents are read.
    pub documents: Option<DocumentStyle>,
    /// How many marks of punctuation are named.
    pub punctuation: Option<Punctuation>,
    /// How long the voice is silent between utterances.
    pub pauses: Option<Pauses>,
    /// What is said about pictures, tables, lists and the like.
    pub cues: Option<Structure>,
}

impl Diction {
    /// The names of the choices, in forms, addresses, flags and settings files alike.
    pub const FIELDS: [&'static str; 4] = ["documents", "punctuation", "pauses", "cues"];

    /// Lays `over` on top: what it chooses outweighs what this one chooses.
    #[must_use]
    pub fn under(self, over: Self) -> Self {
        Self {
            documents: over.documents.or(self.documents),
            punctuation: over.punctuation.or(self.punctuation),
            pauses: over.pauses.or(self.pauses),
            cues: over.cues.or(self.cues),
        }
    }

    /// Makes one choice by its name; an empty value leaves it open. `cue` says one cue more, so that
    /// a form's boxes can be sent one by one.
    ///
    /// # Errors
    /// Where there is no such choice or it has no such value; nothing is changed then.
    pub fn set(&mut self, field: &str, value: &str) -> Result<(), WishesError> {
        let done = match field {
            "documents" => choose(&mut self.documents, value, DocumentStyle::from_word),
            "punctuation" => choose(&mut self.punctuation, value, Punctuation::from_word),
            "pauses" => choose(&mut self.pauses, value, Pauses::from_word),
            "cues" => choose(&mut self.cues, value, Structure::from_word),
            "cue" => {
                let known = self.cues.unwrap_or(Structure::none());
                let more = Cue::from_word(value).map(|cue| known.with(cue));
                self.cues = more.or(self.cues);
                more.is_some()
            }
            _ => false,
        };
        if done {
            return Ok(());
        }
        Err(WishesError::new(field, value))
    }

    /// Returns one choice as its form field would hold it; empty where it is left open.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<String> {
        let word = match field {
            "documents" => self.documents.map(|d| d.word().to_owned()),
            "punctuation" => self.punctuation.map(|p| p.word().to_owned()),
            "pauses" => self.pauses.map(|p| p.word().to_owned()),
            "cues" => self.cues.map(Structure::word),
            _ => return None,
        };
        Some(word.unwrap_or_default())
    }
}

fn choose<T>(choice: &mut Option<T>, value: &str, read: impl Fn(&str) -> Option<T>) -> bool {
    if value.is_empty() {
        *choice = None;
        return true;
    }
    let read = read(value);
    let known = read.is_some();
    if known {
        *choice = read;
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_chosen_together_or_one_by_one() {
        for cues in [
            Structure::none(),
            Structure::some(),
            Structure::all(),
            Structure::none().with(Cue::Table).with(Cue::Media),
        ] {
            assert_eq!(Structure::from_word(&cues.word()), Some(cues));
        }
        assert_eq!(Structure::from_word("picture.moon"), None);
        let mut diction = Diction::default();
        for (field, value) in [("cues", "none"), ("cue", "picture"), ("cue", "table")] {
            diction.set(field, value).expect("a known choice");
        }
        assert_eq!(diction.get("cues").as_deref(), Some("picture.table"));
    }

    #[test]
    fn a_reader_outweighs_the_operator_only_where_they_chose() {
        let operator = Diction {
            documents: Some(DocumentStyle::Short),
            pauses: Some(Pauses::Long),
            ..Diction::default()
        };
        let reader = Diction {
            documents: Some(DocumentStyle::Spell),
            ..Diction::default()
        };
        let both = operator.under(reader);
        assert_eq!(both.documents, Some(DocumentStyle::Spell));
        assert_eq!(both.pauses, Some(Pauses::Long));
    }

    #[test]
    fn an_unknown_choice_changes_nothing_and_an_empty_one_opens_it() {
        let mut diction = Diction::default();
        diction.set("pauses", "long").expect("a known choice");
        for (field, value) in [
            ("pauses", "endless"),
            ("cue", "moon"),
            ("cues", "own"),
            ("colour", "red"),
        ] {
            assert!(diction.set(field, value).is_err(), "{field}={value}");
        }
        assert_eq!(diction.pauses, Some(Pauses::Long));
        diction.set("pauses", "").expect("an open choice");
        assert_eq!(diction, Diction::default());
    }
}
