use std::ops::Range;

use proptest::prelude::*;

use super::sentences;
use crate::model::Lang;

/// Compares trimmed sentences with the expected ones; says what differs.
fn compare(lang: &str, text: &str, expected: &[&str]) -> Result<(), String> {
    let lang = Lang::parse(lang).expect("a language tag");
    let cuts = sentences(text, &lang);
    let got: Vec<_> = cuts.iter().map(|r| &text[r.clone()]).collect();
    assert_eq!(got.concat(), text, "nothing may be lost");
    let trimmed: Vec<_> = got.iter().map(|s| s.trim_end()).collect();
    let same = trimmed == expected;
    same.then_some(())
        .ok_or(format!("{trimmed:?}\n     not {expected:?}"))
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(compare("vi", text, expected), Ok(()));
}

/// Checks texts with their sentence ends marked by `‖`.
#[track_caller]
fn check_rows<'a>(rows: impl Iterator<Item = (&'a str, String)>) {
    let wrong = rows.filter_map(|(lang, marked)| {
        let expected: Vec<_> = marked.split('‖').map(str::trim).collect();
        compare(lang, &marked.replace('‖', ""), &expected).err()
    });
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    let lines = table.lines();
    lines.filter(|l| !l.is_empty() && !l.starts_with('#'))
}

fn broken(line: &str) -> String {
    line.replace("\\n", "\n")
}

#[test]
fn sentence_ends_of_official_prose_are_found() {
    let table = include_str!("segmentation.tsv");
    check_rows(lines(table).map(|line| ("vi", broken(line))));
}

#[test]
fn sentence_ends_in_other_situations_and_languages_are_found() {
    let table = include_str!("rows.tsv");
    let cells = lines(table).filter_map(|line| line.split_once('\t'));
    check_rows(cells.map(|(lang, marked)| (lang, broken(marked))));
}

#[test]
fn marks_alone_are_no_sentence_of_their_own() {
    check("", &[]);
    check("...", &["..."]);
    check("– …! Có.", &["– …! Có."]);
}

#[test]
fn a_text_without_blanks_or_with_marks_alone_costs_no_more_than_others() {
    let lang = Lang::vi();
    for hostile in ["a.", "(", "\"", ". ", "1.", "…1", "A. ", "(. ", "“!”."] {
        let text = hostile.repeat(40_000);
        let total: usize = sentences(&text, &lang).iter().map(Range::len).sum();
        assert_eq!(total, text.len());
    }
}

proptest! {
    #[test]
    fn joined_sentences_are_the_text(text in "[a-zA-ZĐđơ0-9 .!?…\n\"“”()。,-]{0,120}", vi: bool) {
        let lang = if vi { Lang::vi() } else { Lang::en() };
        let mut at = 0;
        for cut in sentences(&text, &lang) {
            prop_assert_eq!(cut.start, at);
            prop_assert!(cut.start < cut.end);
            at = cut.end;
        }
        prop_assert_eq!(at, text.len());
    }
}
