//! What was unsure about a page.

use super::family::Fields;
use super::listing;
use super::meta::Claims;
use super::page::Page;
use crate::html::{CharsetSource, Tag};
use crate::model::{Article, Block, Content, Document, Doubt};

/// Less text than this may not be the whole article.
const SHORT: usize = 400;
/// A page that shows less text than this and runs so many scripts shows the rest by them.
const SHOWN: usize = 300;
const SCRIPTS: usize = 3;

/// Returns the doubts that hold before anything is looked for.
pub(super) fn at_first(page: &Page<'_>, claims: &Claims) -> Vec<Doubt> {
    let guessed = page.tree.charset().source == CharsetSource::Guess;
    let doubts = [
        page.tree.truncated().map(|_| Doubt::Truncated),
        guessed.then_some(Doubt::GuessedCharset),
        claims.paid.then_some(Doubt::Paywall),
    ];
    doubts.into_iter().flatten().collect()
}

/// Adds the doubts about what was found.
pub(super) fn at_last(page: &Page<'_>, fields: &Fields, document: &mut Document) {
    let told = document.doubts.contains(&Doubt::RuleFailed);
    if fields.misled && !told && matches!(document.content, Content::Article(_)) {
        document.doubts.push(Doubt::RuleFailed);
    }
    if document.head.title.is_empty() {
        document.doubts.push(Doubt::NoTitle);
    }
    if let Content::Listing(listing) = &document.content
        && listing.paging.is_empty()
        && listing::is_scripted(page)
    {
        document.doubts.push(Doubt::ScriptedPages);
    }
    let empty = !matches!(document.content, Content::Listing(_)) && is_made_by_scripts(page);
    if empty {
        document.doubts.push(Doubt::NeedsScripts);
    }
}

/// Adds the doubts about an article that is whole now.
pub(super) fn at_end(document: &mut Document) {
    if let Content::Article(article) = &document.content
        && is_short(article)
    {
        document.doubts.push(Doubt::Short);
    }
}

/// Joins the doubts about two pages of one article.
pub(super) fn join(doubts: &mut Vec<Doubt>, others: &[Doubt], is_dated: bool) {
    const OF_THE_FIRST: [Doubt; 3] = [Doubt::NoTitle, Doubt::NoDate, Doubt::AmbiguousDate];
    doubts.retain(|doubt| !(*doubt == Doubt::NoDate && is_dated));
    for doubt in others {
        if !doubts.contains(doubt) && !OF_THE_FIRST.contains(doubt) {
            doubts.push(*doubt);
        }
    }
}

fn is_short(article: &Article) -> bool {
    let lead = article.lead.as_ref().map_or(0, |lead| lead.as_str().len());
    let prose: usize = article.blocks.iter().map(size).sum();
    lead + prose < SHORT
}

fn size(block: &Block) -> usize {
    match block {
        Block::Paragraph(text) | Block::Heading { text, .. } => text.as_str().len(),
        // Lists, tables and the like are whole in themselves.
        _ => SHORT,
    }
}

fn is_made_by_scripts(page: &Page<'_>) -> bool {
    let root = page.tree.root();
    let scripts = page.elements(root).filter(|(_, e)| e.tag() == Tag::Script);
    let without = page
        .elements(root)
        .filter(|(_, e)| e.tag() == Tag::Noscript);
    let without: u32 = without.map(|(id, _)| page.survey.sums(id).text).sum();
    let shown = page.survey.sums(root).text.saturating_sub(without) as usize;
    let scripts = scripts.take(SCRIPTS).count();
    shown < SHOWN && scripts == SCRIPTS || shown == 0 && scripts > 0
}
