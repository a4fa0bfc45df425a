//! A portal of plain texts, for benchmarks; it lives as long as the process.
#![allow(dead_code, reason = "each benchmark uses its part")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Each of its addresses is a text of its own: `short-N` of a minute, the others of six; of `new-N` no sentence is
/// said anywhere else.
pub(crate) struct TextPortal {
    pub(crate) address: SocketAddr,
    /// How many pages it was asked for.
    pub(crate) asked: Arc<AtomicUsize>,
}

/// About six minutes of speech.
pub(crate) fn own_text() -> String {
    let paragraph = "Sáng 4/6/2020, UBND xã Phú Lâm tổ chức lễ khai trương phòng đọc dành cho người \
        khiếm thị. Dự lễ có đại diện HĐND huyện và hơn 150 người dân. Từ Đại hội Đảng bộ xã lần \
        thứ XII đến nay, xã đã vận động được 1.250.000.000 đồng để sửa nhà văn hóa cũ.";
    (1..=16)
        .map(|n| format!("Việc thứ {n} của xã. {paragraph}\n"))
        .collect()
}

impl TextPortal {
    /// Starts it; what it answers begins with what was asked for, so that no two answers sound alike.
    #[expect(clippy::disallowed_methods, reason = "a benchmark's own server")]
    pub(crate) fn start(text: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                match answer(stream, &text) {
                    Ok(pages) => drop(count.fetch_add(pages, Ordering::SeqCst)),
                    Err(error) => eprintln!("the portal: {error}"),
                }
            }
        });
        Self { address, asked }
    }

    /// The path of a text's sound at Loa.
    pub(crate) fn sound(&self, name: &str) -> String {
        format!("/audio.mp3?url=http%3A%2F%2F{}%2F{name}.txt", self.address)
    }

    /// How many megabytes a second a bare socket carries here.
    #[expect(clippy::disallowed_methods, reason = "a benchmark's own server")]
    pub(crate) fn bare_rate(&self, bytes: u64) -> f64 {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let sending = std::thread::spawn(move || {
            let whole = vec![7; usize::try_from(bytes).expect("a sound")];
            for stream in listener.incoming().take(9) {
                stream
                    .expect("a client")
                    .write_all(&whole)
                    .expect("all taken");
            }
        });
        let mut rates: Vec<f64> = (0..9)
            .map(|_| {
                let began = Instant::now();
                let mut stream = TcpStream::connect(address).expect("a connection");
                let mut buffer = vec![0; 64 << 10];
                while stream.read(&mut buffer).expect("bytes") > 0 {}
                bytes as f64 / began.elapsed().as_secs_f64() / 1e6
            })
            .collect();
        sending.join().expect("the sender");
        rates.sort_by(f64::total_cmp);
        rates[4]
    }
}

/// Answers, and says for how many pages it was asked.
fn answer(mut stream: TcpStream, text: &str) -> std::io::Result<usize> {
    let mut asked = [0; 4096];
    let read = stream.read(&mut asked)?;
    let asked = String::from_utf8_lossy(&asked[..read]);
    let name = asked
        .split(' ')
        .nth(1)
        .unwrap_or_default()
        .trim_start_matches('/');
    if name == "robots.txt" {
        const NONE: &[u8] =
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        return stream.write_all(NONE).map(|()| 0);
    }
    let spelled: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(|c| [c, ' '])
        .collect();
    let mut body = String::new();
    let wanted = if name.starts_with("short") {
        3
    } else {
        usize::MAX
    };
    let is_all_new = name.starts_with("new");
    for (at, line) in text.lines().take(wanted).enumerate() {
        if is_all_new {
            // No sentence of it is shared with another article.
            let line = line.replace(". ", &format!(" theo {spelled} {at}. "));
            body.push_str(&format!("{line}\n"));
        } else {
            body.push_str(&format!("Bài {spelled}. {line}\n"));
        }
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    Ok(1)
}
