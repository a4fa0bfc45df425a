//! `phoneme`: how words sound, told to the voice beside them.

use std::ops::Range;

use crate::model::phoneme::sounding;
use crate::model::{SpokenWord, Utterance};

/// Most signs of one element.
const MOST: usize = 200;
/// Signs of the International Phonetic Alphabet (2020) beside the small letters: sounds, tones, stress and length, and
/// what parts syllables. Digits are the tones of engines.
const SIGNS: &str = "ɡæçðøħŋœβθχɐɑɒɓɔɕɖɗɘəɚɛɜɝɞɟɠɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʜʝʟʡʢǀǁǂǃ\
    ˈˌːˑˀʰʲʷˠˤⁿˡ˞˥˦˧˨˩ᵻ.‿ 1234567BGHILNRY";
/// Marks that stand on a sign.
const MARKS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// Reads what an element tells.
///
/// # Errors
/// A sentence on what is not followed, and what is done instead.
pub(super) fn ipa(alphabet: Option<&str>, given: &str) -> Result<String, String> {
    if let Some(other) = alphabet.filter(|name| !name.eq_ignore_ascii_case("ipa")) {
        return Err(format!(
            "the alphabet {other:?} is not known, ipa is; the words are spoken"
        ));
    }
    let given = given
        .trim()
        .trim_matches('/')
        .replace(['\'', '’'], "ˈ")
        .replace(':', "ː");
    if given.trim().is_empty() {
        return Err("ph is blank; the words are spoken".to_owned());
    }
    let is_sign =
        |sign: char| sign.is_ascii_lowercase() || SIGNS.contains(sign) || MARKS.contains(&sign);
    if let Some(other) = given.chars().find(|sign| !is_sign(*sign)) {
        return Err(format!(
            "{other:?} in ph is no sign of the International Phonetic Alphabet; the words are spoken"
        ));
    }
    if given.chars().count() > MOST {
        return Err(format!(
            "ph has more than {MOST} signs; the words are spoken"
        ));
    }
    Ok(given)
}

/// Does a clause end at a mark? What sounds as is told is one stretch.
pub(super) fn ends_clause(mark: char) -> bool {
    matches!(mark, ',' | ';' | ':' | '.' | '!' | '?' | '…')
}

/// Tells beside the words of an utterance that are written in `range` how they sound. Where a word is written in part
/// there alone, or a clause ends among them, they are said as they are.
pub(super) fn tell(utterance: &mut Utterance, range: &Range<usize>, ipa: &str) {
    let meets =
        |word: &SpokenWord| word.written.start < range.end && range.start < word.written.end;
    let is_within =
        |word: &SpokenWord| range.start <= word.written.start && word.written.end <= range.end;
    let words = &utterance.words;
    let Some(first) = words.iter().position(meets) else {
        return;
    };
    let count = words[first..].iter().take_while(|word| meets(word)).count();
    let met = &words[first..first + count];
    if !met.iter().all(is_within) {
        return;
    }
    let spoken = met[0].spoken.start..met[count - 1].spoken.end;
    let written = met[0].written.start..met[count - 1].written.end;
    let said = &utterance.spoken[spoken.clone()];
    if said.contains(ends_clause) {
        return;
    }
    let told = sounding(said, ipa);
    let grown = told.len() - said.len();
    let end = spoken.start + told.len();
    utterance.spoken.replace_range(spoken.clone(), &told);
    for word in &mut utterance.words[first + count..] {
        word.spoken = word.spoken.start + grown..word.spoken.end + grown;
    }
    let word = SpokenWord {
        spoken: spoken.start..end,
        written,
    };
    utterance.words.splice(first..first + count, [word]);
}
