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
/// wins. Linear in the size of the page.
pub(in crate::extract) fn body(survey: &Survey<'_>) -> Option<Found> {
    let mut best: Option<(i64, NodeId)> = None;
    let mut until = survey.tree.root();
    for id in survey.tree.all() {
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
    if std::env::var_os("DBG").is_some() {
        if let Some((sc, root)) = best {
            let p: Vec<String> = std::iter::once(root)
                .chain(survey.tree.ancestors(root))
                .filter_map(|a| survey.tree.element(a))
                .map(|e| {
                    format!(
                        "{}#{}.{}",
                        e.name(),
                        e.id().unwrap_or_default(),
                        e.attr("class").unwrap_or_default()
                    )
                })
                .collect();
            eprintln!("{sc} {:?} {:?}", survey.sums(root), p);
        }
    }
    best.map(|(_, root)| Found {
        root,
        worth: survey.sums(root).worth,
    })
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
