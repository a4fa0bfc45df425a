//! A voice's two files, and its model while it is in use.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::config::Config;
use super::memory::Memory;
use super::model::Loaded;
use super::onnx;
use crate::voice::file::read;

/// What ends the name of a file that says how a model is asked.
pub(super) const CONFIG: &str = ".json";
/// Most bytes of such a file; those with a thousand speakers have some 30 KB.
const MOST_CONFIG: u64 = 4 << 20;
/// Most bytes of a model; those of Piper's best quality have 120 MB.
const MOST_MODEL: u64 = 1 << 30;
/// Hexadecimal digits of a name for what is in a file: 128 bits.
const DIGITS: usize = 32;

/// When a file was written, and how long it is: another stamp is another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::voice) struct Stamp {
    written: Option<SystemTime>,
    bytes: u64,
    /// Which file, and when it was last changed in any way: a time of writing can be set.
    #[cfg(unix)]
    node: [i64; 3],
}

impl Stamp {
    /// Looks at a file; none where there is none.
    pub(in crate::voice) fn of(path: &Path) -> Option<Self> {
        let found = fs::metadata(path).ok()?;
        Some(Self {
            written: found.modified().ok(),
            bytes: found.len(),
            #[cfg(unix)]
            node: {
                use std::os::unix::fs::MetadataExt;
                [found.ino().cast_signed(), found.ctime(), found.ctime_nsec()]
            },
        })
    }
}

/// A voice's files as they were when they were found.
pub(in crate::voice) struct Files {
    model: PathBuf,
    pub(super) config: Config,
    /// The name for what is in the file beside the model.
    config_hash: blake3::Hash,
    stamp: Option<Stamp>,
    looked_into: OnceLock<LookedInto>,
    loaded: Mutex<State>,
    is_loaded: AtomicBool,
    memory: Arc<Memory>,
}

/// What is known of a model without loading it.
#[derive(Clone)]
pub(super) struct LookedInto {
    /// A name for what is in both files.
    pub(super) identity: String,
    /// Does the model tell how long each sound is?
    pub(super) has_durations: bool,
}

/// A model that is loaded, and what it takes to make each of its speakers as loud as others.
pub(super) struct Ready {
    pub(super) model: Loaded,
    gains: Mutex<HashMap<usize, f32>>,
}

impl Ready {
    /// Returns by what a speaker's sound is multiplied; `weigh` tells it, once for each.
    ///
    /// # Errors
    /// As `weigh`.
    pub(super) fn gain(
        &self,
        speaker: usize,
        weigh: impl FnOnce(&Loaded) -> Result<f32, String>,
    ) -> Result<f32, String> {
        let mut gains = self.gains.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gain) = gains.get(&speaker) {
            return Ok(*gain);
        }
        let gain = weigh(&self.model)?;
        gains.insert(speaker, gain);
        Ok(gain)
    }
}

/// What is in memory, and whether a thread watches how long.
#[derive(Default)]
struct State {
    in_use: Option<InUse>,
    is_watched: bool,
}

struct InUse {
    ready: Arc<Ready>,
    last: Instant,
}

impl Files {
    /// Finds the files of a model; reads the one beside it, and the model not yet.
    ///
    /// # Errors
    /// A sentence, where one is missing or wrong.
    pub(in crate::voice) fn find(model: &Path, memory: &Arc<Memory>) -> Result<Self, String> {
        let beside = beside(model);
        let stamp = Stamp::of(model).ok_or("the model is missing")?;
        let text =
            read(&beside, MOST_CONFIG).map_err(|error| format!("{}: {error}", beside.display()))?;
        let config_hash = blake3::hash(&text);
        let text = String::from_utf8(text)
            .map_err(|_| format!("{}: it is not UTF-8", beside.display()))?;
        let config =
            Config::parse(&text).map_err(|fault| format!("{}: {fault}", beside.display()))?;
        Ok(Self {
            model: model.to_owned(),
            config,
            config_hash,
            stamp: Some(stamp),
            looked_into: OnceLock::new(),
            loaded: Mutex::default(),
            is_loaded: AtomicBool::new(false),
            memory: Arc::clone(memory),
        })
    }

    /// Reads the model, which must be the one that was found.
    fn read(&self) -> Result<Vec<u8>, String> {
        let file = read(&self.model, MOST_MODEL)
            .map_err(|error| format!("{}: {error}", self.model.display()))?;
        if Stamp::of(&self.model) != self.stamp {
            return Err(format!(
                "{}: it has been changed meanwhile; start again",
                self.model.display()
            ));
        }
        Ok(file)
    }

