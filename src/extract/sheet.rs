//! A page before its headings are settled, so that an article of several pages becomes one.

use rustc_hash::FxHashSet;

use super::article;
use super::blocks::Made;
use super::doubt;
use super::likeness::{begins_with, folded, likeness, same};
use super::pager;
use crate::model::{Article, Block, Content, Document, Onward, Text};

/// A page as it was understood by itself.
#[derive(Debug)]
pub struct Sheet {
    document: Document,
    /// The blocks of its article, unsettled.
    made: Vec<Made>,
    /// Is there nothing to settle?
    settled: bool,
}

/// What became of a further page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// What it says follows now.
    Added,
    /// It says nothing that was not said already.
    Repeats,
    /// It belongs to something else.
    Other,
    /// It is no page to read on: an error that says 200, a form.
    Unread,
}

/// So many hundredths of a further page's words are new, or it repeats.
const NEW: usize = 15;
/// So many hundredths of a page's words are on the page that claims to hold all of it.
const HELD: usize = 80;
/// So much longer, in hundredths, is the whole than one page of it.
const LONGER: usize = 115;
/// Titles of pages of one article share so much.
const ALIKE: f32 = 0.7;

/// A document that needs no settling.
impl From<Document> for Sheet {
    fn from(document: Document) -> Self {
        Self {
            document,
            made: Vec::new(),
            settled: true,
        }
    }
}

impl Sheet {
    pub(super) fn new(document: Document, made: Vec<Made>) -> Self {
        Self {
            document,
            made,
            settled: false,
        }
    }

    /// Returns where its article goes on.
    #[must_use]
    pub fn onward(&self) -> Onward {
        self.article().map(|a| a.onward.clone()).unwrap_or_default()
    }

    /// Puts a further page of the article behind this one, without what was said already.
    pub fn join(&mut self, mut other: Self) -> Joined {
        let Some(article) = other.article() else {
            return match other.document.content {
                Content::Listing(_) => Joined::Other,
                _ => Joined::Unread,
            };
        };
        if !self.is_titled_like(&other) {
            return Joined::Other;
        }
        let next = article.onward.next.clone();
        other.tell_lead(self);
        let said = self.said();
        let (new, all) = other.lengths(|key| !said.contains(key));
        if new == 0 || new * 100 < all * NEW {
            return Joined::Repeats;
        }
        other.drop_repeated(&self.without_closed_sections(said));
        self.take(other);
        if let Content::Article(article) = &mut self.document.content {
            article.onward.next = next;
        }
        Joined::Added
    }

    /// Takes the page that holds all of the article in place of this one. Says whether it does: it
    /// may be another article, or no more than this page.
    pub fn replace(&mut self, mut whole: Self) -> bool {
        let said = whole.said();
        let (held, own) = self.lengths(|key| said.contains(key));
        let (_, length) = whole.lengths(|_| true);
        let holds = held * 100 >= own * HELD && length * 100 >= own * LONGER;
        if whole.article().is_none() || !holds || !self.is_titled_like(&whole) {
            return false;
        }
        whole.leads_nowhere();
        *self = whole;
        true
    }

    /// Forgets where the article goes on: nothing of it is missing.
    pub fn leads_nowhere(&mut self) {
        if let Content::Article(article) = &mut self.document.content {
            article.onward = Onward::default();
        }
    }

    /// Returns the document, for doubts about how it came together.
    pub fn document_mut(&mut self) -> &mut Document {
        &mut self.document
    }

    /// Settles headings and languages over all that was joined.
    #[must_use]
    pub fn finish(mut self) -> Document {
        if self.settled {
            return self.document;
        }
        let lang = self.document.head.lang.clone();
        if let Content::Article(article) = &mut self.document.content {
            article.blocks.extend(article::settled(self.made));
            article::settle_languages(article, &lang);
        }
        doubt::at_end(&mut self.document);
        self.document
    }

    fn article(&self) -> Option<&Article> {
        match &self.document.content {
            Content::Article(article) => Some(article),
            _ => None,
        }
    }

    fn is_titled_like(&self, other: &Self) -> bool {
        let own = unnumbered(self.document.head.title.as_str());
        let others = unnumbered(other.document.head.title.as_str());
        others.is_empty()
            || own.is_empty()
            || same(own, others)
            || begins_with(own, others)
            || begins_with(others, own)
            || likeness(own, others) >= ALIKE
    }

