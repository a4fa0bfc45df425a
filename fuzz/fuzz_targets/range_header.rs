//! Any text as a `Range` header: what is cut lies within the file and is never empty.

#![no_main]

use libfuzzer_sys::fuzz_target;
use loa::server::{AskedRange, asked_range};

fuzz_target!(|data: &[u8]| {
    let Some((length, header)) = data.split_first_chunk::<8>() else {
        return;
    };
    let length = u64::from_le_bytes(*length);
    let Ok(header) = std::str::from_utf8(header) else {
        return;
    };
    if let AskedRange::Part(part) = asked_range(header, length) {
        assert!(part.start < part.end && part.end <= length, "{header:?} of {length}");
    }
});
