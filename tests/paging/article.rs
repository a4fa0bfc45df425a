//! Articles of several pages become one.

use std::ops::RangeInclusive;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get as on_get;
use serde_json::Value;

use crate::common::client::get;
use crate::common::loa::{Server, output};
use crate::common::portal::{Portal, html, huge};
use crate::{page, query, record};

const TITLE: &str = "Làng nghề dệt chiếu Cẩm Hòa tìm đường mới";

/// The paragraphs of a page, each long enough to be prose and said nowhere else.
fn paragraphs(page: u32) -> Vec<String> {
    let places = ["bến Tre", "đồng Sậy", "xóm Cói", "chợ Gành"];
    let paragraph = |place: &&str| {
        format!(
            "Ở trang {page} của câu chuyện, người thợ ở {place} kể rằng mỗi ngày họ dệt được {page} đôi \
             chiếu, phơi trên bãi cát cho đến khi sợi cói khô, rồi mới chở ra bến bán cho khách đường xa."
        )
    };
    places.iter().map(paragraph).collect()
}

/// A page of the article; `pager` stands below the body.
fn article(title: &str, page: u32, pager: &str) -> Response {
    article_of(title, page..=page, pager)
}

/// Several pages of the article on one.
fn article_of(title: &str, pages: RangeInclusive<u32>, pager: &str) -> Response {
    let page = *pages.start();
    let body: String = of_pages(pages)
        .iter()
        .map(|p| format!("<p>{p}</p>"))
        .collect();
    let heading = if page == 1 {
        "<h2>Nghề cũ</h2><h4>Sợi cói</h4>".to_owned()
    } else {
        format!("<h4>Bãi phơi thứ {page}</h4>")
    };
    let signed = if page == 3 {
        "<p style=\"text-align:right\"><strong>Trần Thị Sậy</strong></p>"
    } else {
        ""
    };
    let page = format!(
        "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>{title} - Báo Cẩm Hòa</title>\
         <meta property=og:title content=\"{title}\"><meta property=og:type content=article></head><body>\
         <ul class=menu><li><a href=/a>Thời sự</a><li><a href=/b>Kinh tế</a></ul>\
         <h1>{title}</h1><div class=date>05/06/2020 08:30</div>\
         <p class=sapo><strong>Hơn một trăm hộ ở Cẩm Hòa đang tìm cách giữ nghề dệt chiếu đã có từ ba đời.</strong></p>\
         <div class=article-body>{heading}{body}{signed}</div>{pager}\
         <div class=tinlienquan><h3>Tin liên quan</h3><a href=/tin/khac?page=2>2</a></div></body></html>"
    );
    html("text/html; charset=utf-8", page.into_bytes())
}

fn pager(links: &[(&str, &str)]) -> String {
    let links: String = links
        .iter()
        .map(|(url, name)| format!("<a href=\"{url}\">{name}</a> "))
        .collect();
    format!("<div class=phantrang>{links}</div>")
}

#[derive(serde::Deserialize)]
struct Numbered {
    page: Option<u32>,
    view: Option<String>,
}

