//! What Loa owes the portals that it reads: what they say about keeping their pages, who may read them, and
//! when not to come. Seen through the front door, at a portal that says it.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use common::client::{Answer, get};
use common::loa::Server;
use common::portal::Portal;

const PATH: &str = "/tin/mua-vang.html";

/// A portal with one article, which counts how often it was told; `answer` gets the count and the request's
/// head.
fn portal(
    answer: impl Fn(usize, &HeaderMap) -> Response + Clone + Send + Sync + 'static,
) -> Portal {
    let count = Arc::new(AtomicUsize::new(0));
    let page = async move |request: Request| {
        if request.uri().path() != PATH {
            return StatusCode::NOT_FOUND.into_response();
        }
        answer(count.fetch_add(1, Ordering::SeqCst) + 1, request.headers())
    };
    Portal::answering(Router::new().fallback(page))
}

/// The article as it is when it is told for the `count`th time.
fn article(count: usize, fields: &[(&'static str, &'static str)]) -> Response {
    let body = format!(
        "<!DOCTYPE html><html lang=vi><head><title>Mùa vàng ở Phú Lâm</title></head><body><article>\
         <h1>Mùa vàng ở Phú Lâm</h1><p>Đây là lần kể thứ {count} về mùa gặt năm nay của bà con trong xã, \
         khi lúa đã chín vàng khắp các cánh đồng ven sông.</p>\
         <p>Bà con ra đồng từ sáng sớm, vừa gặt vừa chuyện trò, đến trưa thì lúa đã về đầy sân kho.</p>\
         <p>Năm nay mỗi sào được gần ba tạ, hơn năm ngoái, nên nhà nào cũng vui.</p></article></body></html>"
    );
    let mut answer = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response();
    for (name, value) in fields {
        answer
            .headers_mut()
            .append(*name, value.parse().expect("a header"));
    }
    answer
}

fn serve(portal: &Portal, more: &[&str]) -> Server {
    let trust = portal.trust();
    Server::start(&[&["--trust", &trust], more].concat())
}

fn ask(server: &Server, portal: &Portal, route: &str) -> Answer {
    let url: String = url::form_urlencoded::byte_serialize(portal.url(PATH).as_bytes()).collect();
    get(server.address, &format!("{route}?url={url}"), &[])
}

/// Which telling of the article is read.
#[track_caller]
fn told(answer: &Answer) -> usize {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let text = answer.text();
    let (_, rest) = text.split_once("lần kể thứ ").expect("the article");
    rest.split(' ')
        .next()
        .and_then(|n| n.parse().ok())
        .expect("its number")
}

#[track_caller]
fn check(fields: &'static [(&'static str, &'static str)], tellings: [usize; 2]) {
    let portal = portal(move |count, _| article(count, fields));
    let server = serve(&portal, &[]);
    let got = [(); 2].map(|()| told(&ask(&server, &portal, "/read")));
    assert_eq!(got, tellings, "{fields:?}");
    assert_eq!(portal.times_asked(PATH), tellings[1], "{fields:?}");
}

#[test]
fn a_page_is_kept_as_long_as_its_portal_says() {
    check(&[], [1, 1]);
    check(&[("cache-control", "public, max-age=600")], [1, 1]);
    check(&[("cache-control", "no-cache")], [1, 2]);
    check(&[("cache-control", "max-age=0")], [1, 2]);
    check(&[("expires", "0")], [1, 2]);
}

#[test]
fn what_is_for_one_reader_is_given_to_no_other() {
    check(&[("cache-control", "private, max-age=600")], [1, 2]);
    check(&[("cache-control", "no-store")], [1, 2]);
    check(&[("set-cookie", "session=1")], [1, 2]);
    check(&[("vary", "*")], [1, 2]);
}

#[test]
fn those_who_ask_for_a_private_page_at_once_get_each_their_own() {
    let portal = portal(|count, _| article(count, &[("cache-control", "private")]));
    let server = serve(&portal, &[]);
    let mut tellings: Vec<_> = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| told(&ask(&server, &portal, "/read"))))
            .collect();
        readers
            .into_iter()
            .map(|reader| reader.join().expect("a page"))
            .collect()
    });
    tellings.sort_unstable();
    assert_eq!(tellings, (1..=8).collect::<Vec<_>>());
}

#[test]
fn a_private_page_is_heard_as_it_was_read_and_its_portal_is_asked_once() {
    let portal = portal(|count, _| article(count, &[("cache-control", "private")]));
    let server = serve(&portal, &["--config", &tone_voice()]);
    let page = ask(&server, &portal, "/read");
    assert_eq!(told(&page), 1);
    let text = page.text().replace("&amp;", "&");
    let (_, sound) = text.split_once("src=\"/audio.mp3?").expect("a player");
    let (query, _) = sound.split_once('"').expect("its address");
    assert!(query.contains("held%3A"), "{query}");
    let marks = get(server.address, &format!("/marks.ndjson?{query}"), &[]);
    assert!(marks.text().contains("lần kể thứ 1"), "{}", marks.text());
    let sound = get(server.address, &format!("/audio.mp3?{query}"), &[]);
    assert_eq!(sound.status, 200);
    assert_eq!(portal.times_asked(PATH), 1);
}

