//! The computer's speech service: it speaks, and tells when an utterance has ended.

use std::io::{self, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use anyhow::{Context, anyhow};
use tts::{Tts, UtteranceId};

use super::terminal::{self, Raw};
use super::walk::{Act, Key, Walk};
use crate::cli::told;
use crate::model::phoneme::words_alone;
use crate::model::{Lang, Plan, Speed, Utterance};
use crate::page;

/// How long whatever is to be said may take at least, and for each byte of it besides.
const LEAST_PATIENCE: Duration = Duration::from_secs(30);
const PATIENCE_A_BYTE: Duration = Duration::from_millis(300);
/// How long somebody may stay silent who has paused it.
const PAUSED: Duration = Duration::from_secs(7 * 24 * 3_600);

/// What happens meanwhile.
enum Event {
    Ended(UtteranceId),
    Pressed(Key),
}

/// Speaks a plan from beginning to end, as far as the keys let it.
pub(crate) fn run(plan: &Plan, speed: Speed) -> anyhow::Result<()> {
    let mut service = Service::open(speed)?;
    let (tell, told) = mpsc::channel();
    service.tell_ends(&tell)?;
    let raw = Raw::take();
    if raw.is_some() {
        writeln!(io::stderr(), "{}", page::play_keys(told::lang()))?;
        let pressed = tell.clone();
        terminal::listen(move |key| notify(&pressed, Event::Pressed(key)))?;
    }
    // A pause by itself is no utterance to the service, which would never tell its end.
    let has_words = |utterance: &&Utterance| !utterance.spoken.trim().is_empty();
    let utterances: Vec<&Utterance> = plan.utterances.iter().filter(has_words).collect();
    let (mut walk, mut act) = Walk::of(utterances.len());
    let mut patience = PAUSED;
    loop {
        match act {
            Act::Speak(at) => {
                service.speak(utterances[at])?;
                patience = patience_for(utterances[at]);
            }
            Act::Silence => service.fall_silent()?,
            Act::Leave => return service.fall_silent(),
            Act::GoOn => {}
        }
        if !service.speaks() {
            patience = PAUSED;
        }
        let event = told.recv_timeout(patience).map_err(|error| match error {
            RecvTimeoutError::Timeout => anyhow!(
                "the computer's speech service does not answer: it has not told the end of a sentence in {} seconds",
                patience.as_secs()
            ),
            RecvTimeoutError::Disconnected => anyhow!("the computer's speech service broke off"),
        })?;
        act = match event {
            Event::Pressed(key) => walk.pressed(key),
            Event::Ended(which) if service.is_speaking(which) => walk.ended(),
            Event::Ended(_) => Act::GoOn, // one that was given up
        };
    }
}

/// Returns how long an utterance may take: several times as long as the slowest voices do.
fn patience_for(utterance: &Utterance) -> Duration {
    let letters = u32::try_from(utterance.spoken.len()).unwrap_or(u32::MAX);
    LEAST_PATIENCE + PATIENCE_A_BYTE.saturating_mul(letters)
}

/// Tells the waiting side; where it is gone, nobody needs to know.
fn notify(tell: &Sender<Event>, event: Event) {
    let _ = tell.send(event);
}

struct Service {
    service: Tts,
    lang: Option<Lang>,
    /// What is spoken just now.
    speaking: Option<UtteranceId>,
}

impl Service {
    fn open(speed: Speed) -> anyhow::Result<Self> {
        let mut service =
            Tts::default().context("the computer's speech service does not answer")?;
        set_speed(&mut service, speed)?;
        Ok(Self {
            service,
            lang: None,
            speaking: None,
        })
    }

    /// Has ends told: those that come by themselves, and those that were asked for.
    fn tell_ends(&self, tell: &Sender<Event>) -> anyhow::Result<()> {
        let (ended, stopped) = (tell.clone(), tell.clone());
        let end = move |id| notify(&ended, Event::Ended(id));
        let stop = move |id| notify(&stopped, Event::Ended(id));
        self.service.on_utterance_end(Some(Box::new(end)))?;
        self.service.on_utterance_stop(Some(Box::new(stop)))?;
        Ok(())
    }

    fn speak(&mut self, utterance: &Utterance) -> anyhow::Result<()> {
        if self.lang.as_ref() != Some(&utterance.lang) {
            choose_voice(&mut self.service, &utterance.lang)?;
            self.lang = Some(utterance.lang.clone());
        }
        let is_over = self.speaking.take().is_none();
        self.speaking = self
            .service
            .speak(words_alone(&utterance.spoken), !is_over)?;
        Ok(())
    }

    fn fall_silent(&mut self) -> anyhow::Result<()> {
        if self.speaking.take().is_some() {
            self.service.stop()?;
        }
        Ok(())
    }

    fn speaks(&self) -> bool {
        self.speaking.is_some()
    }

    /// Is this what is spoken just now? Then it is not any more.
    fn is_speaking(&mut self, which: UtteranceId) -> bool {
        let is_it = self.speaking == Some(which);
        if is_it {
            self.speaking = None;
        }
        is_it
    }
}

/// Sets the speed on the service's own scale: a factor of the usual rate, or where that is zero, so far from there to
/// the ends as half and four times are.
#[expect(clippy::cast_possible_truncation, reason = "0.5 to 4 fits")]
fn set_speed(service: &mut Tts, speed: Speed) -> anyhow::Result<()> {
    if !service.supported_features().rate {
        return Ok(());
    }
    let (least, usual, most) = (
        service.min_rate(),
        service.normal_rate(),
        service.max_rate(),
    );
    let times = speed.times() as f32;
    let rate = match usual == 0.0 {
        true if times < 1.0 => least * -times.log2(),
        true => most * times.log(4.0),
        false => usual * times,
    };
    service.set_rate(rate.clamp(least, most))?;
    Ok(())
}

/// Takes the service's first voice of the language; where it has none, the one that is set stays.
fn choose_voice(service: &mut Tts, lang: &Lang) -> anyhow::Result<()> {
    if !service.supported_features().voice {
        return Ok(());
    }
    let voices = service.voices()?;
    let mut voices = voices.iter();
    let own = voices.find(|voice| voice.language().primary_language() == lang.primary());
    if let Some(voice) = own {
        service.set_voice(voice)?;
    }
    Ok(())
}
