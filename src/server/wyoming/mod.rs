//! The Wyoming protocol, by which Home Assistant and its satellites have texts spoken: events over TCP.
//!
//! A text goes the way of a pasted one. Connections are few and mostly wait, so they share one task. Source: the
//! package `wyoming` 1.10 and the protocol's description in it.

mod event;
mod talk;

use std::io;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;

use super::place::{Neighbour, Places};
use crate::gateway::Gateway;

/// Connections at once, in all and of one neighbour.
const MOST: usize = 128;
const MOST_EACH: usize = 16;
/// Longest silence of a client, and longest wait for it to take something.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a failed accept is rested after: trying again at once would only burn the processor.
const REST: Duration = Duration::from_millis(100);

/// Answers connections until it is dropped. `gateway` is the one of the moment, also where it is renewed.
pub async fn serve(listener: TcpListener, gateway: watch::Receiver<Gateway>) -> io::Result<()> {
    let places = Places::new(MOST, MOST_EACH);
    let mut open = FuturesUnordered::new();
    loop {
        let accepted = async {
            let permit = places.free().await?;
            let (stream, peer) = listener.accept().await?;
            io::Result::Ok((stream, peer.ip(), permit))
        };
        tokio::select! {
            accepted = accepted => match accepted {
                Ok((stream, peer, permit)) => {
                    // One with too many connections is told so by the end of this one.
                    if let Some(place) = places.give(permit, Neighbour::of(peer)) {
                        let gateway = gateway.clone();
                        open.push(async move {
                            let _place = place;
                            converse(stream, &gateway).await
                        });
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(REST).await;
                }
            },
            Some(ended) = open.next() => if let Err(error) = ended {
                let error: io::Error = error;
                tracing::debug!(%error, "a connection broke off");
            },
        }
    }
}

/// Takes events and answers them until the client leaves.
async fn converse(mut stream: TcpStream, gateway: &watch::Receiver<Gateway>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (from, to) = stream.split();
    let mut events = event::Events::new(from);
    let mut talk = talk::Talk::new(to, gateway.clone());
    loop {
        let next = timeout(PATIENCE, events.next()).await;
        let next = next.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?;
        match next {
            Ok(Some(event)) => {
                talk.answer(event).await?;
                // Who sends events without a pause leaves room for the others of this task.
                tokio::task::yield_now().await;
            }
            Ok(None) => return Ok(()),
            Err(error) => {
                // What follows cannot be told apart any more.
                talk.refuse(&error.to_string(), "bad-event").await?;
                return Err(error);
            }
        }
    }
}
