//! Keeps bytes under a key for a while, so that what was made once need not be made again.
//!
//! A store may lose and never lies: what is read back is held against the seal that it was given with
//! ([`seal`](self)), so that a torn write, a bad sector or another's file is a miss and no sound. Keys
//! are hashes of all that makes a value, hence a value under a key never changes and nothing has to be
//! taken out again but for room.

mod disk;
mod memory;
mod seal;

use std::path::PathBuf;

use bytes::Bytes;
use futures_util::future::BoxFuture;

pub use disk::{Disk, DiskSettings};
pub use memory::Memory;

/// What names a value: a hash of all that makes it.
pub type Key = [u8; 32];

/// Why a store cannot be opened or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process works in this folder.
    #[error("{} is in use by another process", .0.display())]
    InUse(PathBuf),
    /// The folder cannot be made or opened.
    #[error("{} cannot be used as a store", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The engine that keeps the values failed.
    #[error("the store failed")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What was read is not what was written.
    #[error("what was kept has been damaged")]
    Damaged,
}

/// Keeps values under keys. All of it may be done by many at once.
pub trait Store: Send + Sync {
    /// Returns the value that was put under a key, unless it was lost since.
    ///
    /// # Errors
    /// Where it cannot be read, or is no longer what was put there.
    fn get(&self, key: Key) -> BoxFuture<'_, Result<Option<Bytes>, Error>>;

    /// Keeps a value for a while. It returns at once; where there is no room, or writing fails, the value
    /// is lost and a later [`get`](Self::get) finds nothing.
    fn put(&self, key: Key, value: &[u8]);
}
