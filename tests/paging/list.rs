//! Lists that are turned by a WebForms script.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get as on_get, post as on_post};
use axum::{Form, Router};
use serde_json::Value;

use crate::common::loa::Server;
use crate::common::portal::{Portal, html};
use crate::{page, record, record_at, turn_to};

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
