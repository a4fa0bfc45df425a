//! Trims the blocks of a body: what stands before the prose and after it, and controls anywhere.

use std::cell::LazyCell;

use rustc_hash::FxHashSet;

use super::author;
use super::blocks::Made;
use super::caption;
use super::date;
use super::find::Signs;
use super::furniture::{cites_page, is_biography, is_menu, names_source, tells_of_site};
use super::likeness::{begins_in_lower_case, folded, likeness, same};
use super::meta::Claims;
use super::page::Page;
use super::part;
use super::phrase;
use super::repeat;
use crate::html::{NodeId, Tag};
use crate::model::{Block, Figure, Item, List, Mark, Text};

/// Prose is at least this long in bytes.
const PROSE: usize = 90;

/// What is said elsewhere, and need not be said in the body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'k> {
    /// The title.
    pub(super) title: &'k str,
    /// Where the page shows it, if it does.
    pub(super) title_node: Option<NodeId>,
    /// Titles that the page claims.
    pub(super) claims: &'k Claims,
    /// The authors.
    pub(super) authors: &'k [String],
    /// The site's name.
    pub(super) site: Option<&'k str>,
    /// The page, whose own addresses are no part of the article.
    pub(super) page: &'k Page<'k>,
}

/// Takes out what is not the article's, and what is said twice.
pub(super) fn trim(made: &mut Vec<Made>, said: Said<'_>) {
    let parts = part::heads(made, said.page);
    made.retain(|one| {
        !is_title_again(one, said) && (parts.contains(&one.node) || !is_control(one))
    });
    repeat::drop_repeated(made);
    drop_other_sections(made, &parts);
    drop_bare_links(made);
    trim_head(made, said);
    trim_tail(made, said);
}

/// Takes controls and repetitions out of what is said around a listing's entries.
pub(super) fn trim_listing(made: &mut Vec<Made>, title: &str) {
    made.retain(|one| {
        !is_control(one)
            && !is_menu(one)
            && one.line().is_none_or(|text| !same(text.as_str(), title))
    });
    made.retain(|one| !matches!(one.block, Block::Figure(_) | Block::Media(_)));
    repeat::drop_repeated(made);
}

/// What stands over the title and is all links is the site's.
pub(super) fn drop_links_before(made: &mut Vec<Made>, title: Option<NodeId>) {
    let Some(title) = title else { return };
    made.retain(|one| one.node > title || one.line().is_none_or(|text| link_share(text) < 80));
}

/// Words that begin the title of a Vietnamese document, one line above what it is about; lower case.
const DOCUMENTS: [&str; 10] = [
    "thông báo",
    "kế hoạch",
    "quyết định",
    "công văn",
    "giấy mời",
    "báo cáo",
    "tờ trình",
    "nghị quyết",
    "chỉ thị",
    "hướng dẫn",
];

/// A short line over the title that is no sentence is a banner's or a section's.
pub(super) fn drop_labels_before(made: &mut Vec<Made>, title: Option<NodeId>) {
    let Some(title) = title else { return };
    let label = |line: &str| {
        line.len() < 120
            && !line.ends_with(['.', '!', '?', '”', '"'])
            && !DOCUMENTS
                .iter()
                .any(|word| begins_in_lower_case(line, word))
    };
    made.retain(|one| one.node >= title || one.line().is_none_or(|text| !label(text.as_str())));
}

fn is_control(one: &Made) -> bool {
    one.line()
        .is_some_and(|text| phrase::is_control(text.as_str()))
}

/// A heading that says the title once more, or in the words that were outvoted.
fn is_title_again(one: &Made, said: Said<'_>) -> bool {
    matches!(&one.block, Block::Heading { text, .. }
        if Some(one.node) == said.title_node || same(text.as_str(), said.title))
}

