//! Who wrote it: names alone.

use std::cell::LazyCell;

use super::blocks::{self, Made};
use super::date;
use super::find::{Line, Signs};
use super::language::is_vietnamese_name;
use super::likeness::{folded, same};
use super::meta::Claims;
use super::page::Page;
use super::signature;
use super::title;
use crate::html::{NodeId, Tag};
use crate::model::letter::lowered;

/// Words before a name; lower case.
const BEFORE: &[&str] = &[
    "tác giả bài viết:",
    "tác giả bài viết",
    "tác giả:",
    "tác giả",
    "bài và ảnh:",
    "bài, ảnh:",
    "tin, ảnh:",
    "tin và ảnh:",
    "tin, bài:",
    "tin bài:",
    "tin, bài, ảnh:",
    "tin - ảnh:",
    "bài:",
    "tin:",
    "viết bởi",
    "đăng bởi",
    "người đăng:",
    "người viết:",
    "người thực hiện:",
    "thực hiện:",
    "nguồn:",
    "nguồn tin:",
    "theo:",
    "theo ",
    "by:",
    "by ",
    "written by",
    "posted by",
    "published by",
    "story by",
    "words by",
    "author:",
    "authors:",
    "reported by",
    "from ",
    "von:",
    "von ",
    "ein artikel von",
    "eine analyse von",
    "ein kommentar von",
    "ein gastbeitrag von",
    "text:",
    "autor:",
    "autorin:",
    "par ",
    "propos recueillis par",
    "por:",
    "por ",
    "di ",
    "de ",
    "door ",
    "av ",
    "af ",
    "tekst:",
    "autor ",
    "автор:",
    "oleh ",
    "penulis:",
    "yazar:",
    "opinion by",
    "analysis by",
];
/// Words behind a name: what its bearer did; lower case.
const AFTER: [&str; 10] = [
    "(thực hiện)",
    "(tổng hợp)",
    "(lược ghi)",
    "(biên soạn)",
    "(sưu tầm)",
    "(ghi)",
    "(t/h)",
    "(th)",
    "thực hiện",
    "tổng hợp",
];
/// Words between names.
const BETWEEN: &[&str] = &[
    " and ", " und ", " et ", " y ", " e ", " en ", " và ", " och ", " og ", " with ", " & ", ", ",
    " - ", "; ", " / ", "/", " | ", " i ", " a ",
];

/// Where names are looked for, and what is no author's name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region<'k> {
    /// Where the title or the body begins.
    pub(super) from: NodeId,
    /// Where the body begins.
    pub(super) body: NodeId,
    /// The site's name.
    pub(super) site: Option<&'k str>,
    /// The element where the page's family keeps the author.
    pub(super) named: Option<NodeId>,
}

/// Finds the authors; a line of the body that names them is taken out of `made`.
pub(super) fn authors(
    page: &Page<'_>,
    claims: &Claims,
    region: Region<'_>,
    made: &mut Vec<Made>,
) -> Vec<String> {
    let groups =
        std::iter::once(&claims.written_by).chain(claims.authors.iter().map(|(_, group)| group));
    let claimed: Vec<Vec<String>> = groups
        .map(|group| names(group.iter().map(String::as_str)))
        .filter(|g| !g.is_empty())
        .collect();
    let is_site =
        |name: &String| title::is_site(page, name, region.site) || looks_like_address(name);
    let person = claimed
        .iter()
        .find(|group| !group.iter().all(is_site))
        .cloned();
    let last = signature::take(made);
    let signed = last.names;
    // An office above, a name below: the name wrote it.
    let better =
        |all: &Vec<String>| signed.is_none() || !all.iter().all(|name| signature::is_office(name));
    let found = person
        .filter(|all| better(all))
        .or_else(|| {
            region
                .named
                .map(|id| named(&page.shown(id)))
                .filter(|all| !all.is_empty() && better(all))
        })
        .or_else(|| shown(page, region).filter(|all| better(all)))
        .or_else(|| byline(page, region).filter(|all| better(all)))
        .or_else(|| signed.clone())
        .or_else(|| behind(page, region))
        .or_else(|| last.source.map(|source| vec![source]))
        .or_else(|| claimed.into_iter().next())
        .unwrap_or_default();
    drop_lines_of(&found, made);
    found
}

fn looks_like_address(name: &str) -> bool {
    !name.contains(' ') && name.contains('.')
}

/// A line that says who wrote it and nothing else has no more bytes.
const BYLINE: usize = 110;
/// Nor has a bar that tells this beside the date and how often it was read.
const BAR: u32 = 300;

/// A short line under the title that begins with "by", or a part of a bar that does.
fn byline(page: &Page<'_>, region: Region<'_>) -> Option<Vec<String>> {
    let end = page.tree.end(region.body);
    let lines = page.survey.kept_between(region.from, end).take(40);
    lines.filter(|line| line.len < BAR).find_map(|line| {
        let text = page.line_text(line, line.block);
        let mut parts = text
            .split('|')
            .map(str::trim)
            .filter(|part| part.len() < BYLINE);
        let all = named(parts.find(|part| without_before(part).is_some())?);
        (!all.is_empty()).then_some(all)
    })
}

