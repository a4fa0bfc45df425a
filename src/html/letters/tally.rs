//! Counts how many words of a text are Vietnamese syllables, as they stand and as font text.

use rustc_hash::FxHashSet;

use super::legacy::{Bytes, Legacy};
use super::syllable::is_syllable;

/// Words with marks that a text needs, to be taken for font text though it names no font.
pub(super) const ENOUGH_FOR_A_TEXT: usize = 3;
/// The same for all texts of a page together.
pub(super) const ENOUGH_FOR_A_PAGE: usize = 8;
/// Most words that are counted in one text: what thousands do not show, more will not.
const MOST_WORDS: usize = 2000;

/// How many words beyond ASCII there are, and how many are syllables in each reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    words: usize,
    as_it_stands: usize,
    tcvn: usize,
    vni: usize,
    marked: usize,
    /// Words of ASCII letters, and how many of them are syllables: counted only where the others
    /// look like font text, to know it from a language that has few letters beyond ASCII.
    plain: usize,
    plain_syllables: usize,
}

impl Tally {
    /// Counts the words of a text, each once.
    pub(super) fn of(text: &str, bytes: &Bytes) -> Self {
        let mut tally = Self::default();
        let mut met = FxHashSet::default();
        for word in words(text).filter(|word| !word.is_ascii()) {
            if word.chars().nth(1).is_none() || !met.insert(word) {
                continue;
            }
            if tally.words == MOST_WORDS {
                break;
            }
            tally.words += 1;
            tally.as_it_stands += usize::from(is_syllable(word));
            tally.tcvn += usize::from(reads(word, Legacy::Tcvn, bytes));
            tally.vni += usize::from(reads(word, Legacy::Vni, bytes));
            tally.marked += usize::from(reads(word, Legacy::Marked, bytes));
        }
        if tally.best().is_some() {
            let letters = |word: &&str| word.bytes().all(|b| b.is_ascii_alphabetic());
            for word in words(text).filter(letters).take(MOST_WORDS) {
                tally.plain += 1;
                tally.plain_syllables += usize::from(is_syllable(word));
            }
        }
        tally
    }

    /// Adds the words of another text.
    pub(super) fn add(&mut self, other: Self) {
        self.words += other.words;
        self.as_it_stands += other.as_it_stands;
        self.tcvn += other.tcvn;
        self.vni += other.vni;
        self.marked += other.marked;
        self.plain += other.plain;
        self.plain_syllables += other.plain_syllables;
    }

    /// Returns how many words were counted.
    pub(super) fn words(self) -> usize {
        self.words
    }

    /// Tells which way of writing this is beyond doubt: at least `least` words beyond ASCII, and
    /// what stands between them is Vietnamese too, but for a name or an abbreviation here and there.
    pub(super) fn verdict(self, least: usize) -> Option<Legacy> {
        let syllables = self.plain_syllables + self.words;
        let vietnamese = syllables * 3 >= (self.plain + self.words) * 2;
        self.best().filter(|_| self.words >= least && vietnamese)
    }

    /// Returns the way in which four words of five are syllables, and not half as many as they stand.
    fn best(self) -> Option<Legacy> {
        let ways = [Legacy::Marked, Legacy::Vni, Legacy::Tcvn];
        let best = ways.into_iter().max_by_key(|way| self.read_as(*way))?;
        let read = self.read_as(best);
        let good = read > 0 && read * 5 >= self.words * 4;
        (good && self.as_it_stands * 2 < read).then_some(best)
    }

    /// Does a text whose font says so read no worse for it?
    pub(super) fn allows(self, legacy: Legacy) -> bool {
        self.read_as(legacy) >= self.as_it_stands
    }

    /// Does a text on a page that is written so read better for it?
    pub(super) fn favours(self, legacy: Legacy) -> bool {
        self.read_as(legacy) > self.as_it_stands
    }

    /// Returns how many words are syllables when read so.
    pub(super) fn read_as(self, legacy: Legacy) -> usize {
        match legacy {
            Legacy::Tcvn => self.tcvn,
            Legacy::Vni => self.vni,
            Legacy::Marked => self.marked,
        }
    }
}

fn reads(word: &str, legacy: Legacy, bytes: &Bytes) -> bool {
    let read = legacy.read_word(word, bytes);
    read.is_some_and(|read| is_syllable(&read))
}

/// Walks the words. Signs beyond ASCII may be letters of an old font, but
/// for the dashes and quotes of windows-1252, where none has any.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = |c: char| {
        c.is_ascii() && !c.is_ascii_alphanumeric()
            || matches!(c, '\u{A0}' | '\u{2000}'..='\u{206F}')
    };
    text.split(parts).filter(|word| !word.is_empty())
}
