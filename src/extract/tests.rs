//! Whole pages of several families, each with the fields that must come out.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use url::Url;

use super::{Rules, by_rows, document, family};
use crate::html::{Limits, parse};
use crate::model::{Article, Block, Content, Document, Reading};

const SHAREPOINT: &str = include_str!("fixture/sharepoint.html");

fn read(page: &str) -> Document {
    let address = Url::parse("https://mau.gov.vn/tin/nuoc-sach.aspx").expect("an address");
    let tree = parse(
        page.as_bytes(),
        Some("text/html; charset=utf-8"),
        &Limits::default(),
    );
    document(&tree, Some(&address), &Rules::default())
}

fn article(document: &Document) -> &Article {
    match &document.content {
        Content::Article(article) => article,
        other => panic!("no article but {other:?}"),
    }
}

/// The first portal's article, whole and clean, however its template writes it.
#[track_caller]
fn check_first_portal(page: &str) {
    let document = read(page);
    let article = article(&document);
    assert_eq!(
        document.head.title.as_str(),
        "Huyện vùng cao đưa nước sạch về từng bản"
    );
    assert_eq!(document.head.lang.as_str(), "vi");
    assert_eq!(
        article.published.map(|p| p.to_string()).as_deref(),
        Some("2021-10-12")
    );
    assert_eq!(article.authors, ["Thu Mẫu"]);
    let lead = article.lead.as_ref().expect("a lead").as_str();
    assert!(
        lead.starts_with("Sau ba năm") && lead.ends_with("hằng ngày."),
        "{lead}"
    );
    let kinds: Vec<&str> = article.blocks.iter().map(kind).collect();
    assert_eq!(
        kinds,
        ["paragraph", "paragraph", "figure", "paragraph", "paragraph"]
    );
    let Block::Figure(figure) = &article.blocks[2] else {
        panic!("a figure")
    };
    let caption = figure.caption.as_ref().expect("a caption").as_str();
    assert_eq!(
        caption,
        "Người dân bản Mẫu lấy nước từ bể chứa xây xong trong tháng Chín vừa qua"
    );
    assert_eq!(figure.alt, "");
    let Block::Paragraph(last) = &article.blocks[4] else {
        panic!("a paragraph")
    };
    assert!(last.as_str().ends_with("./."), "{}", last.as_str());
}

fn kind(block: &Block) -> &'static str {
    match block {
        Block::Heading { .. } => "heading",
        Block::Paragraph(_) => "paragraph",
        Block::List(_) => "list",
        Block::Quote(_) => "quote",
        Block::Figure(_) => "figure",
        Block::Table(_) => "table",
        Block::Code(_) => "code",
        Block::Media(_) => "media",
    }
}

#[test]
fn the_first_portals_article_comes_out_whole_and_clean() {
    check_first_portal(SHAREPOINT);
}

#[test]
fn the_first_portals_title_is_found_without_a_heading() {
    for (open, close) in [
        ("<div class=\"tieude\">", "</div>"),
        ("<h2>", "</h2>"),
        ("<p><b>", "</b></p>"),
    ] {
        let page = SHAREPOINT.replace("<h1 class=\"News_Detail_Title\">", open);
        check_first_portal(&page.replace("</h1>", close));
    }
}

#[test]
fn the_first_portals_article_is_found_by_its_words_alone() {
    let mut page = SHAREPOINT
        .replace("divArticleDescription", "x")
        .replace("News_Detail_Title", "y");
    page = page
        .replace("ms-webpart", "z")
        .replace("s4-workspace", "w")
        .replace("aspnetForm", "f");
    check_first_portal(&page);
}

#[test]
fn breaks_and_boxes_part_paragraphs_too() {
    let open = "<p style=\"text-align:justify\">";
    check_first_portal(&SHAREPOINT.replace(open, "").replace("</p>\n", "<br><br>\n"));
    check_first_portal(
        &SHAREPOINT
            .replace(open, "<div>")
            .replace("</p>\n", "</div>\n"),
    );
}

#[test]
fn an_author_without_any_label_or_style_is_known_by_the_name() {
    let signed = "<p style=\"text-align:right\"><strong>Thu Mẫu</strong></p>";
    check_first_portal(&SHAREPOINT.replace(signed, "<p>Thu Mẫu</p>"));
}

#[test]
fn a_listing_gives_each_entry_once_with_its_date_and_summary() {
    let document = read(include_str!("fixture/listing.html"));
    let Content::Listing(listing) = &document.content else {
        panic!("no listing")
    };
    assert_eq!(document.head.title.as_str(), "Tin tức sự kiện");
    assert_eq!(listing.entries.len(), 4);
    let first = &listing.entries[0];
    assert_eq!(
        first.title.as_str(),
        "Thông xe cầu mới qua suối bản Mẫu trước mùa mưa"
    );
    assert_eq!(first.url, "https://mau.gov.vn/tin/cau-moi");
    assert_eq!(
        first.published.map(|p| p.to_string()).as_deref(),
        Some("2020-06-05")
    );
    let summary = first.summary.as_ref().expect("a summary").as_str();
    assert!(
        summary.starts_with("Cây cầu dài 36 mét") && !summary.contains("Xem thêm"),
        "{summary}"
    );
    assert_eq!(listing.paging.len(), 2);
    assert_eq!(listing.navigation.len(), 3);
}

