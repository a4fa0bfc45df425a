//! What the engine is handed, and where each word of it stood in what we were given.
//!
//! The engine reads decomposed Vietnamese letter by letter ("circumflex"), so the text is composed
//! (NFC), and it takes control characters for commands, so those become spaces. It is given no more
//! than two thousand bytes at a time: nobody speaks longer sentences, but a page may contain them.

use unicode_normalization::UnicodeNormalization;

use super::take::Mark;

/// The most bytes that the engine is given at a time.
const MOST_BYTES: usize = 2_000;

/// A text for the engine.
pub(in crate::voice) struct Prepared {
    /// The text itself.
    text: String,
    /// Each word with its place in both texts, ascending.
    words: Vec<Word>,
}

/// A word, up to and with the space after it.
struct Word {
    /// Where it begins in the prepared text.
    at: usize,
    /// Where it begins in the given text.
    given: usize,
    /// Was nothing in it changed?
    same: bool,
}

impl Prepared {
    /// Prepares a text.
    pub(in crate::voice) fn new(given: &str) -> Self {
        let mut prepared = Self {
            text: String::with_capacity(given.len()),
            words: Vec::new(),
        };
        let mut place = 0;
        for word in given.split_inclusive(char::is_whitespace) {
            let at = prepared.text.len();
            let speakable = |c: char| if c.is_control() { ' ' } else { c };
            prepared.text.extend(word.nfc().map(speakable));
            prepared.words.push(Word {
                at,
                given: place,
                same: prepared.text[at..] == *word,
            });
            place += word.len();
        }
        prepared
    }

    /// Cuts the text into pieces for the engine, each with its place, at spaces if there are any.
    pub(in crate::voice) fn pieces(&self) -> Vec<(usize, &str)> {
        let mut pieces = Vec::new();
        let mut from = 0;
        while from < self.text.len() {
            let rest = &self.text[from..];
            let length = piece_length(rest);
            pieces.push((from, &rest[..length]));
            from += length;
        }
        pieces
    }

    /// Returns the place in the given text of a place in the prepared one; where a word had to be
    /// changed, that of the word.
    pub(in crate::voice) fn given(&self, place: usize) -> usize {
        let next = self.words.partition_point(|word| word.at <= place);
        match next.checked_sub(1).map(|last| &self.words[last]) {
            Some(word) if word.same => word.given + (place - word.at),
            Some(word) => word.given,
            None => 0,
        }
    }
}

fn piece_length(rest: &str) -> usize {
    if rest.len() <= MOST_BYTES {
        return rest.len();
    }
    let boundary = |length: &usize| rest.is_char_boundary(*length);
    let most = (0..=MOST_BYTES).rev().find(boundary).unwrap_or(rest.len());
    match rest[..most].rfind(char::is_whitespace) {
        Some(space) if space > 0 => space,
        _ => most,
    }
}

/// Finds the words that the engine's marks mean: `(byte of the text, sample)`, both ascending.
///
/// A mark may stand at the dash or quotation mark before its word, so the next letter or digit is
/// meant. Some marks have no length; of those, some begin a word, and others stand for nothing.
pub(super) fn words(text: &str, marks: &[Mark]) -> Vec<(usize, usize)> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut words: Vec<(usize, usize)> = Vec::with_capacity(marks.len());
    for mark in marks {
        let Some(byte) = word_at(&letters, mark) else {
            continue;
        };
        let (last, sample) = words.last().copied().unwrap_or_default();
        if words.is_empty() || byte > last {
            words.push((byte, mark.sample.max(sample)));
        }
    }
    words
}

fn word_at(letters: &[(usize, char)], mark: &Mark) -> Option<usize> {
    let from = letters.get(mark.character..)?;
    let is_word = |(_, letter): &&(usize, char)| letter.is_alphanumeric();
    let before = mark.character.checked_sub(1).and_then(|n| letters.get(n));
    let begins =
        from.first().as_ref().is_some_and(is_word) && !before.as_ref().is_some_and(is_word);
    if mark.length == 0 && !begins {
        return None;
    }
    from.iter().find(is_word).map(|(byte, _)| *byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(character: usize, length: usize, sample: usize) -> Mark {
        Mark {
            character,
            length,
            sample,
        }
    }

    #[test]
    fn decomposed_words_are_composed_and_found_again() {
        let given = "bà\u{7}ơi, cho\u{300} xem"; // composed, control character, decomposed
        let prepared = Prepared::new(given);
        assert_eq!(prepared.text, "bà ơi, chò xem");
        for (word, expected) in [("bà", "bà"), ("chò", "cho\u{300}"), ("xem", "xem")] {
            let place = prepared.text.find(word).expect("it is there");
            assert_eq!(prepared.given(place), given.find(expected).expect("there"));
        }
    }

    #[test]
    fn a_long_text_is_cut_at_spaces_and_nothing_is_lost() {
        let spaced = "nghìn lẻ một đêm ".repeat(1_000);
        let unspaced = "ờ".repeat(5_000);
        for text in [spaced.as_str(), &unspaced, "ngắn", ""] {
            let prepared = Prepared::new(text);
            let pieces = prepared.pieces();
            let joined: String = pieces.iter().map(|(_, piece)| *piece).collect();
            assert_eq!(joined, text);
            assert!(pieces.iter().all(|(_, piece)| piece.len() <= MOST_BYTES));
            for (place, piece) in &pieces {
                assert!(text[*place..].starts_with(piece));
                assert!(unspaced == text || *place == 0 || piece.starts_with(' '));
            }
        }
    }

    #[test]
    fn marks_count_where_a_word_is() {
        let text = "Bắc “Ninh”, l'homme!";
        let marks = [
            mark(0, 3, 0),
            mark(5, 0, 100),  // a word after a quotation mark has no length
            mark(10, 0, 200), // a comma
            mark(2, 3, 250),  // back
            mark(11, 1, 300), // a space before a word
            mark(14, 5, 290), // earlier than the word before
            mark(17, 0, 400), // within a word
            mark(99, 1, 500), // after the text
        ];
        let found = words(text, &marks);
        let heard: Vec<_> = found.iter().map(|(b, s)| (&text[*b..=*b], *s)).collect();
        assert_eq!(heard, [("B", 0), ("N", 100), ("l", 300), ("h", 300)]);
    }
}
