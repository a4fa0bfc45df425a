//! Holds the plan of every saved page against its writing: nothing is lost, nothing is said twice.
//!
//! `LOA_PAGES=FOLDER cargo test --test plan_check -- --ignored --nocapture` looks through a folder of
//! saved pages (`.html` or `.html.gz`, at any depth) in any language, and prints what is wrong with
//! its page; at the end, how many pages were in which language.

#[path = "../pages_check/saved.rs"]
mod saved;

use std::collections::BTreeMap;
use std::path::PathBuf;

use loa::gateway::understand;
use loa::model::{Plan, Reading, Utterance};
use loa::speech::{self, Options};
use saved::Saved;

/// As much of a lost stretch is shown.
const SHOWN: usize = 60;

fn reading(saved: &Saved) -> Reading {
    let content_type = saved.content_type.as_deref();
    Reading::of(&understand(
        &saved.bytes,
        content_type,
        Some(&saved.address),
    ))
}

/// Lists what is wrong with a plan.
fn faults(reading: &Reading, plan: &Plan) -> Vec<String> {
    let mut found = Vec::new();
    let mut reached = 0;
    for utterance in &plan.utterances {
        let place = utterance.written.clone();
        if place.start < reached {
            found.push(format!(
                "said twice: {}",
                shown(&reading.text[place.start..reached])
            ));
        } else {
            found.extend(lost(&reading.text[reached..place.start]));
        }
        found.extend(faults_of_words(reading, utterance));
        reached = reached.max(place.end);
    }
    if !plan.utterances.is_empty() {
        found.extend(lost(&reading.text[reached..]));
    }
    found
}

/// Words that leave letters out, go back, or are no words of their voice.
fn faults_of_words(reading: &Reading, utterance: &Utterance) -> Vec<String> {
    let mut found = Vec::new();
    let mut reached = utterance.written.start;
    let mut last = reached..reached;
    for word in &utterance.words {
        let place = word.written.clone();
        let again = place.start < last.start || (place.start < last.end && place != last);
        if again && !place.is_empty() {
            found.push(format!("goes back: {}", shown(&utterance.spoken)));
        }
        found.extend(lost(
            reading.text.get(reached..place.start).unwrap_or_default(),
        ));
        reached = reached.max(place.end);
        last = place;
    }
    found.extend(lost(
        &reading.text[reached.min(utterance.written.end)..utterance.written.end],
    ));
    let voiced = matches!(utterance.lang.primary(), "vi" | "en");
    if voiced && utterance.spoken.contains(|c: char| c.is_numeric()) {
        found.push(format!("a digit is left: {}", shown(&utterance.spoken)));
    }
    found
}

/// Names a stretch of writing that is said by nobody, if there is anything in it to say.
fn lost(between: &str) -> Option<String> {
    let said = !between.contains(char::is_alphanumeric);
    (!said).then(|| format!("lost: {}", shown(between)))
}

fn shown(text: &str) -> String {
    text.trim().chars().take(SHOWN).collect()
}

/// Prints every fault with its page; returns how many there are.
fn report(pages: &[Saved]) -> usize {
    let mut languages: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = 0;
    for saved in pages {
        let reading = reading(saved);
        let plan = speech::plan(&reading, &Options::default());
        *languages
            .entry(reading.lang.primary().to_owned())
            .or_default() += 1;
        for fault in faults(&reading, &plan) {
            println!("{}: {fault}", saved.name);
            count += 1;
        }
    }
    println!("{} pages {languages:?}, {count} faults", pages.len());
    count
}

#[test]
fn the_project_s_own_pages_are_said_wholly_and_once() {
    assert_eq!(report(&saved::own()), 0);
}

#[test]
#[ignore = "needs a folder of pages in LOA_PAGES"]
fn the_pages_of_a_folder_are_said_wholly_and_once() {
    let folder = std::env::var_os("LOA_PAGES").expect("LOA_PAGES names a folder of pages");
    assert_eq!(report(&saved::below(&PathBuf::from(folder))), 0);
}
