//! Words with a reading of their own: those of the project, of an operator, of one portal.
//!
//! A lexicon is plain data, read once and shared; a changed file makes a new one. It is asked at the
//! first word of a place and answers with the longest entry that begins there, so "Park Hang-seo" is
//! found before "Park". What an entry says goes to the voice as it is, so it may hold words and clause
//! marks only.
//!
//! Sources: `*.tsv` of three columns (written, spoken, where), and W3C Pronunciation Lexicon
//! Specification 1.0.

mod pls;
mod tsv;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

use crate::model::Lang;
use crate::model::letter::{is_letter, is_letter_or_digit};

/// Readings by what is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// By the first word in small letters; longest first, of one writing those of a site first, and
    /// then those that were added last.
    entries: FxHashMap<String, Vec<Entry>>,
    /// The first and last letters of all first words: most words of a text are in no lexicon, and
    /// are told so without being looked up.
    ends: FxHashSet<(char, char)>,
}

/// One reading.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    written: String,
    spoken: Arc<str>,
    place: Place,
}

/// Where a reading holds; what is not named holds everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Place {
    lang: Option<Lang>,
    site: Option<String>,
}

/// A lexicon that cannot be used, and where it is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct LexiconError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: LexiconFault,
}

/// What can be wrong with a line of a lexicon.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LexiconFault {
    /// A column is missing or there is one too many.
    #[error("a line has two or three columns with tabs between: written, spoken, where")]
    Columns,
    /// Nothing is written, or it does not begin with a letter or digit.
    #[error("what is written must begin with a letter or a digit")]
    Written,
    /// What is to be said holds more than words and clause marks.
    #[error("what is spoken must be words and clause marks, but has {0:?}")]
    Spoken(char),
    /// Nothing is to be said.
    #[error("what is spoken is empty")]
    Silent,
    /// The last column names no place that is known.
    #[error("where must be lang=TAG or site=HOST, but is {0:?}")]
    Place(String),
    /// It is no XML, or no lexicon.
    #[error("no pronunciation lexicon: {0}")]
    Markup(String),
}

impl Lexicon {
    /// Reads a lexicon of lines `written TAB spoken [TAB where]`. Empty lines and lines that begin
    /// with `#` are left out. Where is `lang=TAG`, `site=HOST` or both with a blank between.
    ///
    /// # Errors
    /// Names the first line that is wrong.
    pub fn from_tsv(text: &str) -> Result<Self, LexiconError> {
        tsv::read(text)
    }

    /// Reads the lexemes of a W3C pronunciation lexicon that have an alias. Phonemes are left out,
    /// since a spoken text holds words.
    ///
    /// # Errors
    /// Names the line where the document is no XML, no lexicon, or an alias cannot be said.
    pub fn from_pls(xml: &str) -> Result<Self, LexiconError> {
        pls::read(xml)
    }

