//! What went wrong, and what a reader can do next.
//!
//! One table turns each problem into one message with three parts: what happened (the heading), why,
//! and what to do. `loa` on the command line says the last two.

use maud::{Markup, html};

use crate::model::{Problem, UiLang};

use super::{
    Portal, View, address,
    address::OUTWARD,
    figures::size,
    frame::{Frame, page},
    front::address_form,
    settings,
    words::{Words, words},
};

/// What a reader asked for when something went wrong.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// The address as it was given, to be mended.
    pub address: Option<&'a str>,
    /// The first page of the list that it was a page of, where that may still be had.
    pub first: Option<&'a str>,
    /// The operator's portals, for who gave words rather than an address.
    pub portals: &'a [Portal],
}

/// Makes the page of a problem.
#[must_use]
pub fn problem(view: &View<'_>, problem: &Problem, asked: Asked<'_>) -> String {
    let say = words(view.lang);
    let told = Told::of(view.lang, problem);
    let title = told.part(say, "");
    let given = asked.address.unwrap_or_default();
    let is_search = matches!(problem, Problem::NotAnAddress { given } if are_words(given));
    let to_mend = told.about_address && !given.is_empty();
    let wrong = if is_search {
        "address-wanted"
    } else {
        "address-mend"
    };
    let mend = to_mend.then(|| say.get(wrong));
    let main = html! {
        h1 { (title) }
        p { (told.part(say, ".why")) }
        p { (told.part(say, ".next")) }
        @if let Some(first) = asked.first.filter(|first| address::readable(first)) {
            p { a.go href=(view.read(first)) { (say.get("problem-first")) } }
        }
        @if let Some(href) = address::foreign(given).filter(|_| told.about_address) {
            p { a.go href=(href) rel=(OUTWARD) { (say.get("problem-original")) " " (say.get("link-outside")) } }
        }
        @if is_search { (portals_for(view, given, asked.portals)) }
        h2 { (say.get("problem-again")) }
        (address_form(view, given, mend.as_deref()))
        p { a.go href=(view.to("/", &[])) { (say.get("problem-home")) } }
    };
    let frame = Frame {
        title: &title,
        indexed: false,
        main,
    };
    page(view, &frame)
}

/// Says what happened and what to do, as one or two plain sentences.
#[must_use]
pub fn sentence(lang: UiLang, problem: &Problem) -> String {
    let (told, say) = (Told::of(lang, problem), words(lang));
    format!("{} {}", told.part(say, ".why"), told.part(say, ".next"))
}

/// A problem as it is told: the name of its message, the values in it, and whether the address that
/// was given is at fault, so that mending it may help.
struct Told {
    name: &'static str,
    values: Vec<(&'static str, String)>,
    about_address: bool,
}

impl Told {
    fn of(lang: UiLang, problem: &Problem) -> Self {
        let (name, values) = message(lang, problem);
        Self {
            name,
            values,
            about_address: is_about_address(problem),
        }
    }

