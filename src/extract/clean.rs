//! Decides what inside a body is not part of the article.

use crate::extract::find::{Line, Signs};
use crate::extract::page::Page;
use crate::extract::phrase;
use crate::html::{NodeId, Tag};

/// Knows, for the body under `root`, which elements are left out with all they hold.
#[derive(Debug)]
pub(super) struct Cleaner<'p, 't> {
    page: &'p Page<'t>,
    root: NodeId,
    /// Bytes of prose in the whole body.
    prose: u32,
    /// Elements that are read elsewhere, in document order.
    elsewhere: Vec<NodeId>,
    /// Are boxes of links left out?
    strict: bool,
}

impl<'p, 't> Cleaner<'p, 't> {
    /// Prepares for the body under `root`.
    pub(super) fn new(page: &'p Page<'t>, root: NodeId) -> Self {
        let prose = page.survey.sums(root).prose;
        Self {
            page,
            root,
            prose,
            elsewhere: Vec::new(),
            strict: true,
        }
    }

    /// Prepares for what is said around entries, which are read elsewhere.
    pub(super) fn without(page: &'p Page<'t>, root: NodeId, elsewhere: Vec<NodeId>) -> Self {
        Self {
            elsewhere,
            ..Self::new(page, root)
        }
    }

    /// Prepares for all that can be read, links and all.
    pub(super) fn lenient(page: &'p Page<'t>, root: NodeId) -> Self {
        Self {
            strict: false,
            ..Self::new(page, root)
        }
    }

    /// Is this element left out?
    pub(super) fn leaves_out(&self, id: NodeId) -> bool {
        if id == self.root {
            return false;
        }
        let Some(tag) = self.page.tree.tag(id) else {
            return false;
        };
        if is_media(tag) {
            return false;
        }
        if tag == Tag::Span {
            return self.page.survey.is_out(id) || self.is_bunch_of_links(id);
        }
        if self.page.survey.is_out(id) || self.elsewhere.binary_search(&id).is_ok() {
            return true;
        }
        self.strict
            && (self.is_link_box(id, tag)
                || self.is_table_of_entries(id, tag)
                || self.is_other_story(id, tag)
                || self.is_teaser(id, tag)
                || self.is_signup(id, tag)
                || self.is_named_off(id, tag))
    }

    /// A box that holds little but links.
    fn is_link_box(&self, id: NodeId, tag: Tag) -> bool {
        let box_like = matches!(
            tag,
            Tag::Div
                | Tag::Section
                | Tag::Ul
                | Tag::Ol
                | Tag::Table
                | Tag::Article
                | Tag::Dl
                | Tag::Header
                | Tag::Other
                | Tag::P
        );
        let sums = self.page.survey.sums(id);
        if !box_like || sums.text == 0 || sums.prose * 5 > self.prose || self.is_section(id) {
            return false;
        }
        let link_share = sums.link * 100 / sums.text;
        match tag {
            Tag::P => link_share > 35 && phrase::leads_elsewhere(&self.page.shown(id)),
            Tag::Ul | Tag::Ol => {
                link_share > 70 && sums.lines > 1 || link_share > 95 || self.is_teasers(id)
            }
            _ => {
                link_share > 50
                    && sums.prose_lines <= 1
                    && !self.is_single_link_line(id, sums.lines)
            }
        }
    }

    /// Around entries: a box that holds some of them, or the heading over them.
    fn is_section(&self, id: NodeId) -> bool {
        let holds_entries = !self.entries_in(id).is_empty();
        let lines = self.page.survey.lines(id);
        let heads = || lines.len() <= 2 && lines.iter().any(|line| line.heading);
        self.page.tree.tag(id) != Some(Tag::Table)
            && (holds_entries || !self.elsewhere.is_empty() && heads())
    }

    fn entries_in(&self, id: NodeId) -> &[NodeId] {
        let end = self.page.tree.end(id);
        let from = self.elsewhere.partition_point(|entry| *entry < id);
        let to = self.elsewhere.partition_point(|entry| *entry < end);
        &self.elsewhere[from..to]
    }

    /// A table whose lines are entries, which are read elsewhere.
    fn is_table_of_entries(&self, id: NodeId, tag: Tag) -> bool {
        let first = || self.entries_in(id).first();
        tag == Tag::Table && first().is_some_and(|e| self.page.tree.tag(*e) == Some(Tag::Tr))
    }

    /// A list whose every item begins with a headline's link.
    fn is_teasers(&self, id: NodeId) -> bool {
        let lines = self.page.survey.lines(id);
        lines.len() > 2 && lines.iter().all(Line::is_teaser)
    }

