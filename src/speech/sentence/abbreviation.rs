//! Full stops that end no sentence: after titles, places, initials, numbers of lists.
//!
//! The one idea: a sentence that begins is told from a name that goes on by the words behind. A
//! Vietnamese sentence begins with one capital and goes on in small letters ("Công an đã …"), a name
//! has capitals throughout ("Hoàn Kiếm"), and function words are no names.

use unicode_normalization::UnicodeNormalization;

use super::stop::{Next, last_word};
use super::table::{ENGLISH, EUROPEAN, VIETNAMESE};
use super::word::{HEADS, LABELS, NAME_OPENERS, OPENERS, ORDINAL_DOT, PERSONS, PLACES};
use crate::model::Lang;
use crate::model::letter::{is_letter, is_letter_or_digit};
use crate::speech::name::is_given_name;
use crate::speech::window;

/// What a full stop after an abbreviation means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follow {
    /// A name follows (TP. Huế, Mr. Smith): the sentence ends only before a function word.
    Name,
    /// A number follows (No. 5): the sentence ends before anything else.
    Number,
    /// It stands at the end of lists as well (v.v., etc.): a capital ends the sentence.
    Loose,
}

/// What a language does with full stops.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habits {
    vietnamese: bool,
    /// Neither Vietnamese nor English.
    european: bool,
    /// Does "3." mean "third", as in German?
    ordinals: bool,
}

impl Habits {
    pub(super) fn of(lang: &Lang) -> Self {
        Self {
            vietnamese: lang.is_vietnamese(),
            european: !matches!(lang.primary(), "vi" | "en"),
            ordinals: ORDINAL_DOT.contains(&lang.primary()),
        }
    }

    /// May the sentence `before` end with a full stop, where a capital, a digit or a letter without
    /// case is `next`?
    pub(super) fn lets_end(self, before: &str, next: &Next) -> bool {
        let word = last_word(before);
        let rest = &before[..before.len() - word.len()];
        if is_list_head(word, rest) {
            return false;
        }
        if word.bytes().all(|b| b.is_ascii_digit()) {
            return !(self.ordinals && (1..=2).contains(&word.len()));
        }
        match self.follow(word) {
            Some(Follow::Name) => opens(next),
            Some(Follow::Number) => !next.is_digit(),
            Some(Follow::Loose) => true,
            None if is_initials(word) => self.initials_end(word, rest, next),
            None => true,
        }
    }

    /// May a full stop with a word glued behind it end the sentence `before`, whose last word is
    /// written in small letters or digits?
    pub(super) fn lets_glue(self, before: &str) -> bool {
        let word = last_word(before);
        let rest = &before[..before.len() - word.len()];
        self.follow(word).is_none() && !is_list_head(word, rest)
    }

    fn follow(self, word: &str) -> Option<Follow> {
        let last = word.rsplit('.').next().unwrap_or(word);
        self.find(word).or_else(|| self.find(last))
    }

    fn find(self, word: &str) -> Option<Follow> {
        let capitals = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
        let english = |short: &str| {
            *word == *short || (capitals && starts_upper(short) && short.eq_ignore_ascii_case(word))
        };
        let among = |table: &[(&str, Follow)], is: &dyn Fn(&str) -> bool| {
            let found = table.iter().find(|(short, _)| is(short));
            found.map(|(_, follow)| *follow)
        };
        let lower = word.to_lowercase();
        let native = if self.vietnamese {
            among(VIETNAMESE, &|short| short == lower)
        } else {
            None
        };
        let found = native.or_else(|| among(ENGLISH, &english));
        let european = || among(EUROPEAN, &|short| short == word);
        found.or_else(|| european().filter(|_| self.european))
    }

    /// "N.T.H.", "George W.", "nhóm A.", "Q."
    fn initials_end(self, word: &str, rest: &str, next: &Next) -> bool {
        let previous = last_word(rest.trim_end());
        if LABELS.contains(&previous.to_lowercase().as_str()) {
            return true;
        }
        if !self.vietnamese || next.is_digit() {
            return opens(next);
        }
        if PERSONS.contains(&previous.to_lowercase().as_str()) && is_given_name(bare(next.word)) {
            return false;
        }
        let of_name = if word.contains('.') {
            true
        } else if starts_upper(previous) {
            could_be_vietnamese(previous)
        } else {
            PERSONS.contains(&previous) || !PLACES.contains(&word)
        };
        if of_name {
            return opens_after_name(next) || begins_vietnamese(next);
        }
        opens(next)
    }
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Does a sentence begin with a function word?
fn opens(next: &Next) -> bool {
    OPENERS.contains(&bare(next.word))
}

/// As [`opens`], or with a word that often begins a sentence and follows no initials.
fn opens_after_name(next: &Next) -> bool {
    opens(next) || NAME_OPENERS.contains(&bare(next.word))
}

/// One capitalised Vietnamese word, and small letters behind.
fn begins_vietnamese(next: &Next) -> bool {
    could_be_vietnamese(bare(next.word)) && next.second.starts_with(char::is_lowercase)
}

fn bare(word: &str) -> &str {
    word.trim_end_matches(|c: char| !is_letter_or_digit(c))
}

/// Digits, dotted digits, roman numerals or a letter at the head of a sentence or of a part of one:
/// "1.", "2.1.", "IV.", "a.", "Điều 5."
fn is_list_head(word: &str, rest: &str) -> bool {
    let numbered = word.split('.').all(|part| {
        let digits = part.bytes().all(|b| b.is_ascii_digit()) && part.len() <= 3;
        let roman = part.bytes().all(|b| b"IVX".contains(&b));
        !part.is_empty() && (digits || roman || part.chars().count() == 1)
    });
    numbered && (begins_part(rest) || HEADS.contains(&tail(rest).trim().to_lowercase().as_str()))
}

fn begins_part(rest: &str) -> bool {
    let tail = tail(rest).trim_end();
    tail.ends_with([':', ';']) || !tail.contains(is_letter_or_digit)
}

/// The last 40 bytes: enough to see a head, and bounded.
fn tail(rest: &str) -> &str {
    window::tail(rest, 40)
}

/// One letter, or letters with full stops between them.
fn is_initials(word: &str) -> bool {
    let single = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(is_letter) && letters.next().is_none()
    };
    word.split('.').all(single) && word.contains(char::is_uppercase)
}

/// Has `word` the build of a Vietnamese syllable: one group of vowels, no letter that Vietnamese
/// lacks, and an end that it has? Marks do not count.
fn could_be_vietnamese(word: &str) -> bool {
    let bare = word.nfd().filter(|c| is_letter(*c));
    let lower: String = bare
        .map(|c| if matches!(c, 'đ' | 'Đ') { 'd' } else { c })
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let is_vowel = |c: char| "aeiouy".contains(c);
    let groups = lower.split(|c| !is_vowel(c)).filter(|g| !g.is_empty());
    let last = lower.trim_start_matches(|c| !is_vowel(c));
    let last = last.trim_start_matches(is_vowel);
    (1..=7).contains(&lower.len())
        && lower
            .bytes()
            .all(|b| b.is_ascii_lowercase() && !b"fjwz".contains(&b))
        && groups.count() == 1
        && ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"].contains(&last)
}
