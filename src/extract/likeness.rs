//! Compares lines by their words, whatever their case, marks and white space.

use super::page::beginning;

/// Returns letters and digits alone, in lower case.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    folded.extend(letters(text));
    folded
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

/// Do two lines say the same words?
pub(super) fn same(a: &str, b: &str) -> bool {
    letters(a).next().is_some() && letters(a).eq(letters(b))
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
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let (a, b) = (words(&a), words(&b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let shared = a.iter().filter(|word| b.binary_search(word).is_ok());
    let shared = shared.count();
    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    let share = 2.0 * shared as f32 / (a.len() + b.len()) as f32;
    share
}

/// At most this many words are compared.
const WORDS: usize = 80;

fn words(text: &str) -> Vec<&str> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    let mut words: Vec<&str> = words.take(WORDS).collect();
    words.sort_unstable();
    words.dedup();
    words
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
