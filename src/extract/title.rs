//! The title, without the site's name and without the labels of web parts.
//!
//! What the page claims (`og:title`, JSON-LD, `title`) and what it shows (`h1` and other headings)
//! are held against each other: the shown words win where the claims know them.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::blocks;
use super::date;
use super::find::{Line, Signs};
use super::likeness::{Words, folded, likeness, same};
use super::meta::Claims;
use super::page::Page;
use super::phrase;
use super::site;
use crate::html::{NodeId, Tag};

/// A title, and the element that shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Title {
    /// Its words; empty where the page has none.
    pub(super) text: String,
    /// Where it stands.
    pub(super) node: Option<NodeId>,
}

impl Title {
    /// Does it name a section of the site rather than one page?
    pub(super) fn is_generic(&self) -> bool {
        let low = self.text.to_lowercase();
        let left = UNNAMED.iter().any(|name| low.starts_with(name));
        left || self.text.split_whitespace().count() <= GENERIC
            && !self.text.contains(|c: char| c.is_ascii_digit())
    }
}

impl Title {
    /// Does it begin or end in signs, as banners do: "::.. UBND xã Nà Lầu ..::"?
    fn is_decorated(&self) -> bool {
        let sign = |c: char| matches!(c, ':' | '*' | '=' | '~' | '|' | '-' | '+');
        self.text.starts_with(sign) || self.text.ends_with(sign)
    }
}

/// What editors call a page that nobody named; lower case.
const UNNAMED: [&str; 5] = [
    "new page ",
    "untitled",
    "trang mới ",
    "normal.dot",
    "document ",
];

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

/// Finds the title; `named` is where the page's family keeps it.
pub(super) fn title(
    page: &Page<'_>,
    claims: &Claims,
    site: Option<&str>,
    named: Option<NodeId>,
) -> Title {
    if let Some(node) = named {
        return Title {
            text: page.shown(node),
            node: Some(node),
        };
    }
    let claimed = claimed(page, claims, site);
    let mut shown = shown(page, &claimed);
    shown.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.node.cmp(&b.node)));
    let best_h1 = shown.iter().find(|s| s.tag == Tag::H1);
    let known = best_h1
        .filter(|s| s.likeness >= ALIKE)
        .or_else(|| shown.first().filter(|s| s.likeness >= 0.8));
    let unknown = || {
        best_h1.filter(|s| claimed.is_empty() || !is_site(page, &s.text, site) && only_h1(&shown))
    };
    let agreed = agreed(&claimed);
    let Some(found) = known.or_else(unknown) else {
        let text = agreed.or(claimed.first());
        return Title {
            text: text.cloned().unwrap_or_default(),
            node: None,
        };
    };
    // Two claims that agree know better where a kicker stands in the heading or was left out of it.
    let better = agreed.filter(|a| {
        likeness(a, &found.text) >= RELATED
            && !is_glued(a, &found.text)
            && (is_declared(page, claims, site, a) && !is_cut(a, &found.text)
                || !claimed.iter().any(|c| same(c, &found.text)))
            && !claimed.iter().any(|c| is_longer(c, &found.text))
    });
    let bare = claimed
        .iter()
        .find(|claim| follows_kicker(&found.text, claim));
    Title {
        text: better.or(bare).unwrap_or(&found.text).clone(),
        node: Some(found.node),
    }
}

/// Is the shown title the claimed one behind a kicker: "Flood: Bridge is closed"?
fn follows_kicker(shown: &str, claim: &str) -> bool {
    let kicker = shown.strip_suffix(claim).map(str::trim_end);
    claim.len() > 20 && kicker.is_some_and(|kicker| kicker.ends_with([':', '-', '–', '|', '•']))
}

/// Looks for the title again, now that it is known where the body lies: a page that claims no more
/// than its section's name shows it shortly before the prose.
pub(super) fn settled(page: &Page<'_>, claims: &Claims, title: Title, body: NodeId) -> Title {
    let claims_more = claims.shared.is_some() || claims.headline.is_some();
    let claims_nothing = title.is_generic() || names_site(page, &title);
    // Many portals set the site's name as the only first heading.
    if title.node.is_some() && !names_portal(&title) {
        return title;
    }
    let near = nearby(page, body);
    // Hand-made sites call all their pages by the site's name.
    let named = |near: &Title| {
        let signs = near.node.map(|node| page.survey.signs(node));
        title.is_decorated() || signs.is_some_and(|signs| signs.any(Signs::TITLE))
    };
    near.filter(|near| claims_nothing || !claims_more && named(near))
        .unwrap_or(title)
}

