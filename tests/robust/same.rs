//! What a document says is the same, in the same order, wherever it is read: in the record, the reading
//! text, the page and Markdown. Nothing is lost, and nothing is said twice.

use loa::model::{Content, Document, Listing, Onward, Reading};
use loa::page;
use serde_json::Value;

use crate::dom::{Element, Page};

/// Holds the reading text, Markdown and the page that `render` makes against the record, letter by
/// letter. Dates and the way to a next page are left out: Loa has its own words for them.
pub(crate) fn check(document: &Document, render: impl Fn(&Document) -> String) {
    let mut document = document.clone();
    drop_own_words(&mut document);
    let record = serde_json::to_value(&document).expect("a record is JSON");
    let mut said = String::new();
    say_record(&document, &record, &mut said);
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

fn drop_own_words(document: &mut Document) {
    match &mut document.content {
        Content::Article(article) => {
            article.published = None;
            article.onward = Onward::default();
        }
        Content::Listing(listing) => {
            let entries = listing.entries.iter_mut();
            entries.for_each(|entry| entry.published = None);
        }
        Content::Page(_) => {}
    }
}

/// Collects the letters and digits of a record, in reading order.
fn say_record(document: &Document, record: &Value, said: &mut String) {
    say(&record["title"], said);
    say(&record["lead"], said);
    match &document.content {
        Content::Listing(listing) => say_listing(listing, record, said),
        _ => each(&record["blocks"], said, say_block),
    }
    each(&record["authors"], said, say);
    each(&record["attachments"], said, |file, said| {
        say(&file["name"], said)
    });
}

/// A listing's record has blocks and entries apart; they are read as they stand on the page.
fn say_listing(listing: &Listing, record: &Value, said: &mut String) {
    let list = |name: &str| record[name].as_array().cloned().unwrap_or_default();
    let mut blocks = list("blocks").into_iter();
    let mut told = 0;
    for (entry, link) in listing.entries.iter().zip(list("links")) {
        let before = entry.after.saturating_sub(told);
        let before = blocks.by_ref().take(before);
        before.for_each(|block| say_block(&block, said));
        told = told.max(entry.after);
        say(&link["title"], said);
        say(&link["summary"], said);
    }
    blocks.for_each(|block| say_block(&block, said));
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
