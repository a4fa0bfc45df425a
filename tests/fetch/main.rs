//! Fetching, seen through the front door, against hosts that mean no good.
//!
//! Every host is a stub on loopback. What must not be reached is a stub that counts its visitors.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests' own servers, which end with their runtime"
)]

mod addresses;
mod answer;
mod forbidden;
mod limit;
mod stub;
mod tls;
