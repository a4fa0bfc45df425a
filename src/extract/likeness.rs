//! Compares lines by their words, whatever their case, marks and white space.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;

use super::page::beginning;
use crate::model::letter;

/// Returns letters and digits alone, in lower case.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    folded.extend(letter::folded(text));
    folded
}

/// Do two lines say the same words?
pub(super) fn same(a: &str, b: &str) -> bool {
    (a == b || letter::folded(a).eq(letter::folded(b))) && letter::folded(a).next().is_some()
}

/// Does a line begin with these words, which are in lower case? Its own letters may be capitals.
pub(super) fn begins_in_lower_case(line: &str, words: &str) -> bool {
    let mut letters = line.chars().flat_map(char::to_lowercase);
    words.chars().all(|letter| letters.next() == Some(letter))
}

/// Says how much of the words of both two lines share, 0 to 1.
///
/// Source: the coefficient of Sørensen and Dice over sets of words.
pub(super) fn likeness(a: &str, b: &str) -> f32 {
    Words::of(a).likeness(&Words::of(b))
}

/// At most this many words are compared.
const WORDS: usize = 80;

/// The words of a line, each once and as a number made of its letters in lower case.
pub(super) struct Words(Vec<u64>);

impl Words {
    /// Reads them.
    pub(super) fn of(text: &str) -> Self {
        let words = text.split(|c: char| !letter::is_letter_or_digit(c));
        let words = words.filter(|word| !word.is_empty()).take(WORDS);
        let mut words: Vec<u64> = words.map(number).collect();
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    /// Says the same as [`likeness`].
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        let (own, other) = (&self.0, &other.0);
        if own.is_empty() || other.is_empty() {
            return 0.0;
        }
        let shared = own.iter().filter(|word| other.binary_search(word).is_ok());
        let shared = shared.count();
        #[expect(clippy::cast_precision_loss, reason = "counts of words")]
        let share = 2.0 * shared as f32 / (own.len() + other.len()) as f32;
        share
    }
}

fn number(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    letter::folded(word).for_each(|letter| hasher.write_u32(u32::from(letter)));
    hasher.finish()
}

/// Does `long` begin with the words of `short`, which may have been cut off with an ellipsis?
pub(super) fn begins_with(long: &str, short: &str) -> bool {
    let short = short.trim_end_matches(['.', '…', ' ']);
    let (long, mut short) = (folded(long), folded(short));
    // A cut may fall into a word.
    if short.len() > 80 {
        short.truncate(beginning(&short, short.len() - 15).len());
    }
    short.len() >= 20 && long.starts_with(&short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_alike_by_their_words() {
        assert!(same("Mưa lớn, gió mạnh", "MƯA LỚN gió mạnh!"));
        assert!(likeness("một hai ba", "một hai bốn") > 0.6);
        assert!(likeness("một hai", "ba bốn") < 0.1);
        assert!(begins_with(
            "Mưa lớn kéo dài ở nhiều nơi trong tỉnh.",
            "Mưa lớn kéo dài ở nhiều nơi..."
        ));
    }
}
