//! Any text as the JSON that a page says of itself, which is the JSON that comes from outside: the page around it
//! is read, and what it says of title, date and authors ends up as plain text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|given: &str| {
    let page = format!(
        "<html lang=vi><title>Tin</title><script type=\"application/ld+json\">{given}</script>\
         <article><h1>Tin</h1><p>Sáng nay bà con ra đồng gặt lúa từ sớm, đến trưa thì đã xong.</p></article>"
    );
    let address = Url::parse("https://portal.example/tin/1").ok();
    let document = loa::gateway::understand(page.as_bytes(), Some("text/html"), address.as_ref());
    let text = loa::model::Reading::of(&document).text;
    assert!(!text.contains('\0'), "{text:?}");
});
