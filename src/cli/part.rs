//! A file that appears whole or not at all: written beside its place, and moved there at the end.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::told::Told;

/// A file in the making. Dropped unfinished, it leaves what was there before.
pub(super) struct PartFile {
    file: File,
    beside: PathBuf,
    path: PathBuf,
    finished: bool,
}

impl PartFile {
    /// Begins a file.
    pub(super) fn create(path: &Path) -> Result<Self, Told> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let beside = path.with_file_name(name);
        let file = File::create(&beside).map_err(|error| Told::file(path.display(), &error))?;
        Ok(Self {
            file,
            beside,
            path: path.to_owned(),
            finished: false,
        })
    }

    /// Writes at the end.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Told> {
        self.file
            .write_all(bytes)
            .map_err(|error| self.told(&error))
    }

    /// Writes over the beginning.
    pub(super) fn write_head(&mut self, bytes: &[u8]) -> Result<(), Told> {
        let sought = self.file.seek(SeekFrom::Start(0));
        sought
            .and_then(|_| self.file.write_all(bytes))
            .map_err(|error| self.told(&error))
    }

    /// Moves the file to its place.
    pub(super) fn finish(mut self) -> Result<(), Told> {
        fs::rename(&self.beside, &self.path).map_err(|error| self.told(&error))?;
        self.finished = true;
        Ok(())
    }

    fn told(&self, error: &io::Error) -> Told {
        Told::file(self.path.display(), error)
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if !self.finished
            && let Err(error) = fs::remove_file(&self.beside)
        {
            tracing::warn!(%error, "an unfinished file was left behind");
        }
    }
}
