//! What pagers look like: the names of their links, and the page numbers in their addresses.

use std::borrow::Cow;

use url::Url;

use super::page::Page;
use crate::html::{Element, NodeId, Tag};
use crate::model::letter::lowered;

/// No article and no list that is read on has more pages that count.
const MOST: u32 = 500;

/// Query parameters that number pages; lower case.
const PARAMETERS: [&str; 16] = [
    "page",
    "trang",
    "p",
    "pg",
    "paged",
    "pageno",
    "page_no",
    "pagenum",
    "page_num",
    "pagenumber",
    "pageindex",
    "pageid",
    "currentpage",
    "curpage",
    "seite",
    "pagina",
];
/// Parameters that count the pages before (Joomla).
const FROM_ZERO: [&str; 2] = ["start", "limitstart"];
/// Words before a page number in a path; lower case.
const MARKERS: [&str; 8] = ["page", "trang", "seite", "pagina", "pag", "part", "pg", "p"];
/// Words after which a number counts pages of readers' comments.
const COMMENTS: [&str; 3] = ["comment", "binh-luan", "kommentar"];

/// An address as that of a page with a number: the same thing's pages have one stem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    /// The address without its number.
    pub(super) stem: String,
    /// The number, from 1.
    pub(super) number: u32,
    /// Does the address say that it is a page's number?
    pub(super) named: bool,
}

impl Numbered {
    /// Reads an address in every way that it may be numbered: as a first page too.
    pub(super) fn of(url: &Url) -> Vec<Self> {
        let first = Self {
            stem: stem(url, url.path(), None),
            number: 1,
            named: false,
        };
        let mut all = vec![first];
        all.extend(in_query(url));
        all.extend(in_path(url));
        all
    }
}

/// Writes what pages of one thing have in common.
fn stem(url: &Url, path: &str, without: Option<&str>) -> String {
    let path = path.trim_end_matches('/');
    let path = ["/index.html", "/index.htm", "/index.php"]
        .iter()
        .find_map(|index| path.strip_suffix(index))
        .unwrap_or(path);
    let pairs = url.query_pairs();
    let mut kept: Vec<_> = pairs
        .filter(|(name, _)| without != Some(name))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    kept.sort_unstable();
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    format!("{host}{port}{path}?{}", kept.join("&"))
}

/// Returns the address of a page of the list at `here`, where `url` is that of another page of it
/// that has its number in a parameter.
pub(super) fn turned(here: &Url, url: &Url, number: u32) -> Option<String> {
    let known = in_query(url)?;
    let is_of_list = Numbered::of(here).iter().any(|own| own.stem == known.stem);
    let is_own = |(name, _): &(Cow<'_, str>, Cow<'_, str>)| is_parameter(name);
    if !is_of_list || url.query_pairs().any(|(name, _)| counts_from_zero(&name)) {
        return None;
    }
    let pairs = url.query_pairs();
    let pairs: Vec<_> = pairs
        .map(|pair| {
            let value = if is_own(&pair) {
                number.to_string().into()
            } else {
                pair.1.clone()
            };
            (pair.0, value)
        })
        .collect();
    let mut turned = url.clone();
    turned.query_pairs_mut().clear().extend_pairs(pairs);
    Some(turned.into())
}

/// Does a query parameter of that name number pages?
pub(super) fn is_parameter(name: &str) -> bool {
    let low = name.to_ascii_lowercase();
    // Liferay writes a portlet's name before.
    PARAMETERS.contains(&low.as_str()) || low.ends_with("_page")
}

fn counts_from_zero(name: &str) -> bool {
    FROM_ZERO.contains(&name.to_ascii_lowercase().as_str())
}

fn in_query(url: &Url) -> Option<Numbered> {
    let (name, number) = url.query_pairs().find_map(|(name, value)| {
        let number = number(&value)?;
        let from_zero = counts_from_zero(&name);
        (is_parameter(&name) || from_zero)
            .then(|| (name.into_owned(), number + u32::from(from_zero)))
    })?;
    Some(Numbered {
        stem: stem(url, url.path(), Some(&name)),
        number,
        named: name.len() > 1,
    })
}

fn in_path(url: &Url) -> Option<Numbered> {
    let path = NumberedPath::of(url)?;
    Some(Numbered {
        stem: stem(url, &path.stem, None),
        number: path.number,
        named: path.named,
    })
}

