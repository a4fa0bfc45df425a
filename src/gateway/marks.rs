//! Following: when each sentence and word is heard, as speech marks and as captions.
//!
//! Both are views of the list of segments: an utterance begins where the segments before it end, a
//! word where its segment says. Times count from the beginning of the sound that was asked for.
//!
//! Sources: Amazon Polly's speech marks (the shape of a line), WebVTT (W3C).

use serde::Serialize;

use super::{Heard, Understood};
use crate::model::{NamedMark, Plan, Utterance};

/// When something is heard; one line of `/marks.ndjson`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark<'a> {
    /// Milliseconds from the beginning of the sound.
    pub time: u64,
    /// Is it a sentence or a word?
    #[serde(rename = "type")]
    pub kind: MarkKind,
    /// Where it begins in the reading text, in bytes.
    pub start: usize,
    /// Where it ends in the reading text, in bytes.
    pub end: usize,
    /// What stands there.
    pub value: &'a str,
    /// The utterance.
    pub id: String,
}

/// What a mark marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkKind {
    /// An utterance.
    Sentence,
    /// A written word, or what is read as one: "02/02" is marked once.
    Word,
    /// A mark that the text itself has set (SSML); its value is its name.
    Ssml,
}

/// The first line of captions.
pub const CAPTIONS_HEADER: &str = "WEBVTT\n\n";

/// Walks along a sound and tells when everything in it is heard.
pub struct Follower<'a> {
    /// The reading text.
    text: &'a str,
    plan: &'a Plan,
    /// Samples heard so far.
    samples: u64,
}

impl<'a> Follower<'a> {
    /// Begins at the beginning of a sound of `page` that says `plan`.
    #[must_use]
    pub fn new(page: &'a Understood, plan: &'a Plan) -> Self {
        Self::after(page, plan, 0)
    }

    /// Begins where `samples` have been heard.
    #[must_use]
    pub fn after(page: &'a Understood, plan: &'a Plan, samples: u64) -> Self {
        Self {
            text: &page.reading.text,
            plan,
            samples,
        }
    }

    /// Returns how many samples have been heard.
    #[must_use]
    pub fn samples(&self) -> u64 {
        self.samples
    }

    /// Returns the marks of the next segment: its sentence, then its words in order.
    pub fn marks(&mut self, heard: &Heard) -> Vec<Mark<'a>> {
        let utterance = &self.plan.utterances[heard.utterance];
        let rate = heard.segment.rate;
        let sentence = self.mark(utterance, MarkKind::Sentence, &utterance.written, 0, rate);
        let mut marks = vec![sentence];
        let mut marked = utterance.written.start..utterance.written.start;
        for time in &heard.segment.words {
            let written = &utterance.words[time.word].written;
            // A cue has no written place, and of several words read from one place the first counts.
            if !written.is_empty() && *written != marked {
                marks.push(self.mark(utterance, MarkKind::Word, written, time.sample, rate));
                marked = written.clone();
            }
        }
        for named in &utterance.delivery.marks {
            marks.push(self.named(utterance, named, heard));
        }
        if !utterance.delivery.marks.is_empty() {
            marks.sort_by_key(|mark| mark.time);
        }
        self.samples += heard.segment.samples;
        marks
    }

    /// Returns a mark of the text's own: when the word behind it begins, or the utterance ends.
    fn named(&self, utterance: &'a Utterance, named: &'a NamedMark, heard: &Heard) -> Mark<'a> {
        let segment = &heard.segment;
        let next = segment.words.iter().find(|time| time.word >= named.word);
        let sample = match (named.word, next) {
            (0, _) => 0,
            (_, Some(time)) => time.sample,
            (_, None) => segment.samples,
        };
        let word = utterance.words.get(named.word);
        let place = word.map_or(utterance.written.end, |word| word.written.start);
        let mark = self.mark(
            utterance,
            MarkKind::Ssml,
            &(place..place),
            sample,
            segment.rate,
        );
        Mark {
            value: &named.name,
            ..mark
        }
    }

    /// Returns the caption of the next segment: one cue, from its beginning to its end.
    pub fn caption(&mut self, heard: &Heard) -> String {
        let utterance = &self.plan.utterances[heard.utterance];
        let begins = self.samples;
        self.samples += heard.segment.samples;
        let rate = heard.segment.rate;
        let (from, to) = (milliseconds(begins, rate), milliseconds(self.samples, rate));
        let text = cue_text(&self.text[utterance.written.clone()]);
        format!(
            "{}\n{} --> {}\n{text}\n\n",
            utterance.id,
            clock(from),
            clock(to)
        )
    }

    fn mark(
        &self,
        utterance: &Utterance,
        kind: MarkKind,
        written: &std::ops::Range<usize>,
        sample: u64,
        rate: u32,
    ) -> Mark<'a> {
        Mark {
            time: milliseconds(self.samples + sample, rate),
            kind,
            start: written.start,
            end: written.end,
            value: &self.text[written.clone()],
            id: utterance.id.to_string(),
        }
    }
}

