//! Any text read aloud, in each language that Loa reads itself and one that it leaves to the voice.

#![no_main]

use libfuzzer_sys::fuzz_target;
use loa::model::{Lang, Reading};
use loa::speech::{self, Options, Spoken};
use loa::{extract, model::SpokenWord};
use unicode_normalization::UnicodeNormalization;

fuzz_target!(|text: &str| {
    let options = Options::default();
    for lang in ["vi", "en", "fr"] {
        let lang = Lang::parse(lang).expect("a language tag");
        check(
            text,
            &speech::normalize(text, &lang, &options),
            lang.primary() != "fr",
        );
    }
    drop(speech::plan(&Reading::of(&extract::plain(text)), &options));
});

/// Words ascend on both sides, and where Loa reads, no digit is left.
fn check(text: &str, spoken: &Spoken, read_by_loa: bool) {
    assert!(spoken.text.nfc().eq(spoken.text.chars()));
    assert!(!(read_by_loa && spoken.text.contains(|c: char| c.is_ascii_digit())));
    let (mut said, mut reached) = (0, 0);
    for SpokenWord {
        spoken: word,
        written,
    } in &spoken.words
    {
        assert!(word.start >= said && spoken.text.get(word.clone()).is_some_and(|w| !w.is_empty()));
        assert!(written.start >= reached && text.get(written.clone()).is_some());
        said = word.end;
        reached = written.start;
    }
}
