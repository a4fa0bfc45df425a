//! Turns at what only so many can do at once, and the bounded waits for them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinError;
use tokio::time::timeout;

use super::{Error, work};

/// Longest wait for a turn: who has waited so long is better told to come back.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// So many do something at once, so many more wait, and whoever comes then is sent away at once.
pub(super) struct Queue {
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

/// A place in a queue, taken before anything is waited for.
struct Place {
    place: OwnedSemaphorePermit,
    turns: Arc<Semaphore>,
}

/// A turn; it is given back with the last copy of this value.
#[derive(Clone)]
pub(super) struct Turn {
    _held: Arc<[OwnedSemaphorePermit]>,
}

impl Queue {
    /// Lets `at_once` have a turn and `waiting` wait for one.
    pub(super) fn new(at_once: usize, waiting: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_once + waiting)),
            turns: Arc::new(Semaphore::new(at_once)),
        }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`Error::Busy`], at once, where too many wait already; later, where the wait has been too long.
    pub(super) async fn turn(&self) -> Result<Turn, Error> {
        let turn = in_time(self.place()?.turn()).await?;
        Ok(Turn { _held: turn.into() })
    }

    fn place(&self) -> Result<Place, Error> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        Ok(Place {
            place: place.map_err(|_| Error::Busy)?,
            turns: Arc::clone(&self.turns),
        })
    }

    fn is_empty(&self, places: usize) -> bool {
        self.places.available_permits() == places
    }
}

impl Place {
    async fn turn(self) -> Result<[OwnedSemaphorePermit; 2], Error> {
        let turn = self.turns.acquire_owned().await;
        Ok([self.place, turn.map_err(|_| Error::Busy)?])
    }
}

async fn in_time<T>(turn: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    timeout(LONGEST_WAIT, turn)
        .await
        .unwrap_or(Err(Error::Busy))
}

impl Turn {
    /// Does `work` on a thread of its own. Whoever leaves meanwhile, the turn is not given back before the work
    /// is done: what is done at once stays bounded.
    ///
    /// # Errors
    /// Where `work` panics.
    pub(super) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let held = self.clone();
        work::blocking(move || {
            let done = work();
            drop(held);
            done
        })
        .await
    }
}

/// Turns at asking hosts, of which one host's readers may have half: one that is slow keeps its own waiting.
pub(super) struct HostQueues {
    all: Queue,
    hosts: Mutex<HashMap<String, Queue>>,
    turns_each: usize,
    waiting_each: usize,
}

impl HostQueues {
    /// Lets `at_once` have a turn and `waiting` wait for one, over all hosts.
    pub(super) fn new(at_once: usize, waiting: usize) -> Self {
        Self {
            all: Queue::new(at_once, waiting),
            hosts: Mutex::default(),
            turns_each: at_once.div_ceil(2),
            waiting_each: waiting.div_ceil(2),
        }
    }

    /// Waits for a turn at asking a host.
    ///
    /// # Errors
    /// As [`Queue::turn`].
    pub(super) async fn turn(&self, host: &str) -> Result<Turn, Error> {
        let own = self.place(host)?;
        let turn = async {
            let [place, own] = own.turn().await?;
            let [among_all, turn] = self.all.place()?.turn().await?;
            Ok([place, own, among_all, turn])
        };
        Ok(Turn {
            _held: in_time(turn).await?.into(),
        })
    }

    /// Takes a place among those who ask a host; hosts that nobody asks any more are forgotten.
    fn place(&self, host: &str) -> Result<Place, Error> {
        let places = self.turns_each + self.waiting_each;
        // The queues are whole after every step.
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.retain(|_, queue| !queue.is_empty(places));
        let new = || Queue::new(self.turns_each, self.waiting_each);
        let queue = hosts.entry(host.to_owned()).or_insert_with(new);
        queue.place()
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn who_comes_when_all_places_are_taken_is_sent_away_at_once() {
        let queue = Queue::new(1, 1);
        let mut first = pin!(queue.turn());
        let turn = first.as_mut().now_or_never().expect("a turn").ok();
        assert!(turn.is_some());
        let mut second = pin!(queue.turn());
        assert!(second.as_mut().now_or_never().is_none(), "it waits");
        let mut third = pin!(queue.turn());
        assert!(matches!(
            third.as_mut().now_or_never(),
            Some(Err(Error::Busy))
        ));
        drop(turn);
        assert!(matches!(second.as_mut().now_or_never(), Some(Ok(_))));
    }

    #[tokio::test]
    async fn readers_of_a_slow_host_leave_turns_for_those_of_others() {
        let queues = HostQueues::new(4, 4);
        let mut slow: Vec<_> = (0..5)
            .map(|_| Box::pin(queues.turn("cham.example")))
            .collect();
        let turns: Vec<_> = slow
            .iter_mut()
            .map(|turn| turn.as_mut().now_or_never())
            .collect();
        let had = turns.iter().filter(|turn| matches!(turn, Some(Ok(_))));
        let refused = turns
            .iter()
            .filter(|turn| matches!(turn, Some(Err(Error::Busy))));
        assert_eq!((had.count(), refused.count()), (2, 1), "two wait");
        let mut other = pin!(queues.turn("nhanh.example"));
        assert!(matches!(other.as_mut().now_or_never(), Some(Ok(_))));
        drop((turns, slow));
        let mut again = pin!(queues.turn("nhanh.example"));
        assert!(matches!(again.as_mut().now_or_never(), Some(Ok(_))));
        let hosts = queues.hosts.lock().expect("nobody panicked");
        assert_eq!(hosts.len(), 1, "the slow one is forgotten");
    }

    #[tokio::test]
    async fn a_turn_is_given_back_when_its_work_is_done_whoever_has_left() {
        let queue = Queue::new(1, 0);
        let turn = queue.turn().await.expect("a turn");
        let (tell, told) = std::sync::mpsc::channel::<()>();
        let work = async move { turn.blocking(move || told.recv()).await };
        let mut work = Box::pin(work);
        assert!(work.as_mut().now_or_never().is_none());
        drop(work);
        assert!(matches!(queue.place(), Err(Error::Busy)), "it goes on");
        drop(tell);
        let free = Arc::clone(&queue.places).acquire_owned().await;
        assert!(free.is_ok(), "it is done");
    }
}
