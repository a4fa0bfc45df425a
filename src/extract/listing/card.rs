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
        let published = self.published(node, &lines, &title);
        let summary = self.summary(&lines, &title);
        let inline =
            page.tree.ancestors(lead.node).take(2).any(|a| {
                page.tree.tag(a) == Some(Tag::P) && page.survey.sums(a).text > sums.link * 3
            });
        let entry = title.len() >= TITLE
            || summary.is_some()
            || published.is_some()
            || self.is_headed(node);
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

    fn lines(&self, node: NodeId) -> Vec<(Line, String)> {
        let mut seen: Vec<NodeId> = Vec::new();
        let mut lines = Vec::new();
        for line in self.page.survey.lines(node) {
            if !seen.contains(&line.first) {
                seen.push(line.first);
                lines.push((*line, self.page.line_text(line, node)));
            }
        }
        lines
    }

    /// The card's heading, else its longest link; of a link around the whole card, its longest line.
    fn title(&self, node: NodeId, lead: &Lead, lines: &[(Line, String)]) -> Option<String> {
        let heading = lines
            .iter()
            .find(|(line, text)| line.heading && text.len() >= 4);
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
        let rests = || {
            lines
                .iter()
                .map(|(_, text)| text.strip_prefix(title).unwrap_or(text))
        };
        let shown = || {
            rests()
                .filter(|text| date::is_dateline(text))
                .find_map(|text| date::read(text, self.habit))
        };
        written.or_else(shown).map(|dated| dated.published)
    }

    fn summary(&self, lines: &[(Line, String)], title: &str) -> Option<String> {
        let said = lines.iter().map(|(_, text)| text.as_str()).filter(|text| {
            !same(text, title)
                && !text.strip_prefix(title).is_some_and(date::is_dateline)
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
