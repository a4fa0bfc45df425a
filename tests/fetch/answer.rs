//! What hosts answer, and what becomes of it.

use std::net::Ipv4Addr;

use async_compression::tokio::bufread::{
    BrotliEncoder, DeflateEncoder, GzipEncoder, ZlibEncoder, ZstdEncoder,
};
use loa::fetch::{BUILT_IN_HOST, BuiltIn, Error, Reach, Settings};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::net::TcpListener;

use crate::stub::{Names, Reply, Stub, fetch, fetch_by, ok, trusting, with_fields};

const HTML: &str = "<!DOCTYPE html><title>Tin</title><p>Sáng nay trời nắng.";

/// Fetches from a stub with this answer.
async fn answered(answer: impl Into<Vec<u8>>) -> Result<(Option<String>, String), Error> {
    let stub = Stub::saying(answer).await;
    let page = fetch(trusting(&[&stub]), &stub.url("/tin")).await?;
    assert_eq!(page.url.as_str(), stub.url("/tin"));
    let body = String::from_utf8_lossy(&page.body).into_owned();
    Ok((page.content_type, body))
}

/// Checks that an answer is a page of this media type.
async fn check(answer: impl Into<Vec<u8>>, content_type: &str) {
    let expected = (Some(content_type.to_owned()), HTML.to_owned());
    assert_eq!(answered(answer).await, Ok(expected));
}

#[tokio::test]
async fn a_page_comes_with_its_header() {
    let header = "text/html; charset=windows-1258";
    check(ok(header, HTML.as_bytes()), header).await;
    check(ok("text/plain", HTML.as_bytes()), "text/plain").await;
}

#[tokio::test]
async fn a_page_without_a_media_type_is_recognised() {
    check(with_fields("X: y", HTML.as_bytes()), "text/html").await;
}

#[tokio::test]
async fn a_page_may_come_in_chunks_or_until_the_end_of_the_connection() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    check(format!("{head}\r\n{HTML}"), "text/html").await;
    let length = HTML.len();
    let chunked =
        format!("{head}Transfer-Encoding: chunked\r\n\r\n{length:x}\r\n{HTML}\r\n0\r\n\r\n");
    check(chunked, "text/html").await;
}

#[tokio::test]
async fn a_compressed_page_is_unpacked() {
    let bytes = HTML.as_bytes();
    for (coding, body) in [
        ("gzip", all(GzipEncoder::new(bytes)).await),
        ("deflate", all(ZlibEncoder::new(bytes)).await),
        ("deflate", all(DeflateEncoder::new(bytes)).await),
        ("br", all(BrotliEncoder::new(bytes)).await),
        ("zstd", all(ZstdEncoder::new(bytes)).await),
    ] {
        let fields = format!("Content-Type: text/html\r\nContent-Encoding: {coding}");
        check(with_fields(&fields, &body), "text/html").await;
    }
}

async fn all(mut encoder: impl AsyncRead + Unpin) -> Vec<u8> {
    let mut out = Vec::new();
    encoder
        .read_to_end(&mut out)
        .await
        .expect("memory never fails");
    out
}

#[tokio::test]
async fn what_is_no_page_is_refused_by_its_type_or_its_bytes() {
    let no_page = |media_type: &str| {
        Err(Error::NotAPage {
            media_type: media_type.to_owned(),
        })
    };
    let pdf = "application/pdf";
    assert_eq!(answered(ok(pdf, b"%PDF-1.4")).await, no_page(pdf));
    assert_eq!(answered(ok("text/html", b"%PDF-1.4")).await, no_page(pdf));
    assert_eq!(answered(ok("image/png", b"")).await, no_page("image/png"));
}

#[tokio::test]
async fn an_error_of_the_host_keeps_its_number() {
    for status in [204_u16, 300, 302, 304, 404, 410, 429, 500, 503, 599] {
        let expected = match status {
            204 => Ok((Some("text/plain".to_owned()), String::new())),
            status => Err(Error::Upstream { status }),
        };
        let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(answered(answer).await, expected, "{status}");
    }
}

#[tokio::test]
async fn a_damaged_answer_is_called_so() {
    let html = "Content-Type: text/html\r\n";
    let flood = "X: y\r\n".repeat(1_000);
    let long = "y".repeat(100_000);
    for answer in [
        "no HTTP at all\r\n\r\n".to_owned(),
        format!("HTTP/1.1 200 OK\r\n{html}Content-Length: 99\r\n\r\ncut off"),
        format!("HTTP/1.1 200 OK\r\n{html}Transfer-Encoding: chunked\r\n\r\nffff\r\ncut off"),
        format!("HTTP/1.1 200 OK\r\n{html}Content-Encoding: gzip\r\n\r\nno gzip"),
        format!("HTTP/1.1 200 OK\r\n{html}Content-Encoding: rot13\r\n\r\nx"),
        format!("HTTP/1.1 200 OK\r\n{flood}\r\n"),
        format!("HTTP/1.1 200 OK\r\nX: {long}\r\n\r\n"),
    ] {
        let got = answered(answer.clone()).await;
        assert!(matches!(got, Err(Error::Damaged(_))), "{got:?}");
    }
}

