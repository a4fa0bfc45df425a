//! Passages in another language than the page's.
//!
//! Editors paste from word processors that call everything `en-US`, so a page's own marks are believed
//! only where the words do not speak against them; and whole paragraphs are heard for themselves.

use super::language;
use crate::model::{Block, Lang, List, Mark, Span, Text};

/// A marked passage has at least so many words.
const WORDS: usize = 3;
/// A paragraph that is judged by its letters has at least so many bytes.
const PARAGRAPH: usize = 120;

/// Settles the language marks of all texts in a block. Blocks nest as deep as they were made here.
pub(super) fn settle_block(block: &mut Block, page: &Lang) {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => settle(text, page),
        Block::List(list) => settle_list(list, page),
        Block::Quote(inner) => inner.iter_mut().for_each(|block| settle_block(block, page)),
        Block::Figure(figure) => figure
            .caption
            .iter_mut()
            .for_each(|text| settle(text, page)),
        Block::Table(table) => {
            let cells = table
                .header
                .iter_mut()
                .chain(table.rows.iter_mut().flatten());
            cells.for_each(|cell| settle(&mut cell.text, page));
        }
        Block::Code(_) | Block::Media(_) => {}
    }
}

fn settle_list(list: &mut List, page: &Lang) {
    for item in &mut list.items {
        settle(&mut item.text, page);
        if let Some(inner) = &mut item.inner {
            settle_list(inner, page);
        }
    }
}

/// Keeps the marks that are right, and marks a whole text that is in another language.
pub(super) fn settle(text: &mut Text, page: &Lang) {
    let plain = text.as_str();
    let marked = text
        .spans()
        .iter()
        .any(|span| matches!(span.mark, Mark::Lang { .. }));
    let whole = foreign(plain, page);
    if !marked && whole.is_none() {
        return;
    }
    let right = |span: &&Span| match &span.mark {
        Mark::Lang { lang } => {
            whole.is_none() && is_credible(&plain[span.start..span.end], lang, page)
        }
        _ => true,
    };
    let mut spans: Vec<Span> = text.spans().iter().filter(right).cloned().collect();
    spans.extend(whole.map(|lang| Span {
        start: 0,
        end: plain.len(),
        mark: Mark::Lang { lang },
    }));
    *text = Text::with_spans(plain.to_owned(), spans);
}

fn is_credible(words: &str, lang: &Lang, page: &Lang) -> bool {
    lang.primary() != page.primary()
        && words
            .split_whitespace()
            .filter(|w| w.chars().any(char::is_alphabetic))
            .count()
            >= WORDS
        && language::is_vietnamese(words) == lang.is_vietnamese()
}

/// The language of a long text, where its letters leave no doubt that it is not the page's.
fn foreign(plain: &str, page: &Lang) -> Option<Lang> {
    if plain.len() < PARAGRAPH || language::is_vietnamese(plain) == page.is_vietnamese() {
        return None;
    }
    let lang = language::of_text(plain, None);
    (lang.primary() != page.primary()).then_some(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, said: Option<&str>, expected: Option<&str>) {
        let mark = |lang| Mark::Lang { lang };
        let span = said.and_then(Lang::parse).map(|lang| Span {
            start: 0,
            end: words.len(),
            mark: mark(lang),
        });
        let mut text = Text::with_spans(words.to_owned(), span.into_iter().collect());
        settle(&mut text, &Lang::vi());
        let got = text.spans().iter().find_map(|s| match &s.mark {
            Mark::Lang { lang } => Some(lang.as_str()),
            _ => None,
        });
        assert_eq!(got, expected, "{words}");
    }

    #[test]
    fn a_mark_is_believed_where_the_words_agree() {
        check("Uỷ ban nhân dân huyện", Some("en-US"), None);
        check("2020", Some("en-US"), None);
        check("the rule of law", Some("en"), Some("en"));
        check("Uỷ ban nhân dân huyện", Some("vi"), None);
    }

    #[test]
    fn a_whole_paragraph_in_another_language_is_marked() {
        let english = "The delegation visited the new school in the valley and spoke with teachers and parents about the road that is to be built next year.";
        check(english, None, Some("en"));
    }
}
