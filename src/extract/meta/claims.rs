//! All claims of a page about itself in one value, each the likeliest first.

use super::{jsonld, tags};
use crate::extract::page::Page;
use crate::html::Tag;

/// What a page claims about itself.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct Claims {
    /// The title for other sites to show (`og:title`).
    pub(in crate::extract) shared: Option<String>,
    /// The headline in JSON-LD.
    pub(in crate::extract) headline: Option<String>,
    /// The text of the `title` element.
    pub(in crate::extract) window: Option<String>,
    /// Names of the site.
    pub(in crate::extract) sites: Vec<String>,
    /// Short descriptions.
    pub(in crate::extract) descriptions: Vec<String>,
    /// Dates of publication as written.
    pub(in crate::extract) dates: Vec<String>,
    /// Names of authors in JSON-LD.
    pub(in crate::extract) written_by: Vec<String>,
    /// Names of authors in `meta` elements, each kind of element a group.
    pub(in crate::extract) authors: Vec<(&'static str, Vec<String>)>,
    /// The address it gives itself.
    pub(in crate::extract) canonical: Option<String>,
    /// The languages it says it is in.
    pub(in crate::extract) langs: Vec<String>,
    /// Does it say that it is an article?
    pub(in crate::extract) article: bool,
    /// Does it say that it is a list?
    pub(in crate::extract) list: bool,
    /// Does it say that reading it needs a subscription?
    pub(in crate::extract) paid: bool,
    /// The body as JSON-LD gives it.
    pub(in crate::extract) body: Option<String>,
    /// The next page of the same thing.
    pub(in crate::extract) next: Option<String>,
    /// The page before.
    pub(in crate::extract) previous: Option<String>,
}

/// Gathers a page's claims about itself.
pub(in crate::extract) fn claims(page: &Page<'_>) -> Claims {
    let mut claims = Claims::default();
    for (id, element) in page.elements(page.tree.root()) {
        claims.article |= element.attr("itemprop") == Some("articleBody");
        match element.tag() {
            Tag::Script if element.attr("type").is_some_and(is_jsonld) => {
                jsonld::read(&page.tree.text_of(id), &mut claims);
            }
            Tag::Meta => tags::meta(element, &mut claims),
            Tag::Link => tags::link(page, element, &mut claims),
            Tag::Title if claims.window.is_none() && element.is_html() => {
                let title = page.tree.text_of(id);
                claims.window =
                    Some(crate::extract::page::collapsed(&title)).filter(|t| !t.is_empty());
            }
            Tag::Html | Tag::Body => claims.langs.extend(element.attr("lang").map(str::to_owned)),
            _ => {}
        }
    }
    claims
}

fn is_jsonld(kind: &str) -> bool {
    kind.trim()
        .to_ascii_lowercase()
        .starts_with("application/ld+json")
}
