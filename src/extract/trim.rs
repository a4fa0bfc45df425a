//! Trims the blocks of a body: what stands before the prose and after it, and controls anywhere.

use super::author;
use super::blocks::Made;
use super::caption;
use super::date;
use super::find::Signs;
use super::likeness::{folded, likeness, same};
use super::meta::Claims;
use super::phrase;
use crate::html::NodeId;
use crate::model::{Block, Item, Mark, Text};
use rustc_hash::FxHashSet;

/// Prose is at least this long in bytes.
const PROSE: usize = 90;

/// What is said elsewhere, and need not be said in the body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'k> {
    /// The title.
    pub(super) title: &'k str,
    /// Titles that the page claims.
    pub(super) claims: &'k Claims,
    /// The authors.
    pub(super) authors: &'k [String],
}

/// Takes out what is not the article's, and what is said twice.
pub(super) fn trim(made: &mut Vec<Made>, said: Said<'_>) {
    made.retain(|one| !is_control(one));
    drop_repeated(made);
    drop_other_sections(made);
    drop_bare_links(made);
    trim_head(made, said);
    trim_tail(made, said.authors);
}

/// Takes controls and repetitions out of what is said around a listing's entries.
pub(super) fn trim_listing(made: &mut Vec<Made>, title: &str) {
    made.retain(|one| {
        !is_control(one) && one.line().is_none_or(|text| !same(text.as_str(), title))
    });
    made.retain(|one| !matches!(one.block, Block::Figure(_) | Block::Media(_)));
    drop_repeated(made);
}

/// What stands over the title and is all links is the site's.
pub(super) fn drop_links_before(made: &mut Vec<Made>, title: Option<NodeId>) {
    let Some(title) = title else { return };
    made.retain(|one| one.node > title || one.line().is_none_or(|text| link_share(text) < 80));
}

fn is_control(one: &Made) -> bool {
    one.line()
        .is_some_and(|text| phrase::is_control(text.as_str()))
}

/// Long lines and captions are said once.
fn drop_repeated(made: &mut Vec<Made>) {
    let mut seen: FxHashSet<String> = FxHashSet::default();
    made.retain(|one| {
        let words = match &one.block {
            Block::Paragraph(text) => Some(text),
            Block::Figure(figure) => figure.caption.as_ref(),
            _ => None,
        };
        match words.map(|text| folded(text.as_str())) {
            Some(words) if words.len() >= 30 => seen.insert(words),
            _ => true,
        }
    });
}

/// A heading that names other stories goes, with all up to the next heading of its level; a
/// paragraph that does goes with the links after it.
fn drop_other_sections(made: &mut Vec<Made>) {
    let mut dropping: Option<u8> = None;
    made.retain(|one| {
        match &one.block {
            Block::Heading { level, text } => {
                if dropping.is_some_and(|d| *level <= d) {
                    dropping = None;
                }
                if phrase::names_other_stories(text.as_str()) {
                    dropping = Some(*level);
                }
            }
            Block::Paragraph(text) if phrase::names_other_stories(text.as_str()) => {
                dropping = Some(dropping.unwrap_or(LINKS));
            }
            Block::Paragraph(text) => {
                let prose = text.as_str().len()
                    > if dropping == Some(LINKS) {
                        PROSE
                    } else {
                        3 * PROSE
                    };
                if prose && link_share(text) < 50 {
                    dropping = None;
                }
            }
            Block::List(list)
                if dropping == Some(LINKS)
                    && list.items.iter().any(|i| link_share(&i.text) < 50) =>
            {
                dropping = None;
            }
            _ => {}
        }
        dropping.is_none()
    });
}

/// Stands for the level of a line that is no heading.
const LINKS: u8 = 9;

/// A line that is one link and no sentence leads to another story.
fn drop_bare_links(made: &mut Vec<Made>) {
    let prose = made.iter().filter(|one| is_prose(one)).count();
    made.retain(|one| {
        let Some(text) = one.line().filter(|_| prose >= 3) else {
            return true;
        };
        let sentence = text.as_str().ends_with(['.', ':', '!', '…', '。']);
        link_share(text) < 90 || text.as_str().len() < 18 || sentence
    });
}

fn trim_head(made: &mut Vec<Made>, said: Said<'_>) {
    let mut prose = made
        .iter()
        .enumerate()
        .filter(|(_, one)| is_prose(one))
        .map(|(at, _)| at);
    let (first, second) = (
        prose.next().unwrap_or(made.len()),
        prose.next().unwrap_or(0),
    );
    let head = first.max(second);
    let mut at = 0;
    made.retain(|one| {
        at += 1;
        if let Block::List(list) = &one.block {
            let label =
                |item: &Item| item.inner.is_none() && is_head_label(one, &item.text, said.authors);
            return at > head + 1 || !list.items.iter().all(label);
        }
        let Some(text) = one.line() else { return true };
        let line = text.as_str();
        if at <= 12 && is_title(line, said) {
            return false;
        }
        at > head + 1 || !is_head_label(one, text, said.authors)
    });
}

/// Is it the title once more, as it stands or as the page claims it, with or without a kicker?
fn is_title(line: &str, said: Said<'_>) -> bool {
    let claims = [&said.claims.shared, &said.claims.headline]
        .into_iter()
        .flatten();
    let mut titles = claims
        .map(String::as_str)
        .chain(std::iter::once(said.title));
    let words = folded(line);
    titles.any(|title| {
        let own = folded(title);
        own.len() > 8
            && (likeness(line, title) > 0.85 || words.contains(&own) && words.len() < own.len() * 2)
    })
}

fn is_head_label(one: &Made, text: &Text, authors: &[String]) -> bool {
    let line = text.as_str();
    phrase::is_note(line)
        || line.len() < 160
            && (date::is_dateline(line)
                || date::is_stamp(line)
                || phrase::is_note(line)
                || is_byline(one, line, authors)
                || caption::is_credit_line(&line.to_lowercase())
                || one
                    .signs
                    .any(Signs::AUTHOR.with(Signs::DATE).with(Signs::CREDIT))
                    && line.len() < 120
                || link_share(text) > 80 && line.len() < 60)
}

/// The authors' names, alone or in a short line that begins with them.
fn is_byline(one: &Made, line: &str, authors: &[String]) -> bool {
    let begins = || author::begins_with_author(line, authors);
    author::is_byline(line, authors) || line.len() < 90 && one.paragraph().is_some() && begins()
}

fn trim_tail(made: &mut Vec<Made>, authors: &[String]) {
    let Some(last) = made
        .iter()
        .rposition(|one| is_prose(one) && !is_tail_note(one))
    else {
        return;
    };
    let mut at = 0;
    made.retain(|one| {
        at += 1;
        if at <= last + 1 {
            return !is_tail_note(one) || at * 2 < last;
        }
        match one.line() {
            Some(text) => !is_tail_label(one, text, authors),
            None => true,
        }
    });
}

fn is_tail_note(one: &Made) -> bool {
    one.line()
        .is_some_and(|text| phrase::is_note(text.as_str()))
}

fn is_tail_label(one: &Made, text: &Text, authors: &[String]) -> bool {
    let line = text.as_str();
    date::is_dateline(line) && line.len() < 80
        || date::is_stamp(line)
        || is_byline(one, line, authors)
        || phrase::is_note(line)
        || one
            .signs
            .any(Signs::AUTHOR.with(Signs::DATE).with(Signs::CREDIT))
        || link_share(text) > 60
        || phrase::leads_elsewhere(line)
        || line.starts_with('©')
        || line.len() < 60 && line.contains('@') && !line.contains(' ')
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
