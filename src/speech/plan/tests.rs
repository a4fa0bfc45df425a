use proptest::prelude::*;

use super::fixture::{article, document, row};
use super::plan;
use crate::model::{
    Block, Content, Cue, Entry, Figure, Item, List, Listing, Plan, Reading, Role, Structure, Table,
    Utterance,
};
use crate::speech::Options;

fn page(lang: &str, title: &str, blocks: Vec<Block>) -> Reading {
    Reading::of(&document(lang, title, Content::Page(blocks)))
}

fn paragraphs(lang: &str, texts: &[&str]) -> Reading {
    let blocks = texts.iter().map(|t| Block::Paragraph((*t).into()));
    page(lang, "", blocks.collect())
}

/// What holds for every plan.
#[track_caller]
fn check(reading: &Reading, options: &Options) -> Plan {
    let plan = plan(reading, options);
    let mut at = 0;
    for (number, u) in (1..).zip(&plan.utterances) {
        assert_eq!(u.id.0, number);
        let between = &reading.text[at..u.written.start];
        assert!(between.trim().is_empty(), "{between:?} is lost");
        assert!(!u.spoken.is_empty() && u.pause_ms > 0);
        check_words(u);
        at = u.written.end;
    }
    if !plan.utterances.is_empty() {
        let rest = &reading.text[at..];
        assert!(rest.trim().is_empty(), "{rest:?} is lost");
    }
    plan
}

#[track_caller]
fn check_words(u: &Utterance) {
    let (mut said, mut read) = (0, u.written.start);
    for word in &u.words {
        assert!(said <= word.spoken.start && word.spoken.end <= u.spoken.len());
        assert!(!u.spoken[word.spoken.clone()].is_empty());
        assert!(
            read <= word.written.start && word.written.end <= u.written.end,
            "{u:?}"
        );
        (said, read) = (word.spoken.end, word.written.start);
    }
    assert!(!u.words.is_empty());
    let voiced = matches!(u.lang.primary(), "vi" | "en");
    assert!(
        !(voiced && u.spoken.contains(char::is_numeric)),
        "{}",
        u.spoken
    );
}

fn said(plan: &Plan) -> Vec<&str> {
    plan.utterances.iter().map(|u| u.spoken.as_str()).collect()
}

fn written<'a>(plan: &Plan, reading: &'a Reading) -> Vec<&'a str> {
    let places = plan.utterances.iter().map(|u| u.written.clone());
    places.map(|place| &reading.text[place]).collect()
}

/// Plans `reading` and compares what is written in each utterance.
#[track_caller]
fn check_written(reading: &Reading, expected: &[&str]) {
    let plan = check(reading, &Options::default());
    assert_eq!(written(&plan, reading), expected);
}

#[track_caller]
fn check_said(reading: &Reading, structure: Structure, expected: &[&str]) {
    let options = Options {
        structure,
        ..Options::default()
    };
    assert_eq!(said(&check(reading, &options)), expected);
}

#[test]
fn a_short_text_is_cut_at_its_sentences_alone() {
    check_written(
        &paragraphs(
            "vi",
            &["Trời mưa, gió lớn; đường trơn. Bà con ở nhà.", "Hết."],
        ),
        &["Trời mưa, gió lớn; đường trơn.", "Bà con ở nhà.", "Hết."],
    );
}

#[test]
fn a_long_first_sentence_is_heard_from_its_first_clause_on() {
    let clause = "Après de longues discussions au conseil municipal,";
    let rest = "les élus ont finalement décidé de rénover la vieille halle du marché, qui attendait \
        des travaux depuis vingt ans.";
    check_written(
        &paragraphs("fr", &[&format!("{clause} {rest}")]),
        &[clause, rest],
    );
    let title = "Le conseil";
    let later = format!("{clause} {rest}");
    let reading = page("fr", title, vec![Block::Paragraph(later.as_str().into())]);
    check_written(&reading, &[title, &later]);
}

#[test]
fn a_long_sentence_is_cut_at_its_strongest_marks_within_the_limit() {
    let clauses = [
        "la première équipe part à l'aube pour reconnaître le chemin qui monte au col",
        "la deuxième la suit une heure plus tard avec les vivres, les tentes et les cordes",
        "la troisième reste au camp",
        "elle garde la radio et prévient les familles restées dans la vallée",
    ];
    let long = clauses.join("; ") + ".";
    let reading = page("fr", "Titre", vec![Block::Paragraph(long.as_str().into())]);
    let plan = check(&reading, &Options::default());
    let written = written(&plan, &reading);
    assert_eq!(written.len(), 3, "{written:?}");
    assert!(written[1].ends_with(';'), "{written:?}");
    assert!(
        plan.utterances
            .iter()
            .all(|u| u.spoken.chars().count() <= 250)
    );
}

#[test]
fn words_without_any_mark_are_cut_between_words() {
    let long = "bonne nuit ".repeat(60);
    let plan = check(&paragraphs("fr", &[&long]), &Options::default());
    assert!(plan.utterances.len() > 2);
    assert!(
        plan.utterances
            .iter()
            .all(|u| u.spoken.chars().count() <= 251)
    );
    let endless = "x".repeat(900);
    assert_eq!(
        check(&paragraphs("fr", &[&endless]), &Options::default())
            .utterances
            .len(),
        1
    );
}

#[test]
fn writing_without_speech_is_kept_by_a_neighbour() {
    check_written(
        &paragraphs("fr", &["Un.", "* * *", "Deux."]),
        &["Un.\n\n* * *", "Deux."],
    );
    check_written(
        &paragraphs("fr", &["* * *", "Un. « – »"]),
        &["* * *\n\nUn. « – »"],
    );
    check_written(&paragraphs("fr", &["* * *"]), &[]);
}

