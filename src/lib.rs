//! Loa, the reading gateway: a portal's address becomes an accessible page and a voice.
//!
//! The modules stand on floors, and each uses lower floors only; `ARCHITECTURE.md` draws the house.

pub mod cli;
pub mod config;
pub mod encode;
pub mod extract;
pub mod fetch;
pub mod gateway;
pub mod html;
pub mod model;
pub mod page;
pub mod picture;
pub mod server;
pub mod speech;
pub mod store;
pub mod voice;
