//! How an article is read aloud, sentence by sentence: what is written, what is said, and which rule
//! read what. For the reader who wonders why something was read as it was.

use maud::{Markup, html};

use crate::model::{Document, Place, Plan, Reading, Step, Utterance, UtteranceId};

use super::{
    View,
    document::page_title,
    frame::{Frame, page},
    inline::direction,
    player,
    words::{Words, words},
};

/// Sentences on one page: more make it slow to listen through.
const MOST: usize = 200;

/// What is said of a document.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// Its text.
    pub reading: &'a Reading,
    /// What is said.
    pub plan: &'a Plan,
    /// What rules have read, ascending.
    pub steps: &'a [Step],
    /// Where to begin.
    pub from: Option<UtteranceId>,
}

/// Makes the page; `source` is the `url` that `/read` takes for the document.
#[must_use]
pub fn spoken(view: &View<'_>, document: &Document, source: &str, telling: &Telling<'_>) -> String {
    let say = words(view.lang);
    let title = page_title(&document.head, say);
    let all = &telling.plan.utterances;
    let from = telling.from.unwrap_or(UtteranceId(1));
    let first = all.partition_point(|utterance| utterance.id < from);
    let shown = &all[first..all.len().min(first + MOST)];
    let next = all
        .get(first + MOST)
        .map(|utterance| utterance.id.to_string());
    let main = html! {
        h1 { (say.get("spoken-title")) }
        p { (say.get("spoken-intro")) }
        p { a.go href=(view.read(source)) { (say.fill("spoken-back", &[("title", &title)])) } }
        h2 { (say.get("spoken-list")) }
        @for utterance in shown { (sentence(view, source, telling, utterance)) }
        @if let Some(next) = next {
            p {
                a.go href=(view.to("/spoken", &[("url", source), ("from", &next)])) {
                    (say.get("spoken-more"))
                }
            }
        }
    };
    let frame = Frame {
        title: &say.fill("spoken-window", &[("title", &title)]),
        indexed: false,
        main,
    };
    page(view, &frame)
}

fn sentence(view: &View<'_>, source: &str, telling: &Telling<'_>, utterance: &Utterance) -> Markup {
    let say = words(view.lang);
    let written = &telling.reading.text[utterance.written.clone()];
    let lang = &utterance.lang;
    let id = utterance.id.to_string();
    let number = utterance.id.0.to_string();
    html! {
        div id=(id) {
            h3 { (say.fill("spoken-sentence", &[("number", &number)])) }
            p { (say.get("spoken-written")) " " span lang=(lang) dir=[direction(lang)] { (written) } }
            p { (say.get("spoken-said")) " " span lang=(lang) dir=[direction(lang)] { (utterance.spoken) } }
            (steps(telling, utterance, say))
            p {
                a.go href=(player::audio_from(view, source, Place::Utterance(utterance.id))) {
                    (say.fill("spoken-listen", &[("number", &number)]))
                }
            }
        }
    }
}

/// What was read otherwise than it is written, and by which rule.
fn steps(telling: &Telling<'_>, utterance: &Utterance, say: &Words) -> Markup {
    let (text, lang) = (&telling.reading.text, &utterance.lang);
    let within = steps_within(telling.steps, utterance);
    if within.is_empty() {
        return html! {};
    }
    html! {
        ul {
            @for step in within {
                li {
                    span lang=(lang) { "“" (text[step.written.clone()].trim()) "”" }
                    " → "
                    span lang=(lang) { "“" (step.spoken) "”" }
                    " (" (say.get(rule(step.rule))) ")"
                }
            }
        }
    }
}

fn steps_within<'a>(steps: &'a [Step], utterance: &Utterance) -> &'a [Step] {
    let from = steps.partition_point(|step| step.written.start < utterance.written.start);
    let to = steps.partition_point(|step| step.written.start < utterance.written.end);
    &steps[from..to.max(from)]
}

/// Each rule of reading and the message that names it.
const RULES: [(&str, &str); 43] = [
    ("abbreviation", "rule-abbreviation"),
    ("address", "rule-address"),
    ("angle", "rule-angle"),
    ("capitals", "rule-capitals"),
    ("code", "rule-code"),
    ("comparison", "rule-symbol"),
    ("dash", "rule-dash"),
    ("date", "rule-date"),
    ("decade", "rule-date"),
    ("document", "rule-document"),
    ("ellipsis", "rule-mark"),
    ("end", "rule-end"),
    ("flight", "rule-flight"),
    ("formula", "rule-formula"),
    ("fraction", "rule-fraction"),
    ("hashtag", "rule-hashtag"),
    ("initials", "rule-initials"),
    ("letter", "rule-letter"),
    ("lexicon", "rule-lexicon"),
    ("minus", "rule-minus"),
    ("money", "rule-money"),
    ("number", "rule-number"),
    ("numeral", "rule-roman"),
    ("ordinal", "rule-ordinal"),
    ("pause", "rule-mark"),
    ("period", "rule-period"),
    ("phone", "rule-phone"),
    ("plate", "rule-plate"),
    ("power", "rule-power"),
    ("punctuation", "rule-mark"),
    ("range", "rule-range"),
    ("ratio", "rule-ratio"),
    ("roman", "rule-roman"),
    ("share", "rule-share"),
    ("slash", "rule-slash"),
    ("spelling", "rule-spelling"),
    ("symbol", "rule-symbol"),
    ("tag", "rule-hashtag"),
    ("time", "rule-time"),
    ("times", "rule-symbol"),
    ("unit", "rule-unit"),
    ("vessel", "rule-vessel"),
    ("weekday", "rule-weekday"),
];

/// Returns the message that names a rule.
fn rule(name: &str) -> &'static str {
    let named = RULES.iter().find(|(rule, _)| *rule == name);
    named.map_or("rule-other", |(_, message)| message)
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use regex::Regex;

    use super::*;

    /// The names that the sources of `speech` give to rules.
    fn rules_of_speech() -> Vec<String> {
        let name = Regex::new(
            r#"(?:Rule \{\s*name: |Said::new\(\s*|\.note\(|with_dot\(scan, )"([a-z-]+)""#,
        );
        let name = name.expect("a pattern");
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/speech");
        let (mut folders, mut found) = (vec![top], Vec::new());
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "rs") {
                    let source = fs::read_to_string(&path).expect("a source");
                    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
                    found.extend(name.captures_iter(code).map(|n| n[1].to_owned()));
                }
            }
        }
        found
    }

    #[test]
    fn every_rule_of_reading_has_a_name_for_readers() {
        let rules = rules_of_speech();
        assert!(rules.len() > 40, "{rules:?}");
        let nameless: Vec<_> = rules.iter().filter(|r| rule(r) == "rule-other").collect();
        assert!(nameless.is_empty(), "{nameless:?}");
    }
}
