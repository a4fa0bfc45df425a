//! The title, without the site's name and without the labels of web parts.
//!
//! What the page claims (`og:title`, JSON-LD, `title`) and what it shows (`h1` and other headings)
//! are held against each other: the shown words win where the claims know them.

use super::find::Signs;
use super::likeness::{folded, likeness, same};
use super::meta::Claims;
use super::page::Page;
use super::phrase;
use crate::html::{NodeId, Tag};

/// A title, and the element that shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Title {
    /// Its words; empty where the page has none.
    pub(super) text: String,
    /// Where it stands.
    pub(super) node: Option<NodeId>,
}

/// A shown line that may be the title.
struct Shown {
    node: NodeId,
    text: String,
    tag: Tag,
    likeness: f32,
}

/// As much must a shown line share with a claimed title.
const ALIKE: f32 = 0.55;
/// Longer lines are no titles.
const LONGEST: usize = 400;

/// Finds the title.
pub(super) fn title(page: &Page<'_>, claims: &Claims, site: Option<&str>) -> Title {
    let claimed = claimed(page, claims, site);
    let mut shown = shown(page, &claimed);
    shown.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.node.cmp(&b.node)));
    let best_h1 = shown.iter().find(|s| s.tag == Tag::H1);
    let known = best_h1.filter(|s| s.likeness >= ALIKE).or_else(|| shown.first().filter(|s| s.likeness >= 0.8));
    let unknown = || best_h1.filter(|s| claimed.is_empty() || !is_site(page, &s.text, site) && only_h1(&shown));
    let agreed = agreed(&claimed);
    let Some(found) = known.or_else(unknown) else {
        let text = agreed.or(claimed.first());
        return Title {
            text: text.cloned().unwrap_or_default(),
            node: None,
        };
    };
    // Two claims that agree know better where a kicker stands in the heading or was left out of it.
    let better = agreed.filter(|a| likeness(a, &found.text) >= RELATED && !claimed.iter().any(|c| same(c, &found.text) || is_longer(c, &found.text)));
    Title {
        text: better.unwrap_or(&found.text).clone(),
        node: Some(found.node),
    }
}

/// Claims that outvote the shown title share at least this much with it.
const RELATED: f32 = 0.3;

/// The title that two claims agree on.
fn agreed(claimed: &[String]) -> Option<&String> {
    let agrees = |one: &String, other: &String| same(one, other) || is_longer(other, one);
    let voters = |one: &String| claimed.iter().filter(|other| agrees(one, other)).count();
    claimed.iter().find(|one| voters(one) > 1)
}

/// Is `long` the title `short` with a name of site or section behind it?
fn is_longer(long: &str, short: &str) -> bool {
    let rest = long.strip_prefix(short);
    rest.is_some_and(|rest| SEPARATORS.iter().any(|by| rest.starts_with(by)))
}

fn only_h1(shown: &[Shown]) -> bool {
    shown.iter().filter(|s| s.tag == Tag::H1).count() == 1
}

/// Titles the page claims, the site's name cut off.
fn claimed(page: &Page<'_>, claims: &Claims, site: Option<&str>) -> Vec<String> {
    let all = [&claims.shared, &claims.headline, &claims.window].into_iter().flatten();
    let mut titles: Vec<String> = all
        .map(|title| without_site(page, title, site))
        .filter(|title| !title.is_empty() && !phrase::is_block_label(title))
        .collect();
    // A page that claims its site's name for a title claims nothing.
    if titles.len() > 1 {
        titles.retain(|title| !is_site(page, title, site));
    }
    titles
}

fn shown(page: &Page<'_>, claimed: &[String]) -> Vec<Shown> {
    let mut found = Vec::new();
    for (node, element) in page.elements(page.tree.root()) {
        let tag = element.tag();
        let signs = page.survey.signs(node);
        let titled = tag.heading_level().is_some()
            || signs.any(Signs::TITLE) && !matches!(tag, Tag::Html | Tag::Body);
        let size = page.survey.raw_text(node);
        if !titled
            || signs.any(Signs::HIDDEN)
            || size < 3
            || size > LONGEST
            || page.in_other_story(node)
        {
            continue;
        }
        let text = page.shown(node);
        if text.is_empty() || phrase::is_block_label(&text) {
            continue;
        }
        let likeness = claimed
            .iter()
            .map(|c| likeness(c, &text))
            .fold(0.0, f32::max);
        found.push(Shown {
            node,
            text,
            tag,
            likeness,
        });
    }
    found
}

/// Marks that part a title from a site's name.
const SEPARATORS: [&str; 11] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " : ",
];

/// Cuts the site's name off the end or the beginning of a claimed title.
pub(super) fn without_site(page: &Page<'_>, title: &str, site: Option<&str>) -> String {
    let mut title = title.trim();
    for _ in 0..3 {
        let Some(cut) = cut_once(page, title, site) else {
            break;
        };
        title = cut;
    }
    title.to_owned()
}

fn cut_once<'a>(page: &Page<'_>, title: &'a str, site: Option<&str>) -> Option<&'a str> {
    SEPARATORS.iter().find_map(|by| {
        let (head, tail) = title.rsplit_once(by)?;
        if is_site(page, tail, site) {
            return Some(head.trim());
        }
        let (first, rest) = title.split_once(by)?;
        is_site(page, first, site).then(|| rest.trim())
    })
}

/// Is this the site's name, as it claims it or as its host spells it?
fn is_site(page: &Page<'_>, part: &str, site: Option<&str>) -> bool {
    if site.is_some_and(|site| {
        same(site, part)
            || site.len() > 5 && part.len() < 40 && folded(part).contains(&folded(site))
    }) {
        return true;
    }
    let part = folded(part);
    let host = page.address.and_then(|a| a.host_str()).unwrap_or_default();
    let host: String = host
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '.')
        .collect();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let label = host.split('.').max_by_key(|l| l.len()).unwrap_or_default();
    let ascii: String = part.chars().filter(char::is_ascii).collect();
    part.len() >= 3
        && (host.replace('.', "").contains(&part)
            || label.len() > 3 && ascii.contains(label) && part.len() < label.len() + 16)
}

/// Finds the site's name.
pub(super) fn site(page: &Page<'_>, claims: &Claims) -> Option<String> {
    let claimed = claims
        .sites
        .iter()
        .find(|name| (2..=80).contains(&name.len()));
    claimed.cloned().or_else(|| {
        let window = claims.window.as_deref()?;
        let by = SEPARATORS.iter().find(|by| window.contains(**by))?;
        let ends = [window.rsplit(by).next(), window.split(by).next()];
        ends.into_iter()
            .flatten()
            .map(str::trim)
            .find(|end| is_site(page, end, None))
            .map(str::to_owned)
    })
}
