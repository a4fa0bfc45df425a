//! Any bytes as a voice's model: refused with a sentence, or changed to what is read again.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    match loa::voice::change_model(data) {
        Err(fault) => assert!(!fault.is_empty()),
        Ok(changed) => assert!(loa::voice::change_model(&changed).is_ok()),
    }
});