#[test]
fn a_document_page_gives_names_and_values_and_its_file() {
    let document = read(include_str!("fixture/decree.html"));
    let article = article(&document);
    assert!(
        document
            .head
            .title
            .as_str()
            .starts_with("Ban hành Quy định")
    );
    assert_eq!(
        article.published.map(|p| p.to_string()).as_deref(),
        Some("2024-06-05")
    );
    let [Block::Table(table)] = article.blocks.as_slice() else {
        panic!("one table")
    };
    assert!(table.row_headers);
    assert_eq!(table.rows[0][1].text.as_str(), "12/2024/QĐ-UBND");
    let [file] = article.attachments.as_slice() else {
        panic!("one file")
    };
    assert_eq!(
        (file.kind.as_deref(), file.bytes),
        (Some("PDF"), Some(1_258_291))
    );
    assert_eq!(file.url, "https://mau.gov.vn/files/QD12.pdf");
}

#[test]
fn whatever_a_page_is_reading_it_ends() {
    let deep = "<div><ul><li><blockquote><table><tr><td>".repeat(300);
    let pages = [
        "",
        "<p>",
        "<table><tr><td><table>",
        "<a href=''></a>",
        "<li><ul><li>x",
        &deep,
    ];
    for page in pages {
        let _ = read(page);
    }
    for cut in (0..SHAREPOINT.len())
        .step_by(97)
        .filter(|at| SHAREPOINT.is_char_boundary(*at))
    {
        let _ = read(&SHAREPOINT[..cut]);
    }
}

#[test]
fn a_grid_of_cards_is_read_and_not_taken_for_teasers_inside_an_article() {
    let card = |title: &str| {
        format!(
            "<div class=col><div class=card><h4><a href=/b/{0}>{0}: how it was built in a winter</a></h4>\
             <p>The people of {0} built it together, in the evenings, after the work in the fields was done.</p></div></div>",
            title
        )
    };
    let cards: String = ["Mill", "Bridge", "Well", "Barn"].map(card).concat();
    let page = format!(
        "<title>Built in winter</title><main><h1>Built in winter</h1><div class=row>{cards}</div></main>"
    );
    let said = format!("{:?}", read(&page).content);
    for name in [
        "people of Mill",
        "people of Bridge",
        "people of Well",
        "people of Barn",
    ] {
        assert!(said.contains(name), "{name} in {said}");
    }
}

/// The words of a page's lead and body.
fn words(document: &Document) -> Vec<String> {
    let reading = Reading::of(document).text;
    let words = reading.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// How much two bags of words have in common, from 0 to 1: the harmonic mean of both shares.
fn alike(one: &[String], other: &[String]) -> f64 {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in other {
        *left.entry(word).or_default() += 1;
    }
    let shared = one.iter().filter(|word| {
        let count = left.get_mut(word.as_str()).filter(|count| **count > 0);
        count.map(|count| *count -= 1).is_some()
    });
    #[expect(clippy::cast_precision_loss, reason = "thousands of words")]
    let share = 2.0 * shared.count() as f64 / (one.len() + other.len()).max(1) as f64;
    share
}

/// Articles of a few words or pictures beside a longer list, which only a family's fields tell.
const TOLD_BY_FIELDS: [&str; 2] = [
    "sharepoint-publishing-photo-story",
    "sharepoint-publishing-short",
];

/// What all pages with and without the table of families must have in common, and any one of them.
const ALL_ALIKE: f64 = 0.98;
const ONE_ALIKE: f64 = 0.80;

#[test]
fn the_search_does_without_any_family() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let (mut sum, mut count) = (0.0, 0.0);
    for folder in fs::read_dir(pages).expect("the pages").flatten() {
        let page = fs::read(folder.path().join("page.html"));
        let told = TOLD_BY_FIELDS
            .iter()
            .any(|name| folder.file_name() == *name);
        let Some(bytes) = page.ok().filter(|_| !told) else {
            continue;
        };
        let base = fs::read_to_string(folder.path().join("base.txt")).expect("its address");
        let mut lines = base.lines();
        let address = lines.next().and_then(|line| Url::parse(line).ok());
        let tree = parse(&bytes, lines.next(), &Limits::default());
        let read =
            |families| by_rows(&tree, address.as_ref(), &Rules::default(), families).finish();
        let same = alike(&words(&read(family::known())), &words(&read(&[])));
        if same < ALL_ALIKE {
            println!("{same:.3} {}", folder.file_name().display());
        }
        assert!(same >= ONE_ALIKE, "{}", folder.file_name().display());
        sum += same;
        count += 1.0;
    }
    println!("{:.4} over {count} pages", sum / count);
    assert!(sum / count >= ALL_ALIKE, "{}", sum / count);
}
