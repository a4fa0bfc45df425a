//! The front page: an address, a text of one's own, the samples, the operator's portals.

use maud::{Markup, html};

use super::{
    Portal, View,
    frame::{Frame, page},
    words::{Words, words},
};

/// The articles and the listing that come with Loa: message and address.
const SAMPLES: [(&str, &str); 3] = [
    ("sample-article", "https://sample.loa.invalid/vi/bai-viet"),
    ("sample-english", "https://sample.loa.invalid/en/article"),
    ("sample-listing", "https://sample.loa.invalid/vi/"),
];

/// Makes the front page; `text` stands in the field for a text of one's own.
#[must_use]
pub fn front(view: &View<'_>, portals: &[Portal], text: &str) -> String {
    let say = words(view.lang);
    let main = html! {
        h1 { (say.get("front-title")) }
        p.lead { (say.get("front-intro")) }
        (address_form(view, "", None))
        (samples(view, say))
        @if !portals.is_empty() { (portal_links(view, portals, say)) }
        (text_form(view, say, text))
        p { a.go href=(view.to("/offline", &[])) { (say.get("offline-title")) } }
        p { a.go href=(view.to("/tools", &[])) { (say.get("tools-link")) } }
    };
    let frame = Frame {
        title: &say.get("front-title"),
        indexed: true,
        main,
    };
    page(view, &frame)
}

/// Makes the form that takes an address; `fault` is what was wrong with the `given` one.
pub(super) fn address_form(view: &View<'_>, given: &str, fault: Option<&str>) -> Markup {
    let say = words(view.lang);
    let described = if fault.is_some() {
        "fault url-hint"
    } else {
        "url-hint"
    };
    html! {
        form.panel method="get" action="/read" role="search" aria-label=(say.get("address-form")) {
            label for="url" { (say.get("address-label")) }
            p.hint #url-hint { (say.get("address-hint")) }
            @if let Some(fault) = fault { p.fault #fault { (fault) } }
            input #url name="url" type="text" inputmode="url" autocomplete="url" spellcheck="false"
                autocapitalize="none" value=(given) aria-describedby=(described)
                aria-invalid=[fault.map(|_| "true")];
            @if let Some(code) = view.carried() { input type="hidden" name="s" value=(code); }
            button type="submit" { (say.get("address-button")) }
        }
    }
}

fn samples(view: &View<'_>, say: &Words) -> Markup {
    html! {
        section aria-labelledby="samples" {
            h2 #samples { (say.get("samples-title")) }
            p { (say.get("samples-intro")) }
            ul.links {
                @for (name, url) in SAMPLES {
                    li { a href=(view.read(url)) { (say.get(name)) } }
                }
            }
        }
    }
}

fn portal_links(view: &View<'_>, portals: &[Portal], say: &Words) -> Markup {
    html! {
        section aria-labelledby="portals" {
            h2 #portals { (say.get("portals-title")) }
            @for portal in portals {
                h3 { a.go href=(view.read(&portal.url)) { (portal.name) } }
                @if !portal.sections.is_empty() {
                    ul.links {
                        @for section in &portal.sections {
                            // Sections of two portals may have one name, and links are read by themselves.
                            li { a href=(view.read(&section.url)) {
                                (section.name) span.unseen { " – " (portal.name) }
                            } }
                        }
                    }
                }
            }
        }
    }
}

fn text_form(view: &View<'_>, say: &Words, text: &str) -> Markup {
    html! {
        section aria-labelledby="own-text" {
            h2 #own-text { (say.get("text-title")) }
            form.panel method="post" action=(view.to("/read", &[])) {
                label for="text" { (say.get("text-label")) }
                p.hint #text-hint { (say.get("text-hint")) }
                textarea #text name="text" rows="6" aria-describedby="text-hint" { (text) }
                button type="submit" { (say.get("text-button")) }
            }
        }
    }
}
