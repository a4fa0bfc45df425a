//! The imprint at a page's end: who answers for the site, its licence, its address.
//!
//! Most portals set it in cells and boxes without a name, where it would pass for the article's last
//! words.

use super::page::Page;
use crate::html::NodeId;

/// Beginnings of lines that only an imprint has; lower case.
///
/// Source: Nghị định 72/2013/NĐ-CP, điều 24, on what a Vietnamese site has to say of itself.
const SURE: [&str; 19] = [
    "bản quyền thuộc",
    "bản quyền ©",
    "© bản quyền",
    "© copyright",
    "copyright ©",
    "cơ quan chủ quản:",
    "đơn vị chủ quản:",
    "chịu trách nhiệm chính",
    "chịu trách nhiệm nội dung",
    "chịu trách nhiệm xuất bản",
    "người chịu trách nhiệm",
    "giấy phép số",
    "giấy phép xuất bản",
    "giấy phép thiết lập",
    "giấy phép hoạt động",
    "ghi rõ nguồn",
    "trưởng ban biên tập",
    "tổng biên tập:",
    "tổng số lượt truy cập",
];
/// Beginnings of lines that imprints have beside them; lower case.
const LIKELY: [&str; 10] = [
    "địa chỉ",
    "trụ sở",
    "điện thoại",
    "đt:",
    "tel:",
    "email",
    "e-mail",
    "fax",
    "thiết kế bởi",
    "số lượt truy cập",
];
/// An imprint stands among so many last lines of a page.
const LAST: usize = 20;
/// It has no more lines.
const LINES: usize = 16;
/// A beginning of so many bytes tells what a line is.
const BEGINNING: usize = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Sure,
    Likely,
    Other,
}

/// Leaves the imprint out of a page.
pub(super) fn leave_out(page: &mut Page<'_>) {
    let found = imprints(page);
    for id in found {
        page.survey.discard(id);
    }
}

/// The largest elements that hold nothing but an imprint; none where fewer than two lines speak for one.
fn imprints(page: &Page<'_>) -> Vec<NodeId> {
    let lines = page.survey.lines(page.tree.root());
    let from = lines.len() - lines.len().min(LAST);
    let kinds: Vec<(NodeId, Kind)> = lines[from..]
        .iter()
        .map(|line| (line.block, kind(&page.line_beginning(line, BEGINNING))))
        .collect();
    let first = kinds.iter().position(|(_, kind)| *kind == Kind::Sure);
    let telling = kinds.iter().filter(|(_, kind)| *kind != Kind::Other);
    let Some(first) = first.filter(|_| telling.count() > 1) else {
        return Vec::new();
    };
    let telling = kinds[first..]
        .iter()
        .filter(|(_, kind)| *kind != Kind::Other);
    let mut found: Vec<NodeId> = Vec::new();
    for (block, _) in telling {
        let covered = found.iter().any(|known| page.tree.contains(*known, *block));
        if !covered && let Some(id) = room(page, *block) {
            found.push(id);
        }
    }
    found
}

/// The largest element around `block` that tells nothing else.
fn room(page: &Page<'_>, block: NodeId) -> Option<NodeId> {
    let around = std::iter::once(block).chain(page.tree.ancestors(block));
    around.take_while(|id| tells_nothing_else(page, *id)).last()
}

fn tells_nothing_else(page: &Page<'_>, id: NodeId) -> bool {
    let lines = page.survey.lines(id);
    let other = lines.iter().filter(|line| {
        let alone = line.is_prose() || line.link * 2 > line.len;
        alone && kind(&page.line_beginning(line, BEGINNING)) == Kind::Other
    });
    lines.len() <= LINES && other.count() == 0 && page.tree.parent(id).is_some()
}

fn kind(beginning: &str) -> Kind {
    let low = beginning
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©')
        .to_lowercase();
    let begins = |table: &[&str]| table.iter().any(|begin| low.starts_with(begin));
    if begins(&SURE) {
        Kind::Sure
    } else if begins(&LIKELY) {
        Kind::Likely
    } else {
        Kind::Other
    }
}