    /// Looks into the model, once.
    ///
    /// # Errors
    /// A sentence, where it cannot be read.
    pub(super) fn look_into(&self) -> Result<&LookedInto, String> {
        if let Some(known) = self.looked_into.get() {
            return Ok(known);
        }
        let file = self.read()?;
        let mut hash = blake3::Hasher::new();
        hash.update(&file).update(self.config_hash.as_bytes());
        let known = LookedInto {
            identity: hash.finalize().to_hex()[..DIGITS].to_owned(),
            has_durations: onnx::changed(&file).is_ok_and(|changed| changed.durations.is_some()),
        };
        Ok(self.looked_into.get_or_init(|| known))
    }

    /// Returns the model, loaded once for all who speak with it.
    ///
    /// # Errors
    /// A sentence, where it cannot be loaded.
    pub(super) fn ready(self: &Arc<Self>) -> Result<Arc<Ready>, String> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let last = Instant::now();
        if let Some(in_use) = &mut loaded.in_use {
            in_use.last = last;
            return Ok(Arc::clone(&in_use.ready));
        }
        if !loaded.is_watched {
            unload_when_idle(self)?; // it waits for what is loaded here
            loaded.is_watched = true;
        }
        let model = Loaded::load(&self.read()?).map_err(|fault| self.named(&fault))?;
        let ready = Arc::new(Ready {
            model,
            gains: Mutex::default(),
        });
        loaded.in_use = Some(InUse {
            ready: Arc::clone(&ready),
            last,
        });
        self.is_loaded.store(true, Ordering::Relaxed);
        self.memory.take(self);
        Ok(ready)
    }

    /// Says of which model a fault is.
    pub(super) fn named(&self, fault: &str) -> String {
        format!("{}: {fault}", self.model.display())
    }

    /// Is the model in memory? One that is being loaded is not yet.
    pub(in crate::voice) fn is_loaded(&self) -> bool {
        self.is_loaded.load(Ordering::Relaxed)
    }

    /// Returns how large the model's file is.
    pub(super) fn bytes(&self) -> u64 {
        self.stamp.map_or(0, |stamp| stamp.bytes)
    }

    /// Returns when it was last asked for; one that is just being asked for is later than all others.
    pub(super) fn last_used(&self) -> Instant {
        let in_use = self.loaded.try_lock().ok();
        let last = in_use.and_then(|loaded| loaded.in_use.as_ref().map(|in_use| in_use.last));
        last.unwrap_or_else(Instant::now)
    }

    /// Gives the model up, unless it is just being asked for or spoken with. Says whether it did.
    pub(super) fn give_up(&self) -> bool {
        let Ok(mut loaded) = self.loaded.try_lock() else {
            return false;
        };
        let is_spoken_with = |in_use: &InUse| Arc::strong_count(&in_use.ready) > 1;
        if loaded.in_use.as_ref().is_some_and(is_spoken_with) {
            return false;
        }
        loaded.in_use = None;
        self.is_loaded.store(false, Ordering::Relaxed);
        true
    }

    /// Gives the model up if nobody has spoken with it for long enough; returns how long it may still be kept. The one
    /// thread that watches asks this, and ends where there is nothing more to watch.
    fn unload(&self) -> Option<Duration> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let silent = loaded.in_use.as_ref().map(|in_use| in_use.last.elapsed());
        let left = silent.map_or(Duration::ZERO, |silent| {
            self.memory.idle().saturating_sub(silent)
        });
        if left.is_zero() {
            *loaded = State::default();
            self.is_loaded.store(false, Ordering::Relaxed);
            return None;
        }
        Some(left)
    }
}

/// Gives the model up when nobody has spoken with it for a while.
fn unload_when_idle(files: &Arc<Files>) -> Result<(), String> {
    let files: Weak<Files> = Arc::downgrade(files);
    let watch = move || {
        while let Some(left) = files.upgrade().and_then(|files| files.unload()) {
            thread::park_timeout(left);
        }
    };
    let started = thread::Builder::new()
        .name("idle voice".into())
        .spawn(watch);
    started.map(drop).map_err(|error| error.to_string())
}

/// Returns the file that says how a model is asked.
pub(in crate::voice) fn beside(model: &Path) -> PathBuf {
    let mut name = model.as_os_str().to_owned();
    name.push(CONFIG);
    name.into()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn another_file_of_the_same_length_and_time_has_another_stamp() {
        let folder = tempfile::tempdir().expect("a folder");
        let [model, other] = ["a", "b"].map(|name| folder.path().join(name));
        let written = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        for (path, bytes) in [(&model, b"1111"), (&other, b"2222")] {
            fs::write(path, bytes).expect("a file");
            let file = fs::File::options().append(true).open(path).expect("it");
            file.set_modified(written).expect("a time");
        }
        let before = Stamp::of(&model);
        assert_eq!(before, Stamp::of(&model));
        fs::rename(&other, &model).expect("it takes its place");
        assert_ne!(before, Stamp::of(&model));
    }
}
