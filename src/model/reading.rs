//! The reading text: what eye and ear share.
//!
//! A document is laid out once as plain text; every part of it (title, paragraph, item, cell) has a
//! byte range there. Plans, marks, captions and highlights all point into this one text, which is
//! what `loa read --format text` prints.

use std::ops::Range;

use super::{
    Block, Cell, Content, Document, Entry, Lang, List, Listed, Listing, Mark, Published, Table,
    Text,
};

/// A document as plain text with the parts that make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The language most of it is written in.
    pub lang: Lang,
    /// The whole text. Blocks are parted by an empty line, items and rows by a line break, cells by
    /// a tab.
    pub text: String,
    /// Its parts, ascending and not touching; between them is white space only.
    pub parts: Vec<Part>,
}

/// A part of the reading text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// The index of its block in the record's `blocks`; none for title, date, lead and the like.
    pub block: Option<usize>,
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// Passages in another language, as ranges of the text.
    pub langs: Vec<(Range<usize>, Lang)>,
    /// The language that all of it is spoken in whatever it looks like, where somebody has said so who knows.
    pub spoken_in: Option<Lang>,
}

/// What a part of the reading text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The title.
    Title,
    /// The date.
    Date,
    /// The lead.
    Lead,
    /// A heading, with its level from 2.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item, with its depth from 0 and its place in its list from 0.
    Item {
        /// Lists around its own.
        depth: u8,
        /// Its place in its list, from 0.
        index: u32,
        /// How many items that list has.
        of: u32,
        /// Is its list numbered?
        ordered: bool,
    },
    /// A paragraph of a quotation.
    Quote,
    /// A picture's description where it has no caption or says more than it.
    Alt,
    /// A picture's caption.
    Caption,
    /// A table's caption.
    TableCaption,
    /// The header of a column, from 0.
    ColumnHeader(u32),
    /// A cell of a table.
    Cell {
        /// Its row below the header, from 0.
        row: u32,
        /// Its column, from 0.
        column: u32,
    },
    /// Code or verse.
    Code,
    /// An embedded thing's name.
    Media,
    /// An author's name.
    Author,
    /// An attachment's name.
    Attachment,
    /// The title of a listing's entry.
    EntryTitle,
    /// The date of a listing's entry.
    EntryDate,
    /// The summary of a listing's entry.
    EntrySummary,
}

impl Reading {
    /// Lays out a document in reading order.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let mut layout = Layout::new(document.head.lang.clone());
        layout.part(Role::Title, None, &document.head.title);
        match &document.content {
            Content::Article(article) => {
                layout.date(Role::Date, article.published.as_ref());
                if let Some(lead) = &article.lead {
                    layout.paragraph(Role::Lead, None, lead);
                }
                layout.blocks(&article.blocks);
                for author in &article.authors {
                    layout.paragraph(Role::Author, None, &Text::new(author.clone()));
                }
                for file in &article.attachments {
                    layout.paragraph(Role::Attachment, None, &Text::new(file.name.clone()));
                }
            }
            Content::Listing(listing) => layout.listing(listing),
            Content::Page(blocks) => layout.blocks(blocks),
        }
        layout.finish()
    }
}

struct Layout {
    lang: Lang,
    text: String,
    parts: Vec<Part>,
}

impl Layout {
    fn new(lang: Lang) -> Self {
        Self {
            lang,
            text: String::new(),
            parts: Vec::new(),
        }
    }

    fn finish(mut self) -> Reading {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        Reading {
            lang: self.lang,
            text: self.text,
            parts: self.parts,
        }
    }

