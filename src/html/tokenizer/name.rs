//! Names of tags and attributes, each looked up once: a page has thousands of tags, of forty names.

use std::hash::Hasher;

use html5ever::LocalName;
use rustc_hash::FxHasher;

/// How many names are remembered; where two fall on one place, the later one stays.
const PLACES: usize = 256;

/// The names met so far, as they were written.
pub(super) struct Names {
    places: Vec<Option<(Box<str>, LocalName)>>,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            places: vec![None; PLACES],
        }
    }
}

impl Names {
    /// Returns a name in lower case, as the parser knows it.
    pub(super) fn of(&mut self, written: &str) -> LocalName {
        let mut hasher = FxHasher::default();
        hasher.write(written.as_bytes());
        let place = &mut self.places[hasher.finish() as usize % PLACES];
        match place {
            Some((known, name)) if **known == *written => name.clone(),
            _ => {
                let name = name(written);
                *place = Some((written.into(), name.clone()));
                name
            }
        }
    }
}

fn name(written: &str) -> LocalName {
    let plain = |b: u8| b != 0 && !b.is_ascii_uppercase();
    if written.bytes().all(plain) {
        return LocalName::from(written);
    }
    LocalName::from(written.to_ascii_lowercase().replace('\0', "\u{FFFD}"))
}
