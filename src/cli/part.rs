//! A file that appears whole or not at all: written beside its place, and moved there at the end.

use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::told::Told;

/// A file in the making. Dropped unfinished, it leaves what was there before.
pub(super) struct PartFile {
    beside: NamedTempFile,
    path: PathBuf,
}

impl PartFile {
    /// Begins a file. A link is followed to what it leads to.
    pub(super) fn create(path: &Path) -> Result<Self, Told> {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let beside = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))
            .map_err(|error| Told::file(path.display(), &error))?;
        Ok(Self { beside, path })
    }

    /// Writes at the end.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Told> {
        self.beside
            .write_all(bytes)
            .map_err(|error| self.told(&error))
    }

    /// Writes over the beginning.
    pub(super) fn write_head(&mut self, bytes: &[u8]) -> Result<(), Told> {
        let sought = self.beside.seek(SeekFrom::Start(0));
        sought
            .and_then(|_| self.beside.write_all(bytes))
            .map_err(|error| self.told(&error))
    }

    /// Moves the file to its place, readable as any other that is made there.
    pub(super) fn finish(self) -> Result<(), Told> {
        let Self { beside, path } = self;
        let told = |error: &io::Error| Told::file(path.display(), error);
        usual_permissions(&beside).map_err(|error| told(&error))?;
        beside.persist(&path).map_err(|error| told(&error.error))?;
        Ok(())
    }

    fn told(&self, error: &io::Error) -> Told {
        Told::file(self.path.display(), error)
    }
}

/// A temporary file is for its owner's eyes alone; the finished one need not be.
#[cfg(unix)]
fn usual_permissions(file: &NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file()
        .set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn usual_permissions(_: &NamedTempFile) -> io::Result<()> {
    Ok(())
}
