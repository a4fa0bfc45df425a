//! Where an article of several pages goes on: its next page, or all of it on one.
//!
//! The address decides: that of a next page is the page's own but for a page number one higher. What
//! a link says, or where it stands, must speak for it too, and readers' comments and other stories
//! have pages of their own. A neighbouring article is never a next page.
//!
//! Sources: `rel=next` of HTML, WordPress (`/2/`, `/page/2/`), Joomla (`start=1`, `showall=1`),
//! VnExpress (`-p2`), the page parameters of Vietnamese portals, and the `next_page_link` and
//! `single_page_link` rows of ftr-site-config.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;
use url::Url;

use super::article::Known;
use super::find::Signs;
use super::likeness::begins_in_lower_case;
use super::listing::Entries;
use super::meta::Claims;
use super::page::Page;
use super::pager::{self, Numbered};
use super::phrase;
use crate::html::{Element, NodeId, Tag};
use crate::model::Onward;

/// Finds the next page of the article whose body is `root`, and all of it on one page.
pub(super) fn onward(page: &Page<'_>, known: &Known<'_>, root: NodeId) -> Onward {
    let Some(here) = page.address else {
        return Onward::default();
    };
    let finder = Finder {
        page,
        here,
        root,
        entries: known.entries,
        others: first_of_other_stories(page, root),
        firsts: OnceCell::new(),
    };
    Onward {
        next: finder.next(known.claims),
        whole: finder.whole(),
    }
}

/// Where other stories begin behind the body; links from there on are theirs.
fn first_of_other_stories(page: &Page<'_>, root: NodeId) -> NodeId {
    let lines = page.survey.lines(page.tree.root());
    let behind = lines.partition_point(|line| line.first < page.tree.end(root));
    let short = lines[behind..].iter().filter(|line| line.len < 120);
    let names_others =
        |line: &&super::find::Line| phrase::names_other_stories(&page.line_text(line, line.block));
    short
        .filter(|line| line.link == 0)
        .find(names_others)
        .map_or(page.tree.end(page.tree.root()), |line| line.first)
}

struct Finder<'f, 't> {
    page: &'f Page<'t>,
    here: &'f Url,
    root: NodeId,
    entries: &'f Entries,
    others: NodeId,
    /// The stems of first pages that are linked, once they have been asked for.
    firsts: OnceCell<FxHashSet<String>>,
}

impl Finder<'_, '_> {
    fn next(&self, claims: &Claims) -> Option<String> {
        let mut pager = self
            .links()
            .filter(|(id, element)| self.says_next(*id, *element))
            .filter_map(|(id, element)| Some((id, self.url(element)?)))
            .filter(|(_, url)| self.follows(url))
            .peekable();
        if pager.peek().is_none() {
            return claims.next.clone().filter(|url| self.follows(url));
        }
        let own = pager.find(|(id, _)| self.is_below_body(*id));
        own.map(|(_, url)| url)
    }

    /// Does a link stand below the body, or at its end, rather than below a list of entries?
    fn is_below_body(&self, link: NodeId) -> bool {
        let prose = self.page.survey.sums(self.root).prose as usize;
        link > self.root && self.entries.text_between(self.root, link) * 2 <= prose
    }

    /// Is this the address of the page after this one?
    fn follows(&self, url: &str) -> bool {
        let Ok(url) = Url::parse(url) else {
            return false;
        };
        let follows = |here: &Numbered| {
            Numbered::of(&url)
                .iter()
                .any(|other| other.stem == here.stem && other.number == here.number + 1)
        };
        let mut own = Numbered::of(self.here).into_iter().filter(follows);
        // Where the number may be that of an article, a pager leads back to the first page too.
        own.any(|here| here.named || here.number == 1 || self.leads_to_first(&here))
    }

    fn leads_to_first(&self, here: &Numbered) -> bool {
        let firsts = || {
            let urls = self.links().filter_map(|(_, element)| self.url(element));
            let urls = urls.filter_map(|url| Url::parse(&url).ok());
            let forms = urls.flat_map(|url| Numbered::of(&url));
            let firsts = forms.filter(|form| form.number == 1);
            firsts.map(|first| first.stem).collect()
        };
        self.firsts.get_or_init(firsts).contains(&here.stem)
    }

    /// Does a link say, or its place, that it leads to a page of this article?
    fn says_next(&self, id: NodeId, element: Element<'_>) -> bool {
        let rel = element.attr("rel").unwrap_or_default();
        rel.split_ascii_whitespace().any(|word| word == "next")
            || pager::is_page_name(&pager::name(self.page, id, element))
            || self.stands_in(id, Signs::PAGING)
    }

    /// The link to all of the article on one page: it says so, and leads to this article's address
    /// with more behind it.
    fn whole(&self) -> Option<String> {
        let links = self.links();
        let mut whole =
            links.filter(|(id, element)| is_whole(&pager::name(self.page, *id, *element)));
        whole.find_map(|(_, element)| self.url(element).filter(|url| self.is_below(url)))
    }

    fn is_below(&self, url: &str) -> bool {
        let Ok(url) = Url::parse(url) else {
            return false;
        };
        let own = self.here.path().trim_end_matches('/');
        let own = own.rsplit_once('.').map_or(own, |(path, _)| path);
        url.host() == self.here.host()
            && own.len() > 1
            && url.path().starts_with(own)
            && url != *self.here
    }

    /// Returns the address that a link leads to.
    fn url(&self, link: Element<'_>) -> Option<String> {
        self.page.link(link.attr("href")?)
    }

    /// The page's links that may be the article's own.
    fn links(&self) -> impl Iterator<Item = (NodeId, Element<'_>)> {
        let elements = self.page.elements(self.page.tree.root());
        elements
            .filter(|(id, element)| element.tag() == Tag::A && *id < self.others)
            .filter(|(id, _)| !self.stands_in(*id, Signs::COMMENT.with(Signs::RELATED)))
    }

    fn stands_in(&self, id: NodeId, signs: Signs) -> bool {
        let signed = |at: NodeId| self.page.survey.signs(at).any(signs);
        signed(id) || self.page.tree.ancestors(id).any(signed)
    }
}

/// What links to all of an article on one page say; lower case.
const WHOLE: [&str; 22] = [
    "xem toàn bộ",
    "xem toàn bài",
    "xem cả bài",
    "xem toàn văn",
    "đọc toàn bộ",
    "đọc toàn bài",
    "đọc cả bài",
    "đọc toàn văn",
    "xem trên một trang",
    "hiện trên một trang",
    "hiển thị tất cả",
    "toàn bộ bài viết",
    "single page",
    "view as single page",
    "view on one page",
    "view as one page",
    "read on one page",
    "on one page",
    "all on one page",
    "show all pages",
    "auf einer seite lesen",
    "lire sur une seule page",
];

fn is_whole(words: &str) -> bool {
    let begins = WHOLE.iter().any(|begin| begins_in_lower_case(words, begin));
    begins && words.to_lowercase().len() < 60
}
