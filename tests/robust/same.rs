//! What a document says is the same, in the same order, wherever it is read: in the record, the reading
//! text, the page and Markdown. Nothing is lost, and nothing is said twice.

use loa::model::{Content, Document, Reading};
use loa::page;
use serde_json::Value;

use crate::dom::{Element, Page};

/// Holds the reading text, Markdown and the page that `render` makes against the record, letter by
/// letter. Dates are left out: the record has them as numbers, the others in words.
pub(crate) fn check(document: &Document, render: impl Fn(&Document) -> String) {
    let mut document = document.clone();
    drop_dates(&mut document);
    let record = serde_json::to_value(&document).expect("a record is JSON");
    let mut said = String::new();
    say_record(&record, &mut said);
    assert_same(
        "reading text",
        &said,
        &letters(&Reading::of(&document).text),
    );
    assert_same("page", &said, &shown(&Page::parse(&render(&document))));
    if !record["blocks"].to_string().contains("\"type\":\"code\"") {
        let markdown = words_of_markdown(&page::markdown(&document));
        assert_same("Markdown", &said, &letters(&markdown));
    }
}

fn drop_dates(document: &mut Document) {
    match &mut document.content {
        Content::Article(article) => article.published = None,
        Content::Listing(listing) => {
            let entries = listing.entries.iter_mut();
            entries.for_each(|entry| entry.published = None);
        }
        Content::Page(_) => {}
    }
}

/// Collects the letters and digits of a record, in reading order.
fn say_record(record: &Value, said: &mut String) {
    say(&record["title"], said);
    say(&record["lead"], said);
    each(&record["blocks"], said, say_block);
    if record["kind"] == "listing" {
        each(&record["links"], said, |entry, said| {
            say(&entry["title"], said);
            say(&entry["summary"], said);
        });
    }
    each(&record["authors"], said, say);
    each(&record["attachments"], said, |file, said| {
        say(&file["name"], said)
    });
}

fn say_block(block: &Value, said: &mut String) {
    for field in ["alt", "caption", "text"] {
        say(&block[field], said);
    }
    each(&block["header"], said, say_part);
    each(&block["rows"], said, |row, said| each(row, said, say_part));
    each(&block["items"], said, say_part);
    each(&block["blocks"], said, say_block);
}

/// An item or a cell: a string, or a text with what is inside it.
fn say_part(part: &Value, said: &mut String) {
    say(part, said);
    say(&part["text"], said);
    each(&part["items"], said, say_part);
}

fn each(list: &Value, said: &mut String, say: impl Fn(&Value, &mut String)) {
    let list = list.as_array().into_iter().flatten();
    list.for_each(|one| say(one, said));
}

fn say(text: &Value, said: &mut String) {
    said.push_str(&letters(text.as_str().unwrap_or_default()));
}

/// The letters and digits that a page shows of a document, less Loa's own words.
fn shown(page: &Page) -> String {
    let is = |e: &Element, class: &str| {
        let classes = e.get("class").unwrap_or_default();
        classes.split(' ').any(|own| own == class)
    };
    let of_document = |e: &Element| {
        e.name == "h1"
            || ["text", "entries", "author", "files"]
                .iter()
                .any(|c| is(e, c))
    };
    let texts = page.texts.iter().filter(|(inside, _)| {
        let around = || inside.iter().map(|&at| &page.elements[at]);
        around().any(of_document) && !around().any(|e| is(e, "own"))
    });
    texts.map(|(_, text)| letters(text)).collect()
}

/// Takes addresses and the numbers of items out of Markdown.
fn words_of_markdown(markdown: &str) -> String {
    let lines = markdown.lines().map(without_number);
    let lines = lines.collect::<Vec<_>>().join("\n");
    let mut parts = lines.split("](<");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |words, part| {
        words + part.split_once(">)").map_or("", |(_, rest)| rest)
    })
}

fn without_number(line: &str) -> &str {
    let item = line.trim_start_matches(['>', ' ']);
    match item.split_once(". ") {
        Some((number, rest)) if is_number(number) => rest,
        _ => item,
    }
}

/// CommonMark numbers items with nine digits at most.
fn is_number(text: &str) -> bool {
    (1..10).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[track_caller]
fn assert_same(place: &str, said: &str, got: &str) {
    if said != got {
        let pairs = said.char_indices().zip(got.chars());
        let until = pairs.take_while(|((_, a), b)| a == b).last();
        let at = until.map_or(0, |((at, c), _)| at + c.len_utf8());
        let from = |text: &str| text[at..].chars().take(60).collect::<String>();
        panic!(
            "the {place} differs from the record: {:?}, not {:?}",
            from(got),
            from(said)
        );
    }
}
