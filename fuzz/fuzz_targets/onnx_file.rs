//! Any bytes as a voice's model: refused with a sentence, or changed so that nothing is left to be changed.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    match loa::voice::change_model(data) {
        Err(fault) => assert!(!fault.is_empty()),
        Ok(changed) => assert!(changed.len() >= data.len() && loa::voice::change_model(&changed).is_ok()),
    }
});
