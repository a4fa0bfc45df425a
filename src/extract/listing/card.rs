//! Cards: one link target each, with what is said about it.

use super::super::date::{self, Habit};
use super::super::find::{Line, Signs};
use super::super::likeness::same;
use super::super::page::{Page, beginning};
use super::super::phrase;
use super::label;
use super::lead::{Lead, Leads, Rank, TITLE};
use super::row::Rows;
use super::shop;
use super::words::{leading_date, without_asides, without_title};
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

/// Longer prose tells a story itself.
const TEASER: u32 = 400;

/// Finds the cards of a page in its order.
pub(super) fn cards(page: &Page<'_>, habit: Habit) -> Vec<Card> {
    let leads = Leads::of(page);
    let rows = Rows::of(page, &leads);
    let finder = Finder {
        page,
        habit,
        leads: &leads,
    };
    let mut cards: Vec<Card> = Vec::new();
    let mut until = page.tree.root();
    for lead in leads.all() {
        if lead.node < until {
            continue;
        }
        let row = rows.around(page, lead.node).filter(|row| *row >= until);
        let card = row.and_then(|row| finder.row(row));
        let card = card.or_else(|| {
            let words = lead.rank >= Rank::Words;
            words.then(|| finder.card(finder.holder(lead), lead))?
        });
        if let Some(card) = card {
            until = page.tree.end(card.node);
            cards.push(card);
        }
    }
    label::drop_labels(&mut cards);
    cards
}

struct Finder<'f, 't> {
    page: &'f Page<'t>,
    habit: Habit,
    leads: &'f Leads,
}

impl Finder<'_, '_> {
    /// The largest element around a link in which no link leads elsewhere.
    fn holder(&self, lead: &Lead) -> NodeId {
        let mut holder = lead.node;
        for outer in self.page.tree.ancestors(lead.node) {
            let tag = self.page.tree.tag(outer);
            let whole = matches!(tag, Some(Tag::Body | Tag::Main | Tag::Html | Tag::Form));
            let prose = self.page.survey.sums(outer).prose_lines > 2;
            if whole || prose || !self.leads.lead_to_one_place(self.page, outer) {
                break;
            }
            holder = outer;
        }
        holder
    }

    /// The card of one of many rows.
    fn row(&self, node: NodeId) -> Option<Card> {
        let lines = self.lines(node);
        let long = |(line, _): &(Line, String)| line.is_prose() && line.len > TEASER * 2;
        if lines.iter().any(long) || self.page.survey.sums(node).prose_lines > 4 {
            return None;
        }
        let lead = self
            .pictured(node, &lines)
            .or_else(|| self.main_lead(node))?;
        let title = if lead.rank >= Rank::Words {
            self.title(node, lead, &lines)?
        } else {
            self.shown_title(node, lead, &lines)?
        };
        if self.is_section(node, lead) {
            return None;
        }
        Some(self.made(node, lead, title, &lines))
    }

    /// The picture that leads to what a row tells of, where its title is no link.
    fn pictured(&self, node: NodeId, lines: &[(Line, String)]) -> Option<&Lead> {
        let own = self.leads.within(self.page, node);
        let first = own.first().filter(|lead| lead.rank == Rank::Picture)?;
        let titled = |(line, _): &(Line, String)| line.link == 0 && self.is_titled(node, line);
        let plain = own.iter().all(|lead| lead.rank < Rank::Title) && lines.iter().any(titled);
        plain.then_some(first)
    }

    /// Is a line of a row called its title?
    fn is_titled(&self, node: NodeId, line: &Line) -> bool {
        let mut around = self
            .page
            .tree
            .ancestors(line.first)
            .take_while(|a| *a > node);
        around.any(|a| self.page.survey.signs(a).any(Signs::TITLE))
    }

    /// The link that leads to what a row tells of.
    fn main_lead(&self, node: NodeId) -> Option<&Lead> {
        let own = self.leads.within(self.page, node);
        let rank = own.iter().map(|lead| lead.rank).max()?;
        if rank >= Rank::Words {
            return own.iter().find(|lead| lead.rank == rank);
        }
        let named = |lead: &&Lead| {
            lead.rank == Rank::Label
                && lead.words.chars().filter(|c| c.is_alphabetic()).count() > 1
                && !phrase::is_control(&lead.words)
                && !shop::is_control(&lead.words)
                && !phrase::leads_on(&lead.words)
        };
        let picture = || own.iter().find(|lead| lead.rank == Rank::Picture);
        own.iter().find(named).or_else(picture)
    }

