//! A web server that says by path whatever it is told to, and counts who comes.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A server on loopback; it lives as long as the process.
pub(crate) struct Stub {
    pub(crate) address: SocketAddr,
    visits: Arc<AtomicUsize>,
}

impl Stub {
    /// Starts a server; `answer` writes what it likes to who asks for a path, on a thread of its own.
    pub(crate) fn start(
        at: &str,
        answer: impl Fn(&str, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(at)?;
        let address = listener.local_addr()?;
        let visits = Arc::new(AtomicUsize::new(0));
        let (count, answer) = (Arc::clone(&visits), Arc::new(answer));
        spawn(move || {
            for mut stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                let answer = Arc::clone(&answer);
                spawn(move || {
                    if let Some(path) = path(&mut stream) {
                        // That Loa hangs up on what it does not want is what is looked for.
                        let _ = answer(&path, &mut stream);
                    }
                });
            }
        });
        Ok(Self { address, visits })
    }

    /// How many have connected.
    pub(crate) fn visits(&self) -> usize {
        self.visits.load(Ordering::SeqCst)
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark's own server")]
fn spawn(work: impl FnOnce() + Send + 'static) {
    std::thread::spawn(work);
}

fn path(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && head.len() < 8 << 10 {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head);
    Some(head.split(' ').nth(1)?.to_owned())
}

/// Writes a page with fields of one's own.
pub(crate) fn page(stream: &mut TcpStream, fields: &str, body: &[u8]) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{fields}Content-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

/// Writes a refusal.
pub(crate) fn missing(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

/// Sends elsewhere.
pub(crate) fn moved(stream: &mut TcpStream, location: &str) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())
}
