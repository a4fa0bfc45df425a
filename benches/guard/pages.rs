//! Pages that would break a reader of pages: nested without end, packed a thousandfold, endless, slow, in
//! circles. Each meets a server of its own; the time to its answer and the growth of its memory are told.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use async_compression::tokio::write::{BrotliEncoder, DeflateEncoder, GzipEncoder, ZstdEncoder};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use crate::common::client::{Answer, get};
use crate::common::loa::Server;
use crate::read;
use crate::stub::{Stub, missing, moved, page};

/// Elements whose nesting costs parsers most, each repeated to a megabyte.
const NESTED: [(&str, &str); 8] = [
    ("div", "<div>"),
    ("list", "<ul><li>"),
    ("terms", "<dl><dd>"),
    ("span", "<span>"),
    ("table", "<table>"),
    ("cells", "<table><tr><td>"),
    ("letters", "<b><i>"),
    ("links", "<a><p>"),
];
const NESTED_BYTES: usize = 1 << 20;
/// What packed bodies unpack to.
const BOMB_BYTES: usize = 100 << 20;
/// How long Loa waits for a page here.
const PATIENCE: &str = "3";

const CODINGS: [&str; 4] = ["gzip", "deflate", "zstd", "br"];

pub(crate) fn run() {
    let bombs = CODINGS.map(|coding| (coding, packed(coding)));
    let answer = move |path: &str, stream: &mut TcpStream| answer(path, stream, &bombs);
    let stub = Stub::start("127.0.0.1:0", answer).expect("a free port");
    println!("1 MB of nesting (to reach: 1 s, 64 MB)");
    for (name, _) in NESTED {
        check(&stub, &format!("nested-{name}"), 1.0, 64.0);
    }
    println!(
        "100 MB packed, endless, slow, in circles (to reach: {PATIENCE} s and what an answer takes, 32 MB)"
    );
    for coding in CODINGS {
        check(&stub, &format!("bomb-{coding}"), 3.5, 32.0);
    }
    for name in [
        "endless",
        "endless-head",
        "slow",
        "silent",
        "circle",
        "corridor",
        "broken",
    ] {
        check(&stub, name, 3.5, 32.0);
    }
}

fn check(stub: &Stub, path: &str, most_seconds: f64, most_megabytes: f64) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("loa.toml");
    std::fs::write(&file, format!("fetch_seconds = {PATIENCE}\n")).expect("a settings file");
    let file = file.to_str().expect("a plain path");
    let server = Server::start(&["--config", file, "--trust", &stub.address.to_string()]);
    read(server.address);
    let before = server.peak_megabytes();
    let url = format!("/read?url=http%3A%2F%2F{}%2F{path}", stub.address);
    let began = Instant::now();
    let answer: Answer = get(server.address, &url, &[]);
    let seconds = began.elapsed().as_secs_f64();
    let grown = server.peak_megabytes() - before;
    let verdict = if seconds <= most_seconds && grown <= most_megabytes {
        ""
    } else {
        "  SHORT"
    };
    println!(
        "    {path:<16} {} after {seconds:.2} s, memory +{grown:.0} MB{verdict}",
        answer.status
    );
}

type Bombs = [(&'static str, Vec<u8>); CODINGS.len()];

fn answer(path: &str, stream: &mut TcpStream, bombs: &Bombs) -> std::io::Result<()> {
    let path = path.trim_start_matches('/');
    if let Some(name) = path.strip_prefix("nested-") {
        let piece = NESTED
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, piece)| piece);
        return page(
            stream,
            "",
            piece.repeat(NESTED_BYTES / piece.len().max(1)).as_bytes(),
        );
    }
    if let Some(coding) = path.strip_prefix("bomb-") {
        let fields = format!("Content-Encoding: {coding}\r\n");
        let bomb = bombs.iter().find(|(known, _)| *known == coding);
        return page(stream, &fields, bomb.map_or(&[][..], |(_, bomb)| bomb));
    }
    const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    match path {
        "endless" => {
            stream.write_all(HEAD)?;
            stream.write_all(b"\r\n")?;
            loop {
                stream.write_all(&[b'a'; 64 << 10])?;
            }
        }
        "endless-head" => {
            stream.write_all(HEAD)?;
            loop {
                stream.write_all(b"X-More: and more\r\n")?;
            }
        }
        "slow" => {
            stream.write_all(HEAD)?;
            stream.write_all(b"\r\n")?;
            loop {
                stream.write_all(b"<p>a")?;
                std::thread::sleep(Duration::from_millis(200));
            }
        }
        "silent" => stream.read(&mut [0]).map(drop),
        "circle" => moved(stream, "/circle"),
        _ if path.starts_with("corridor") => moved(stream, &format!("/{path}a")),
        "broken" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nab"),
        _ => missing(stream),
    }
}

/// A hundred megabytes of zeros, packed.
fn packed(coding: &str) -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(async {
        match coding {
            "gzip" => zeros(GzipEncoder::new(Vec::new())).await.into_inner(),
            "deflate" => zeros(DeflateEncoder::new(Vec::new())).await.into_inner(),
            "zstd" => zeros(ZstdEncoder::new(Vec::new())).await.into_inner(),
            _ => zeros(BrotliEncoder::new(Vec::new())).await.into_inner(),
        }
    })
}

async fn zeros<W: AsyncWrite + Unpin>(mut encoder: W) -> W {
    let piece = vec![b' '; 1 << 20];
    for _ in 0..BOMB_BYTES >> 20 {
        encoder.write_all(&piece).await.expect("memory never fails");
    }
    encoder.shutdown().await.expect("memory never fails");
    encoder
}