/// The address of the first page of what `url` is a later page of, where it names its page by a number.
#[must_use]
pub fn first_page(url: &Url) -> Option<Url> {
    let mut first = url.clone();
    if in_query(url).is_some_and(|page| page.named && page.number > 1) {
        let pairs = url.query_pairs();
        let others = pairs.filter(|(name, _)| !is_parameter(name) && !counts_from_zero(name));
        let others: Vec<_> = others.collect();
        first.set_query(None);
        if !others.is_empty() {
            first.query_pairs_mut().extend_pairs(others);
        }
        return Some(first);
    }
    let path = NumberedPath::of(url).filter(|path| path.named && path.number > 1)?;
    let end = if url.path().ends_with('/') { "/" } else { "" };
    first.set_path(&(path.stem + end));
    Some(first)
}

/// A path with a page's number in it.
struct NumberedPath {
    stem: String,
    number: u32,
    named: bool,
}

impl NumberedPath {
    /// Reads `/slug/2`, `/slug/page/2`, `/slug/trang-2`, `/slug-p2.html`, `/slug-2.html`, `/slug_2.html`.
    fn of(url: &Url) -> Option<Self> {
        let path = url.path().trim_end_matches('/');
        let (folder, file) = path.rsplit_once('/')?;
        let (name, extension) = match file.rfind('.') {
            Some(dot) if file.len() - dot <= 6 && number(&file[dot + 1..]).is_none() => {
                file.split_at(dot)
            }
            _ => (file, ""),
        };
        let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (before, digits) = name.split_at(name.len() - digits);
        let number = number(digits)?;
        let low = before.to_ascii_lowercase();
        if COMMENTS.iter().any(|word| low.contains(word)) {
            return None;
        }
        let bare = before.trim_end_matches(SEPARATORS);
        let marker = MARKERS.iter().find_map(|marker| strip_marker(bare, marker));
        let (stem, named) = match marker {
            Some("") => (folder.to_owned(), true),
            Some(slug) => (format!("{folder}/{slug}{extension}"), true),
            None if before.is_empty() => match unmarked(folder) {
                Some(outer) => (outer.to_owned(), true),
                None => (format!("{folder}{extension}"), false),
            },
            None if bare.len() < before.len() => (format!("{folder}/{bare}{extension}"), false),
            None => return None,
        };
        Some(Self {
            stem,
            number,
            named,
        })
    }
}

/// What stands between a slug and its page number.
const SEPARATORS: [char; 5] = ['-', '_', ',', '.', '='];

/// Takes `-trang` or `_p` from the end of a slug; all of it where it is no more than the word.
fn strip_marker<'a>(slug: &'a str, marker: &str) -> Option<&'a str> {
    let at = slug.len().checked_sub(marker.len())?;
    let (rest, end) = slug.is_char_boundary(at).then(|| slug.split_at(at))?;
    let parted = rest.is_empty() || rest.ends_with(SEPARATORS);
    (end.eq_ignore_ascii_case(marker) && parted).then(|| rest.trim_end_matches(SEPARATORS))
}

/// Takes `/page` from the end of a folder's path.
fn unmarked(folder: &str) -> Option<&str> {
    let (outer, word) = folder.rsplit_once('/')?;
    let word = word.to_ascii_lowercase();
    MARKERS.contains(&word.as_str()).then_some(outer)
}

/// Reads a page's number.
pub(super) fn number(text: &str) -> Option<u32> {
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let number = digits.then(|| text.parse().ok()).flatten()?;
    (number <= MOST).then_some(number)
}

/// What links of pagers say besides numbers; lower case, without marks.
const NAMES: [&str; 33] = [
    "trang sau",
    "trang tiếp",
    "trang tiếp theo",
    "trang kế",
    "trang kế tiếp",
    "trang trước",
    "trang đầu",
    "trang cuối",
    "tiếp theo",
    "tiếp tục",
    "tiếp",
    "kế tiếp",
    "xem tiếp",
    "đọc tiếp",
    "sau",
    "trước",
    "đầu",
    "cuối",
    "next",
    "next page",
    "previous",
    "prev",
    "previous page",
    "first",
    "last",
    "first page",
    "last page",
    "older",
    "newer",
    "weiter",
    "nächste seite",
    "page suivante",
    "página siguiente",
];
/// Words before the number of a page; lower case.
const NUMBERING: [&str; 5] = ["trang", "page", "seite", "página", "phần"];

/// Is this what a pager's link says: "2", "Trang 2", "sau>>", "›"?
pub(super) fn is_page_name(name: &str) -> bool {
    let low = lowered(name);
    let bare = low.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        return !name.is_empty() && name.chars().count() <= 3 && !name.contains('#');
    }
    let counted = NUMBERING
        .iter()
        .find_map(|word| bare.strip_prefix(word))
        .map_or(bare, str::trim);
    number(counted).is_some() || NAMES.contains(&bare)
}

