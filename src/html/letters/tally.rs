//! Counts how many words of a text are Vietnamese syllables, as they stand and as font text.

use rustc_hash::FxHashMap;

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

/// Counts the words of texts. A page says most of its words again and again: each is read once.
pub(super) struct Counter<'t> {
    bytes: &'t Bytes,
    met: FxHashMap<&'t str, Met>,
    texts: usize,
}

/// A word that was met.
struct Met {
    /// The number of the text that it was last met in.
    text: usize,
    /// Is it a syllable as it stands?
    as_it_stands: bool,
    /// Is it one as TCVN, as VNI, as windows-1258?
    read: [bool; 3],
}

impl<'t> Counter<'t> {
    /// Begins to count, in a page whose letters were made of these bytes.
    pub(super) fn new(bytes: &'t Bytes) -> Self {
        Self {
            bytes,
            met: FxHashMap::default(),
            texts: 0,
        }
    }

    /// Counts the words of a text, each once.
    pub(super) fn count(&mut self, text: &'t str) -> Tally {
        let mut tally = Tally::default();
        self.texts += 1;
        for word in words(text).filter(|word| !word.is_ascii()) {
            if word.chars().nth(1).is_none() {
                continue;
            }
            let met = self
                .met
                .entry(word)
                .or_insert_with(|| Met::of(word, self.bytes));
            if met.text == self.texts {
                continue;
            }
            if tally.words == MOST_WORDS {
                break;
            }
            met.text = self.texts;
            tally.add_word(met);
        }
        if tally.best().is_some() {
            tally.add_plain(text);
        }
        tally
    }
}

impl Met {
    fn of(word: &str, bytes: &Bytes) -> Self {
        let reads = |legacy: Legacy| {
            let read = legacy.read_word(word, bytes);
            read.is_some_and(|read| is_syllable(&read))
        };
        Self {
            text: 0,
            as_it_stands: is_syllable(word),
            read: [Legacy::Tcvn, Legacy::Vni, Legacy::Marked].map(reads),
        }
    }
}

impl Tally {
    fn add_word(&mut self, word: &Met) {
        self.words += 1;
        self.as_it_stands += usize::from(word.as_it_stands);
        let [tcvn, vni, marked] = word.read.map(usize::from);
        self.tcvn += tcvn;
        self.vni += vni;
        self.marked += marked;
    }

    /// Counts the words of ASCII letters.
    fn add_plain(&mut self, text: &str) {
        let letters = |word: &&str| word.bytes().all(|b| b.is_ascii_alphabetic());
        for word in words(text).filter(letters).take(MOST_WORDS) {
            self.plain += 1;
            self.plain_syllables += usize::from(is_syllable(word));
        }
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

/// Walks the words. Signs beyond ASCII may be letters of an old font, but
/// for the dashes and quotes of windows-1252, where none has any.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = |c: char| {
        c.is_ascii() && !c.is_ascii_alphanumeric()
            || matches!(c, '\u{A0}' | '\u{2000}'..='\u{206F}')
    };
    text.split(parts).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_once_in_each_text_that_says_it() {
        let bytes = Bytes::of_page("UTF-8");
        let mut counter = Counter::new(&bytes);
        let first = counter.count("xã Lâm, xã Hòa; xã");
        assert_eq!((first.words(), first.as_it_stands), (3, 3));
        let second = counter.count("x· cña x·, xã");
        assert_eq!((second.words(), second.as_it_stands), (3, 1));
        assert_eq!(counter.count("xã Lâm xã Hòa"), first);
        assert_eq!(counter.count("x· cña xã"), second);
    }
}
