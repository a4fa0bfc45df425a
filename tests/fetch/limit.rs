//! Every wait and every size has an end.

use std::time::Duration;

use async_compression::tokio::bufread::{BrotliEncoder, GzipEncoder, ZlibEncoder, ZstdEncoder};
use loa::fetch::{Error, Settings};
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::stub::{Reply, Stub, fetch, ok, trusting, with_fields};

/// Settings with this limit of bytes.
fn at_most(max_bytes: u64, stub: &Stub) -> Settings {
    Settings {
        max_bytes,
        ..trusting(&[stub])
    }
}

#[tokio::test]
async fn a_page_as_large_as_the_limit_is_the_largest() {
    let stub = Stub::saying(ok("text/html", &[b'a'; 1_000])).await;
    assert!(fetch(at_most(1_000, &stub), &stub.url("/")).await.is_ok());
    let got = fetch(at_most(999, &stub), &stub.url("/")).await;
    assert_eq!(got.map(drop), Err(Error::TooLarge { limit: 999 }));
}

#[tokio::test]
async fn a_page_that_says_it_is_too_large_is_not_waited_for() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000\r\n\r\n";
    let stub = Stub::answering(|_| Reply::Stalled(head.into())).await;
    let got = fetch(at_most(1_000, &stub), &stub.url("/")).await;
    assert_eq!(got.map(drop), Err(Error::TooLarge { limit: 1_000 }));
}

#[tokio::test]
async fn an_endless_page_ends_at_the_limit() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    let stub = Stub::answering(|_| Reply::Endless(head.into())).await;
    let limit = 100_000;
    let got = fetch(at_most(limit, &stub), &stub.url("/")).await;
    assert_eq!(got.map(drop), Err(Error::TooLarge { limit }));
}

#[tokio::test]
async fn a_bomb_is_measured_by_what_comes_out() {
    const SIZE: usize = 4 << 20;
    let zeros = vec![0; SIZE];
    let zeros = zeros.as_slice();
    for (coding, body) in [
        ("gzip", all(GzipEncoder::new(zeros)).await),
        ("deflate", all(ZlibEncoder::new(zeros)).await),
        ("br", all(BrotliEncoder::new(zeros)).await),
        ("zstd", all(ZstdEncoder::new(zeros)).await),
    ] {
        let limit = SIZE as u64 / 2;
        assert!((body.len() as u64) < limit / 100, "{coding} is no bomb");
        let fields = format!("Content-Type: text/html\r\nContent-Encoding: {coding}");
        let stub = Stub::saying(with_fields(&fields, &body)).await;
        let got = fetch(at_most(limit, &stub), &stub.url("/")).await;
        assert_eq!(got.map(drop), Err(Error::TooLarge { limit }), "{coding}");
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
async fn a_host_that_falls_silent_takes_too_long() {
    for said in [
        "",
        "HTTP/1.1 200 OK\r\nContent-",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Sắp",
        "HTTP/1.1 103 Early Hints\r\n\r\n",
    ] {
        let stub = Stub::answering(|_| Reply::Stalled(said.into())).await;
        let settings = Settings {
            total_timeout: Duration::from_millis(100),
            ..trusting(&[&stub])
        };
        let got = fetch(settings, &stub.url("/")).await;
        assert_eq!(got.map(drop), Err(Error::TimedOut), "{said:?}");
    }
}

#[tokio::test]
async fn a_circle_of_redirects_ends() {
    let stub = Stub::answering(|head| {
        let next = if head.starts_with("GET /a ") {
            "/b"
        } else {
            "/a"
        };
        Reply::Whole(format!("HTTP/1.1 302 X\r\nLocation: {next}\r\n\r\n").into())
    })
    .await;
    let got = fetch(trusting(&[&stub]), &stub.url("/a")).await;
    assert_eq!(got.map(drop), Err(Error::RedirectLoop));
    assert_eq!(stub.visits().await, 2);
}

#[tokio::test]
async fn redirects_to_ever_new_places_end() {
    let stub = Stub::answering(|head| {
        let depth = head.split(' ').nth(1).map_or(0, str::len);
        let next = "a".repeat(depth);
        Reply::Whole(format!("HTTP/1.1 302 X\r\nLocation: /{next}\r\n\r\n").into())
    })
    .await;
    let got = fetch(trusting(&[&stub]), &stub.url("/")).await;
    assert_eq!(got.map(drop), Err(Error::RedirectLoop));
    assert_eq!(stub.visits().await, 6);
}

#[tokio::test]
async fn who_stops_waiting_hangs_up() {
    let stub = Stub::answering(|_| Reply::Stalled(Vec::new())).await;
    let address = stub.url("/");
    tokio::select! {
        got = fetch(trusting(&[&stub]), &address) => panic!("nothing was said: {got:?}"),
        () = stub.asked.notified() => {}
    }
    stub.left.notified().await;
}
