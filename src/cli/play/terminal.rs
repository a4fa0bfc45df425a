//! Keys, as they are pressed rather than line by line.

use std::io::{self, IsTerminal, Read};
use std::thread;

use rustix::termios::{self, LocalModes, OptionalActions, SpecialCodeIndex, Termios};

use super::walk::{Key, Keys};

/// A terminal that sends each key at once; it is as it was before when this value is dropped.
pub(super) struct Raw(Termios);

impl Raw {
    /// Takes the terminal; none where there is no terminal to take.
    pub(super) fn take() -> Option<Self> {
        let input = io::stdin();
        if !input.is_terminal() {
            return None;
        }
        let before = termios::tcgetattr(&input).ok()?;
        let mut raw = before.clone();
        // Ctrl-C comes as a key too, so that the terminal is given back before the end.
        raw.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
        raw.special_codes[SpecialCodeIndex::VMIN] = 1;
        raw.special_codes[SpecialCodeIndex::VTIME] = 0;
        termios::tcsetattr(&input, OptionalActions::Now, &raw).ok()?;
        Some(Self(before))
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        if let Err(error) = termios::tcsetattr(io::stdin(), OptionalActions::Now, &self.0) {
            tracing::warn!(%error, "the terminal is not as it was");
        }
    }
}

/// Tells each key that is pressed until there are no more.
///
/// # Errors
/// Where no thread can be started.
pub(super) fn listen(mut tell: impl FnMut(Key) + Send + 'static) -> io::Result<()> {
    let read = move || {
        let mut keys = Keys::default();
        for byte in io::stdin().lock().bytes().map_while(Result::ok) {
            if let Some(key) = keys.take(byte) {
                tell(key);
            }
        }
    };
    thread::Builder::new().name("keys".into()).spawn(read)?;
    Ok(())
}
