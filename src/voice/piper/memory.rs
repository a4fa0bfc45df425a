//! How many models are in memory together: who has not spoken for longest makes room.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use super::files::Files;

/// Most bytes of the files of models that are in memory at once, where the settings do not say: eight of Piper's
/// middle quality.
pub(in crate::voice) const USUAL_BYTES: u64 = 512 << 20;

/// What bounds the models in memory, by how large their files are and how long they have not been used.
pub(in crate::voice) struct Memory {
    idle: Duration,
    most: u64,
    taken: Mutex<Vec<Weak<Files>>>,
}

impl Memory {
    /// Lets models have `most` bytes together, and each stay for `idle` after it has spoken.
    pub(in crate::voice) fn new(idle: Duration, most: u64) -> Arc<Self> {
        Arc::new(Self {
            idle,
            most,
            taken: Mutex::default(),
        })
    }

    pub(super) fn idle(&self) -> Duration {
        self.idle
    }

    /// Takes note of a model that has been loaded, and gives up others where there are too many bytes. One that is
    /// being loaded, asked for or spoken with at this moment stays, so that there may be more for as long.
    pub(super) fn take(&self, new: &Arc<Files>) {
        // The list is whole after every step.
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_other = |files: &Arc<Files>| files.is_loaded() && !Arc::ptr_eq(files, new);
        let mut others: Vec<_> = taken
            .iter()
            .filter_map(Weak::upgrade)
            .filter(is_other)
            .collect();
        others.sort_by_key(|files| files.last_used());
        let bytes: u64 = others.iter().map(|files| files.bytes()).sum();
        let mut over = (bytes + new.bytes()).saturating_sub(self.most);
        others.retain(|files| {
            let goes = over > 0 && files.give_up();
            if goes {
                over = over.saturating_sub(files.bytes());
            }
            !goes
        });
        *taken = others.iter().chain([new]).map(Arc::downgrade).collect();
    }
}
