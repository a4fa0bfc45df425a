//! Headings that head a part of some articles, and a box beside others: "Discussion", "Đăng ký".

use rustc_hash::FxHashSet;

use super::blocks::Made;
use super::page::Page;
use super::phrase;
use super::trim::{leads_away, link_share};
use crate::html::{NodeId, Tag};
use crate::model::Block;
use crate::model::letter::lowered;

/// Such headings; lower case.
///
/// Source: those rows of `controls.txt` and `headings.txt` that are also headings of papers (IMRaD),
/// of reviews, of instructions and of official notices.
const WORDS: [&str; 22] = [
    "apply online",
    "comments",
    "customer reviews",
    "discussion",
    "donate",
    "feedback",
    "listen",
    "photos",
    "popular",
    "print",
    "recommended",
    "save",
    "see also",
    "share",
    "topics",
    "video",
    "bình luận",
    "chủ đề",
    "liên hệ",
    "tìm kiếm",
    "đánh giá",
    "đăng ký",
];

/// The headings of `made` that head a part of it: they stand among other headings of their kind, right
/// over what is said.
pub(super) fn heads(made: &[Made], page: &Page<'_>) -> FxHashSet<NodeId> {
    let kind = |one: &Made| Some((room(page, one.node)?, level(one)?));
    let plain = made.iter().filter(|one| is_plain(one));
    let kinds: FxHashSet<(NodeId, u8)> = plain.filter_map(kind).collect();
    let pairs = made.iter().zip(made.iter().skip(1));
    let heads = pairs.filter(|(one, next)| {
        let amid = || kind(one).is_some_and(|kind| kinds.contains(&kind));
        is_ambiguous(one)
            && tells(next)
            && page.tree.parent(one.node) == page.tree.parent(next.node)
            && amid()
    });
    heads.map(|(one, _)| one.node).collect()
}

fn level(one: &Made) -> Option<u8> {
    match one.block {
        Block::Heading { level, .. } => Some(level),
        _ => None,
    }
}

fn is_ambiguous(one: &Made) -> bool {
    heading(one).is_some_and(|line| {
        let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
        WORDS.contains(&lowered(bare).as_str()) || phrase::begins_like_a_box(line)
    })
}

/// Is it a heading that heads nothing else than a part?
fn is_plain(one: &Made) -> bool {
    heading(one).is_some_and(|line| {
        !is_ambiguous(one) && !phrase::is_control(line) && !phrase::names_other_stories(line)
    })
}

fn heading(one: &Made) -> Option<&str> {
    match &one.block {
        Block::Heading { text, .. } => Some(text.as_str()),
        _ => None,
    }
}

/// Is it prose or a list that leads nowhere?
fn tells(one: &Made) -> bool {
    match &one.block {
        Block::Paragraph(text) => link_share(text) < 50 && !phrase::is_control(text.as_str()),
        Block::List(list) => !leads_away(&list.items),
        _ => false,
    }
}

/// The element in which an article's headings stand together, each in a section of its own or not.
fn room(page: &Page<'_>, id: NodeId) -> Option<NodeId> {
    let mut around = page.tree.ancestors(id);
    around.find(|up| page.tree.tag(*up) != Some(Tag::Section))
}
