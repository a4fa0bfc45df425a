//! Finds the article, or the listing, in a page's tree.
//!
//! The page is measured once (`find::Survey`); what it claims about itself (`meta`) and what it
//! shows are held against each other; the body is the element whose lines are worth most. What
//! could not be settled is said in the document's doubts.
//!
//! Sources: the scoring of Readability.js, the lists of trafilatura, schema.org, and the families of
//! Vietnamese portals.

mod article;
mod attachment;
mod author;
mod blocks;
mod caption;
mod clean;
mod date;
mod decree;
mod doubt;
mod embed;
mod family;
mod find;
mod foreign;
mod furniture;
mod imprint;
mod language;
mod lead;
mod likeness;
mod listing;
mod meta;
mod onward;
mod page;
mod pager;
mod part;
mod phrase;
mod plain;
mod repeat;
mod select;
mod sheet;
mod signature;
mod site;
#[cfg(test)]
mod tests;
mod title;
mod told;
mod trim;
mod verdict;
mod walk;
mod when;

use url::Url;

use crate::html::{NodeId, Tree};
use crate::model::{Article, Block, Content, Document, Doubt, Head, Lang, Postback, Text, Turn};
use blocks::Made;
use clean::Cleaner;
use date::Habit;
use decree::Decree;
use family::Fields;
use listing::Entries;
use meta::Claims;
use page::Page;
use title::Title;
use verdict::Verdict;

pub use family::{Rule, RuleError, Rules};
pub use listing::Form;
pub use pager::first_page;
pub use plain::plain;
pub use select::{SelectorError, Selectors};
pub use sheet::{Joined, Sheet};

/// Finds what a page is. Never fails.
///
/// `tree` is the parsed page; `address` is where it was read from, against which its links are
/// resolved; `rules` are what the operator knows of some portals. Linear in the size of the tree.
#[must_use]
pub fn document(tree: &Tree, address: Option<&Url>, rules: &Rules) -> Document {
    sheet(tree, address, rules).finish()
}

/// Finds what a page is, as [`document`] does, and leaves room for the article's further pages.
#[must_use]
pub fn sheet(tree: &Tree, address: Option<&Url>, rules: &Rules) -> Sheet {
    by_rows(tree, address, rules, family::known())
}

fn by_rows(tree: &Tree, address: Option<&Url>, rules: &Rules, families: &[Rule]) -> Sheet {
    let mut page = Page::new(tree, address);
    imprint::leave_out(&mut page);
    let fields = family::fields(&mut page, rules, families);
    let claims = meta::claims(&page);
    let site = title::site(&page, &claims);
    let title = title::title(&page, &claims, site.as_deref(), fields.title);
    let found = find::body(&page.survey, title.node);
    let mut doubts = doubt::at_first(&page, &claims);
    let root = family::body(&page, &fields, found).unwrap_or_else(|general| {
        doubts.push(Doubt::RuleFailed);
        Some(general)
    });
    let root = root.unwrap_or_else(|| tree.root());
    let lang = language::of_page(&page, root, &claims);
    let habit = when::habit(&page, &lang);
    let entries = Entries::of(&page, habit, title.node);
    let (verdict, root) = judged(&page, &claims, &fields, root, &entries, title.node);
    let title = match verdict {
        Verdict::Listing => entries.titled(&page, title),
        Verdict::Article | Verdict::Page => title::settled(&page, &claims, title, root),
    };
    let known = article::Known {
        claims: &claims,
        fields: &fields,
        title: &title,
        site: site.as_deref(),
        lang: &lang,
        entries: &entries,
    };
    let decree = Decree::of(&page);
    let judged = (verdict, root);
    let told = article_of(&page, judged, &known, decree.as_ref(), habit, &mut doubts);
    let (content, made) = match told {
        Some((article, made)) => (Content::Article(article), made),
        None if verdict == Verdict::Listing => {
            (Content::Listing(entries.listing(&page, &title)), Vec::new())
        }
        None => {
            let readable = readable(&page, &claims, &title, &mut doubts);
            (Content::Page(readable), Vec::new())
        }
    };
    let subject = decree
        .as_ref()
        .and_then(Decree::subject)
        .filter(|_| title.is_generic());
    let mut document = Document {
        head: head(&page, claims, site, subject.unwrap_or(&title.text), lang),
        content,
        doubts,
    };
    doubt::at_last(&page, &fields, &mut document);
    Sheet::new(document, made)
}

