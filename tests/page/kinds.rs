//! Documents of every kind with every kind of block, one string in all their texts.

use jiff::civil::date;
use jiff::tz::Offset;
use loa::model::{
    Article, Attachment, Block, Cell, Content, Document, Doubt, Entry, Figure, Head, Item, Lang,
    Link, List, Listing, Mark, Onward, Postback, Published, Span, Table, Text, Turn,
};

/// An article, a listing and a plain page, by name, that say `words` wherever they say something.
pub(crate) fn documents(words: &str) -> Vec<(&'static str, Document)> {
    let article = Article {
        published: Some(moment()),
        lead: Some(marked(words)),
        blocks: blocks(words),
        authors: vec![words.into(), words.into()],
        attachments: vec![
            attachment(words, Some("PDF"), Some(1_300_000)),
            attachment(words, None, None),
        ],
        onward: Onward {
            next: Some("https://portal.example/bai?id=1&x=2&page=2".into()),
            whole: None,
        },
    };
    let listing = Listing {
        blocks: blocks(words),
        entries: vec![entry(words), entry(words)],
        navigation: vec![link(words)],
        paging: vec![
            turn(words, None),
            turn(words, Postback::new("ctl00$Pager", "2")),
        ],
    };
    vec![
        ("article", document(words, Content::Article(article))),
        ("listing", document(words, Content::Listing(listing))),
        ("page", document(words, Content::Page(blocks(words)))),
    ]
}

fn document(words: &str, content: Content) -> Document {
    Document {
        head: Head {
            url: "https://portal.example/bai?id=1&x=2".into(),
            canonical: None,
            title: marked(words),
            site: Some(words.into()),
            lang: Lang::en(),
        },
        content,
        doubts: vec![
            Doubt::Truncated,
            Doubt::NoDate,
            Doubt::Paywall,
            Doubt::MissingPages,
            Doubt::Stale(moment()),
        ],
    }
}

fn moment() -> Published {
    Published::Moment(date(2025, 9, 12).at(8, 30, 0, 0), Offset::constant(7))
}

/// The words with every mark on them, a link in a link among them.
fn marked(words: &str) -> Text {
    let url = |url: &str| Mark::Link { url: url.into() };
    let marks = [
        url("https://portal.example/bai-2"),
        url("https://portal.example/bai-3"),
        Mark::Lang { lang: Lang::vi() },
        Mark::Strong,
        Mark::Emphasis,
        Mark::Abbr {
            title: words.into(),
        },
        Mark::Sup,
        Mark::Sub,
        Mark::Code,
    ];
    let spans = marks.map(|mark| Span {
        start: 0,
        end: words.len(),
        mark,
    });
    Text::with_spans(words.into(), spans.into())
}

fn turn(words: &str, post: Option<Postback>) -> Turn {
    Turn {
        name: words.into(),
        url: "https://portal.example/muc#__doPostBack('ctl00$Pager','2')".into(),
        post,
    }
}

fn link(words: &str) -> Link {
    Link {
        name: words.into(),
        url: "https://portal.example/muc".into(),
    }
}

fn attachment(words: &str, kind: Option<&str>, bytes: Option<u64>) -> Attachment {
    Attachment {
        name: words.into(),
        url: "https://portal.example/tep.pdf".into(),
        kind: kind.map(Into::into),
        bytes,
    }
}

fn entry(words: &str) -> Entry {
    Entry {
        title: marked(words),
        url: "https://portal.example/bai-4".into(),
        published: Some(Published::Day(date(2025, 9, 12))),
        summary: Some(marked(words)),
        after: 0,
    }
}

fn blocks(words: &str) -> Vec<Block> {
    let figure = |alt: &str, caption| {
        Block::Figure(Figure {
            src: "https://portal.example/anh.jpg".into(),
            alt: alt.into(),
            caption,
        })
    };
    let heading = |level| Block::Heading {
        level,
        text: marked(words),
    };
    vec![
        Block::Paragraph(marked(words)),
        heading(2),
        heading(5), // a level is skipped here, which a page must not do
        Block::List(list(words, true, Some(list(words, false, None)))),
        Block::Quote(vec![
            Block::Paragraph(marked(words)),
            Block::Quote(vec![heading(3)]),
        ]),
        figure(words, Some(marked(words))),
        figure("", None),
        heading(2),
        Block::Table(table(words)),
        Block::Table(Table {
            rows: vec![vec![Cell::new(marked(words))]],
            ..Table::default()
        }),
        Block::Code(words.into()),
        Block::Media(link(words)),
    ]
}

fn list(words: &str, ordered: bool, inner: Option<List>) -> List {
    let item = |inner| Item {
        text: marked(words),
        inner,
    };
    List {
        ordered,
        items: vec![item(inner), item(None)],
    }
}

fn table(words: &str) -> Table {
    let cell = |colspan, rowspan| Cell {
        text: marked(words),
        colspan,
        rowspan,
    };
    Table {
        caption: Some(marked(words)),
        header: vec![cell(1, 1), cell(2, 1), Cell::new("".into())],
        rows: vec![
            vec![cell(1, 2), cell(1, 1), cell(1, 1), cell(1, 1)],
            vec![cell(3, 1)],
        ],
        row_headers: true,
    }
}
