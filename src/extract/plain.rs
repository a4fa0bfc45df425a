//! Plain text, as it is pasted, becomes paragraphs.

use super::language;
use super::page::collapsed;
use crate::html;
use crate::model::{Article, Block, Content, Document, Doubt, Head, Text};

/// Makes a document of plain text.
///
/// A line is a paragraph; a line that begins in lower case goes on with the line before it. The
/// title stays empty, so that nothing is said twice.
#[must_use]
pub fn plain(text: &str) -> Document {
    let mut lines: Vec<String> = Vec::new();
    let mut parted = true;
    let text = html::tidied(text);
    for line in text.lines() {
        let line = collapsed(line);
        let goes_on = !parted && line.starts_with(char::is_lowercase);
        parted = line.is_empty();
        match lines.last_mut().filter(|_| goes_on) {
            Some(last) => {
                last.push(' ');
                last.push_str(&line);
            }
            None if line.is_empty() => {}
            None => lines.push(line),
        }
    }
    let lang = language::of_text(&text, None);
    let doubts = if lines.is_empty() {
        vec![Doubt::NoArticle]
    } else {
        Vec::new()
    };
    let blocks = lines
        .into_iter()
        .map(|line| Block::Paragraph(Text::new(line)))
        .collect();
    Document {
        head: Head {
            url: String::new(),
            canonical: None,
            title: Text::default(),
            site: None,
            lang,
        },
        content: Content::Article(Article {
            blocks,
            ..Article::default()
        }),
        doubts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_begins_in_lower_case_goes_on() {
        let document = plain("Cầu mới qua sông\nđã thông xe sáng nay\n\nNgười dân vui mừng.\r\n");
        let text = |block: &Block| match block {
            Block::Paragraph(text) => Some(text.as_str().to_owned()),
            _ => None,
        };
        let texts: Vec<String> = document.blocks().iter().filter_map(text).collect();
        assert_eq!(
            texts,
            [
                "Cầu mới qua sông đã thông xe sáng nay",
                "Người dân vui mừng."
            ]
        );
        assert_eq!(document.head.lang.as_str(), "vi");
        assert!(document.head.title.is_empty());
    }
}