    /// Returns the keys of all that was said.
    fn said(&self) -> FxHashSet<String> {
        let lead = self.article().and_then(|a| a.lead.as_ref());
        let title = Some(&self.document.head.title);
        let mut said: FxHashSet<String> = self.made.iter().map(|m| key(&m.block)).collect();
        said.extend(lead.into_iter().chain(title).map(|t| folded(t.as_str())));
        said
    }

    /// Forgets the headings said before the last one: sections may be called alike, and only the
    /// last one goes on on the next page.
    fn without_closed_sections(&self, mut said: FxHashSet<String>) -> FxHashSet<String> {
        let is_heading = |made: &&Made| matches!(made.block, Block::Heading { .. });
        let mut headings = self.made.iter().filter(is_heading).map(|m| key(&m.block));
        let last = headings.next_back();
        headings
            .filter(|heading| Some(heading) != last.as_ref())
            .for_each(|heading| {
                said.remove(&heading);
            });
        said
    }

    /// Returns the bytes of the blocks that are chosen by their keys, and those of all.
    fn lengths(&self, chosen: impl Fn(&str) -> bool) -> (usize, usize) {
        let keys = self.made.iter().map(|m| key(&m.block));
        keys.fold((0, 0), |(some, all), key| {
            let some = some + if chosen(&key) { key.len() } else { 0 };
            (some, all + key.len())
        })
    }

    /// Makes a paragraph of a further page's lead, unless it is that of the `first` one again.
    fn tell_lead(&mut self, first: &Self) {
        let Content::Article(article) = &mut self.document.content else {
            return;
        };
        let own = first.article().and_then(|a| a.lead.as_ref());
        let own = own.map_or("", Text::as_str);
        let (Some(lead), Some(like)) = (article.lead.take(), first.made.last()) else {
            return;
        };
        if begins_with(own, lead.as_str()) || likeness(own, lead.as_str()) >= ALIKE {
            return;
        }
        let block = Block::Paragraph(lead);
        let told = Made {
            block,
            ..like.clone()
        };
        self.made.insert(0, told);
    }

    /// Drops what was said already from the beginning and the end.
    fn drop_repeated(&mut self, said: &FxHashSet<String>) {
        let repeated = |made: &Made| said.contains(&key(&made.block));
        let begin = self.made.iter().take_while(|m| repeated(m)).count();
        self.made.drain(..begin);
        let end = self.made.iter().rev().take_while(|m| repeated(m)).count();
        self.made.truncate(self.made.len() - end);
    }

    /// Takes the words, names and files of a further page.
    fn take(&mut self, other: Self) {
        let (Content::Article(own), Content::Article(more)) =
            (&mut self.document.content, other.document.content)
        else {
            return;
        };
        self.made.extend(other.made);
        own.published = own.published.or(more.published);
        for name in more.authors {
            if !own.authors.iter().any(|known| same(known, &name)) {
                own.authors.push(name);
            }
        }
        for file in more.attachments {
            if !own.attachments.iter().any(|known| known.url == file.url) {
                own.attachments.push(file);
            }
        }
        doubt::join(
            &mut self.document.doubts,
            &other.document.doubts,
            own.published.is_some(),
        );
    }
}

/// A title without the number of its page: "Cầu mới - Trang 2", "Cầu mới (2)".
fn unnumbered(title: &str) -> &str {
    let parts = title.rsplit_once(['-', '–', '—', '|', '(', ':', ',']);
    match parts {
        Some((before, end)) if pager::is_page_name(end.trim().trim_end_matches(')')) => {
            before.trim_end()
        }
        _ => title.trim_end(),
    }
}

/// What tells a block from others: its words, or a picture's address.
fn key(block: &Block) -> String {
    match block {
        Block::Paragraph(text) | Block::Heading { text, .. } => folded(text.as_str()),
        Block::Figure(figure) => {
            let caption = figure.caption.as_ref().map(Text::as_str);
            format!("{}{}", figure.src, folded(caption.unwrap_or_default()))
        }
        Block::List(_) | Block::Quote(_) | Block::Table(_) | Block::Code(_) | Block::Media(_) => {
            format!("{block:?}")
        }
    }
}
