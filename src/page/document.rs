//! The page of an article, a listing or a plain page: title and source, sound, notes, the text.

use maud::{Markup, html};

use crate::model::{Article, Content, DataUse, Document, Doubt, Head, Lang, Onward, UiLang};

use super::{
    Sound, View, address,
    body::Body,
    frame::{Frame, own_names, page},
    inline::{Links, direction, prose},
    listing::listing,
    name::Names,
    player::player,
    words::{Words, words},
};

/// Makes the page of a document.
#[must_use]
pub fn document(view: &View<'_>, document: &Document, sound: Sound<'_>) -> String {
    let say = words(view.lang);
    let names = Names::beside(&own_names(say), document);
    let mut body = Body::new(Links::Gateway(view, &names), view.lang, &document.head.lang);
    if let (Sound::Of(source), false) = (sound, is_listing(document)) {
        body = body.heard(view, source);
    }
    let source_of_page = match sound {
        Sound::Of(source) => source,
        Sound::Without(_) => &document.head.url,
    };
    if view.data() == DataUse::Usual && !source_of_page.is_empty() {
        body = body.shown(source_of_page);
    }
    let main = html! {
        (title(&document.head, say))
        (date(document))
        (source(&document.head, &body, say))
        (player(view, document, sound))
        (notes(&document.doubts, view.lang))
        (text(document, &mut body, view, say))
    };
    let frame = Frame {
        title: &page_title(&document.head, say),
        indexed: false,
        main,
    };
    page(view, &frame)
}

/// A listing leads to what there is to hear.
fn is_listing(document: &Document) -> bool {
    matches!(document.content, Content::Listing(_))
}

fn text(document: &Document, body: &mut Body<'_>, view: &View<'_>, say: &Words) -> Markup {
    let lang = &document.head.lang;
    match &document.content {
        Content::Article(given) => article(given, lang, body, view),
        Content::Listing(given) => listing(given, lang, body, view),
        Content::Page(blocks) => html! {
            h2.unseen { (say.get("text-of-page")) }
            div.text lang=(lang) dir=[direction(lang)] { (body.blocks(blocks)) }
        },
    }
}

fn article(article: &Article, lang: &Lang, body: &mut Body<'_>, view: &View<'_>) -> Markup {
    let say = words(view.lang);
    html! {
        article.text lang=(lang) dir=[direction(lang)] {
            h2.own.unseen lang=(view.lang.word()) { (say.get("text-of-article")) }
            (words_of_article(article, body))
        }
        @for (url, name) in onward(&article.onward) {
            p { a.go href=(view.read(url)) { (say.get(name)) } }
        }
        @if !article.authors.is_empty() {
            p.authors { (say.get("article-authors")) " " span.author lang=(lang) { (article.authors.join(", ")) } }
        }
        @if !article.attachments.is_empty() {
            section aria-labelledby="files" {
                h2 #files { (say.get("attachments-title")) }
                div.files lang=(lang) { (body.attachments(&article.attachments)) }
            }
        }
    }
}

/// Returns the addresses of what is missing of an article, each with the name of what it is called.
pub(super) fn onward(onward: &Onward) -> impl Iterator<Item = (&str, &'static str)> {
    let next = onward.next.iter().map(|url| (url.as_str(), "article-next"));
    let whole = onward
        .whole
        .iter()
        .map(|url| (url.as_str(), "article-whole"));
    next.chain(whole)
}

/// Writes an article's lead and blocks.
pub(super) fn words_of_article(article: &Article, body: &mut Body<'_>) -> Markup {
    let links = body.links();
    html! {
        @if let Some(lead) = &article.lead { p.lead { (prose(lead, links)) } }
        (body.blocks(&article.blocks))
    }
}

fn title(head: &Head, say: &Words) -> Markup {
    if head.title.is_empty() {
        return html! { h1 { span.own { (nameless(head, say)) } } };
    }
    let lang = &head.lang;
    html! { h1 lang=(lang) dir=[direction(lang)] { (prose(&head.title, Links::None)) } }
}

