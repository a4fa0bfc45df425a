//! A document as Markdown (CommonMark 0.31 with the tables of GitHub's).

use crate::model::{
    Block, Cell, Content, Document, Entry, Figure, Link, List, Listed, Mark, Piece, Table, Text,
};

use super::address::foreign;
use super::document::onward;
use super::words::{ui_lang_for, words};

/// Writes a document as Markdown; nothing of a page's text is left to mean anything in it.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut out = Vec::new();
    let lang = &document.head.lang;
    if !document.head.title.is_empty() {
        out.push(format!("# {}", one_line(&document.head.title)));
    }
    match &document.content {
        Content::Page(given) => blocks(&mut out, given),
        Content::Listing(listing) => {
            for part in listing.parts() {
                match part {
                    Listed::Block(_, block) => blocks(&mut out, std::slice::from_ref(block)),
                    Listed::Entry(item, level) => entry(&mut out, item, level, document),
                }
            }
        }
        Content::Article(article) => {
            out.extend(article.published.map(|at| escaped(&at.written(lang))));
            out.extend(article.lead.as_ref().map(prose));
            blocks(&mut out, &article.blocks);
            out.extend(article.authors.iter().map(|name| escaped(name)));
            out.extend(
                article
                    .attachments
                    .iter()
                    .map(|file| link(&escaped(&file.name), &file.url)),
            );
            let say = words(ui_lang_for(lang));
            let onward = onward(&article.onward);
            out.extend(onward.map(|(url, name)| link(&escaped(&say.get(name)), url)));
        }
    }
    out.retain(|block| !block.trim().is_empty());
    out.join("\n\n") + "\n"
}

fn entry(out: &mut Vec<String>, entry: &Entry, level: u8, document: &Document) {
    let title = plain(&entry.title);
    let marks = "#".repeat(usize::from(level));
    out.push(format!("{marks} {}", link(&title, &entry.url)));
    out.extend(
        entry
            .published
            .map(|at| escaped(&at.written(&document.head.lang))),
    );
    out.extend(entry.summary.as_ref().map(prose));
}

// Quotations and lists nest as deep as `extract` lets them, which is bounded.
fn blocks(out: &mut Vec<String>, given: &[Block]) {
    for block in given {
        match block {
            Block::Heading { level, text } => {
                out.push(format!(
                    "{} {}",
                    "#".repeat(usize::from(*level)),
                    one_line(text)
                ));
            }
            Block::Paragraph(text) => out.push(prose(text)),
            Block::List(given) => out.push(list(given).join("\n")),
            Block::Quote(inner) => out.push(quote(inner)),
            Block::Figure(figure) => out.push(picture(figure)),
            Block::Table(given) => out.push(table(given)),
            Block::Code(code) => out.push(fenced(code)),
            Block::Media(Link { name, url }) => out.push(link(&escaped(name), url)),
        }
    }
}

fn list(list: &List) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, item) in (1..).zip(&list.items) {
        let sign = if list.ordered {
            format!("{number}. ")
        } else {
            "- ".to_owned()
        };
        lines.push(format!("{sign}{}", one_line(&item.text)));
        let inner = item.inner.as_ref().map(self::list).unwrap_or_default();
        let indent = " ".repeat(sign.len());
        lines.extend(inner.into_iter().map(|line| format!("{indent}{line}")));
    }
    lines
}

fn quote(inner: &[Block]) -> String {
    let mut out = Vec::new();
    blocks(&mut out, inner);
    let lines: Vec<_> = out
        .join("\n\n")
        .lines()
        .map(|line| format!("> {line}"))
        .collect();
    lines.join("\n")
}

