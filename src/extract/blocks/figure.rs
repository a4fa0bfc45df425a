//! Pictures and their captions.

use std::collections::HashSet;

use super::inline;
use super::prose::merged;
use crate::extract::find::Signs;
use crate::extract::likeness::{begins_with, folded, same};
use crate::extract::page::Page;
use crate::html::{Element, NodeId, Tag};
use crate::model::{Block, Figure, Text};

/// Does this element stand for a picture, alone or with its caption?
pub(super) fn is_figure(page: &Page<'_>, id: NodeId) -> bool {
    let Some(element) = page.tree.element(id) else {
        return false;
    };
    match element.tag() {
        Tag::Img | Tag::Picture | Tag::Figure => true,
        Tag::Other => is_image(element),
        Tag::Div | Tag::Span | Tag::P | Tag::Section | Tag::A | Tag::Dl | Tag::Td | Tag::Li => {
            is_captioned_box(page, id)
        }
        _ => false,
    }
}

/// Is it a wrapper of pictures and a caption, and nothing else?
fn is_captioned_box(page: &Page<'_>, id: NodeId) -> bool {
    let sums = page.survey.sums(id);
    if sums.text > 1500
        || sums.lines > 8
        || !page.survey.holds_picture(id)
        || page.holds(id, &[Tag::Figure, Tag::Table, Tag::Iframe, Tag::Video])
    {
        return false;
    }
    match caption_element(page, id) {
        Some(caption) => {
            sums.text <= page.survey.sums(caption).text + 120 && images(page, id).count() == 1
        }
        None => false,
    }
}

fn images<'p>(page: &'p Page<'_>, id: NodeId) -> impl Iterator<Item = Element<'p>> + 'p {
    page.elements(id).map(|(_, e)| e).filter(|e| is_image(*e))
}

fn is_image(element: Element<'_>) -> bool {
    element.tag() == Tag::Img || matches!(element.name(), "amp-img" | "image")
}

fn caption_element(page: &Page<'_>, id: NodeId) -> Option<NodeId> {
    let by_tag = page.first(id, Tag::Figcaption);
    by_tag
        .or_else(|| {
            let mut inside = page.tree.subtree(id).skip(1);
            inside.find(|at| {
                page.survey.signs(*at).any(Signs::CAPTION)
                    && page.survey.sums(*at).text > 0
                    && !page.survey.holds_picture(*at)
            })
        })
        .or_else(|| slanted_line(page, id))
}

/// The one line beside a picture in its box, where it is slanted as captions are.
fn slanted_line(page: &Page<'_>, id: NodeId) -> Option<NodeId> {
    let [line] = page.survey.lines(id) else {
        return None;
    };
    let mut around = page.tree.ancestors(line.first).take_while(|a| *a > id);
    let slanted = around.find(|a| matches!(page.tree.tag(*a), Some(Tag::Em | Tag::I)))?;
    (line.link == 0 && line.len < 300 && !page.survey.holds_picture(slanted)).then_some(slanted)
}

/// Reads a figure as blocks; `None` where it should be walked through instead.
pub(super) fn read(page: &Page<'_>, id: NodeId) -> Option<Vec<Block>> {
    let tag = page.tree.tag(id)?;
    if tag == Tag::Figure && page.holds(id, NO_PICTURE) {
        return None;
    }
    let caption = caption(page, id, tag);
    let mut pictures: Vec<Figure> = shown_images(page, id);
    if pictures.is_empty() {
        let caption = caption.filter(|_| tag == Tag::Figure);
        return Some(
            caption
                .map(|c| with_caption(Figure::default(), Some(c)))
                .into_iter()
                .collect(),
        );
    }
    if pictures.len() > 1 && page.first(id, Tag::Figure).is_some_and(|first| first != id) {
        return None;
    }
    pictures.dedup_by(|a, b| a.src == b.src);
    let last = pictures.len() - 1;
    let blocks = pictures.into_iter().enumerate();
    Some(
        blocks
            .map(|(at, picture)| with_caption(picture, caption.clone().filter(|_| at == last)))
            .collect(),
    )
}

