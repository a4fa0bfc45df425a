//! A sound: the segments of a page from some utterance on, made while they are heard.

use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use futures_util::{Stream, StreamExt, future, stream};

use super::key::{SegmentKey, segment_key};
use super::segments::{Manner, Opening, voice_for};
use super::speakers::Urgency;
use super::tags::tags_of;
use super::{Error, Gateway, Understood, work};
use crate::encode::{self, Container, Encoder, Tags};
use crate::model::{
    DataUse, Diction, Format, Lang, Place, Plan, Segment, Speed, Utterance, UtteranceId, VoiceId,
};
use crate::speech;
use crate::voice::{self, Catalogue, Voice};

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
    /// How much of the listener's data it may use.
    pub data: DataUse,
    /// Where to begin; at the beginning where none is given.
    pub from: Option<Place>,
    /// The last that is said; the page's last where none is given.
    pub to: Option<UtteranceId>,
    /// How things are said, as far as the listener has chosen.
    pub diction: Diction,
}

impl SoundWish {
    /// A text from beginning to end, as a program asks for it.
    #[must_use]
    pub fn of(voice: Option<VoiceId>, speed: Speed, format: Format) -> Self {
        Self {
            voice,
            usual_voice: None,
            speed,
            format,
            data: DataUse::Usual,
            from: None,
            to: None,
            diction: Diction::default(),
        }
    }
}

/// A sound that has begun. Dropping it stops the work within an utterance.
pub struct Sound {
    /// Its format.
    pub format: Format,
    /// The page it says.
    pub page: Arc<Understood>,
    /// What is said of it.
    pub plan: Arc<Plan>,
    /// How many utterances it has.
    pub utterances: usize,
    /// What joins its segments.
    pub container: Arc<dyn Container>,
    /// What its file says of itself.
    pub tags: Tags,
    /// The segments in order. An error ends them: what was heard is not the whole.
    pub segments: Pin<Box<dyn Stream<Item = Result<Heard, Arc<Error>>> + Send>>,
}

/// An utterance's segment, in its place. Places that say the same share a segment.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The index of the utterance in the plan.
    pub utterance: usize,
    /// Its sound.
    pub segment: Arc<Segment>,
    /// Could it be spoken? Otherwise the segment says that it could not.
    pub is_spoken: bool,
}

/// Begins a sound: its first segment is ready when this returns, so that what cannot be spoken at
/// all is an answer of its own rather than a silence.
pub(super) async fn open(
    gateway: &Gateway,
    page: Arc<Understood>,
    wish: &SoundWish,
    opening: Option<Opening>,
) -> Result<Sound, Arc<Error>> {
    let asked = Instant::now();
    let permit = gateway.inner.segments.admit()?;
    let waiting = match opening {
        Some(opening) => opening,
        None => gateway.inner.segments.opening()?,
    };
    let planned = planned(gateway, &page, wish).await?;
    let tags = tags_of(&page, &planned, wish.data);
    let Planned {
        plan,
        steps,
        container,
    } = planned;
    let utterances = steps.len();
    let mut steps = steps.into_iter();
    let first = steps.next().ok_or(Error::Empty)?;
    // The first is made alone, since everybody waits for it.
    let opening = made(gateway, &plan, first, Urgency::First).await?;
    drop(waiting);
    let (own, following) = (gateway.clone(), Arc::clone(&plan));
    let making =
        stream::iter(steps).map(move |step| made(&own, &following, step, Urgency::Following));
    let waited = asked.elapsed().as_secs_f64();
    gateway.inner.metrics.first_sound.observe(waited);
    let following = making.buffered(gateway.inner.ahead);
    let all = stream::once(async { Ok(opening) }).chain(following);
    let segments = Box::pin(until_error(all).map(move |heard| {
        let _admitted = &permit; // the listener's place is given back with the stream
        heard
    }));
    Ok(Sound {
        format: wish.format,
        tags,
        page,
        plan,
        utterances,
        container,
        segments,
    })
}

/// Ends a stream with its first error.
fn until_error<T, E>(stream: impl Stream<Item = Result<T, E>>) -> impl Stream<Item = Result<T, E>> {
    stream.scan(false, |has_failed, item| {
        let item = (!*has_failed).then_some(item);
        *has_failed = matches!(item, Some(Err(_)));
        future::ready(item)
    })
}

/// What will be made, and what joins it.
pub(super) struct Planned {
    pub plan: Arc<Plan>,
    pub steps: Vec<Step>,
    pub container: Arc<dyn Container>,
}

/// An utterance, and what it is spoken with.
#[derive(Clone)]
pub(super) struct Step {
    pub utterance: usize,
    pub manner: Manner,
    pub key: SegmentKey,
}

/// Decides what each utterance is spoken with. Voices may have to be looked for, hence off the
/// threads that wait.
pub(super) async fn planned(
    gateway: &Gateway,
    page: &Arc<Understood>,
    wish: &SoundWish,
) -> Result<Planned, Error> {
    let (gateway, page, wish) = (gateway.clone(), Arc::clone(page), wish.clone());
    work::blocking(move || {
        let plan = page.plan(&gateway.options(&page, &wish));
        steps(gateway.voices(), plan, &wish)
    })
    .await?
}