    /// Is there nothing in it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Counts its readings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.values().map(Vec::len).sum()
    }

    /// Adds another lexicon; where both have a reading for the same place, the other's holds.
    pub fn extend(&mut self, other: Self) {
        for entry in other.entries.into_values().flat_map(oldest_first) {
            self.insert(entry);
        }
    }

    /// Returns the readings that hold on a site: those of everywhere and its own, which come first.
    #[must_use]
    pub fn on_site(&self, site: &str) -> Self {
        let site = site_name(site);
        let mut here = Self::default();
        let entries = self.entries.values().flat_map(|all| all.iter().rev());
        for entry in entries.filter(|e| e.place.is_on(&site)) {
            here.insert(entry.clone());
        }
        here
    }

    /// Returns the sites that have readings of their own, each once, in small letters.
    #[must_use]
    pub fn sites(&self) -> FxHashSet<&str> {
        let entries = self.entries.values().flatten();
        let sites = entries.filter_map(|entry| entry.place.site.as_deref());
        sites.collect()
    }

    /// Binds the readings of everywhere to one site.
    #[must_use]
    pub fn bound_to(self, site: &str) -> Self {
        let mut bound = Self::default();
        for mut entry in self.entries.into_values().flat_map(oldest_first) {
            entry.place.site.get_or_insert_with(|| site_name(site));
            bound.insert(entry);
        }
        bound
    }

    /// Finds the longest reading for a voice of `lang` that begins at the byte `start` of `text`, whose
    /// first word ends at `word_end`. Returns where it ends, and what is said.
    ///
    /// An entry in small letters holds for any capitals, another only as it is written.
    #[must_use]
    pub fn find(
        &self,
        text: &str,
        start: usize,
        word_end: usize,
        lang: &str,
    ) -> Option<(usize, &str)> {
        let word = text.get(start..word_end)?;
        if !self.ends.contains(&ends(word)?) {
            return None;
        }
        let rest = text.get(start..)?;
        let entries = self.entries.get(&word.to_lowercase())?;
        let mut entries = entries.iter().filter(|entry| entry.place.speaks(lang));
        entries.find_map(|entry| {
            let length = entry.length_in(rest)?;
            Some((start + length, &*entry.spoken))
        })
    }

    fn insert(&mut self, entry: Entry) {
        let first = first_word(&entry.written);
        self.ends.extend(ends(&first));
        let all = self.entries.entry(first).or_default();
        all.retain(|e| e.written != entry.written || e.place != entry.place);
        let at = all.partition_point(|e| e.rank() > entry.rank());
        all.insert(at, entry);
    }
}

impl Entry {
    fn new(written: &str, spoken: &str, place: Place) -> Result<Self, LexiconFault> {
        let written: String = written.trim().nfc().collect();
        if !written.starts_with(is_letter_or_digit) {
            return Err(LexiconFault::Written);
        }
        let spoken: String = spoken.nfc().collect::<String>();
        let spoken = spoken.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(wrong) = spoken.chars().find(|c| !is_sayable(*c)) {
            return Err(LexiconFault::Spoken(wrong));
        }
        if !spoken.contains(is_letter) {
            return Err(LexiconFault::Silent);
        }
        Ok(Self {
            written,
            spoken: spoken.into(),
            place,
        })
    }

    /// The entry of higher rank is asked first.
    fn rank(&self) -> (usize, bool) {
        (self.written.len(), self.place.site.is_some())
    }

    /// How many bytes of `text` it takes, where it stands at the head of it as whole words.
    fn length_in(&self, text: &str) -> Option<usize> {
        let fold = !self.written.chars().any(char::is_uppercase);
        let mut chars = text.char_indices();
        for wanted in self.written.chars() {
            let (_, c) = chars.next()?;
            if c != wanted && !(fold && c.to_lowercase().eq([wanted])) {
                return None;
            }
        }
        let end = chars.offset();
        let next = text[end..].chars().next();
        let whole =
            !next.is_some_and(is_letter_or_digit) || !self.written.ends_with(is_letter_or_digit);
        whole.then_some(end)
    }
}

impl Place {
    fn speaks(&self, lang: &str) -> bool {
        self.lang.as_ref().is_none_or(|own| own.primary() == lang)
    }

    fn is_on(&self, site: &str) -> bool {
        let own = self.site.as_deref();
        own.is_none_or(|own| own == site)
    }
}

