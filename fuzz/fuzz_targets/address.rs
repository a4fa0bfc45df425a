//! Any text as an address: what passes is of the web, names nobody, and passes again as it is.

#![no_main]

use libfuzzer_sys::fuzz_target;
use loa::fetch::{HostPort, Portal, SourceUrl};

fuzz_target!(|given: &str| {
    let _ = given.parse::<HostPort>();
    let _ = given.parse::<Portal>();
    let Ok(source) = SourceUrl::parse(given) else {
        return;
    };
    let url = source.url();
    assert!(matches!(url.scheme(), "http" | "https"));
    assert!(url.has_host() && url.username().is_empty() && url.password().is_none());
    assert!(url.fragment().is_none());
    let again = SourceUrl::parse(url.as_str()).expect("a checked address passes again");
    assert_eq!(again.url(), url);
});