fn picture(figure: &Figure) -> String {
    let caption = figure.caption.as_ref().map(one_line).unwrap_or_default();
    let picture = match foreign(&figure.src) {
        Some(_) => format!("!{}", link(&escaped(&figure.alt), &figure.src)),
        None => escaped(&figure.alt),
    };
    [picture, caption]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// A table; Markdown has no merged cells, so a cell that spans columns is followed by empty ones.
fn table(table: &Table) -> String {
    let width = |cells: &Vec<Cell>| cells.iter().map(|c| c.colspan.min(100) as usize).sum();
    let columns: usize = table
        .rows
        .iter()
        .chain([&table.header])
        .map(width)
        .max()
        .unwrap_or(0);
    let caption = table
        .caption
        .as_ref()
        .map(|text| format!("{}\n", one_line(text)));
    let mut lines: Vec<String> = caption.into_iter().collect();
    // Only the header has to be as wide as the table: what a row lacks is taken for empty cells.
    let missing = columns.saturating_sub(width(&table.header));
    lines.push(row(&table.header) + &" |".repeat(missing));
    lines.push(format!("|{}", " --- |".repeat(columns)));
    lines.extend(table.rows.iter().map(|cells| row(cells)));
    lines.join("\n")
}

fn row(cells: &[Cell]) -> String {
    let mut out = String::from("|");
    for cell in cells {
        let span = cell.colspan.clamp(1, 100) as usize;
        out.push_str(&format!(
            " {} |{}",
            one_line(&cell.text),
            " |".repeat(span - 1)
        ));
    }
    out
}

/// Code between fences longer than any run of the fence's sign inside.
fn fenced(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{code}\n{fence}")
}

fn link(name: &str, url: &str) -> String {
    match foreign(url) {
        Some(url) => format!("[{name}](<{url}>)"),
        None => name.to_owned(),
    }
}

/// A text on one line, where a line break would end the block it is in.
fn one_line(text: &Text) -> String {
    prose(text).replace("\\\n", " ")
}

/// A text without its marks, where marks around it would clash.
fn plain(text: &Text) -> String {
    escaped(text.as_str()).replace('\n', " ")
}

/// A text with its marks; a line break is a backslash at the end of the line.
fn prose(text: &Text) -> String {
    let mut out = String::new();
    for piece in text.pieces() {
        match piece {
            Piece::Plain(plain) => out.push_str(&escaped(plain).replace('\n', "\\\n")),
            Piece::Open(mark) => out.push_str(&signs(mark).0),
            Piece::Close(mark) => out.push_str(&signs(mark).1),
        }
    }
    out
}

/// Returns what stands before and after a mark's words.
fn signs(mark: &Mark) -> (String, String) {
    match mark {
        Mark::Strong => ("**".into(), "**".into()),
        Mark::Emphasis => ("*".into(), "*".into()),
        Mark::Link { url } => match foreign(url) {
            Some(url) => ("[".into(), format!("](<{url}>)")),
            None => Default::default(),
        },
        Mark::Lang { .. } | Mark::Abbr { .. } | Mark::Sup | Mark::Sub | Mark::Code => {
            Default::default()
        }
    }
}

/// Takes their meaning from signs that have one; CommonMark lets a backslash stand before any ASCII
/// punctuation.
fn escaped(text: &str) -> String {
    const SIGNS: &str = "\\`*_[]<>#|&~";
    const AT_LINE_START: &str = "+-=";
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    for c in text.chars() {
        if SIGNS.contains(c) || (start && AT_LINE_START.contains(c)) || ends_number(&out, c) {
            out.push('\\');
        }
        out.push(c);
        start = c == '\n' || (start && c == ' ');
    }
    out
}

/// Would this sign after a number at the start of a line make a numbered item of it?
fn ends_number(before: &str, sign: char) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before).trim_start();
    matches!(sign, '.' | ')')
        && !line.is_empty()
        && line.len() < 10
        && line.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Head, Item, Lang, Span};

    #[track_caller]
    fn check(blocks: Vec<Block>, expected: &str) {
        let head = Head {
            url: String::new(),
            canonical: None,
            title: "Tên".into(),
            site: None,
            lang: Lang::vi(),
        };
        let content = Content::Article(Article {
            blocks,
            ..Article::default()
        });
        let document = Document {
            head,
            content,
            doubts: Vec::new(),
        };
        assert_eq!(markdown(&document), format!("# Tên\n\n{expected}\n"));
    }

    #[test]
    fn signs_in_prose_mean_nothing() {
        check(
            vec![Block::Paragraph("*a* [x](y) <b> # | 1_2".into())],
            "\\*a\\* \\[x\\](y) \\<b\\> \\# \\| 1\\_2",
        );
        check(
            vec![Block::Paragraph("5. Một\n- hai".into())],
            "5\\. Một\\\n\\- hai",
        );
    }

    #[test]
    fn lists_nest_and_quotes_stand_apart() {
        let inner = List {
            ordered: false,
            items: vec![Item {
                text: "sâu".into(),
                inner: None,
            }],
        };
        let list = List {
            ordered: true,
            items: vec![Item {
                text: "đầu".into(),
                inner: Some(inner),
            }],
        };
        check(
            vec![Block::Quote(vec![
                Block::List(list),
                Block::Code("``".into()),
            ])],
            "> 1. đầu\n>    - sâu\n> \n> ```\n> ``\n> ```",
        );
    }

    #[test]
    fn a_table_keeps_its_columns_and_a_link_its_address() {
        let url = "https://a.example/(x)".to_owned();
        let linked = Text::with_spans(
            "B".into(),
            vec![Span {
                start: 0,
                end: 1,
                mark: Mark::Link { url },
            }],
        );
        let wide = Cell {
            colspan: 2,
            ..Cell::new("rộng".into())
        };
        let table = Table {
            header: vec![Cell::new("A".into()), Cell::new(linked)],
            rows: vec![vec![wide]],
            ..Table::default()
        };
        check(
            vec![Block::Table(table)],
            "| A | [B](<https://a.example/(x)>) |\n| --- | --- |\n| rộng | |",
        );
    }
}
