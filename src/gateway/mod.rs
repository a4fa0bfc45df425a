//! The story: what a reader gives becomes a page and a voice.

use url::Url;

use crate::model::Document;
use crate::{extract, html};

/// Understands a page: its bytes become a document.
#[must_use]
pub fn understand(bytes: &[u8], content_type: Option<&str>, address: Option<&Url>) -> Document {
    if content_type.is_some_and(|t| {
        t.trim_start()
            .to_ascii_lowercase()
            .starts_with("text/plain")
    }) {
        return extract::plain(&html::decode(bytes, content_type));
    }
    let tree = html::parse(bytes, content_type, &html::Limits::default());
    extract::document(&tree, address)
}