    /// The title of a row whose link is a short name or a picture: a heading, what is called a
    /// title, the link's own words, the first words that stand there.
    fn shown_title(&self, node: NodeId, lead: &Lead, lines: &[(Line, String)]) -> Option<String> {
        let says = |text: &str| {
            text.chars().filter(|c| c.is_alphabetic()).count() > 1
                && !date::is_dateline(text)
                && !phrase::is_control(text)
                && !shop::is_control(text)
        };
        let told = || lines.iter().filter(|(_, text)| says(text));
        let heading = told().find(|(line, _)| line.heading);
        let heading = heading.or_else(|| told().find(|(line, _)| self.is_titled(node, line)));
        let own = (lead.rank == Rank::Label).then_some(&lead.words);
        let title = heading.map(|(_, text)| text).or(own);
        let title = title.or_else(|| told().next().map(|(_, text)| text));
        let title = title.unwrap_or(&lead.words);
        Some(beginning(title, 400).trim().to_owned()).filter(|title| says(title))
    }

    fn card(&self, node: NodeId, lead: &Lead) -> Option<Card> {
        let page = self.page;
        let sums = page.survey.sums(node);
        // A box with much prose and one link is prose with a link.
        if sums.prose_lines > 3 || sums.text > 2_000 || self.is_amid_words(lead, sums.link) {
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
        let titled = title.len() >= TITLE || self.is_headed(node) || self.is_among_titles(node);
        let card = self.made(node, lead, title, &lines);
        (titled || card.tells()).then_some(card)
    }

    /// Does a link stand in a paragraph most of whose words are no links?
    fn is_amid_words(&self, lead: &Lead, linked: u32) -> bool {
        let page = self.page;
        page.tree
            .ancestors(lead.node)
            .take(2)
            .any(|a| page.tree.tag(a) == Some(Tag::P) && page.survey.sums(a).text > linked * 3)
    }

    fn made(&self, node: NodeId, lead: &Lead, title: String, lines: &[(Line, String)]) -> Card {
        let page = self.page;
        let published = self.published(node, lines, &title);
        let summary = self.summary(lines, &title);
        Card {
            node,
            main: !std::iter::once(node)
                .chain(page.tree.ancestors(node))
                .any(|a| page.survey.is_out(a)),
            entry: Entry {
                title: Text::new(title),
                url: lead.url.clone(),
                published,
                summary: summary.map(Text::new),
                after: 0,
            },
        }
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
                !words.is_empty()
                    && (says_nothing || phrase::leads_on(words) || shop::is_variant(words))
            })
            .collect();
        asides.dedup();
        asides
    }

    /// The card's heading, else its longest link; of a link around the whole card, its longest line.
    fn title(&self, node: NodeId, lead: &Lead, lines: &[(Line, String)]) -> Option<String> {
        // A heading that is no link may name the box: "Video".
        let headings = || {
            lines.iter().filter(|(line, text)| {
                line.heading && text.len() >= 4 && (line.link > 0 || lead.words.len() < TITLE)
            })
        };
        let titled = headings().find(|(line, _)| self.is_titled(node, line));
        let heading = titled.or_else(|| headings().next());
        let own = self.leads.within(self.page, node).iter();
        let same = own.filter(|other| other.url == lead.url && other.rank >= Rank::Words);
        let longest = same.max_by_key(|l| l.words.len()).unwrap_or(lead);
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
        // The number of a line in its table.
        let numbered = |text: &str| text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
        let from = usize::from(lines.first().is_some_and(|(_, text)| numbered(text)));
        let rests = lines[from..].iter();
        let rests = rests.map(|(_, text)| without_title(text, title));
        let said = rests.map(|text| leading_date(text).map_or(text, |(_, rest)| rest));
        let said = said.map(shop::without_button);
        let mut before = "";
        let said = said.filter(|text| {
            // What is told of it stays, though the title says it too: "Capacity:", "1 l".
            let valued = std::mem::replace(&mut before, text).ends_with(':');
            !same(text, title)
                && (valued || !title.contains(text))
                && !date::is_dateline(text)
                && !phrase::is_control(text)
                && !shop::is_control(text)
                && !shop::is_badge(text)
                && !phrase::leads_elsewhere(text)
        });
        let mut unique: Vec<&str> = Vec::new();
        for text in said {
            let valued = unique.last().is_some_and(|before| before.ends_with(':'));
            if valued || !unique.contains(&text) {
                unique.push(text);
            }
        }
        let summary = unique.join("\n");
        (summary.chars().filter(|c| c.is_alphanumeric()).count() > 2).then_some(summary)
    }
}
