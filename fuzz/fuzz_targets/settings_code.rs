//! Any text as a settings code, and any wish: what is read is written short, and reads back the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use loa::model::Wishes;

fuzz_target!(|given: &str| {
    if let Some(wishes) = Wishes::from_code(given) {
        check(&wishes);
    }
    let (field, value) = given.split_once('=').unwrap_or((given, ""));
    let mut wishes = Wishes::default();
    if wishes.set(field, value).is_ok() {
        check(&wishes);
    }
});

fn check(wishes: &Wishes) {
    let code = wishes.code();
    assert!(code.len() <= 300, "{code} is too long for an address");
    assert_eq!(Wishes::from_code(&code).as_ref(), Some(wishes));
}
