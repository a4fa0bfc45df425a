//! Hands prose of other languages to their voice unharmed: their engine knows their numbers.
//!
//! Each word is put into NFC and keeps its place; quotes, brackets and bullets make way for pauses.

use unicode_normalization::UnicodeNormalization;

use super::{Lexicon, Pause, Spoken};
use crate::model::letter::is_letter_or_digit;

/// Reads `text` as it stands, but for words that the lexicon has a reading for in `lang`, a primary
/// language.
pub(super) fn read(text: &str, lang: &str, lexicon: &Lexicon) -> Spoken {
    let mut spoken = Spoken::with_capacity(text.len());
    let mut start = None;
    let mut listed_until = 0;
    for (at, c) in text.char_indices() {
        if at < listed_until {
            continue;
        }
        if begins_word(text, at, c)
            && let Some((end, words)) = lexicon.find(text, at, word_end(text, at), lang)
        {
            if let Some(start) = start.take() {
                say(&mut spoken, text, start, at);
            }
            let first = spoken.words.len();
            spoken.say_phrase(words, &(at..end));
            spoken.note("lexicon", at..end, first);
            listed_until = end;
            continue;
        }
        if !parts_words(c) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(start) = start.take() {
            say(&mut spoken, text, start, at);
        }
        if let Some(pause) = pause_of(c) {
            spoken.pause(pause);
        }
    }
    if let Some(start) = start {
        say(&mut spoken, text, start, text.len());
    }
    spoken
}

fn begins_word(text: &str, at: usize, c: char) -> bool {
    is_letter_or_digit(c) && !text[..at].ends_with(is_letter_or_digit)
}

fn word_end(text: &str, start: usize) -> usize {
    let word = &text[start..];
    start
        + word
            .find(|c: char| !is_letter_or_digit(c))
            .unwrap_or(word.len())
}

/// Blanks, and the marks of scripts that write no blanks.
fn parts_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '—' | '，' | '、' | '；' | '：') || is_full_stop(c)
}

fn is_full_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '।' | '؟' | '۔')
}

fn pause_of(c: char) -> Option<Pause> {
    Some(match c {
        '—' | '，' | '、' | '؛' => Pause::Comma,
        '；' => Pause::Semicolon,
        '：' => Pause::Colon,
        '。' | '।' | '۔' => Pause::Stop,
        '！' => Pause::Exclamation,
        '？' | '؟' => Pause::Question,
        _ => return None,
    })
}

/// Says what stands between two blanks, without quotes and invisible characters; the clause marks
/// behind it become pauses.
fn say(spoken: &mut Spoken, text: &str, start: usize, end: usize) {
    let token = &text[start..end];
    let bare = token.trim_matches(is_wrapping);
    let word = bare.trim_end_matches(|c| is_wrapping(c) || Pause::from_mark(c).is_some());
    let voiced = word.contains(|c: char| is_letter_or_digit(c) || "%&€$£¥+=°@#".contains(c));
    if voiced {
        let from = start + token.find(word).unwrap_or_default();
        let clean = word.chars().filter(|c| !is_invisible(*c)).nfc();
        spoken.say(&clean.collect::<String>(), from..from + word.len());
    } else if token.chars().all(|c| matches!(c, '-' | '–')) {
        spoken.pause(Pause::Comma);
    }
    let marks = if voiced { &bare[word.len()..] } else { bare };
    for pause in marks.chars().filter_map(Pause::from_mark) {
        spoken.pause(pause);
    }
}

fn is_wrapping(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '「'
            | '」'
            | '『'
            | '』'
            | '（'
            | '）'
            | '《'
            | '》'
            | '*'
            | '•'
            | '·'
            | '_'
            | '|'
            | '~'
            | '<'
            | '>'
            | '¿'
            | '¡'
    ) || is_invisible(c)
}

/// Soft hyphen, zero-width characters that join nothing, marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}'
    ) || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let spoken = read(text, "fr", &Lexicon::default());
        assert_eq!(spoken.text, expected);
        let mut at = 0;
        for word in &spoken.words {
            assert!(at <= word.written.start, "written places ascend");
            at = word.written.end;
            assert!(!text[word.written.clone()].trim().is_empty());
        }
    }

    #[test]
    fn words_numbers_and_pauses_of_other_languages_stay() {
        check("Il a « 25 ans », dit-on.", "Il a 25 ans, dit-on.");
        check("Prix : 3,50 € (TTC) !", "Prix: 3,50 € TTC!");
        check("50 % – peut-être…", "50 %, peut-être,");
        check("e\u{301}te\u{301}\u{200b}", "été");
        check("今天下雨，明天晴。", "今天下雨, 明天晴.");
        check("¿Qué? *** ", "Qué?");
        check("  ", "");
    }

    #[test]
    fn a_listed_word_is_said_as_the_lexicon_has_it_in_its_language_alone() {
        let rows = "SNCF\tesse enne cé effe\tlang=fr\n";
        let lexicon = Lexicon::from_tsv(rows).expect("a lexicon");
        let said = |lang| read("La «SNCF», dit-on.", lang, &lexicon).text;
        assert_eq!(said("fr"), "La esse enne cé effe, dit-on.");
        assert_eq!(said("de"), "La SNCF, dit-on.");
    }
}
