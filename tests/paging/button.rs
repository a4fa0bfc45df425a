//! Lists that are turned by the buttons of a form, whose portal knows its visitors by a cookie.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get as on_get};
use serde_json::json;

use crate::common::loa::Server;
use crate::common::portal::Portal;
use crate::{page, query, record, record_at, turn_to, turns};

/// How many have come to the list.
type Visits = Arc<AtomicUsize>;

/// A page of the list in windows-1258; its form says who came, and in which letters.
fn list(number: usize, visit: usize, action: &str) -> Response {
    let entries: String = (1..=5)
        .map(|n| {
            format!(
                "<li><a href=/tin/{number}{n}>Buoi hop thu {number}{n} cua thon Tay ban viec dap lai con muong</a>\
                 <span class=ngay>(0{n}/03/2023)</span><p>Ba con gop cong va gop cat, buoi {number}{n}.</p></li>"
            )
        })
        .collect();
    let page = format!(
        "<!DOCTYPE html><html lang=vi><head><title>Tin thon</title></head><body><h1>Tin thon</h1>\
         <form method=post action=\"{action}\">\
         <input type=hidden name=trang value={number}><input type=hidden name=khach value={visit}>\
         <input type=hidden name=muc value=\"Th\u{ea}\u{ec}\"><ul>{entries}</ul>\
         <input type=submit name=tim value=\"T\u{ec}m\"><button name=xoa value=1>X\u{f3}a</button>\
         <div class=phantrang><input type=submit name=toi value=1 disabled>\
         <input type=submit name=toi value=2><input type=submit name=toi value=3>\
         <button name=sau value=\"Trang k\u{ea}\u{ec}\"><img src=/sau.gif alt=\"Trang sau\"></button>\
         <input type=image name=cuoi src=/cuoi.gif alt=\"Trang cu\u{f4}\u{ec}i\">\
         <button type=submit name=xoahet value=1>X\u{f3}a h\u{ea}\u{ec}t</button></div></form></body></html>"
    );
    let bytes: Vec<u8> = page
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("a letter of one byte"))
        .collect();
    let kind = "text/html; charset=windows-1258";
    ([(header::CONTENT_TYPE, kind)], bytes).into_response()
}

fn has_cookie(head: &HeaderMap, cookie: &str) -> bool {
    let given = head.get(header::COOKIE);
    given.is_some_and(|value| value.as_bytes() == cookie.as_bytes())
}

async fn first(State(visits): State<Visits>, head: HeaderMap, uri: Uri) -> Response {
    if head.contains_key(header::COOKIE) {
        return StatusCode::IM_A_TEAPOT.into_response();
    }
    let visit = visits.fetch_add(1, Ordering::SeqCst);
    let action = uri.query().unwrap_or("/nhan");
    let cookie = format!("khach={visit}; path=/; HttpOnly");
    let list = list(1, visit, action);
    ([(header::SET_COOKIE, cookie)], list).into_response()
}

/// Takes the form only with the cookie of its own page, and in that page's letters.
async fn taken(head: HeaderMap, body: String) -> Response {
    let visit = field(&body, "khach").and_then(|visit| visit.parse().ok());
    let Some(visit) = visit.filter(|visit| has_cookie(&head, &format!("khach={visit}"))) else {
        return StatusCode::FORBIDDEN.into_response();
    };
    let is_whole = field(&body, "muc") == Some("Th%EA%EC")
        && ["tim", "xoa", "xoahet"]
            .iter()
            .all(|name| field(&body, name).is_none());
    let to = match (
        field(&body, "toi"),
        field(&body, "sau"),
        field(&body, "cuoi.x"),
    ) {
        (Some(to), None, None) => to.parse().ok(),
        (None, Some("Trang+k%EA%EC"), None) => Some(2),
        (None, None, Some("0")) if field(&body, "cuoi.y") == Some("0") => Some(9),
        _ => None,
    };
    match to.filter(|_| is_whole) {
        Some(to) => list(to, visit, "/nhan"),
        None => StatusCode::BAD_REQUEST.into_response(),
    }
}

fn field<'b>(body: &'b str, name: &str) -> Option<&'b str> {
    let mut fields = body.split('&').filter_map(|field| field.split_once('='));
    fields.find(|(n, _)| *n == name).map(|(_, value)| value)
}