/// A figure with one of these is no picture.
const NO_PICTURE: &[Tag] = &[
    Tag::Table,
    Tag::Pre,
    Tag::Blockquote,
    Tag::Iframe,
    Tag::Video,
    Tag::Audio,
    Tag::Figure,
    Tag::Ul,
    Tag::Ol,
];

fn caption(page: &Page<'_>, id: NodeId, tag: Tag) -> Option<Text> {
    if matches!(tag, Tag::Img | Tag::Picture | Tag::Other) {
        return None;
    }
    let text = match caption_element(page, id) {
        Some(caption) => inline::text(page, caption),
        None if tag == Tag::Figure => inline::text(page, id),
        None => return None,
    };
    let text = join_caption_lines(&text);
    // A bracket whose credit a script would have put in says nothing.
    text.as_str()
        .contains(char::is_alphanumeric)
        .then_some(text)
}

/// Makes one sentence of a caption of several lines: where a line goes on in lower case or ends
/// open ("Photo:"), its break was only for the eye, and so are blanks inside of brackets.
pub(in crate::extract) fn join_caption_lines(text: &Text) -> Text {
    let plain = text.as_str();
    let mut joined = Text::default();
    let mut from = 0;
    for (at, c) in plain
        .char_indices()
        .filter(|(_, c)| matches!(c, '\n' | ' '))
    {
        let (before, after) = (&plain[..at], &plain[at + 1..]);
        let goes_on = after.starts_with(char::is_lowercase) || before.ends_with(['(', ':']);
        let hollow = before.ends_with('(') || after.starts_with(')');
        if hollow || c == '\n' && goes_on {
            joined.append(&text.slice(from..at));
            joined.append(&Text::new(if hollow { "" } else { " " }));
            from = at + 1;
        }
    }
    joined.append(&text.slice(from..plain.len()));
    said_once(Text::with_spans(
        joined.as_str().to_owned(),
        merged(joined.spans().to_vec()),
    ))
}

/// A caption shown once in short and once in full is said in full.
fn said_once(text: Text) -> Text {
    let Some((first, second)) = text.as_str().split_once('\n') else {
        return text;
    };
    let again = |long: &str, short: &str| same(long, short) || begins_with(long, short);
    let kept = if again(first, second) {
        0..first.len()
    } else if again(second, first) {
        first.len() + 1..text.as_str().len()
    } else {
        return text;
    };
    text.slice(kept)
}

fn with_caption(mut figure: Figure, caption: Option<Text>) -> Block {
    if let Some(caption) = &caption
        && says_nothing_more(&figure.alt, caption.as_str())
    {
        figure.alt.clear();
    }
    figure.caption = caption;
    Block::Figure(figure)
}

/// Does the caption say all that the description says?
pub(in crate::extract) fn says_nothing_more(alt: &str, caption: &str) -> bool {
    let (alt, caption) = (folded(alt), folded(caption));
    caption.contains(&alt) || alt.contains(&caption)
}

fn shown_images(page: &Page<'_>, id: NodeId) -> Vec<Figure> {
    let mut all: Vec<Figure> = page
        .elements(id)
        .filter(|(_, element)| is_image(*element) && !is_ornament(*element))
        .filter_map(|(at, element)| {
            let src =
                source(page, at, element).or_else(|| page.is_placeless().then(String::new))?;
            Some(Figure {
                src,
                alt: description(element),
                caption: None,
            })
        })
        .collect();
    let mut seen = HashSet::new();
    all.retain(|figure| seen.insert(figure.src.clone()));
    if page.tree.tag(id) == Some(Tag::Figure) || page.tree.tag(id) == Some(Tag::Picture) {
        all.truncate(if all.len() > 1 && page.holds(id, &[Tag::Noscript]) {
            1
        } else {
            12
        });
    }
    all
}

