use proptest::prelude::*;

use super::read;
use crate::model::{Lang, Punctuation};
use crate::speech::{Options, Spoken};

/// What holds for every reading.
#[track_caller]
fn check_places(text: &str, spoken: &Spoken) {
    let (mut written, mut covered) = (0, 0);
    for word in &spoken.words {
        assert!(written <= word.written.start && word.written.end <= text.len());
        let skipped = text.get(covered..word.written.start).unwrap_or_default();
        assert!(
            !skipped.contains(char::is_alphabetic),
            "{skipped:?} is lost"
        );
        assert!(
            !skipped.contains(|c: char| c.is_ascii_digit()),
            "{skipped:?} is lost"
        );
        written = word.written.start;
        covered = covered.max(word.written.end);
    }
    let rest = &text[covered..];
    assert!(!rest.contains(char::is_alphabetic), "{rest:?} is lost");
    assert!(!spoken.text.contains(char::is_numeric), "{}", spoken.text);
}

#[test]
fn english_is_read_as_a_newsreader_would() {
    let mut wrong = Vec::new();
    let table = include_str!("rows.tsv").lines();
    for line in table.filter(|l| !l.is_empty() && !l.starts_with("# ")) {
        let (written, expected) = line.split_once('\t').expect("two columns");
        let spoken = read(written, &Lang::en(), &Options::default());
        check_places(written, &spoken);
        if spoken.text != expected {
            wrong.push(format!(
                "{written}\n  is said {:?}\n  and not {expected:?}",
                spoken.text
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn americans_put_the_month_first() {
    let lang = Lang::parse("en-US").expect("a language tag");
    let said = |text| read(text, &lang, &Options::default()).text;
    assert_eq!(said("6/5/2020"), "June fifth, twenty twenty");
    assert_eq!(said("25/12/2020"), "December twenty fifth, twenty twenty");
}

#[test]
fn marks_are_named_for_those_who_ask() {
    let said = |punctuation| {
        let options = Options {
            punctuation,
            ..Options::default()
        };
        read("Hi (you), go.", &Lang::en(), &options).text
    };
    assert_eq!(said(Punctuation::None), "Hi, you, go.");
    assert_eq!(
        said(Punctuation::Some),
        "Hi left parenthesis, you right parenthesis, go."
    );
    assert!(said(Punctuation::All).ends_with("comma, go dot."));
}

#[test]
fn each_word_points_to_what_it_stands_for() {
    let text = "It cost $3.5 million (Jan. 5).";
    let spoken = read(text, &Lang::en(), &Options::default());
    let pairs: Vec<_> = spoken
        .words
        .iter()
        .map(|w| (&spoken.text[w.spoken.clone()], &text[w.written.clone()]))
        .collect();
    assert_eq!(pairs[2], ("three", "$3.5 million"));
    assert_eq!(pairs[6], ("dollars", "$3.5 million"));
    assert_eq!(pairs[7], ("January", "Jan. 5"));
    assert_eq!(spoken.steps[0].rule, "money");
}

#[test]
fn endless_texts_are_read_in_their_length() {
    for hostile in [
        "a.", "1.", "1-", "(", "1 ", "A. ", "a@", "1/", "é", "I. I", "$", "1,111",
    ] {
        let text = hostile.repeat(4_000);
        check_places(&text, &read(&text, &Lang::en(), &Options::default()));
    }
}

proptest! {
    #[test]
    fn no_digit_and_no_letter_is_lost(text in "[a-zA-Zé0-9 .,:;/()$%&#@+'\n½²٣–-]{0,60}") {
        check_places(&text, &read(&text, &Lang::en(), &Options::default()));
    }

    #[test]
    fn words_of_the_trade_are_read_too(
        text in "((June|Mr|No|St|p|a|m|XIV|Louis|USD|km|5|12|2020|007|1,000|3\\.5)[ ./:-]?){0,12}"
    ) {
        check_places(&text, &read(&text, &Lang::en(), &Options::default()));
    }
}
