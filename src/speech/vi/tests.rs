//! What holds for every reading, and the rows of every rule.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::read;
use crate::model::{DocumentStyle, Punctuation};
use crate::speech::{Options, Region, Spoken};

fn said(text: &str) -> Spoken {
    read(text, &Options::default())
}

/// Rows of `rule`, written, spoken; a row of its own for every rule and its exceptions.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let lines = include_str!("rows.tsv").lines();
    lines.filter(|l| !l.starts_with('#')).map(|line| {
        let mut columns = line.split('\t');
        let mut column = || columns.next().expect("three columns a row");
        (column(), column(), column())
    })
}

#[test]
fn every_row_is_read_as_it_says() {
    let wrong: Vec<_> = rows()
        .filter(|(_, written, spoken)| said(written).text != *spoken)
        .map(|(rule, written, spoken)| {
            let got = said(written).text;
            format!("{rule}: {written}\n  said {got}\n  want {spoken}")
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} rows:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn there_are_rows_enough() {
    assert!(rows().count() >= 600, "{}", rows().count());
}

#[test]
fn every_row_keeps_what_holds_for_all_readings() {
    rows().for_each(|(_, written, _)| check(written));
}

#[test]
fn signs_of_documents_have_three_styles() {
    let style = |documents| Options {
        documents,
        ..Options::default()
    };
    let say = |style: &Options| read("số 12-NQ/TW", style).text;
    assert_eq!(
        say(&style(DocumentStyle::Expand)),
        "số mười hai nghị quyết trung ương"
    );
    assert_eq!(
        say(&style(DocumentStyle::Spell)),
        "số mười hai nờ quy tê vê kép"
    );
    assert_eq!(say(&style(DocumentStyle::Short)), "số mười hai");
}

#[test]
fn the_south_has_words_of_its_own() {
    let south = Options {
        region: Region::South,
        ..Options::default()
    };
    assert_eq!(
        read("1.005 hộ", &south).text,
        "một ngàn không trăm lẻ năm hộ"
    );
}

#[test]
fn marks_are_named_as_the_reader_wants() {
    let said = |punctuation| {
        let options = Options {
            punctuation,
            ..Options::default()
        };
        read("Họ (hai xã) nói: “Được”, 2-3 ngày.", &options).text
    };
    assert_eq!(
        said(Punctuation::None),
        "Họ, hai xã, nói: Được, hai đến ba ngày."
    );
    assert_eq!(
        said(Punctuation::Some),
        "Họ mở ngoặc, hai xã đóng ngoặc, nói: mở ngoặc kép Được đóng ngoặc kép, hai đến ba ngày."
    );
    assert_eq!(
        said(Punctuation::All),
        "Họ mở ngoặc, hai xã đóng ngoặc, nói hai chấm: mở ngoặc kép Được đóng ngoặc kép phẩy, hai đến ba ngày chấm."
    );
}

#[test]
fn the_lexicon_goes_before_all_rules() {
    let rows = "Park Hang-seo\tpác hang xô\nW3C\tvê kép ba xê\nBắc Kạn\tbắc cạn\n";
    let options = Options {
        lexicon: std::sync::Arc::new(crate::speech::Lexicon::from_tsv(rows).expect("a lexicon")),
        ..Options::default()
    };
    let said = |text| read(text, &options).text;
    assert_eq!(
        said("ông Park Hang-seo (W3C), tỉnh Bắc Kạn."),
        "ông pác hang xô, vê kép ba xê, tỉnh bắc cạn."
    );
    let spoken = read("ông Park Hang-seo", &options);
    assert_eq!(spoken.words[1].written, 5..18);
    assert_eq!(spoken.steps[0].rule, "lexicon");
}

#[test]
fn a_word_points_at_what_it_stands_for() {
    let text = "đạt 02/02 xã";
    let spoken = said(text);
    let places: Vec<_> = spoken
        .words
        .iter()
        .map(|w| &text[w.written.clone()])
        .collect();
    assert_eq!(places, ["đạt", "02/02", "02/02", "02/02", "xã"]);
    assert_eq!(spoken.steps.len(), 1);
    assert_eq!(spoken.steps[0].rule, "share");
    assert_eq!(spoken.steps[0].spoken, "hai trên hai");
}

#[test]
fn places_are_those_of_the_given_text_not_of_the_tidied_one() {
    let text = "Vie\u{323}\u{302}t\u{200b} Nam\u{a0}2020";
    let spoken = said(text);
    assert_eq!(
        &text[spoken.words[0].written.clone()],
        "Vie\u{323}\u{302}t\u{200b}"
    );
    assert_eq!(&text[spoken.words[2].written.clone()], "2020");
    check(text);
}

#[test]
fn long_lines_of_one_pattern_are_read() {
    for piece in [
        "1", "1.", "1/", "a.", "1-", "(", "A-", "QĐ-", "1 ", "123 ", "XI, ", "a@", "0912 ", "./.",
        "…", "'", "1, ", "/", "x ", "5' ", "5\" ", "(i) ", "CT ", "#a", "4-3-", "USD ", "a - ",
        "USD/", "a:a.", "*1", "111 111 ", "tin-", "v..", "0x", ".NET ", "t.2, ",
    ] {
        check(&piece.repeat(3000));
    }
}

/// What must hold for the reading of any text whatever.
#[track_caller]
fn check(text: &str) {
    let spoken = said(text);
    check_spoken(&spoken);
    check_places(text, &spoken);
    let mut pieces = Spoken::default();
    let mut start = 0;
    for line in text.split('\n') {
        pieces.append(said(line).shifted(start));
        start += line.len() + 1;
    }
    assert_eq!(pieces.text, spoken.text, "whole or line by line: {text:?}");
    assert_eq!(
        pieces.words, spoken.words,
        "whole or line by line: {text:?}"
    );
}

#[track_caller]
fn check_spoken(spoken: &Spoken) {
    let text = &spoken.text;
    assert!(text.nfc().eq(text.chars()), "not NFC: {text:?}");
    for c in text.chars() {
        let fits = (c.is_alphanumeric() && !c.is_ascii_digit())
            || is_combining_mark(c)
            || " ,.;:?!".contains(c);
        assert!(fits, "{c:?} in {text:?}");
    }
    let mut end = 0;
    for word in &spoken.words {
        assert!(
            word.spoken.start >= end && !word.spoken.is_empty(),
            "{spoken:?}"
        );
        end = word.spoken.end;
        assert!(
            !text[word.spoken.clone()].contains([' ', ',', '.']),
            "{spoken:?}"
        );
    }
    assert!(
        text.len() <= end + 1,
        "something behind the last word: {text:?}"
    );
}

#[track_caller]
fn check_places(text: &str, spoken: &Spoken) {
    let mut reached = 0;
    let mut last = 0..0;
    for word in &spoken.words {
        let place = word.written.clone();
        assert!(
            place.start >= last.start && place.end >= last.end,
            "{text:?}: {spoken:?}"
        );
        assert!(
            place == last || place.start >= last.end,
            "{text:?}: {spoken:?}"
        );
        assert!(
            text.get(place.clone()).is_some_and(|t| !t.is_empty()),
            "{text:?}: {place:?}"
        );
        if place.start > reached {
            check_silent(text, &text[reached..place.start]);
        }
        reached = reached.max(place.end);
        last = place;
    }
    check_silent(text, &text[reached..]);
}

#[track_caller]
fn check_silent(text: &str, between: &str) {
    assert!(
        !between.chars().any(char::is_alphanumeric),
        "{between:?} of {text:?} is never said"
    );
}

/// Pieces of official prose, to be strung together in any order.
const PIECES: &[&str] = &[
    "Căn cứ",
    "Quyết định số",
    "290-QĐ/TW",
    "12/2021/NĐ-CP",
    "ngày",
    "25/02/2020",
    "từ",
    "đến",
    "15-20/8",
    "lúc",
    "7h30",
    "08:05",
    "UBND",
    "BTV",
    "TP.",
    "Q.",
    "Hồ Chí Minh",
    "khóa",
    "XIII",
    "IV",
    "thứ",
    "4",
    "1.234,5",
    "tỷ đồng",
    "%",
    "km/h",
    "m²",
    "(",
    ")",
    "“",
    "”",
    "…",
    "./.",
    ",",
    ";",
    ":",
    "-",
    "–",
    "/",
    "02/02",
    "xã",
    "1/2",
    "0912 345 678",
    "+84",
    "backan.gov.vn",
    "a@b.vn",
    "#tag",
    "COVID-19",
    "N.V.A",
    "v.v.",
    "đ/c",
    "H'Mông",
    "A1B",
    "°C",
    "-3",
    "2020-2025",
    "tháng",
    "quý I/2024",
    "$5",
    "10k",
    "1m65",
    "3.2e5",
    "x",
    "=",
    "😀",
    "I.",
    "a)",
    "và",
    "hoặc",
    "điểm",
    "d",
    "Điều 5a",
    "\u{200b}",
    "e\u{301}",
    "\t",
    "(ii)",
    "(+)",
    "US$5",
    "USD",
    "↑ 5%",
    "▼",
    "7h/15/7",
    "45'",
    "55\"",
    "′",
    "QNg 90123 TS",
    "30 /2020/ NĐ - CP",
    "15/2022/nđ-cp",
    "88/QĐUBND",
    "4-3-3",
    "Chelsea 3-1",
    "thứ Hai - thứ Sáu",
    "T2-T6",
    "#ChungTayBaoVe",
    "thanhnienviet.vn",
    "37 0C",
    "1.004193",
    "500,000",
    "÷",
    "~",
    "CT 05-CT/TW",
    "QL.3",
    "21°01'N",
];

fn prose() -> impl Strategy<Value = String> {
    let piece = (
        proptest::sample::select(PIECES),
        proptest::sample::select(&[" ", " ", " ", "", "\n"][..]),
    );
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| {
        pieces
            .iter()
            .flat_map(|(piece, blank)| [*piece, *blank])
            .collect()
    })
}

proptest! {
    #[test]
    fn any_official_prose_is_read_wholly(text in prose()) {
        check(&text);
    }

    #[test]
    fn any_text_at_all_is_read_wholly(text in "(?s).{0,60}") {
        check(&text);
    }

    #[test]
    fn any_marks_and_digits_are_read_wholly(text in "[0-9a-zA-ZĐđ./:,\\-–+%°'()& \n²]{0,40}") {
        check(&text);
    }
}