/// Is it only the site's name?
pub(super) fn names_site(page: &Page<'_>, title: &Title) -> bool {
    is_site(page, &title.text, None)
}

fn names_portal(title: &Title) -> bool {
    let low = title.text.to_lowercase();
    PORTALS.iter().any(|begin| low.starts_with(begin))
}

/// Claimed titles of so few words are a section's name: "Tin tức", "Chi tiết bài viết".
const GENERIC: usize = 4;
/// So many lines before the prose are looked at.
const NEAR: usize = 10;

fn nearby(page: &Page<'_>, body: NodeId) -> Option<Title> {
    let root = page.tree.root();
    let all: Vec<&Line> = page
        .survey
        .kept_between(root, page.tree.end(body))
        .collect();
    let prose = all
        .iter()
        .position(|line| line.first >= body && line.is_prose())?;
    let before = all[..prose].iter().rev().take(NEAR);
    let mut plain = None;
    for line in
        before.filter(|line| line.link == 0 && (15..=300).contains(&line.len) && !line.is_prose())
    {
        let node = own_element(page, line);
        let Some(text) = page.line_parts(line).into_iter().next() else {
            continue;
        };
        if text.ends_with('.')
            || phrase::is_control(&text)
            || date::is_dateline(&text)
            || date::is_stamp(&text)
        {
            continue;
        }
        let title = Title {
            text,
            node: Some(node),
        };
        if line.heading || page.survey.signs(node).any(Signs::TITLE) || is_bold(page, node) {
            return Some(title);
        }
        plain.get_or_insert(title);
    }
    plain
}

/// The largest element that holds the beginning of a line and no other line: its block, or what
/// stands first in a block of several lines.
fn own_element(page: &Page<'_>, line: &Line) -> NodeId {
    if page.survey.lines(line.block).len() == 1 {
        return line.block;
    }
    let inside = page
        .tree
        .ancestors(line.first)
        .take_while(|a| *a > line.block);
    inside.last().unwrap_or(line.first)
}

fn is_bold(page: &Page<'_>, block: NodeId) -> bool {
    page.holds(block, &[Tag::B, Tag::Strong]) && blocks::is_strong(&blocks::text(page, block))
}

/// Claims that outvote the shown title share at least this much with it.
const RELATED: f32 = 0.3;

/// The title that two claims agree on.
fn agreed(claimed: &[String]) -> Option<&String> {
    let agrees = |one: &String, other: &String| same(one, other) || is_longer(other, one);
    let voters = |one: &String| claimed.iter().filter(|other| agrees(one, other)).count();
    claimed.iter().find(|one| voters(one) > 1)
}

/// Is it what the page tells other sites and search engines alike, word by word?
fn is_declared(page: &Page<'_>, claims: &Claims, site: Option<&str>, title: &str) -> bool {
    [&claims.shared, &claims.headline].into_iter().all(|claim| {
        claim
            .as_deref()
            .is_some_and(|c| same(&without_site(page, c, site), title))
    })
}

/// Does a claim say the shown words with a blank less, as templates do that join kicker and headline?
fn is_glued(claim: &str, shown: &str) -> bool {
    let letters = |text: &str| -> String { text.split_whitespace().collect() };
    let kicker = claim.strip_suffix(shown);
    shown.starts_with(char::is_uppercase)
        && kicker.is_some_and(|kicker| kicker.ends_with(char::is_lowercase))
        || claim.len() < shown.len() && letters(claim) == letters(shown)
}

/// Is it the shown title cut off at the length that search engines show?
fn is_cut(claim: &str, shown: &str) -> bool {
    let cut = claim.trim_end_matches(['.', '…', ' ']);
    (cut.len() < claim.trim_end().len() || claim.len() > SHOWN_BY_SEARCH) && shown.starts_with(cut)
}

