//! An article with every kind of block, for tests.

use jiff::{civil, tz::Offset};

use crate::model::{
    Article, Attachment, Block, Cell, Content, Document, Figure, Head, Item, Lang, Link, List,
    Mark, Published, Reading, Span, Table, Text,
};

pub(super) fn document(lang: &str, title: &str, content: Content) -> Document {
    Document {
        head: Head {
            url: String::new(),
            canonical: None,
            title: title.into(),
            site: None,
            lang: Lang::parse(lang).expect("a language tag"),
        },
        content,
        doubts: Vec::new(),
    }
}

pub(super) fn row(cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|c| Cell::new((*c).into())).collect()
}

/// Lays out an article with every kind of block.
pub(super) fn article() -> Reading {
    let at = civil::date(2020, 6, 5).at(8, 30, 0, 0);
    let article = Article {
        published: Some(Published::Moment(at, Offset::constant(7))),
        lead: Some("Lúa chín vàng khắp cánh đồng.".into()),
        blocks: blocks(),
        authors: vec!["Hải Yến".into(), "Minh Tâm".into()],
        attachments: vec![Attachment {
            name: "Lịch thời vụ".into(),
            url: String::new(),
            kind: None,
            bytes: None,
        }],
        ..Article::default()
    };
    let content = Content::Article(article);
    Reading::of(&document("vi", "Làng vào mùa gặt", content))
}

fn blocks() -> Vec<Block> {
    vec![
        Block::Paragraph("Sáng sớm, bà con đã ra đồng. Ai cũng vui!".into()),
        Block::Heading {
            level: 2,
            text: "Chuẩn bị".into(),
        },
        Block::List(steps()),
        Block::Quote(vec![Block::Paragraph("Ruộng là nhà.".into())]),
        Block::Figure(Figure {
            src: String::new(),
            alt: "Người dân gặt lúa".into(),
            caption: Some("Mùa gặt ở thôn Thượng".into()),
        }),
        Block::Table(Table {
            caption: Some("Sản lượng lúa".into()),
            header: row(&["Thôn", "Tấn"]),
            rows: vec![row(&["Thượng", "20"]), row(&["Hạ", "-"])],
            row_headers: true,
        }),
        Block::Paragraph(guests()),
        Block::Code("gặt\nphơi".into()),
        Block::Media(Link {
            name: "Phim về mùa gặt".into(),
            url: "https://vidu.vn/phim".into(),
        }),
    ]
}

/// A numbered list with another one inside.
fn steps() -> List {
    let inner = List {
        ordered: false,
        items: vec![item("Mang theo nước uống", None)],
    };
    List {
        ordered: true,
        items: vec![
            item("Tập trung tại sân đình", Some(inner)),
            item("Chia thành ba tổ", None),
        ],
    }
}

fn item(text: &str, inner: Option<List>) -> Item {
    Item {
        text: text.into(),
        inner,
    }
}

/// A paragraph with a passage marked as English.
fn guests() -> Text {
    let before = "Khách nói: ";
    let english = "We shall come back next year.";
    let span = Span {
        start: before.len(),
        end: before.len() + english.len(),
        mark: Mark::Lang { lang: Lang::en() },
    };
    Text::with_spans(format!("{before}{english} Mọi người vỗ tay."), vec![span])
}