    fn part(&mut self, role: Role, block: Option<usize>, text: &Text) {
        let text = text.trimmed();
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text.as_str());
        let langs = text
            .spans()
            .iter()
            .filter_map(|span| match &span.mark {
                Mark::Lang { lang } => Some((start + span.start..start + span.end, lang.clone())),
                _ => None,
            })
            .collect();
        self.parts.push(Part {
            role,
            block,
            range: start..self.text.len(),
            langs,
            spoken_in: None,
        });
    }

    /// Parts what follows from what stands, unless nothing stands or it is parted already.
    fn gap(&mut self, by: &str) {
        if !self.text.is_empty() && !self.text.ends_with(by) {
            if by == "\n\n" && self.text.ends_with('\n') {
                self.text.push('\n');
            } else {
                self.text.push_str(by);
            }
        }
    }

    fn paragraph(&mut self, role: Role, block: Option<usize>, text: &Text) {
        if !text.is_empty() {
            self.gap("\n\n");
            self.part(role, block, text);
        }
    }

    fn line(&mut self, role: Role, block: Option<usize>, text: &Text) {
        if !text.is_empty() {
            self.gap("\n");
            self.part(role, block, text);
        }
    }

    fn date(&mut self, role: Role, published: Option<&Published>) {
        if let Some(published) = published {
            let written = Text::new(published.written(&self.lang));
            self.line(role, None, &written);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for (index, block) in blocks.iter().enumerate() {
            self.block(Some(index), block, Role::Paragraph);
        }
    }

    fn block(&mut self, index: Option<usize>, block: &Block, prose: Role) {
        match block {
            Block::Heading { level, text } => self.paragraph(Role::Heading(*level), index, text),
            Block::Paragraph(text) => self.paragraph(prose, index, text),
            Block::List(list) => {
                self.gap("\n\n");
                self.list(index, list, 0);
            }
            // Quotations nest as deep as `extract` lets them, which is bounded.
            Block::Quote(inner) => {
                for block in inner {
                    self.block(index, block, Role::Quote);
                }
            }
            Block::Figure(figure) => {
                self.paragraph(Role::Alt, index, &Text::new(figure.alt.clone()));
                if let Some(caption) = &figure.caption {
                    self.paragraph(Role::Caption, index, caption);
                }
            }
            Block::Table(table) => self.table(index, table),
            Block::Code(code) => self.paragraph(Role::Code, index, &Text::new(code.clone())),
            Block::Media(link) => self.paragraph(Role::Media, index, &Text::new(link.name.clone())),
        }
    }

    fn list(&mut self, block: Option<usize>, list: &List, depth: u8) {
        let of = u32::try_from(list.items.len()).unwrap_or(u32::MAX);
        for (index, item) in (0..).zip(&list.items) {
            let role = Role::Item {
                depth,
                index,
                of,
                ordered: list.ordered,
            };
            self.line(role, block, &item.text);
            if let Some(inner) = &item.inner {
                self.list(block, inner, depth.saturating_add(1));
            }
        }
    }

    fn table(&mut self, block: Option<usize>, table: &Table) {
        if let Some(caption) = &table.caption {
            self.paragraph(Role::TableCaption, block, caption);
        }
        self.gap("\n\n");
        self.cells(block, &table.header, Role::ColumnHeader);
        for (row, cells) in (0..).zip(&table.rows) {
            self.cells(block, cells, |column| Role::Cell { row, column });
        }
    }

    /// One row; a cell's column counts what the cells before it span.
    fn cells(&mut self, block: Option<usize>, cells: &[Cell], role: impl Fn(u32) -> Role) {
        let mut column = 0;
        let mut begun = false;
        for cell in cells {
            if !cell.text.is_empty() {
                self.gap(if begun { "\t" } else { "\n" });
                self.part(role(column), block, &cell.text);
                begun = true;
            }
            column += cell.colspan;
        }
    }

    fn listing(&mut self, listing: &Listing) {
        for part in listing.parts() {
            match part {
                Listed::Block(index, block) => self.block(Some(index), block, Role::Paragraph),
                Listed::Entry(entry, _) => self.entry(entry),
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.paragraph(Role::EntryTitle, None, &entry.title);
        self.date(Role::EntryDate, entry.published.as_ref());
        if let Some(summary) = &entry.summary {
            self.line(Role::EntrySummary, None, summary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Article, Head, Item};
    use super::*;

    fn document(blocks: Vec<Block>) -> Document {
        Document {
            head: Head {
                url: String::new(),
                canonical: None,
                title: "Tên".into(),
                site: None,
                lang: Lang::vi(),
            },
            content: Content::Article(Article {
                blocks,
                ..Article::default()
            }),
            doubts: Vec::new(),
        }
    }

    #[test]
    fn parts_ascend_and_only_white_space_stands_between_them() {
        let inner = List {
            ordered: true,
            items: vec![Item {
                text: "sâu".into(),
                inner: None,
            }],
        };
        let reading = Reading::of(&document(vec![
            Block::Paragraph("Một.".into()),
            Block::List(List {
                ordered: false,
                items: vec![Item {
                    text: "đầu".into(),
                    inner: Some(inner),
                }],
            }),
            Block::Table(Table {
                header: vec![Cell::new("A".into()), Cell::new("B".into())],
                rows: vec![vec![Cell::new("1".into()), Cell::new("2".into())]],
                ..Table::default()
            }),
        ]));
        assert_eq!(reading.text, "Tên\n\nMột.\n\nđầu\nsâu\n\nA\tB\n1\t2\n");
        let mut at = 0;
        for part in &reading.parts {
            assert!(reading.text[at..part.range.start].trim().is_empty());
            at = part.range.end;
        }
        assert!(reading.text[at..].trim().is_empty());
    }
}
