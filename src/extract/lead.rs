//! The lead (sapo): the paragraph that tells the story in short, said once.
//!
//! It is known by its name, by standing alone between title and body, by being set in bold before
//! plain prose, or by being the page's own description.

use super::blocks::{self, Made};
use super::caption;
use super::date;
use super::find::{Line, Signs};
use super::likeness::{begins_with, folded, likeness, same};
use super::meta::Claims;
use super::page::Page;
use super::phrase;
use crate::html::{NodeId, Tag};
use crate::model::{Block, Text};

/// A lead says more than a label and less than a story.
const SIZES: std::ops::RangeInclusive<usize> = 30..=1800;

/// Where a lead may stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'k> {
    /// The title's words.
    pub(super) title: &'k str,
    /// The element that shows the title.
    pub(super) title_node: Option<NodeId>,
    /// The element that holds the body.
    pub(super) body: NodeId,
    /// The element where the page's family keeps the lead.
    pub(super) named: Option<NodeId>,
}

/// Finds the lead and takes it out of `made`, wherever it stands there.
pub(super) fn lead(
    page: &Page<'_>,
    claims: &Claims,
    place: Place<'_>,
    made: &mut Vec<Made>,
) -> Option<Text> {
    let finder = Finder {
        page,
        claims,
        place,
        captions: captions(made),
    };
    let own = place.named.filter(|id| finder.reads_like_lead(*id));
    let lead = own
        .map(|id| blocks::text(page, id))
        .or_else(|| finder.named())
        .or_else(|| finder.described())
        .or_else(|| finder.between())
        .or_else(|| finder.first_block(made))?;
    take_out(&lead, made);
    Some(lead)
}

/// The captions of the article's pictures, folded: a lead is none of them.
fn captions(made: &[Made]) -> Vec<String> {
    let caption = |one: &Made| match &one.block {
        Block::Figure(figure) => figure.caption.as_ref().map(|c| folded(c.as_str())),
        _ => None,
    };
    made.iter().filter_map(caption).collect()
}

/// So many lines behind the title are looked through for the page's description.
const NEAR: usize = 60;

struct Finder<'f, 't> {
    page: &'f Page<'t>,
    claims: &'f Claims,
    place: Place<'f>,
    captions: Vec<String>,
}

impl Finder<'_, '_> {
    /// An element named as a lead, after the title and before the prose has begun for good.
    fn named(&self) -> Option<Text> {
        let (from, to) = (
            self.place
                .title_node
                .unwrap_or(self.place.body)
                .min(self.place.body),
            self.prose_begun(),
        );
        let mut best: Option<(u8, NodeId)> = None;
        let mut until = from;
        for (id, element) in self.page.elements(self.page.tree.root()) {
            if id < until || id >= to {
                continue;
            }
            if self.page.survey.is_out(id) || matches!(element.tag(), Tag::Figure | Tag::Figcaption)
            {
                until = self.page.tree.end(id);
                continue;
            }
            let rank = self.rank(id, element.tag());
            if rank > best.map_or(0, |(top, _)| top) && self.reads_like_lead(id) {
                best = Some((rank, id));
            }
        }
        self.with_likes(best?.1)
    }

    /// How surely an element's name says that it is the lead; 0 where it does not.
    fn rank(&self, id: NodeId, tag: Tag) -> u8 {
        if self.is_body(id) {
            return 0;
        }
        let signs = self.page.survey.signs(id);
        let wrong = Signs::BODY
            .with(Signs::CAPTION)
            .with(Signs::CREDIT)
            .with(Signs::DATE)
            .with(Signs::AUTHOR);
        let no_text = matches!(
            tag,
            Tag::Body | Tag::Html | Tag::Main | Tag::A | Tag::Img | Tag::H1 | Tag::Article
        );
        if signs.any(wrong) || no_text {
            return 0;
        }
        if signs.any(Signs::LEAD) {
            2
        } else {
            u8::from(signs.any(Signs::SUMMARY))
        }
    }

