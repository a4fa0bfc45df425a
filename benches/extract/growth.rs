//! Whether time grows no faster than the page, in its size and in its nesting.
//!
//! Each kind of page is made once, twice and four times as large; what is printed are Loa's times and
//! how often the last holds the first (4 is linear). The largest of those that grow in size has 5 MB.

use std::time::Duration;

use crate::reader::Reader;
use crate::saved::Saved;
use crate::speed::share;

const ROUNDS: usize = 5;

/// The largest page.
const LARGEST: usize = 5_000_000;

/// How deep the deepest page nests, in elements.
const DEEPEST: usize = 60_000;

/// What is nested: one opening, one closing.
const NESTS: [(&str, &str, &str); 8] = [
    ("div", "<div>a ", "</div>"),
    ("div, never closed", "<div>", ""),
    ("ul li", "<ul><li>a ", "</li></ul>"),
    ("table", "<table><tr><td>a ", "</td></tr></table>"),
    ("blockquote", "<blockquote><p>a ", "</blockquote>"),
    ("b in p, never closed", "<p><b>a ", ""),
    ("a, never closed", "<a href=\"/a\"><p>a ", ""),
    ("span", "<span>a ", "</span>"),
];

/// Prints how time grows.
pub(crate) fn report(pages: &[Saved]) {
    println!("growth at 1, 2 and 4 times (4 is linear); medians of {ROUNDS} rounds");
    print_row("prose", LARGEST, prose);
    print_row("a table's rows", LARGEST, rows);
    print_row("a listing's entries", LARGEST, entries);
    let middle = middle(pages);
    let (before, body, after) = parts(middle);
    print_row(&format!("body of {}", middle.name), LARGEST, |size| {
        format!("{before}{}{after}", repeated(body, size))
    });
    for (name, open, close) in NESTS {
        print_row(&format!("nested {name}"), DEEPEST, |depth| {
            nested(open, close, depth)
        });
    }
}

fn print_row(name: &str, largest: usize, made: impl Fn(usize) -> String) {
    let times = [4, 2, 1].map(|part| time(made(largest / part)));
    let ratio = times[2].as_secs_f64() / times[0].as_secs_f64();
    println!(
        "{name:36}  {:8.1?}  {:8.1?}  {:8.1?}  {ratio:5.1}",
        times[0], times[1], times[2]
    );
}

fn time(html: String) -> Duration {
    let page = page(html);
    let rounds = (0..ROUNDS).map(|_| Reader::Loa.time(&page));
    share(&mut rounds.collect::<Vec<_>>(), 0.5)
}

/// Takes markup as a page.
pub(crate) fn page(html: String) -> Saved {
    Saved {
        name: "made".into(),
        bytes: html.into_bytes(),
        content_type: Some("text/html; charset=utf-8".into()),
        address: "https://saved.example/bai/1".parse().expect("an address"),
    }
}

/// An article of plain paragraphs of about `size` bytes.
pub(crate) fn prose(size: usize) -> String {
    let paragraph = "<p>Sáng 4/6/2020, <b>UBND xã Phú Lâm</b> mở phòng đọc cho người khiếm thị. Dự lễ có \
        đại diện huyện và hơn 150 người dân, <a href=\"/tin/2\">theo tin trước</a>.</p>\n";
    format!(
        "<title>Phòng đọc</title><article><h1>Phòng đọc</h1>{}</article>",
        repeated(paragraph, size)
    )
}

/// A table of about `size` bytes.
pub(crate) fn rows(size: usize) -> String {
    let row = "<tr><td>Xã Phú Lâm</td><td>1.250</td><td>85%</td></tr>\n";
    let header = "<tr><th>Xã</th><th>Người</th><th>Phần</th></tr>";
    format!(
        "<title>Bảng</title><h1>Bảng</h1><table>{header}{}</table>",
        repeated(row, size)
    )
}

/// A listing of about `size` bytes.
pub(crate) fn entries(size: usize) -> String {
    let entry = |number: usize| {
        format!(
            "<div class=\"item\"><a href=\"/tin/{number}\"><img src=\"/{number}.jpg\"></a>\
             <h3><a href=\"/tin/{number}\">Xã Phú Lâm mở phòng đọc thứ {number}</a></h3>\
             <span>12/3/2020</span><p>Phòng đọc dành cho người khiếm thị trong xã.</p></div>\n"
        )
    };
    let count = size / entry(1000).len();
    let entries: String = (0..count).map(entry).collect();
    format!("<title>Tin</title><h1>Tin</h1><div class=\"list\">{entries}</div>")
}

fn nested(open: &str, close: &str, depth: usize) -> String {
    format!(
        "<title>Sâu</title><h1>Sâu</h1>{}chữ{}",
        open.repeat(depth),
        close.repeat(depth)
    )
}

fn repeated(part: &str, size: usize) -> String {
    part.repeat(size / part.len() + 1)
}

/// The page of middling size.
fn middle(pages: &[Saved]) -> &Saved {
    let mut order: Vec<_> = pages.iter().collect();
    order.sort_by_key(|page| page.bytes.len());
    order[order.len() / 2]
}

/// A page's markup before, in and after its body.
fn parts(page: &Saved) -> (String, &str, &str) {
    let text = str::from_utf8(&page.bytes).unwrap_or_default();
    let start = text
        .find("<body")
        .and_then(|at| Some(at + text[at..].find('>')? + 1));
    let start = start.unwrap_or_default();
    let end = text
        .rfind("</body")
        .filter(|end| *end > start)
        .unwrap_or(text.len());
    (text[..start].to_owned(), &text[start..end], &text[end..])
}