/// Templates cut claimed titles at about this length.
const SHOWN_BY_SEARCH: usize = 90;

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
    let all = [&claims.shared, &claims.headline, &claims.window]
        .into_iter()
        .flatten();
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
    let claimed: Vec<Words> = claimed.iter().map(|title| Words::of(title)).collect();
    let mut found = Vec::new();
    for (node, element) in page.elements(page.tree.root()) {
        let tag = element.tag();
        let signs = page.survey.signs(node);
        let titled = tag.heading_level().is_some()
            || signs.any(Signs::TITLE) && !matches!(tag, Tag::Html | Tag::Body);
        let size = page.survey.raw_text(node);
        if !titled
            || signs.any(Signs::HIDDEN)
            || !(3..=LONGEST).contains(&size)
            || page.in_other_story(node)
        {
            continue;
        }
        let text = page.shown(node);
        if text.is_empty() || phrase::is_block_label(&text) {
            continue;
        }
        let words = Words::of(&text);
        let likeness = claimed
            .iter()
            .map(|claim| claim.likeness(&words))
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

/// Beginnings of the names of Vietnamese portals; lower case.
const PORTALS: [&str; 7] = [
    "cổng thông tin",
    "cổng tt",
    "trang thông tin",
    "trang chủ",
    "báo điện tử",
    "website",
    "trang tin điện tử",
];

/// Is this the site's name, as it claims it or as its host spells it?
pub(super) fn is_site(page: &Page<'_>, part: &str, site: Option<&str>) -> bool {
    if site.is_some_and(|site| {
        same(site, part)
            || site.len() > 5 && part.len() < 40 && folded(part).contains(&folded(site))
    }) {
        return true;
    }
    let low = part.trim().to_lowercase();
    if PORTALS.iter().any(|begin| low.starts_with(begin)) {
        return true;
    }
    let part = folded(&plain_letters(part));
    let host = page.address.and_then(|a| a.host_str()).unwrap_or_default();
    let host: String = host
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '.')
        .collect();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let label = host.split('.').max_by_key(|l| l.len()).unwrap_or_default();
    part.len() >= 3
        && (host.replace('.', "").contains(&part)
            || label.len() > 3 && part.contains(label) && part.len() < label.len() + 16)
}

/// Is it the whole of the site's name, as it claims it or as its host spells it, but for an article?
pub(super) fn is_own(page: &Page<'_>, name: &str, site: Option<&str>) -> bool {
    let bare = |name: &str| {
        let name = folded(&plain_letters(name));
        name.strip_prefix("the").unwrap_or(&name).to_owned()
    };
    let own = bare(name);
    let host = page.address.and_then(|a| a.host_str()).unwrap_or_default();
    let mut known = host.split('.').chain(site);
    own.len() > 3 && name.len() <= LONGEST_NAME && known.any(|known| bare(known) == own)
}

/// Longer names are no site's.
const LONGEST_NAME: usize = 80;

/// Returns a text in the letters that hosts are spelt with: "Báo Sơn Lâm" is "Bao Son Lam".
fn plain_letters(text: &str) -> String {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c));
    letters
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            other => other,
        })
        .collect()
}

/// Is it what front pages are called on any site?
fn is_front(part: &str) -> bool {
    const FRONTS: [&str; 5] = ["trang chủ", "trang nhất", "home", "homepage", "startseite"];
    FRONTS.contains(&part.trim().to_lowercase().as_str())
}

/// Finds the site's name.
pub(super) fn site(page: &Page<'_>, claims: &Claims) -> Option<String> {
    let claimed = claims
        .sites
        .iter()
        .find(|name| (2..=80).contains(&name.len()));
    claimed.cloned().or_else(|| {
        let window = claims.window.as_deref()?;
        let Some(by) = SEPARATORS.iter().find(|by| window.contains(**by)) else {
            let all = window.trim();
            let names_site = is_site(page, all, None) || site::is_banner(page, all);
            return (names_site && !is_front(all)).then(|| all.to_owned());
        };
        let (before, last) = window.rsplit_once(by)?;
        let (first, after) = window.split_once(by)?;
        if is_front(first) || is_front(last) {
            return Some(
                if is_front(first) { after } else { before }
                    .trim()
                    .to_owned(),
            );
        }
        [(last, before), (first, after)]
            .into_iter()
            .find(|(end, _)| is_site(page, end, None))
            .or_else(|| Some((last, before)).filter(|_| site::is_named(page, last, before)))
            .map(|(end, _)| end.trim().to_owned())
    })
}
