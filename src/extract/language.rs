//! The language of a page: what it is written in, rather than what it says.
//!
//! Many Vietnamese portals say `en-us`. whatlang knows 69 languages; for others the page is believed.

use super::meta::Claims;
use super::page::{Page, beginning};
use crate::html::NodeId;
use crate::model::Lang;
use crate::model::letter::is_letter;

/// Prose shorter than this says little about its language.
const ENOUGH: usize = 60;
/// As much prose is looked at.
const LOOKED_AT: usize = 1500;

/// Finds the language of the body under `root`.
pub(super) fn of_page(page: &Page<'_>, root: NodeId, claims: &Claims) -> Lang {
    let mut sample = String::with_capacity(LOOKED_AT + 500);
    for line in page
        .survey
        .lines(root)
        .iter()
        .filter(|line| line.is_prose())
    {
        if sample.len() > LOOKED_AT {
            break;
        }
        // A block may hold a whole book whose lines are parted by breaks alone.
        sample.push_str(&page.shown_up_to(line.block, 4 * LOOKED_AT));
        sample.push(' ');
    }
    if sample.len() < ENOUGH {
        sample.push_str(&page.shown_up_to(root, LOOKED_AT));
    }
    let said = claims.langs.iter().find_map(|tag| Lang::parse(tag));
    of_text(&sample, said)
}

/// Finds the language of a text; `said` is what its page says.
pub(super) fn of_text(text: &str, said: Option<Lang>) -> Lang {
    if is_vietnamese(text) {
        return said.filter(Lang::is_vietnamese).unwrap_or_else(Lang::vi);
    }
    let text = beginning(text, LOOKED_AT);
    let info = whatlang::detect(text).filter(|_| text.len() >= ENOUGH);
    let found = info.and_then(|info| {
        let tag = tag_of(info.lang())?;
        Some((Lang::parse(tag)?, info.is_reliable()))
    });
    match (said, found) {
        (Some(said), Some((found, _))) if said.primary() == found.primary() => said,
        (Some(said), Some((found, true))) if is_known(said.primary()) => {
            if is_kin(said.primary(), found.primary()) {
                said
            } else {
                found
            }
        }
        (Some(said), _) => said,
        (None, Some((found, _))) => found,
        (None, None) => Lang::vi(),
    }
}

/// Is a tenth of the letters such that only Vietnamese has them?
pub(super) fn is_vietnamese(text: &str) -> bool {
    let (mut own, mut letters) = (0, 0);
    for c in text.chars().take(LOOKED_AT).filter(|c| is_letter(*c)) {
        letters += 1;
        // Latin Extended Additional from U+1EA0 is Vietnamese; horn, đ and ă are shared by few.
        own += usize::from(matches!(
            c,
            '\u{1ea0}'..='\u{1ef9}' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'đ' | 'Đ' | 'ă' | 'Ă'
        ));
    }
    own * 12 > letters && own > 1
}

/// Does a short line read like the name of a Vietnamese: two to four words with capitals, at least
/// one with letters of the language?
pub(super) fn is_vietnamese_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let capital = |w: &&str| w.chars().next().is_some_and(char::is_uppercase);
    let letters = |c: char| matches!(c, '\u{c0}'..='\u{1b0}' | '\u{1ea0}'..='\u{1ef9}');
    (2..=4).contains(&words.len())
        && words.iter().all(capital)
        && words
            .iter()
            .all(|w| w.chars().all(char::is_alphabetic) && w.len() <= 12)
        && line.contains(letters)
}

/// Languages too alike for letter statistics to overrule the page.
fn is_kin(a: &str, b: &str) -> bool {
    const KIN: &[&[&str]] = &[
        &["nb", "nn", "no", "da", "sv"],
        &["cs", "sk"],
        &["hr", "sr", "bs", "sl", "mk", "bg"],
        &["es", "pt", "gl", "ca", "it"],
        &["id", "ms", "jv"],
        &["nl", "af", "de", "lb"],
        &["ru", "uk", "be", "bg"],
        &["tr", "az", "uz", "tk"],
        &["zh", "ja"],
        &["zu", "xh", "st", "sn"],
    ];
    KIN.iter().any(|row| row.contains(&a) && row.contains(&b))
}

fn is_known(primary: &str) -> bool {
    TAGS.iter().any(|(_, tag)| *tag == primary)
}

fn tag_of(lang: whatlang::Lang) -> Option<&'static str> {
    TAGS.iter()
        .find(|(code, _)| *code == lang.code())
        .map(|(_, tag)| *tag)
}

/// ISO 639-3 codes, as whatlang gives them, with their tags in BCP 47.
const TAGS: [(&str, &str); 69] = [
    ("epo", "eo"),
    ("eng", "en"),
    ("rus", "ru"),
    ("cmn", "zh"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("ben", "bn"),
    ("fra", "fr"),
    ("deu", "de"),
    ("ukr", "uk"),
    ("kat", "ka"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("jpn", "ja"),
    ("heb", "he"),
    ("yid", "yi"),
    ("pol", "pl"),
    ("amh", "am"),
    ("jav", "jv"),
    ("kor", "ko"),
    ("nob", "nb"),
    ("dan", "da"),
    ("swe", "sv"),
    ("fin", "fi"),
    ("tur", "tr"),
    ("nld", "nl"),
    ("hun", "hu"),
    ("ces", "cs"),
    ("ell", "el"),
    ("bul", "bg"),
    ("bel", "be"),
    ("mar", "mr"),
    ("kan", "kn"),
    ("ron", "ro"),
    ("slv", "sl"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("mkd", "mk"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("tam", "ta"),
    ("vie", "vi"),
    ("urd", "ur"),
    ("tha", "th"),
    ("guj", "gu"),
    ("uzb", "uz"),
    ("pan", "pa"),
    ("aze", "az"),
    ("ind", "id"),
    ("tel", "te"),
    ("pes", "fa"),
    ("mal", "ml"),
    ("ori", "or"),
    ("mya", "my"),
    ("nep", "ne"),
    ("sin", "si"),
    ("khm", "km"),
    ("tuk", "tk"),
    ("aka", "ak"),
    ("zul", "zu"),
    ("sna", "sn"),
    ("afr", "af"),
    ("lat", "la"),
    ("slk", "sk"),
    ("cat", "ca"),
    ("tgl", "tl"),
    ("hye", "hy"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_decide_before_the_page_does() {
        let vi = "Sáng nay, trường học trong huyện mở cửa trở lại sau đợt mưa lũ kéo dài.";
        let en = "The school opened its doors again this morning after a week of heavy rain in the valley.";
        for (text, said, expected) in [
            (vi, Some("en-us"), "vi"),
            (vi, Some("vi-VN"), "vi-VN"),
            (en, Some("en-GB"), "en-GB"),
            (en, None, "en"),
            ("OK", Some("is"), "is"),
        ] {
            let got = of_text(text, said.and_then(Lang::parse));
            assert_eq!(got.as_str(), expected, "{text}");
        }
    }
}
