//! Any bytes as a voice's model: refused with a sentence, or loaded.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Err(fault) = loa::voice::try_model(data) {
        assert!(!fault.is_empty());
    }
});
