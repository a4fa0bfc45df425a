//! Errors as one plain sentence, in the language of whoever sits at the terminal.

use std::{fmt, io};

use crate::model::{Problem, UiLang};
use crate::page;

/// A problem, told.
#[derive(Debug)]
pub(super) struct Told(pub Problem);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&page::sentence(lang(), &self.0))
    }
}

impl std::error::Error for Told {}

impl Told {
    /// Tells that a file could not be read or written.
    pub(super) fn file(path: impl fmt::Display, error: &io::Error) -> Self {
        Self(Problem::File {
            path: path.to_string(),
            reason: error.to_string(),
        })
    }
}

/// Returns the language of the terminal: the first of POSIX's variables that is set decides.
pub(super) fn lang() -> UiLang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let tag = set
        .as_deref()
        .and_then(|locale| locale.split(['_', '.', '-', '@']).next());
    tag.and_then(UiLang::from_word).unwrap_or(UiLang::EN)
}

/// Did the reader of our output simply stop reading, as `head` does?
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
