//! Cards: one link target each, with what is said about it.

use super::super::date::{self, Habit};
use super::super::find::{Line, Signs};
use super::super::likeness::same;
use super::super::page::{Page, beginning};
use super::super::phrase;
use crate::html::{NodeId, Tag};
use crate::model::{Entry, Published, Text};

/// An entry and the element that holds all that is said about it.
#[derive(Debug)]
pub(super) struct Card {
    pub(super) node: NodeId,
    pub(super) entry: Entry,
    /// Does it stand in nothing that is left out of articles?
    pub(super) main: bool,
}

impl Card {
    /// Does it tell more than its title?
    pub(super) fn tells(&self) -> bool {
        self.entry.published.is_some() || self.entry.summary.is_some()
    }

    /// Does it say both when it was published and what it is about?
    pub(super) fn tells_all(&self) -> bool {
        self.entry.published.is_some() && self.entry.summary.is_some()
    }

    /// Bytes of text in it.
    pub(super) fn text(&self) -> usize {
        let summary = self.entry.summary.as_ref().map_or(0, |s| s.as_str().len());
        self.entry.title.as_str().len() + summary
    }
}

/// A link that could name an entry.
struct Lead {
    node: NodeId,
    url: String,
    words: String,
    /// Links in a row to the same address share this.
    run: u32,
}

/// Shorter link texts are labels.
const SHORT: usize = 10;
/// Link texts from this length on are titles without more ado.
const TITLE: usize = 28;

/// Longer prose tells a story itself.
const TEASER: u32 = 400;

/// Finds the cards of a page in its order.
pub(super) fn cards(page: &Page<'_>, habit: Habit) -> Vec<Card> {
    let leads = leads(page);
    let finder = Finder {
        page,
        habit,
        leads: &leads,
    };
    let mut cards: Vec<Card> = Vec::new();
    let mut until = page.tree.root();
    for (at, lead) in leads.iter().enumerate() {
        if lead.node < until {
            continue;
        }
        let node = finder.holder(at);
        if let Some(card) = finder.card(node, lead) {
            until = page.tree.end(node);
            cards.push(card);
        }
    }
    cards
}

/// Links outside of menus, footers and comments whose words could be a title.
fn leads(page: &Page<'_>) -> Vec<Lead> {
    let mut leads: Vec<Lead> = Vec::new();
    let mut until = page.tree.root();
    for (id, element) in page.elements(page.tree.root()) {
        if id < until {
            continue;
        }
        if page.survey.is_out(id) && is_chrome(page, id) {
            until = page.tree.end(id);
            continue;
        }
        if element.tag() != Tag::A || page.survey.raw_text(id) < SHORT {
            continue;
        }
        let Some(url) = element.attr("href").and_then(|href| page.link(href)) else {
            continue;
        };
        if is_home(&url) {
            continue;
        }
        let words = page.shown(id);
        if words.len() < SHORT || phrase::is_control(&words) || phrase::leads_elsewhere(&words) {
            continue;
        }
        let run = leads
            .last()
            .map_or(0, |last| last.run + u32::from(last.url != url));
        leads.push(Lead {
            node: id,
            url,
            words,
            run,
        });
    }
    leads
}

