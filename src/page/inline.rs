//! Prose and its marks.

use std::borrow::Cow;
use std::fmt::Write as _;

use maud::{Escaper, Markup, PreEscaped, html};

use crate::model::{Lang, Mark, Piece, Text};

use super::{View, address, name::Names};

/// Where the links in a text lead.
#[derive(Clone, Copy)]
pub(super) enum Links<'a> {
    /// On through the gateway.
    Gateway(&'a View<'a>, &'a Names),
    /// To the pages themselves, where no gateway is at hand.
    Direct(&'a Names),
    /// Nowhere: the text is itself inside a link.
    None,
}

/// Marks may nest as deep as a page likes, browsers keep a few hundred levels; deeper ones are not
/// shown.
const DEEPEST: usize = 24;

impl Links<'_> {
    /// Returns the address that a link to `url` gets, or `None` where it must be no link.
    fn address(self, url: &str) -> Option<Cow<'_, str>> {
        match self {
            Self::Gateway(view, _) => address::readable(url).then(|| view.read(url).into()),
            Self::Direct(_) => address::foreign(url),
            Self::None => None,
        }
    }

    /// Writes a link that stands alone, as an entry's title does; words alone where it must be no link.
    pub(super) fn link(self, name: &Text, url: &str) -> Markup {
        let words = prose(name, Links::None);
        match self.address(url) {
            Some(href) => html! {
                a.(ALONE) href=(href) { (words) (self.aside(name.as_str(), url, false, false)) }
            },
            None => words,
        }
    }

    /// Writes what is said after a link's name where the name alone does not tell its place. In the
    /// midst of prose it is for the ear alone: the eye has the sentence.
    pub(super) fn aside(self, name: &str, url: &str, leaving: bool, in_prose: bool) -> Markup {
        let (Self::Gateway(_, names) | Self::Direct(names)) = self else {
            return html! {};
        };
        html! {
            @if let Some(aside) = names.aside(name, url, leaving) {
                span.own.unseen[in_prose] { " (" (aside) ")" }
            }
        }
    }
}

/// An open mark: where its words begin, and what closes it.
struct Open<'a> {
    start: usize,
    mark: &'a Mark,
    close: &'static str,
}

/// The class of a link that no text stands beside: it is made large enough for a finger, which in the midst
/// of a text would tear the lines apart (WCAG 2.5.5).
pub(super) const ALONE: &str = "alone";

/// Is a text nothing but one link?
fn is_one_link(text: &Text) -> bool {
    let words = text.as_str();
    text.spans().iter().any(|span| {
        let beside = [&words[..span.start], &words[span.end..]];
        matches!(span.mark, Mark::Link { .. }) && beside.iter().all(|text| text.trim().is_empty())
    })
}

/// Writes a text with its marks.
pub(super) fn prose(text: &Text, links: Links<'_>) -> Markup {
    let mut out = String::with_capacity(text.as_str().len() + text.spans().len() * 32);
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut at = 0;
    let link_class = is_one_link(text).then_some(ALONE);
    for piece in text.pieces() {
        match piece {
            Piece::Plain(plain) => {
                lines(&mut out, plain);
                at += plain.len();
            }
            Piece::Open(mark) => {
                let tags = if open.len() < DEEPEST {
                    tags(mark, links, &open, link_class)
                } else {
                    None
                };
                let (tag, close) = tags.unwrap_or_default();
                out.push_str(&tag);
                let start = at;
                open.push(Open { start, mark, close });
            }
            Piece::Close(_) => {
                let Some(Open { start, mark, close }) = open.pop() else {
                    continue;
                };
                if let ("</a>", Mark::Link { url }) = (close, mark) {
                    let name = &text.as_str()[start..at];
                    let in_prose = name.trim() != text.as_str().trim();
                    out.push_str(&links.aside(name, url, false, in_prose).into_string());
                }
                out.push_str(close);
            }
        }
    }
    PreEscaped(out)
}

/// Returns the direction attribute that a language needs, if any.
pub(super) fn direction(lang: &Lang) -> Option<&'static str> {
    // Languages written in Arabic, Hebrew, Syriac and Thaana letters (Unicode CLDR, characterOrder).
    const RIGHT_TO_LEFT: [&str; 12] = [
        "ar", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "syr", "ug", "ur", "yi",
    ];
    RIGHT_TO_LEFT.contains(&lang.primary()).then_some("rtl")
}

fn lines(out: &mut String, plain: &str) {
    for (index, line) in plain.split('\n').enumerate() {
        if index > 0 {
            out.push_str("<br>");
        }
        escape(out, line);
    }
}

