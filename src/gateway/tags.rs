//! What a sound's file says of itself: title, author, site, date, cover and chapters.

use super::Understood;
use super::sound::Planned;
use crate::encode::{Chapter, Tags};
use crate::model::{Content, DataUse, Reading, Role, Utterance};

/// Tells what a file of this page says of itself. Who wants to spare data gets no cover.
pub(super) fn tags_of(page: &Understood, planned: &Planned, data: DataUse) -> Tags {
    let head = &page.document.head;
    let (authors, published) = match &page.document.content {
        Content::Article(article) => (article.authors.join(", "), article.published),
        _ => (String::new(), None),
    };
    let some = |text: String| (!text.trim().is_empty()).then_some(text);
    let utterances = &planned.plan.utterances;
    let heard = planned.steps.iter().map(|step| &utterances[step.utterance]);
    Tags {
        title: some(head.title.as_str().replace('\n', " ")),
        author: some(authors),
        site: head.site.clone().and_then(some),
        date: published.map(|at| at.day().to_string()),
        chapters: chapters(&page.reading, &heard.collect::<Vec<_>>()),
        has_cover: data == DataUse::Usual,
    }
}

/// Returns the chapters of what is heard: a heading each, the title for what comes before the first.
/// Who begins within a chapter is told which. None where there would be but one.
fn chapters(reading: &Reading, heard: &[&Utterance]) -> Vec<Chapter> {
    let mut chapters: Vec<Chapter> = Vec::new();
    for part in reading.parts.iter().filter(|part| is_heading(part.role)) {
        let segment = heard.partition_point(|said| said.written.start < part.range.start);
        if segment == heard.len() {
            break;
        }
        // Of what begins before the first utterance that is heard, the last is what it belongs to.
        if chapters.last().is_some_and(|last| last.segment == segment) {
            chapters.pop();
        }
        let words = reading.text[part.range.clone()].split_whitespace();
        let title = words.collect::<Vec<_>>().join(" ");
        chapters.push(Chapter { segment, title });
    }
    if chapters.len() < 2 {
        chapters.clear();
    }
    chapters
}

fn is_heading(role: Role) -> bool {
    matches!(role, Role::Title | Role::Heading(_) | Role::EntryTitle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Block, Document, Head, Lang};
    use crate::speech::{self, Options};

    fn page(blocks: Vec<Block>) -> Understood {
        Understood::of(Document {
            head: Head {
                url: String::new(),
                canonical: None,
                title: "Phòng đọc mới".into(),
                site: None,
                lang: Lang::vi(),
            },
            content: Content::Article(Article {
                blocks,
                ..Article::default()
            }),
            doubts: Vec::new(),
        })
    }

    fn with_headings() -> Understood {
        let heading = |text: &str| Block::Heading {
            level: 2,
            text: text.into(),
        };
        let prose = |text: &str| Block::Paragraph(text.into());
        page(vec![
            prose("Phòng đọc mở cửa. Ai cũng vào được."),
            heading("Sách nói là gì? Ở đâu có?"),
            prose("Có ba trăm đầu sách. Mượn không mất tiền."),
            heading("Giờ mở cửa"),
            prose("Từ tám giờ."),
        ])
    }

    /// Checks the chapters of what is heard from one utterance to before another.
    #[track_caller]
    fn check(page: &Understood, heard: std::ops::Range<usize>, expected: &[(usize, &str)]) {
        let plan = speech::plan(&page.reading, &Options::default());
        let heard: Vec<_> = plan.utterances[heard].iter().collect();
        let found = chapters(&page.reading, &heard);
        let found: Vec<_> = found
            .iter()
            .map(|c| (c.segment, c.title.as_str()))
            .collect();
        assert_eq!(found, expected, "{heard:#?}");
    }

    #[test]
    fn title_and_headings_begin_chapters_with_their_first_sentence() {
        let expected = [
            (0, "Phòng đọc mới"),
            (3, "Sách nói là gì? Ở đâu có?"),
            (7, "Giờ mở cửa"),
        ];
        check(&with_headings(), 0..9, &expected);
    }

    #[test]
    fn who_begins_within_a_chapter_is_told_which() {
        let expected = [(0, "Sách nói là gì? Ở đâu có?"), (2, "Giờ mở cửa")];
        check(&with_headings(), 5..9, &expected);
        check(
            &with_headings(),
            4..8,
            &[(0, expected[0].1), (3, expected[1].1)],
        );
    }

    #[test]
    fn one_chapter_is_none() {
        check(&with_headings(), 7..9, &[]);
        check(&with_headings(), 0..3, &[]);
        check(
            &page(vec![Block::Paragraph("Không có đề mục.".into())]),
            0..2,
            &[],
        );
    }
}
