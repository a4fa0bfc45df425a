//! Turns a reading into a plan: what is said, in which order, with which pauses.
//!
//! The one idea: writing is made speakable sentence by sentence, and only then cut into clauses,
//! between words of the *spoken* text, so a cut never changes how a number or a date is read. Every
//! cut is mapped back to a blank of the written text; the written ranges of all utterances touch but
//! for blanks, so nothing is lost and nothing is said twice.

mod clause;
#[cfg(test)]
mod fixture;
mod pause;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub(in crate::speech) use pause::{CLAUSE_MS, SENTENCE_MS};

use super::language::{self, Passage};
use super::structure::Narrator;
use super::{Options, Spoken, normalize};
use crate::model::{Delivery, Lang, Part, Plan, Reading, Role, Step, Utterance, UtteranceId};

/// Plans an article's speech: sentence by sentence in reading order, long ones clause by clause,
/// the first short enough to be heard at once.
///
/// The utterances are named `s1` on; their written ranges ascend, and together they cover all of
/// the parts but white space, each place once. What has nothing to speak (a row of stars) belongs
/// to the utterance before it, or to the first of its own part. A reading without anything to speak
/// gives no utterance.
///
/// Linear in the length of the text.
#[must_use]
pub fn plan(reading: &Reading, options: &Options) -> Plan {
    let mut planner = Planner::new(reading, options);
    for part in &reading.parts {
        planner.part(part);
    }
    planner.finish()
}

/// Plans as [`plan`] does, and tells which rule read what; the steps ascend, and their places are
/// ranges of the reading text.
#[must_use]
pub fn explained(reading: &Reading, options: &Options) -> (Plan, Vec<Step>) {
    let mut planner = Planner::new(reading, options);
    planner.steps = Some(Vec::new());
    for part in &reading.parts {
        planner.part(part);
    }
    let steps = planner.steps.take().unwrap_or_default();
    (planner.finish(), steps)
}

struct Planner<'a> {
    text: &'a str,
    options: &'a Options,
    usual: Lang,
    narrator: Narrator<'a>,
    utterances: Vec<Utterance>,
    /// Where writing without speech waits for an utterance.
    waiting: Option<usize>,
    /// What rules have read, where somebody wants to know.
    steps: Option<Vec<Step>>,
}

impl<'a> Planner<'a> {
    fn new(reading: &'a Reading, options: &'a Options) -> Self {
        Self {
            text: &reading.text,
            options,
            usual: language::of_reading(reading),
            narrator: Narrator::new(&reading.text, options),
            utterances: Vec::new(),
            waiting: None,
            steps: None,
        }
    }

    fn part(&mut self, part: &'a Part) {
        let first = self.utterances.len();
        let passages = language::passages(self.text, part, &self.usual);
        self.pause_before(part.role);
        for passage in &passages {
            self.passage(part, passage, first);
        }
        if self.utterances.len() == first {
            self.unspoken(part);
        }
        self.gather(part.range.end);
        if let Some(last) = self.utterances[first..].last_mut() {
            last.pause_ms = pause::after(part.role);
        }
        let lang = passages.first().map_or(&self.usual, |p| &p.lang);
        self.narrator.pass(part, lang);
    }

    /// Says one sentence; `first` is the index of its part's first utterance.
    fn passage(&mut self, part: &Part, passage: &Passage, first: usize) {
        let range = trimmed(self.text, &passage.range);
        let spoken = normalize(&self.text[range.clone()], &passage.lang, self.options);
        if spoken.is_empty() {
            self.silent(&range, first);
            return;
        }
        let spoken = spoken.shifted(range.start);
        if let Some(steps) = &mut self.steps {
            steps.extend(spoken.steps.iter().cloned());
        }
        let begins_plan = self.utterances.is_empty();
        let mut pieces = clause::pieces(self.text, spoken, &range, begins_plan);
        if self.utterances.len() == first
            && let Some((piece, _)) = pieces.first_mut()
        {
            let cue = self.narrator.before(part, &passage.lang);
            *piece = joined(cue, std::mem::take(piece));
        }
        for (piece, range) in pieces {
            self.push(part, &passage.lang, piece, range);
        }
    }

    fn push(&mut self, part: &Part, lang: &Lang, spoken: Spoken, written: Range<usize>) {
        let start = self.waiting.take().unwrap_or(written.start);
        let number = u32::try_from(self.utterances.len() + 1).unwrap_or(u32::MAX);
        self.utterances.push(Utterance {
            id: UtteranceId(number),
            role: part.role,
            block: part.block,
            lang: lang.clone(),
            written: start..written.end,
            pause_ms: pause::within(&spoken.text),
            spoken: spoken.text,
            words: spoken.words,
            delivery: Delivery::default(),
        });
    }

    /// Writing without speech goes with what its part has said, or waits for what it will say.
    fn silent(&mut self, range: &Range<usize>, first: usize) {
        if range.is_empty() {
            return;
        }
        match self.utterances[first..].last_mut() {
            Some(last) => last.written.end = range.end,
            None => self.waiting = self.waiting.or(Some(range.start)),
        }
    }

    /// A part without speech: an empty cell is said to be one.
    fn unspoken(&mut self, part: &Part) {
        let said = self.narrator.instead(part, &self.usual);
        if !said.is_empty() {
            let lang = self.usual.clone();
            self.push(part, &lang, said, part.range.clone());
        }
    }

    /// What still waits at the end of a part goes with the utterance before.
    fn gather(&mut self, end: usize) {
        if self.waiting.is_some()
            && let Some(last) = self.utterances.last_mut()
        {
            last.written.end = end;
            self.waiting = None;
        }
    }

    fn pause_before(&mut self, role: Role) {
        if let Some(last) = self.utterances.last_mut() {
            last.pause_ms = pause::between(last.role, role);
        }
    }

    fn finish(mut self) -> Plan {
        for utterance in &mut self.utterances {
            utterance.pause_ms = self.options.pauses.scaled(utterance.pause_ms);
        }
        Plan {
            lang: main_language(&self.utterances).unwrap_or(self.usual),
            utterances: self.utterances,
        }
    }
}

fn joined(mut cue: Spoken, spoken: Spoken) -> Spoken {
    if cue.is_empty() {
        return spoken;
    }
    cue.append(spoken);
    cue
}

fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.end - slice.trim_start().len();
    let end = range.start + slice.trim_end().len();
    start.min(end)..end
}

/// The language in which most is said.
fn main_language(utterances: &[Utterance]) -> Option<Lang> {
    let mut said: Vec<(&Lang, usize)> = Vec::new();
    for utterance in utterances {
        match said.iter_mut().find(|(lang, _)| *lang == &utterance.lang) {
            Some((_, bytes)) => *bytes += utterance.spoken.len(),
            None => said.push((&utterance.lang, utterance.spoken.len())),
        }
    }
    let most = said.into_iter().max_by_key(|(_, bytes)| *bytes);
    most.map(|(lang, _)| lang.clone())
}
