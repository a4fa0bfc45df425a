//! Work that keeps a processor busy, off the threads that wait. One of the two places where tasks
//! are started.

use tokio::task::{JoinError, spawn_blocking};

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
