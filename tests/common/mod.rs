//! What the tests at the front door share: a portal on loopback, a running Loa, a plain client and a measure of pitch.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

pub mod client;
pub mod dispatcher;
pub mod loa;
pub mod onnx;
pub mod pitch;
pub mod portal;
