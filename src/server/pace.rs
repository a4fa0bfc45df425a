//! How fast one client may ask: so many requests a minute, some of them at once.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::place::Neighbour;

/// How many requests one client may send.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Requests a minute, in the long run.
    pub per_minute: NonZeroU32,
    /// Requests at once: a page with its sound and pictures, opened some times in a row.
    pub burst: NonZeroU32,
}

impl Default for Rate {
    fn default() -> Self {
        let count = |n| NonZeroU32::new(n).expect("more than none");
        Self {
            // A school or a whole village may stand behind one address.
            per_minute: count(3_000),
            burst: count(600),
        }
    }
}

/// Counts the requests of each client.
pub(super) struct Pace {
    limiter: DefaultKeyedRateLimiter<Neighbour>,
    clock: DefaultClock,
    seen: AtomicU32,
}

/// After how many requests those who have been silent are forgotten.
const SWEEP: u32 = 1_024;

impl Pace {
    pub(super) fn new(rate: Rate) -> Self {
        let quota = Quota::per_minute(rate.per_minute).allow_burst(rate.burst);
        Self {
            limiter: RateLimiter::keyed(quota),
            clock: DefaultClock::default(),
            seen: AtomicU32::new(0),
        }
    }

    /// Lets a request pass.
    ///
    /// # Errors
    /// After how many seconds the client may ask again, where it has asked too often.
    pub(super) fn pass(&self, ip: IpAddr) -> Result<(), u32> {
        let Some(client) = Neighbour::of(ip) else {
            return Ok(());
        };
        let seen = self.seen.fetch_add(1, Ordering::Relaxed);
        if seen.is_multiple_of(SWEEP) {
            self.limiter.retain_recent();
        }
        let checked = self.limiter.check_key(&client);
        checked.map_err(|until| {
            let wait = until.wait_time_from(self.clock.now()).as_secs();
            u32::try_from(wait + 1).unwrap_or(u32::MAX)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_often_is_told_when_to_come_back_and_others_are_not_held_up() {
        let count = |n| NonZeroU32::new(n).expect("more than none");
        let pace = Pace::new(Rate {
            per_minute: count(1),
            burst: count(3),
        });
        let ip = |ip: &str| ip.parse().expect("an address");
        for _ in 0..3 {
            assert_eq!(pace.pass(ip("203.0.113.7")), Ok(()));
        }
        let wait = pace.pass(ip("203.0.113.7")).expect_err("three at once");
        assert!((1..=60).contains(&wait), "{wait}");
        assert_eq!(pace.pass(ip("203.0.113.8")), Ok(()));
        for _ in 0..9 {
            assert_eq!(pace.pass(ip("127.0.0.1")), Ok(()), "this machine's own");
        }
    }
}
