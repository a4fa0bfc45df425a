//! Where in an article a listener is, and what their keys do: no service, no terminal.

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Stop speaking, or go on.
    Pause,
    /// The utterance before.
    Back,
    /// The utterance after.
    Forward,
    /// The end.
    Stop,
}

/// What the speech service is to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Fall silent, if it speaks, and speak this utterance.
    Speak(usize),
    /// Fall silent.
    Silence,
    /// Fall silent, and leave.
    Leave,
    /// Go on as it does.
    GoOn,
}

/// A walk through an article's utterances.
#[derive(Debug)]
pub(super) struct Walk {
    at: usize,
    all: usize,
    is_paused: bool,
}

impl Walk {
    /// Begins at the first of so many utterances.
    pub(super) fn of(all: usize) -> (Self, Act) {
        let walk = Self {
            at: 0,
            all,
            is_paused: false,
        };
        let act = walk.speak();
        (walk, act)
    }

    /// The utterance that is spoken was spoken to its end.
    pub(super) fn ended(&mut self) -> Act {
        if self.is_paused {
            return Act::GoOn;
        }
        self.at += 1;
        self.speak()
    }

    /// A key was pressed. Who goes on or back while it is paused hears what is there, and it stays no longer paused.
    pub(super) fn pressed(&mut self, key: Key) -> Act {
        match key {
            Key::Stop => return Act::Leave,
            Key::Pause if !self.is_paused => {
                self.is_paused = true;
                return Act::Silence;
            }
            Key::Pause => {}
            Key::Back => self.at = self.at.saturating_sub(1),
            Key::Forward if self.at + 1 < self.all => self.at += 1,
            Key::Forward => return Act::GoOn, // there is nothing behind the last
        }
        self.is_paused = false;
        self.speak()
    }

    fn speak(&self) -> Act {
        if self.at < self.all {
            Act::Speak(self.at)
        } else {
            Act::Leave
        }
    }
}

/// Reads keys as terminals send them, a byte at a time.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// What an escape sequence has sent so far.
    escape: Vec<u8>,
}

impl Keys {
    /// Takes a byte; returns the key that it makes whole.
    pub(super) fn take(&mut self, byte: u8) -> Option<Key> {
        const ESCAPE: u8 = 0x1b;
        const INTERRUPT: u8 = 3;
        const END: u8 = 4;
        match (&self.escape[..], byte) {
            (_, ESCAPE) => self.escape = vec![byte],
            ([ESCAPE], b'[' | b'O') => self.escape.push(byte),
            ([ESCAPE, _], b'C') => return self.whole(Key::Forward),
            ([ESCAPE, _], b'D') => return self.whole(Key::Back),
            ([ESCAPE, ..], _) => self.escape.clear(), // another key
            (_, b' ') => return Some(Key::Pause),
            (_, b'n' | b'l') => return Some(Key::Forward),
            (_, b'p' | b'h') => return Some(Key::Back),
            (_, b'q' | INTERRUPT | END) => return Some(Key::Stop),
            _ => {}
        }
        None
    }

    fn whole(&mut self, key: Key) -> Option<Key> {
        self.escape.clear();
        Some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_from_utterance_to_utterance_and_leaves_behind_the_last() {
        let (mut walk, act) = Walk::of(2);
        assert_eq!(act, Act::Speak(0));
        assert_eq!((walk.ended(), walk.ended()), (Act::Speak(1), Act::Leave));
        assert_eq!(Walk::of(0).1, Act::Leave);
    }

    #[test]
    fn keys_pause_go_back_and_forward_and_stop() {
        let (mut walk, _) = Walk::of(3);
        for (key, act) in [
            (Key::Forward, Act::Speak(1)),
            (Key::Pause, Act::Silence),
            (Key::Pause, Act::Speak(1)), // from its beginning: the service knows no place within
            (Key::Back, Act::Speak(0)),
            (Key::Back, Act::Speak(0)),
            (Key::Pause, Act::Silence),
            (Key::Forward, Act::Speak(1)),
            (Key::Forward, Act::Speak(2)),
            (Key::Forward, Act::GoOn),
            (Key::Stop, Act::Leave),
        ] {
            assert_eq!(walk.pressed(key), act, "{key:?}");
        }
    }

    #[test]
    fn what_ends_because_it_was_paused_is_not_gone_past() {
        let (mut walk, _) = Walk::of(3);
        walk.pressed(Key::Pause);
        assert_eq!(walk.ended(), Act::GoOn);
        assert_eq!(walk.pressed(Key::Pause), Act::Speak(0));
    }

    #[test]
    fn keys_are_read_as_terminals_send_them() {
        let mut keys = Keys::default();
        let bytes = b" \x1b[C\x1b[Dn\x1bOCx\x1b[Ap\x1b\x1b[Cq\x03";
        let read: Vec<Key> = bytes.iter().filter_map(|byte| keys.take(*byte)).collect();
        let (forward, back) = (Key::Forward, Key::Back);
        assert_eq!(
            read,
            [
                Key::Pause,
                forward,
                back,
                forward,
                forward,
                back,
                forward,
                Key::Stop,
                Key::Stop
            ]
        );
    }
}
