//! An article, put together from its parts.

use super::attachment;
use super::author;
use super::blocks::{self, Made};
use super::caption;
use super::clean::Cleaner;
use super::family::Fields;
use super::foreign;
use super::lead;
use super::listing::Entries;
use super::meta::Claims;
use super::onward;
use super::page::Page;
use super::title::Title;
use super::trim;
use super::when;
use crate::html::NodeId;
use crate::model::{Article, Block, Doubt, Lang, Published};

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
    /// What may be entries on it.
    pub(super) entries: &'k Entries,
}

/// Reads the article whose body is the element `root`; its blocks come beside it, to be settled when
/// the article is whole.
pub(super) fn article(
    page: &Page<'_>,
    root: NodeId,
    known: &Known<'_>,
    doubts: &mut Vec<Doubt>,
) -> (Article, Vec<Made>) {
    let mut made = pieces(page, root, known);
    let authors = author::authors(page, known.claims, region(root, known), &mut made);
    let said = trim::Said {
        title: &known.title.text,
        title_node: known.title.node,
        claims: known.claims,
        authors: &authors,
        site: known.site,
        page,
    };
    trim::trim(&mut made, said);
    let lead = lead::lead(page, known.claims, place(root, known), &mut made);
    trim::trim(&mut made, said); // what stood behind the lead stands first now
    let article = Article {
        published: published(page, root, known, doubts),
        lead,
        blocks: Vec::new(),
        authors,
        attachments: attachment::attachments(page, known.fields.files),
        onward: onward::onward(page, known, root),
    };
    (article, made)
}

/// The body's blocks, the picture under the title before them, captions with their pictures.
fn pieces(page: &Page<'_>, root: NodeId, known: &Known<'_>) -> Vec<Made> {
    let mut made = blocks::compose(page, root, &Cleaner::new(page, root));
    if let Some(title) = known.title.node.filter(|title| *title < root) {
        made.splice(0..0, opening_pictures(page, title, root));
    }
    trim::drop_labels_before(&mut made, known.title.node);
    attachment::drop_lines(&mut made);
    caption::adopt(&mut made);
    caption::adopt_above(&mut made);
    caption::adopt_for_tables(&mut made);
    caption::drop_titles(&mut made, &known.title.text);
    made
}

/// The pictures between title and body that have a caption; others are there for the eye alone.
fn opening_pictures(page: &Page<'_>, title: NodeId, root: NodeId) -> Vec<Made> {
    let mut before = blocks::pictures_before(page, title, root);
    caption::adopt(&mut before);
    before.retain(|one| matches!(&one.block, Block::Figure(figure) if figure.caption.is_some()));
    before
}

/// Settles lists and headings over a whole article.
pub(super) fn settled(made: Vec<Made>) -> Vec<Block> {
    let made = blocks::settle_headings(blocks::settle_lists(made));
    made.into_iter().map(|one| one.block).collect()
}

fn region<'k>(root: NodeId, known: &Known<'k>) -> author::Region<'k> {
    author::Region {
        from: known.title.node.map_or(root, |title| title.min(root)),
        body: root,
        site: known.site,
        named: known.fields.author,
    }
}

fn place<'k>(root: NodeId, known: &Known<'k>) -> lead::Place<'k> {
    lead::Place {
        title: &known.title.text,
        title_node: known.title.node,
        body: root,
        named: known.fields.lead,
    }
}

fn published(
    page: &Page<'_>,
    root: NodeId,
    known: &Known<'_>,
    doubts: &mut Vec<Doubt>,
) -> Option<Published> {
    // A body that is the whole page has its menu before the title.
    let title = known.title.node;
    let from = title.filter(|title| page.tree.contains(root, *title));
    let shown = when::Shown {
        body: (from.unwrap_or(root), page.tree.end(root)),
        title,
        named: known.fields.date,
    };
    let dated = when::published(page, known.claims, shown, when::habit(page, known.lang));
    match dated {
        None => doubts.push(Doubt::NoDate),
        Some(dated) if dated.ambiguous => doubts.push(Doubt::AmbiguousDate),
        Some(_) => {}
    }
    dated.map(|dated| dated.published)
}

/// Settles the language marks of a whole article.
pub(super) fn settle_languages(article: &mut Article, page: &Lang) {
    for block in &mut article.blocks {
        foreign::settle_block(block, page);
    }
    if let Some(lead) = &mut article.lead {
        foreign::settle(lead, page);
    }
}
