//! What the letters and small words of a text say about its language.

use whatlang::detect;

use super::table::{ENGLISH_ALONE, ENGLISH_SHARED, UNMISTAKABLE};
use crate::model::Lang;
use crate::model::letter::is_letter;

/// Counts of what tells languages apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// Words of two letters and more, and single ones.
    pub(super) words: usize,
    /// Latin letters.
    pub(super) latin: usize,
    /// Letters of other scripts.
    pub(super) other: usize,
    /// Words with letters that only Vietnamese has.
    pub(super) vietnamese: usize,
    /// Words with any letter beyond ASCII.
    pub(super) accented: usize,
    /// Frequent English words.
    english: usize,
    /// Those of them that no neighbour has.
    english_alone: usize,
    /// The language of another script, if most letters are of it.
    foreign: Option<Lang>,
}

impl Evidence {
    /// Reads a text once.
    pub(super) fn of(text: &str) -> Self {
        let mut evidence = Self::default();
        for word in text.split(|c: char| !(is_letter(c) || is_tone(c))) {
            if !word.is_empty() {
                evidence.add(word);
            }
        }
        if evidence.other > evidence.latin {
            evidence.foreign = foreign(text);
        }
        evidence
    }

    fn add(&mut self, word: &str) {
        self.words += 1;
        if word.is_ascii() {
            self.latin += word.len();
            self.add_english(word);
            return;
        }
        let latin = word.chars().filter(|c| is_latin(*c)).count();
        self.latin += latin;
        self.other += word.chars().count() - latin;
        self.accented += 1;
        self.vietnamese += usize::from(word.chars().any(is_vietnamese_alone));
    }

    fn add_english(&mut self, word: &str) {
        if word.len() > 6 {
            return;
        }
        let lower = word.to_ascii_lowercase();
        let alone = ENGLISH_ALONE.contains(&lower.as_str());
        self.english_alone += usize::from(alone);
        self.english += usize::from(alone || ENGLISH_SHARED.contains(&lower.as_str()));
    }

    /// Returns the language that the letters speak for beyond doubt.
    pub(super) fn lang(&self) -> Option<Lang> {
        if let Some(lang) = &self.foreign {
            return Some(lang.clone());
        }
        if self.is_vietnamese() {
            return Some(Lang::vi());
        }
        self.is_english().then(Lang::en)
    }

    /// Vietnamese prose has such letters in nearly every second word; a quarter tells it from
    /// English with Vietnamese names, unless an English title stands in it.
    fn is_vietnamese(&self) -> bool {
        let many = self.vietnamese * 5 >= self.words * 2;
        let some = self.vietnamese * 4 >= self.words;
        let english = self.english > 0 && self.accented * 2 <= self.words;
        self.vietnamese > 0 && (many || (some && !english))
    }

    fn is_english(&self) -> bool {
        let enough = self.english >= 2 && self.english_alone >= 1 && self.words >= 5;
        enough && self.english * 7 >= self.words && self.accented * 3 < self.words
    }

    /// Do the letters speak for `lang`?
    pub(super) fn speaks_for(&self, lang: &Lang) -> bool {
        self.lang()
            .is_some_and(|seen| seen.primary() == lang.primary())
    }
}

/// ă, đ, ơ, ư and the letters of Latin Extended Additional that carry two marks or the Vietnamese
/// tones (U+1EA0 to U+1EF9), or such a tone as a combining mark.
fn is_vietnamese_alone(c: char) -> bool {
    matches!(
        c,
        'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}'
    ) || matches!(c, '\u{309}' | '\u{323}' | '\u{31b}')
}

fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_latin(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{300}'..='\u{36f}')
}

fn foreign(text: &str) -> Option<Lang> {
    let found = detect(text)?.lang();
    let mut known = UNMISTAKABLE.iter();
    let (tag, _) = known.find(|(_, lang)| *lang == found)?;
    Lang::parse(tag)
}
