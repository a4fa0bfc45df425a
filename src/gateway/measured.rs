//! A sound whose length is known before it is encoded: any range of its bytes can be asked for.
//!
//! Speaking is quick and encoding is not, and with constant bit rates a segment's bytes follow from
//! its samples. So a new sound is measured by speaking all of it, and only what a range touches is
//! encoded.

use std::borrow::Cow;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};

use super::segments::Admitted;
use super::sound::{Planned, SoundWish, Step, heard, planned};
use super::speakers::Urgency;
use super::tags::tags_of;
use super::{Error, Gateway, Understood, work};
use crate::encode::{Container, Extent, Piece, Position, Whole};
use crate::model::{Format, Plan, Segment};

/// A sound of known length.
pub struct Measured {
    /// Its format.
    pub format: Format,
    gateway: Gateway,
    plan: Arc<Plan>,
    steps: Vec<Step>,
    container: Arc<dyn Container>,
    whole: Whole,
    etag: String,
    permit: Admitted,
}

/// How much may be done to learn a sound's length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measuring {
    /// Speak what has not been spoken yet, where all voices are quick; else as for [`LookUp`](Self::LookUp).
    Speak,
    /// Nothing: where a part is not known, the length is not.
    LookUp,
}

/// Measures a sound; `None` where it may only be looked up and is not known.
pub(super) async fn measured(
    gateway: &Gateway,
    page: Arc<Understood>,
    wish: &SoundWish,
    how: Measuring,
) -> Result<Option<Measured>, Arc<Error>> {
    let planned = planned(gateway, &page, wish).await?;
    let tags = tags_of(&page, &planned, wish.data);
    let Planned {
        plan,
        steps,
        container,
    } = planned;
    let permit = gateway.inner.segments.admit()?;
    // A slow voice is not made to speak all of an article so that its length be known.
    let is_quick = steps.iter().all(|step| step.manner.voice.is_quick());
    let how = if is_quick { how } else { Measuring::LookUp };
    let extents = match how {
        Measuring::LookUp => look_up(gateway, &steps).await,
        Measuring::Speak => match look_up(gateway, &steps).await {
            Some(known) => Some(known),
            None => {
                let _opening = gateway.inner.segments.opening()?;
                Some(speak(gateway, &plan, &steps).await?)
            }
        },
    };
    let Some(extents) = extents else {
        return Ok(None);
    };
    let whole = Whole::new(&*container, &tags, &extents);
    let etag = etag(wish.format, whole.header(), &steps);
    let gateway = gateway.clone();
    let format = wish.format;
    Ok(Some(Measured {
        format,
        gateway,
        plan,
        steps,
        container,
        whole,
        etag,
        permit,
    }))
}

async fn look_up(gateway: &Gateway, steps: &[Step]) -> Option<Vec<Extent>> {
    let mut extents = Vec::with_capacity(steps.len());
    for step in steps {
        extents.push(gateway.inner.segments.known_extent(&step.key).await?);
    }
    Some(extents)
}

async fn speak(
    gateway: &Gateway,
    plan: &Arc<Plan>,
    steps: &[Step],
) -> Result<Vec<Extent>, Arc<Error>> {
    let measuring = stream::iter(steps.to_vec()).map(|step| {
        let (gateway, plan) = (gateway.clone(), Arc::clone(plan));
        work::driven(async move {
            let utterance = &plan.utterances[step.utterance];
            gateway
                .inner
                .segments
                .extent(step.key, utterance, &step.manner)
                .await
        })
    });
    let measured = measuring
        .buffered(gateway.inner.ahead)
        .map(|done| done.map_err(Error::from)?);
    measured.try_collect().await
}

/// Names the bytes: two sounds with the same name are the same, on any machine.
fn etag(format: Format, header: &[u8], steps: &[Step]) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    hash.update(format.extension().as_bytes());
    hash.update(&(header.len() as u64).to_le_bytes());
    hash.update(header); // and with it what the file says of itself
    for step in steps {
        hash.update(&step.key);
    }
    format!("\"{}\"", &hash.finalize().to_hex()[..32])
}

