//! Phonemes that a text tells, as the engine takes them: `[[h@l'oU]]`.
//!
//! The engine is asked how it would write each of its own mnemonics in the International Phonetic Alphabet, with the
//! voice that is to speak; read backwards, that says which mnemonic a voice has for a sign.
//!
//! Sources: the mnemonics are those of `phsource/phonemes` of eSpeak NG 1.51; tones, Chao's letters (1930).

use unicode_normalization::UnicodeNormalization;

use crate::model::phoneme::soundings;

/// Mnemonics that voices may have; of several for one sign the first is taken.
pub(super) const MNEMONICS: &str = "a A a: A: aa 0 O O: o o: oU aU aI OI eI e E e: E: i i: I I2 u U u: y Y y: W @ @2 \
    3 3: V & 8 E2 a# I# I; @L o@ e@ i@ U@ O@ A@ aI@ aU@ @U ai p b t d k g f v T D s z S Z h x m n N l r R j w ? tS dZ \
    C J n^ l^ t# L B Q X S; z; ts dz t. d. s. z. n. l. c *";
/// Signs that stand for stress and length in every voice.
const ALWAYS: [(&str, &str); 4] = [("ˈ", "'"), ("ˌ", ","), ("ː", ":"), ("ˑ", "")];
/// The tones of Vietnamese as the engine counts them, by Chao's letters.
const TONES: [(&str, &str); 8] = [
    ("˧˩˨", "4"),
    ("˨˩ˀ", "6"),
    ("˧ˀ˥", "5"),
    ("˧˧", "1"),
    ("˨˩", "2"),
    ("˧˩", "4"),
    ("˧˥", "3"),
    ("˧", "1"),
];
/// What a voice says that has no such sound: the nearest that most have.
const NEAR: [(&str, &str); 30] = [
    ("ɹ", "r"),
    ("ɻ", "r"),
    ("ɾ", "r"),
    ("ʁ", "r"),
    ("r", "ɹ"),
    ("ɪ", "i"),
    ("ɨ", "i"),
    ("ʊ", "u"),
    ("ʉ", "u"),
    ("ɯ", "u"),
    ("æ", "a"),
    ("ɑ", "a"),
    ("ɐ", "a"),
    ("a", "ɑ"),
    ("ʌ", "ə"),
    ("ɜ", "ə"),
    ("ɝ", "ə"),
    ("ɚ", "ə"),
    ("ɤ", "ə"),
    ("ɒ", "ɔ"),
    ("ø", "e"),
    ("œ", "ɛ"),
    ("ɫ", "l"),
    ("χ", "x"),
    ("ʋ", "v"),
    ("ʈ", "t"),
    ("ɖ", "d"),
    ("ɓ", "b"),
    ("ɗ", "d"),
    ("c", "k"),
];

