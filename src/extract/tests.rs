//! Whole pages of several families, each with the fields that must come out.

use url::Url;

use super::document;
use crate::html::{Limits, parse};
use crate::model::{Article, Block, Content, Document};

const SHAREPOINT: &str = include_str!("fixture/sharepoint.html");

fn read(page: &str) -> Document {
    let address = Url::parse("https://mau.gov.vn/tin/nuoc-sach.aspx").expect("an address");
    let tree = parse(
        page.as_bytes(),
        Some("text/html; charset=utf-8"),
        &Limits::default(),
    );
    document(&tree, Some(&address))
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
