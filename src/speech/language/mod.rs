//! Tells in which language each passage is spoken.
//!
//! The one idea: what a page says about its language is often wrong (a word processor marks
//! Vietnamese prose as `EN-US`, a template says `lang="en"`), so plain evidence in the letters weighs
//! more than marks, marks weigh more than the page's language, and a detector is asked only about
//! long Latin prose that shows no evidence at all.
//!
//! Sources: Unicode's Latin Extended Additional block for letters that only Vietnamese has; crate
//! whatlang (trigrams) with an allow-list, the best of three detectors measured on portal texts.

mod evidence;
mod table;

use std::ops::Range;

use whatlang::Detector;

use self::evidence::Evidence;
use super::sentence::sentences;
use super::window::head;
use crate::model::letter::is_letter_or_digit;
use crate::model::{Lang, Part, Reading, Role};

/// Latin letters from which on a detector is asked.
const DETECTABLE_LETTERS: usize = 250;
/// The same on a Vietnamese page, where letters without any Vietnamese mark say more.
const DETECTABLE_LETTERS_AMONG_VIETNAMESE: usize = 100;
/// As much text as tells the language of a whole page, in bytes.
const SAMPLE_BYTES: usize = 4000;
/// The words from which on a marked passage is spoken by a voice of its own.
const PASSAGE_WORDS: usize = 3;

/// A stretch of the reading text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    pub(super) range: Range<usize>,
    pub(super) lang: Lang,
}

/// Finds the language that most of a reading is written in.
pub(super) fn of_reading(reading: &Reading) -> Lang {
    of_text(head(&reading.text, SAMPLE_BYTES), &reading.lang)
}

/// Cuts a part into its sentences, each in the language it is spoken in. The ranges touch, and
/// cover the part.
pub(super) fn passages(text: &str, part: &Part, usual: &Lang) -> Vec<Passage> {
    let given = part.spoken_in.as_ref();
    let found = || of_text(&text[part.range.clone()], usual);
    let base = given.cloned().unwrap_or_else(found);
    let mut passages = Vec::new();
    for stretch in stretches(text, part, &base) {
        let prose = &text[stretch.range.clone()];
        let cuts = match part.role {
            Role::Code => lines(prose),
            _ => sentences(prose, &stretch.lang),
        };
        passages.extend(cuts.into_iter().map(|cut| {
            let seen = Evidence::of(&prose[cut.clone()])
                .lang()
                .filter(|_| given.is_none());
            Passage {
                range: cut.start + stretch.range.start..cut.end + stretch.range.start,
                lang: seen.map_or_else(|| stretch.lang.clone(), |l| native(l, &stretch.lang)),
            }
        }));
    }
    passages
}

/// Code and verse are said line by line.
fn lines(prose: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let lines = prose.split_inclusive('\n').map(|line| {
        at += line.len();
        at - line.len()..at
    });
    lines.collect()
}

/// Finds the language of a text, which is `usual` where nothing speaks against it.
fn of_text(text: &str, usual: &Lang) -> Lang {
    let evidence = Evidence::of(text);
    let enough = if usual.is_vietnamese() {
        DETECTABLE_LETTERS_AMONG_VIETNAMESE
    } else {
        DETECTABLE_LETTERS
    };
    let found = match evidence.lang() {
        None if evidence.latin >= enough => detected(text, usual),
        found => found,
    };
    found.map_or_else(|| usual.clone(), |lang| native(lang, usual))
}

/// Keeps the usual language where what was found is the same but for the region (`en` on a page in
/// `en-GB`), or another one of the same script.
fn native(found: Lang, usual: &Lang) -> Lang {
    let pair = [found.primary(), usual.primary()];
    let mut families = table::FAMILIES.iter();
    let akin = families.any(|family| pair.iter().all(|lang| family.contains(lang)));
    if akin || pair[0] == pair[1] {
        return usual.clone();
    }
    found
}

/// Asks the detector, unless the usual language is one it might mistake for another.
fn detected(text: &str, usual: &Lang) -> Option<Lang> {
    let mut table = table::DETECTABLE.iter();
    table.find(|(tag, _)| *tag == usual.primary())?;
    let known = table::DETECTABLE.iter().map(|(_, lang)| *lang);
    let info = Detector::with_allowlist(known.collect()).detect(text)?;
    let mut table = table::DETECTABLE.iter();
    let (tag, _) = table.find(|(_, lang)| info.is_reliable() && *lang == info.lang())?;
    Lang::parse(tag)
}

/// The part cut at its marked passages, as far as these are to be believed and worth a voice.
fn stretches(text: &str, part: &Part, base: &Lang) -> Vec<Passage> {
    let mut stretches = Vec::new();
    let mut at = part.range.start;
    for (range, lang) in &part.langs {
        let inside = part.range.start <= range.start && range.end <= part.range.end;
        if range.start < at || !inside || !is_passage(&text[range.clone()], lang, base) {
            continue;
        }
        push(&mut stretches, at..range.start, base, text);
        push(&mut stretches, range.clone(), lang, text);
        at = range.end;
    }
    push(&mut stretches, at..part.range.end, base, text);
    stretches
}