/// The portal; `away` is another, to which some of its forms are sent on.
fn lists(away: &str) -> Portal {
    let elsewhere = format!("{away}/nhan");
    let pages = Router::new()
        .route("/ds", on_get(first))
        .route("/nhan", any(taken))
        .route("/tam", any(async || Redirect::temporary("/nhan")))
        .route("/han", any(async || Redirect::permanent("/nhan")))
        .route(
            "/di",
            any(async move || Redirect::temporary(&elsewhere).into_response()),
        )
        .with_state(Visits::default());
    Portal::answering(pages)
}

fn lists_alone() -> Portal {
    lists("")
}

#[track_caller]
fn check_page(portal: &Portal, url: &str, number: usize) {
    let record = record_at(portal, url);
    assert_eq!(record["kind"], "listing", "{url}");
    let title = record["links"][0]["title"].as_str().expect("a title");
    assert!(title.contains(&format!("thu {number}1")), "{url}: {title}");
}

#[test]
fn a_pager_of_buttons_and_pictures_is_followed() {
    let portal = lists_alone();
    let first = record(&portal, "/ds");
    let names: Vec<_> = turns(&first).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["2", "3", "Trang sau", "Trang cuối"]);
    assert_eq!(
        first["paging"][0]["post"],
        json!({"name": "toi", "value": "2"})
    );
    for (name, number) in [("2", 2), ("3", 3), ("Trang sau", 2), ("Trang cuối", 9)] {
        check_page(&portal, &turn_to(&first, name), number);
    }
    let second = record_at(&portal, &turn_to(&first, "2"));
    check_page(&portal, &turn_to(&second, "3"), 3);
}

#[test]
fn a_form_is_sent_again_only_to_its_own_host() {
    let other = lists_alone();
    let portal = lists(&other.url(""));
    let way = |action: &str| turn_to(&record(&portal, &format!("/ds?{action}")), "3");
    for action in ["/tam", "/han"] {
        check_page(&portal, &way(action), 3);
    }
    let trust = [portal.trust(), other.trust()];
    let server = Server::start(&["--trust", &trust[0], "--trust", &trust[1]]);
    for (action, status) in [("/di".to_owned(), 502), (other.url("/nhan"), 404)] {
        let answer = page(&server, &way(&action), "vi");
        assert_eq!(answer.status, status, "{action}");
    }
    assert_eq!(other.times_asked("/nhan"), 0);
}

#[test]
fn a_page_of_a_list_that_is_gone_leads_to_the_first() {
    let portal = lists_alone();
    let server = Server::start(&["--trust", &portal.trust()]);
    let list = portal.url("/ds");
    let gone = "/khong-co".to_owned();
    let turned = turn_to(&record(&portal, &format!("/ds?{gone}")), "2");
    for (given, first) in [
        (portal.url("/tin?muc=7&trang=9"), portal.url("/tin?muc=7")),
        (portal.url("/tin/trang-9"), portal.url("/tin")),
        (turned, format!("{list}?{gone}")),
        (format!("{list}#__press('toi','8')"), list),
    ] {
        for (lang, word) in [
            ("vi", "Về trang đầu của danh sách này"),
            ("en", "Go to the first page of this list"),
        ] {
            let answer = page(&server, &given, lang);
            assert_eq!(answer.status, 404, "{given}");
            let link = format!("href=\"/read?url={}\">{word}", query(&first));
            assert!(answer.text().contains(&link), "{given}: {}", answer.text());
        }
    }
    let answer = page(&server, &portal.url("/tin/khong-co"), "en").text();
    assert!(!answer.contains("first page of this list"));
}

#[test]
fn the_original_of_a_turned_page_is_the_portals_own_address() {
    let portal = lists_alone();
    let server = Server::start(&["--trust", &portal.trust()]);
    let turned = turn_to(&record(&portal, "/ds"), "2");
    let shown = page(&server, &turned, "vi").text();
    assert!(shown.contains("thu 21"), "{shown}");
    assert!(
        shown.contains(&format!("href=\"{}\"", portal.url("/ds"))),
        "{shown}"
    );
    assert!(
        !shown.contains(&format!("href=\"{}#", portal.url("/ds"))),
        "{shown}"
    );
}
