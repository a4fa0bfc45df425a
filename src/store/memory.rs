//! A store in memory: what tests use, and what shows how little a store must do.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use futures_util::future::{self, BoxFuture};

use super::seal::{opened, sealed};
use super::{Error, Key, Store};

/// Keeps values in memory, the latest up to a number of bytes.
#[derive(Debug)]
pub struct Memory {
    most_bytes: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    values: HashMap<Key, Bytes>,
    oldest_first: VecDeque<Key>,
    bytes: usize,
}

impl Memory {
    /// Returns an empty store for so many bytes.
    #[must_use]
    pub fn new(most_bytes: usize) -> Self {
        Self {
            most_bytes,
            kept: Mutex::default(),
        }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> T {
        // A panic in between leaves at worst a wrong count, and values prove themselves.
        work(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store for Memory {
    fn get(&self, key: Key) -> BoxFuture<'_, Result<Option<Bytes>, Error>> {
        let sealed = self.with(|kept| kept.values.get(&key).cloned());
        let value = sealed.map(|sealed| opened(&key, &sealed)).transpose();
        Box::pin(future::ready(value))
    }

    fn put(&self, key: Key, value: &[u8]) {
        let sealed = sealed(&key, value);
        if sealed.len() > self.most_bytes {
            return;
        }
        self.with(|kept| {
            if kept.values.contains_key(&key) {
                return;
            }
            kept.bytes += sealed.len();
            kept.values.insert(key, sealed);
            kept.oldest_first.push_back(key);
            while kept.bytes > self.most_bytes {
                let Some(oldest) = kept.oldest_first.pop_front() else {
                    break;
                };
                kept.bytes -= kept.values.remove(&oldest).map_or(0, |old| old.len());
            }
        });
    }
}
