//! When it was published: what the page claims, else the date it shows near the title.
//!
//! A date in the body is never taken: it is what the article is about, not when it was written.

use super::date::{self, Dated, Habit};
use super::find::Signs;
use super::meta::Claims;
use super::page::Page;
use crate::html::{NodeId, Tag};
use crate::model::letter::lowered;
use crate::model::{Lang, Published};

/// Returns how dates are read on this page.
pub(super) fn habit(page: &Page<'_>, lang: &Lang) -> Habit {
    let host = page.address.and_then(|a| a.host_str()).unwrap_or_default();
    Habit {
        vietnamese: lang.is_vietnamese() || host.ends_with(".vn"),
        month_first: lang.as_str() == "en-US" || lang.as_str() == "en" && host.ends_with(".com"),
    }
}

/// Where dates are shown that may be the page's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    /// Where the body begins and ends.
    pub(super) body: (NodeId, NodeId),
    /// Where the title stands.
    pub(super) title: Option<NodeId>,
    /// The element where the page's family keeps the date.
    pub(super) named: Option<NodeId>,
}

/// Finds when a page was published.
pub(super) fn published(
    page: &Page<'_>,
    claims: &Claims,
    place: Shown,
    habit: Habit,
) -> Option<Dated> {
    let claimed = claims
        .dates
        .iter()
        .filter_map(|text| date::read(text, habit));
    let claimed: Vec<Dated> = claimed.collect();
    let first = claimed.first().copied();
    // The same day may be claimed once more with its time.
    let fuller = first.and_then(|first| {
        let moment = |d: &&Dated| matches!(d.published, Published::Moment(..));
        claimed
            .iter()
            .filter(moment)
            .find(|d| d.published.day() == first.published.day())
            .copied()
    });
    let named = || {
        place
            .named
            .and_then(|id| written(page, id, habit).or_else(|| date::read(&page.shown(id), habit)))
    };
    fuller
        .or(first)
        .or_else(named)
        .or_else(|| shown(page, place, habit))
}

/// The machine-readable date of an element or of one inside it.
fn written(page: &Page<'_>, id: NodeId, habit: Habit) -> Option<Dated> {
    let mut times = page.elements(id).filter(|(_, e)| e.tag() == Tag::Time);
    times.find_map(|(_, e)| date::read(e.attr("datetime")?, habit))
}

/// A date shown outside of the body, the likeliest first: what stands between the title and the end of the
/// body before what stands in banners and side boxes.
fn shown(page: &Page<'_>, place: Shown, habit: Habit) -> Option<Dated> {
    let begin = place
        .title
        .map_or(place.body.0, |title| title.min(place.body.0));
    let near = |id: NodeId| id >= begin && id < place.body.1;
    let under_title = || dateline(page, (begin, place.body.1), 0, habit);
    marked(page, place.body, habit, near)
        .or_else(|| place.title.and_then(|_| under_title()))
        .or_else(|| marked(page, place.body, habit, |_| true))
        .or_else(|| dateline(page, place.body, BEFORE, habit))
}

/// A date that is machine-readable, or in an element named as one.
fn marked(
    page: &Page<'_>,
    body: (NodeId, NodeId),
    habit: Habit,
    may_be: impl Fn(NodeId) -> bool,
) -> Option<Dated> {
    let outside = |id: NodeId| !is_prose_of(page, id, body) && !page.in_other_story(id);
    let mut named = None;
    for (id, element) in page
        .elements(page.tree.root())
        .filter(|(id, _)| may_be(*id))
    {
        if element.tag() == Tag::Time && outside(id) {
            let written = element.attr("datetime").and_then(|d| date::read(d, habit));
            if let Some(found) = written.or_else(|| date::read(&page.shown(id), habit)) {
                return Some(found);
            }
        }
        let property = element
            .attr("content")
            .filter(|_| element.attr("itemprop") == Some("datePublished"));
        if let Some(found) = property.and_then(|content| date::read(content, habit)) {
            return Some(found);
        }
        let labelled = page.survey.signs(id).any(Signs::DATE) && page.survey.raw_text(id) < 160;
        if named.is_none() && labelled && outside(id) {
            named = date::read(&page.shown(id), habit);
        }
    }
    named
}

/// So many lines before the body may hold its date.
const BEFORE: usize = 25;

/// A line near the body's beginning that is little but a date.
fn dateline(
    page: &Page<'_>,
    (from, to): (NodeId, NodeId),
    before: usize,
    habit: Habit,
) -> Option<Dated> {
    let lines = page.survey.lines(page.tree.root());
    let begin = lines.partition_point(|line| line.first < from);
    let before = lines[begin.saturating_sub(before)..begin].iter().rev();
    let inside = lines[begin..]
        .iter()
        .take_while(|line| line.first < to)
        .take(6);
    before
        .chain(inside)
        .filter(|line| line.len < 300)
        .flat_map(|line| page.line_parts(line))
        .flat_map(parts_of_bar)
        .map(|text| without_toolbar(&text).to_owned())
        .filter(|text| text.len() < 130 && date::is_dateline(text))
        .find_map(|text| date::read(&text, habit))
}

/// The parts of a bar that tells more than a date; "Thứ hai, 03/02/2025 | 10:30" is one part.
fn parts_of_bar(line: String) -> Vec<String> {
    if date::is_dateline(&line) {
        return vec![line];
    }
    line.split('|').map(str::to_owned).collect()
}

/// Labels of the buttons that stand beside the date; lower case.
const TOOLBAR: [&str; 12] = [
    "tăng cỡ chữ",
    "giảm cỡ chữ",
    "xem cỡ chữ",
    "cỡ chữ",
    "tăng tương phản",
    "giảm tương phản",
    "in trang",
    "in bài",
    "đọc bài viết",
    "gửi cho bạn",
    "chia sẻ",
    "lượt xem",
];

/// A line up to the buttons that stand in it behind the date.
fn without_toolbar(line: &str) -> &str {
    let low = lowered(line);
    let buttons = TOOLBAR.iter().filter_map(|label| low.find(label));
    let first = buttons
        .min()
        .filter(|at| line.is_char_boundary(*at) && *at > 0);
    first.map_or(line, |at| &line[..at])
}

/// Is `id` in the midst of the body's prose, rather than in what stands over it?
fn is_prose_of(page: &Page<'_>, id: NodeId, (from, to): (NodeId, NodeId)) -> bool {
    if id < from || id >= to {
        return false;
    }
    let mut holders = page.tree.ancestors(id).take_while(|a| *a > from);
    holders.any(|a| page.tree.tag(a) == Some(Tag::P) && page.survey.sums(a).prose > 0)
}
