//! Turns at speaking, shared between those who wait for their first sound and those who hear already.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// What a turn at speaking is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Urgency {
    /// Somebody waits for their first sound.
    First,
    /// Somebody hears what is before it.
    Following,
}

/// The speakers. Those who wait for their first sound and those who hear already take turns one by one, as long
/// as there are both: neither a crowd at the door nor one inside keeps the other waiting without end.
pub(super) struct Speakers {
    waiting: Mutex<Waiting>,
}

struct Waiting {
    free: usize,
    first: VecDeque<oneshot::Sender<Speaking>>,
    following: VecDeque<oneshot::Sender<Speaking>>,
    last: Urgency,
}

/// A turn at speaking; it is given back with this value.
pub(super) struct Speaking {
    speakers: Option<Arc<Speakers>>,
}

impl Speakers {
    /// Lets `count` speak at once.
    pub(super) fn new(count: usize) -> Arc<Self> {
        Arc::new(Self {
            waiting: Mutex::new(Waiting {
                free: count,
                first: VecDeque::new(),
                following: VecDeque::new(),
                last: Urgency::Following,
            }),
        })
    }

    /// Waits for a turn. Dropping the future leaves the queue.
    pub(super) async fn turn(self: &Arc<Self>, urgency: Urgency) -> Speaking {
        let granted = {
            let mut waiting = self.lock();
            if waiting.free > 0 {
                waiting.free -= 1;
                return self.speaking();
            }
            let (grant, granted) = oneshot::channel();
            waiting.queue(urgency).push_back(grant);
            granted
        };
        // A grant is dropped unsent only with the speakers themselves.
        granted
            .await
            .unwrap_or_else(|_| Speaking { speakers: None })
    }

    fn speaking(self: &Arc<Self>) -> Speaking {
        Speaking {
            speakers: Some(Arc::clone(self)),
        }
    }

    /// Gives a turn on to who waits for it, or keeps it for who comes. Those who have left are passed over.
    fn pass_on(self: &Arc<Self>) {
        loop {
            let (urgency, grant) = {
                let mut waiting = self.lock();
                match waiting.next() {
                    Some(next) => next,
                    None => {
                        waiting.free += 1;
                        return;
                    }
                }
            };
            match grant.send(self.speaking()) {
                Ok(()) => {
                    self.lock().last = urgency;
                    return;
                }
                Err(mut unwanted) => unwanted.speakers = None,
            }
        }
    }

    /// The counts are whole after every step.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn queue(&mut self, urgency: Urgency) -> &mut VecDeque<oneshot::Sender<Speaking>> {
        match urgency {
            Urgency::First => &mut self.first,
            Urgency::Following => &mut self.following,
        }
    }

    fn next(&mut self) -> Option<(Urgency, oneshot::Sender<Speaking>)> {
        let other = match self.last {
            Urgency::First => Urgency::Following,
            Urgency::Following => Urgency::First,
        };
        [other, self.last].into_iter().find_map(|urgency| {
            let grant = self.queue(urgency).pop_front()?;
            Some((urgency, grant))
        })
    }
}

impl Drop for Speaking {
    fn drop(&mut self) {
        if let Some(speakers) = self.speakers.take() {
            speakers.pass_on();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn those_at_the_door_and_those_inside_take_turns() {
        let speakers = Speakers::new(1);
        let mut taken = pin!(speakers.turn(Urgency::First));
        let mut turn = taken.as_mut().now_or_never();
        assert!(turn.is_some());
        let wanted = [
            Urgency::Following,
            Urgency::Following,
            Urgency::First,
            Urgency::First,
            Urgency::First,
        ];
        let mut waiting: Vec<_> = wanted.iter().map(|u| Box::pin(speakers.turn(*u))).collect();
        for wait in &mut waiting {
            assert!(wait.as_mut().now_or_never().is_none());
        }
        drop(waiting.remove(2)); // the first at the door leaves
        let mut order = Vec::new();
        let names = [0, 1, 3, 4];
        while order.len() < names.len() {
            drop(turn.take());
            let mut next = |at: usize| waiting[at].as_mut().now_or_never();
            let (at, granted) = (0..names.len())
                .filter(|at| !order.contains(&names[*at]))
                .find_map(|at| Some((at, next(at)?)))
                .expect("somebody's turn");
            order.push(names[at]);
            turn = Some(granted);
        }
        assert_eq!(order, [3, 0, 4, 1]);
        drop(turn);
        assert_eq!(speakers.lock().free, 1, "no turn is lost");
    }
}
