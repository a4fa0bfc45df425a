//! What has a bound: how much, how many, how long; each within what any machine can have.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::ops::RangeInclusive;
use std::time::Duration;

use ipnet::IpNet;

use super::{Error, Layer, value};
use crate::{gateway, server};

/// Takes how much the gateway keeps and does at once.
pub(super) fn gateway(layer: &Layer) -> Result<gateway::Bounds, Error> {
    let usual = gateway::Bounds::default();
    let speakers = layer.workers.filter(|workers| *workers > 0);
    Ok(gateway::Bounds {
        page_bytes: within(
            "kept_page_bytes",
            layer.kept_page_bytes,
            KEPT_BYTES,
            usual.page_bytes,
        )?,
        segment_bytes: within(
            "kept_sound_bytes",
            layer.kept_sound_bytes,
            KEPT_BYTES,
            usual.segment_bytes,
        )?,
        picture_bytes: within(
            "kept_picture_bytes",
            layer.kept_picture_bytes,
            KEPT_BYTES,
            usual.picture_bytes,
        )?,
        page_seconds: within(
            "page_seconds",
            layer.page_seconds,
            0..=WEEK_SECONDS,
            usual.page_seconds,
        )?,
        stale_seconds: within(
            "stale_seconds",
            layer.stale_seconds,
            0..=WEEK_SECONDS,
            usual.stale_seconds,
        )?,
        listeners: within(
            "listeners",
            layer.listeners,
            1..=MOST_AT_ONCE,
            usual.listeners,
        )?,
        openings: within("openings", layer.openings, 1..=MOST_AT_ONCE, usual.openings)?,
        speakers: speakers.unwrap_or(usual.speakers),
        ..usual
    })
}

/// Takes how many connections and requests there may be.
pub(super) fn connections(layer: &Layer) -> Result<server::ConnectionBounds, Error> {
    let usual = server::ConnectionBounds::default();
    let seconds = |name, given, usual: Duration| {
        within(name, given, SECONDS, usual.as_secs()).map(Duration::from_secs)
    };
    Ok(server::ConnectionBounds {
        connections: within(
            "connections",
            layer.connections,
            1..=MOST_AT_ONCE,
            usual.connections,
        )?,
        connections_each: within(
            "connections_each",
            layer.connections_each,
            1..=MOST_AT_ONCE,
            usual.connections_each,
        )?,
        rate: rate(layer)?,
        proxies: networks("proxies", layer.proxies.as_deref())?,
        operators: networks("operators", layer.operators.as_deref())?,
        head_timeout: seconds("head_seconds", layer.head_seconds, usual.head_timeout)?,
        write_timeout: seconds("write_seconds", layer.write_seconds, usual.write_timeout)?,
        drain_timeout: seconds("drain_seconds", layer.drain_seconds, usual.drain_timeout)?,
    })
}

fn rate(layer: &Layer) -> Result<server::Rate, Error> {
    let usual = server::Rate::default();
    Ok(server::Rate {
        per_minute: count(
            "requests_a_minute",
            layer.requests_a_minute,
            usual.per_minute,
        )?,
        burst: count("requests_at_once", layer.requests_at_once, usual.burst)?,
    })
}

fn count(name: &str, given: Option<u32>, usual: NonZeroU32) -> Result<NonZeroU32, Error> {
    let given = within(name, given, 1..=MOST_REQUESTS, usual.get())?;
    Ok(NonZeroU32::new(given).expect("one at least"))
}

/// Takes addresses and networks.
fn networks(name: &str, given: Option<&[String]>) -> Result<Vec<IpNet>, Error> {
    let takes = "an address or a network such as 10.0.0.0/8";
    given
        .unwrap_or_default()
        .iter()
        .map(|given| match given.parse::<IpAddr>() {
            Ok(ip) => Ok(IpNet::from(ip)),
            Err(_) => value(name, given, takes),
        })
        .collect()
}

/// What a wait may last.
const SECONDS: RangeInclusive<u64> = 1..=24 * 3600;
/// More requests in a minute than any one machine answers.
const MOST_REQUESTS: u32 = 100_000_000;
/// What a page may be limited to.
pub(super) const PAGE_BYTES: RangeInclusive<u64> = 1 << 10..=1 << 30;
/// What may be kept in memory, up to a terabyte.
const KEPT_BYTES: RangeInclusive<u64> = 0..=1 << 40;
const WEEK_SECONDS: u64 = 7 * 24 * 3600;
pub(super) const MOST_WORKERS: usize = 1024;
/// More connections or listeners than any one machine has.
const MOST_AT_ONCE: usize = 1_000_000;

/// Takes a number that lies in a range, or the usual one where none is given.
pub(super) fn within<T: PartialOrd + std::fmt::Display>(
    name: &str,
    given: Option<T>,
    range: RangeInclusive<T>,
    usual: T,
) -> Result<T, Error> {
    match given {
        None => Ok(usual),
        Some(given) if range.contains(&given) => Ok(given),
        Some(given) => Err(Error::Value {
            name: name.to_owned(),
            given: given.to_string(),
            reason: format!("give a number from {} to {}", range.start(), range.end()),
        }),
    }
}
