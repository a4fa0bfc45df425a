//! Lexicons of lines with tabs.

use super::{Entry, Lexicon, LexiconError, LexiconFault, Place, site_name};
use crate::model::Lang;

/// Reads a lexicon; the first wrong line ends it.
pub(super) fn read(text: &str) -> Result<Lexicon, LexiconError> {
    let mut lexicon = Lexicon::default();
    for (line, row) in (1..).zip(text.lines()) {
        if row.trim().is_empty() || row.starts_with('#') {
            continue;
        }
        let entry = entry(row).map_err(|fault| LexiconError { line, fault })?;
        lexicon.insert(entry);
    }
    Ok(lexicon)
}

fn entry(row: &str) -> Result<Entry, LexiconFault> {
    let columns: Vec<_> = row.split('\t').collect();
    match columns[..] {
        [written, spoken] => Entry::new(written, spoken, Place::default()),
        [written, spoken, place] => Entry::new(written, spoken, self::place(place)?),
        _ => Err(LexiconFault::Columns),
    }
}

fn place(column: &str) -> Result<Place, LexiconFault> {
    let mut place = Place::default();
    for condition in column.split_whitespace() {
        let unknown = || LexiconFault::Place(condition.to_owned());
        match condition.split_once('=').ok_or_else(unknown)? {
            ("lang", tag) => place.lang = Some(Lang::parse(tag).ok_or_else(unknown)?),
            ("site", host) if !host.is_empty() => place.site = Some(site_name(host)),
            _ => return Err(unknown()),
        }
    }
    Ok(place)
}
