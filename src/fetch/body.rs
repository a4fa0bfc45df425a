//! Reads a body, undoes its compression, and counts what comes out while it comes.
//!
//! A hundred megabytes fit into 158 bytes of brotli, so a limit on what arrives limits nothing, and a
//! decoder's own memory counts as well: windows beyond what a browser would allow are refused.

use std::io;

use async_compression::tokio::bufread::{
    BrotliDecoder, DeflateDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder,
};
use async_compression::zstd::DParameter;
use bytes::Bytes;
use encoding_rs::Encoding;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};

use super::Error;

/// The codings Loa asks for. Brotli is understood and not asked for: its decoder gives nothing away
/// before its window is full, so of the common ones it alone can outgrow the limit by far.
pub(super) const ACCEPTED: &str = "gzip, deflate, zstd";

/// Most codings one on top of the other; honest servers use one.
const MOST_CODINGS: usize = 2;

/// Most bytes set aside for a body before it comes. Growing copies, and for that moment holds a page
/// twice; memory that is set aside and not written to costs nothing.
const MOST_RESERVED: u64 = 16 << 20;

/// The largest window of zstd, 8 MiB, as a power of two (RFC 9659).
const ZSTD_WINDOW_LOG: u32 = 23;

/// A content coding (RFC 9110, 8.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// Names of codings in `Content-Encoding`.
const NAMES: &[(&str, Coding)] = &[
    ("gzip", Coding::Gzip),
    ("x-gzip", Coding::Gzip),
    ("deflate", Coding::Deflate),
    ("br", Coding::Brotli),
    ("zstd", Coding::Zstd),
];

/// Bytes on their way through the decoders.
type Source<'a> = Box<dyn AsyncBufRead + Send + Unpin + 'a>;

/// Reads the codings of a body, in the order in which they were applied.
///
/// A character encoding in the wrong header says nothing about compression and is passed over.
///
/// # Errors
/// [`Error::Damaged`] where one is not known, or there are too many.
pub(super) fn codings(headers: &HeaderMap) -> Result<Vec<Coding>, Error> {
    let mut codings = Vec::new();
    for value in headers.get_all(CONTENT_ENCODING) {
        for name in String::from_utf8_lossy(value.as_bytes()).split(',') {
            codings.extend(coding(&name.trim().to_ascii_lowercase())?);
        }
    }
    if codings.len() > MOST_CODINGS {
        return Err(Error::Damaged("it is compressed too often".to_owned()));
    }
    Ok(codings)
}

fn coding(name: &str) -> Result<Option<Coding>, Error> {
    if let Some((_, coding)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Ok(Some(*coding));
    }
    let is_none = matches!(name, "" | "identity" | "none");
    if is_none || Encoding::for_label(name.as_bytes()).is_some() {
        return Ok(None);
    }
    Err(Error::Damaged("its compression is not known".to_owned()))
}

/// Reads a body to its end.
///
/// # Errors
/// [`Error::TooLarge`] as soon as more than `limit` bytes have come out, [`Error::Damaged`] where it
/// breaks off or does not decode.
pub(super) async fn read(
    body: impl AsyncBufRead + Send + Unpin,
    codings: &[Coding],
    limit: u64,
) -> Result<Bytes, Error> {
    let mut source: Source<'_> = Box::new(body);
    for &coding in codings.iter().rev() {
        source = decoded(coding, source).await.map_err(damaged)?;
    }
    let mut bytes = Vec::with_capacity(limit.min(MOST_RESERVED) as usize + 1);
    let mut bounded = source.take(limit.saturating_add(1));
    bounded.read_to_end(&mut bytes).await.map_err(damaged)?;
    if bytes.len() as u64 > limit {
        return Err(Error::TooLarge { limit });
    }
    Ok(bytes.into())
}

fn damaged(cause: io::Error) -> Error {
    Error::Damaged(cause.to_string())
}

