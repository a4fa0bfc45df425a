//! Reads JSON-LD (schema.org) with `@graph`, lists and references by `@id`.
//!
//! Source: JSON-LD 1.1, schema.org `Article` and its kin.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::Claims;
use crate::extract::page::collapsed;
use crate::html;

type Object = Map<String, Value>;

/// Kinds of articles; anything that ends in one of these is one too.
const ARTICLES: [&str; 7] = [
    "Article",
    "NewsArticle",
    "BlogPosting",
    "Report",
    "Posting",
    "ArticleWithPaywall",
    "Review",
];
/// Kinds of pages that are lists.
const LISTS: [&str; 4] = [
    "CollectionPage",
    "ItemList",
    "SearchResultsPage",
    "ProductCollection",
];
/// Most objects looked at; a page with more is no honest page.
const MOST: usize = 5_000;

/// Adds the claims of one script; text that is no JSON adds nothing.
pub(super) fn read(script: &str, claims: &mut Claims) {
    let Some(value) = parse(script) else {
        return;
    };
    let objects = objects(&value);
    let by_id: HashMap<&str, &Object> = objects
        .iter()
        .filter_map(|o| Some((o.get("@id")?.as_str()?, *o)))
        .filter(|(_, o)| o.len() > 1)
        .collect();
    for object in &objects {
        if is_kind(object, &ARTICLES) {
            article(object, &by_id, claims);
        } else if is_kind(object, &LISTS) {
            claims.list = true;
        } else if is_kind(object, &["WebSite"]) {
            claims.sites.extend(text(object, "name"));
        } else if is_kind(object, &["WebPage"]) {
            claims.descriptions.extend(text(object, "description"));
            claims.dates.extend(text(object, "datePublished"));
        }
    }
}

/// Editors and templates leave line breaks in strings, comments around, semicolons behind.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    if let Ok(value) = serde_json::from_str(script) {
        return Some(value);
    }
    let inner = script.trim_start_matches("<!--").trim_end_matches("-->");
    let inner = inner
        .replace("//<![CDATA[", "")
        .replace("//]]>", "")
        .replace("<![CDATA[", "")
        .replace("]]>", "");
    let mended: String = inner
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let mended = mended.trim().trim_end_matches(';');
    serde_json::from_str(mended).ok()
}

/// All objects in a value, outer before inner, in order.
fn objects(value: &Value) -> Vec<&Object> {
    let mut found = Vec::new();
    let mut todo = vec![value];
    while let Some(value) = todo.pop() {
        if found.len() >= MOST {
            break;
        }
        match value {
            Value::Array(items) => todo.extend(items.iter().rev()),
            Value::Object(object) => {
                found.push(object);
                let inner: Vec<&Value> = object
                    .values()
                    .filter(|v| v.is_object() || v.is_array())
                    .collect();
                todo.extend(inner.into_iter().rev());
            }
            _ => {}
        }
    }
    found
}

fn is_kind(object: &Object, kinds: &[&str]) -> bool {
    let of = |v: &Value| {
        v.as_str().is_some_and(|k| {
            let k = k.rsplit(['/', ':']).next().unwrap_or(k);
            kinds.contains(&k) || kinds.len() == ARTICLES.len() && k.ends_with("Article")
        })
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(of),
        Some(kind) => of(kind),
        None => false,
    }
}

fn article(object: &Object, by_id: &HashMap<&str, &Object>, claims: &mut Claims) {
    claims.article = true;
    if claims.headline.is_none() {
        claims.headline = text(object, "headline").or_else(|| text(object, "name"));
    }
    claims.descriptions.extend(text(object, "description"));
    claims
        .dates
        .extend(text(object, "datePublished").or_else(|| text(object, "dateCreated")));
    let authors = names(
        object.get("author").or_else(|| object.get("creator")),
        by_id,
    );
    if claims.written_by.is_empty() {
        claims.written_by = authors;
    }
    claims.sites.extend(names(object.get("publisher"), by_id));
    claims.paid |= object
        .get("isAccessibleForFree")
        .is_some_and(|free| match free {
            Value::Bool(free) => !free,
            Value::String(free) => free.eq_ignore_ascii_case("false"),
            _ => false,
        });
    if claims.body.is_none() {
        claims.body = object
            .get("articleBody")
            .and_then(Value::as_str)
            .map(str::to_owned);
    }
    if let Some(lang) = text(object, "inLanguage") {
        claims.langs.push(lang);
    }
}

