//! What a sighted reader sees and a listener must be told: that this is a picture, a table, a list.
//!
//! The one idea: a cue is words of the voice's language said before a part, mapped to an empty range
//! where the part begins, so that nothing of it is highlighted. What the writing says already
//! ("Ảnh: Hải Yến") is not said again.

mod narrator;
mod table;

pub(super) use narrator::Narrator;
