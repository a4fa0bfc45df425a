//! Whether an answer is a page: by what it is called, and by its first bytes.
//!
//! HTML, XHTML and plain text are read, whatever else there is has another reader. A page without a
//! media type is looked at, as browsers do, and a file that is called HTML but begins as a PDF does is
//! a PDF. Source: the WHATWG MIME Sniffing standard.

use super::Error;

/// How far into an answer one looks (MIME Sniffing, 5.2).
const SNIFFED_BYTES: usize = 1_445;

/// What an answer says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    header: Option<String>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Html,
    Xml,
    Plain,
    Unknown,
}

/// Media types that can be a page. XML is one if its root is `html`; the last three are what servers
/// send that do not know (MIME Sniffing, 7).
const KINDS: &[(&str, Kind)] = &[
    ("text/html", Kind::Html),
    ("application/xhtml+xml", Kind::Html),
    ("text/plain", Kind::Plain),
    ("text/xml", Kind::Xml),
    ("application/xml", Kind::Xml),
    ("unknown/unknown", Kind::Unknown),
    ("application/unknown", Kind::Unknown),
    ("*/*", Kind::Unknown),
];

/// How files begin that are no pages, and at which byte.
const FILES: &[(usize, &[u8], &str)] = &[
    (0, b"%PDF-", "application/pdf"),
    (0, b"%!PS-Adobe-", "application/postscript"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"PK\x03\x04", "application/zip"), // DOCX, XLSX, ODT, EPUB too
    (
        0,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "application/x-ole-storage",
    ), // DOC, XLS
    (0, b"Rar!\x1a\x07", "application/x-rar-compressed"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBPVP", "image/webp"),
    (8, b"WAVE", "audio/wave"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS\0", "application/ogg"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"MZ\x90\0", "application/x-msdownload"),
];

/// Tags that markup begins with, after white space (MIME Sniffing, 7.1); a space or `>` follows.
const MARKUP: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p",
    "<meta",
    "<link",
    "<article",
    "<main",
];

/// Reads a `Content-Type`.
///
/// # Errors
/// [`Error::NotAPage`] where it names something else; the body need not be read.
pub(super) fn declared(content_type: Option<&str>) -> Result<Declared, Error> {
    let essence = content_type
        .and_then(|value| value.split(';').next())
        .map(|essence| essence.trim().to_ascii_lowercase())
        .filter(|essence| !essence.is_empty());
    let kind = match &essence {
        None => Kind::Unknown,
        Some(essence) => kind_of(essence)?,
    };
    Ok(Declared {
        header: content_type
            .filter(|_| kind != Kind::Unknown)
            .map(str::to_owned),
        kind,
    })
}

fn kind_of(essence: &str) -> Result<Kind, Error> {
    KINDS
        .iter()
        .find(|(name, _)| *name == essence)
        .map(|(_, kind)| *kind)
        .ok_or_else(|| no_page(essence))
}

impl Declared {
    /// Looks whether a body is what it was called; returns its `Content-Type`, or what stands for it.
    ///
    /// # Errors
    /// [`Error::NotAPage`] where it is some file.
    pub(super) fn confirm(self, body: &[u8]) -> Result<String, Error> {
        if let Some(file) = file_type(body) {
            return Err(no_page(file));
        }
        let head = text_of_head(body);
        let seen = match self.kind {
            Kind::Html => "text/html",
            Kind::Xml if is_html_in_xml(&head) => "application/xhtml+xml",
            Kind::Xml => return Err(no_page("application/xml")),
            Kind::Unknown if is_markup(&head) => "text/html",
            Kind::Plain | Kind::Unknown if is_binary(&head) => {
                return Err(no_page("application/octet-stream"));
            }
            Kind::Plain | Kind::Unknown => "text/plain",
        };
        Ok(self.header.unwrap_or_else(|| seen.to_owned()))
    }
}

/// Looks at a page that came without a `Content-Type`, as a saved file does; returns what stands for
/// one.
///
/// # Errors
/// [`Error::NotAPage`] where it is some file.
pub fn media_type_of(body: &[u8]) -> Result<String, Error> {
    declared(None)?.confirm(body)
}

fn no_page(media_type: &str) -> Error {
    Error::NotAPage {
        media_type: media_type.to_owned(),
    }
}

fn file_type(body: &[u8]) -> Option<&'static str> {
    FILES
        .iter()
        .find(|(at, magic, _)| body.get(*at..).is_some_and(|rest| rest.starts_with(magic)))
        .map(|(_, _, name)| *name)
}