    /// Is it the body's element, or one that holds most of the body?
    fn is_body(&self, id: NodeId) -> bool {
        let body = self.place.body;
        let (own, all) = (self.page.survey.sums(id), self.page.survey.sums(body));
        self.page.tree.contains(id, body) || own.prose_lines > 2 && own.prose * 3 > all.prose * 2
    }

    fn reads_like_lead(&self, id: NodeId) -> bool {
        let survey = &self.page.survey;
        let (size, sums) = (survey.raw_text(id), survey.sums(id));
        SIZES.contains(&size)
            && sums.link * 2 <= sums.text
            && sums.prose_lines <= 4
            && !self
                .page
                .holds(id, &[Tag::H1, Tag::Figure, Tag::Img, Tag::Table])
            && self.is_sentence(&self.page.shown(id))
    }

    fn is_sentence(&self, line: &str) -> bool {
        SIZES.contains(&line.len())
            && (line.split_whitespace().count() >= 4 || !line.is_ascii())
            && !folded(line).contains(&folded(self.place.title))
            && !self.is_title(line)
            && likeness(line, self.place.title) < 0.9
            && !date::is_dateline(line)
            && !date::is_stamp(line)
            && !is_dated_label(line)
            && !is_trail(line)
            && !phrase::is_note(line)
            && !caption::is_credit_line(line)
    }

    fn is_said_by_picture(&self, line: &str) -> bool {
        let line = folded(line);
        self.captions.iter().any(|c| c.contains(&line))
    }

    /// A line shown behind the title that is the page's description word by word, whatever the
    /// element around it is called.
    fn described(&self) -> Option<Text> {
        let root = self.page.tree.root();
        let title = self.page.tree.end(self.place.title_node?);
        let (all, to) = (self.page.survey.lines(root), self.prose_begun());
        let from = all.partition_point(|line| line.first < title);
        let near = all[from..].iter().take_while(|line| line.first < to);
        let said = |line: &&Line| {
            line.len as usize >= *SIZES.start()
                && line.link == 0
                && !self.is_in_figure(line)
                && !self.is_hidden(line.block)
                && self.is_description(&self.page.line_text(line, line.block))
        };
        let found = near.take(NEAR).find(said)?;
        let text = blocks::text(self.page, found.block);
        (self.is_sentence(text.as_str()) && !self.is_said_by_picture(text.as_str())).then_some(text)
    }

    fn is_in_figure(&self, line: &Line) -> bool {
        let mut holders = self.page.tree.ancestors(line.first);
        holders.any(|h| {
            let signs = self.page.survey.signs(h);
            signs.any(Signs::CAPTION.with(Signs::CREDIT))
                || self.page.tree.tag(h) == Some(Tag::Figure)
        })
    }

    fn is_description(&self, line: &str) -> bool {
        self.claims.descriptions.iter().any(|d| same(d, line))
    }

    fn is_hidden(&self, id: NodeId) -> bool {
        let unseen = Signs::HIDDEN.with(Signs::COMMENT).with(Signs::RELATED);
        let mut holders = std::iter::once(id).chain(self.page.tree.ancestors(id));
        holders.any(|at| self.page.survey.signs(at).any(unseen))
    }

    /// Is it one of the titles that the page claims?
    fn is_title(&self, line: &str) -> bool {
        let claims = self.claims;
        let titles = [&claims.shared, &claims.headline, &claims.window];
        titles
            .into_iter()
            .flatten()
            .any(|title| likeness(title, line) > 0.75)
    }

    /// A lead in several paragraphs has them one after the other under the same name.
    fn with_likes(&self, id: NodeId) -> Option<Text> {
        let class = self.page.attr(id, "class");
        let mut lead = blocks::text(self.page, id);
        let mut at = id;
        while let Some(next) = self.next_element(at) {
            let alike = self.page.attr(next, "class") == class
                && self.page.tree.tag(next) == self.page.tree.tag(id);
            if !alike
                || class.is_none()
                || !self.reads_like_lead(next)
                || self.rank(next, Tag::P) == 0
            {
                break;
            }
            lead.append(&Text::new("\n"));
            lead.append(&blocks::text(self.page, next));
            at = next;
        }
        (!lead.is_empty()).then_some(lead)
    }