/// What a voice has for each sign, long ones first.
pub(super) struct Table(Vec<(String, &'static str)>);

/// A text as the engine takes it.
pub(super) struct Taken {
    pub(super) text: String,
    /// Where stretches begin: the character of this text, the one of the text that was given, and whether the words
    /// in it are those that were given.
    stretches: Vec<(usize, usize, bool)>,
}

impl Table {
    /// Learns what a voice has: `ipa_of` tells how it would write mnemonics.
    pub(super) fn learned<E>(
        is_vietnamese: bool,
        mut ipa_of: impl FnMut(&str) -> Result<String, E>,
    ) -> Result<Self, E> {
        let mut known: Vec<(String, &'static str)> = Vec::new();
        let always = ALWAYS
            .iter()
            .chain(if is_vietnamese { &TONES[..] } else { &[] });
        known.extend(always.map(|(ipa, mnemonic)| ((*ipa).to_owned(), *mnemonic)));
        for mnemonic in MNEMONICS.split_whitespace() {
            let ipa = plain(&ipa_of(&format!("[[{mnemonic}]]"))?);
            if !ipa.is_empty() && !known.iter().any(|(other, _)| *other == ipa) {
                known.push((ipa, mnemonic));
            }
        }
        known.sort_by_key(|(ipa, _)| std::cmp::Reverse(ipa.len()));
        Ok(Self(known))
    }

    /// Writes a text for the engine: what tells how it sounds in mnemonics where the voice has all of them, all else as
    /// words, in which nothing passes for mnemonics.
    pub(super) fn written(&self, given: &str) -> Taken {
        let mut taken = Taken {
            text: String::with_capacity(given.len()),
            stretches: Vec::new(),
        };
        for each in soundings(given) {
            let mnemonics = each.ipa.and_then(|ipa| self.mnemonics(ipa));
            let from = given[..each.at].chars().count();
            let at = taken.text.chars().count();
            taken.stretches.push((at, from, mnemonics.is_none()));
            match mnemonics {
                Some(mnemonics) => taken.text.push_str(&format!(" [[{mnemonics}]] ")),
                None => taken.text.push_str(&each.words.replace("[[", "[ ")),
            }
        }
        taken
    }

    /// Returns the mnemonics of signs; none where the voice has nothing near one of them.
    fn mnemonics(&self, ipa: &str) -> Option<String> {
        let ipa = plain(ipa);
        let mut rest = &ipa[..];
        let mut mnemonics = String::new();
        while let Some(sign) = rest.chars().next() {
            let known = self
                .0
                .iter()
                .find(|(known, _)| rest.starts_with(&known[..]));
            if let Some((known, mnemonic)) = known {
                // Two that stand together must not pass for a third.
                if !mnemonics.is_empty()
                    && !mnemonics.ends_with(['\'', ',', '|'])
                    && *mnemonic != ":"
                {
                    mnemonics.push('|');
                }
                mnemonics.push_str(mnemonic);
                rest = &rest[known.len()..];
                continue;
            }
            let (_, near) = NEAR.iter().find(|(other, _)| rest.starts_with(other))?;
            let (_, mnemonic) = self.0.iter().find(|(known, _)| known == near)?;
            if !mnemonics.is_empty() && !mnemonics.ends_with(['\'', ',', '|']) {
                mnemonics.push('|');
            }
            mnemonics.push_str(mnemonic);
            rest = &rest[sign.len_utf8()..];
        }
        (!mnemonics.is_empty()).then_some(mnemonics)
    }
}

impl Taken {
    /// Returns the character of the given text that one of this text stands for.
    pub(super) fn given(&self, character: usize) -> usize {
        let next = self
            .stretches
            .partition_point(|(at, _, _)| *at <= character);
        match next.checked_sub(1).map(|last| self.stretches[last]) {
            Some((at, from, true)) => from + (character - at),
            Some((_, from, false)) => from,
            None => character,
        }
    }
}

/// Writes signs one way: without ties, syllables and spaces.
fn plain(ipa: &str) -> String {
    let letters = ipa.nfc().filter(|letter| !is_left_out(*letter));
    letters
        .map(|letter| if letter == 'g' { 'ɡ' } else { letter })
        .collect()
}

fn is_left_out(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{361}' | '\u{35c}' | '\u{200d}' | '‿' | '.' | '|')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::phoneme::sounding;

    fn table() -> Table {
        let ipa_of = |given: &str| {
            let told = match given {
                "[[h]]" => "h",
                "[[@]]" => "ə",
                "[[l]]" => "l",
                "[[oU]]" => "oʊ",
                "[[o]]" => "o",
                "[[i]]" => "i",
                _ => "",
            };
            Ok::<_, ()>(told.to_owned())
        };
        Table::learned(false, ipa_of).expect("told")
    }

    #[test]
    fn signs_become_mnemonics_and_text_outside_never_does() {
        let text = format!("[[[x]] {} [[", sounding("hello", "həˈl.oʊ"));
        let taken = table().written(&text);
        assert_eq!(taken.text, "[ [x]]  [[h|@|'l|oU]]  [ ");
        assert_eq!(
            taken.given(8),
            text.chars().position(|c| c == 'h').expect("there")
        );
        let text = format!("{} b", sounding("aa", "ɬ"));
        let taken = table().written(&text);
        assert_eq!((&taken.text[..], taken.given(3)), ("aa b", 7));
        assert_eq!(table().mnemonics("lɪ").as_deref(), Some("l|i"));
    }
}
