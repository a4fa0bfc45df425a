//! Files that a page hands out.

use std::collections::HashSet;

use super::blocks::Made;
use super::find::Signs;
use super::likeness::begins_in_lower_case;
use super::page::{Page, collapsed};
use crate::html::{Element, NodeId, Tag};
use crate::model::letter::lowered;
use crate::model::{Attachment, Mark, Span};

/// Endings of files to download, with what readers call their kind.
const KINDS: [(&str, &str); 14] = [
    ("pdf", "PDF"),
    ("doc", "DOC"),
    ("docx", "DOCX"),
    ("xls", "XLS"),
    ("xlsx", "XLSX"),
    ("ppt", "PPT"),
    ("pptx", "PPTX"),
    ("odt", "ODT"),
    ("ods", "ODS"),
    ("rtf", "RTF"),
    ("zip", "ZIP"),
    ("rar", "RAR"),
    ("7z", "7Z"),
    ("csv", "CSV"),
];
/// Link texts that name no file; lower case.
const NAMELESS: [&str; 14] = [
    "tải về",
    "tải xuống",
    "tải file",
    "tải tệp",
    "tải văn bản",
    "download",
    "download file",
    "xem",
    "xem file",
    "xem chi tiết",
    "file đính kèm",
    "tệp đính kèm",
    "tại đây",
    "here",
];

/// Finds the files of an article, in page order, each once; `named` is where the page's family keeps
/// them, and holds nothing else.
pub(super) fn attachments(page: &Page<'_>, named: Option<NodeId>) -> Vec<Attachment> {
    let mut found: Vec<Attachment> = Vec::new();
    let mut known = HashSet::new();
    let mut until = page.tree.root();
    for (id, element) in page.elements(page.tree.root()) {
        if id < until {
            continue;
        }
        let elsewhere = Signs::FIXTURE
            .with(Signs::MENU)
            .with(Signs::RELATED)
            .with(Signs::COMMENT);
        if page.survey.is_out(id) && page.survey.signs(id).any(elsewhere) {
            until = page.tree.end(id);
            continue;
        }
        if element.tag() == Tag::A
            && let Some(file) = read(page, id, element).or_else(|| {
                named.filter(|named| page.tree.contains(*named, id))?;
                of_unknown_kind(page, id, element)
            })
            && known.insert(file.url.clone())
        {
            found.push(file);
        }
    }
    found
}

/// Beginnings of lines that only hand out files; lower case.
const LABELS: [&str; 10] = [
    "tệp đính kèm",
    "tệp tin đính kèm",
    "file đính kèm",
    "tập tin đính kèm",
    "tài liệu đính kèm",
    "văn bản đính kèm",
    "tải về",
    "tải file",
    "attachment",
    "download",
];

/// Takes lines out of a body that only hand out files, which are told by themselves.
pub(super) fn drop_lines(made: &mut Vec<Made>) {
    made.retain(|one| {
        let Some(text) = one.paragraph() else {
            return true;
        };
        let line = text.as_str();
        let leads_to_file = |span: &Span| match &span.mark {
            Mark::Link { url } => kind(url).is_some(),
            _ => false,
        };
        let labelled = || LABELS.iter().any(|label| begins_in_lower_case(line, label));
        !(line.len() < 300 && labelled() && text.spans().iter().any(leads_to_file))
    });
}

/// Reads one link; `None` where it leads to no file.
pub(super) fn read(page: &Page<'_>, id: NodeId, element: Element<'_>) -> Option<Attachment> {
    let url = page.link(element.attr("href")?)?;
    let kind = kind(&url)?;
    Some(file(page, id, element, url, Some(kind)))
}

/// Reads a link that stands among files: an address such as `download.aspx?id=3` does not say its kind.
fn of_unknown_kind(page: &Page<'_>, id: NodeId, element: Element<'_>) -> Option<Attachment> {
    let url = page.link(element.attr("href")?)?;
    let shown = page.shown(id);
    Some(file(page, id, element, url, kind(&shown)))
}

