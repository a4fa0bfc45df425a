//! What a page turned out to be: an article, a listing, or neither.

use super::{Lang, Published, Text, Turn};

/// A page, understood. Its order is reading order, for eye and ear alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What holds for every page.
    pub head: Head,
    /// What the page is.
    pub content: Content,
    /// What was unsure about it.
    pub doubts: Vec<Doubt>,
}

/// What holds for every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The address it was read from; empty for pasted text.
    pub url: String,
    /// The address it gives itself, where that differs.
    pub canonical: Option<String>,
    /// The title, without the site's name; empty where the page has none.
    pub title: Text,
    /// The site's name.
    pub site: Option<String>,
    /// The language most of it is written in.
    pub lang: Lang,
}

/// What a page turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// One article.
    Article(Article),
    /// A list of entries that lead on.
    Listing(Listing),
    /// Neither: its readable text in order.
    Page(Vec<Block>),
}

/// An article's parts, in reading order but for the title, which is in the head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// When it was published.
    pub published: Option<Published>,
    /// The lead (sapo), said once, here.
    pub lead: Option<Text>,
    /// The body.
    pub blocks: Vec<Block>,
    /// Names of those who wrote it.
    pub authors: Vec<String>,
    /// Files it hands out.
    pub attachments: Vec<Attachment>,
    /// Where the rest of it is, as far as it is not here.
    pub onward: Onward,
}

/// Where an article of several pages goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Onward {
    /// The absolute address of its next page.
    pub next: Option<String>,
    /// The absolute address of all of it on one page.
    pub whole: Option<String>,
}

/// A section's or home page's parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Headings of sections and prose around the entries, in page order.
    pub blocks: Vec<Block>,
    /// The entries in page order.
    pub entries: Vec<Entry>,
    /// The page's menu.
    pub navigation: Vec<Link>,
    /// Where the list goes on (next and other pages).
    pub paging: Vec<Turn>,
}

/// An entry of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its title, never empty.
    pub title: Text,
    /// Its absolute address.
    pub url: String,
    /// When it was published.
    pub published: Option<Published>,
    /// What the page says about it.
    pub summary: Option<Text>,
    /// How many of the listing's blocks stand before it on the page.
    pub after: usize,
}

/// What comes next on a listing's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed<'l> {
    /// A heading or prose, with its place in the listing's blocks.
    Block(usize, &'l Block),
    /// An entry, with the level of its heading: one below its section's, else 2.
    Entry(&'l Entry, u8),
}

impl Listing {
    /// Returns blocks and entries in page order.
    #[must_use]
    pub fn parts(&self) -> Vec<Listed<'_>> {
        let mut parts = Vec::with_capacity(self.blocks.len() + self.entries.len());
        let (mut at, mut level) = (0, 2);
        for entry in &self.entries {
            while at < entry.after.min(self.blocks.len()) {
                if let Block::Heading { level: own, .. } = &self.blocks[at] {
                    level = own.saturating_add(1).min(6);
                }
                parts.push(Listed::Block(at, &self.blocks[at]));
                at += 1;
            }
            parts.push(Listed::Entry(entry, level));
        }
        let rest = self.blocks.iter().enumerate().skip(at);
        parts.extend(rest.map(|(at, block)| Listed::Block(at, block)));
        parts
    }
}

/// A named address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is called, never empty.
    pub name: String,
    /// Its absolute address.
    pub url: String,
}

/// A file that a page hands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// What it is called, never empty.
    pub name: String,
    /// Its absolute address.
    pub url: String,
    /// Its kind in capitals, as readers say it: `PDF`, `DOCX`.
    pub kind: Option<String>,
    /// Its size in bytes, where the page tells.
    pub bytes: Option<u64>,
}

/// A piece of an article's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading; `level` is 2 to 6, and no level is skipped on the way down.
    Heading {
        /// 2 to 6.
        level: u8,
        /// Its words.
        text: Text,
    },
    /// A paragraph.
    Paragraph(Text),
    /// A list.
    List(List),
    /// A quotation of one or more blocks.
    Quote(Vec<Block>),
    /// A picture with its caption.
    Figure(Figure),
    /// A data table.
    Table(Table),
    /// Code or verse whose line breaks and spaces count.
    Code(String),
    /// A video, sound, map or other embedded thing, as a named link.
    Media(Link),
}

/// A list of items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Are the items numbered?
    pub ordered: bool,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its words.
    pub text: Text,
    /// The list inside it.
    pub inner: Option<List>,
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// Its absolute address.
    pub src: String,
    /// What it shows, as the page describes it; empty where it does not or where the caption says it.
    pub alt: String,
    /// Its caption, where there is one.
    pub caption: Option<Text>,
}

/// A data table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What it is about.
    pub caption: Option<Text>,
    /// The column headers; empty where the page gives none.
    pub header: Vec<Cell>,
    /// The rows below.
    pub rows: Vec<Vec<Cell>>,
    /// Does the first cell of each row name the row?
    pub row_headers: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its words.
    pub text: Text,
    /// How many columns it spans, at least 1.
    pub colspan: u32,
    /// How many rows it spans, at least 1.
    pub rowspan: u32,
}

impl Cell {
    /// Makes a cell that spans itself alone.
    #[must_use]
    pub fn new(text: Text) -> Self {
        Self {
            text,
            colspan: 1,
            rowspan: 1,
        }
    }
}

/// What was unsure about a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// No article and no listing was found; what follows is the page's readable text.
    NoArticle,
    /// No title was found.
    NoTitle,
    /// No date was found.
    NoDate,
    /// The date could be read as day/month or month/day.
    AmbiguousDate,
    /// The page was longer, deeper or richer than Loa's limits, and its end is missing.
    Truncated,
    /// A rule for this portal did not fit; the general search found the article.
    RuleFailed,
    /// The character set had to be guessed.
    GuessedCharset,
    /// There is little text: it may not be the whole article.
    Short,
    /// The page asks for a subscription or a login: the text may end early.
    Paywall,
    /// The page is made by scripts; what it shows without them is all there is.
    NeedsScripts,
    /// The article goes on on further pages that could not be had.
    MissingPages,
    /// The list goes on on pages that only a script of the portal's can show.
    ScriptedPages,
    /// The host fails just now; this is what it gave then.
    Stale(Published),
}

impl Doubt {
    /// Returns its name in the record.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoArticle => "no-article",
            Self::NoTitle => "no-title",
            Self::NoDate => "no-date",
            Self::AmbiguousDate => "ambiguous-date",
            Self::Truncated => "truncated",
            Self::RuleFailed => "rule-failed",
            Self::GuessedCharset => "guessed-charset",
            Self::Short => "short",
            Self::Paywall => "paywall",
            Self::NeedsScripts => "needs-scripts",
            Self::MissingPages => "missing-pages",
            Self::ScriptedPages => "scripted-pages",
            Self::Stale(_) => "stale",
        }
    }
}

impl Document {
    /// Returns the body blocks, whatever the page is.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        match &self.content {
            Content::Article(article) => &article.blocks,
            Content::Listing(listing) => &listing.blocks,
            Content::Page(blocks) => blocks,
        }
    }

    /// Is there anything to read?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.content {
            Content::Article(a) => a.lead.is_none() && a.blocks.is_empty(),
            Content::Listing(l) => l.entries.is_empty() && l.blocks.is_empty(),
            Content::Page(blocks) => blocks.is_empty(),
        }
    }
}
