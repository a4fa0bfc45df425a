//! `loa speak --play`: the article through the computer's own speech service, in the voice that its
//! owner already knows.
//!
//! The service is given one utterance at a time, so that stopping the command stops the speech within
//! one. It plays and returns no samples, which is why this is no [`crate::voice::Voice`].

use std::sync::mpsc;

use anyhow::Context;
use tts::Tts;

use crate::model::{Lang, Plan, Speed};

pub(super) fn run(plan: &Plan, speed: Speed) -> anyhow::Result<()> {
    let mut service = Tts::default().context("the computer's speech service does not answer")?;
    set_speed(&mut service, speed)?;
    let (ended, end) = mpsc::channel();
    let again = ended.clone();
    service.on_utterance_end(Some(Box::new(move |_| notify(&ended))))?;
    service.on_utterance_stop(Some(Box::new(move |_| notify(&again))))?;
    let mut lang = None;
    for utterance in &plan.utterances {
        if lang.as_ref() != Some(&utterance.lang) {
            choose_voice(&mut service, &utterance.lang)?;
            lang = Some(utterance.lang.clone());
        }
        service.speak(utterance.spoken.as_str(), false)?;
        end.recv()
            .context("the computer's speech service broke off")?;
    }
    Ok(())
}

/// Tells the waiting side; where it is gone, nobody needs to know.
fn notify(ended: &mpsc::Sender<()>) {
    let _ = ended.send(());
}

#[expect(clippy::cast_possible_truncation, reason = "0.5 to 4 fits")]
fn set_speed(service: &mut Tts, speed: Speed) -> anyhow::Result<()> {
    if service.supported_features().rate {
        let rate = service.normal_rate() * speed.times() as f32;
        service.set_rate(rate.clamp(service.min_rate(), service.max_rate()))?;
    }
    Ok(())
}

/// Takes the service's first voice of the language; where it has none, the one that is set stays.
fn choose_voice(service: &mut Tts, lang: &Lang) -> anyhow::Result<()> {
    let features = service.supported_features();
    if !features.voice {
        return Ok(());
    }
    let voices = service.voices()?;
    if let Some(voice) = voices
        .iter()
        .find(|v| v.language().primary_language() == lang.primary())
    {
        service.set_voice(voice)?;
    }
    Ok(())
}
