//! Short stories, tables and answers among long lists of other stories: what stands under a title that is
//! no link, with a date beside it, is told by this page.

use super::date;
use super::find::{Line, Signs};
use super::listing::Entries;
use super::page::Page;
use crate::html::{NodeId, Tag};

/// So many lines may stand between the title and its date.
const NEAR: usize = 4;
/// So many lines are looked at behind the date.
const TOLD: usize = 40;
/// Less text is a note.
const LEAST: u32 = 120;
/// Elements that are parts of what is told, and do not hold it.
const PARTS: [Tag; 8] = [
    Tag::Table,
    Tag::Thead,
    Tag::Tbody,
    Tag::Tr,
    Tag::Ul,
    Tag::Ol,
    Tag::Dl,
    Tag::P,
];
/// A title has so many bytes.
const TITLE: std::ops::RangeInclusive<u32> = 15..=300;

/// Finds the element that holds what is told under a title with a date; `root` where it lies in there.
pub(super) fn under_title(page: &Page<'_>, root: NodeId, entries: &Entries) -> Option<NodeId> {
    let tree = page.tree;
    let lines: Vec<&Line> = page
        .survey
        .kept_between(tree.root(), tree.end(tree.root()))
        .collect();
    let titles = (0..lines.len()).filter(|at| is_title(page, lines[*at]));
    for at in titles {
        let behind = &lines[at + 1..];
        let Some(dated) = behind
            .iter()
            .take(NEAR)
            .position(|line| is_dateline(page, line))
        else {
            continue;
        };
        let told: Vec<&Line> = behind[dated + 1..]
            .iter()
            .take(TOLD)
            .take_while(|line| line.link * 2 <= line.len)
            .copied()
            .collect();
        let (Some(first), Some(last)) = (told.first(), told.last()) else {
            continue;
        };
        let size: u32 = told.iter().map(|line| line.len).sum();
        let listed = entries.text_between(lines[at].first, last.first);
        if size >= LEAST && listed == 0 {
            let whole = |up: &NodeId| !tree.tag(*up).is_some_and(|tag| PARTS.contains(&tag));
            let around = tree
                .ancestors(first.first)
                .filter(whole)
                .find(|up| tree.contains(*up, last.first))?;
            let prose = page.survey.sums(root).prose > 0;
            return Some(if prose && tree.contains(around, root) {
                root
            } else {
                around
            });
        }
    }
    None
}

fn is_title(page: &Page<'_>, line: &Line) -> bool {
    let named = || {
        let mut around = page
            .tree
            .ancestors(line.first)
            .take_while(|up| *up >= line.block);
        around.any(|up| page.survey.signs(up).any(Signs::TITLE))
    };
    line.link == 0 && TITLE.contains(&line.len) && (line.heading || named())
}

fn is_dateline(page: &Page<'_>, line: &Line) -> bool {
    line.link * 2 <= line.len
        && line.len < 130
        && date::is_dateline(&page.line_text(line, line.block))
}
