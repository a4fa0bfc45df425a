//! A connection's bytes: heads held to the letter where hyper is lenient, and writes that do not wait for ever.
//!
//! hyper takes a bare line feed for the end of a line, which programs in front of it may not: what one
//! takes for a header the other takes for a body, and a request can be hidden in another (RFC 9112, 2.2 and
//! 11.2). Such a line feed is made a zero byte here, which hyper answers with 400, and so is the end of a length
//! that is written as nobody writes one, since where its body ends must be known here too.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// A stream whose heads are strict and whose writes make progress or fail.
pub(super) struct Wire<S> {
    stream: S,
    reading: Reading,
    patience: Duration,
    /// Runs while a write waits for the client.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl<S> Wire<S> {
    /// Wraps a stream; a write that the client takes nothing of for `patience` fails.
    pub(super) fn new(stream: S, patience: Duration) -> Self {
        Self {
            stream,
            reading: Reading::Head(Head::default()),
            patience,
            stalled: None,
        }
    }

    /// Fails a write that has waited too long, and lets one that has not wait on.
    fn wait<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        let patience = self.patience;
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(stalled.as_mut().poll(cx));
        self.stalled = None;
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

/// What the next byte belongs to.
enum Reading {
    /// A head.
    Head(Head),
    /// A body that has so many bytes to go.
    Body(u64),
    /// A body whose end is not known here; its connection ends with it (see `layers`).
    Open,
}

/// What is known of a head.
#[derive(Default)]
struct Head {
    /// The beginning of the line: enough to tell how long the body is.
    line: Vec<u8>,
    /// Is this line the first?
    has_lines: bool,
    length: Option<u64>,
    is_open: bool,
    /// Is its length written in a way that is not read here?
    is_unread: bool,
    last: u8,
}

/// How much of a line is looked at: `content-length:` and a number of 20 digits, with some space.
const LINE: usize = 64;

impl Reading {
    /// Looks through bytes that came, and spoils a line feed that stands alone in a head.
    fn look(&mut self, bytes: &mut [u8]) {
        let mut at = 0;
        while at < bytes.len() {
            match self {
                Self::Open => return,
                Self::Body(left) => {
                    let here = usize::try_from(*left)
                        .map_or(bytes.len() - at, |left| left.min(bytes.len() - at));
                    *left -= here as u64;
                    at += here;
                    if *left == 0 {
                        *self = Self::Head(Head::default());
                    }
                }
                Self::Head(head) => {
                    let byte = bytes[at];
                    if byte == b'\n' && head.last != b'\r' {
                        bytes[at] = 0;
                        *self = Self::Open; // hyper ends the connection
                        return;
                    }
                    let next = head.take(byte);
                    if head.is_unread {
                        bytes[at] = 0;
                        *self = Self::Open;
                        return;
                    }
                    at += 1;
                    if let Some(next) = next {
                        *self = next;
                    }
                }
            }
        }
    }
}

impl Head {
    /// Takes a byte; returns what comes after the head where it is its last.
    fn take(&mut self, byte: u8) -> Option<Reading> {
        self.last = byte;
        match byte {
            b'\n' => self.end_line(),
            b'\r' => None,
            _ => {
                if self.line.len() < LINE {
                    self.line.push(byte.to_ascii_lowercase());
                }
                None
            }
        }
    }

