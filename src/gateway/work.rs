//! Work that goes on by itself while somebody waits for it. One of the two places where tasks are
//! started, and the one for the threads that speak.

use std::thread;

use tokio::sync::oneshot;
use tokio::task::{JoinError, spawn_blocking};
use tokio_util::task::AbortOnDropHandle;

use super::Error;
use crate::voice;

/// Drives `work` whether or not its future is polled, until it is dropped.
///
/// A listener who pauses polls nothing. What they wait for may hold a turn at the speakers or be
/// awaited by others, so it must go on without them.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place for work that is awaited"
)]
pub(super) fn driven<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> AbortOnDropHandle<T> {
    AbortOnDropHandle::new(tokio::spawn(work))
}

/// Does `work` on a thread of its own. Dropping the future lets work that has begun run to its end,
/// unheard; who starts it bounds how much that can be.
///
/// # Errors
/// Where `work` panics.
#[expect(clippy::disallowed_methods, reason = "the one place for blocking work")]
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, JoinError> {
    spawn_blocking(work).await
}

/// Does `work` on a thread that gives way to those that answer. Starting one takes a few hundredths of a
/// millisecond, an utterance some ten. Dropping the future lets the work run to its end, unheard; who starts
/// it bounds how many there are.
///
/// # Errors
/// Where no thread can be started, or `work` panics.
pub(super) async fn speaking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (tell, told) = oneshot::channel();
    let speak = move || {
        voice::give_way();
        // Nobody may be left to hear it.
        let _ = tell.send(work());
    };
    let started = thread::Builder::new().name("speaking".into()).spawn(speak);
    started.map_err(Error::NoThread)?;
    told.await.map_err(|_| Error::BrokenThread)?
}
