//! Finds the article, or the listing, in a page's tree.
//!
//! The page is measured once (`find::Survey`); what it claims about itself (`meta`) and what it
//! shows are held against each other; the body is the element whose lines are worth most. What
//! could not be settled is said in the document's doubts.
//!
//! Sources: the scoring of Readability.js, the lists of trafilatura, schema.org, and the families of
//! Vietnamese portals.

mod article;
mod author;
mod blocks;
mod caption;
mod clean;
mod date;
mod find;
mod language;
mod lead;
mod likeness;
mod meta;
mod page;
mod phrase;
mod plain;
mod title;
mod trim;
mod walk;
mod when;

use url::Url;

use crate::html::{CharsetSource, Tree};
use crate::model::{Content, Document, Doubt, Head, Text};
use page::Page;

pub use plain::plain;

/// Finds what a page is. Never fails.
///
/// `tree` is the parsed page; `address` is where it was read from, against which its links are
/// resolved. Linear in the size of the tree.
#[must_use]
pub fn document(tree: &Tree, address: Option<&Url>) -> Document {
    let page = Page::new(tree, address);
    let claims = meta::claims(&page);
    let site = title::site(&page, &claims);
    let title = title::title(&page, &claims, site.as_deref());
    let root = find::body(&page.survey, title.node).map_or(tree.root(), |found| found.root);
    let lang = language::of_page(&page, root, &claims);
    let mut doubts = doubts(tree);
    let known = article::Known {
        claims: &claims,
        title: &title,
        site: site.as_deref(),
        lang: &lang,
    };
    let article = article::article(&page, root, &known, &mut doubts);
    if title.text.is_empty() {
        doubts.push(Doubt::NoTitle);
    }
    if claims.paid {
        doubts.push(Doubt::Paywall);
    }
    let url = address.map(ToString::to_string).unwrap_or_default();
    Document {
        head: Head {
            canonical: claims.canonical.filter(|c| *c != url),
            url,
            title: Text::new(title.text),
            site,
            lang,
        },
        content: Content::Article(article),
        doubts,
    }
}

fn doubts(tree: &Tree) -> Vec<Doubt> {
    let guessed = tree.charset().source == CharsetSource::Guess;
    let mut doubts = Vec::new();
    doubts.extend(tree.truncated().map(|_| Doubt::Truncated));
    doubts.extend(guessed.then_some(Doubt::GuessedCharset));
    doubts
}