#[tokio::test]
async fn a_host_that_is_not_there_is_unreachable() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a free port");
    let nobody = listener.local_addr().expect("it listens").to_string();
    drop(listener);
    let mut settings = trusting(&[]);
    settings.trusted = vec![nobody.parse().expect("a host and port")];
    let got = fetch(settings, &format!("http://{nobody}/")).await;
    assert!(matches!(got, Err(Error::Unreachable(_))), "{got:?}");
    let got = fetch(Settings::new(Reach::Open), "http://khong-co.example/").await;
    assert!(matches!(got, Err(Error::Unreachable(_))), "{got:?}");
    let got = answered("").await;
    assert!(matches!(got, Err(Error::Unreachable(_))), "{got:?}");
}

#[tokio::test]
async fn an_address_that_does_not_answer_gives_way_to_the_next() {
    let stub = Stub::saying(ok("text/html", HTML.as_bytes())).await;
    let names = Names(vec![("intranet", vec!["::1", "127.0.0.1"])]);
    let host = format!("intranet:{}", stub.port());
    let mut settings = trusting(&[]);
    settings.trusted = vec![host.parse().expect("a host and port")];
    let page = fetch_by(names, settings, &format!("http://{host}/")).await;
    assert!(page.is_ok(), "{page:?}");
}

#[tokio::test]
async fn a_relative_redirect_is_followed() {
    let stub = Stub::answering(|head| {
        Reply::Whole(match head.split(' ').nth(1) {
            Some("/a/b") => b"HTTP/1.1 302 X\r\nLocation: ../t\xe1\xbb\xa9c?x#y\r\n\r\n".to_vec(),
            Some("/t%E1%BB%A9c?x") => ok("text/html", HTML.as_bytes()),
            _ => ok("text/html", b"a wrong turn"),
        })
    })
    .await;
    let page = fetch(trusting(&[&stub]), &stub.url("/a/b"))
        .await
        .expect("a page");
    assert_eq!(page.url.as_str(), stub.url("/t%E1%BB%A9c?x"));
    assert_eq!(page.body, HTML);
}

#[tokio::test]
async fn loa_says_who_asks_and_for_what() {
    let stub = Stub::answering(|head| Reply::Whole(ok("text/plain", head.as_bytes()))).await;
    let settings = Settings {
        contact: Some("loa@hoi.example".to_owned()),
        ..trusting(&[&stub])
    };
    let page = fetch(settings, &stub.url("/tin?a=b#c"))
        .await
        .expect("a page");
    let head = String::from_utf8(page.body.to_vec()).expect("ASCII");
    for line in [
        "GET /tin?a=b HTTP/1.1",
        &format!("Host: 127.0.0.1:{}", stub.port()),
        "Accept-Language: vi,en;q=0.8",
        "Accept-Encoding: gzip, deflate, zstd",
    ] {
        assert!(
            head.lines().any(|got| got == line),
            "{line} is not in {head}"
        );
    }
    assert!(head.contains("\r\nUser-Agent: Loa/"), "{head}");
    assert!(head.contains("; loa@hoi.example)\r\n"), "{head}");
    assert!(
        !head.contains("Cookie") && !head.contains("Referer"),
        "{head}"
    );
}

#[tokio::test]
async fn a_built_in_page_needs_no_network_and_no_portal() {
    const PAGES: &[BuiltIn] = &[
        BuiltIn {
            path: "/tin",
            media_type: "text/html; charset=utf-8",
            bytes: b"<p>Tin</p>",
        },
        BuiltIn {
            path: "/tep",
            media_type: "application/pdf",
            bytes: b"%PDF-",
        },
    ];
    let mut settings = Settings::new(Reach::Portals(Vec::new()));
    settings.built_in = PAGES;
    let get = async |path| {
        let address = format!("https://{BUILT_IN_HOST}{path}");
        fetch(settings.clone(), &address).await
    };
    let page = get("/tin").await.expect("a page");
    assert_eq!(page.body, PAGES[0].bytes);
    assert_eq!(page.content_type.as_deref(), Some(PAGES[0].media_type));
    assert_eq!(
        get("/").await.map(drop),
        Err(Error::Upstream { status: 404 })
    );
    assert!(matches!(get("/tep").await, Err(Error::NotAPage { .. })));
}