/// Adds a stretch; blanks and marks alone go with the one before.
fn push(stretches: &mut Vec<Passage>, range: Range<usize>, lang: &Lang, text: &str) {
    let wordless = !text[range.clone()].contains(is_letter_or_digit);
    match stretches.last_mut() {
        Some(last) if wordless => last.range.end = range.end,
        _ if range.is_empty() => {}
        _ => stretches.push(Passage {
            range,
            lang: lang.clone(),
        }),
    }
}

/// Is a marked passage in another language, and long enough that a change of voice helps?
fn is_passage(passage: &str, marked: &Lang, base: &Lang) -> bool {
    let evidence = Evidence::of(passage);
    let doubtful = base.is_vietnamese() && evidence.accented > 0 && marked.primary() == "en";
    let worth = evidence.words >= PASSAGE_WORDS || (evidence.latin == 0 && evidence.other > 0);
    marked.primary() != base.primary() && worth && !doubtful && !evidence.speaks_for(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "The committee has met and the report was sent to all members.";
    const VIETNAMESE: &str = "Đoàn công tác đã đến thăm các gia đình chính sách.";

    fn lang(tag: &str) -> Lang {
        Lang::parse(tag).expect("a language tag")
    }

    #[track_caller]
    fn check(text: &str, usual: &str, expected: &str) {
        assert_eq!(of_text(text, &lang(usual)).as_str(), expected, "{text}");
    }

    #[test]
    fn letters_and_small_words_weigh_more_than_the_pages_word() {
        check(VIETNAMESE, "en-US", "vi");
        check(ENGLISH, "vi", "en");
        let title = "Cuốn The Wind in the Willows do nhà in Sao Mai ra mắt năm nay";
        check(title, "vi", "vi");
        check("Thông báo", "vi", "vi");
        check("Thông báo", "vi-VN", "vi-VN");
        check("Samsung Galaxy Note", "vi", "vi");
        check(
            "Mr Nguyễn Văn Thành met the press and left for the airport",
            "en-GB",
            "en-GB",
        );
        check("Hop mat dau xuan va trao qua cho ba con", "vi", "vi");
        check("今天天气很好，我们去公园。", "vi", "zh");
        check("Сегодня хорошая погода, мы идём в парк.", "vi", "ru");
        check("オリンピックが始まる。", "vi", "ja");
        check("Фото:", "ru", "ru");
        check(
            "Was will der Zeuge damit sagen und warum jetzt?",
            "de",
            "de",
        );
        check("Windows 10での操作方法です。", "ja", "ja");
        check("東京都", "ja-JP", "ja-JP");
        check("2020", "fr", "fr");
    }

    #[test]
    fn long_prose_of_a_page_with_a_wrong_language_is_detected() {
        let french = "Le conseil municipal se réunira jeudi soir pour voter le budget de la \
            commune, dont la plus grande partie servira à rénover les écoles du centre.";
        check(french, "vi", "fr");
        check(french, "fr-CA", "fr-CA");
    }

    #[track_caller]
    fn check_passages(marked: &[(&str, Option<&str>)], usual: &str, expected: &[(&str, &str)]) {
        let mut text = String::new();
        let mut langs = Vec::new();
        for (piece, tag) in marked {
            let start = text.len();
            text.push_str(piece);
            langs.extend(tag.map(|tag| (start..text.len(), lang(tag))));
        }
        let part = Part {
            role: Role::Paragraph,
            block: None,
            range: 0..text.len(),
            langs,
            spoken_in: None,
        };
        let passages = passages(&text, &part, &lang(usual));
        let got: Vec<_> = passages
            .iter()
            .map(|p| (text[p.range.clone()].trim(), p.lang.as_str()))
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn a_sentence_in_another_language_is_a_passage_and_a_word_is_none() {
        let both = format!("{VIETNAMESE} {ENGLISH}");
        check_passages(
            &[(&both, None)],
            "vi",
            &[(VIETNAMESE, "vi"), (ENGLISH, "en")],
        );
        let word = "Khách hàng dùng smartphone để đặt hàng.";
        check_passages(&[(word, None)], "vi", &[(word, "vi")]);
        check_passages(
            &[
                ("Em hát bài ", None),
                ("Bonjour", Some("fr")),
                (" rất hay.", None),
            ],
            "vi",
            &[("Em hát bài Bonjour rất hay.", "vi")],
        );
    }

    #[test]
    fn a_marked_passage_is_believed_unless_its_letters_say_otherwise() {
        check_passages(
            &[
                ("Họ hát ", None),
                ("la vie en rose", Some("fr")),
                (".", None),
            ],
            "vi",
            &[("Họ hát", "vi"), ("la vie en rose.", "fr")],
        );
        check_passages(&[(VIETNAMESE, Some("en-US"))], "vi", &[(VIETNAMESE, "vi")]);
        check_passages(
            &[("Tên là ", None), ("北京", Some("zh")), (" đó.", None)],
            "vi",
            &[("Tên là", "vi"), ("北京", "zh"), ("đó.", "vi")],
        );
    }
}
