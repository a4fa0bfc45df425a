//! The text of an element with its marks: links, strong, emphasis, language and the like.

use super::Prose;
use crate::extract::page::Page;
use crate::extract::phrase;
use crate::extract::walk::{Step, Walk};
use crate::html::{Element, NodeId, Tag};
use crate::model::{Lang, Mark, Text};

/// Reads an element's text, lists and tables inside it flattened to lines.
pub(in crate::extract) fn text(page: &Page<'_>, id: NodeId) -> Text {
    text_without(page, id, |_| false)
}

/// Reads an element's text without the elements that `skip` names.
pub(in crate::extract) fn text_without(
    page: &Page<'_>,
    id: NodeId,
    skip: impl Fn(NodeId) -> bool,
) -> Text {
    let mut prose = Prose::default();
    let mut walk = Walk::new(page.tree, id);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(at) if at != id && (page.survey.is_out(at) || skip(at)) => {
                prose.open(None);
                walk.pass_over();
            }
            Step::Enter(at) => {
                prose.open(page.tree.element(at).and_then(|e| mark(page, e)));
                break_at(page, at, id, &mut prose);
            }
            Step::Text(at) => {
                let text = page.tree.text(at).unwrap_or_default();
                if !phrase::is_link_note(text) {
                    prose.push(text);
                }
            }
            Step::Leave(at) => {
                prose.close();
                if page.tree.tag(at) == Some(Tag::Span) {
                    prose.part();
                }
                if page.tree.tag(at) != Some(Tag::Br) {
                    break_at(page, at, id, &mut prose);
                }
            }
        }
    }
    prose.take()
}

fn break_at(page: &Page<'_>, at: NodeId, root: NodeId, prose: &mut Prose) {
    let breaks = page
        .tree
        .tag(at)
        .is_some_and(|t| t.is_block() || t == Tag::Br);
    if at != root && breaks && !prose.is_empty() {
        prose.line_break();
    }
}

/// Returns what an inline element says about its text.
pub(in crate::extract) fn mark(page: &Page<'_>, element: Element<'_>) -> Option<Mark> {
    let by_tag = match element.tag() {
        Tag::A => element
            .attr("href")
            .and_then(|href| page.link(href))
            .map(|url| Mark::Link { url }),
        Tag::Strong | Tag::B => Some(Mark::Strong),
        Tag::Em | Tag::I | Tag::Cite | Tag::Dfn => Some(Mark::Emphasis),
        Tag::Sup => Some(Mark::Sup),
        Tag::Sub => Some(Mark::Sub),
        Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt => Some(Mark::Code),
        Tag::Abbr | Tag::Acronym => {
            let title = element
                .attr("title")
                .map(str::trim)
                .filter(|t| !t.is_empty());
            title.map(|title| Mark::Abbr {
                title: title.to_owned(),
            })
        }
        Tag::Span | Tag::Font if is_bold(element) => Some(Mark::Strong),
        Tag::Span | Tag::Font if is_italic(element) => Some(Mark::Emphasis),
        _ => None,
    };
    by_tag.or_else(|| lang_mark(element))
}

fn lang_mark(element: Element<'_>) -> Option<Mark> {
    if matches!(element.tag(), Tag::Html | Tag::Body) {
        return None;
    }
    let lang = element.attr("lang").and_then(Lang::parse)?;
    Some(Mark::Lang { lang })
}

fn is_bold(element: Element<'_>) -> bool {
    element.attr("style").is_some_and(|style| {
        let weight = style.split(';').filter_map(|rule| rule.split_once(':'));
        let mut weight = weight.filter(|(name, _)| name.trim().eq_ignore_ascii_case("font-weight"));
        weight.any(|(_, v)| matches!(v.trim(), "bold" | "bolder" | "600" | "700" | "800" | "900"))
    })
}

fn is_italic(element: Element<'_>) -> bool {
    let style = element.attr("style").unwrap_or_default();
    style.contains("italic") && style.contains("font-style")
}