/// A link to the site's front page is no entry.
fn is_home(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

fn is_chrome(page: &Page<'_>, id: NodeId) -> bool {
    let chrome = Signs::MENU
        .with(Signs::FIXTURE)
        .with(Signs::COMMENT)
        .with(Signs::HIDDEN)
        .with(Signs::PAGING);
    page.survey.signs(id).any(chrome)
        || !page
            .survey
            .signs(id)
            .any(Signs::RELATED.with(Signs::NOISE).with(Signs::CHROME))
}

struct Finder<'f, 't> {
    page: &'f Page<'t>,
    habit: Habit,
    leads: &'f [Lead],
}

impl Finder<'_, '_> {
    /// The largest element around a link in which no link leads elsewhere.
    fn holder(&self, at: usize) -> NodeId {
        let lead = &self.leads[at];
        let mut holder = lead.node;
        for outer in self.page.tree.ancestors(lead.node) {
            let tag = self.page.tree.tag(outer);
            let whole = matches!(tag, Some(Tag::Body | Tag::Main | Tag::Html | Tag::Form));
            let prose = self.page.survey.sums(outer).prose_lines > 2;
            if whole || prose || !self.leads_to_one_place(outer) {
                break;
            }
            holder = outer;
        }
        holder
    }

    fn leads_to_one_place(&self, id: NodeId) -> bool {
        let end = self.page.tree.end(id);
        let from = self.leads.partition_point(|lead| lead.node < id);
        let to = self.leads.partition_point(|lead| lead.node < end);
        from < to && self.leads[from].run == self.leads[to - 1].run
    }

    fn card(&self, node: NodeId, lead: &Lead) -> Option<Card> {
        let page = self.page;
        let sums = page.survey.sums(node);
        // A box with much prose and one link is prose with a link.
        if sums.prose_lines > 3 || sums.text > 2_000 {
            return None;
        }
        let lines = self.lines(node);
        if lines
            .iter()
            .any(|(line, _)| line.is_prose() && line.len > TEASER)
        {
            return None;
        }
        let title = self.title(node, lead, &lines)?;
        if self.is_section(node, lead) {
            return None;
        }
        let published = self.published(node, &lines, &title);
        let summary = self.summary(&lines, &title);
        let inline =
            page.tree.ancestors(lead.node).take(2).any(|a| {
                page.tree.tag(a) == Some(Tag::P) && page.survey.sums(a).text > sums.link * 3
            });
        let entry = title.len() >= TITLE
            || summary.is_some()
            || published.is_some()
            || self.is_headed(node)
            || self.is_among_titles(node);
        (entry && !inline).then(|| Card {
            node,
            main: !std::iter::once(node)
                .chain(page.tree.ancestors(node))
                .any(|a| page.survey.is_out(a)),
            entry: Entry {
                title: Text::new(title),
                url: lead.url.clone(),
                published,
                summary: summary.map(Text::new),
            },
        })
    }

    fn is_headed(&self, node: NodeId) -> bool {
        let heads = &[
            Tag::H1,
            Tag::H2,
            Tag::H3,
            Tag::H4,
            Tag::H5,
            Tag::H6,
            Tag::Img,
        ];
        let mut around = self.page.tree.ancestors(node).take(1);
        self.page.holds(node, heads)
            || around.any(|a| {
                self.page
                    .tree
                    .tag(a)
                    .is_some_and(|t| t.heading_level().is_some())
            })
    }

    /// Is it an item of a list whose other items are titles, most of them?
    fn is_among_titles(&self, node: NodeId) -> bool {
        const NEAR: usize = 12;
        let tree = self.page.tree;
        let list = tree
            .parent(node)
            .filter(|_| tree.tag(node) == Some(Tag::Li));
        let Some(list) = list else { return false };
        let others = tree
            .children(list)
            .filter(|c| *c != node && tree.tag(*c) == Some(Tag::Li));
        let sizes: Vec<usize> = others
            .take(NEAR)
            .map(|c| self.page.survey.raw_text(c))
            .collect();
        let titles = sizes.iter().filter(|size| **size >= TITLE).count();
        titles > 0 && titles * 2 > sizes.len()
    }

    /// Is it the name of a section that "more" leads to, with no word about any one entry?
    fn is_section(&self, node: NodeId, lead: &Lead) -> bool {
        let page = self.page;
        let lines = page.survey.lines(node);
        let mut links = page.elements(node).filter(|(_, e)| e.tag() == Tag::A);
        lead.words.len() < TITLE
            && lines.iter().all(|line| line.link == line.len)
            && !page.holds(node, &[Tag::Img])
            && links.any(|(id, _)| phrase::is_control(&page.shown(id)))
    }

    fn lines(&self, node: NodeId) -> Vec<(Line, String)> {
        let asides = self.asides(node);
        let mut lines = Vec::new();
        for line in self.page.survey.lines(node) {
            let text = self.page.broken_line_text(line, node);
            for part in text.split('\n').map(str::trim) {
                let part = without_asides(part, &asides);
                if !part.is_empty() {
                    lines.push((*line, part.to_owned()));
                }
            }
        }
        lines
    }

    /// Words of links that say nothing about the entry: "Continue reading", a number of comments.
    fn asides(&self, node: NodeId) -> Vec<String> {
        let links = self.page.elements(node).filter(|(_, e)| e.tag() == Tag::A);
        let words = links.map(|(id, _)| self.page.shown(id));
        let mut asides: Vec<String> = words
            .filter(|words| {
                let letters = words.chars().any(char::is_alphabetic);
                let says_nothing = !letters && !date::is_dateline(words);
                !words.is_empty() && (says_nothing || phrase::leads_on(words))
            })
            .collect();
        asides.dedup();
        asides
    }

    /// The card's heading, else its longest link; of a link around the whole card, its longest line.
    fn title(&self, node: NodeId, lead: &Lead, lines: &[(Line, String)]) -> Option<String> {
        // A heading that is no link may name the box: "Video".
        let heading = lines.iter().find(|(line, text)| {
            line.heading && text.len() >= 4 && (line.link > 0 || lead.words.len() < TITLE)
        });
        let end = self.page.tree.end(node);
        let own = self
            .leads
            .iter()
            .skip_while(|l| l.node < node)
            .take_while(|l| l.node < end);
        let longest = own.max_by_key(|l| l.words.len()).unwrap_or(lead);
        let linked = || lines.iter().filter(|(line, _)| line.link * 2 > line.len);
        let around = self.page.survey.lines(longest.node).len() > 1;
        let title = match (heading, around) {
            (Some((_, text)), _) => text.as_str(),
            (None, true) => linked()
                .max_by_key(|(_, text)| text.len())
                .map_or(lead.words.as_str(), |(_, text)| text),
            (None, false) => &longest.words,
        };
        Some(beginning(title, 400).trim().to_owned()).filter(|title| !title.is_empty())
    }

    fn published(&self, node: NodeId, lines: &[(Line, String)], title: &str) -> Option<Published> {
        let mut times = self
            .page
            .elements(node)
            .filter(|(_, e)| e.tag() == Tag::Time);
        let written = times.find_map(|(_, e)| date::read(e.attr("datetime")?, self.habit));
        let shown = || {
            let rests = lines.iter().map(|(_, text)| without_title(text, title));
            let dates = rests.map(|text| leading_date(text).map_or(text, |(date, _)| date));
            dates
                .filter(|text| date::is_dateline(text))
                .find_map(|text| date::read(text, self.habit))
        };
        written.or_else(shown).map(|dated| dated.published)
    }

    fn summary(&self, lines: &[(Line, String)], title: &str) -> Option<String> {
        let rests = lines.iter().map(|(_, text)| without_title(text, title));
        let said = rests.map(|text| leading_date(text).map_or(text, |(_, rest)| rest));
        let said = said.filter(|text| {
            !same(text, title)
                && !title.contains(text)
                && !date::is_dateline(text)
                && !phrase::is_control(text)
                && !phrase::leads_elsewhere(text)
        });
        let mut unique: Vec<&str> = Vec::new();
        for text in said {
            if !unique.contains(&text) {
                unique.push(text);
            }
        }
        let summary = unique.join("\n");
        (summary.chars().filter(|c| c.is_alphanumeric()).count() > 2).then_some(summary)
    }
}

/// What a line says behind the entry's title.
fn without_title<'l>(line: &'l str, title: &str) -> &'l str {
    line.strip_prefix(title).unwrap_or(line).trim_start()
}

/// Cuts a line that begins with its date into date and rest: "(05/06/2020) Mưa lớn".
fn leading_date(line: &str) -> Option<(&str, &str)> {
    let (date, rest) = match line.strip_prefix('(') {
        Some(inner) => inner.split_once(')')?,
        None => [" - ", " – ", " | "]
            .iter()
            .find_map(|mark| line.split_once(mark))?,
    };
    (date.len() < 60 && date::is_dateline(date)).then(|| (date, rest.trim_start()))
}

/// A line without the words of `asides` at its end.
fn without_asides<'l>(line: &'l str, asides: &[String]) -> &'l str {
    let mut line = line;
    while let Some(rest) = asides.iter().find_map(|words| line.strip_suffix(&**words)) {
        line = rest.trim_end();
    }
    line
}