    fn next_element(&self, id: NodeId) -> Option<NodeId> {
        let mut next = self.page.tree.next_sibling(id);
        while let Some(at) = next.filter(|at| self.page.tree.element(*at).is_none()) {
            next = self.page.tree.next_sibling(at);
        }
        next
    }

    /// From the third line of prose on there is no lead any more.
    fn prose_begun(&self) -> NodeId {
        let body = self.place.body;
        let mut prose = self
            .page
            .survey
            .lines(body)
            .iter()
            .filter(|line| line.is_prose());
        prose
            .nth(2)
            .map_or(self.page.tree.end(body), |line| line.first)
    }

    /// A line of prose that stands alone after the title and before the body's element.
    fn between(&self) -> Option<Text> {
        let title = self.page.tree.end(self.place.title_node?);
        if title >= self.place.body {
            return None;
        }
        let all: Vec<&Line> = self
            .page
            .survey
            .kept_between(title, self.place.body)
            .take(60)
            .collect();
        let lines = (0..all.len())
            .filter(|at| self.may_lead(&all, *at))
            .map(|at| all[at])
            .collect();
        let lines: Vec<&Line> = unrepeated(self.page, lines);
        let described = lines
            .iter()
            .find(|line| self.is_described(&self.page.shown(line.block)));
        let found = described.or(lines.first())?;
        let text = blocks::text(self.page, found.block);
        let line = text.as_str();
        let leads = self.is_sentence(line) && !self.is_said_by_picture(line) && line.len() < 900;
        leads.then_some(text)
    }

    /// Is a line long enough, no link, and neither caption nor beside a photographer's name?
    fn may_lead(&self, all: &[&Line], at: usize) -> bool {
        let line = all[at];
        let beside = [at.checked_sub(1), Some(at + 1)]
            .into_iter()
            .flatten()
            .filter_map(|at| all.get(at));
        let credit = |line: &&Line| {
            line.len < 120 && caption::is_credit_line(&self.page.line_text(line, line.block))
        };
        line.len >= 40
            && line.link == 0
            && !self.is_caption(line)
            && !beside.copied().any(|l| credit(&l))
    }

    fn is_caption(&self, line: &Line) -> bool {
        let holders =
            std::iter::once(line.block).chain(self.page.tree.ancestors(line.block).take(3));
        let caption = Signs::CAPTION
            .with(Signs::CREDIT)
            .with(Signs::DATE)
            .with(Signs::AUTHOR);
        let mut holders = holders.filter(|h| *h >= self.page.tree.root());
        holders.any(|h| {
            self.page.survey.signs(h).any(caption) || self.page.tree.tag(h) == Some(Tag::Figure)
        })
    }

    /// The first words of the body, where they are set apart or are the page's description.
    fn first_block(&self, made: &[Made]) -> Option<Text> {
        let mut lines = made
            .iter()
            .filter(|m| m.line().is_some_and(|t| t.as_str().len() >= *SIZES.start()));
        let (first, second) = (lines.next()?, lines.next()?);
        let (text, next) = (first.line()?, second.line()?);
        let counted = blocks::numbered_rank(text.as_str()).is_some();
        let said_by_picture = self.is_said_by_picture(text.as_str());
        if counted || said_by_picture || !self.is_sentence(text.as_str()) || !is_opening(made, text)
        {
            return None;
        }
        // The first question of an interview is bold as well, and so is a heading.
        let other = next.as_str().len() < 160 || next.as_str().ends_with('?');
        let told = text.as_str().ends_with(['.', '…', '”']) && text.as_str().len() > 100 && other;
        let bold = blocks::is_strong(text) && (!blocks::is_strong(next) || told);
        let italic =
            blocks::is_emphasis(text) && !blocks::is_emphasis(next) && text.as_str().len() > 80;
        let leads = match first.block {
            Block::Heading { .. } => text.as_str().len() >= 60 || self.is_alone(first.node),
            _ => bold || italic || self.is_described(text.as_str()) || self.is_alone(first.node),
        };
        leads.then(|| text.clone())
    }