#[test]
fn a_passage_in_another_language_is_its_own_utterance() {
    let text = "Sur le bateau il chantait les vieilles chansons que sa mère lui avait apprises. \
        The wind was strong and the sea was high. Au matin, le port était vide, et les femmes \
        attendaient sur le quai, sans un mot, avec leurs enfants.";
    let reading = paragraphs("fr", &[text]);
    let plan = check(&reading, &Options::default());
    let langs: Vec<_> = plan.utterances.iter().map(|u| u.lang.as_str()).collect();
    assert_eq!(langs, ["fr", "en", "fr"]);
    assert_eq!(plan.lang.as_str(), "fr", "most is said in French");
}

fn table() -> Block {
    Block::Table(Table {
        caption: Some("Rainfall in spring".into()),
        header: row(&["Town", "Rain"]),
        rows: vec![row(&["Aston", "low"]), row(&["Barton", "–"])],
        row_headers: true,
    })
}

#[test]
fn cells_are_said_with_their_headers_and_empty_ones_as_empty() {
    let reading = page("en", "", vec![table()]);
    check_said(
        &reading,
        Structure::default(),
        &[
            "Table: Rainfall in spring",
            "Columns: Town",
            "Rain",
            "Aston",
            "Rain: low",
            "Barton",
            "Rain: empty",
        ],
    );
    check_said(
        &reading,
        Structure::none(),
        &[
            "Rainfall in spring",
            "Town",
            "Rain",
            "Aston",
            "low",
            "Barton",
        ],
    );
}

#[test]
fn each_cue_can_be_switched_off() {
    let figure = Block::Figure(Figure {
        src: String::new(),
        alt: "A boat on a lake".into(),
        caption: Some("Photo: Ann Lee".into()),
    });
    let quote = Block::Quote(vec![Block::Paragraph("Row on.".into())]);
    let reading = page(
        "en",
        "Rowing",
        vec![figure, quote, Block::Paragraph("She did.".into())],
    );
    check_said(
        &reading,
        Structure::default(),
        &[
            "Rowing",
            "Picture: A boat on a lake",
            "Photo: Ann Lee",
            "Row on.",
            "She did.",
        ],
    );
    check_said(
        &reading,
        Structure::none().with(Cue::Quote),
        &[
            "Rowing",
            "A boat on a lake",
            "Photo: Ann Lee",
            "Quote: Row on.",
            "End of quote. She did.",
        ],
    );
}

#[test]
fn a_list_tells_how_long_it_is_and_a_numbered_one_its_numbers() {
    let list = |ordered, texts: &[&str]| {
        let items = texts.iter().map(|t| Item {
            text: (*t).into(),
            inner: None,
        });
        Block::List(List {
            ordered,
            items: items.collect(),
        })
    };
    let blocks = vec![
        list(true, &["Sow.", "2) Reap."]),
        list(false, &["Bread", "Milk"]),
    ];
    check_said(
        &page("en", "", blocks),
        Structure::default(),
        &[
            "List of two items: one. Sow.",
            "two, Reap.",
            "List of two items: Bread",
            "Milk",
        ],
    );
}

#[test]
fn every_kind_of_block_is_said_in_order() {
    let reading = article();
    let plan = check(&reading, &Options::default());
    let lines = plan.utterances.iter().map(|u| {
        let written = &reading.text[u.written.clone()];
        format!(
            "{} {:?} {} {}ms {written:?}: {}\n",
            u.id, u.role, u.lang, u.pause_ms, u.spoken
        )
    });
    insta::assert_snapshot!(lines.collect::<String>());
}

#[test]
fn every_cue_is_said_to_those_who_ask_for_all() {
    let options = Options {
        structure: Structure::all(),
        ..Options::default()
    };
    insta::assert_snapshot!(said(&check(&article(), &options)).join("\n"));
}

#[test]
fn a_listing_is_said_entry_by_entry() {
    let entry = |title: &str, summary: Option<&str>| Entry {
        title: title.into(),
        url: String::new(),
        published: None,
        summary: summary.map(Into::into),
        after: 0,
    };
    let entries = vec![
        entry("Rain is coming", Some("Bring a coat.")),
        entry("Fair opens", None),
    ];
    let listing = Listing {
        entries,
        ..Listing::default()
    };
    let reading = Reading::of(&document("en", "News", Content::Listing(listing)));
    let plan = check(&reading, &Options::default());
    let roles: Vec<_> = plan.utterances.iter().map(|u| u.role).collect();
    assert_eq!(
        roles,
        [
            Role::Title,
            Role::EntryTitle,
            Role::EntrySummary,
            Role::EntryTitle
        ]
    );
}

fn any_block() -> impl Strategy<Value = Block> {
    let words = "[a-zđơưắ0-9A-ZĐ.,;:!?…/%“”\"() \n*–-]{0,90}";
    prop_oneof![
        words.prop_map(|t| Block::Paragraph(t.as_str().into())),
        words.prop_map(|t| Block::Heading {
            level: 2,
            text: t.as_str().into()
        }),
        proptest::collection::vec("[a-z0-9 –-]{0,8}", 1..6).prop_map(|cells| {
            let cells: Vec<_> = cells.iter().map(String::as_str).collect();
            Block::Table(Table {
                header: row(&cells),
                rows: vec![row(&cells), row(&cells)],
                ..Table::default()
            })
        }),
        "(một hai ba bốn |and then, |12/5/2020 |; ){0,60}"
            .prop_map(|t| Block::Paragraph(t.as_str().into())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn nothing_is_lost_or_said_twice(
        blocks in proptest::collection::vec(any_block(), 0..6),
        lang in prop_oneof![Just("vi"), Just("en"), Just("fr")],
    ) {
        check(&page(lang, "Tên", blocks), &Options::default());
    }
}