fn file(
    page: &Page<'_>,
    id: NodeId,
    element: Element<'_>,
    url: String,
    kind: Option<&str>,
) -> Attachment {
    let shown = page.shown(id);
    let titled = element
        .attr("title")
        .or_else(|| element.attr("download"))
        .map(collapsed);
    let given = [Some(shown.clone()), titled]
        .into_iter()
        .flatten()
        .find(|name| is_name(name));
    let after = || text_after(page, id);
    let typed = || element.attr("type").and_then(length);
    Attachment {
        name: given.unwrap_or_else(|| file_name(&url)),
        kind: kind.map(str::to_owned),
        bytes: size(&shown).or_else(|| size(&after())).or_else(typed),
        url,
    }
}

/// Drupal says a file's size behind its type: "application/pdf; length=1234".
fn length(media_type: &str) -> Option<u64> {
    let (_, length) = media_type.split_once("length=")?;
    length.trim().parse().ok()
}

/// The words between a link and the next one, or the end of the line's element.
fn text_after(page: &Page<'_>, id: NodeId) -> String {
    const NEAR: usize = 8;
    let mut text = String::new();
    let mut at = id;
    for _ in 0..NEAR {
        match page.tree.next_sibling(at) {
            Some(next)
                if page
                    .tree
                    .tag(next)
                    .is_none_or(|tag| tag != Tag::A && !tag.is_block()) =>
            {
                text.push_str(&page.shown_up_to(next, 60));
                at = next;
            }
            Some(_) => break,
            None => match page.tree.parent(at) {
                Some(outer) if page.tree.tag(outer).is_some_and(|tag| !tag.is_block()) => {
                    at = outer
                }
                _ => break,
            },
        }
    }
    text
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !NAMELESS.contains(&name.trim_matches(['.', ':', ' ']).to_lowercase().as_str())
}

fn kind(url: &str) -> Option<&'static str> {
    let path = url.split(['?', '#']).next()?;
    // Document libraries put the version's key behind the name: "/documents/1/a.pdf/9d1".
    path.rsplit('/').take(2).find_map(|part| {
        let (_, ending) = part.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        let known = KINDS.iter().find(|(known, _)| *known == ending)?;
        Some(known.1)
    })
}

/// Returns the name of the file that an address leads to.
pub(super) fn file_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let last = path.rsplit('/').next().unwrap_or(path);
    let mut bytes = Vec::with_capacity(last.len());
    let mut rest = last;
    while let Some(first) = rest.bytes().next() {
        let hex = rest.get(1..3).filter(|_| first == b'%');
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[3..];
            }
            None => {
                let len = rest.chars().next().map_or(1, char::len_utf8);
                bytes.extend_from_slice(&rest.as_bytes()[..len]);
                rest = &rest[len..];
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Reads a size as pages write it: "1,2 MB", "(350 KB)".
fn size(text: &str) -> Option<u64> {
    const UNITS: [(&str, f64); 3] = [("kb", 1024.0), ("mb", 1_048_576.0), ("gb", 1_073_741_824.0)];
    let low = lowered(text);
    let (at, factor) = UNITS
        .iter()
        .find_map(|(unit, factor)| Some((low.find(unit)?, *factor)))?;
    let before = low[..at].trim_end();
    let digits = before
        .rfind(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .map_or(0, |at| at + 1);
    let digits = before.get(digits..)?.replace(',', ".");
    let number: f64 = digits.parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a file's size"
    )]
    (number > 0.0 && number < 1e6).then_some((number * factor) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_names_are_read_as_pages_write_them() {
        assert_eq!(size("Phụ lục (1,5 MB)"), Some(1_572_864));
        assert_eq!(size("350 KB"), Some(358_400));
        assert_eq!(size("Phụ lục"), None);
        assert_eq!(
            file_name("https://x.vn/a/Quy%20%C4%91%E1%BB%8Bnh.pdf?v=1"),
            "Quy định.pdf"
        );
        assert_eq!(kind("https://x.vn/a/b.PDF"), Some("PDF"));
        assert_eq!(kind("https://x.vn/a/b.html"), None);
        assert_eq!(
            kind("https://x.vn/documents/1/b.pdf/9d1?v=1.0"),
            Some("PDF")
        );
    }
}
