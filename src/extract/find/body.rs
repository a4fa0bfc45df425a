//! The search for the body.

use super::{Signs, Survey};
use crate::html::{NodeId, Tag};

/// Where a body was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Found {
    /// The element that holds it.
    pub(in crate::extract) root: NodeId,
    /// What its lines are worth.
    pub(in crate::extract) worth: i32,
}

/// Finds the element whose lines are worth most to an article.
///
/// Names that say "body" raise an element above its like, and of two of equal worth the inner one
/// wins. Where several articles follow each other, it is looked for in the one that holds the
/// `title`. Linear in the size of the page.
pub(in crate::extract) fn body(survey: &Survey<'_>, title: Option<NodeId>) -> Option<Found> {
    let best = best_within(survey, survey.tree.root())?;
    let own = title.and_then(|title| article_of(survey, title, best));
    let root = own.and_then(|own| best_within(survey, own)).unwrap_or(best);
    Some(Found {
        root,
        worth: survey.sums(root).worth,
    })
}

fn best_within(survey: &Survey<'_>, root: NodeId) -> Option<NodeId> {
    let mut best: Option<(i64, NodeId)> = None;
    let mut until = root;
    for id in survey.tree.subtree(root) {
        if id < until {
            continue;
        }
        if survey.is_out(id) {
            until = survey.tree.end(id);
            continue;
        }
        if !can_hold(survey, id) {
            continue;
        }
        let score = score(survey, id);
        if score > 0 && best.is_none_or(|(top, _)| score >= top) {
            best = Some((score, id));
        }
    }
    best.map(|(_, id)| id)
}

/// The article around the title, where `best` holds it and another one beside it.
fn article_of(survey: &Survey<'_>, title: NodeId, best: NodeId) -> Option<NodeId> {
    let tree = survey.tree;
    let is_article = |id: &NodeId| tree.tag(*id) == Some(Tag::Article);
    let own = tree
        .ancestors(title)
        .find(is_article)
        .filter(|own| *own > best && tree.contains(best, *own))?;
    let (worth, all) = (survey.sums(own).worth, survey.sums(best).worth);
    let mut others = tree
        .subtree(best)
        .filter(is_article)
        .filter(|id| *id >= tree.end(own));
    let another = others.any(|id| survey.sums(id).worth > 300);
    (another && worth > 400 && worth > all / 8).then_some(own)
}

fn can_hold(survey: &Survey<'_>, id: NodeId) -> bool {
    survey.tree.tag(id).is_some_and(|tag| {
        (tag.is_block()
            && !matches!(
                tag,
                Tag::P | Tag::Html | Tag::Ul | Tag::Ol | Tag::Tr | Tag::Tbody
            ))
            || matches!(tag, Tag::Span | Tag::Other | Tag::Font)
    })
}

/// Worth, raised by what the element is called: a page whose body is short still has one.
fn score(survey: &Survey<'_>, id: NodeId) -> i64 {
    let worth = i64::from(survey.sums(id).worth);
    let signs = survey.signs(id);
    let named = if signs.any(Signs::BODY) { 250 } else { 0 };
    let by_tag = match survey.tree.tag(id) {
        Some(Tag::Article) => 100,
        Some(Tag::Main) => 50,
        _ => 0,
    };
    worth + worth.max(0) * (named + by_tag) / 2500 + named + by_tag
}
