//! Any bytes as a picture: it is refused, or becomes a small one that can be read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use loa::model::PictureWidth;

fuzz_target!(|data: &[u8]| {
    if let Ok(shown) = loa::picture::shown(data, PictureWidth::Small) {
        let again = loa::picture::shown(&shown.bytes, PictureWidth::Small);
        assert!(again.is_ok(), "what was written can be read: {again:?}");
    }
});
