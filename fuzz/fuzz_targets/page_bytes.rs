//! Any bytes as a page: read, laid out, planned, rendered.
//!
//! The first byte chooses what the server says the page is; what has to hold is what
//! `tests/robust` asks of spoilt pages.

#![no_main]

#[path = "../../tests/page/dom.rs"]
#[allow(dead_code, reason = "shared with the tests of the page")]
mod dom;
#[path = "../../tests/pages_check/fault.rs"]
#[allow(dead_code, reason = "shared with the check of whole folders")]
mod fault;
#[path = "../../tests/robust/hold.rs"]
mod hold;
#[path = "../../tests/robust/same.rs"]
mod same;

use libfuzzer_sys::fuzz_target;
use url::Url;

const CONTENT_TYPES: [Option<&str>; 4] = [
    None,
    Some("text/html; charset=utf-8"),
    Some("text/html; charset=windows-1258"),
    Some("text/plain"),
];

fuzz_target!(|data: &[u8]| {
    let Some((first, page)) = data.split_first() else {
        return;
    };
    let content_type = CONTENT_TYPES[usize::from(*first) % CONTENT_TYPES.len()];
    let address = Url::parse("https://portal.example/tin/1").ok();
    hold::check(page, content_type, address.as_ref());
});
