//! Connections: accepted up to a bound, given a time to say something, finished before the end.
//!
//! `axum::serve` sets neither a bound nor a timer, and hyper's header timeout does nothing without a
//! timer; hence a loop of our own. HTTP/1.1 alone: telling it from HTTP/2 by the first bytes waits for
//! them without a timer, and what stands in front of Loa speaks HTTP/2 to browsers. One of the two
//! places where tasks are started.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::LazyLock;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use ipnet::IpNet;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::client::Peer;
use super::layers::Site;
use super::metric::Metrics;
use super::pace::Rate;
use super::place::{Neighbour, Place, Places};
use super::wire::Wire;
use crate::model::{Problem, UiLang};
use crate::page;

/// How many connections and requests there may be, and how long they may be silent.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// Connections at once; further ones wait in the system's queue.
    pub connections: usize,
    /// Connections at once of one client (an IPv4 address, a /64 of IPv6); further ones are turned away.
    /// This machine itself and the proxies may have all.
    pub connections_each: usize,
    /// How often one client may ask.
    pub rate: Rate,
    /// Whose word on the client's address is taken.
    pub proxies: Vec<IpNet>,
    /// Who may see what is counted, besides this machine itself.
    pub operators: Vec<IpNet>,
    /// Longest wait for a request's head.
    pub head_timeout: Duration,
    /// Longest wait for a client to take something of an answer.
    pub write_timeout: Duration,
    /// Longest wait for running answers once the server is told to stop.
    pub drain_timeout: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 4_000,
            connections_each: 256,
            rate: Rate::default(),
            proxies: Vec::new(),
            operators: Vec::new(),
            head_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(60),
            drain_timeout: Duration::from_secs(20),
        }
    }
}

/// Most bytes of a request's head; hyper answers 431 to a longer one.
const HEAD_BYTES: usize = 64 << 10;

/// Files that are kept free for what is fetched, spoken and stored.
const OTHER_FILES: u64 = 256;

/// Returns for how many connections there are files: the system's hard limit is asked for, the soft one of
/// many is 1,024.
fn connections_at_most(wished: usize) -> usize {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let raised = Rlimit {
            current: limit.maximum,
            ..limit
        };
        let limit = setrlimit(Resource::Nofile, raised).map_or(limit, |()| raised);
        let files = limit
            .current
            .unwrap_or(u64::MAX)
            .saturating_sub(OTHER_FILES)
            .max(1);
        wished.min(usize::try_from(files).unwrap_or(usize::MAX))
    }
    #[cfg(not(unix))]
    wished
}

/// What is answered as things stand; it may be put in another's place while connections are open.
#[derive(Clone)]
pub struct Current {
    /// What answers.
    pub site: watch::Receiver<Site>,
    /// Where connections are counted.
    pub metrics: Metrics,
}

/// Answers connections until `stop` resolves, then lets running answers finish, unless it resolves
/// once more.
///
/// # Errors
/// Never for one bad connection; none so far otherwise.
pub async fn serve(
    listener: TcpListener,
    current: Current,
    bounds: Bounds,
    stop: impl AsyncFn(),
) -> std::io::Result<()> {
    let places = Places::new(
        connections_at_most(bounds.connections),
        bounds.connections_each,
    );
    let graceful = GracefulShutdown::new();
    let mut stopped = std::pin::pin!(stop());
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut stopped => break,
        };
        match accepted {
            Ok((stream, peer, permit)) => {
                let is_proxy = bounds.proxies.iter().any(|net| net.contains(&peer));
                let neighbour = Neighbour::of(peer).filter(|_| !is_proxy);
                match places.give(permit, neighbour) {
                    Some(place) => answer(stream, (peer, place), &current, &bounds, &graceful),
                    None => {
                        current.metrics.turned_away.inc();
                        turn_away(&stream);
                    }
                }
            }
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

async fn accept(
    listener: &TcpListener,
    places: &Places,
) -> std::io::Result<(TcpStream, IpAddr, OwnedSemaphorePermit)> {
    let permit = places.free().await?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer.ip().to_canonical(), permit))
}

/// Tells one who has enough connections so, as far as that can be done without waiting.
fn turn_away(stream: &TcpStream) {
    let told = stream.try_write(ENOUGH.as_bytes());
    tracing::debug!(?told, "a client has too many connections");
}

/// What a client with too many connections is told, in both languages: it has sent nothing yet that tells its own.
static ENOUGH: LazyLock<String> = LazyLock::new(|| {
    let problem = Problem::TooMany { retry_after: 10 };
    let sentences = UiLang::ALL
        .iter()
        .map(|lang| page::sentence(*lang, &problem) + "\n");
    let body: String = sentences.collect();
    format!(
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 10\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
});

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
    (peer, place): (IpAddr, Place),
    current: &Current,
    bounds: &Bounds,
    graceful: &GracefulShutdown,
) {
    let site = current.site.clone();
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        let site = site.borrow().clone();
        async move { Ok::<_, Infallible>(site.answer(request).await) }
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.head_timeout)
        .max_buf_size(HEAD_BYTES);
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps Nagle's algorithm");
    }
    let wire = Wire::new(stream, bounds.write_timeout);
    let connection = builder.serve_connection(TokioIo::new(wire), service);
    let watched = graceful.watch(connection);
    let open = current.metrics.opened();
    tokio::spawn(async move {
        let _place = (place, open);
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection broke off");
        }
    });
}
