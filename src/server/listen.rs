//! Connections: accepted up to a bound, given a time to say something, finished before the end.
//!
//! `axum::serve` sets neither a bound nor a timer, and hyper's header timeout does nothing without a
//! timer; hence a loop of our own. HTTP/1.1 alone: telling it from HTTP/2 by the first bytes waits for
//! them without a timer, and what stands in front of Loa speaks HTTP/2 to browsers. One of the two
//! places where tasks are started.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many connections there may be, and how long they may be silent.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Connections at once; further ones wait in the system's queue.
    pub connections: usize,
    /// Longest wait for a request's head.
    pub head_timeout: Duration,
    /// Longest wait for running answers once the server is told to stop.
    pub drain_timeout: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 900, // with what they fetch and speak, below the usual 1,024 files a process
            head_timeout: Duration::from_secs(10),
            drain_timeout: Duration::from_secs(20),
        }
    }
}

/// Answers connections until `stop` resolves, then lets running answers finish, unless it resolves
/// once more.
///
/// # Errors
/// Never for one bad connection; none so far otherwise.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    bounds: Bounds,
    stop: impl AsyncFn(),
) -> std::io::Result<()> {
    let places = Arc::new(Semaphore::new(bounds.connections));
    let graceful = GracefulShutdown::new();
    let mut stopped = std::pin::pin!(stop());
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut stopped => break,
        };
        match accepted {
            Ok((stream, _, place)) => answer(stream, place, &router, &bounds, &graceful),
            Err(error) => rest_after(&error).await,
        }
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(bounds.drain_timeout) => {
            tracing::warn!("answers were still running when the time to finish them was over");
        }
        () = stop() => {}
    }
    Ok(())
}

type Accepted = (TcpStream, SocketAddr, OwnedSemaphorePermit);

async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> std::io::Result<Accepted> {
    let place = Arc::clone(places)
        .acquire_owned()
        .await
        .map_err(std::io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, place))
}

/// Waits a little after a failed accept: where the system is out of descriptors, trying again at
/// once would only burn the processor.
async fn rest_after(error: &std::io::Error) {
    tracing::warn!(%error, "a connection could not be accepted");
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place for connections' tasks"
)]
fn answer(
    stream: TcpStream,
    place: OwnedSemaphorePermit,
    router: &Router,
    bounds: &Bounds,
    graceful: &GracefulShutdown,
) {
    let service = TowerToHyperService::new(router.clone());
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.head_timeout);
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps Nagle's algorithm");
    }
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    let watched = graceful.watch(connection);
    tokio::spawn(async move {
        let _place = place;
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection broke off");
        }
    });
}
