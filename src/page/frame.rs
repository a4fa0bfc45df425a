//! The frame around every page: skip link, size buttons, Loa's own links, the main part, the foot.
//!
//! Its order never changes, so that hand and ear learn it once (WCAG 3.2.3, 3.2.6).

use maud::{DOCTYPE, Markup, html};

use crate::model::{Font, Gap, Ruler, Scale, Theme, UiLang, Wishes};

use super::{
    View, address,
    asset::address as asset_address,
    words::{Words, words},
};

/// What a frame is told about the page it goes around.
pub(super) struct Frame<'a> {
    /// The title, without Loa's name.
    pub(super) title: &'a str,
    /// May search engines keep it? Pages made of other people's pages are not Loa's to hand on.
    pub(super) indexed: bool,
    /// The main part: one `h1` and what follows.
    pub(super) main: Markup,
}

/// Puts the frame around a page.
pub(super) fn page(view: &View<'_>, frame: &Frame<'_>) -> String {
    let say = words(view.lang);
    html! {
        (DOCTYPE)
        html lang=(view.lang.word()) data-theme=(view.wishes.theme.word())
            data-scale=(rule_scale(view.wishes.scale)) data-spacing=(view.wishes.spacing.word())
            data-letters=[gap(view.wishes.letters)] data-words=[gap(view.wishes.words)]
            data-lines=[gap(view.wishes.lines)]
            data-font=(view.wishes.font.word()) data-width=(view.wishes.width.word()) {
            head { (head(view, frame, say)) }
            body {
                a.skip href="#main" { (say.get("skip-link")) }
                header {
                    (size_buttons(view, say))
                    (own_links(view, say))
                }
                main #main tabindex="-1" { (frame.main) }
                footer { (foot(view, say)) }
            }
        }
    }
    .into_string()
}

/// Returns the word of a gap that the reader has set alone.
fn gap(gap: Gap) -> Option<&'static str> {
    (gap != Gap::default()).then(|| gap.word())
}

/// Returns the percent that has a rule in the style sheet: the nearest multiple of five.
fn rule_scale(scale: Scale) -> u16 {
    (scale.percent() + 2) / 5 * 5
}

fn head(view: &View<'_>, frame: &Frame<'_>, say: &Words) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        @if !frame.indexed { meta name="robots" content="noindex"; }
        title { (say.fill("page-title", &[("page", frame.title)])) }
        link rel="stylesheet" href=(asset_address("style.css"));
        @if view.wishes.theme == Theme::Custom { (own_colors(view.wishes)) }
        @if view.wishes.font == Font::Legible { link rel="stylesheet" href=(asset_address("letters.css")); }
        @if view.wishes.ruler != Ruler::None { (ruler(view.wishes.ruler)) }
        link rel="manifest" href="/loa.webmanifest";
        link rel="icon" type="image/svg+xml" href=(asset_address("icon.svg"));
    }
}

/// Brings the ruler, which needs a script: nothing else can follow the eye.
fn ruler(ruler: Ruler) -> Markup {
    html! { script type="module" src=(asset_address("ruler.js")) data-ruler=(ruler.word()) {} }
}

/// Links the style sheet of the reader's own pair of colours.
fn own_colors(wishes: &Wishes) -> Markup {
    let code = wishes.get("colors").unwrap_or_default();
    html! { link rel="stylesheet" href=(address::with_query("/theme.css", &[("c", &code)])); }
}

fn size_buttons(view: &View<'_>, say: &Words) -> Markup {
    let scale = view.wishes.scale;
    let usual = (scale != Scale::default()).then(Scale::default);
    let buttons = [
        ("A+", "size-larger", scale.larger()),
        ("A−", "size-smaller", scale.smaller()),
        ("A", "size-usual", usual),
    ];
    html! {
        (settings_form(view, html! {
            div.bar role="group" aria-label=(say.get("size-label")) {
                @for (sign, name, to) in buttons {
                    (size_button(view, sign, &say.get(name), to))
                }
            }
        }))
    }
}

/// One size button: a link where settings live in the address, a form's button otherwise. At the end
/// of the scale it stays in its place and does nothing.
fn size_button(view: &View<'_>, sign: &str, name: &str, to: Option<Scale>) -> Markup {
    let inside = html! { (sign) " " span.unseen { (name) } };
    if !view.carry {
        let value = to.unwrap_or(view.wishes.scale).percent();
        return html! {
            button type="submit" name="scale" value=(value) disabled[to.is_none()] { (inside) }
        };
    }
    let Some(scale) = to else {
        return html! { a.button role="link" aria-disabled="true" { (inside) } };
    };
    let wishes = Wishes {
        scale,
        ..view.wishes.clone()
    };
    html! { a.button href=(view.again_with(&wishes)) { (inside) } }
}

/// Puts the form around buttons that change one setting and come back here. Where settings live in
/// the address, the buttons are links, and there is no form.
fn settings_form(view: &View<'_>, buttons: Markup) -> Markup {
    if view.carry {
        return buttons;
    }
    html! {
        form method="post" action="/settings" {
            input type="hidden" name="back" value=(view.here);
            (buttons)
        }
    }
}

/// Loa's own links: path and message.
const OWN_LINKS: [(&str, &str); 3] = [
    ("/", "nav-home"),
    ("/settings", "nav-settings"),
    ("/help", "nav-help"),
];

/// Returns what Loa's own links are called.
pub(super) fn own_names(say: &Words) -> Vec<String> {
    OWN_LINKS.iter().map(|(_, name)| say.get(name)).collect()
}

fn own_links(view: &View<'_>, say: &Words) -> Markup {
    let path = view.here.split('?').next().unwrap_or_default();
    let address = |own: &str| match own {
        "/settings" => settings_address(view),
        own => view.to(own, &[]),
    };
    html! {
        nav aria-label=(say.get("nav-label")) {
            ul.bar {
                @for (own, name) in &OWN_LINKS {
                    li {
                        a href=(address(own)) aria-current=[(*own == path).then_some("page")] { (say.get(name)) }
                    }
                }
            }
        }
    }
}

/// The settings page, which knows the way back here.
fn settings_address(view: &View<'_>) -> String {
    let back = view.back().unwrap_or_else(|| view.here.to_owned());
    let known = if back.starts_with("/settings") {
        Vec::new()
    } else {
        vec![("back", back.as_str())]
    };
    view.to("/settings", &known)
}

fn foot(view: &View<'_>, say: &Words) -> Markup {
    let others: Vec<_> = UiLang::ALL
        .iter()
        .filter(|&&lang| lang != view.lang)
        .collect();
    html! {
        p { (say.get("foot-about")) }
        (settings_form(view, html! {
            div.bar { @for lang in others { (language_button(view, *lang)) } }
        }))
    }
}

/// Offers another language, in that language.
fn language_button(view: &View<'_>, other: UiLang) -> Markup {
    let (lang, name) = (other.word(), words(other).get("language-name"));
    if !view.carry {
        return html! { button type="submit" name="lang" value=(lang) lang=(lang) { (name) } };
    }
    let wishes = Wishes {
        lang: Some(other),
        ..view.wishes.clone()
    };
    html! { a.button href=(view.again_with(&wishes)) lang=(lang) hreflang=(lang) { (name) } }
}