/// The names at the beginning of a line, as far as they look like names.
fn named(line: &str) -> Vec<String> {
    let all = names(std::iter::once(line));
    all.into_iter()
        .take_while(|name| looks_like_name(name))
        .collect()
}

/// Nothing has more authors that are worth hearing; each is compared with all the others, and with
/// the lines of the body.
const MOST: usize = 60;
/// A line that names authors has no more bytes.
const LONGEST: usize = 4_000;

/// Tidies names, at most [`MOST`] of them: words before them and notes after them go.
pub(super) fn names<'a>(given: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let short = given.filter(|line| line.len() <= LONGEST);
    for name in short.flat_map(split).take(MOST) {
        if is_name(&name) && !all.iter().any(|known| same(known, &name)) {
            all.push(name);
        }
    }
    all
}

fn split(line: &str) -> Vec<String> {
    let mut line = line.trim();
    while let Some(rest) = without_before(line) {
        line = rest;
    }
    let line = without_date(line);
    let line = signature::without_office(without_after(line));
    let mut parts = vec![line.to_owned()];
    for between in BETWEEN {
        let part = |p: &String| {
            p.split(between)
                .map(|s| without_photographer(s.trim()).to_owned())
                .collect::<Vec<_>>()
        };
        let cut: Vec<String> = parts.iter().flat_map(part).collect();
        // "Nguyễn Văn A" is no list; a part that is no name speaks against the cut.
        if cut
            .iter()
            .all(|p| p.is_empty() || between.len() == 2 || looks_like_name(p))
        {
            parts = cut;
        }
    }
    parts
}

pub(super) fn without_before(line: &str) -> Option<&str> {
    let low = lowered(line);
    let before = BEFORE
        .iter()
        .find(|b| low.starts_with(**b) && low.len() == line.len())?;
    Some(line[before.len()..].trim_start_matches([' ', ':']))
}

/// A line without marks around it, and without brackets that hold all of it.
pub(super) fn unbracketed(line: &str) -> &str {
    let line = line.trim_matches(['*', ' ', '.']);
    let inner = line.strip_prefix('(').and_then(|l| l.strip_suffix(')'));
    inner.unwrap_or(line)
}

fn without_after(line: &str) -> &str {
    let low = lowered(line);
    let after = AFTER
        .iter()
        .find(|after| low.len() == line.len() && low.ends_with(**after));
    after.map_or(line, |after| {
        line[..line.len() - after.len()].trim_end_matches([' ', ',', '-'])
    })
}

fn without_photographer(part: &str) -> &str {
    let low = part.to_lowercase();
    let rest = low.strip_prefix(PHOTOGRAPHER).map(str::len);
    rest.and_then(|rest| part.get(part.len() - rest..))
        .map_or(part, str::trim_start)
}

/// A name without the date behind it: "Lê Na - 3/2/2025 10:30".
fn without_date(line: &str) -> &str {
    let behind = [" - ", " – ", " | ", ", "];
    let parts = behind.iter().filter_map(|by| line.split_once(by));
    parts
        .filter(|(name, date)| looks_like_name(name) && date::is_dateline(date))
        .map(|(name, _)| name)
        .next()
        .unwrap_or(line)
}

/// What stands before a photographer's name in a list of those who made a story; lower case.
const PHOTOGRAPHER: &str = "ảnh:";

fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && name.len() <= 90
        && !name.contains("://")
        && !name.contains('@')
        && !date::is_dateline(name)
        && !is_nobody(name)
}

fn is_nobody(name: &str) -> bool {
    NOBODY.contains(&lowered(name.trim()).as_str())
}

/// Accounts that stand for nobody; lower case.
const NOBODY: [&str; 5] = [
    "super user",
    "administrator",
    "admin",
    "quản trị viên",
    "webmaster",
];

/// Two to six words, each with a capital, as people are called.
pub(super) fn looks_like_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let capital = |w: &&&str| w.chars().next().is_some_and(char::is_uppercase);
    let capitals = words.iter().filter(capital).count();
    (2..=6).contains(&words.len())
        && capitals * 3 >= words.len() * 2
        && line.len() <= 60
        && !line.contains(|c: char| {
            c.is_ascii_digit() || matches!(c, ':' | '?' | '!' | '"' | '“' | '/')
        })
        && !line.ends_with(['.', ',', ';'])
}