/// A piece of a range that owns what it needs.
enum Part {
    Bytes(Bytes),
    Segment {
        step: Step,
        at: Position,
        range: Range<usize>,
    },
}

impl Measured {
    /// Returns its length in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.whole.len()
    }

    /// Returns its entity tag.
    #[must_use]
    pub fn etag(&self) -> &str {
        &self.etag
    }

    /// Returns all of its bytes in one piece, where they are at most so many and nothing has to be made for them.
    pub async fn whole_at_hand(&self, most: u64) -> Option<Bytes> {
        if self.length() > most {
            return None;
        }
        let mut whole = Vec::with_capacity(usize::try_from(self.length()).ok()?);
        for piece in self.whole.pieces(0..self.length()) {
            let bytes = at_hand(&self.gateway, &*self.container, &self.part(piece)).await?;
            whole.extend_from_slice(&bytes);
        }
        Some(whole.into())
    }

    /// Makes a range of its bytes; what lies outside is left out. Dropping the stream stops the work.
    #[must_use]
    pub fn bytes(
        self,
        range: Range<u64>,
    ) -> Pin<Box<dyn Stream<Item = Result<Bytes, Arc<Error>>> + Send>> {
        let parts: Vec<Part> = self
            .whole
            .pieces(range)
            .into_iter()
            .map(|p| self.part(p))
            .collect();
        let Self {
            gateway,
            plan,
            container,
            permit,
            ..
        } = self;
        let ahead = gateway.inner.ahead;
        let making = stream::iter(parts).map(move |part| {
            let (gateway, plan) = (gateway.clone(), Arc::clone(&plan));
            let container = Arc::clone(&container);
            async move {
                // What is at hand needs no task of its own.
                if let Some(bytes) = at_hand(&gateway, &*container, &part).await {
                    return Ok(bytes);
                }
                let made =
                    work::driven(async move { made(&gateway, &plan, &*container, part).await });
                made.await.map_err(Error::from)?
            }
        });
        Box::pin(making.buffered(ahead).map(move |bytes| {
            let _admitted = &permit; // the listener's place is given back with the stream
            bytes
        }))
    }

    fn part(&self, piece: Piece<'_>) -> Part {
        match piece {
            Piece::Bytes(bytes) => Part::Bytes(Bytes::copy_from_slice(bytes)),
            Piece::Segment { index, at, range } => Part::Segment {
                step: self.steps[index].clone(),
                at,
                range,
            },
        }
    }
}

/// Returns a part for which nothing has to be made.
async fn at_hand(gateway: &Gateway, container: &dyn Container, part: &Part) -> Option<Bytes> {
    match part {
        Part::Bytes(bytes) => Some(bytes.clone()),
        Part::Segment { step, at, range } => {
            let segment = gateway.inner.segments.at_hand(&step.key).await?;
            cut(container, *at, &segment, range)
        }
    }
}

/// Returns a range of a segment's bytes as they stand in the stream, copied only where the container
/// changes them.
fn cut(
    container: &dyn Container,
    at: Position,
    segment: &Segment,
    range: &Range<usize>,
) -> Option<Bytes> {
    let wrapped = match container.wrap(at, &segment.bytes) {
        Cow::Borrowed(_) => Bytes::from_owner(Arc::clone(&segment.bytes)),
        Cow::Owned(wrapped) => wrapped.into(),
    };
    (range.end <= wrapped.len()).then(|| wrapped.slice(range.clone()))
}

async fn made(
    gateway: &Gateway,
    plan: &Plan,
    container: &dyn Container,
    part: Part,
) -> Result<Bytes, Arc<Error>> {
    let (step, at, range) = match part {
        Part::Bytes(bytes) => return Ok(bytes),
        Part::Segment { step, at, range } => (step, at, range),
    };
    let heard = heard(gateway, plan, &step, Urgency::Following).await?;
    // What is said in place of an utterance that was measured is not the bytes that were promised.
    if !heard.is_spoken {
        return Err(Error::Changed.into());
    }
    let bytes = cut(container, at, &heard.segment, &range).ok_or(Error::Changed)?;
    Ok(bytes)
}