/// Puts a decoder behind a source, after a look at its first byte.
async fn decoded(coding: Coding, mut source: Source<'_>) -> io::Result<Source<'_>> {
    let Some(&first) = source.fill_buf().await?.first() else {
        return Ok(source);
    };
    match coding {
        Coding::Gzip => Ok(buffered(GzipDecoder::new(source))),
        Coding::Deflate if begins_zlib(first) => Ok(buffered(ZlibDecoder::new(source))),
        Coding::Deflate => Ok(buffered(DeflateDecoder::new(source))),
        Coding::Brotli if begins_wide_window(first) => {
            Err(io::Error::other("its brotli window is too large"))
        }
        Coding::Brotli => Ok(buffered(BrotliDecoder::new(source))),
        Coding::Zstd => {
            let window = [DParameter::window_log_max(ZSTD_WINDOW_LOG)];
            Ok(buffered(ZstdDecoder::with_params(source, &window)))
        }
    }
}

fn buffered<'a>(decoder: impl AsyncRead + Send + Unpin + 'a) -> Source<'a> {
    Box::new(BufReader::new(decoder))
}

/// `deflate` means zlib (RFC 1950) and is often sent raw (RFC 1951): the method 8 in the low half
/// tells them apart, which raw could only begin with by a set padding bit.
fn begins_zlib(first: u8) -> bool {
    first & 0x0f == 8
}