/// A heading that names other stories goes, with all up to the next heading of its level; a
/// paragraph that does goes with the links after it.
fn drop_other_sections(made: &mut Vec<Made>, parts: &FxHashSet<NodeId>) {
    let mut dropping: Option<u8> = None;
    made.retain(|one| {
        match &one.block {
            Block::Heading { level, text } => {
                if dropping.is_some_and(|d| *level <= d) {
                    dropping = None;
                }
                if phrase::names_other_stories(text.as_str()) && !parts.contains(&one.node) {
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
            Block::List(list) if dropping == Some(LINKS) && !leads_away(&list.items) => {
                dropping = None;
            }
            _ => {}
        }
        dropping.is_none()
    });
}

/// Do most items of a list lead to other stories?
pub(super) fn leads_away(items: &[Item]) -> bool {
    let links = items.iter().filter(|i| link_share(&i.text) >= 50).count();
    links * 3 >= items.len() * 2
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
    let begin = made.get(first).map(|one| one.node);
    let mut at = 0;
    made.retain(|one| {
        at += 1;
        match &one.block {
            Block::List(list) => return at > head + 1 || !is_label_list(one, list, said.authors),
            Block::Figure(figure) => return at > head + 1 || !is_portrait(figure, said.authors),
            _ => {}
        }
        let Some(text) = one.line() else { return true };
        let line = text.as_str();
        if at <= 12 && is_title(line, said) {
            return false;
        }
        let kicker = Some(one.node) < begin && is_kicker(one, text, said.page, begin);
        at > head + 1 || !(kicker || is_head_label(one, text, said.authors))
    });
}

/// Is most of a list labels: who wrote it, when, how long it takes to read?
fn is_label_list(one: &Made, list: &List, authors: &[String]) -> bool {
    let label = |item: &&Item| {
        item.inner.is_none()
            && (is_head_label(one, &item.text, authors) || phrase::is_control(item.text.as_str()))
    };
    list.items.iter().filter(label).count() * 2 > list.items.len()
}

/// Is it the author's picture, with name and date for a caption?
fn is_portrait(figure: &Figure, authors: &[String]) -> bool {
    figure.caption.as_ref().is_some_and(|caption| {
        let line = caption.as_str();
        line.len() < 140
            && (date::is_dateline(line)
                || date::is_stamp(line)
                || author::is_byline(line, authors)
                || author::begins_with_author(line, authors))
    })
}

/// Is a line over the prose the name of a section or a kicker: a few words, no sentence, in a room
/// of their own?
fn is_kicker(one: &Made, text: &Text, page: &Page<'_>, prose: Option<NodeId>) -> bool {
    let line = text.as_str();
    let few = line.len() <= 48 && line.split_whitespace().count() <= 5;
    let plain = line
        .chars()
        .all(|c| c.is_alphabetic() || c == ' ' || c == '-')
        && line.chars().any(char::is_lowercase);
    let beside_prose = page.tree.tag(one.node) == Some(Tag::P)
        && prose.is_some_and(|prose| page.tree.parent(prose) == page.tree.parent(one.node));
    one.paragraph().is_some()
        && few
        && plain
        && text.spans().is_empty()
        && !one.aside
        && !beside_prose
}

/// Is it the title once more, as it stands or as the page claims it, with or without a kicker?
fn is_title(line: &str, said: Said<'_>) -> bool {
    let claims = [&said.claims.shared, &said.claims.headline]
        .into_iter()
        .flatten();
    let mut titles = claims
        .map(String::as_str)
        .chain(std::iter::once(said.title));
    let words = LazyCell::new(|| folded(line));
    titles.any(|title| {
        if line.len() > title.len() * 4 {
            return false; // said often enough to be no title
        }
        let own = folded(title);
        let kicker = words.len().saturating_sub(own.len());
        // A sentence may say the headline on its way.
        let goes_on = kicker > KICKER && line.ends_with('.');
        own.len() > 8
            && (likeness(line, title) > 0.85
                || words.contains(&own) && kicker < own.len() && !goes_on)
    })
}

/// A kicker beside a title has no more bytes.
const KICKER: usize = 30;

/// Is each part of a bar a label: "Đăng ngày 03/02/2025 | Tác giả: Lê Na | Lượt xem: 12"?
fn is_label_bar(line: &str, authors: &[String]) -> bool {
    let label = |part: &str| {
        date::is_dateline(part)
            || date::is_stamp(part)
            || phrase::is_control(part)
            || author::is_byline(part, authors)
    };
    line.len() < 400 && line.contains('|') && line.split('|').map(str::trim).all(label)
}

fn is_head_label(one: &Made, text: &Text, authors: &[String]) -> bool {
    let line = text.as_str();
    is_note_between(one)
        || is_label_bar(line, authors)
        || line.len() < 160
            && (date::is_dateline(line)
                || date::is_stamp(line)
                || is_byline(one, line, authors)
                || caption::is_credit_line(line)
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

fn trim_tail(made: &mut Vec<Made>, said: Said<'_>) {
    let story = |one: &Made| is_prose(one) && !is_afterword(one, said);
    let Some(last) = made.iter().rposition(story) else {
        return;
    };
    let mut at = 0;
    made.retain(|one| {
        at += 1;
        if at <= last + 1 {
            return at * 2 < last || !is_note_between(one);
        }
        if is_afterword(one, said) || names_source(one, said.page) {
            return false;
        }
        match one.line() {
            Some(text) => !is_tail_label(one, text, said.authors),
            None => true,
        }
    });
}

/// Is it a note to readers beside paragraphs that go on? Prose that leads nowhere tells the story.
fn is_note_between(one: &Made) -> bool {
    one.line().is_some_and(|text| {
        let leads = !is_prose(one) || link_share(text) > 0;
        leads && phrase::is_note(text.as_str())
    })
}

/// What follows the story's last words: who its author is, what else the paper offers, how to cite.
fn is_afterword(one: &Made, said: Said<'_>) -> bool {
    let of_paper = |line: &str| phrase::is_of_paper(line, said.title);
    match &one.block {
        Block::Paragraph(text) => {
            let line = text.as_str();
            of_paper(line)
                || is_biography(line, said.authors)
                || cites_page(line, said.page)
                || tells_of_site(line, said.page, said.site)
        }
        Block::Quote(inner) => inner
            .iter()
            .all(|b| matches!(b, Block::Paragraph(text) if of_paper(text.as_str()))),
        Block::List(list) => {
            let pitches = list.items.iter().filter(|i| of_paper(i.text.as_str()));
            pitches.count() * 2 > list.items.len()
        }
        Block::Figure(figure) => figure
            .caption
            .as_ref()
            .is_some_and(|caption| phrase::is_promotion(caption.as_str())),
        _ => false,
    }
}

fn is_tail_label(one: &Made, text: &Text, authors: &[String]) -> bool {
    let line = text.as_str();
    if is_footnote(line) {
        return false;
    }
    date::is_dateline(line) && line.len() < 80
        || date::is_stamp(line)
        || is_byline(one, line, authors)
        || phrase::is_agency_line(line)
        || one
            .signs
            .any(Signs::AUTHOR.with(Signs::DATE).with(Signs::CREDIT))
        || link_share(text) > 60
        || phrase::leads_elsewhere(line) && (link_share(text) > 0 || !line.ends_with('.'))
        || line.starts_with('©')
        || line.len() < 60 && line.contains('@') && !line.contains(' ')
}

/// Does a line begin with a note's mark: `[1]`, `(2)`, `(*)`?
fn is_footnote(line: &str) -> bool {
    let inner = line.strip_prefix(['[', '(']);
    let marked = inner.and_then(|inner| inner.split_once([']', ')']));
    marked.is_some_and(|(mark, rest)| {
        let sign = |c: char| c.is_ascii_digit() || matches!(c, '*' | '†');
        (1..=3).contains(&mark.len()) && mark.chars().all(sign) && !rest.trim().is_empty()
    })
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
