//! What holds for every page, whatever its bytes.

use std::ops::Range;

use loa::gateway::{Understood, understand};
use loa::model::{Document, Part, Plan, Reading, Role, UiLang, Utterance, Wishes};
use loa::page::{self, Sound, View};
use loa::speech::Options;
use unicode_normalization::UnicodeNormalization;
use url::Url;

use crate::fault::faults_of_form;
use crate::same;

/// Reads bytes as a page, lays it out, plans its speech and renders it; panics where anything breaks.
pub(crate) fn check(bytes: &[u8], content_type: Option<&str>, address: Option<&Url>) {
    let understood = Understood::of(understand(bytes, content_type, address));
    check_reading(&understood.reading);
    let plan = understood.plan(&Options::default());
    check_plan(&plan, &understood.reading);
    check_rendered(&understood.document);
}

/// Parts ascend, hold something, and nothing but white space stands between them.
fn check_reading(reading: &Reading) {
    let text = &reading.text;
    assert!(text.nfc().eq(text.chars()), "the reading text is not NFC");
    let mut end = 0;
    for part in &reading.parts {
        assert!(part.range.start >= end, "{part:?} begins before {end}");
        assert_blank(text, end..part.range.start);
        check_part(text, part);
        end = part.range.end;
    }
    assert_blank(text, end..text.len());
}

fn check_part(text: &str, part: &Part) {
    let words = &text[part.range.clone()];
    assert!(!words.trim().is_empty(), "{part:?} is empty");
    if let Role::Heading(level) = part.role {
        assert!((2..=6).contains(&level), "{part:?}");
    }
    for (passage, _) in &part.langs {
        let inside = passage.start >= part.range.start && passage.end <= part.range.end;
        assert!(inside && text.get(passage.clone()).is_some(), "{part:?}");
    }
}

/// Utterances ascend and together cover all that the parts hold; without speech there are none.
fn check_plan(plan: &Plan, reading: &Reading) {
    let mut end = 0;
    for (number, utterance) in (1..).zip(&plan.utterances) {
        assert_eq!(utterance.id.0, number);
        assert!(
            utterance.written.start >= end,
            "{utterance:?} begins before {end}"
        );
        assert_blank(&reading.text, end..utterance.written.start);
        check_utterance(utterance, &reading.text);
        end = utterance.written.end;
    }
    let rest = &reading.text[end..];
    assert!(
        rest.trim().is_empty() || plan.utterances.is_empty(),
        "{rest:?} is not said"
    );
    assert!(
        !rest.contains(char::is_alphanumeric),
        "{rest:?} is not said"
    );
}

/// Words ascend in what is spoken and in what is written, and stand for all its letters and digits.
fn check_utterance(utterance: &Utterance, text: &str) {
    let Utterance {
        spoken,
        words,
        written,
        ..
    } = utterance;
    assert!(!words.is_empty(), "{utterance:?}");
    assert!(spoken.nfc().eq(spoken.chars()), "not NFC: {spoken:?}");
    assert!(!spoken.contains(char::is_control), "{spoken:?}");
    let read_by_loa = matches!(utterance.lang.primary(), "vi" | "en");
    let has_digit = spoken.contains(|c: char| c.is_ascii_digit());
    assert!(!(read_by_loa && has_digit), "a digit is left: {spoken:?}");
    let (mut said, mut reached) = (0, written.start);
    for word in words {
        assert!(
            word.spoken.start >= said && !word.spoken.is_empty(),
            "{utterance:?}"
        );
        assert!(spoken.get(word.spoken.clone()).is_some(), "{utterance:?}");
        let inside = word.written.start >= written.start && word.written.end <= written.end;
        assert!(
            inside && text.get(word.written.clone()).is_some(),
            "{utterance:?}"
        );
        assert_silent(text, reached..word.written.start.max(reached));
        said = word.spoken.end;
        reached = reached.max(word.written.end);
    }
    assert_silent(text, reached..written.end);
}

/// The page that the gateway gives, and the file, are sound for a parser and a listener.
fn check_rendered(document: &Document) {
    let wishes = Wishes::default();
    let view = View {
        wishes: &wishes,
        lang: UiLang::VI,
        carry: true,
        saves_data: false,
        here: "/read?url=https%3A%2F%2Fsaved.example%2F",
    };
    let render =
        |document: &Document| page::document(&view, document, Sound::Of(&document.head.url));
    same::check(document, render);
    for html in [render(document), page::standalone(document)] {
        let faults = faults_of_form(&html);
        assert!(
            faults.is_empty(),
            "{} faults: {:?}",
            faults.len(),
            faults[0]
        );
    }
}

#[track_caller]
fn assert_blank(text: &str, range: Range<usize>) {
    let between = &text[range];
    assert!(between.trim().is_empty(), "{between:?} belongs to nothing");
}

#[track_caller]
fn assert_silent(text: &str, range: Range<usize>) {
    let between = &text[range];
    assert!(
        !between.contains(char::is_alphanumeric),
        "{between:?} is not said"
    );
}
