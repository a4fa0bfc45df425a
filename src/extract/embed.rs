//! Pages that show one file in a frame, right under their title, and tell nothing else.

use super::blocks;
use super::page::Page;
use crate::html::{NodeId, Tag};

/// So many lines may stand between the title and the file: a date, buttons, a note.
const BETWEEN: usize = 10;

/// Finds the element around the file that the page with this `title` shows in place of an article.
pub(super) fn document(page: &Page<'_>, title: Option<NodeId>) -> Option<NodeId> {
    let (tree, survey) = (page.tree, &page.survey);
    let title = title?;
    let mut behind = tree.between(tree.end(title), tree.end(tree.root()));
    let frame = behind.find(|id| {
        let frames = matches!(tree.tag(*id), Some(Tag::Iframe | Tag::Object | Tag::Embed));
        frames && blocks::shows_document(page, *id)
    })?;
    let in_view = !tree.ancestors(frame).any(|holder| survey.is_out(holder));
    let between: Vec<_> = survey.kept_between(tree.end(title), frame).collect();
    let told = between
        .iter()
        .any(|line| line.link * 2 > line.len && line.len > 25);
    (in_view && between.len() <= BETWEEN && !told)
        .then(|| tree.parent(frame))
        .flatten()
}
