//! Links that play the article from a heading or a paragraph on, without a script; with one, the player
//! goes there instead.
//!
//! A heading's link follows it, since who goes by headings comes from above; a paragraph's stands before
//! its words. Their names are short and count, so that they can be told apart in a list of links (WCAG
//! 2.4.9) and hold nobody up who reads on.

use maud::{Markup, html};

use crate::model::{Block, Place, Starts};

use super::{View, player::audio_from, words::words};

/// What the links of one page are made with.
pub(super) struct StartLinks<'a> {
    view: &'a View<'a>,
    source: &'a str,
    /// The language of Loa's own words, where the text around them is in another.
    own_lang: Option<&'static str>,
    headings: usize,
    paragraphs: usize,
}

impl<'a> StartLinks<'a> {
    /// Begins; `source` is the `url` that `/audio.mp3` takes for the document.
    pub(super) fn new(view: &'a View<'a>, source: &'a str, own_lang: Option<&'static str>) -> Self {
        Self {
            view,
            source,
            own_lang,
            headings: 0,
            paragraphs: 0,
        }
    }

    /// Puts the link beside one of the outermost blocks, whose markup is `shown`.
    pub(super) fn beside(&mut self, index: usize, block: &Block, shown: Markup) -> Markup {
        let starts = self.view.wishes.starts;
        match block {
            Block::Heading { text, .. } if starts != Starts::None && !text.is_empty() => {
                self.headings += 1;
                let link = self.link(index, "listen-from-section", self.headings);
                html! { div.part { (shown) (link) } }
            }
            Block::Paragraph(_) if starts == Starts::Paragraphs => {
                self.paragraphs += 1;
                let link = self.link(index, "listen-from-paragraph", self.paragraphs);
                html! { (link) (shown) }
            }
            _ => shown,
        }
    }

    fn link(&self, index: usize, name: &str, number: usize) -> Markup {
        let say = words(self.view.lang);
        let href = audio_from(self.view, self.source, Place::Block(index));
        html! {
            div.from.own lang=[self.own_lang] {
                a.button href=(href) {
                    span aria-hidden="true" { "▶" }
                    span.unseen { (say.fill(name, &[("number", &number.to_string())])) }
                }
            }
        }
    }
}
