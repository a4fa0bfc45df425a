//! The blocks of a text, as headings, paragraphs, lists, quotations, pictures and tables.

use maud::{Markup, html};

use crate::model::{
    Attachment, Block, Figure, Item, Lang, Link, List, PictureId, PictureWidth, Text, UiLang,
};

use super::{
    View,
    address::{OUTWARD, foreign, readable, with_query},
    figures::size,
    inline::{ALONE, Links, prose},
    start::StartLinks,
    table,
    words::{Words, words},
};

/// Writes blocks in order; it remembers what the next block's numbers and level depend on.
pub(super) struct Body<'a> {
    links: Links<'a>,
    /// What plays the text from a block on, where it can be heard.
    starts: Option<StartLinks<'a>>,
    /// The page whose pictures are shown, as its address is given to the gateway.
    shown: Option<&'a str>,
    ui: UiLang,
    /// The level of the last heading.
    level: u8,
    pictures: usize,
    tables: usize,
    /// The language of Loa's own words, where the text around them is in another.
    own_lang: Option<&'static str>,
}

impl<'a> Body<'a> {
    /// Begins below a heading of level 2; `content` is the text's language, `ui` that of Loa's words.
    pub(super) fn new(links: Links<'a>, ui: UiLang, content: &Lang) -> Self {
        Self {
            links,
            starts: None,
            shown: None,
            ui,
            level: 2,
            pictures: 0,
            tables: 0,
            own_lang: (content.primary() != ui.word()).then(|| ui.word()),
        }
    }

    /// Lets the text be heard from each heading and paragraph on.
    pub(super) fn heard(mut self, view: &'a View<'a>, source: &'a str) -> Self {
        self.starts = Some(StartLinks::new(view, source, self.own_lang));
        self
    }

    /// Shows the pictures of the page at an address, by way of the gateway.
    pub(super) fn shown(mut self, source: &'a str) -> Self {
        self.shown = Some(source);
        self
    }