/// Returns what a link or a button is called: its words, else its label, else what its picture shows.
pub(super) fn name(page: &Page<'_>, id: NodeId, element: Element<'_>) -> String {
    let shown = match element.tag() {
        Tag::Input => element.attr("value").unwrap_or_default().trim().to_owned(),
        _ => page.shown(id),
    };
    if !shown.is_empty() {
        return shown;
    }
    let pictured = || {
        let mut inside = page.elements(id).filter(|(_, e)| e.tag() == Tag::Img);
        inside.find_map(|(_, e)| e.attr("alt").filter(|alt| !alt.trim().is_empty()))
    };
    let own = |name| element.attr(name).filter(|text| !text.trim().is_empty());
    let label = own("aria-label")
        .or_else(|| own("alt"))
        .or_else(pictured)
        .or_else(|| own("title"));
    label.unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Is the second address that of the page after the first?
    fn follow(first: &str, second: &str) -> bool {
        let read = |path: &str| {
            let url = Url::parse("https://bao.example")
                .and_then(|base| base.join(path))
                .expect("an address");
            Numbered::of(&url)
        };
        let others = read(second);
        read(first).iter().any(|here| {
            others
                .iter()
                .any(|other| other.stem == here.stem && other.number == here.number + 1)
        })
    }

    #[test]
    fn a_next_page_differs_by_its_number_alone() {
        for (first, second) in [
            ("/tin/cau-moi", "/tin/cau-moi?page=2"),
            ("/tin?id=7", "/tin?id=7&trang=2"),
            ("/tin?trang=2&id=7", "/tin?id=7&trang=3"),
            ("/tin/cau-moi/", "/tin/cau-moi/2/"),
            ("/tin/cau-moi/2/", "/tin/cau-moi/3/"),
            ("/tin/cau-moi", "/tin/cau-moi/page/2"),
            ("/tin/cau-moi.html", "/tin/cau-moi-p2.html"),
            ("/tin/cau-moi.html", "/tin/cau-moi-trang-2.html"),
            ("/tin/cau-moi.html", "/tin/cau-moi_2.html"),
            ("/tin/cau-moi.html", "/tin/cau-moi.html/2"),
            ("/zeit/bruecke", "/zeit/bruecke/seite-2"),
            ("/tin/cau-moi", "/tin/cau-moi?start=1"),
            ("/tin", "/tin?_101_INSTANCE_k3_page=2"),
        ] {
            assert!(follow(first, second), "{first} {second}");
        }
    }

    #[test]
    fn other_articles_and_pages_of_comments_do_not_follow() {
        for (first, second) in [
            ("/tin/cau-moi", "/tin/cau-moi?page=3"),
            ("/tin/cau-moi", "/tin/duong-moi?page=2"),
            ("/tin/cau-moi", "/tin/cau-moi?cpage=2"),
            ("/tin/cau-moi/", "/tin/cau-moi/comment-page-2/"),
            ("/tin?id=7", "/tin?id=8"),
            ("/tin/127", "/tin/129"),
            ("/tin/12345", "/tin/12346"),
            ("/tin/cau-moi", "https://khac.example/tin/cau-moi?page=2"),
        ] {
            assert!(!follow(first, second), "{first} {second}");
        }
    }

    #[test]
    fn the_first_page_is_the_address_without_its_number() {
        for (path, first) in [
            ("/tin?muc=7&trang=12", Some("/tin?muc=7")),
            ("/tin?page=2", Some("/tin")),
            ("/tin/trang-3", Some("/tin")),
            ("/tin/page/2/", Some("/tin/")),
            ("/page/2/", Some("/")),
            ("/tin/cau-moi-p2.html", Some("/tin/cau-moi.html")),
            ("/ds?start=20", Some("/ds")),
            ("/tin?page=1", None),
            ("/tin?p=12", None),
            ("/tin/cau-moi-2.html", None),
            ("/tin/2", None),
            ("/", None),
        ] {
            let url = Url::parse(&format!("https://bao.example{path}")).expect("an address");
            let got = first_page(&url).map(|url| url[url::Position::BeforePath..].to_owned());
            assert_eq!(got.as_deref(), first, "{path}");
        }
    }

    #[test]
    fn a_pagers_links_are_known_by_their_names() {
        for name in ["2", "Trang 2", "sau>>", "›", "Trang cuối", "Next »", "..."] {
            assert!(is_page_name(name), "{name}");
        }
        for name in ["Xóa", "Bình chọn", "", "2025", "Trang chủ"] {
            assert!(!is_page_name(name), "{name}");
        }
    }
}
