//! A place for each connection: so many in all, and so many for one address, so that nobody can take
//! those of all others.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// One who connects: an IPv4 address, or a network of IPv6, since a household has a /64 of these (RFC 6177).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Neighbour(IpAddr);

impl Neighbour {
    /// Tells whose an address is; none for this machine's own, which nobody else can take up.
    pub(super) fn of(ip: IpAddr) -> Option<Self> {
        let ip = ip.to_canonical();
        if ip.is_loopback() {
            return None;
        }
        Some(Self(match ip {
            IpAddr::V6(ip) => Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64).into(),
            v4 => v4,
        }))
    }
}

/// The places that there are.
pub(super) struct Places {
    all: Arc<Semaphore>,
    each: usize,
    taken: Arc<Mutex<HashMap<Neighbour, usize>>>,
}

/// A place that is taken; it is given back with this value.
pub(super) struct Place {
    _permit: OwnedSemaphorePermit,
    neighbour: Option<Neighbour>,
    taken: Arc<Mutex<HashMap<Neighbour, usize>>>,
}

impl Places {
    /// Makes `all` places, of which one neighbour may have `each`.
    pub(super) fn new(all: usize, each: usize) -> Self {
        Self {
            all: Arc::new(Semaphore::new(all)),
            each,
            taken: Arc::default(),
        }
    }

    /// Waits until there is a place for anybody.
    pub(super) async fn free(&self) -> std::io::Result<OwnedSemaphorePermit> {
        let all = Arc::clone(&self.all);
        all.acquire_owned().await.map_err(std::io::Error::other)
    }

    /// Gives a free place to a neighbour; none to one who has enough.
    pub(super) fn give(
        &self,
        permit: OwnedSemaphorePermit,
        neighbour: Option<Neighbour>,
    ) -> Option<Place> {
        if let Some(neighbour) = neighbour {
            let mut taken = lock(&self.taken);
            let count = taken.entry(neighbour).or_default();
            if *count >= self.each {
                return None;
            }
            *count += 1;
        }
        Some(Place {
            _permit: permit,
            neighbour,
            taken: Arc::clone(&self.taken),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(neighbour) = self.neighbour else {
            return;
        };
        let mut taken = lock(&self.taken);
        let left = taken.get(&neighbour).map_or(0, |count| count - 1);
        if left == 0 {
            taken.remove(&neighbour);
        } else {
            taken.insert(neighbour, left);
        }
    }
}

/// Counts are whole after every step, so that a panic elsewhere leaves nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neighbour(ip: &str) -> Option<Neighbour> {
        Neighbour::of(ip.parse().expect("an address"))
    }

    #[tokio::test]
    async fn one_neighbour_has_so_many_places_and_gets_them_back() {
        let places = Places::new(10, 2);
        let take = async |ip: &str| {
            let permit = places.free().await.expect("a place");
            places.give(permit, neighbour(ip))
        };
        let first = take("203.0.113.7").await;
        let second = take("::ffff:203.0.113.7").await;
        assert!(first.is_some() && second.is_some());
        assert!(take("203.0.113.7").await.is_none(), "two are enough");
        assert!(take("203.0.113.8").await.is_some(), "others have theirs");
        drop(first);
        assert!(take("203.0.113.7").await.is_some());
        drop(second);
        assert_eq!(lock(&places.taken).len(), 0, "nobody is remembered");
        assert_eq!(places.all.available_permits(), 10);
    }

    #[test]
    fn a_network_of_ipv6_is_one_neighbour_and_this_machine_is_none() {
        assert_eq!(
            neighbour("2001:db8:1:2::3"),
            neighbour("2001:db8:1:2:4:5:6:7")
        );
        assert_ne!(neighbour("2001:db8:1:2::3"), neighbour("2001:db8:1:3::3"));
        for own in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(neighbour(own), None, "{own}");
        }
    }
}
