//! A document as a file that stands alone: no gateway behind its links, no file beside it.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::model::{Content, Document};

use super::{
    address, asset,
    body::Body,
    document::{date, nameless, onward, page_title, words_of_article},
    inline::{Links, direction},
    listing::in_order,
    name::Names,
    words::{ui_lang_for, words},
};

/// Makes a whole HTML file of a document, style included.
#[must_use]
pub fn standalone(document: &Document) -> String {
    let head = &document.head;
    let say = words(ui_lang_for(&head.lang));
    let title = if head.title.is_empty() {
        nameless(head, say)
    } else {
        head.title.as_str().to_owned()
    };
    html! {
        (DOCTYPE)
        html lang=(head.lang) dir=[direction(&head.lang)] data-theme="auto" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (page_title(head, say)) }
                style { (PreEscaped(asset::style())) }
            }
            body { main { h1 { (title) } (date(document)) (source(document)) (text(document)) } }
        }
    }
    .into_string()
}

fn source(document: &Document) -> Markup {
    let Some(href) = address::foreign(&document.head.url) else {
        return html! {};
    };
    let say = words(ui_lang_for(&document.head.lang));
    let host = address::host(&href).unwrap_or_default();
    html! { p.source { a href=(href) { (say.fill("source-link", &[("host", &host)])) } } }
}

fn text(document: &Document) -> Markup {
    let lang = &document.head.lang;
    let names = Names::of(document);
    let links = Links::Direct(&names);
    let mut body = Body::new(links, ui_lang_for(lang), lang);
    match &document.content {
        Content::Page(blocks) => body.blocks(blocks),
        Content::Listing(listing) => in_order(&listing.parts(), lang, &mut body),
        Content::Article(article) => html! {
            (words_of_article(article, &mut body))
            @if !article.authors.is_empty() { p.authors { (article.authors.join(", ")) } }
            @if !article.attachments.is_empty() { (body.attachments(&article.attachments)) }
            @for (url, name) in onward(&article.onward) {
                p { (body.leaving(url, &html! { (words(ui_lang_for(lang)).get(name)) })) }
            }
        },
    }
}