/// Whether brotli wants a window beyond 4 MiB: 2^23 or 2^24 bytes, which took 47 MB for a page of 10,
/// or up to 2^30 by the mark of "large window brotli", which no browser accepts and the decoder would
/// (RFC 7932, 9.1: the first bits of the stream). Servers use 2^22 at most.
fn begins_wide_window(first: u8) -> bool {
    matches!(first & 0x0f, 0x0d | 0x0f) || first & 0x7f == 0x11
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_compression::tokio::bufread::{
        BrotliEncoder, DeflateEncoder, GzipEncoder, ZlibEncoder, ZstdEncoder,
    };

    const TEXT: &str = "Sông Lam chảy qua thành phố. ";

    async fn all(mut encoder: impl AsyncRead + Unpin) -> Vec<u8> {
        let mut out = Vec::new();
        encoder
            .read_to_end(&mut out)
            .await
            .expect("memory never fails");
        out
    }

    async fn compress(coding: Coding, bytes: &[u8]) -> Vec<u8> {
        match coding {
            Coding::Gzip => all(GzipEncoder::new(bytes)).await,
            Coding::Deflate => all(ZlibEncoder::new(bytes)).await,
            Coding::Brotli => all(BrotliEncoder::new(bytes)).await,
            Coding::Zstd => all(ZstdEncoder::new(bytes)).await,
        }
    }

    const ALL: [Coding; 4] = [Coding::Gzip, Coding::Deflate, Coding::Brotli, Coding::Zstd];

    #[track_caller]
    fn check_codings(values: &[&str], expected: Option<&[Coding]>) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(CONTENT_ENCODING, value.parse().expect("a header"));
        }
        assert_eq!(codings(&headers).ok().as_deref(), expected, "{values:?}");
    }

    #[test]
    fn codings_are_read_in_their_order() {
        use Coding::{Brotli, Gzip};
        check_codings(&[], Some(&[]));
        check_codings(&["identity"], Some(&[]));
        check_codings(&["UTF-8"], Some(&[]));
        check_codings(&["X-GZip"], Some(&[Gzip]));
        check_codings(&["gzip, br"], Some(&[Gzip, Brotli]));
        check_codings(&["gzip", "br"], Some(&[Gzip, Brotli]));
        check_codings(&["compress"], None);
        check_codings(&["gzip, gzip, gzip"], None);
    }

    #[tokio::test]
    async fn what_was_compressed_comes_out_again() {
        for coding in ALL {
            let sent = compress(coding, TEXT.as_bytes()).await;
            let got = read(sent.as_slice(), &[coding], 1_000).await;
            assert_eq!(got.as_deref(), Ok(TEXT.as_bytes()), "{coding:?}");
        }
    }

    #[tokio::test]
    async fn deflate_may_be_raw() {
        let sent = all(DeflateEncoder::new(TEXT.as_bytes())).await;
        let got = read(sent.as_slice(), &[Coding::Deflate], 1_000).await;
        assert_eq!(got.as_deref(), Ok(TEXT.as_bytes()));
    }

    #[tokio::test]
    async fn two_codings_are_undone_backwards() {
        let inner = compress(Coding::Gzip, TEXT.as_bytes()).await;
        let sent = compress(Coding::Brotli, &inner).await;
        let got = read(sent.as_slice(), &[Coding::Gzip, Coding::Brotli], 1_000).await;
        assert_eq!(got.as_deref(), Ok(TEXT.as_bytes()));
    }

    #[tokio::test]
    async fn a_body_may_be_as_long_as_the_limit_and_no_longer() {
        let (fits, exceeds) = (vec![b'a'; 5_000], vec![b'a'; 5_001]);
        let limit = 5_000;
        for codings in [vec![], vec![Coding::Gzip], vec![Coding::Zstd, Coding::Gzip]] {
            let (mut short, mut long) = (fits.clone(), exceeds.clone());
            for &coding in &codings {
                short = compress(coding, &short).await;
                long = compress(coding, &long).await;
            }
            let got = read(short.as_slice(), &codings, limit).await;
            assert_eq!(got.as_deref(), Ok(fits.as_slice()));
            let got = read(long.as_slice(), &codings, limit).await;
            assert_eq!(got, Err(Error::TooLarge { limit }));
        }
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_or_is_not_what_it_says_is_damaged() {
        for coding in ALL {
            let sent = compress(coding, TEXT.repeat(9).as_bytes()).await;
            let got = read(&sent[..sent.len() / 2], &[coding], 1_000).await;
            assert!(matches!(got, Err(Error::Damaged(_))), "{coding:?} {got:?}");
            let got = read(b"\xff<html>".as_slice(), &[coding], 1_000).await;
            assert!(matches!(got, Err(Error::Damaged(_))), "{coding:?} {got:?}");
        }
    }

    #[tokio::test]
    async fn nothing_compressed_is_nothing() {
        for coding in ALL {
            assert_eq!(read(b"".as_slice(), &[coding], 9).await, Ok(Bytes::new()));
        }
    }

    #[tokio::test]
    async fn windows_that_would_outgrow_the_limit_are_refused() {
        let too_large = Err(Error::Damaged("its brotli window is too large".to_owned()));
        for first in [0x0d, 0x0f, 0x8f, 0x11, 0x91] {
            let got = read([first, 3, 0].as_slice(), &[Coding::Brotli], 1_000).await;
            assert_eq!(got, too_large, "{first:#x}");
        }
        // An empty last block behind each window that is allowed (RFC 7932, 9.1 and 9.2).
        for empty in [[0x06].as_slice(), &[0x33], &[0x3b], &[0xb1, 0x01]] {
            let got = read(empty, &[Coding::Brotli], 1_000).await;
            assert_eq!(got, Ok(Bytes::new()), "{empty:x?}");
        }
        // A zstd frame's magic number, no single segment, and a window of 2^27 bytes (RFC 8878, 3.1.1).
        let large_zstd = b"\x28\xb5\x2f\xfd\x00\x88\x01\x00\x00".as_slice();
        let small_zstd = b"\x28\xb5\x2f\xfd\x00\x58\x01\x00\x00".as_slice();
        let got = read(large_zstd, &[Coding::Zstd], 1_000).await;
        assert!(matches!(got, Err(Error::Damaged(_))), "{got:?}");
        assert_eq!(
            read(small_zstd, &[Coding::Zstd], 1_000).await,
            Ok(Bytes::new())
        );
    }
}