/// The portal's articles, each with a trouble of its own on its second page.
async fn read(Path(name): Path<String>, Query(asked): Query<Numbered>) -> Response {
    let page = asked.page.unwrap_or(1);
    if asked.view.is_some() {
        return article_of(TITLE, 1..=3, "");
    }
    let way = |last: u32| {
        let links: Vec<_> = (1..=last)
            .filter(|n| *n != page)
            .map(|n| (format!("/tin/{name}?page={n}"), n.to_string()))
            .collect();
        let links: Vec<_> = links
            .iter()
            .map(|(u, n)| (u.as_str(), n.as_str()))
            .collect();
        pager(&links)
    };
    match (name.as_str(), page) {
        ("ba-trang", _) => article(TITLE, page, &way(3)),
        ("toan-bo", 1) => {
            let whole = ("/tin/toan-bo?view=all", "Xem toàn bộ");
            article(TITLE, 1, &(way(3) + &pager(&[whole])))
        }
        ("vong-lai", _) => {
            let links = [("?page=1", "Trang tiếp"), ("?page=2", "Trang tiếp")];
            article(TITLE, page, &pager(&links))
        }
        ("hong", 2) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        ("vong", 2) => Redirect::temporary("/tin/vong?page=2").into_response(),
        ("ve-dau", 2) => Redirect::temporary("/tin/ve-dau").into_response(),
        ("lap", 2) => article(TITLE, 1, &way(3)),
        ("bai-khac", 2) => article("Giá muối tăng trở lại sau hai vụ mưa", 7, &way(3)),
        ("to", 2) => huge(),
        ("bao-loi", 2) => html(
            "text/html; charset=utf-8",
            "<html lang=vi><title>Thông báo</title><p>Hệ thống đang bảo trì.</p></html>".into(),
        ),
        ("ra-ngoai", 2) => Redirect::temporary("http://127.0.0.1:9/").into_response(),
        ("dai", _) => article(TITLE, page, &way(40)),
        (_, 1) => article(TITLE, 1, &way(3)),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn articles() -> Portal {
    Portal::answering(Router::new().route("/tin/{name}", on_get(read)))
}

/// The texts of a record's paragraphs.
fn texts(record: &Value) -> Vec<&str> {
    let blocks = record["blocks"].as_array().expect("blocks").iter();
    let paragraphs = blocks.filter(|block| block["type"] == "paragraph");
    paragraphs
        .map(|block| block["text"].as_str().expect("a text"))
        .collect()
}

fn of_pages(pages: RangeInclusive<u32>) -> Vec<String> {
    pages.flat_map(paragraphs).collect()
}

fn is_missing_pages(record: &Value) -> bool {
    let doubts = record["doubts"].as_array().expect("doubts");
    doubts.contains(&"missing-pages".into())
}

#[test]
fn an_article_of_three_pages_is_read_as_one() {
    let portal = articles();
    let record = record(&portal, "/tin/ba-trang");
    assert_eq!(texts(&record), of_pages(1..=3));
    assert_eq!(record["title"], TITLE);
    assert_eq!(record["authors"], serde_json::json!(["Trần Thị Sậy"]));
    assert_eq!(
        (&record["next"], is_missing_pages(&record)),
        (&Value::Null, false)
    );
    let blocks = record["blocks"].as_array().expect("blocks").iter();
    let headings = blocks.filter(|block| block["type"] == "heading");
    let levels: Vec<_> = headings.map(|block| block["level"].as_u64()).collect();
    assert_eq!(levels, [2, 3, 3, 3].map(Some), "levels hold over all pages");
    assert_eq!(portal.times_asked("/tin/ba-trang"), 3);
    assert_eq!(portal.times_asked("/tin/khac"), 0);
}

#[test]
fn all_of_an_article_on_one_page_is_asked_for_rather_than_its_pages() {
    let portal = articles();
    let record = record(&portal, "/tin/toan-bo");
    assert_eq!(texts(&record), of_pages(1..=3));
    assert_eq!(
        (&record["next"], is_missing_pages(&record)),
        (&Value::Null, false)
    );
    assert_eq!(portal.times_asked("/tin/toan-bo"), 2);
}

#[test]
fn next_pages_that_lead_back_end() {
    let portal = articles();
    let record = record(&portal, "/tin/vong-lai");
    assert_eq!(texts(&record), of_pages(1..=2));
    assert!(!is_missing_pages(&record));
    assert_eq!(portal.times_asked("/tin/vong-lai"), 2);
}

#[test]
fn reading_may_begin_on_the_second_page() {
    let portal = articles();
    let record = record(&portal, "/tin/ba-trang?page=2");
    assert_eq!(texts(&record), of_pages(2..=3));
}

#[test]
fn a_page_that_cannot_be_had_is_told_and_linked() {
    let portal = articles();
    let server = Server::start(&["--trust", &portal.trust()]);
    for name in ["hong", "vong", "to", "bao-loi", "ra-ngoai"] {
        let path = format!("/tin/{name}");
        let record = record(&portal, &path);
        assert_eq!(texts(&record), of_pages(1..=1), "{name}");
        assert!(is_missing_pages(&record), "{name}");
        let next = portal.url(&format!("{path}?page=2"));
        assert_eq!(record["next"], next.as_str(), "{name}");
        for (lang, word) in [("vi", "Bài này còn trang sau"), ("en", "has more pages")] {
            let page = page(&server, &portal.url(&path), lang).text();
            assert!(page.contains(word), "{name}: {page}");
            let link = format!("href=\"/read?url={}\"", query(&next));
            assert!(page.contains(&link), "{name}: {page}");
        }
    }
}

#[test]
fn what_repeats_or_belongs_to_another_article_is_left_alone() {
    let portal = articles();
    for name in ["ve-dau", "lap", "bai-khac"] {
        let record = record(&portal, &format!("/tin/{name}"));
        assert_eq!(texts(&record), of_pages(1..=1), "{name}");
        assert_eq!(
            (&record["next"], is_missing_pages(&record)),
            (&Value::Null, false),
            "{name}"
        );
    }
}

#[test]
fn an_endless_article_ends_with_a_word_about_it() {
    let portal = articles();
    let record = record(&portal, "/tin/dai");
    assert_eq!(portal.times_asked("/tin/dai"), 20);
    assert_eq!(texts(&record), of_pages(1..=20));
    assert_eq!(record["next"], portal.url("/tin/dai?page=21").as_str());
    assert!(is_missing_pages(&record));
}

#[test]
fn a_saved_page_says_where_the_article_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("trang.html");
    let portal = articles();
    let saved = get(portal.address, "/tin/ba-trang", &[]);
    std::fs::write(&file, &saved.body).expect("a file");
    let file = file.to_str().expect("a path");
    let base = "https://bao.example/tin/ba-trang";
    let read = |format| output(&["read", file, "--base", base, "--format", format]);
    let record: Value = serde_json::from_str(&read("json")).expect("a record");
    assert_eq!(record["next"], "https://bao.example/tin/ba-trang?page=2");
    for format in ["html", "markdown"] {
        assert!(
            read(format).contains("https://bao.example/tin/ba-trang?page=2"),
            "{format}"
        );
    }
}