/// A settings file with the voice that needs no engine.
fn tone_voice() -> String {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let file = folder.join("loa.toml");
    std::fs::write(&file, "tone_voice = true\n").expect("a file");
    file.to_str().expect("a path in UTF-8").to_owned()
}

#[test]
fn a_page_that_may_be_old_is_asked_for_by_its_mark_alone() {
    let portal = portal(|count, asked| match asked.get(header::IF_NONE_MATCH) {
        Some(mark) if mark == "\"mua\"" => StatusCode::NOT_MODIFIED.into_response(),
        _ => article(count, &[("etag", "\"mua\""), ("cache-control", "no-cache")]),
    });
    let server = serve(&portal, &[]);
    for _ in 0..3 {
        assert_eq!(told(&ask(&server, &portal, "/read")), 1);
    }
    assert_eq!(portal.times_asked(PATH), 3);
}

#[test]
fn a_page_stands_in_for_a_portal_that_fails_and_says_since_when() {
    let failing = |count: usize, fields: &'static [(&'static str, &'static str)]| {
        if count == 1 {
            article(count, fields)
        } else {
            StatusCode::BAD_GATEWAY.into_response()
        }
    };
    let stale = portal(move |count, _| failing(count, &[("cache-control", "max-age=0")]));
    let server = serve(&stale, &[]);
    let fresh = ask(&server, &stale, "/read");
    assert!(!fresh.text().contains("không trả lời"), "{}", fresh.text());
    let page = ask(&server, &stale, "/read");
    assert_eq!(told(&page), 1);
    let year = jiff::Timestamp::now().to_string()[..4].to_owned();
    assert!(
        page.text().contains("Lúc này trang gốc không trả lời"),
        "{}",
        page.text()
    );
    assert!(
        page.text().contains(&format!("năm {year}, ")),
        "{}",
        page.text()
    );
    let record = ask(&server, &stale, "/article.json").text();
    assert!(record.contains("\"stale\""), "{record}");

    let strict =
        portal(move |count, _| failing(count, &[("cache-control", "max-age=0, must-revalidate")]));
    let server = serve(&strict, &[]);
    assert_eq!(ask(&server, &strict, "/read").status, 200);
    assert_eq!(ask(&server, &strict, "/read").status, 502);
}

#[test]
fn a_portal_that_asks_for_a_pause_gets_it() {
    let portal = portal(|_, _| {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            [(header::RETRY_AFTER, "120")],
        )
            .into_response()
    });
    let server = serve(&portal, &[]);
    for _ in 0..3 {
        let page = ask(&server, &portal, "/read");
        assert_eq!(page.status, 503);
        let wait: u32 = page
            .header("retry-after")
            .and_then(|s| s.parse().ok())
            .expect("seconds");
        assert!((110..=121).contains(&wait), "{wait}");
        assert!(
            page.text().contains("2 phút") || page.text().contains("3 phút"),
            "{}",
            page.text()
        );
    }
    assert_eq!(portal.times_asked(PATH), 1);
}

#[test]
fn what_a_portal_keeps_programs_away_from_is_not_read() {
    let robots = async |request: Request| match request.uri().path() {
        "/robots.txt" => "User-agent: *\nDisallow: /noi-bo/\n".into_response(),
        "/vao" => axum::response::Redirect::temporary("/noi-bo/a").into_response(),
        _ => article(1, &[]),
    };
    let portal = Portal::answering(Router::new().fallback(robots));
    let ask = |server: &Server, path: &str| {
        let url: String =
            url::form_urlencoded::byte_serialize(portal.url(path).as_bytes()).collect();
        get(server.address, &format!("/read?url={url}"), &[])
    };
    let server = serve(&portal, &[]);
    for path in ["/noi-bo/a", "/vao"] {
        let page = ask(&server, path);
        assert_eq!(page.status, 403);
        assert!(page.text().contains("robots.txt"), "{}", page.text());
    }
    assert_eq!(ask(&server, "/tin/a").status, 200);
    assert_eq!(portal.times_asked("/noi-bo/a"), 0);
    assert_eq!(portal.times_asked("/robots.txt"), 1);
    let heedless = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(heedless.path(), "robots = false\n").expect("a setting");
    let file = heedless.path().to_str().expect("a path in UTF-8");
    assert_eq!(
        ask(&serve(&portal, &["--config", file]), "/noi-bo/a").status,
        200
    );
}
