//! An article, put together from its parts.

use super::attachment;
use super::author;
use super::blocks::{self, Made};
use super::caption;
use super::clean::Cleaner;
use super::family::Fields;
use super::lead;
use super::meta::Claims;
use super::page::Page;
use super::title::Title;
use super::trim;
use super::when;
use crate::html::NodeId;
use crate::model::{Article, Doubt, Lang};

/// What is known of the page before its body is read.
pub(super) struct Known<'k> {
    /// What the page claims.
    pub(super) claims: &'k Claims,
    /// Where its family keeps its fields.
    pub(super) fields: &'k Fields,
    /// The title.
    pub(super) title: &'k Title,
    /// The site's name.
    pub(super) site: Option<&'k str>,
    /// The language.
    pub(super) lang: &'k Lang,
}

/// Reads the article whose body is the element `root`.
pub(super) fn article(
    page: &Page<'_>,
    root: NodeId,
    known: &Known<'_>,
    doubts: &mut Vec<Doubt>,
) -> Article {
    let body = (root, page.tree.end(root));
    let region = author::Region {
        from: known.title.node.map_or(root, |t| t.min(root)),
        body: root,
        site: known.site,
        named: known.fields.author,
    };
    let cleaner = Cleaner::new(page, root);
    let mut made = blocks::compose(page, root, &cleaner);
    if let Some(title) = known.title.node.filter(|title| *title < root) {
        made.splice(0..0, blocks::pictures_before(page, title, root));
    }
    caption::adopt(&mut made);
    let authors = author::authors(page, known.claims, region, &mut made);
    let said = trim::Said {
        title: &known.title.text,
        claims: known.claims,
        authors: &authors,
    };
    trim::trim(&mut made, said);
    let place = lead::Place {
        title: &known.title.text,
        title_node: known.title.node,
        body: root,
        named: known.fields.lead,
    };
    let lead = lead::lead(page, known.claims, place, &mut made);
    trim::trim(&mut made, said);
    let made = blocks::settle_headings(blocks::settle_lists(made));
    let shown = when::Shown {
        body,
        named: known.fields.date,
    };
    let dated = when::published(page, known.claims, shown, when::habit(page, known.lang));
    match dated {
        None => doubts.push(Doubt::NoDate),
        Some(dated) if dated.ambiguous => doubts.push(Doubt::AmbiguousDate),
        Some(_) => {}
    }
    Article {
        published: dated.map(|d| d.published),
        lead,
        blocks: made.into_iter().map(|m: Made| m.block).collect(),
        authors,
        attachments: attachment::attachments(page),
    }
}
