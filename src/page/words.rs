//! The words of the interface, in each of its languages.
//!
//! A language is one Fluent file, found and compiled in by the build. What a message is called is a name
//! here and in every file; tests hold the files against each other and against the names used.
//!
//! Source: <https://projectfluent.org/fluent/guide/>.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

use crate::model::{Lang, UiLang};

/// The words of one language.
pub(super) struct Words {
    bundle: FluentBundle<FluentResource>,
}

/// The files of `static/locales`, in the order of [`UiLang::ALL`].
const FILES: &[&str] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

static LANGUAGES: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let files = UiLang::ALL.iter().zip(FILES);
    files.map(|(lang, file)| Words::read(*lang, file)).collect()
});

/// Returns the words of a language.
pub(super) fn words(lang: UiLang) -> &'static Words {
    let at = UiLang::ALL.iter().position(|&known| known == lang);
    &LANGUAGES[at.expect("every language has a file")]
}

/// Returns the interface language for a text in `lang`, where no reader's wish is known.
pub(super) fn ui_lang_for(lang: &Lang) -> UiLang {
    UiLang::from_word(lang.primary()).unwrap_or(UiLang::EN)
}

impl Words {
    fn read(lang: UiLang, file: &str) -> Self {
        let tag = lang.word().parse().expect("words of languages are tags");
        let file = FluentResource::try_new(file.to_owned()).expect("a test parses each file");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // The marks are for mixed directions; all languages here run left to right.
        bundle.set_use_isolating(false);
        bundle
            .add_resource(file)
            .expect("a test finds no name twice");
        Self { bundle }
    }

    /// Returns a message; `name.attribute` is an attribute of one.
    pub(super) fn get(&self, name: &str) -> String {
        self.fill(name, &[])
    }

    /// Returns a message with values put in. Control characters in values become spaces, since a
    /// message may also be printed on a terminal.
    pub(super) fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (key, value) in values {
            args.set(*key, value.replace(char::is_control, " "));
        }
        let (id, attribute) = name.split_once('.').unwrap_or((name, ""));
        let message = self
            .bundle
            .get_message(id)
            .expect("a test looks up every name");
        let pattern = if attribute.is_empty() {
            message.value()
        } else {
            message.get_attribute(attribute).map(|a| a.value())
        };
        let pattern = pattern.expect("a test looks up every name");
        let mut faults = Vec::new(); // a missing value shows as its name; a test finds it
        self.bundle
            .format_pattern(pattern, Some(&args), &mut faults)
            .into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::{fs, path::Path};

    use regex::Regex;

    use super::*;
    use crate::model::{
        Cue, DataUse, DocumentStyle, Font, Gap, Pauses, Punctuation, Ruler, Spacing, Starts, Theme,
        Width,
    };

    /// The names of a file's messages and attributes, each with the values it takes.
    fn messages(file: &str) -> BTreeMap<String, BTreeSet<String>> {
        let name = Regex::new(r"^([a-z][a-z0-9-]*) =|^ +\.([a-z]+) =").expect("a pattern");
        let value = Regex::new(r"\$([a-z]+)").expect("a pattern");
        let (mut found, mut id, mut at) = (BTreeMap::new(), String::new(), String::new());
        for line in file.lines() {
            if let Some(names) = name.captures(line) {
                if let Some(message) = names.get(1) {
                    id = message.as_str().to_owned();
                    at.clone_from(&id);
                } else {
                    at = format!("{id}.{}", &names[2]);
                }
                let twice = found.insert(at.clone(), BTreeSet::new());
                assert_eq!(twice, None, "{at} is there twice");
            }
            for key in value.captures_iter(line) {
                let values = found.get_mut(&at).expect("a message before its values");
                values.insert(key[1].to_owned());
            }
        }
        found
    }

    /// The names that the code of this module's folder uses.
    fn used() -> BTreeSet<String> {
        let name =
            Regex::new(r#""([a-z][a-z0-9]*(?:-[a-z0-9]+)+(?:\.[a-z]+)?)""#).expect("a pattern");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/page");
        let mut found = BTreeSet::new();
        for file in fs::read_dir(folder)
            .expect("the folder")
            .map(|f| f.expect("a file"))
        {
            let code = fs::read_to_string(file.path()).expect("source text");
            found.extend(name.captures_iter(&code).map(|n| n[1].to_owned()));
        }
        let choices = [
            ("theme", words_of(Theme::ALL, Theme::word)),
            ("spacing", words_of(Spacing::ALL, Spacing::word)),
            ("gap", words_of(Gap::ALL, Gap::word)),
            ("ruler", words_of(Ruler::ALL, Ruler::word)),
            ("starts", words_of(Starts::ALL, Starts::word)),
            ("font", words_of(Font::ALL, Font::word)),
            ("width", words_of(Width::ALL, Width::word)),
            ("data", words_of(DataUse::ALL, DataUse::word)),
            (
                "documents",
                words_of(DocumentStyle::ALL, DocumentStyle::word),
            ),
            ("punctuation", words_of(Punctuation::ALL, Punctuation::word)),
            ("pauses", words_of(Pauses::ALL, Pauses::word)),
            ("cue", words_of(Cue::ALL, Cue::word)),
        ];
        for (field, words) in choices {
            found.extend(words.iter().map(|word| format!("{field}-{word}")));
        }
        found
    }

    fn words_of<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().map(|&value| word(value)).collect()
    }

    #[test]
    fn all_languages_say_the_same_things_with_the_same_values() {
        let first = messages(FILES[0]);
        assert!(first.len() > 100, "the files were read: {}", first.len());
        for (lang, file) in UiLang::ALL.iter().zip(FILES) {
            assert_eq!(first, messages(file), "{lang:?}");
        }
    }

    #[test]
    fn every_language_has_its_file_in_its_place() {
        assert_eq!(FILES.len(), UiLang::ALL.len());
        assert_eq!(UiLang::ALL[..2], [UiLang::VI, UiLang::EN]);
        for (lang, name) in [(UiLang::VI, "Tiếng Việt"), (UiLang::EN, "English")] {
            assert_eq!(words(lang).get("language-name"), name);
        }
    }

    #[test]
    fn every_message_is_used() {
        let used = used();
        let idle: Vec<_> = messages(FILES[0])
            .into_keys()
            .filter(|name| {
                let problem = name.starts_with("problem-");
                let id = name.split('.').next().unwrap_or(name);
                !(used.contains(name) || problem && used.contains(id))
            })
            .collect();
        assert_eq!(idle, Vec::<String>::new());
    }

    #[test]
    fn every_message_parses_and_can_be_said_with_its_values() {
        for (&lang, file) in UiLang::ALL.iter().zip(FILES) {
            for (name, values) in messages(file) {
                let values: Vec<_> = values.iter().map(|v| (v.as_str(), "×")).collect();
                let said = words(lang).fill(&name, &values);
                assert!(
                    !said.trim().is_empty() && !said.contains(['{', '$']),
                    "{name}: {said}"
                );
                assert_eq!(
                    said.contains('×'),
                    values.iter().any(|(key, _)| *key != "kind"),
                    "{name}"
                );
            }
        }
    }
}