    fn part(&self, say: &Words, part: &str) -> String {
        let values: Vec<_> = self
            .values
            .iter()
            .map(|(key, v)| (*key, v.as_str()))
            .collect();
        say.fill(&format!("{}{part}", self.name), &values)
    }
}

/// Are these words to look for, rather than an address gone wrong?
fn are_words(given: &str) -> bool {
    !given.contains(['/', '\\', ':', '@']) && given.chars().any(char::is_alphabetic)
}

/// Offers the places where words may be found: the search of each portal that has one, the sections that
/// are named so, and all portals. Each link is told apart by its portal.
fn portals_for(view: &View<'_>, given: &str, portals: &[Portal]) -> Markup {
    let say = words(view.lang);
    let searches = portals
        .iter()
        .filter_map(|portal| Some((portal, portal.search(given)?)));
    let sections = portals.iter().flat_map(|portal| {
        let named = portal.named(given);
        named.map(move |section| (portal, section))
    });
    html! {
        @if !portals.is_empty() {
            h2 { (say.get("portals-title")) }
            ul.links {
                @for (portal, url) in searches {
                    li { a href=(view.read(&url)) {
                        (say.fill("portal-search", &[("words", given), ("portal", &portal.name)]))
                    } }
                }
                @for (portal, section) in sections {
                    li { a href=(view.read(&section.url)) { (section.name) " – " (portal.name) } }
                }
                @for portal in portals { li { a href=(view.read(&portal.url)) { (portal.name) } } }
            }
        }
    }
}

/// The one table from problem to words.
fn message(lang: UiLang, problem: &Problem) -> (&'static str, Vec<(&'static str, String)>) {
    let one = |key, value: &str| vec![(key, shown(value))];
    match problem {
        Problem::NotAnAddress { given } if given.trim().is_empty() => ("problem-nameless", vec![]),
        Problem::NotAnAddress { given } if are_words(given) => {
            ("problem-words", one("given", given))
        }
        Problem::NotAnAddress { given } => ("problem-address", one("given", given)),
        // One wording, so that nobody learns what is inside a network.
        Problem::Refused | Problem::Unreachable => ("problem-unreachable", vec![]),
        Problem::NotAPortal { host } => ("problem-portal", one("host", host)),
        Problem::TimedOut => ("problem-slow", vec![]),
        Problem::Upstream { status } => (upstream(*status), vec![("status", status.to_string())]),
        Problem::Resting { retry_after } => (
            "problem-resting",
            vec![("minutes", retry_after.div_ceil(60).to_string())],
        ),
        Problem::Disallowed => ("problem-disallowed", vec![]),
        Problem::TooLarge { limit } => ("problem-large", vec![("limit", size(lang, *limit))]),
        Problem::RedirectLoop => ("problem-circle", vec![]),
        Problem::NotAPage { media_type } => {
            ("problem-file", vec![("kind", kind(media_type).into())])
        }
        Problem::BadPicture => ("problem-picture", vec![]),
        Problem::EmptyPage => ("problem-empty", vec![]),
        Problem::Forgotten => ("problem-forgotten", vec![]),
        Problem::NoVoice { voice } => ("problem-voice", one("voice", voice)),
        Problem::NoVoiceForLanguage { lang } => ("problem-language", one("lang", lang)),
        Problem::NoEngine { install } => ("problem-engine", one("install", install)),
        Problem::VoiceFailed => ("problem-speech", vec![]),
        Problem::NoFormat { given } => ("problem-format", one("given", given)),
        Problem::BadValue { field, given } => (
            "problem-value",
            vec![("field", field_name(lang, field)), ("given", shown(given))],
        ),
        Problem::NoSuchTurn => ("problem-turn", vec![]),
        Problem::NoSuchPlace { given } => ("problem-place", one("given", given)),
        Problem::File { path, reason } => (
            "problem-disk",
            vec![("path", shown(path)), ("reason", shown(reason))],
        ),
        Problem::Busy { retry_after } => {
            ("problem-busy", vec![("seconds", retry_after.to_string())])
        }
        Problem::TooMany { retry_after } => {
            ("problem-often", vec![("seconds", retry_after.to_string())])
        }
        Problem::BadRequest => ("problem-request", vec![]),
        Problem::RequestTooSlow => ("problem-request-slow", vec![]),
        Problem::NotHere => ("problem-nothing", vec![]),
        Problem::WrongMethod => ("problem-method", vec![]),
        Problem::OtherOrigin => ("problem-origin", vec![]),
        Problem::RequestTooLarge => ("problem-long", vec![]),
        Problem::Internal => ("problem-internal", vec![]),
    }
}

/// Is it the given address that failed?
fn is_about_address(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::NotAnAddress { .. }
            | Problem::Refused
            | Problem::Unreachable
            | Problem::NotAPortal { .. }
            | Problem::TimedOut
            | Problem::Upstream { .. }
            | Problem::Resting { .. }
            | Problem::Disallowed
            | Problem::TooLarge { .. }
            | Problem::RedirectLoop
            | Problem::NotAPage { .. }
            | Problem::EmptyPage
    )
}

/// Tells apart what a reader would do differently about a host's answer (RFC 9110, 15.5).
fn upstream(status: u16) -> &'static str {
    match status {
        404 | 410 => "problem-gone",
        401 | 402 | 403 | 407 | 451 => "problem-closed",
        _ => "problem-upstream",
    }
}

/// Names the kind of a file in one of the words that the message knows.
fn kind(media_type: &str) -> &'static str {
    const KINDS: [(&str, &str); 8] = [
        ("application/pdf", "pdf"),
        ("application/msword", "word"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml",
            "word",
        ),
        ("application/vnd.ms-excel", "sheet"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml",
            "sheet",
        ),
        ("image/", "picture"),
        ("audio/", "sound"),
        ("video/", "video"),
    ];
    let given = media_type.trim().to_ascii_lowercase();
    let known = KINDS.iter().find(|(start, _)| given.starts_with(start));
    known.map_or("other", |(_, kind)| kind)
}

/// Returns what a field is called on the settings page, or its own name.
fn field_name(lang: UiLang, field: &str) -> String {
    settings::label(field).map_or_else(|| shown(field), |label| words(lang).get(label))
}

/// What somebody gave, short enough to be said.
fn shown(given: &str) -> String {
    const LONGEST: usize = 200;
    match given.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &given[..end]),
        None => given.to_owned(),
    }
}