/// An element that is named as the author, between title and end of body.
fn shown(page: &Page<'_>, region: Region<'_>) -> Option<Vec<String>> {
    let end = page.tree.end(region.body);
    let near = page
        .elements(page.tree.root())
        .filter(|(id, _)| *id >= region.from && *id < end);
    near.filter(|(id, element)| {
        let rel = element
            .attr("rel")
            .is_some_and(|rel| rel.split_whitespace().any(|r| r == "author"));
        let linked = element
            .attr("href")
            .is_some_and(|href| AUTHOR_PATHS.iter().any(|p| href.contains(p)));
        let size = page.survey.raw_text(*id);
        (rel || linked || page.survey.signs(*id).any(Signs::AUTHOR))
            && (3..=140).contains(&size)
            && element.tag() != Tag::Img
    })
    .map(|(id, _)| named(&page.shown(id)))
    .find(|all| !all.is_empty())
}

/// Paths under which sites keep pages about their authors.
const AUTHOR_PATHS: [&str; 8] = [
    "/author/",
    "/authors/",
    "/autor/",
    "/autoren/",
    "/autores/",
    "/auteur/",
    "/tac-gia/",
    "/journalist/",
];

/// So many lines behind the body are looked at.
const BEHIND: usize = 4;

/// A short line right behind the body's element that is named, labelled or set apart as the author.
fn behind(page: &Page<'_>, region: Region<'_>) -> Option<Vec<String>> {
    let root = page.tree.root();
    let lines = page.survey.lines(root);
    let end = page.tree.end(region.body);
    let from = lines.partition_point(|line| line.first < end);
    let near = lines[from..].iter().take(BEHIND);
    near.take_while(|line| !line.heading && line.link == 0 && line.len < 90)
        .find_map(|line| {
            let text = page.line_text(line, line.block);
            let text = unbracketed(&text);
            if let Some(source) = signature::source(text, is_set_apart(page, line)) {
                return Some(vec![source]);
            }
            let text = signature::without_office(text);
            let signed = without_before(text).is_some()
                || is_vietnamese_name(text) && is_set_apart(page, line);
            let all = if signed {
                names(std::iter::once(text))
            } else {
                Vec::new()
            };
            (!all.is_empty() && all.iter().all(|name| looks_like_name(name))).then_some(all)
        })
}

/// Is a line bold, slanted, set to the right or in an element that is named after authors?
fn is_set_apart(page: &Page<'_>, line: &Line) -> bool {
    let mut around = page
        .tree
        .ancestors(line.first)
        .take_while(|a| *a >= line.block);
    around.any(|id| {
        matches!(
            page.tree.tag(id),
            Some(Tag::B | Tag::Strong | Tag::I | Tag::Em)
        ) || page.survey.signs(id).any(Signs::AUTHOR)
            || blocks::is_aside(page, id)
    })
}

/// Short lines that say nothing but the authors' names are not said twice.
fn drop_lines_of(authors: &[String], made: &mut Vec<Made>) {
    made.retain(|one| {
        let Some(line) = one.line().map(|t| t.as_str()) else {
            return true;
        };
        line.len() > 120 || !is_byline(line, authors)
    });
}

/// Is this line the authors' names and nothing more?
pub(super) fn is_byline(line: &str, authors: &[String]) -> bool {
    if without_before(line).is_some_and(is_nobody) {
        return true;
    }
    let words = LazyCell::new(|| folded(line));
    if !authors.iter().any(|author| words.contains(&folded(author))) {
        return false;
    }
    let named = names(std::iter::once(line));
    !named.is_empty() && named.iter().all(|n| authors.iter().any(|a| same(a, n)))
}

/// Does a line, freed of "by", begin with an author's name?
pub(super) fn begins_with_author(line: &str, authors: &[String]) -> bool {
    let line = folded(without_before(line).unwrap_or(line));
    authors
        .iter()
        .any(|author| author.len() > 5 && line.starts_with(&folded(author)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        assert_eq!(names(std::iter::once(line)), expected, "{line}");
    }

    #[test]
    fn nobody_has_endless_authors() {
        let many: Vec<String> = (0..MOST * 9).map(|n| format!("Minh An{n}h")).collect();
        assert!(names(many.iter().map(String::as_str)).len() <= MOST);
        assert!(names(std::iter::once(many.join(", ").as_str())).len() <= MOST);
    }

    #[test]
    fn names_are_parted_and_freed_of_what_stands_before_them() {
        check("Tác giả: Lê Thu An", &["Lê Thu An"]);
        check("By Jane Roe and John Doe", &["Jane Roe", "John Doe"]);
        check("Minh Anh - Thu Hà", &["Minh Anh", "Thu Hà"]);
        check("Thu Cúc (thực hiện)", &["Thu Cúc"]);
        check("Lò Văn Én - Phòng VH&TT", &["Lò Văn Én"]);
        check("Lò Văn Én - 3/2/2025 10:30", &["Lò Văn Én"]);
        check("Tin: Lò Văn Én; Ảnh: Tạ Ngà", &["Lò Văn Én", "Tạ Ngà"]);
        check(
            "Von Anna Muster, Karl Beispiel",
            &["Anna Muster", "Karl Beispiel"],
        );
        check("https://example.org/author/x", &[]);
        check("05/06/2020", &[]);
    }
}