    fn end_line(&mut self) -> Option<Reading> {
        let is_empty = self.line.is_empty();
        if is_empty && self.has_lines {
            return Some(match (self.is_open, self.length) {
                (true, _) => Reading::Open,
                (false, None | Some(0)) => Reading::Head(Self::default()),
                (false, Some(length)) => Reading::Body(length),
            });
        }
        self.has_lines |= !is_empty;
        self.is_open |= self.line.starts_with(b"transfer-encoding:");
        if let Some(length) = self.line.strip_prefix(b"content-length:") {
            let length = str::from_utf8(length)
                .ok()
                .and_then(|l| l.trim().parse().ok());
            // hyper may read a number in it all the same.
            self.is_unread |= length.is_none() || self.line.len() >= LINE;
            self.length = length;
        }
        // One in front of Loa may believe the length (RFC 9112, 6.1).
        self.is_unread |= self.is_open && self.length.is_some();
        self.line.clear();
        None
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Wire<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        self.reading.look(&mut buf.filled_mut()[before..]);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Wire<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write(cx, bytes) {
            Poll::Pending => self.wait(cx),
            done => {
                self.stalled = None;
                done
            }
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write_vectored(cx, parts) {
            Poll::Pending => self.wait(cx),
            done => {
                self.stalled = None;
                done
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    /// What hyper is given of `sent`, when it comes in pieces of `piece` bytes.
    fn seen(sent: &[u8], piece: usize) -> Vec<u8> {
        let mut reading = Reading::Head(Head::default());
        let mut seen = sent.to_vec();
        for bytes in seen.chunks_mut(piece) {
            reading.look(bytes);
        }
        seen
    }

    #[track_caller]
    fn check(sent: &str, spoilt: Option<usize>) {
        let mut expected = sent.as_bytes().to_vec();
        if let Some(at) = spoilt {
            assert_eq!(expected[at], b'\n', "the case names a line feed");
            expected[at] = 0;
        }
        for piece in [1, 3, 1000] {
            assert_eq!(
                seen(sent.as_bytes(), piece),
                expected,
                "{sent:?} by {piece}"
            );
        }
    }

    #[test]
    fn a_line_feed_alone_is_spoilt_in_a_head_and_nowhere_else() {
        check("GET / HTTP/1.1\r\nHost: a\r\n\r\n", None);
        check("GET / HTTP/1.1\nHost: a\r\n\r\n", Some(14));
        check("GET / HTTP/1.1\r\nHost: a\n\r\n", Some(23));
        check("GET / HTTP/1.1\r\nHost: a\r\n\n", Some(25));
        check("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", None);
        let post = "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\na\n\nb";
        check(post, None);
        check(&format!("{post}GET / HTTP/1.1\r\n\r\n"), None);
        check(&format!("{post}GET /\n"), Some(post.len() + 5));
        check(
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\na\n",
            None,
        );
    }

    #[test]
    fn a_length_that_others_might_read_otherwise_ends_the_connection() {
        let zeros = "0".repeat(60);
        let long = format!("POST / HTTP/1.1\r\nContent-Length: {zeros}4\r\n");
        check(&long, Some(long.len() - 1));
        let blanks = format!("POST / HTTP/1.1\r\nContent-Length: {}4\r\n", " ".repeat(60));
        check(&blanks, Some(blanks.len() - 1));
        let odd = "POST / HTTP/1.1\r\nContent-Length: 4,4\r\n";
        check(odd, Some(odd.len() - 1));
        for both in [
            "POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n",
        ] {
            check(both, Some(both.len() - 1));
        }
    }

    #[test]
    fn a_field_that_begins_alike_says_nothing_of_the_body() {
        let other = "GET / HTTP/1.1\r\nTransfer-Encoding-X: a\r\n\r\n";
        check(&format!("{other}GET /\n"), Some(other.len() + 5));
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_that_nobody_takes_fails_in_time_and_one_that_moves_does_not() {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (ours, mut theirs) = tokio::io::duplex(8);
        let mut wire = Wire::new(ours, Duration::from_secs(60));
        let began = Instant::now();
        wire.write_all(&[0; 8]).await.expect("room");
        let stuck = wire.write_all(&[0; 8]).await.expect_err("nobody reads");
        assert_eq!(stuck.kind(), io::ErrorKind::TimedOut);
        assert_eq!(began.elapsed().as_secs(), 60);
        let reads = async {
            for _ in 0..4 {
                sleep(Duration::from_secs(50)).await;
                theirs.read_exact(&mut [0; 4]).await.expect("bytes");
            }
        };
        let (_, written) = tokio::join!(reads, wire.write_all(&[0; 8]));
        written.expect("a slow reader is no stalled one");
    }
}
