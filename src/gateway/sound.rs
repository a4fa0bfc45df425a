//! A sound: the segments of a page from some utterance on, made while they are heard.

use std::pin::Pin;
use std::sync::Arc;

use futures_util::{Stream, StreamExt, stream};

use super::segments::{Manner, encoder_for, voice_for};
use super::{Error, Gateway, Understood};
use crate::encode::{self, Container, Tags};
use crate::model::{DataUse, Format, Segment, Speed, Utterance, UtteranceId, VoiceId};

/// How a page is to sound.
#[derive(Clone, Debug)]
pub struct SoundWish {
    /// The voice that was asked for; it must be there, and speaks the passages in its language.
    pub voice: Option<VoiceId>,
    /// The voice that is usual for this reader, where it is there and none was asked for.
    pub usual_voice: Option<VoiceId>,
    /// The speed.
    pub speed: Speed,
    /// The format.
    pub format: Format,
    /// Where to begin; at the beginning where none is given.
    pub from: Option<UtteranceId>,
}

/// A sound that has begun. Dropping it stops the work within an utterance.
pub struct Sound {
    /// Its format.
    pub format: Format,
    /// What it says.
    pub page: Arc<Understood>,
    /// How many utterances it has.
    pub utterances: usize,
    /// What joins its segments.
    pub container: Arc<dyn Container>,
    /// What its file says of itself.
    pub tags: Tags,
    /// The segments in order. One that could not be spoken, tried twice, is left out and logged.
    pub segments: Pin<Box<dyn Stream<Item = Arc<Segment>> + Send>>,
}

/// Begins a sound: its first segment is ready when this returns, so that what cannot be spoken at
/// all is an answer of its own rather than a silence.
pub(super) async fn open(
    gateway: &Gateway,
    page: Arc<Understood>,
    wish: &SoundWish,
) -> Result<Sound, Arc<Error>> {
    if let Some(id) = &wish.voice {
        gateway.inner.voices.named(id).map_err(Error::from)?;
    }
    let permit = gateway.inner.segments.admit()?;
    let first = first_utterance(&page, wish.from)?;
    let planned = manners(gateway, &page, wish, first)?;
    let utterances = planned.len();
    let rate = planned.first().map(|(_, manner)| manner.voice.rate());
    let rate = rate.ok_or(Error::Empty)?;
    let container = encode::container(wish.format, DataUse::Usual, rate).map_err(Error::from)?;
    let making = stream::iter(planned).map(segment_of(gateway.clone()));
    let mut segments = Box::pin(making.buffered(gateway.inner.ahead));
    let opening = segments.next().await.ok_or(Error::Empty)??;
    let rest = segments.filter_map(|made| async move { made.map_err(log_left_out).ok() });
    let all = stream::once(async { opening }).chain(rest);
    let segments = Box::pin(all.map(move |segment| {
        let _admitted = &permit; // the listener's place is given back with the stream
        segment
    }));
    Ok(Sound {
        format: wish.format,
        page,
        utterances,
        container: container.into(),
        tags: Tags::default(),
        segments,
    })
}

fn first_utterance(page: &Understood, from: Option<UtteranceId>) -> Result<usize, Error> {
    let Some(id) = from else { return Ok(0) };
    let found = page.plan.utterances.iter().position(|u| u.id == id);
    found.ok_or(Error::NoSuchUtterance(id))
}

/// Decides for each utterance what it is spoken with. All share one encoder, since the bytes of a
/// stream have one rate.
fn manners(
    gateway: &Gateway,
    page: &Arc<Understood>,
    wish: &SoundWish,
    first: usize,
) -> Result<Vec<(Utterance, Manner)>, Error> {
    let main = &page.plan.lang;
    let wished = wish.voice.as_ref().or(wish.usual_voice.as_ref());
    let mut planned = Vec::new();
    let mut encoder = None;
    for utterance in &page.plan.utterances[first..] {
        let voice = voice_for(&gateway.inner.voices, wished, &utterance.lang, main)?;
        let encoder = match &encoder {
            Some(encoder) => Arc::clone(encoder),
            None => Arc::clone(encoder.insert(encoder_for(wish.format, voice.rate())?)),
        };
        let manner = Manner {
            voice,
            encoder,
            speed: wish.speed,
        };
        planned.push((utterance.clone(), manner));
    }
    if planned.is_empty() {
        Err(Error::Empty)
    } else {
        Ok(planned)
    }
}

type Made = Pin<Box<dyn Future<Output = Result<Arc<Segment>, Arc<Error>>> + Send>>;

fn segment_of(gateway: Gateway) -> impl FnMut((Utterance, Manner)) -> Made {
    move |(utterance, manner)| {
        let gateway = gateway.clone();
        Box::pin(async move { gateway.inner.segments.get(&utterance, &manner).await })
    }
}

fn log_left_out(error: Arc<Error>) {
    tracing::warn!(
        error = &*error as &dyn std::error::Error,
        "an utterance was left out"
    );
}
