//! Loa as the open internet meets it: requests that others may read otherwise, connections that say nothing,
//! clients that ask too often. Each refusal is an answer, and what is well-formed still works.

mod common;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use common::client::{ask, get};
use common::loa::{Server, command};

/// Sends bytes and returns all that comes back.
fn send(server: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .expect("a timeout");
    stream.write_all(bytes).expect("a request is taken");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> u16 {
    let status = answer.split(' ').nth(1);
    status.and_then(|s| s.parse().ok()).unwrap_or_default()
}

/// Requests by what is wrong with them, and the status that each gets.
const REFUSED: [(&str, &str, u16); 22] = [
    ("no host", "GET / HTTP/1.1\r\n\r\n", 400),
    (
        "two hosts",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        400,
    ),
    ("an empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
    ("no host at all", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    (
        "a user in the host",
        "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n",
        400,
    ),
    (
        "two hosts in one",
        "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n",
        400,
    ),
    (
        "another host in the target",
        "GET http://b.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
        400,
    ),
    (
        "another port in the target",
        "GET http://a:81/ HTTP/1.1\r\nHost: a\r\n\r\n",
        400,
    ),
    ("bare line feeds", "GET / HTTP/1.1\nHost: a\n\n", 400),
    (
        "one bare line feed",
        "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",
        400,
    ),
    (
        "a bare line feed at the end",
        "GET / HTTP/1.1\r\nHost: a\r\n\n",
        400,
    ),
    (
        "a folded header",
        "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n",
        400,
    ),
    (
        "a space before the colon",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        400,
    ),
    (
        "a zero byte",
        "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n",
        400,
    ),
    (
        "length and chunks",
        "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    (
        "two lengths",
        "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\ntext=x",
        400,
    ),
    (
        "a length with a sign",
        "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\ntext=",
        400,
    ),
    (
        "chunks twice",
        "POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    (
        "an unknown coding",
        "POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    (
        "chunks in HTTP/1.0",
        "POST /read HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    (
        "a tunnel",
        "CONNECT b.example:443 HTTP/1.1\r\nHost: b.example:443\r\nConnection: close\r\n\r\n",
        404,
    ),
    (
        "an echo",
        "TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        405,
    ),
];

/// Requests beside them that are as they should be.
const TAKEN: [(&str, &str); 6] = [
    (
        "plain",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    ),
    (
        "by address",
        "GET /healthz HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: close\r\n\r\n",
    ),
    (
        "in full",
        "GET http://a/healthz HTTP/1.1\r\nHost: A\r\nConnection: close\r\n\r\n",
    ),
    ("of old", "GET /healthz HTTP/1.0\r\n\r\n"),
    (
        "after an empty line",
        "\r\nGET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    ),
    (
        "in pieces of known length",
        "POST /read HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Transfer-Encoding: chunked\r\n\r\n5\r\ntext=\r\n8\r\nxin+chao\r\n0\r\n\r\n",
    ),
];

#[test]
fn what_two_programs_may_read_in_two_ways_is_refused_and_what_stands_beside_it_is_not() {
    let server = Server::start(&[]);
    for (what, request, expected) in REFUSED {
        let answer = send(server.address, request.as_bytes());
        assert_eq!(status(&answer), expected, "{what}: {answer}");
        assert!(!answer.contains("200 OK"), "{what}");
    }
    for (what, request) in TAKEN {
        let answer = send(server.address, request.as_bytes());
        assert_eq!(status(&answer), 200, "{what}: {answer}");
    }
}

#[test]
fn no_request_is_hidden_in_another() {
    let mut command = command();
    command.env("LOA_HEAD_SECONDS", "1"); // after which a connection that is kept open ends
    let server = Server::start_as(command, &[]);
    let hidden = "GET /help HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let form = format!("text={hidden}");
    let post = format!(
        "POST /settings HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{form}",
        form.len()
    );
    let chunked = format!(
        "POST /settings HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Transfer-Encoding: chunked\r\n\r\n2\r\na=\r\n0\r\n\r\n{hidden}"
    );
    for request in [post, chunked] {
        let answer = send(server.address, request.as_bytes());
        assert_eq!(answer.matches("HTTP/1.").count(), 1, "{answer}");
    }
    let two = format!("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n{hidden}");
    assert_eq!(
        send(server.address, two.as_bytes())
            .matches(" 200 OK")
            .count(),
        2
    );
}

#[test]
fn who_says_nothing_or_never_ends_is_closed_in_time() {
    let mut command = command();
    command.env("LOA_HEAD_SECONDS", "2");
    let server = Server::start_as(command, &[]);
    let beginnings: [&[u8]; 5] = [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: a\r\n",
        b"PRI * HTTP/2.0\r\n",
        b"\x16\x03\x01",
    ];
    let began = Instant::now();
    let mut streams = beginnings.map(|beginning| {
        let mut stream = TcpStream::connect(server.address).expect("a connection");
        stream.write_all(beginning).expect("a beginning is taken");
        let minute = Some(Duration::from_secs(60));
        stream.set_read_timeout(minute).expect("a timeout");
        stream
    });
    assert_eq!(
        get(server.address, "/", &[]).status,
        200,
        "others are served"
    );
    for stream in &mut streams {
        let mut rest = Vec::new();
        // A reset is an end too.
        let _ = stream.read_to_end(&mut rest);
        assert!(began.elapsed() < Duration::from_secs(15), "{rest:?}");
    }
}

#[test]
fn who_asks_too_often_from_afar_is_asked_to_wait_in_their_language() {
    let mut command = command();
    command.env("LOA_REQUESTS_AT_ONCE", "5");
    command.env("LOA_REQUESTS_A_MINUTE", "1");
    command.env("LOA_PROXIES", "127.0.0.1");
    let server = Server::start_as(command, &[]);
    let from = |client: &str| {
        let headers = [("x-forwarded-for", client), ("accept-language", "vi")];
        get(server.address, "/help", &headers)
    };
    for _ in 0..5 {
        assert_eq!(from("203.0.113.7").status, 200);
    }
    let refused = from("203.0.113.7");
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").is_some());
    assert!(refused.text().contains("Bạn gửi quá nhiều yêu cầu"));
    assert_eq!(
        from("9.9.9.9, 203.0.113.7").status,
        429,
        "a list that it wrote itself"
    );
    assert_eq!(from("203.0.113.8").status, 200, "others go on");
    let page = ask(
        server.address,
        "GET",
        "/static/style.css",
        &[("x-forwarded-for", "203.0.113.7")],
        b"",
    );
    assert_eq!(page.status, 200, "a page that is there stays whole");
}
