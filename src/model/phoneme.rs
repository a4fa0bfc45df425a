//! Phonemes within what is spoken: words that a text itself says the sound of.
//!
//! They stand between three signs of the private use area: the words, then how they sound, by which a voice says them
//! if it can. What is read of a written text has none of these signs (`speech::Spoken`).

use std::borrow::Cow;

const BEGIN: char = '\u{f8f0}';
const MIDDLE: char = '\u{f8f1}';
const END: char = '\u{f8f2}';

/// A stretch of a spoken text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sounding<'a> {
    /// Where its words begin in the text, in bytes.
    pub at: usize,
    /// Its words.
    pub words: &'a str,
    /// How they sound, in the International Phonetic Alphabet, where that is told.
    pub ipa: Option<&'a str>,
}

/// Writes words with how they sound.
#[must_use]
pub fn sounding(words: &str, ipa: &str) -> String {
    format!("{BEGIN}{words}{MIDDLE}{ipa}{END}")
}

/// Does a spoken text tell how words of it sound?
#[must_use]
pub fn has_phonemes(spoken: &str) -> bool {
    spoken.contains(is_sign)
}

/// Is this one of the signs that phonemes stand between?
#[must_use]
pub fn is_sign(letter: char) -> bool {
    matches!(letter, BEGIN | MIDDLE | END)
}

/// Cuts a spoken text into stretches that tell how they sound and those that do not. Signs that are not whole are left
/// out.
#[must_use]
pub fn soundings(spoken: &str) -> Vec<Sounding<'_>> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < spoken.len() {
        let rest = &spoken[at..];
        if let Some((words, ipa, length)) = told(rest) {
            all.push(Sounding {
                at: at + BEGIN.len_utf8(),
                words,
                ipa: Some(ipa),
            });
            at += length;
            continue;
        }
        let sign = rest.chars().next().filter(|sign| is_sign(*sign));
        at += sign.map_or(0, char::len_utf8);
        let rest = &spoken[at..];
        let words = &rest[..rest.find(is_sign).unwrap_or(rest.len())];
        if !words.is_empty() {
            all.push(Sounding {
                at,
                words,
                ipa: None,
            });
        }
        at += words.len();
    }
    all
}

/// Returns the words alone.
#[must_use]
pub fn words_alone(spoken: &str) -> Cow<'_, str> {
    if !has_phonemes(spoken) {
        return Cow::Borrowed(spoken);
    }
    soundings(spoken).iter().map(|each| each.words).collect()
}

fn told(rest: &str) -> Option<(&str, &str, usize)> {
    let inside = rest.strip_prefix(BEGIN)?;
    let (words, after) = inside.split_once(MIDDLE)?;
    let (ipa, _) = after.split_once(END)?;
    let is_one = |text: &str| !has_phonemes(text);
    let length = words.len() + ipa.len() + BEGIN.len_utf8() + MIDDLE.len_utf8() + END.len_utf8();
    (is_one(words) && is_one(ipa)).then_some((words, ipa, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_sounds_are_told_apart_and_nothing_is_lost() {
        let text = format!("Nói {} đi", sounding("hello", "həlˈoʊ"));
        let all = soundings(&text);
        let told: Vec<_> = all.iter().map(|each| (each.words, each.ipa)).collect();
        assert_eq!(
            told,
            [("Nói ", None), ("hello", Some("həlˈoʊ")), (" đi", None)]
        );
        assert!(
            all.iter()
                .all(|each| text[each.at..].starts_with(each.words))
        );
        assert_eq!(words_alone(&text), "Nói hello đi");
        for (broken, words) in [
            ("a\u{f8f0}b", "ab"),
            ("a\u{f8f1}b\u{f8f2}", "ab"),
            ("\u{f8f0}a\u{f8f0}b\u{f8f1}c\u{f8f2}", "ab"),
            ("\u{f8f0}\u{f8f0}", ""),
        ] {
            assert_eq!(words_alone(broken), words);
        }
    }
}