    /// Returns where links in this text lead.
    pub(super) fn links(&self) -> Links<'a> {
        self.links
    }

    /// Writes blocks; the outermost have ids from their place, `b0`, `b1`.
    pub(super) fn blocks(&mut self, blocks: &[Block]) -> Markup {
        html! {
            @for (index, block) in blocks.iter().enumerate() {
                (self.block_at(index, block))
            }
        }
    }

    /// Writes one of the outermost blocks.
    pub(super) fn block_at(&mut self, index: usize, block: &Block) -> Markup {
        let shown = self.block(block, Some(&format!("b{index}")));
        match &mut self.starts {
            Some(starts) => starts.beside(index, block, shown),
            None => shown,
        }
    }

    // Quotations nest as deep as `extract` lets them, which is bounded.
    fn block(&mut self, block: &Block, id: Option<&str>) -> Markup {
        match block {
            Block::Heading { level, text } => self.heading(*level, text, id),
            Block::Paragraph(text) => html! { p id=[id] { (prose(text, self.links)) } },
            Block::List(list) => self.list(list, id),
            Block::Quote(inner) => html! {
                blockquote id=[id] { @for block in inner { (self.block(block, None)) } }
            },
            Block::Figure(figure) => self.figure(figure, id),
            Block::Table(given) => {
                self.tables += 1;
                let name = self
                    .say()
                    .fill("table-name", &[("number", &self.tables.to_string())]);
                table::table(given, self.links, &name, id)
            }
            Block::Code(code) => html! { pre id=[id] { code { (code) } } },
            Block::Media(link) => self.media(link, id),
        }
    }

    /// Writes a heading one level below the last one at most (WCAG 1.3.1, no level is skipped).
    fn heading(&mut self, level: u8, text: &Text, id: Option<&str>) -> Markup {
        if text.is_empty() {
            return html! {};
        }
        self.level = level.clamp(2, 6).min(self.level + 1);
        heading(self.level, &prose(text, self.links), id)
    }

    fn list(&self, list: &List, id: Option<&str>) -> Markup {
        let items = html! { @for item in &list.items { (self.item(item)) } };
        if list.ordered {
            html! { ol id=[id] { (items) } }
        } else {
            html! { ul id=[id] { (items) } }
        }
    }

    fn item(&self, item: &Item) -> Markup {
        html! {
            li {
                (prose(&item.text, self.links))
                @if let Some(inner) = &item.inner { (self.list(inner, None)) }
            }
        }
    }

    /// Writes a picture and its words: what it shows, a link to it, its caption. The words stand beside it for
    /// all, so that the picture itself says nothing twice (WCAG 1.1.1, technique H2).
    fn figure(&mut self, figure: &Figure, id: Option<&str>) -> Markup {
        self.pictures += 1;
        let number = self.pictures.to_string();
        let name = self.say().fill("picture-name", &[("number", &number)]);
        let silent = figure.alt.trim().is_empty() && figure.caption.is_none();
        html! {
            figure id=[id] {
                @if let Some(source) = self.shown { (picture(source, figure)) }
                p {
                    @match foreign(&figure.src) {
                        Some(src) => (self.leaving(&src, &html! { span.own lang=[self.own_lang] { (name) } })),
                        None => span.own lang=[self.own_lang] { (name) },
                    }
                    @if silent {
                        span.own lang=[self.own_lang] { ": " (self.say().get("picture-silent")) }
                    }
                    @if !figure.alt.trim().is_empty() { ": " (figure.alt) }
                }
                @if let Some(caption) = &figure.caption {
                    figcaption { (prose(caption, self.links)) }
                }
            }
        }
    }

    fn media(&self, link: &Link, id: Option<&str>) -> Markup {
        html! {
            p id=[id] {
                span.own lang=[self.own_lang] { (self.say().get("media-name")) }
                " " (self.leaving(&link.url, &html! { (link.name) (self.aside(&link.name, &link.url)) }))
            }
        }
    }

    /// Writes the files that a page hands out, each with its kind and size.
    pub(super) fn attachments(&self, files: &[Attachment]) -> Markup {
        html! {
            ul.links {
                @for file in files {
                    li {
                        (self.leaving(&file.url, &html! {
                            (file.name) span.own { (self.kind_and_size(file)) }
                            (self.aside(&file.name, &file.url))
                        }))
                    }
                }
            }
        }
    }

    fn kind_and_size(&self, file: &Attachment) -> String {
        let size = file.bytes.map(|bytes| size(self.ui, bytes));
        let known: Vec<_> = file.kind.iter().cloned().chain(size).collect();
        if known.is_empty() {
            return String::new();
        }
        format!(" ({})", known.join(", "))
    }

    /// Writes a link that leaves the gateway, and says so; words alone where nobody may be sent there.
    pub(super) fn leaving(&self, url: &str, name: &Markup) -> Markup {
        let Some(href) = foreign(url) else {
            return name.clone();
        };
        html! {
            a.(ALONE) href=(href) rel=(OUTWARD) {
                (name)
                @if let Links::Gateway(..) = self.links {
                    " " span.own lang=[self.own_lang] { (self.say().get("link-outside")) }
                }
            }
        }
    }

    /// Writes what tells two files or embedded things of one name apart.
    fn aside(&self, name: &str, url: &str) -> Markup {
        self.links.aside(name, url, true, false)
    }

    fn say(&self) -> &'static Words {
        words(self.ui)
    }
}

/// Shows a picture in the width that the reader's window needs, fetched when it comes into view.
fn picture(source: &str, figure: &Figure) -> Markup {
    let id = PictureId::of(&figure.src).to_string();
    let at = |width: PictureWidth| {
        let pixels = width.pixels().to_string();
        with_query("/picture", &[("url", source), ("id", &id), ("w", &pixels)])
    };
    let widths = PictureWidth::ALL.map(|width| format!("{} {}w", at(width), width.pixels()));
    html! {
        @if readable(&figure.src) {
            img src=(at(PictureWidth::default())) srcset=(widths.join(", ")) sizes=(COLUMN) alt=""
                loading="lazy" decoding="async";
        }
    }
}

/// How wide a picture is shown: as wide as the text, which grows with its letters and ends at the window.
const COLUMN: &str = "(min-width: 44rem) 42rem, 100vw";

/// Writes a heading of a level from 2 to 6.
pub(super) fn heading(level: u8, words: &Markup, id: Option<&str>) -> Markup {
    match level {
        2 => html! { h2 id=[id] { (words) } },
        3 => html! { h3 id=[id] { (words) } },
        4 => html! { h4 id=[id] { (words) } },
        5 => html! { h5 id=[id] { (words) } },
        _ => html! { h6 id=[id] { (words) } },
    }
}
