//! Any bytes as a request for speech: read or refused, and nothing else. A request that is one stays one with fields
//! besides that nobody knows.

#![no_main]

use libfuzzer_sys::fuzz_target;
use loa::server::read_request;

fuzz_target!(|data: &[u8]| {
    if read_request(data) {
        let mut known: serde_json::Value = serde_json::from_slice(data).expect("it was read");
        known["x-unknown"] = serde_json::Value::Null;
        assert!(read_request(known.to_string().as_bytes()), "{known}");
    }
});
