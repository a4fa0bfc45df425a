//! The body's element becomes blocks in reading order.

mod compose;
mod figure;
mod header;
mod heading;
mod inline;
mod list;
mod media;
mod numbered;
mod prose;
mod table;

pub(super) use compose::{Made, compose, is_aside, pictures_before};
pub(super) use figure::{join_caption_lines, says_nothing_more};
pub(super) use heading::{
    is_emphasis, is_strong, settle as settle_headings, settle_around as settle_headings_around,
    without_strong,
};
pub(super) use inline::text;
pub(super) use media::shows_document;
pub(super) use numbered::rank as numbered_rank;
pub(super) use prose::Prose;

/// Makes lists of the paragraphs that editors begin with dashes or numbers.
pub(super) fn settle_lists(made: Vec<Made>) -> Vec<Made> {
    numbered::numbers(list::dashes(made))
}
