//! The texts of a page that may need mending, and what a first look at them shows.

use html5ever::{LocalName, local_name};

use super::super::tree::Span;
use super::super::{NodeId, Tag, Tree};
use super::font::Font;
use super::legacy::Legacy;
use super::tally::Tally;
use super::tidy;

/// Attributes that hold words for people. All others stay letter for letter: addresses above all.
const WORDS: &[LocalName] = &[
    local_name!("alt"),
    local_name!("title"),
    local_name!("content"),
    local_name!("placeholder"),
    local_name!("aria-label"),
    local_name!("aria-description"),
    local_name!("label"),
    local_name!("summary"),
    local_name!("value"),
];

/// A text or attribute value that may need mending.
pub(super) struct Piece {
    place: Place,
    font: Option<Font>,
    /// What a first look at it showed.
    pub(super) look: Look,
    /// The count of its words, where they were counted.
    pub(super) tally: Option<Tally>,
}

#[derive(Clone, Copy)]
enum Place {
    Text(usize),
    Value(usize),
}

impl Place {
    fn text(self, tree: &Tree) -> &str {
        let span = match self {
            Self::Text(at) => tree.nodes[at].span,
            Self::Value(at) => tree.attrs[at].value,
        };
        &tree.letters[span.range()]
    }
}

impl Piece {
    fn may_need_mending(&self) -> bool {
        !self.look.tidy || self.look.may_be_legacy() || self.is_in_capitals()
    }

    /// Is it text for an old font, by name and by letters?
    pub(super) fn is_in_old_font(&self) -> bool {
        self.named().is_some() && self.look.may_be_legacy()
    }

    /// Is it shown in capitals? Unicode is not: a font of old has no letters for it.
    pub(super) fn is_in_capitals(&self) -> bool {
        self.font.is_some_and(|font| font.capitals) && !self.look.vietnamese
    }

    /// `content` holds addresses too, which must stay letter for letter.
    fn is_address(&self, tree: &Tree) -> bool {
        let text = self.text(tree);
        matches!(self.place, Place::Value(_)) && (text.starts_with('/') || text.starts_with("http"))
    }

    /// Returns its letters.
    pub(super) fn text<'a>(&self, tree: &'a Tree) -> &'a str {
        self.place.text(tree)
    }

    /// Puts other letters in its place.
    pub(super) fn put(&self, text: &str, tree: &mut Tree) {
        let start = tree.letters.len();
        tree.letters.push_str(text);
        let span = Span::between(start, tree.letters.len());
        match self.place {
            Place::Text(at) => tree.nodes[at].span = span,
            Place::Value(at) => tree.attrs[at].value = span,
        }
    }

    /// Returns how its font says that it is written.
    pub(super) fn named(&self) -> Option<Legacy> {
        self.font.and_then(|font| font.legacy)
    }
}

/// What a first look at a text shows.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    /// Letters that old fonts and old encodings are made of.
    old: bool,
    /// Letters that only Vietnamese in Unicode has.
    vietnamese: bool,
    tidy: bool,
}

impl Look {
    /// Are its letters such as old fonts and encodings leave, and nothing else?
    pub(super) fn may_be_legacy(self) -> bool {
        self.old && !self.vietnamese
    }

    /// Looks a text over. In windows-1258 bytes become a few Vietnamese letters by themselves, so
    /// that only those it lacks prove anything.
    fn at(text: &str, in_1258: bool) -> Self {
        let mut look = Self {
            tidy: true,
            ..Self::default()
        };
        if text.is_ascii() {
            return look;
        }
        for c in text.chars() {
            match c {
                '\0'..='\u{A0}' => {}
                '\u{1EA0}'..='\u{1EF9}' => look.vietnamese = true,
                'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' | 'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' =>
                {
                    look.vietnamese |= !in_1258;
                    look.old |= in_1258;
                }
                _ => {
                    look.old |= c <= '\u{FF}';
                    look.tidy &= tidy::is_plain(c);
                }
            }
        }
        look
    }
}

/// Lists what may need mending, in document order, texts before attributes.
pub(super) fn survey(tree: &Tree, fonts: &[Option<Font>]) -> Vec<Piece> {
    let in_1258 = tree.charset.name == "windows-1258";
    let texts = tree
        .all()
        .filter(|id| tree.text(*id).is_some() && is_prose(tree, *id));
    let texts = texts.map(|id| {
        (
            Place::Text(id.index()),
            fonts.get(id.index()).copied().flatten(),
        )
    });
    let values = tree.attrs.iter().enumerate();
    let values = values.filter(|(_, attr)| WORDS.contains(&attr.name));
    let values = values.map(|(at, _)| (Place::Value(at), None));
    let found = texts.chain(values).map(|(place, font)| {
        let look = Look::at(place.text(tree), in_1258);
        Piece {
            place,
            font,
            look,
            tally: None,
        }
    });
    let found = found.filter(|piece| piece.may_need_mending() && !piece.is_address(tree));
    found.collect()
}

/// Is a text for people, or at least data about the page (JSON-LD)?
fn is_prose(tree: &Tree, text: NodeId) -> bool {
    let parent = tree.parent(text).and_then(|id| tree.element(id));
    parent.is_none_or(|element| match element.tag() {
        Tag::Script => element
            .attr("type")
            .is_some_and(|kind| kind.contains("ld+json")),
        tag => tag != Tag::Style,
    })
}