/// Adds text; most of it holds nothing that must be written otherwise.
fn escape(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    if memchr::memchr3(b'&', b'<', b'>', bytes).is_some() || memchr::memchr(b'"', bytes).is_some() {
        let _ = Escaper::new(out).write_str(text); // a String takes all
    } else {
        out.push_str(text);
    }
}

/// Returns a mark's opening and closing tag; `None` where it gets none. A link inside a link would
/// take the outer one apart.
fn tags(
    mark: &Mark,
    links: Links<'_>,
    open: &[Open<'_>],
    link_class: Option<&str>,
) -> Option<(Cow<'static, str>, &'static str)> {
    Some(match mark {
        Mark::Link { .. } if open.iter().any(|open| open.close == "</a>") => return None,
        Mark::Link { url } => {
            let open = tag("a", "href", &links.address(url)?);
            let class =
                link_class.map(|class| open.replacen("<a ", &format!("<a class=\"{class}\" "), 1));
            (class.unwrap_or(open).into(), "</a>")
        }
        Mark::Lang { lang } => {
            let mut open = tag("span", "lang", lang.as_str());
            if let Some(direction) = direction(lang) {
                open = open.replace('>', &format!(" dir=\"{direction}\">"));
            }
            (open.into(), "</span>")
        }
        Mark::Abbr { title } => (tag("abbr", "title", title).into(), "</abbr>"),
        Mark::Strong => ("<strong>".into(), "</strong>"),
        Mark::Emphasis => ("<em>".into(), "</em>"),
        Mark::Sup => ("<sup>".into(), "</sup>"),
        Mark::Sub => ("<sub>".into(), "</sub>"),
        Mark::Code => ("<code>".into(), "</code>"),
    })
}

/// Writes an opening tag with one attribute; marks open and close in different steps, which maud's
/// own elements cannot.
fn tag(name: &str, attribute: &str, value: &str) -> String {
    let mut out = format!("<{name} {attribute}=\"");
    escape(&mut out, value);
    out.push_str("\">");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    #[track_caller]
    fn check(plain: &str, marks: Vec<(usize, usize, Mark)>, expected: &str) {
        let spans = marks
            .into_iter()
            .map(|(start, end, mark)| Span { start, end, mark })
            .collect();
        let text = Text::with_spans(plain.into(), spans);
        assert_eq!(
            prose(&text, Links::Direct(&Names::default())).into_string(),
            expected
        );
    }

    fn link(url: &str) -> Mark {
        Mark::Link { url: url.into() }
    }

    #[test]
    fn marks_become_elements_and_line_breaks_stay() {
        check(
            "một\nhai",
            vec![(0, 4, Mark::Strong)],
            "<strong>mộ</strong>t<br>hai",
        );
        check(
            "xin chào",
            vec![(0, 6, Mark::Lang { lang: Lang::vi() })],
            "<span lang=\"vi\">xin ch</span>ào",
        );
    }

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        check(
            "<b>&\"",
            vec![(
                0,
                5,
                Mark::Abbr {
                    title: "\" onclick=\"x".into(),
                },
            )],
            "<abbr title=\"&quot; onclick=&quot;x\">&lt;b&gt;&amp;&quot;</abbr>",
        );
    }

    #[test]
    fn a_link_in_a_link_and_a_link_to_a_script_are_words_alone() {
        check(
            "abc",
            vec![
                (0, 3, link("https://a.example/")),
                (1, 2, link("https://b.example/")),
            ],
            "<a class=\"alone\" href=\"https://a.example/\">abc</a>",
        );
        check("abc", vec![(0, 3, link("javascript:alert(1)"))], "abc");
    }

    #[test]
    fn a_link_that_stands_alone_is_told_apart_from_one_in_a_text() {
        let url = "https://a.example/";
        check(
            "a b",
            vec![(0, 1, link(url))],
            "<a href=\"https://a.example/\">a</a> b",
        );
        check(
            " ab",
            vec![(1, 3, link(url))],
            " <a class=\"alone\" href=\"https://a.example/\">ab</a>",
        );
    }

    #[test]
    fn marks_without_end_are_shown_to_a_depth() {
        let marks = (0..2000).map(|_| (0, 3, Mark::Strong)).collect();
        let text = format!(
            "{}abc{}",
            "<strong>".repeat(DEEPEST),
            "</strong>".repeat(DEEPEST)
        );
        check("abc", marks, &text);
    }

    #[test]
    fn arabic_runs_from_right_to_left() {
        let lang = Lang::parse("ar-EG").expect("a tag");
        check(
            "abc",
            vec![(0, 3, Mark::Lang { lang })],
            "<span lang=\"ar-EG\" dir=\"rtl\">abc</span>",
        );
    }
}
