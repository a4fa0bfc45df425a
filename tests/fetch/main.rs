//! Fetching, seen through the front door, against hosts that mean no good.
//!
//! Every host is a stub on loopback. What must not be reached is a stub that counts its visitors.

mod addresses;
mod answer;
mod forbidden;
mod limit;
mod stub;
mod tls;
