//! Reads Vietnamese prose aloud as a newsreader would.

use super::{Options, Spoken};

/// Reads `text` aloud; every spoken word keeps its place in `text`.
#[must_use]
pub fn read(text: &str, _options: &Options) -> Spoken {
    let mut spoken = Spoken::with_capacity(text.len());
    spoken.say_all(text, &(0..text.len()));
    spoken
}