/// Attributes that hold a picture's address, the truest first: scripts put it into `src` later.
const SOURCES: [&str; 9] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-url",
    "data-image",
    "data-hi-res-src",
    "data-full-src",
    "data-img-url",
    "src",
];
/// The same, for lists of sizes.
const SOURCE_SETS: [&str; 3] = ["srcset", "data-srcset", "data-lazy-srcset"];

fn source(page: &Page<'_>, id: NodeId, element: Element<'_>) -> Option<String> {
    let own = SOURCES.iter().filter_map(|name| element.attr(name));
    let own = own
        .filter(|src| is_picture_address(src))
        .find_map(|src| page.link(src));
    own.or_else(|| from_set(page, element)).or_else(|| {
        let picture = page
            .tree
            .parent(id)
            .filter(|p| page.tree.tag(*p) == Some(Tag::Picture))?;
        let mut sources = page
            .elements(picture)
            .filter(|(_, e)| e.tag() == Tag::Source);
        sources.find_map(|(_, e)| from_set(page, e))
    })
}

fn is_picture_address(src: &str) -> bool {
    let src = src.trim();
    let stand_in = [
        "blank.gif",
        "spacer.gif",
        "placeholder",
        "pixel.gif",
        "transparent.png",
        "loading.gif",
        "1x1.",
    ];
    !src.is_empty()
        && !src.starts_with("data:")
        && !src.starts_with(['{', '['])
        && !stand_in.iter().any(|s| src.contains(s))
}

/// Takes the last address of a `srcset`, which is mostly the largest picture.
fn from_set(page: &Page<'_>, element: Element<'_>) -> Option<String> {
    let set = SOURCE_SETS.iter().find_map(|name| element.attr(name))?;
    let parts = set
        .split(", ")
        .filter_map(|part| part.split_whitespace().next());
    parts
        .filter(|src| is_picture_address(src))
        .filter_map(|src| page.link(src.trim_end_matches(',')))
        .last()
}

/// Counting pixels, icons and smileys.
fn is_ornament(element: Element<'_>) -> bool {
    let tiny = |name: &str| {
        let px = element
            .attr(name)
            .and_then(|v| v.trim().trim_end_matches("px").parse::<u32>().ok());
        px.is_some_and(|px| px < 32)
    };
    let named = element.classes().any(|class| {
        let class = class.to_ascii_lowercase();
        ["icon", "emoji", "avatar", "logo", "smiley"]
            .iter()
            .any(|word| class.contains(word))
    });
    tiny("width") || tiny("height") || named || element.attr("role") == Some("presentation")
}

/// The picture's description, unless it is a file's name or says only that it is a picture.
fn description(element: Element<'_>) -> String {
    let alt = crate::extract::page::collapsed(element.attr("alt").unwrap_or_default());
    if is_file_name(&alt) || alt.chars().filter(|c| c.is_alphabetic()).count() < 3 {
        return String::new();
    }
    alt
}

fn is_file_name(alt: &str) -> bool {
    let low = alt.to_ascii_lowercase();
    let extension = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".avif"]
        .iter()
        .any(|e| low.ends_with(e));
    let one_word = !alt.contains(' ');
    let digits = alt.bytes().filter(u8::is_ascii_digit).count();
    extension
        || one_word && (alt.contains('_') || digits * 3 > alt.len() || alt.matches('-').count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_has_no_blanks_inside_of_brackets_and_its_marks_stay_whole() {
        let mark = crate::model::Mark::Emphasis;
        let text = Text::with_spans(
            "Cầu mới ( Foto:\nAn Lê )".to_owned(),
            vec![crate::model::Span {
                start: 0,
                end: 28,
                mark,
            }],
        );
        let joined = join_caption_lines(&text);
        assert_eq!(joined.as_str(), "Cầu mới (Foto: An Lê)");
        assert_eq!(joined.spans().len(), 1);
    }
}
