//! Headings: bold lines that act as one become one, and levels go down without a gap.

use super::{Made, numbered};
use crate::extract::find::Signs;
use crate::extract::page::beginning;
use crate::html::NodeId;
use crate::model::letter::lowered;
use crate::model::{Block, Mark, Span, Text};

/// Longer bold lines are prose that shouts.
const LONGEST: usize = 160;

/// Makes headings of bold lines and gives all headings levels from 2 without gaps.
pub(in crate::extract) fn settle(made: Vec<Made>) -> Vec<Made> {
    settle_around(made, &[])
}

/// Does so around entries, which stand at `entries` in page order: a heading over one of them heads
/// a section.
pub(in crate::extract) fn settle_around(mut made: Vec<Made>, entries: &[NodeId]) -> Vec<Made> {
    promote(&mut made);
    drop_hollow(&mut made, entries);
    level(&mut made);
    made
}

/// A bold line that stands over a paragraph acts as a heading.
fn promote(made: &mut [Made]) {
    let real = made.iter().filter_map(|m| match m.block {
        Block::Heading { level, .. } => Some(level),
        _ => None,
    });
    let below = real.max().unwrap_or(1).min(5) + 1;
    let asked = is_interview(made);
    // A bold line without a number stands beside the one before it.
    let mut rank = 0;
    for at in 0..made.len() {
        let leads_on = made.get(at + 1).is_some_and(|next| match &next.block {
            Block::Paragraph(text) => {
                let own = made[at]
                    .paragraph()
                    .and_then(|t| numbered::rank(t.as_str()));
                let below = numbered::rank(text.as_str());
                !is_strong(text) || own.zip(below).is_some_and(|(own, below)| own < below)
            }
            Block::List(_) | Block::Table(_) | Block::Figure(_) | Block::Quote(_) => true,
            _ => false,
        });
        let Some(text) = made[at].paragraph() else {
            continue;
        };
        let spoken = asked && (is_question(text) || is_interviewer(text));
        let called_so = made[at].signs.any(Signs::CROSSHEAD) && is_one_line(text);
        let counted = numbered::rank(text.as_str());
        if counted.is_none() && (made[at].aside || spoken) || !leads_on {
            continue;
        }
        if called_so || is_title_like(text) || counted.is_some() && is_strong_line(text) {
            rank = counted.unwrap_or(rank);
            let (text, level) = (without_strong(text), below.saturating_add(rank));
            made[at].block = Block::Heading { level, text };
        }
    }
}

/// Does a bold line of a heading's length end in a colon or a full stop, as numbered ones may?
fn is_strong_line(text: &Text) -> bool {
    let linked = |s: &Span| matches!(s.mark, Mark::Link { .. });
    is_strong(text)
        && text.as_str().len() <= LONGEST
        && !text.as_str().contains('\n')
        && !text.spans().iter().any(linked)
}

/// Bold questions again and again are a speaker's part; an ear that jumps by headings does not look
/// for them there.
fn is_interview(made: &[Made]) -> bool {
    let asked = made.iter().filter_map(Made::paragraph);
    asked.filter(|text| is_question(text)).count() >= QUESTIONS
}

/// So many bold questions make an interview.
const QUESTIONS: usize = 2;

fn is_question(text: &Text) -> bool {
    is_strong(text) && text.as_str().trim_end_matches(['"', '”']).ends_with('?')
}

/// What stands before an interviewer's words; lower case.
const INTERVIEWERS: [&str; 7] = ["pv:", "p.v:", "pv ", "phóng viên", "hỏi:", "btv:", "q:"];

fn is_interviewer(text: &Text) -> bool {
    let low = lowered(beginning(text.as_str(), 40));
    INTERVIEWERS.iter().any(|begin| low.starts_with(begin))
}

fn is_title_like(text: &Text) -> bool {
    let plain = text.as_str();
    let ends_open =
        !plain.ends_with(['.', ',', ';', ':', '…', '”', '"', '»']) || plain.ends_with("...");
    is_strong(text) && ends_open && is_one_line(text)
}

/// Is it one short line of words without a link?
fn is_one_line(text: &Text) -> bool {
    let plain = text.as_str();
    let linked = text
        .spans()
        .iter()
        .any(|s| matches!(s.mark, Mark::Link { .. }));
    plain.len() <= LONGEST
        && !linked
        && !plain.contains('\n')
        && plain.chars().any(char::is_alphabetic)
}

/// Is all of it strong?
pub(in crate::extract) fn is_strong(text: &Text) -> bool {
    covered(text, &Mark::Strong)
}

/// Is all of it emphasised?
pub(in crate::extract) fn is_emphasis(text: &Text) -> bool {
    covered(text, &Mark::Emphasis)
}

/// Is all of it marked so, but for spaces and closing marks?
pub(in crate::extract) fn covered(text: &Text, mark: &Mark) -> bool {
    let mut at = 0;
    for span in text.spans().iter().filter(|s| s.mark == *mark) {
        if span.start > at
            && text.as_str()[at..span.start]
                .chars()
                .any(char::is_alphanumeric)
        {
            return false;
        }
        at = at.max(span.end);
    }
    at > 0 && !text.as_str()[at..].chars().any(char::is_alphanumeric)
}

/// Returns the text without marks for strong, which a heading is by itself.
pub(in crate::extract) fn without_strong(text: &Text) -> Text {
    let spans = text
        .spans()
        .iter()
        .filter(|s| s.mark != Mark::Strong)
        .cloned()
        .collect();
    Text::with_spans(text.as_str().to_owned(), spans)
}

/// Drops headings without words, and those that nothing follows, no entry either.
fn drop_hollow(made: &mut Vec<Made>, entries: &[NodeId]) {
    let mut next_level = Some(0);
    let mut next_node: Option<NodeId> = None;
    let mut keep = vec![true; made.len()];
    for (at, one) in made.iter().enumerate().rev() {
        let first = entries.partition_point(|entry| *entry < one.node);
        let below = |entry: &NodeId| next_node.is_none_or(|next| *entry < next);
        let leads_on = next_level != Some(0) || entries.get(first).is_some_and(below);
        next_level = match &one.block {
            Block::Heading { level, text } => {
                keep[at] = leads_on && !text.is_empty();
                if keep[at] { Some(*level) } else { next_level }
            }
            _ => None,
        };
        next_node = Some(one.node);
    }
    let mut keep = keep.into_iter();
    made.retain(|_| keep.next().unwrap_or(true));
}

/// Levels become 2 to 6: each heading stands under the nearest one before it that was higher.
fn level(made: &mut [Made]) {
    let mut open: Vec<u8> = Vec::new();
    for one in made {
        if let Block::Heading { level, text } = &mut one.block {
            while open.last().is_some_and(|outer| *outer >= *level) {
                open.pop();
            }
            open.push(*level);
            *level = u8::try_from(open.len() + 1).unwrap_or(6).min(6);
            if text.spans().iter().any(|span| span.mark == Mark::Strong) {
                *text = without_strong(text);
            }
        }
    }
}