fn steps(voices: &Catalogue, plan: Arc<Plan>, wish: &SoundWish) -> Result<Planned, Error> {
    if let Some(id) = &wish.voice {
        voices.named(id)?;
    }
    let wished = wish.voice.as_ref().or(wish.usual_voice.as_ref());
    let main = &plan.lang;
    let rate = voice_for(voices, wished, main, main)?.rate();
    let encoder: Arc<dyn Encoder> = encode::encoder(wish.format, wish.data, rate)?.into();
    let container = encode::container(wish.format, wish.data, rate)?.into();
    // One voice for a language from beginning to end, also where it is replaced meanwhile.
    let mut chosen: Vec<Chosen> = Vec::new();
    for utterance in &plan.utterances[asked(&plan, wish)?] {
        if !chosen.iter().any(|one| one.is_for(utterance)) {
            let named = utterance.delivery.voice.clone();
            // A voice that a text names and that is not here is as if it named none.
            let here = named.as_ref().filter(|id| voices.named(id).is_ok());
            let voice = voice_for(voices, here.or(wished), &utterance.lang, main)?;
            let lang = utterance.lang.clone();
            chosen.push(Chosen { lang, named, voice });
        }
    }
    let voice_of = |utterance: &Utterance| {
        let found = chosen.iter().find(|one| one.is_for(utterance));
        found.map(|one| &one.voice)
    };
    let is_slow =
        |utterance: &Utterance| voice_of(utterance).is_some_and(|voice| !voice.is_quick());
    let plan = match chosen.iter().all(|one| one.voice.is_quick()) {
        true => Arc::clone(&plan),
        false => Arc::new(speech::shorter(&plan, is_slow)),
    };
    let asked = asked(&plan, wish)?;
    let mut steps = Vec::with_capacity(asked.len());
    for (at, utterance) in asked.clone().zip(&plan.utterances[asked]) {
        let voice = Arc::clone(voice_of(utterance).ok_or(Error::Changed)?);
        let speed = wish.speed.faster(utterance.delivery.rate);
        let key = segment_key(&*voice, utterance, (speed, wish.speed), &*encoder);
        let manner = Manner {
            voice,
            encoder: Arc::clone(&encoder),
            speed,
            wished: wish.speed,
        };
        steps.push(Step {
            utterance: at,
            manner,
            key,
        });
    }
    Ok(Planned {
        plan,
        steps,
        container,
    })
}

/// A voice, and what it speaks.
struct Chosen {
    lang: Lang,
    named: Option<VoiceId>,
    voice: Arc<dyn Voice>,
}

impl Chosen {
    fn is_for(&self, utterance: &Utterance) -> bool {
        self.lang == utterance.lang && self.named == utterance.delivery.voice
    }
}

/// Finds the utterances that are asked for.
fn asked(plan: &Plan, wish: &SoundWish) -> Result<Range<usize>, Error> {
    let place = |place| plan.at(place).ok_or(Error::NoSuchPlace(place));
    let first = wish.from.map_or(Ok(0), place)?;
    match wish.to {
        None => Ok(first..plan.utterances.len()),
        Some(id) => match place(Place::Utterance(id))? {
            last if last < first => Err(Error::NoSuchPlace(Place::Utterance(id))),
            last => {
                let pieces = plan.utterances[last..].iter().take_while(|u| u.id == id);
                Ok(first..last + pieces.count())
            }
        },
    }
}

type Made = Pin<Box<dyn Future<Output = Result<Heard, Arc<Error>>> + Send>>;

fn made(gateway: &Gateway, plan: &Arc<Plan>, step: Step, urgency: Urgency) -> Made {
    let (gateway, plan) = (gateway.clone(), Arc::clone(plan));
    Box::pin(async move {
        let made = work::driven(async move { heard(&gateway, &plan, &step, urgency).await });
        made.await.map_err(Error::from)?
    })
}

/// Makes an utterance's segment. Where it cannot be spoken, the listener is told so in its place;
/// where not even that can be said, or the engine is missing, the sound ends.
pub(super) async fn heard(
    gateway: &Gateway,
    plan: &Plan,
    step: &Step,
    urgency: Urgency,
) -> Result<Heard, Arc<Error>> {
    let segments = &gateway.inner.segments;
    let utterance = &plan.utterances[step.utterance];
    let error = match segments
        .get(step.key, utterance, &step.manner, urgency)
        .await
    {
        Ok(segment) => {
            return Ok(Heard {
                utterance: step.utterance,
                segment,
                is_spoken: true,
            });
        }
        Err(error) => error,
    };
    tracing::warn!(
        error = &*error as &dyn std::error::Error,
        "an utterance cannot be spoken"
    );
    let Some(notice) = notice(utterance, &error) else {
        return Err(error);
    };
    let segment = segments.make(&notice, &step.manner, urgency).await?;
    Ok(Heard {
        utterance: step.utterance,
        segment,
        is_spoken: false,
    })
}

/// Returns what is said in place of an utterance that the voice failed at.
fn notice(utterance: &Utterance, error: &Error) -> Option<Utterance> {
    if !matches!(
        error,
        Error::Voice(voice::Error::Failed(_)) | Error::Encode(_)
    ) {
        return None;
    }
    let spoken = speech::unread(&utterance.lang)?.to_owned();
    Some(Utterance {
        spoken,
        words: Vec::new(),
        ..utterance.clone()
    })
}
