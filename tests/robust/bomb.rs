//! Pages made to be heavy: little to send, much to do.
//!
//! A part is repeated so often that work which grows with its square would be seen as a hang, and what
//! comes out may be some times as long as what went in, no more.

/// How often a part is said.
const TIMES: usize = 2000;
const PROSE: &str = "<p>Một hai ba bốn năm sáu bảy tám chín mười, mười một, mười hai.</p>";

/// Makes the body of a page from a number of repetitions.
type Bomb = fn(usize) -> String;

/// The bombs, by name.
const BOMBS: [(&str, Bomb); 26] = [
    ("lists in lists", |n| "<ul><li>một ".repeat(n)),
    ("quotations in quotations", |n| {
        "<blockquote><p>một hai ba</p>".repeat(n)
    }),
    ("boxes in boxes", |n| "<div>một hai ba ".repeat(n)),
    ("tables in tables", |n| "<table><tr><td>một ".repeat(n)),
    ("marks in marks", |n| {
        format!("<p>{}", "<b><i>một ".repeat(n))
    }),
    ("menus in menus", |n| {
        "<nav><a href=/x>một</a><a href=/y>hai</a><a href=/z>ba</a>".repeat(n / 4)
    }),
    ("cells that span everything", |n| {
        let row = "<td colspan=1000 rowspan=65534>một".repeat(10);
        let header = "<th colspan=1000>a<th colspan=1000>b";
        let rows = format!("<tr>{row}").repeat(n / 10);
        format!("<table><tr>{header}{rows}</table>")
    }),
    ("a wide header and narrow rows", |n| {
        let rows = "<tr><td>a<td>b".repeat(n);
        format!("<table><tr><th colspan=1000>x<th>y{rows}</table>")
    }),
    ("a wide row and narrow rows", |n| {
        let (cells, rows) = ("<td>một".repeat(n), "<tr><td>a<td>b".repeat(n));
        format!("<table><tr>{cells}{rows}</table>")
    }),
    ("links of one name in a paragraph", |n| {
        let link = |i| format!("<a href=/a{i}>Xem thêm</a> và ");
        format!("<p>{}", numbered(n, link))
    }),
    ("links of one name, a paragraph each", |n| {
        numbered(n, |i| format!("<p>Bài này <a href=/a{i}>ở đây</a>.</p>"))
    }),
    ("entries of one name", |n| {
        numbered(n / 4, |i| {
            format!("<h3><a href=/tin/{i}.html>Lúa chín trên cánh đồng</a></h3>{PROSE}")
        })
    }),
    ("one long word", |n| format!("<p>{}", "a".repeat(n * 50))),
    ("one long paragraph", |n| {
        format!("<p>{}", "Lúa chín. ".repeat(n * 5))
    }),
    ("headings", |n| {
        numbered(n, |i| format!("<h{0}>Mục {i}</h{0}>", 2 + i % 5))
    }),
    ("pictures", |n| {
        numbered(n, |i| {
            format!(
                "<figure><img src=/{i}.jpg alt='Lúa {i}'><figcaption>Lúa chín {i}</figcaption></figure>"
            )
        })
    }),
    ("pictures in one figure", |n| {
        let pictures = numbered(n, |i| format!("<img src=/{i}.jpg alt='Lúa chín {i}'>"));
        format!("<figure>{pictures}<figcaption>Lúa</figcaption></figure>")
    }),
    ("line breaks", |n| {
        format!("<div>{}</div>", "<br>".repeat(n * 5))
    }),
    ("lines with dashes", |n| {
        format!("<div>{}</div>", "- một hai<br>".repeat(n))
    }),
    ("marks side by side", |n| {
        format!(
            "<p>{}",
            "<b>một</b><i>hai</i><em><strong>ba</strong></em> ".repeat(n)
        )
    }),
    ("languages side by side", |n| {
        format!(
            "<p>{}",
            "<span lang=en>one</span> <span lang=fr>un</span> ".repeat(n)
        )
    }),
    ("classes", |n| {
        numbered(n, |i| {
            format!("<p class='c{i} d{i}' id=e{i}>Đoạn văn số {i} này.</p>")
        })
    }),
    ("files", |n| {
        numbered(n, |i| {
            format!("<p><a href=/{i}.pdf>Tệp {i}.pdf</a> (12 KB)</p>")
        })
    }),
    ("embedded things", |n| {
        numbered(n, |i| {
            format!("<iframe src=https://v.example/embed/{i} title=Phim></iframe>")
        })
    }),
    ("a pager to the article of the next number", |n| {
        let links = "<a href=/tin/8>2</a>".repeat(n);
        format!(
            "{}</article><div class=pagination>{links}</div>",
            PROSE.repeat(20)
        )
    }),
    ("a pager of scripts", |n| {
        let links = "<a href='javascript:f(2)'>2</a>".repeat(n);
        let entries = numbered(20, |i| {
            format!(
                "<h3><a href=/tin/{i}.html>Lúa chín trên cánh đồng số {i}</a></h3><p>Lúa chín.</p>"
            )
        });
        format!("</article><div class=pagination>{links}</div>{entries}")
    }),
];

/// Makes every bomb as a page.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, String)> {
    BOMBS.iter().map(|(name, body)| {
        let body = body(TIMES);
        let page = format!("<!DOCTYPE html><title>Tin</title><h1>Tin</h1><article>{PROSE}{body}");
        (*name, page)
    })
}

fn numbered(n: usize, part: impl Fn(usize) -> String) -> String {
    (0..n).map(part).collect()
}