    fn is_described(&self, line: &str) -> bool {
        self.claims.descriptions.iter().any(|d| describes(d, line))
    }

    /// Does the paragraph `node` stand by itself while most of the prose stands together elsewhere?
    fn is_alone(&self, node: NodeId) -> bool {
        let tree = self.page.tree;
        let Some(own) = tree.parent(node) else {
            return false;
        };
        let prose: Vec<NodeId> = self
            .page
            .survey
            .lines(self.place.body)
            .iter()
            .filter(|l| l.is_prose())
            .map(|l| l.block)
            .collect();
        let mut holders: Vec<NodeId> = prose
            .iter()
            .filter_map(|block| tree.parent(*block))
            .collect();
        holders.sort_unstable();
        let most = holders
            .chunk_by(|a, b| a == b)
            .max_by_key(|same| same.len());
        most.is_some_and(|most| {
            most.len() >= 3
                && most.len() * 5 >= holders.len() * 3
                && most[0] != own
                && !tree.contains(own, most[0])
        })
    }
}

/// A short line with a date and no full stop tells when and by whom, not what.
fn is_dated_label(line: &str) -> bool {
    line.len() < 140
        && !line.ends_with(['.', '!', '?'])
        && date::read(line, date::Habit::default()).is_some()
}

/// Is it the way from the front page to here: "Tin tức » Tin trong huyện"?
fn is_trail(line: &str) -> bool {
    line.len() < 160
        && !line.ends_with('.')
        && ["»", ">>", " > ", "›"].iter().any(|by| line.contains(by))
}

/// Lines that are said once; captions of a gallery stand there twice.
fn unrepeated<'l>(page: &Page<'_>, lines: Vec<&'l Line>) -> Vec<&'l Line> {
    let said: Vec<String> = lines.iter().map(|line| page.shown(line.block)).collect();
    let once = |text: &String| said.iter().filter(|other| *other == text).count() == 1;
    lines
        .into_iter()
        .zip(&said)
        .filter(|(_, text)| once(text))
        .map(|(line, _)| line)
        .take(8)
        .collect()
}

/// Does nothing but labels and pictures stand before it?
fn is_opening(made: &[Made], first: &Text) -> bool {
    let before = made.iter().take_while(|m| m.line() != Some(first));
    before
        .filter(|m| !matches!(m.block, Block::Figure(_) | Block::Media(_)))
        .count()
        <= 2
}

/// Is a paragraph the whole of the page's description, or its beginning as far as it was cut off?
/// A place or an agency may stand before the words.
fn describes(description: &str, paragraph: &str) -> bool {
    let behind_place = || {
        let (said, own) = (folded(description), folded(paragraph));
        said.len() > 60 && own.ends_with(&said) && own.len() < said.len() + PLACE
    };
    same(description, paragraph)
        || behind_place()
        || begins_with(paragraph, description)
            && folded(paragraph).len() < folded(description).len() * 2
}

/// The longest name of places, with a date and an agency, before a first sentence.
const PLACE: usize = 60;

/// Takes the blocks out that say the lead again.
fn take_out(lead: &Text, made: &mut Vec<Made>) {
    let lead = folded(lead.as_str());
    let mut looked_at = 0;
    made.retain(|one| {
        looked_at += 1;
        let Some(text) = one.line().filter(|_| looked_at <= 12) else {
            return true;
        };
        let own = folded(text.as_str());
        own.is_empty() || !(own == lead || own.len() > 30 && lead.contains(&own))
    });
}
