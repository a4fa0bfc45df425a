//! A store on disk, on foyer: a log of blocks of fixed size, the oldest of which makes room.
//!
//! Three things stand around it. The folder belongs to one process at a time. Its files have the
//! measures that they were made with in the name of their folder, so that another size begins anew
//! instead of leaving files that nobody counts. And opening it, which reads what is there, is waited for
//! by nobody: until it is done there is nothing to find.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use bytes::Bytes;
use foyer::{
    BlockEngineConfig, DeviceBuilder, FsDeviceBuilder, HybridCache, HybridCacheBuilder,
    HybridCachePolicy, RecoverMode,
};
use futures_util::future::BoxFuture;

use super::seal::{opened, sealed};
use super::{Error, Key, Store};

/// Where on disk, and how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskSettings {
    /// The folder; it is made where it is not there, and everything in it is the store's.
    pub folder: PathBuf,
    /// How many bytes its files may have together; at least [`LEAST_BYTES`](Self::LEAST_BYTES).
    pub bytes: u64,
}

impl DiskSettings {
    /// The smallest store that can make room in one block while it writes another.
    pub const LEAST_BYTES: u64 = 8 * LEAST_BLOCK_BYTES;

    /// How much is thrown away at once to make room: each block is a file that stays open, hence few.
    fn block_bytes(&self) -> u64 {
        let block = self.bytes.div_ceil(MOST_BLOCKS).next_power_of_two();
        block.max(LEAST_BLOCK_BYTES)
    }
}

const MOST_BLOCKS: u64 = 128;
/// It bounds the largest value too: a minute and a half of WAV, longer than any utterance.
const LEAST_BLOCK_BYTES: u64 = 4 << 20;
/// What is written at once, and what may wait to be; what comes while more waits is not kept.
const WAITING_BYTES: usize = 8 << 20;
/// Values go to the disk as they come, and whoever asks here has looked in their own memory before.
const MEMORY_BYTES: usize = 1;

/// foyer writes keys of few types; these are of 32 bytes.
type Cache = HybridCache<Bytes, Bytes>;

/// Keeps values on disk.
pub struct Disk {
    settings: DiskSettings,
    opened: OnceLock<Opened>,
}

struct Opened {
    cache: Cache,
    /// The folder is another's once this is dropped.
    _lock: Lock,
}

impl Disk {
    /// Returns a store that is empty until [`open`](Self::open) has read what its folder holds.
    #[must_use]
    pub fn new(settings: DiskSettings) -> Self {
        Self {
            settings,
            opened: OnceLock::new(),
        }
    }

    /// Reads what the folder holds. Blocks that were torn when a process was killed are left out.
    ///
    /// # Errors
    /// Where the folder is another process's, or cannot be used.
    pub async fn open(&self) -> Result<(), Error> {
        let folder = &self.settings.folder;
        let lock = locked(folder)?;
        let files = prepared(&self.settings).map_err(|source| Error::Folder {
            folder: folder.clone(),
            source,
        })?;
        let cache = cache(&files, &self.settings).await.map_err(engine)?;
        // Whoever opens it a second time has been refused the lock.
        let _ = self.opened.set(Opened { cache, _lock: lock });
        Ok(())
    }

    /// Writes what waits to be written.
    ///
    /// # Errors
    /// Where that fails.
    pub async fn close(&self) -> Result<(), Error> {
        match self.opened.get() {
            Some(opened) => opened.cache.close().await.map_err(engine),
            None => Ok(()),
        }
    }

    async fn read(&self, key: Key) -> Result<Option<Bytes>, Error> {
        let Some(store) = self.opened.get() else {
            return Ok(None);
        };
        let Some(entry) = store
            .cache
            .get(&Bytes::copy_from_slice(&key))
            .await
            .map_err(engine)?
        else {
            return Ok(None);
        };
        opened(&key, entry.value()).map(Some)
    }
}

impl Store for Disk {
    fn get(&self, key: Key) -> BoxFuture<'_, Result<Option<Bytes>, Error>> {
        Box::pin(self.read(key))
    }

    fn put(&self, key: Key, value: &[u8]) {
        if let Some(store) = self.opened.get() {
            store
                .cache
                .storage_writer(Bytes::copy_from_slice(&key))
                .insert(sealed(&key, value));
        }
    }
}

/// The lock on a folder. It is given back by hand: a file that is merely closed stays locked as long as a
/// process that was being started at that moment has it open too.
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::debug!(%error, "the lock of a store is left to the system");
        }
    }
}

/// Takes the folder for this process, until the file is dropped.
fn locked(folder: &Path) -> Result<Lock, Error> {
    let failed = |source| Error::Folder {
        folder: folder.to_owned(),
        source,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let lock = File::create(folder.join("lock")).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(Lock(lock)),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// Returns the folder of the files for these measures; files of other measures are thrown away.
fn prepared(settings: &DiskSettings) -> io::Result<PathBuf> {
    let block_bytes = settings.block_bytes();
    let name = format!("{PREFIX}{}x{block_bytes}", settings.bytes / block_bytes);
    for entry in fs::read_dir(&settings.folder)? {
        let entry = entry?;
        let found = entry.file_name();
        let found = found.to_string_lossy();
        if found.starts_with(PREFIX) && found != name {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(settings.folder.join(name))
}

/// How the folders of files begin that this module makes.
const PREFIX: &str = "blocks-1-";

async fn cache(files: &Path, settings: &DiskSettings) -> foyer::Result<Cache> {
    let size = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
    let device = FsDeviceBuilder::new(files)
        .with_capacity(size(settings.bytes))
        .build()?;
    let engine = BlockEngineConfig::new(device)
        .with_block_size(size(settings.block_bytes()))
        .with_buffer_pool_size(WAITING_BYTES)
        .with_submit_queue_size_threshold(WAITING_BYTES);
    HybridCacheBuilder::new()
        .with_policy(HybridCachePolicy::WriteOnInsertion)
        .with_flush_on_close(false)
        .memory(MEMORY_BYTES)
        .with_shards(1)
        .storage()
        .with_engine_config(engine)
        .with_recover_mode(RecoverMode::Quiet)
        .build()
        .await
}

fn engine(error: foyer::Error) -> Error {
    Error::Engine(Box::new(error))
}