fn text(object: &Object, key: &str) -> Option<String> {
    let text = match object.get(key)? {
        Value::String(text) => text,
        Value::Array(items) => items.first()?.as_str()?,
        Value::Object(inner) => inner.get("@value")?.as_str()?,
        _ => return None,
    };
    Some(words(text)).filter(|t| !t.is_empty())
}

/// The names of persons or organisations, given as a string, an object, a list or a reference.
fn names(value: Option<&Value>, by_id: &HashMap<&str, &Object>) -> Vec<String> {
    let mut names = Vec::new();
    let mut todo: Vec<&Value> = value.into_iter().collect();
    while let Some(value) = todo.pop() {
        match value {
            Value::Array(items) => todo.extend(items.iter().rev()),
            Value::String(name) => names.push(words(name)),
            Value::Object(object) => match object.get("name") {
                Some(Value::String(name)) => names.push(words(name)),
                Some(inner @ Value::Array(_)) => todo.push(inner),
                _ => {
                    let other = object
                        .get("@id")
                        .and_then(Value::as_str)
                        .and_then(|id| by_id.get(id));
                    let name = other.and_then(|o| o.get("name")).and_then(Value::as_str);
                    names.extend(name.map(words));
                }
            },
            _ => {}
        }
        if names.len() > 50 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Character references that templates leave in JSON, where they have no meaning.
const REFERENCES: [(&str, &str); 12] = [
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#034;", "\""),
    ("&#39;", "'"),
    ("&#039;", "'"),
    ("&apos;", "'"),
    ("&nbsp;", " "),
    ("&ndash;", "–"),
    ("&rsquo;", "’"),
    ("&#8217;", "’"),
    ("&#8211;", "–"),
    ("&amp;", "&"),
];

/// Returns a string's words in NFC: JSON may name a mark apart from its letter (`o\u0302`).
fn words(text: &str) -> String {
    let mut text = collapsed(&html::tidied(text));
    if text.contains('&') {
        for (reference, letter) in REFERENCES {
            text = text.replace(reference, letter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(script: &str) -> Claims {
        let mut claims = Claims::default();
        read(script, &mut claims);
        claims
    }

    #[test]
    fn an_article_in_a_graph_names_its_author_by_reference() {
        let found = claims(
            r##"{"@graph":[{"@type":"Person","@id":"#an","name":"Lê An"},
            {"@type":["Article","NewsArticle"],"headline":"Mùa &amp; nước","author":{"@id":"#an"},
            "datePublished":"2024-05-01T08:00:00+07:00","publisher":{"name":"Báo Mẫu"}}]}"##,
        );
        assert_eq!(found.headline.as_deref(), Some("Mùa & nước"));
        assert_eq!(found.written_by, ["Lê An"]);
        assert_eq!(found.dates, ["2024-05-01T08:00:00+07:00"]);
        assert_eq!(found.sites, ["Báo Mẫu"]);
    }

    #[test]
    fn marks_written_apart_from_their_letters_join_them() {
        let script = r#"{"@type":"NewsArticle","headline":"Ho\u0302\u0323i"}"#;
        assert_eq!(claims(script).headline.as_deref(), Some("Hội"));
    }

    #[test]
    fn line_breaks_in_strings_and_semicolons_behind_are_forgiven() {
        let script = "{\"@type\":\"NewsArticle\",\"headline\":\"Một\nhai\"};";
        assert_eq!(claims(script).headline.as_deref(), Some("Một hai"));
        assert_eq!(claims("no json {").headline, None);
    }
}
