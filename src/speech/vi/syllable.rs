//! Tells Vietnamese syllables from everything else.
//!
//! A syllable is an onset, a rime and a tone; the rimes are a closed set, and those that end in a
//! stop (p, t, c, ch) carry only the two sharp tones. Both placings of the tone mark (hoà, hòa) count.
//!
//! Source: Đoàn Thiện Thuật, Ngữ âm tiếng Việt (1977), the tables of onsets and rimes.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Onsets, longest first where one begins another.
const ONSETS: &[&str] = &[
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x",
];

/// Rimes without their tone, sorted.
const RIMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec",
    "em", "en", "eng", "eo", "ep", "et", "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu",
    "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "o", "oa", "oac", "oach", "oai", "oam",
    "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om",
    "on", "ong", "ooc", "oong", "op", "ot", "oăc", "oăm", "oăn", "oăng", "oăt", "u", "ua", "uc",
    "ui", "um", "un", "ung", "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "up", "ut", "uy", "uya",
    "uych", "uyn", "uynh", "uyp", "uyt", "uyu", "uyên", "uyêt", "uân", "uâng", "uât", "uây", "uê",
    "uêch", "uên", "uênh", "uêt", "uơ", "y", "yêm", "yên", "yêng", "yêt", "yêu", "yn", "ynh", "yt",
    "yp", "ych", "ym", "ăc", "ăm", "ăn", "ăng", "ăp", "ăt", "âc", "âm", "ân", "âng", "âp", "ât",
    "âu", "ây", "ê", "êch", "êm", "ên", "ênh", "êp", "êt", "êu", "êc", "ô", "ôc", "ôi", "ôm", "ôn",
    "ông", "ôp", "ôt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "ư", "ưa", "ưc", "ưi", "ưm", "ưng", "ưt",
    "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu",
];

/// Letters with a tone mark: the letter without it, and whether the tone is a sharp one (sắc, nặng).
fn without_tone(c: char) -> (char, Option<bool>) {
    const MARKED: &[(&str, char)] = &[
        ("áàảãạ", 'a'),
        ("ắằẳẵặ", 'ă'),
        ("ấầẩẫậ", 'â'),
        ("éèẻẽẹ", 'e'),
        ("ếềểễệ", 'ê'),
        ("íìỉĩị", 'i'),
        ("óòỏõọ", 'o'),
        ("ốồổỗộ", 'ô'),
        ("ớờởỡợ", 'ơ'),
        ("úùủũụ", 'u'),
        ("ứừửữự", 'ư'),
        ("ýỳỷỹỵ", 'y'),
    ];
    if c.is_ascii() {
        return (c, None);
    }
    for (marked, plain) in MARKED {
        if let Some(tone) = marked.chars().position(|m| m == c) {
            return (*plain, Some(tone == 0 || tone == 4));
        }
    }
    (c, None)
}

/// Is this word, in lower case, a Vietnamese syllable?
pub(super) fn is_syllable(word: &str) -> bool {
    if word.is_empty() || word.len() > 16 {
        return false;
    }
    let mut plain = String::with_capacity(word.len());
    let mut tones = 0;
    let mut sharp = false;
    for c in word.chars() {
        let (letter, tone) = without_tone(c);
        plain.push(letter);
        tones += usize::from(tone.is_some());
        sharp |= tone == Some(true);
    }
    tones <= 1 && splits_into_onset_and_rime(&plain, sharp)
}

fn splits_into_onset_and_rime(plain: &str, sharp: bool) -> bool {
    let is_rime = |rime: &str| {
        let stopped = ["p", "t", "c", "ch"]
            .iter()
            .any(|stop| rime.ends_with(stop));
        RIMES.contains(&rime) && (!stopped || sharp)
    };
    if is_rime(plain) || plain == "gi" {
        return true;
    }
    ONSETS
        .iter()
        .filter_map(|onset| Some((*onset, plain.strip_prefix(onset)?)))
        .any(|(onset, rime)| agrees(onset, rime) && is_rime(rime))
}

/// Cuts a word without marks into the syllables it may have been written from: "thanhnien" into
/// "thanh nien". The fewest syllables win; nothing where it cannot be cut wholly, or into pieces so
/// short that it is rather a foreign word.
pub(super) fn bare_syllables(word: &str) -> Option<String> {
    const LONGEST: usize = 7;
    if word.len() > MOST_BARE_LETTERS || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let mut fewest = [usize::MAX; MOST_BARE_LETTERS + 1];
    let mut last = [0; MOST_BARE_LETTERS + 1];
    fewest[0] = 0;
    for end in 1..=word.len() {
        for start in end.saturating_sub(LONGEST)..end {
            let shorter = fewest[start] < fewest[end].saturating_sub(1);
            if shorter && is_bare_syllable(&word[start..end]) {
                (fewest[end], last[end]) = (fewest[start] + 1, start);
            }
        }
    }
    let mut syllables = Vec::new();
    let mut end = word.len();
    while end > 0 && fewest[end] < usize::MAX {
        syllables.push(&word[last[end]..end]);
        end = last[end];
    }
    syllables.reverse();
    let likely = match syllables.len() {
        1 => true,
        2 | 3 => word.len() * 2 >= syllables.len() * 7,
        n => word.len() * 2 >= n * 5,
    };
    (end == 0 && likely).then(|| syllables.join(" "))
}

/// Longer runs of letters are no names.
const MOST_BARE_LETTERS: usize = 40;

/// Rimes as they look without their marks.
static BARE_RIMES: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let plain = |c| match c {
        'ă' | 'â' => 'a',
        'ê' => 'e',
        'ô' | 'ơ' => 'o',
        'ư' => 'u',
        c => c,
    };
    let bare = RIMES.iter().map(|rime| rime.chars().map(plain).collect());
    bare.collect()
});

/// Is it one Vietnamese syllable in small letters without its marks: "tuc", "duong"?
pub(super) fn is_bare_syllable(word: &str) -> bool {
    let mut rests = ONSETS.iter().filter_map(|onset| {
        let rime = word.strip_prefix(onset)?;
        agrees(onset, rime).then_some(rime)
    });
    rests.any(|rime| BARE_RIMES.contains(rime)) || (word.len() > 1 && BARE_RIMES.contains(word))
}

/// Before e, ê and i the sounds of c, g and ng are written k, gh and ngh.
fn agrees(onset: &str, rime: &str) -> bool {
    let front = rime.starts_with(['e', 'ê', 'i']);
    match onset {
        "c" => !front && !rime.starts_with('y'),
        "g" => !rime.starts_with(['e', 'ê']),
        "ng" => !front,
        "gh" | "ngh" => front,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_marks_are_cut_into_syllables() {
        for (word, cut) in [
            ("thanhnien", Some("thanh nien")),
            ("xaydungchinhsach", Some("xay dung chinh sach")),
            ("baovemoitruong", Some("bao ve moi truong")),
            ("facebook", None),
            ("gmail", None),
            ("vietcombank", None),
        ] {
            assert_eq!(bare_syllables(word).as_deref(), cut, "{word}");
        }
    }

    #[test]
    fn syllables_are_told_from_other_words() {
        for yes in [
            "nghiêng",
            "hoà",
            "hòa",
            "quý",
            "giếng",
            "gì",
            "ủy",
            "y",
            "khuya",
            "phường",
            "thuở",
        ] {
            assert!(is_syllable(yes), "{yes}");
        }
        for no in [
            "", "b", "ubnd", "street", "facebook", "càt", "hóá", "zalo", "blog",
        ] {
            assert!(!is_syllable(no), "{no}");
        }
    }
}
