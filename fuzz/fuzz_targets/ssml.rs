//! Any text as SSML: refused with a place in it, or planned, with every mark within its utterance.

#![no_main]

use libfuzzer_sys::fuzz_target;
use loa::gateway::Understood;
use loa::speech::Options;
use loa::speech::ssml;

fuzz_target!(|given: &str| {
    match ssml::read(given) {
        Err(fault) => assert!(fault.at.line > 0 && fault.at.column > 0 && !fault.what.is_empty()),
        Ok(script) => {
            let plan = Understood::of_script(script).plan(&Options::default());
            for utterance in &plan.utterances {
                assert!(utterance.delivery.rate > 0.0 && utterance.delivery.rate.is_finite());
                assert!(utterance.delivery.marks.iter().all(|mark| mark.word <= utterance.words.len()));
            }
        }
    }
});
