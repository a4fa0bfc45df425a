//! What a listener hears, proven at the front door: the real engine speaks a portal's article, every
//! format is decoded by ffmpeg, and Chromium plays it.
//!
//! `cargo test --test sound -- --nocapture` prints what was measured.

mod browser;
mod burst;
#[path = "../common/mod.rs"]
mod common;
mod delay;
mod ear;
mod join;
mod length;
mod loudness;
mod player;
mod range;
mod share;
mod stage;
mod steering;
mod tone;