fn milliseconds(samples: u64, rate: u32) -> u64 {
    samples * 1000 / u64::from(rate.max(1))
}

/// Writes a time as WebVTT does: `00:01:02.345`.
fn clock(milliseconds: u64) -> String {
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    format!(
        "{:02}:{:02}:{:02}.{rest:03}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// Writes a cue's text: an empty line would end the cue, and `&`, `<` and `-->` mean something.
fn cue_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if !out.is_empty() {
            out.push('\n');
        }
        for letter in line.chars() {
            match letter {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '\t' => out.push(' '),
                _ => out.push(letter),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::extract;
    use crate::model::{Segment, WordTime};
    use crate::speech::Options;

    const RATE: u32 = 1000;

    fn heard(utterance: usize, samples: u64, words: &[(usize, u64)]) -> Heard {
        let words = words
            .iter()
            .map(|&(word, sample)| WordTime { word, sample })
            .collect();
        let segment = Segment {
            bytes: Arc::new([]),
            rate: RATE,
            samples,
            words,
        };
        Heard {
            utterance,
            segment: Arc::new(segment),
            is_spoken: true,
        }
    }

    fn page(text: &str) -> Understood {
        Understood::of(extract::plain(text))
    }

    #[test]
    fn a_date_read_as_many_words_is_marked_once_where_it_begins() {
        let page = page("Ngày 12/3 trời đẹp.\n\nTrời có gió.");
        let plan = page.plan(&Options::default());
        let words = plan.utterances[0].words.len();
        let times: Vec<_> = (0..words).map(|word| (word, word as u64 * 100)).collect();
        let mut follower = Follower::new(&page, &plan);
        let marks = follower.marks(&heard(0, 2000, &times));
        let values: Vec<_> = marks.iter().skip(1).map(|mark| mark.value).collect();
        assert_eq!(values, ["Ngày", "12/3", "trời", "đẹp"]);
        assert!(marks.windows(2).all(|pair| pair[0].time <= pair[1].time));
        let next = follower.marks(&heard(1, 1000, &[(0, 30)]));
        assert_eq!((next[0].time, next[1].time), (2000, 2030));
        assert_eq!((next[0].id.as_str(), next[1].value), ("s2", "Trời"));
    }

    #[test]
    fn a_mark_is_a_line_of_the_promised_shape() {
        let page = page("Xin chào.");
        let plan = page.plan(&Options::default());
        let marks = Follower::new(&page, &plan).marks(&heard(0, 10, &[]));
        let line = serde_json::to_string(&marks[0]).expect("a line");
        let expected =
            r#"{"time":0,"type":"sentence","start":0,"end":10,"value":"Xin chào.","id":"s1"}"#;
        assert_eq!(line, expected);
    }

    #[test]
    fn captions_follow_each_other_and_hold_no_markup() {
        let page = page("Xin <b>chào</b> & tạm biệt --> hết.");
        let plan = page.plan(&Options::default());
        let mut follower = Follower::after(&page, &plan, 3_599_000);
        let cue = follower.caption(&heard(0, 61_500, &[]));
        let (head, text) = cue.split_once(".500\n").expect("a cue's times");
        assert_eq!(head, "s1\n00:59:59.000 --> 01:01:00");
        assert!(!text.contains('<') && !text.contains("-->"), "{text}");
        assert!(cue.ends_with("\n\n"));
    }
}