/// Judges what the page is, and where its article or text stands.
fn judged(
    page: &Page<'_>,
    claims: &Claims,
    fields: &Fields,
    root: NodeId,
    entries: &Entries,
    title: Option<NodeId>,
) -> (Verdict, NodeId) {
    if fields.tell_article(page, root) {
        return (Verdict::Article, root);
    }
    match verdict::verdict(page, claims, root, entries) {
        Verdict::Article => (Verdict::Article, root),
        other => embed::document(page, title)
            .or_else(|| told::under_title(page, root, entries))
            .map_or((other, root), |told| (Verdict::Article, told)),
    }
}

/// Makes the article with its pieces, where the page is one or is a document. A document's properties are
/// all that is told, unless an article tells it at length: then they stand at the article's head.
fn article_of(
    page: &Page<'_>,
    (verdict, root): (Verdict, NodeId),
    known: &article::Known<'_>,
    decree: Option<&Decree>,
    habit: Habit,
    doubts: &mut Vec<Doubt>,
) -> Option<(Article, Vec<Made>)> {
    let is_told = decree.is_none() || verdict::is_told_at_length(page, root);
    if verdict != Verdict::Article || !is_told {
        let properties = |decree: &Decree| decree.article(page, known.fields, habit);
        return decree.map(properties).map(|article| (article, Vec::new()));
    }
    let (mut article, mut made) = article::article(page, root, known, doubts);
    if let Some(decree) = decree.filter(|_| !made.is_empty()) {
        article.published = decree.issued(habit).or(article.published);
        decree.head(&mut made);
    }
    Some((article, made))
}

/// Reads the ways from a list to its other pages.
#[must_use]
pub fn turns(tree: &Tree, address: &Url) -> Vec<Turn> {
    listing::turns(&Page::new(tree, Some(address)))
}

/// Fills the form that a list's own pager sends for a call; nothing for a call that it does not show.
#[must_use]
pub fn form(tree: &Tree, address: &Url, call: &Postback) -> Option<Form> {
    listing::form(&Page::new(tree, Some(address)), call)
}

fn head(page: &Page<'_>, claims: Claims, site: Option<String>, title: &str, lang: Lang) -> Head {
    let url = page.address.map(ToString::to_string).unwrap_or_default();
    Head {
        canonical: claims.canonical.filter(|c| *c != url),
        url,
        title: Text::new(title),
        site,
        lang,
    }
}

/// A shorter description is a name.
const DESCRIPTION: usize = 30;

/// All that can be read on a page that is neither article nor listing.
fn readable(
    page: &Page<'_>,
    claims: &Claims,
    title: &Title,
    doubts: &mut Vec<Doubt>,
) -> Vec<Block> {
    doubts.push(Doubt::NoArticle);
    let main = page.main().filter(|main| page.survey.sums(*main).text > 0);
    let root = main.unwrap_or_else(|| page.tree.root());
    let mut made = blocks::compose(page, root, &Cleaner::lenient(page, root));
    trim::drop_links_before(&mut made, title.node);
    trim::trim_listing(&mut made, &title.text);
    let made = blocks::settle_headings(blocks::settle_lists(made));
    let mut blocks: Vec<Block> = made.into_iter().map(|one| one.block).collect();
    if page.survey.sums(root).prose == 0 {
        blocks.splice(0..0, described(page, claims));
    }
    blocks
}

/// What a page that shows no prose says about itself: its content comes by scripts, and this is the
/// one account of it that does not.
fn described(page: &Page<'_>, claims: &Claims) -> Option<Block> {
    let shown = likeness::folded(&page.shown(page.tree.root()));
    let longest = claims.descriptions.iter().max_by_key(|text| text.len())?;
    let new = longest.len() >= DESCRIPTION && !shown.contains(&likeness::folded(longest));
    new.then(|| Block::Paragraph(Text::new(longest.clone())))
}
