//! Trims the blocks of a body: what stands before the prose and after it, and controls anywhere.

use super::author;
use super::blocks::Made;
use super::date;
use super::find::Signs;
use super::likeness::{likeness, same};
use super::phrase;
use crate::model::{Block, Mark, Text};

/// Prose is at least this long in bytes.
const PROSE: usize = 90;

/// Takes out what is not the article's. `title` is said elsewhere, and so are the `authors`.
pub(super) fn trim(made: &mut Vec<Made>, title: &str, authors: &[String]) {
    made.retain(|one| !is_control(one));
    drop_other_sections(made);
    trim_head(made, title, authors);
    trim_tail(made, authors);
}

fn is_control(one: &Made) -> bool {
    one.line()
        .is_some_and(|text| phrase::is_control(text.as_str()))
}

/// A heading that names other stories goes, with all up to the next heading of its level.
fn drop_other_sections(made: &mut Vec<Made>) {
    let mut dropping: Option<u8> = None;
    made.retain(|one| {
        if let Block::Heading { level, text } = &one.block {
            if dropping.is_some_and(|d| *level <= d) {
                dropping = None;
            }
            if phrase::names_other_stories(text.as_str()) {
                dropping = Some(*level);
            }
        }
        let long = one
            .paragraph()
            .is_some_and(|t| t.as_str().len() > 3 * PROSE && link_share(t) < 20);
        if long {
            dropping = None;
        }
        dropping.is_none()
    });
}

fn trim_head(made: &mut Vec<Made>, title: &str, authors: &[String]) {
    let prose = made.iter().position(is_prose).unwrap_or(made.len());
    let mut at = 0;
    made.retain(|one| {
        at += 1;
        let Some(text) = one.line() else { return true };
        let line = text.as_str();
        if same(line, title) || likeness(line, title) > 0.85 {
            return false;
        }
        at > prose + 1 || !is_head_label(one, line, authors)
    });
}

fn is_head_label(one: &Made, line: &str, authors: &[String]) -> bool {
    line.len() < 160
        && (date::is_dateline(line)
            || author::is_byline(line, authors)
            || one.signs.any(Signs::AUTHOR.with(Signs::DATE)) && line.len() < 120
            || one.line().is_some_and(|t| link_share(t) > 80) && line.len() < 60)
}

fn trim_tail(made: &mut Vec<Made>, authors: &[String]) {
    let Some(last) = made.iter().rposition(is_prose) else {
        return;
    };
    let mut at = 0;
    made.retain(|one| {
        at += 1;
        if at <= last + 1 {
            return true;
        }
        match one.line() {
            Some(text) => !is_tail_label(one, text, authors),
            None => true,
        }
    });
}

fn is_tail_label(one: &Made, text: &Text, authors: &[String]) -> bool {
    let line = text.as_str();
    date::is_dateline(line) && line.len() < 80
        || author::is_byline(line, authors)
        || one.signs.any(Signs::AUTHOR.with(Signs::DATE))
        || link_share(text) > 60
        || phrase::leads_elsewhere(line)
        || line.starts_with('©')
}

fn is_prose(one: &Made) -> bool {
    one.paragraph()
        .is_some_and(|t| t.as_str().len() >= PROSE && link_share(t) < 50)
        || matches!(&one.block, Block::List(list) if list.items.iter().any(|i| i.text.as_str().len() >= PROSE))
}

/// How much of a text is links, in hundredths.
pub(super) fn link_share(text: &Text) -> usize {
    let links = text
        .spans()
        .iter()
        .filter(|s| matches!(s.mark, Mark::Link { .. }));
    let linked: usize = links.map(|s| s.end - s.start).sum();
    linked * 100 / text.as_str().len().max(1)
}