    /// A box that opens over a linked word of a sentence: more links and nothing else.
    fn is_bunch_of_links(&self, id: NodeId) -> bool {
        let before = self
            .page
            .tree
            .previous_sibling(id)
            .and_then(|b| self.page.tree.tag(b));
        if !self.strict || before != Some(Tag::A) {
            return false;
        }
        let all = self.page.survey.raw_text(id);
        let links = self.page.elements(id).filter(|(_, e)| e.tag() == Tag::A);
        let (count, linked) = links.fold((0, 0), |(count, linked), (at, _)| {
            (count + 1, linked + self.page.survey.raw_text(at))
        });
        count > 1 && linked * 10 >= all * 9
    }

    /// A wrapper of one line that is a link may be a paragraph of its own.
    fn is_single_link_line(&self, id: NodeId, lines: u32) -> bool {
        lines == 1 && self.page.survey.sums(id).text > 120
    }

    /// An article inside the article that is much smaller than it is another story's teaser.
    fn is_other_story(&self, id: NodeId, tag: Tag) -> bool {
        let sums = self.page.survey.sums(id);
        tag == Tag::Article && sums.prose * 4 < self.prose && sums.link * 4 > sums.text
    }

    /// A small box, named as a card or a teaser, with a headline that leads away and little to say.
    fn is_teaser(&self, id: NodeId, tag: Tag) -> bool {
        let boxed = matches!(tag, Tag::Div | Tag::Section | Tag::Article | Tag::Other);
        let sums = self.page.survey.sums(id);
        if !boxed
            || !(2..=6).contains(&sums.lines)
            || sums.prose_lines > 1
            || sums.prose * 4 > self.prose
            || !self.page.survey.signs(id).any(Signs::CARD)
        {
            return false;
        }
        let lines = self.page.survey.lines(id);
        let headline = lines.iter().find(|line| line.heading);
        headline.is_some_and(|line| line.len >= 20 && line.link * 10 >= line.len * 8)
            && self.is_amid_prose(id, sums.lines)
    }

    /// Does prose of the body stand right beside a box and its wrappers, rather than more boxes?
    fn is_amid_prose(&self, id: NodeId, lines: u32) -> bool {
        let (tree, survey) = (self.page.tree, &self.page.survey);
        let wraps = |outer: &NodeId| *outer > self.root && survey.sums(*outer).lines == lines;
        let outmost = tree.ancestors(id).take_while(wraps).last().unwrap_or(id);
        let Some(around) = tree.parent(outmost) else {
            return false;
        };
        let beside = tree.children(around).filter(|at| *at != outmost);
        let leads_away = |line: &Line| line.heading && line.link > 0;
        let story = beside.filter(|at| {
            survey.sums(*at).prose_lines > 0 && !survey.lines(*at).iter().any(leads_away)
        });
        story.take(2).count() == 2
    }

    /// A small box with a form: a newsletter, a search, a vote.
    fn is_signup(&self, id: NodeId, tag: Tag) -> bool {
        let boxed = matches!(tag, Tag::Div | Tag::Section | Tag::Other);
        let sums = self.page.survey.sums(id);
        boxed
            && (1..=8).contains(&sums.lines)
            && sums.prose_lines <= 2
            && sums.prose * 8 < self.prose
            && self.page.holds(id, &[Tag::Form])
            && !self.page.holds(id, &[Tag::Figure, Tag::Table, Tag::Iframe])
    }

    /// A box whose first line says what it is: "Related", "Tin liên quan".
    fn is_named_off(&self, id: NodeId, tag: Tag) -> bool {
        let boxed = matches!(
            tag,
            Tag::Div | Tag::Section | Tag::Article | Tag::Ul | Tag::Table | Tag::Other
        );
        let sums = self.page.survey.sums(id);
        if !boxed || sums.lines == 0 || sums.prose * 4 > self.prose || self.is_section(id) {
            return false;
        }
        let lines = self.page.survey.lines(id);
        let first = lines.iter().find(|line| line.len < 80);
        first.is_some_and(|line| {
            line.first == lines[0].first && says_it_is_no_story(&self.page.shown(line.block))
        })
    }
}

fn says_it_is_no_story(line: &str) -> bool {
    phrase::names_other_stories(line) || phrase::is_promotion(line)
}

/// Read by rooms of their own, although their text is never read.
fn is_media(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Iframe | Tag::Video | Tag::Audio | Tag::Embed | Tag::Object
    )
}
