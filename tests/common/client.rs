//! A plain HTTP/1.1 client that follows nothing and hides nothing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer, whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("an answer in UTF-8")
    }
}

/// Asks for a path with GET.
pub fn get(server: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Answer {
    ask(server, "GET", path, headers, b"")
}

/// Sends a form with POST.
pub fn post(
    server: SocketAddr,
    path: &str,
    headers: &[(&str, &str)],
    form: &[(&str, &str)],
) -> Answer {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let headers: Vec<_> = headers.iter().copied().chain([kind]).collect();
    ask(server, "POST", path, &headers, form.as_bytes())
}

/// Sends a request and reads the answer to its end.
pub fn ask(
    server: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    let mut answer = begin(server, method, path, headers, body);
    let (status, headers) = read_head(&mut answer);
    let field = |name: &str| {
        headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v)
    };
    let mut body = Vec::new();
    if field("transfer-encoding").is_some_and(|v| v == "chunked") {
        read_chunks(&mut answer, &mut body);
    } else {
        answer.read_to_end(&mut body).expect("a body");
    }
    Answer {
        status,
        headers,
        body,
    }
}

/// Sends a request and returns the connection, for those who want to leave early.
pub fn begin(
    server: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(server).expect("a server that listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .expect("a timeout");
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    stream.write_all(head.as_bytes()).expect("a request sent");
    stream.write_all(body).expect("a body sent");
    BufReader::new(stream)
}

pub fn read_head(answer: &mut BufReader<TcpStream>) -> (u16, Vec<(String, String)>) {
    let mut line = String::new();
    answer.read_line(&mut line).expect("a status line");
    let status = line
        .split(' ')
        .nth(1)
        .and_then(|s| s.parse().ok())
        .expect("a status");
    let mut headers = Vec::new();
    loop {
        line.clear();
        answer.read_line(&mut line).expect("a header");
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.push((name.to_owned(), value.to_owned()));
    }
    (status, headers)
}

fn read_chunks(answer: &mut BufReader<TcpStream>, body: &mut Vec<u8>) {
    loop {
        let mut line = String::new();
        answer.read_line(&mut line).expect("a chunk's length");
        let length = usize::from_str_radix(line.trim(), 16).expect("a length");
        let begun = body.len();
        body.resize(begun + length, 0);
        answer.read_exact(&mut body[begun..]).expect("a chunk");
        answer.read_line(&mut line).expect("a chunk's end");
        if length == 0 {
            return;
        }
    }
}
