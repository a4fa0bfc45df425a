//! Articles of several pages, and lists whose pages are asked for by script, at the front door.

mod common;

use axum::Form;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get as on_get, post as on_post};
use common::client::{Answer, get};
use common::loa::{Server, output};
use common::portal::{Portal, html, huge};
use serde_json::Value;

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
    let body: String = paragraphs(page)
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
}

/// The portal's articles, each with a trouble of its own on its second page.
async fn read(Path(name): Path<String>, Query(Numbered { page }): Query<Numbered>) -> Response {
    let page = page.unwrap_or(1);
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

fn record(portal: &Portal, path: &str) -> Value {
    let url = portal.url(path);
    let text = output(&["read", &url, "--format", "json", "--trust", &portal.trust()]);
    serde_json::from_str(&text).expect("a record")
}

/// The texts of a record's paragraphs.
fn texts(record: &Value) -> Vec<&str> {
    let blocks = record["blocks"].as_array().expect("blocks").iter();
    let paragraphs = blocks.filter(|block| block["type"] == "paragraph");
    paragraphs
        .map(|block| block["text"].as_str().expect("a text"))
        .collect()
}

fn of_pages(pages: std::ops::RangeInclusive<u32>) -> Vec<String> {
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

fn query(url: &str) -> String {
    url::form_urlencoded::byte_serialize(url.as_bytes()).collect()
}

fn page(server: &Server, url: &str, lang: &str) -> Answer {
    let path = format!("/read?url={}", query(url));
    get(server.address, &path, &[("accept-language", lang)])
}

/// A WebForms list of nine pages, three of which its pager shows at a time. It answers only what it
/// gave away itself: a state of the page before, and the same form's other fields.
fn list(page: u32, message: &str) -> Response {
    let entries: String = (1..=5)
        .map(|n| {
            let number = page * 10 + n;
            format!(
                "<li><a href=/tin/{number}>Tin số {number}: xã họp bàn việc sửa đường liên thôn</a>\
                 <span class=ngay>(0{n}/03/2023)</span><p>Cuộc họp thứ {number} bàn về kinh phí và ngày công.</p></li>"
            )
        })
        .collect();
    let first = (page - 1) / 3 * 3 + 1;
    let call = |argument: String, name: &str| {
        format!("<a href=\"javascript:__doPostBack('ctl00$PhanTrang_D','{argument}')\">{name}</a>")
    };
    let numbers: String = (first..first + 3)
        .map(|n| {
            if n == page {
                format!("<span>{n}</span>")
            } else {
                call(n.to_string(), &n.to_string())
            }
        })
        .collect();
    let next = call((first + 3).to_string(), "...");
    let state = format!("{page}:{}", "A".repeat(200_000));
    let delete = "<a href=\"javascript:__doPostBack('ctl00$Xoa','7')\">Xóa tin này</a>";
    let body = format!(
        "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>Tin trong xã</title></head><body>\
         <form method=post action=\"./ds?muc=7\" id=aspnetForm>\
         <input type=hidden name=__EVENTTARGET value=\"\"><input type=hidden name=__EVENTARGUMENT value=\"\">\
         <input type=hidden name=__VIEWSTATE value=\"{state}\">\
         <input type=hidden name=__VIEWSTATEGENERATOR value=CA0B0334>\
         <input type=hidden name=__EVENTVALIDATION value=\"/wEd+{page}==\">\
         <input type=password name=mk value=x><input type=submit name=tim value=Tìm>\
         <h1>Tin trong xã</h1><p>{message}</p><ul>{entries}</ul><div class=phantrang>{numbers}{next}</div>{delete}\
         </form></body></html>"
    );
    html("text/html; charset=utf-8", body.into_bytes())
}

async fn post_back(Form(fields): Form<Vec<(String, String)>>) -> Response {
    let field = |name: &str| {
        let mut named = fields.iter().filter(|(n, _)| n == name);
        let value = named.next().map(|(_, value)| value.as_str());
        assert!(named.next().is_none(), "{name} is sent once");
        value.unwrap_or_default()
    };
    let (page, state) = field("__VIEWSTATE").split_once(':').unwrap_or_default();
    let from: u32 = page.parse().unwrap_or_default();
    let to: u32 = field("__EVENTARGUMENT").parse().unwrap_or_default();
    let first = from.saturating_sub(1) / 3 * 3 + 1;
    let known = state.len() == 200_000
        && field("__EVENTVALIDATION") == format!("/wEd+{from}==")
        && field("__VIEWSTATEGENERATOR") == "CA0B0334"
        && field("__EVENTTARGET") == "ctl00$PhanTrang_D"
        && (first..=first + 3).contains(&to)
        && field("mk").is_empty()
        && field("tim").is_empty();
    match (known, to) {
        (false, _) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        (true, 3) => Redirect::to("/ds?muc=7&xong=3").into_response(),
        (true, _) => list(to, "Danh sách tin."),
    }
}

#[derive(serde::Deserialize)]
struct Done {
    xong: Option<u32>,
}

fn lists() -> Portal {
    let shown = async |Query(Done { xong }): Query<Done>| list(xong.unwrap_or(1), "Danh sách tin.");
    Portal::answering(Router::new().route("/ds", on_get(shown).merge(on_post(post_back))))
}

/// The addresses in a list's paging, by their names.
fn turns(record: &Value) -> Vec<(String, String)> {
    let text = |turn: &Value, field: &str| turn[field].as_str().expect("a text").to_owned();
    let turns = record["paging"].as_array().expect("paging").iter();
    turns
        .map(|turn| (text(turn, "title"), text(turn, "url")))
        .collect()
}

fn turn_to(record: &Value, name: &str) -> String {
    let found = turns(record).into_iter().find(|(n, _)| n == name);
    found
        .unwrap_or_else(|| panic!("{name} in {:?}", turns(record)))
        .1
}

fn record_at(portal: &Portal, url: &str) -> Value {
    let text = output(&["read", url, "--format", "json", "--trust", &portal.trust()]);
    serde_json::from_str(&text).expect("a record")
}

#[track_caller]
fn check_page(record: &Value, page: u32) {
    assert_eq!(record["kind"], "listing");
    let links = record["links"].as_array().expect("links");
    assert_eq!(links.len(), 5);
    let title = links[0]["title"].as_str().expect("a title");
    assert!(
        title.starts_with(&format!("Tin số {}:", page * 10 + 1)),
        "{title}"
    );
}

#[test]
fn a_list_that_wants_a_form_sent_is_turned_page_by_page() {
    let portal = lists();
    let first = record(&portal, "/ds?muc=7");
    check_page(&first, 1);
    assert_eq!(
        first["paging"][0]["post"],
        serde_json::json!({"target": "ctl00$PhanTrang_D", "argument": "2"})
    );
    let second = record_at(&portal, &turn_to(&first, "2"));
    check_page(&second, 2);
    let third = record_at(&portal, &turn_to(&second, "3"));
    check_page(&third, 3); // by a redirect that is asked for without the form
    let fourth = record_at(&portal, &turn_to(&second, "..."));
    check_page(&fourth, 4);
    let fifth = record_at(&portal, &turn_to(&fourth, "5"));
    check_page(&fifth, 5);
    let again = turn_to(&record_at(&portal, &turn_to(&fifth, "4")), "6");
    check_page(&record_at(&portal, &again), 6);
}

#[test]
fn the_readers_page_has_a_button_for_each_page_and_nothing_of_the_portals_form() {
    let portal = lists();
    let server = Server::start(&["--trust", &portal.trust()]);
    let shown = page(&server, &portal.url("/ds?muc=7"), "vi").text();
    let button = format!(
        "value=\"{}#__doPostBack('ctl00$PhanTrang_D','2')\">Trang 2</button>",
        portal.url("/ds?muc=7")
    );
    let shown_plain = shown.replace("&amp;", "&").replace("&#39;", "'");
    assert!(
        shown_plain.contains(&button),
        "{button} is missing in {shown}"
    );
    assert!(
        shown.len() < 60_000 && !shown.contains("AAAAAAAA"),
        "the state stays away"
    );
    assert!(!shown.contains("Xoa"), "only pages are turned");
    let address = portal.url("/ds?muc=7") + "#__doPostBack('ctl00$PhanTrang_D','2')";
    let second = page(&server, &address, "vi");
    assert_eq!(second.status, 200);
    assert!(second.text().contains("Tin số 21:"));
}

#[test]
fn a_call_that_the_lists_pager_does_not_show_is_never_sent() {
    let portal = lists();
    let server = Server::start(&["--trust", &portal.trust()]);
    for call in [
        "__doPostBack('ctl00$Xoa','7')",
        "__doPostBack('ctl00$PhanTrang_D','8')",
        "__doPostBack('ctl00$PhanTrang_D','2')__doPostBack('ctl00$Xoa','7')",
    ] {
        let before = portal.times_asked("/ds");
        let answer = page(
            &server,
            &format!("{}#{call}", portal.url("/ds?muc=7")),
            "vi",
        );
        assert_eq!(answer.status, 404, "{call}");
        assert!(
            answer.text().contains("Không có trang danh sách này"),
            "{call}"
        );
        let pages_first = call.matches("PhanTrang_D','2'").count();
        assert_eq!(
            portal.times_asked("/ds"),
            before + 1 + pages_first,
            "{call}"
        );
    }
}
