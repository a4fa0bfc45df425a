//! Tells whether a word can be a Vietnamese syllable: how to know text that was read in the wrong
//! letters from text that was not.
//!
//! A syllable is an onset, a rime and one of six tones; a rime that ends in a stop bears only two
//! of them. Source: the table of rimes in Đoàn Thiện Thuật, Ngữ âm tiếng Việt (1977), as spelled.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

/// Onsets as spelled, `gi` and `qu` as if `i` and `u` belonged to them.
const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "q", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// Rimes without tones, as spelled.
const RIMES: &str = "
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om
    on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uy uya uych
    uyên uyêt uynh uyt uyu uơ uyn uyp ư ưa ưc ưi ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu ynh yt";

static KNOWN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| RIMES.split_whitespace().collect());

/// Grave, hook above, tilde, acute, dot below.
const TONES: [char; 5] = ['\u{0300}', '\u{0309}', '\u{0303}', '\u{0301}', '\u{0323}'];

/// Can `word` be one Vietnamese syllable, in small or capital letters, in any form of Unicode?
pub(super) fn is_syllable(word: &str) -> bool {
    if word.chars().nth(LONGEST).is_some() || word.contains(is_foreign) {
        return false; // most words of other languages, without taking them apart
    }
    let (plain, tones): (Vec<char>, Vec<char>) = word
        .chars()
        .flat_map(char::to_lowercase)
        .nfd()
        .partition(|c| !TONES.contains(c));
    let plain: String = plain.into_iter().nfc().collect();
    let tone_fits = match tones[..] {
        [] => !ends_in_stop(&plain),
        [tone] => !ends_in_stop(&plain) || "\u{0301}\u{0323}".contains(tone),
        _ => false,
    };
    tone_fits && is_spelled(&plain)
}

/// Letters and marks of the longest syllable, taken apart: "nghuyện".
const LONGEST: usize = 9;

/// Is it a letter that other languages have and no syllable has?
fn is_foreign(c: char) -> bool {
    matches!(c, 'f' | 'j' | 'w' | 'z' | 'F' | 'J' | 'W' | 'Z')
        || matches!(
            c,
            'ä' | 'å' | 'æ' | 'ç' | 'ë' | 'î' | 'ï' | 'ñ' | 'ö' | 'ø' | 'û' | 'ü' | 'ß'
        )
        || matches!(
            c,
            'Ä' | 'Å' | 'Æ' | 'Ç' | 'Ë' | 'Î' | 'Ï' | 'Ñ' | 'Ö' | 'Ø' | 'Û' | 'Ü'
        )
}

fn ends_in_stop(plain: &str) -> bool {
    plain.len() > 1
        && ["c", "ch", "p", "t"]
            .iter()
            .any(|stop| plain.ends_with(stop))
}

fn is_spelled(plain: &str) -> bool {
    let after = ONSETS.iter().filter_map(|onset| plain.strip_prefix(onset));
    after
        .filter(|rime| !rime.is_empty())
        .any(|rime| KNOWN.contains(rime))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_known_and_other_words_are_not() {
        let text = "Nghiêng khuỷu quốc gì giếng yêu ƯỚC tuyết hoà hòa thuở ngoằng đỗ xã uỷ ban";
        for word in text.split(' ') {
            assert!(is_syllable(word), "{word}");
        }
        for word in "x· nghÜa ViÖt chaøo Vieät Ä‘ cât été über señor naïve Straße ạị".split(' ')
        {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
