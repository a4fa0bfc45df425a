//! The lead (sapo): the paragraph that tells the story in short, said once.
//!
//! It is known by its class, by its place between title and body, by being set in bold before plain
//! prose, or by being the page's own description.

use super::blocks::{self, Made};
use super::find::Signs;
use super::likeness::{begins_with, folded, same};
use super::meta::Claims;
use super::page::Page;
use crate::html::{NodeId, Tag};
use crate::model::{Block, Text};

/// A lead says more than a label and less than a story.
const SIZES: std::ops::RangeInclusive<usize> = 30..=1800;

/// Finds the lead and takes it out of `made`, wherever it stands there.
pub(super) fn lead(
    page: &Page<'_>,
    claims: &Claims,
    title: &str,
    region: (NodeId, NodeId),
    made: &mut Vec<Made>,
) -> Option<Text> {
    let lead = named(page, title, region).or_else(|| first_paragraph(claims, made))?;
    take_out(&lead, made);
    Some(lead)
}

/// An element named as a lead, between title and body.
fn named(page: &Page<'_>, title: &str, (from, to): (NodeId, NodeId)) -> Option<Text> {
    let mut until = from;
    for (id, element) in page.elements(page.tree.root()) {
        if id < from.max(until) || id >= to {
            continue;
        }
        let signs = page.survey.signs(id);
        if page.survey.is_out(id) {
            until = page.tree.end(id);
            continue;
        }
        let tag = element.tag();
        let own = signs.any(Signs::LEAD)
            && !signs.any(Signs::BODY.with(Signs::CAPTION).with(Signs::CREDIT));
        if !own
            || matches!(tag, Tag::Body | Tag::Html | Tag::Main | Tag::A | Tag::Img)
            || tag == Tag::H1
        {
            continue;
        }
        if let Some(lead) = read(page, id, title) {
            return Some(lead);
        }
    }
    None
}

fn read(page: &Page<'_>, id: NodeId, title: &str) -> Option<Text> {
    if !SIZES.contains(&page.survey.raw_text(id)) {
        return None;
    }
    let sums = page.survey.sums(id);
    if sums.link * 2 > sums.text
        || sums.prose_lines > 4
        || page.holds(id, &[Tag::H1, Tag::Figure, Tag::Img])
    {
        return None;
    }
    let text = blocks::text(page, id);
    let fits = SIZES.contains(&text.as_str().len()) && !same(text.as_str(), title);
    (fits && text.as_str().split_whitespace().count() >= 4 || fits && !text.as_str().is_ascii())
        .then_some(text)
}

/// The first paragraph of the body, where it is set apart or is the page's description.
fn first_paragraph(claims: &Claims, made: &[Made]) -> Option<Text> {
    let paragraphs = made.iter().filter_map(|m| m.paragraph());
    let mut paragraphs = paragraphs.skip_while(|t| t.as_str().len() < *SIZES.start());
    let (first, second) = (paragraphs.next()?, paragraphs.next()?);
    if !SIZES.contains(&first.as_str().len()) || !is_opening(made, first) {
        return None;
    }
    let bold = blocks::is_strong(first) && !blocks::is_strong(second);
    let italic =
        blocks::is_emphasis(first) && !blocks::is_emphasis(second) && first.as_str().len() > 80;
    let described = claims
        .descriptions
        .iter()
        .any(|d| describes(d, first.as_str()));
    (bold || italic || described).then(|| first.clone())
}

/// Does nothing but labels and pictures stand before it?
fn is_opening(made: &[Made], first: &Text) -> bool {
    let before = made.iter().take_while(|m| m.paragraph() != Some(first));
    before
        .filter(|m| !matches!(m.block, Block::Figure(_) | Block::Media(_)))
        .count()
        <= 2
}

/// Is a paragraph the whole of the page's description, or its beginning as far as it was cut off?
fn describes(description: &str, paragraph: &str) -> bool {
    same(description, paragraph)
        || begins_with(paragraph, description)
            && folded(paragraph).len() < folded(description).len() * 2
}

/// Takes the blocks out that say the lead again.
fn take_out(lead: &Text, made: &mut Vec<Made>) {
    let lead = folded(lead.as_str());
    let mut looked_at = 0;
    made.retain(|one| {
        looked_at += 1;
        let Some(text) = one.line().filter(|_| looked_at <= 12) else {
            return true;
        };
        let own = folded(text.as_str());
        own.is_empty() || !(own == lead || own.len() > 30 && lead.contains(&own))
    });
}
