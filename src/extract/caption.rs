//! Captions that stand as paragraphs after their picture.

use super::blocks::{self, Made, join_caption_lines};
use super::find::Signs;
use crate::model::Block;

/// Longer paragraphs are prose.
const LONGEST: usize = 400;
/// Beginnings of captions; lower case.
const BEGINNINGS: [&str; 12] = [
    "ảnh:",
    "ảnh minh họa",
    "ảnh minh hoạ",
    "nguồn ảnh",
    "(ảnh",
    "ảnh ",
    "photo:",
    "foto:",
    "image:",
    "credit:",
    "fig.",
    "hình ",
];

/// Gives pictures without a caption the paragraph after them, where that acts as one.
pub(super) fn adopt(made: &mut Vec<Made>) {
    let mut out: Vec<Made> = Vec::with_capacity(made.len());
    for one in made.drain(..) {
        let caption = one.paragraph().filter(|_| acts_as_caption(&one));
        let before = out.last_mut().map(|m| &mut m.block);
        match (caption, before) {
            (Some(text), Some(Block::Figure(figure))) if figure.caption.is_none() => {
                if blocks::says_nothing_more(&figure.alt, text.as_str()) {
                    figure.alt.clear();
                }
                figure.caption = Some(join_caption_lines(text));
            }
            _ => out.push(one),
        }
    }
    *made = out;
}

fn acts_as_caption(one: &Made) -> bool {
    let Some(text) = one.paragraph() else {
        return false;
    };
    let plain = text.as_str();
    let low = plain.to_lowercase();
    let small = text.as_str().len() <= LONGEST;
    small
        && (one.aside
            || one.signs.any(Signs::CAPTION)
            || one.signs.any(Signs::CREDIT)
            || blocks::is_emphasis(text)
            || BEGINNINGS.iter().any(|b| low.starts_with(b)))
}