/// Returns the name by which a host is known here: in small letters, and with `www.` or without it the
/// same.
#[must_use]
pub fn site_name(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

/// The first and the last letter of a word, in small letters.
fn ends(word: &str) -> Option<(char, char)> {
    let small = |c: char| c.to_lowercase().next().unwrap_or(c);
    let mut chars = word.chars();
    let first = chars.next().map(small)?;
    Some((first, chars.next_back().map_or(first, small)))
}

/// The entries of one first word in the order in which they were added, as far as that matters.
fn oldest_first(entries: Vec<Entry>) -> impl Iterator<Item = Entry> {
    entries.into_iter().rev()
}

fn first_word(written: &str) -> String {
    let end = written
        .find(|c: char| !is_letter_or_digit(c))
        .unwrap_or(written.len());
    written[..end].to_lowercase()
}

fn is_sayable(c: char) -> bool {
    let combining = unicode_normalization::char::is_combining_mark(c);
    is_letter(c) || combining || matches!(c, ' ' | ',' | '.' | ';' | ':' | '?' | '!')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(text: &str) -> Lexicon {
        Lexicon::from_tsv(text).expect("a lexicon")
    }

    #[track_caller]
    fn finds(lexicon: &Lexicon, text: &str, expected: Option<(&str, &str)>) {
        let word_end = text
            .find(|c: char| !is_letter_or_digit(c))
            .unwrap_or(text.len());
        let found = lexicon.find(text, 0, word_end, "vi");
        assert_eq!(
            found.map(|(end, spoken)| (&text[..end], spoken)),
            expected,
            "{text}"
        );
    }

    #[test]
    fn the_longest_entry_is_found_as_whole_words() {
        let l = lexicon("Park\tpác\nPark Hang-seo\tpác hang xô\n");
        finds(
            &l,
            "Park Hang-seo nói",
            Some(("Park Hang-seo", "pác hang xô")),
        );
        finds(&l, "Park nói", Some(("Park", "pác")));
        finds(&l, "Parks", None);
        finds(&l, "park", None);
    }

    #[test]
    fn an_entry_in_small_letters_holds_for_any_capitals() {
        finds(
            &lexicon("wifi\toai phai"),
            "WiFi miễn phí",
            Some(("WiFi", "oai phai")),
        );
    }

    #[test]
    fn a_wrong_line_is_named_with_its_number() {
        let said = |text| {
            Lexicon::from_tsv(text)
                .map(|l| l.len())
                .map_err(|e| e.to_string())
        };
        assert_eq!(said("# one\n\na\tb\n"), Ok(1));
        let wrong = said("a\tb\nc\n").expect_err("a column is missing");
        assert!(wrong.starts_with("line 2: "), "{wrong}");
        for bad in [
            "a\tb1",
            "a\t ",
            "-\tb",
            "a\tb\tmoon",
            "a\tb\tlang=??",
            "a\tb\tlang=vi\tx",
            "a\tb*",
        ] {
            assert!(said(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_portals_reading_holds_there_alone_and_before_the_common_one() {
        let l =
            lexicon("BBT\tban biên tập\tsite=bao.example\nBBT\tban bí thư\nCAT\tmèo\tlang=en\n");
        let here = l.on_site("www.Bao.example");
        finds(&here, "BBT", Some(("BBT", "ban biên tập")));
        finds(
            &l.on_site("other.example"),
            "BBT",
            Some(("BBT", "ban bí thư")),
        );
        finds(&here, "CAT", None);
        assert_eq!(l.sites().into_iter().collect::<Vec<_>>(), ["bao.example"]);
        let bound = lexicon("TH\ttrung học\n").bound_to("truong.example");
        finds(
            &bound.on_site("truong.example"),
            "TH",
            Some(("TH", "trung học")),
        );
        finds(&bound.on_site("bao.example"), "TH", None);
    }

    #[test]
    fn the_lexicons_of_the_project_are_right() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/voices/lexicon");
        for file in std::fs::read_dir(folder).expect("the folder of lexicons") {
            let path = file.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("a text");
            let read = Lexicon::from_tsv(&text);
            assert!(
                read.as_ref().is_ok_and(|l| !l.is_empty()),
                "{path:?}: {read:?}"
            );
        }
    }

    #[test]
    fn a_later_lexicon_holds_over_an_earlier_one() {
        let mut l = lexicon("HTX\thợp tác xã");
        l.extend(lexicon("HTX\thát tê ích"));
        finds(&l, "HTX", Some(("HTX", "hát tê ích")));
        assert_eq!(l.len(), 1);
    }
}
