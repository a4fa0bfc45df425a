//! Which word of a text is where among the phonemes of all of it.
//!
//! Where there are as many words as groups of phonemes, they belong together one by one. An engine may also draw
//! words together, or say several for one; then each word is heard by itself, and what it sounds like is looked
//! for, in order, in what was said: the alignment of least cost (Needleman and Wunsch 1970).

use super::ids;

/// Words and phonemes of which an alignment is looked for, at most: it takes the product of both lengths.
const MOST: usize = 2_000;

/// Places words that were counted: each word's byte, and the first phoneme of its group. `None` where there are
/// not as many groups as words.
pub(super) fn by_count(words: &[usize], spoken: &[char]) -> Option<Vec<(usize, usize)>> {
    let begins = |&at: &usize| spoken[at] != ' ' && (at == 0 || spoken[at - 1] == ' ');
    let groups: Vec<usize> = (0..spoken.len()).filter(begins).collect();
    (groups.len() == words.len()).then(|| words.iter().copied().zip(groups).collect())
}

/// Places words by what each sounds like by itself.
pub(super) fn by_sound(words: &[(usize, Vec<char>)], spoken: &[char]) -> Vec<(usize, usize)> {
    let alone: Vec<char> = words
        .iter()
        .flat_map(|(_, sound)| sound.iter().copied())
        .collect();
    if alone.is_empty() || spoken.is_empty() {
        return Vec::new();
    }
    if alone.len() > MOST || spoken.len() > MOST {
        return evenly(words, alone.len(), spoken.len());
    }
    let meets = aligned(&alone, spoken);
    let mut placed: Vec<(usize, usize)> = Vec::with_capacity(words.len());
    let mut at = 0;
    for (byte, sound) in words {
        let place = meets[at.min(meets.len() - 1)];
        at += sound.len();
        if !sound.is_empty() && placed.last().is_none_or(|(_, last)| place > *last) {
            placed.push((*byte, place));
        }
    }
    placed
}

fn evenly(words: &[(usize, Vec<char>)], alone: usize, spoken: usize) -> Vec<(usize, usize)> {
    let mut before = 0;
    let place = |(byte, sound): &(usize, Vec<char>)| {
        // A last word without a sound of its own would be behind the end.
        let place = (before * spoken / alone).min(spoken.saturating_sub(1));
        before += sound.len();
        (*byte, place)
    };
    words.iter().map(place).collect()
}

/// Returns, for each sign of `alone`, which sign of `spoken` it meets in an alignment of least cost.
fn aligned(alone: &[char], spoken: &[char]) -> Vec<usize> {
    let width = spoken.len() + 1;
    let mut costs = vec![0_u16; (alone.len() + 1) * width];
    let clamped = |cost: usize| u16::try_from(cost).unwrap_or(u16::MAX);
    for (at, cost) in costs[..width].iter_mut().enumerate() {
        *cost = clamped(at);
    }
    for row in 1..=alone.len() {
        costs[row * width] = clamped(row);
        for column in 1..width {
            let change = u16::from(alone[row - 1] != spoken[column - 1]);
            let above = costs[(row - 1) * width + column] + 1;
            let before = costs[row * width + column - 1] + 1;
            let both = costs[(row - 1) * width + column - 1] + change;
            costs[row * width + column] = both.min(above).min(before);
        }
    }
    let mut meets = vec![0; alone.len()];
    let (mut row, mut column) = (alone.len(), spoken.len());
    while row > 0 {
        let here = costs[row * width + column];
        let change = |row: usize, column: usize| u16::from(alone[row - 1] != spoken[column - 1]);
        if column > 0 && here == costs[(row - 1) * width + column - 1] + change(row, column) {
            (row, column) = (row - 1, column - 1);
            meets[row] = column;
        } else if column > 0 && here == costs[row * width + column - 1] + 1 {
            column -= 1;
        } else {
            row -= 1;
            meets[row] = column.min(spoken.len() - 1);
        }
    }
    meets
}

/// Returns the places of the words of a clause that have a sound of their own.
pub(super) fn places(text: &str, from: usize) -> Vec<usize> {
    let words = ids::words(text).filter(|(_, word)| word.contains(char::is_alphanumeric));
    words
        .map(|(at, word)| from + at + ids::first_letter(word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn as_many_groups_as_words_belong_together() {
        let spoken = signs("sin t͡ʃaːw ɓan");
        let placed = by_count(&[0, 5, 10], &spoken).expect("three of each");
        assert_eq!(placed, [(0, 0), (5, 4), (10, 11)]);
        assert_eq!(by_count(&[0, 5], &spoken), None);
        assert_eq!(by_count(&[], &[]), Some(Vec::new()));
    }

    #[test]
    fn words_that_are_drawn_together_are_found_by_their_sound() {
        // "because of the rain": of and the are said as one
        let words = [(0, "bɪkˈʌz"), (8, "ʌv"), (11, "ðə"), (15, "ɹˈeɪn")];
        let words = words.map(|(at, sound)| (at, signs(sound)));
        let spoken = signs("bɪkˈʌz əvðə ɹˈeɪn");
        let placed = by_sound(&words, &spoken);
        let heard: Vec<_> = placed
            .iter()
            .map(|(at, sign)| (*at, spoken[*sign]))
            .collect();
        assert_eq!(heard, [(0, 'b'), (8, 'ə'), (11, 'ð'), (15, 'ɹ')]);
    }

    #[test]
    fn what_cannot_be_matched_still_ascends() {
        let words: Vec<_> = (0..50).map(|n| (n, signs("abc"))).collect();
        for spoken in ["x", "xyz xyz", &"xyz ".repeat(40), &"abc".repeat(900)] {
            let placed = by_sound(&words, &signs(spoken));
            assert!(
                placed
                    .windows(2)
                    .all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1)
            );
            assert!(placed.iter().all(|(_, sign)| *sign < signs(spoken).len()));
        }
        assert_eq!(by_sound(&words, &[]), []);
    }
}