/// What a document without a title is called: a text that a reader gave is theirs.
pub(super) fn nameless(head: &Head, say: &Words) -> String {
    match address::host(&head.url) {
        Some(_) => say.get("document-untitled"),
        None => say.get("document-own"),
    }
}

/// What the browser's window is called: the title, and the site where there is room for both. A title
/// that is still too long for a window or a tab is cut between words; the `h1` has it whole.
pub(super) fn page_title(head: &Head, say: &Words) -> String {
    /// What html-validate and search engines take for a title, less " – Loa".
    const LONGEST: usize = 64;
    let title = if head.title.is_empty() {
        nameless(head, say)
    } else {
        head.title.as_str().replace('\n', " ")
    };
    let site = head.site.iter().filter(|site| !site.is_empty());
    let whole = site.fold(title.clone(), |title, site| format!("{title} – {site}"));
    if whole.chars().count() <= LONGEST {
        return whole;
    }
    if title.chars().count() <= LONGEST {
        return title;
    }
    let start: String = title.chars().take(LONGEST - 1).collect();
    let words = start
        .rsplit_once(' ')
        .map_or(start.as_str(), |(words, _)| words);
    format!("{words}…")
}

/// Writes the date in the words of the reading text, which eye and ear share.
pub(super) fn date(document: &Document) -> Markup {
    let Content::Article(article) = &document.content else {
        return html! {};
    };
    let lang = &document.head.lang;
    html! {
        @if let Some(at) = &article.published {
            p.date lang=(lang) { time datetime=(at) { (at.written(lang)) } }
        }
    }
}

/// Names where the document comes from, with a link there.
fn source(head: &Head, body: &Body<'_>, say: &Words) -> Markup {
    let host = address::host(&head.url);
    let site = head.site.clone().filter(|site| !site.trim().is_empty());
    let Some(name) = site.or_else(|| host.clone()) else {
        return html! { p.source { (say.get("source-pasted")) } };
    };
    html! {
        p.source {
            (say.fill("source-name", &[("site", &name)]))
            @if let (Some(host), Some(_)) = (&host, address::foreign(&head.url)) {
                " " (body.leaving(&head.url, &html! { (say.fill("source-link", &[("host", host)])) }))
            }
        }
    }
}

/// Says in words what was unsure about a page.
fn notes(doubts: &[Doubt], lang: UiLang) -> Markup {
    let say = words(lang);
    let notes: Vec<_> = doubts
        .iter()
        .filter_map(|doubt| told(*doubt, lang))
        .collect();
    if notes.is_empty() {
        return html! {};
    }
    html! {
        div.note role="note" aria-label=(say.get("notes-title")) {
            @for note in notes { p { (note) } }
        }
    }
}

fn told(doubt: Doubt, lang: UiLang) -> Option<String> {
    let say = words(lang);
    if let Doubt::Stale(at) = doubt {
        let date =
            Lang::parse(lang.word()).map_or_else(|| at.to_string(), |lang| at.written(&lang));
        return Some(say.fill("note-stale", &[("date", &date)]));
    }
    note(doubt).map(|name| say.get(name))
}

/// Returns the words for a doubt; `None` where a reader can do nothing with it.
fn note(doubt: Doubt) -> Option<&'static str> {
    match doubt {
        Doubt::NoArticle => Some("note-no-article"),
        Doubt::AmbiguousDate => Some("note-ambiguous-date"),
        Doubt::Truncated => Some("note-truncated"),
        Doubt::GuessedCharset => Some("note-guessed-charset"),
        Doubt::Short => Some("note-short"),
        Doubt::Paywall => Some("note-paywall"),
        Doubt::NeedsScripts => Some("note-needs-scripts"),
        Doubt::MissingPages => Some("note-missing-pages"),
        Doubt::ScriptedPages => Some("note-scripted-pages"),
        Doubt::NoTitle | Doubt::NoDate | Doubt::RuleFailed | Doubt::Stale(_) => None,
    }
}
