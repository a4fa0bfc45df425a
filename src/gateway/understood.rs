//! A page, understood: what it is, as it is read, and what will be said of it.

use std::sync::{Arc, Mutex, PoisonError};

use url::Url;

use super::PastedId;
use super::source::Held;
use crate::model::{Document, Lang, Plan, Reading, VoiceId};
use crate::speech::ssml::Script;
use crate::speech::{self, Options};

/// A page, understood: what it is, as it is read, as it is spoken.
#[derive(Debug)]
pub struct Understood {
    /// What the page is.
    pub document: Document,
    /// Its text, for eye and ear.
    pub reading: Reading,
    /// The name under which it is held for its reader, where it is for them alone.
    pub(super) held: Option<PastedId>,
    /// How it is said, where it is a text that tells so.
    script: Option<Box<Script>>,
    /// Does it end with its last word, rather than with a pause?
    is_message: bool,
    /// What will be said, by how it is to be said; those asked for last come last.
    plans: Mutex<Vec<(Options, Arc<Plan>)>>,
}

/// Plans that are kept for a page: listeners differ in region and style, and mostly do not.
const MOST_PLANS: usize = 4;

impl Understood {
    /// Lays a document out.
    #[must_use]
    pub fn of(document: Document) -> Self {
        Self {
            reading: Reading::of(&document),
            document,
            held: None,
            script: None,
            is_message: false,
            plans: Mutex::default(),
        }
    }

    /// Lays out a text that tells how it is said.
    #[must_use]
    pub fn of_script(script: Script) -> Self {
        let mut page = Self::of(script.document.clone());
        script.prepare(&mut page.reading);
        Self {
            script: Some(Box::new(script)),
            ..page
        }
    }

    /// Lays out a message by itself, behind which nobody waits; somebody may know its language.
    #[must_use]
    pub fn message(mut document: Document, lang: Option<Lang>) -> Self {
        if let Some(lang) = &lang {
            document.head.lang = lang.clone();
        }
        let mut page = Self::of(document);
        for part in &mut page.reading.parts {
            part.spoken_in.clone_from(&lang);
        }
        page.is_message = true;
        page
    }

    /// Returns the voices that the text itself names.
    pub fn named_voices(&self) -> impl Iterator<Item = &VoiceId> {
        self.script.iter().flat_map(|script| script.voices())
    }

    /// Holds it for its reader under a name, where it is for them alone.
    pub(super) fn held_as(self, held: Option<PastedId>) -> Self {
        Self { held, ..self }
    }

    /// Returns the address under which this very page can be heard: the one it was asked by, or one that only
    /// its reader knows.
    #[must_use]
    pub fn heard_at(&self, given: &str) -> String {
        match self.held {
            Some(id) => Held::address(given, id),
            None => given.to_owned(),
        }
    }

    /// Returns what will be said; it is planned when it is first asked for, in a millisecond or two.
    #[must_use]
    pub fn plan(&self, options: &Options) -> Arc<Plan> {
        if let Some(plan) = self.known(options) {
            return plan;
        }
        let mut plan = speech::plan(&self.reading, options);
        if let Some(last) = plan.utterances.last_mut().filter(|_| self.is_message) {
            last.pause_ms = 0;
        }
        let plan = Arc::new(match &self.script {
            Some(script) => script.applied(plan, &self.reading),
            None => plan,
        });
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if plans.len() == MOST_PLANS {
            plans.remove(0);
        }
        plans.push((options.clone(), Arc::clone(&plan)));
        plan
    }

    fn known(&self, options: &Options) -> Option<Arc<Plan>> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let at = plans.iter().position(|(known, _)| known == options)?;
        let found = plans.remove(at);
        let plan = Arc::clone(&found.1);
        plans.push(found);
        Some(plan)
    }

    /// Returns the host it was read from.
    #[must_use]
    pub fn site(&self) -> Option<String> {
        let url = Url::parse(&self.document.head.url).ok()?;
        url.host_str().map(str::to_owned)
    }

    /// Estimates the bytes it takes: its record is held about twice (document and reading), and each
    /// spoken word of a plan is a few letters and four numbers.
    pub(super) fn weight(&self) -> u32 {
        let mut record = Counter(0);
        serde_json::to_writer(&mut record, &self.document).expect("counting cannot fail");
        let words = self.reading.text.len() / BYTES_OF_WORD;
        let plans = words * 48 * USUAL_PLANS;
        u32::try_from(record.0 * 2 + plans + 1024).unwrap_or(u32::MAX)
    }
}

/// Bytes of a written word with its blank, in Vietnamese and English alike.
const BYTES_OF_WORD: usize = 6;
/// Plans that a page which is heard has, mostly.
const USUAL_PLANS: usize = 2;

/// Counts what is written to it.
struct Counter(usize);

impl std::io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract;
    use crate::model::DocumentStyle;

    #[test]
    fn a_page_is_planned_once_for_all_who_want_it_said_alike() {
        let page = Understood::of(extract::plain("Theo Nghị quyết 12-NQ/TW."));
        let usual = Options::default();
        let short = Options {
            documents: DocumentStyle::Short,
            ..Options::default()
        };
        assert!(Arc::ptr_eq(&page.plan(&usual), &page.plan(&usual)));
        assert_ne!(page.plan(&usual), page.plan(&short));
    }
}
