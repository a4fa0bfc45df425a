//! What a reader gives: an address, or the name of a text they pasted.

use std::fmt;

use crate::extract;
use crate::fetch::{self, SourceUrl};
use crate::model::{HELD_MARK, Postback};

/// What is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A page on the web.
    Address(SourceUrl),
    /// A page of a list that its portal shows only when a form is sent.
    Turned(Turned),
    /// A page that was fetched for one reader alone.
    Held(Held),
    /// A text that was pasted a while ago.
    Pasted(PastedId),
}

/// A page as one reader has got it, by a name that only they know; where it is held no more, its address
/// still leads to what the portal says now.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Held {
    /// Where it was read.
    pub address: SourceUrl,
    /// Its name.
    pub id: PastedId,
}

/// A page of a list, by the list's address and the calls of its pager that lead there.
///
/// Everything is in the address, so that it can be kept and shared, and any machine can read it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Turned {
    /// The list.
    pub list: SourceUrl,
    /// The calls, one after the other; at least one.
    pub calls: Vec<Postback>,
}

/// Most calls one after the other.
pub(super) const MOST_CALLS: usize = 6;

/// The name of a pasted text: 32 hexadecimal digits of its hash, so that it cannot be guessed by
/// one who does not have the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PastedId([u8; 16]);

/// How the name of a pasted text begins where an address is expected.
const PASTED_PREFIX: &str = "pasted:";

impl Source {
    /// Takes what stands in the `url` field.
    ///
    /// # Errors
    /// Where it is neither a web address nor the name of a pasted text.
    pub fn parse(given: &str) -> Result<Self, fetch::Error> {
        if let Some(id) = given.strip_prefix(PASTED_PREFIX).and_then(PastedId::parse) {
            return Ok(Self::Pasted(id));
        }
        let list = SourceUrl::parse(given)?;
        let fragment = given.trim().split_once('#').map(|(_, fragment)| fragment);
        let held = given.split_once(HELD_MARK).map(|(_, id)| id.trim());
        if let Some(id) = held.and_then(PastedId::parse) {
            return Ok(Self::Held(Held { address: list, id }));
        }
        let calls = fragment
            .and_then(Postback::all_of)
            .filter(|calls| calls.len() <= MOST_CALLS);
        Ok(match calls {
            Some(calls) => Self::Turned(Turned { list, calls }),
            None => Self::Address(list),
        })
    }

    /// Finds a web address in what a reader typed or shared: see [`SourceUrl::find`].
    #[must_use]
    pub fn find(given: &str) -> Option<Self> {
        SourceUrl::find(given).ok().map(Self::Address)
    }

    /// Returns the address of the first page of the list, or the article, that this is another page of,
    /// as far as the address tells.
    #[must_use]
    pub fn first_page(&self) -> Option<String> {
        match self {
            Self::Turned(turned) => Some(turned.list.url().to_string()),
            Self::Address(address) | Self::Held(Held { address, .. }) => {
                extract::first_page(address.url()).map(Into::into)
            }
            Self::Pasted(_) => None,
        }
    }
}

impl fmt::Display for Turned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#", self.list.url())?;
        self.calls.iter().try_for_each(|call| call.fmt(f))
    }
}

impl PastedId {
    /// Names a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::of_bytes(text.as_bytes())
    }

    /// Names a page by what came of it.
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        let hash = blake3::hash(bytes);
        let mut id = [0; 16];
        id.copy_from_slice(&hash.as_bytes()[..16]);
        Self(id)
    }

    /// Names a page together with further ones: who knows one of them does not know the name.
    pub(super) fn with(self, others: impl Iterator<Item = Self>) -> Self {
        let all: Vec<u8> = [self]
            .into_iter()
            .chain(others)
            .flat_map(|id| id.0)
            .collect();
        if all.len() == self.0.len() {
            return self;
        }
        Self::of_bytes(&all)
    }

    fn parse(digits: &str) -> Option<Self> {
        if digits.len() != 32 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u128::from_str_radix(digits, 16)
            .ok()
            .map(|n| Self(n.to_be_bytes()))
    }
}

impl Held {
    /// Writes the address of a page that is held under a name.
    pub(super) fn address(address: &str, id: PastedId) -> String {
        let address = address
            .split_once('#')
            .map_or(address, |(address, _)| address);
        format!("{address}{HELD_MARK}{:032x}", u128::from_be_bytes(id.0))
    }
}

impl fmt::Display for PastedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PASTED_PREFIX}{:032x}", u128::from_be_bytes(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_texts_name_leads_back_to_it_and_nothing_else_does() {
        let id = PastedId::of("một đoạn văn");
        assert_eq!(
            Source::parse(&id.to_string()).ok(),
            Some(Source::Pasted(id))
        );
        let url = SourceUrl::parse("https://tin.example/a?b").expect("an address");
        let held = Held::address("https://tin.example/a?b#c", id);
        let expected = Held { address: url, id };
        assert_eq!(Source::parse(&held).ok(), Some(Source::Held(expected)));
        for other in ["pasted:123", "pasted", &id.to_string()[1..]] {
            assert_ne!(
                Source::parse(other).ok(),
                Some(Source::Pasted(id)),
                "{other}"
            );
        }
    }
}
