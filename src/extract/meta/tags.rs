//! Reads `meta` and `link` elements.
//!
//! Sources: the Open Graph protocol, Twitter cards, Dublin Core, Google Scholar's `citation_` names,
//! Parse.ly and Sailthru names.

use super::Claims;
use crate::extract::page::{Page, collapsed};
use crate::html::Element;

/// What a named value is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Site,
    Description,
    Date,
    Author,
    Kind,
    Lang,
    Paid,
}

/// Names of `meta` elements, the surest first in each field.
const NAMES: &[(&str, Field)] = &[
    ("og:title", Field::Title),
    ("twitter:title", Field::Title),
    ("dc.title", Field::Title),
    ("citation_title", Field::Title),
    ("parsely-title", Field::Title),
    ("og:site_name", Field::Site),
    ("application-name", Field::Site),
    ("apple-mobile-web-app-title", Field::Site),
    ("og:description", Field::Description),
    ("description", Field::Description),
    ("twitter:description", Field::Description),
    ("dc.description", Field::Description),
    ("article:published_time", Field::Date),
    ("og:article:published_time", Field::Date),
    ("article:published", Field::Date),
    ("datepublished", Field::Date),
    ("parsely-pub-date", Field::Date),
    ("sailthru.date", Field::Date),
    ("pubdate", Field::Date),
    ("publishdate", Field::Date),
    ("publish-date", Field::Date),
    ("published_at", Field::Date),
    ("dc.date.issued", Field::Date),
    ("dcterms.created", Field::Date),
    ("dcterms.date", Field::Date),
    ("dc.date", Field::Date),
    ("citation_publication_date", Field::Date),
    ("cxenseparse:recs:publishtime", Field::Date),
    ("date", Field::Date),
    ("article:author", Field::Author),
    ("author", Field::Author),
    ("parsely-author", Field::Author),
    ("cxenseparse:author", Field::Author),
    ("sailthru.author", Field::Author),
    ("dc.creator", Field::Author),
    ("citation_author", Field::Author),
    ("byl", Field::Author),
    ("og:type", Field::Kind),
    ("og:locale", Field::Lang),
    ("content-language", Field::Lang),
    ("article:content_tier", Field::Paid),
];

/// Adds what a `meta` element says.
pub(super) fn meta(element: Element<'_>, claims: &mut Claims) {
    let name = ["property", "name", "itemprop", "http-equiv"]
        .iter()
        .find_map(|a| element.attr(a));
    let (Some(name), Some(content)) = (name, element.attr("content")) else {
        return;
    };
    let name = name.trim().to_ascii_lowercase();
    let content = collapsed(content);
    let Some((known, field)) = NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .filter(|_| !content.is_empty())
    else {
        return;
    };
    match field {
        Field::Title => claims.shared = claims.shared.take().or(Some(content)),
        Field::Site => claims.sites.push(content),
        Field::Description => claims.descriptions.push(content),
        Field::Date => claims.dates.push(content),
        Field::Author => author(known, content, claims),
        Field::Kind => claims.article |= content == "article",
        Field::Lang => claims.langs.push(content),
        Field::Paid => claims.paid |= matches!(content.as_str(), "locked" | "metered"),
    }
}

/// Addresses stand in `article:author` as often as names; several names have an element each.
fn author(kind: &'static str, name: String, claims: &mut Claims) {
    if name.contains("://") {
        return;
    }
    match claims.authors.iter_mut().find(|(known, _)| *known == kind) {
        Some((_, names)) => names.push(name),
        None => claims.authors.push((kind, vec![name])),
    }
}

/// Adds what a `link` element says.
pub(super) fn link(page: &Page<'_>, element: Element<'_>, claims: &mut Claims) {
    let (Some(rel), Some(href)) = (element.attr("rel"), element.attr("href")) else {
        return;
    };
    let slot = match rel.trim() {
        "canonical" => &mut claims.canonical,
        "next" => &mut claims.next,
        "prev" | "previous" => &mut claims.previous,
        _ => return,
    };
    *slot = page.link(href).or(slot.take());
}