/// Takes the beginning of a body, one byte a letter, lower-case, without white space in front; of
/// UTF-16 the bytes that matter here are every second one.
fn text_of_head(body: &[u8]) -> Vec<u8> {
    let head = &body[..body.len().min(SNIFFED_BYTES)];
    let is_utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text: Vec<u8> = match is_utf16 {
        true => text[2..].iter().copied().filter(|&b| b != 0).collect(),
        false => text.to_vec(),
    };
    text.trim_ascii_start().to_ascii_lowercase()
}

fn is_markup(head: &[u8]) -> bool {
    let begins_with = |tag: &str| {
        let next = head.strip_prefix(tag.as_bytes()).and_then(<[u8]>::first);
        next.is_some_and(|b| *b == b'>' || b.is_ascii_whitespace())
    };
    head.starts_with(b"<!--") || MARKUP.iter().any(|tag| begins_with(tag)) || is_html_in_xml(head)
}

/// Whether the root, behind declaration, comments and document type, is `html`.
fn is_html_in_xml(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let mut rest = text.as_ref();
    loop {
        rest = rest.trim_start();
        let (opening, closing) = match () {
            () if rest.starts_with("<!doctype html") => return true,
            () if rest.starts_with("<!--") => ("<!--", "-->"),
            () if rest.starts_with("<?") => ("<?", "?>"),
            () => break,
        };
        let Some((_, after)) = rest[opening.len()..].split_once(closing) else {
            return false;
        };
        rest = after;
    }
    rest.strip_prefix("<html")
        .is_some_and(|after| after.starts_with(['>', ' ', '\n', '\t', '\r', ':']))
}

/// Whether it holds what no text holds (MIME Sniffing, 3: binary data byte).
fn is_binary(head: &[u8]) -> bool {
    head.iter()
        .any(|b| matches!(b, 0x00..=0x08 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Judges an answer of this header and body, as the fetcher does.
    fn judge(header: Option<&str>, body: &[u8]) -> Result<String, Error> {
        declared(header)?.confirm(body)
    }

    #[track_caller]
    fn check(header: Option<&str>, body: &[u8], expected: &str) {
        assert_eq!(judge(header, body).as_deref(), Ok(expected));
    }

    #[track_caller]
    fn refuse(header: Option<&str>, body: &[u8], expected: &str) {
        assert_eq!(judge(header, body), Err(no_page(expected)));
    }

    #[test]
    fn a_page_keeps_its_header_with_its_charset() {
        let header = "Text/HTML; charset=windows-1258";
        check(Some(header), b"xin ch\xe0o", header);
        check(
            Some("application/xhtml+xml"),
            b"<html/>",
            "application/xhtml+xml",
        );
        check(
            Some("text/plain;charset=utf-8"),
            b"tin",
            "text/plain;charset=utf-8",
        );
    }

    #[test]
    fn a_page_without_a_media_type_is_looked_at() {
        for header in [None, Some(""), Some(" ; charset=utf-8"), Some("*/*")] {
            check(header, b" \n<!DOCTYPE html><p>a", "text/html");
            check(header, "Tin trong ngày".as_bytes(), "text/plain");
        }
        check(None, b"\xef\xbb\xbf<html lang=vi>", "text/html");
        check(None, b"\xff\xfe<\0h\0t\0m\0l\0>\0", "text/html");
        check(
            None,
            b"<?xml version='1.0'?>\n<html xmlns='x'>",
            "text/html",
        );
        check(None, b"<article>", "text/html");
        check(None, b"<abbr is no markup by itself", "text/plain");
        refuse(None, b"\0\x01\x02\x03", "application/octet-stream");
    }

    #[test]
    fn other_media_types_are_no_pages() {
        for name in [
            "application/pdf",
            "image/png",
            "application/json",
            "text/css",
        ] {
            refuse(Some(name), b"<html>", name);
        }
        refuse(Some("Application/PDF ; x=y"), b"", "application/pdf");
    }

    #[test]
    fn a_file_under_a_false_name_is_known_by_its_first_bytes() {
        for header in [
            None,
            Some("text/html"),
            Some("text/plain"),
            Some("text/xml"),
        ] {
            refuse(header, b"%PDF-1.7 ...", "application/pdf");
            refuse(header, b"\0\0\0\x20ftypisom", "video/mp4");
            refuse(header, b"RIFF\x01\x02\x03\x04WAVEfmt ", "audio/wave");
        }
        refuse(Some("text/plain"), b"a\0b", "application/octet-stream");
    }

    #[test]
    fn xml_is_a_page_where_its_root_is_html() {
        let xhtml = b"<?xml version=\"1.0\"?><!-- a > b --> <!DOCTYPE html PUBLIC \"x\"><html>";
        check(Some("text/xml"), xhtml, "text/xml");
        check(Some("application/xml"), b"<html>", "application/xml");
        refuse(
            Some("application/xml"),
            b"<rss version='2.0'>",
            "application/xml",
        );
        refuse(Some("text/xml"), b"<?xml", "application/xml");
    }
}
