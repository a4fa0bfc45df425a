//! The portals that an operator names, with what the front page says of each.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::Error;
use crate::fetch::SourceUrl;
use crate::page::{Portal, SEARCH_WORDS, Section};

/// A portal as an operator names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortalEntry {
    /// By its host or address alone.
    Address(String),
    /// With what the front page says of it.
    Named(Box<NamedPortal>),
}

/// A portal with what the front page says of it.
#[derive(Clone, Debug, serde::Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct NamedPortal {
    /// Its name.
    name: String,
    /// Its host or address.
    address: String,
    /// A lexicon that holds there alone.
    lexicon: Option<PathBuf>,
    /// Its sections.
    #[serde(default)]
    sections: Vec<SectionEntry>,
    /// The address of its own search, with `{words}` where the words go.
    search: Option<String>,
}

/// A section of a portal as an operator names it.
#[derive(Clone, Debug, serde::Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct SectionEntry {
    /// Its name.
    name: String,
    /// Its address.
    address: String,
}

/// By hand, since of an untagged enum serde tells only that nothing matched, not what was wrong.
impl<'de> Deserialize<'de> for PortalEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntryVisitor)
    }
}

struct EntryVisitor;

impl<'de> Visitor<'de> for EntryVisitor {
    type Value = PortalEntry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a host, an address, or a table with a name and an address")
    }

    fn visit_str<E: de::Error>(self, address: &str) -> Result<PortalEntry, E> {
        Ok(PortalEntry::Address(address.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<PortalEntry, A::Error> {
        let portal = NamedPortal::deserialize(MapAccessDeserializer::new(table))?;
        Ok(PortalEntry::Named(Box::new(portal)))
    }
}

impl PortalEntry {
    pub(super) fn lexicon(&self) -> Option<&Path> {
        self.named()?.lexicon.as_deref()
    }

    fn address(&self) -> &str {
        match self {
            Self::Address(address) => address,
            Self::Named(portal) => &portal.address,
        }
    }

    fn named(&self) -> Option<&NamedPortal> {
        match self {
            Self::Address(_) => None,
            Self::Named(portal) => Some(portal),
        }
    }
}

/// Takes each portal as a host or an address; returns its host with what the front page offers.
pub(super) fn portals(entries: &[PortalEntry]) -> Result<Vec<(String, Portal)>, Error> {
    entries.iter().map(portal).collect()
}

/// Takes the host of a portal.
pub(super) fn host(entry: &PortalEntry) -> Result<String, Error> {
    host_of(entry, &address("portal", entry.address())?)
}

fn host_of(entry: &PortalEntry, address: &SourceUrl) -> Result<String, Error> {
    let host = address.url().host_str().map(str::to_owned);
    host.ok_or_else(|| wrong("portal", entry.address()))
}

fn portal(entry: &PortalEntry) -> Result<(String, Portal), Error> {
    let address = address("portal", entry.address())?;
    let host = host_of(entry, &address)?;
    let own_port = address.url().port().map(|port| format!(":{port}"));
    let named = entry.named();
    let offered = Portal {
        name: named.map_or_else(|| host.clone(), |portal| portal.name.clone()),
        url: address.url().to_string(),
        sections: sections(named)?,
        search: named
            .and_then(|portal| portal.search.as_deref())
            .map(search)
            .transpose()?,
    };
    Ok((host + &own_port.unwrap_or_default(), offered))
}

fn sections(portal: Option<&NamedPortal>) -> Result<Vec<Section>, Error> {
    let all = portal
        .map(|portal| portal.sections.as_slice())
        .unwrap_or_default();
    let section = |entry: &SectionEntry| {
        Ok(Section {
            name: entry.name.clone(),
            url: address("section", &entry.address)?.url().to_string(),
        })
    };
    all.iter().map(section).collect()
}

/// Takes the address of a portal's search, which is one with any words in it.
fn search(given: &str) -> Result<String, Error> {
    address("search", &given.replace(SEARCH_WORDS, "a"))?;
    if given.contains(SEARCH_WORDS) {
        return Ok(given.to_owned());
    }
    Err(Error::Value {
        name: "search".to_owned(),
        given: given.to_owned(),
        reason: format!("an address with {SEARCH_WORDS} where the words go"),
    })
}

fn address(name: &str, given: &str) -> Result<SourceUrl, Error> {
    SourceUrl::parse(given).map_err(|_| wrong(name, given))
}

fn wrong(name: &str, given: &str) -> Error {
    Error::Value {
        name: name.to_owned(),
        given: given.to_owned(),
        reason: "a host such as portal.example, or an http or https address".to_owned(),
    }
}
