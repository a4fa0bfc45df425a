//! The cores, shared by models that speak at once: one alone has all of them, which is when somebody waits for
//! their first sound; several have a part each, which is when most is spoken in all.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rten::ThreadPool;

/// Pools of threads that nobody uses just now, each with its size.
pub(in crate::voice) struct Threads {
    cores: usize,
    idle: Mutex<Vec<(usize, Arc<ThreadPool>)>>,
    running: AtomicUsize,
}

/// Threads for one utterance; they are given back with this value.
pub(super) struct Turn<'a> {
    all: &'a Threads,
    size: usize,
    pool: Arc<ThreadPool>,
}

impl Threads {
    /// Shares so many cores; 0 means all there are. Starts nothing.
    pub(in crate::voice) fn new(cores: usize) -> Self {
        let all = || std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            cores: if cores == 0 { all() } else { cores },
            idle: Mutex::default(),
            running: AtomicUsize::new(0),
        }
    }

    /// Takes the threads for an utterance. The sound is the same with any number of them.
    pub(super) fn turn(&self) -> Turn<'_> {
        let running = self.running.fetch_add(1, Ordering::Relaxed) + 1;
        let size = (self.cores / running).max(1);
        let found = {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            let at = idle.iter().position(|(other, _)| *other == size);
            at.map(|at| idle.swap_remove(at).1)
        };
        Turn {
            all: self,
            size,
            pool: found.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(size))),
        }
    }
}

impl Turn<'_> {
    /// Returns the threads.
    pub(super) fn pool(&self) -> Arc<ThreadPool> {
        Arc::clone(&self.pool)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.all.running.fetch_sub(1, Ordering::Relaxed);
        let mut idle = self.all.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < 2 * self.all.cores {
            idle.push((self.size, self.pool()));
        }
    }
}
