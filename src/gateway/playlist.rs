//! A sound as a playlist: parts of equal length that a player fetches one by one (HLS).
//!
//! Parts are cut before frames of MP3, not between sentences, so that all of them last as long as the
//! playlist says. A part names the utterance that it begins in and the frames of it that come before, so
//! that any machine can make it without the parts before it.
//!
//! With a quick voice the first answer lists the whole sound. With another the list grows ahead of the
//! player, who asks for it again and again, and stops to grow when nobody does.
//!
//! Source: RFC 8216.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use moka::future::Cache;
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;

use super::segments::Admitted;
use super::sound::{Planned, SoundWish, Step, heard, planned};
use super::speakers::Urgency;
use super::{Error, Gateway, Understood, work};
use crate::encode::{Extent, Mp3};
use crate::model::{DataUse, Format, Place, Plan, UtteranceId};

/// How long a part is, and the first, for which a listener waits.
const PART_SECONDS: u64 = 6;
const FIRST_PART_SECONDS: u64 = 2;
/// How far ahead of the player a slow voice goes on.
const AHEAD_SECONDS: u64 = 120;
/// When nobody has asked for so long, it stops.
const IDLE: Duration = Duration::from_secs(60);
/// How long the first answer waits for the end of what a quick voice says.
const PATIENCE: Duration = Duration::from_secs(2);

/// A sound in parts, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Playlist {
    /// The parts, in order.
    pub parts: Vec<Part>,
    /// Are these all?
    pub is_whole: bool,
    /// Samples a second.
    pub rate: u32,
    /// Samples of a frame.
    pub frame_samples: u64,
}

/// A part of a sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The utterance in which it begins.
    pub from: UtteranceId,
    /// How many frames of that utterance's segment come before it.
    pub skip: u64,
    /// Its frames.
    pub frames: u64,
    /// The samples of the sound before it.
    pub at: u64,
}

impl Playlist {
    /// Returns what no part is longer than, in seconds.
    pub const MOST_SECONDS: u64 = PART_SECONDS;

    /// Returns how long a part is, in seconds.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "seconds at most")]
    pub fn seconds(&self, part: &Part) -> f64 {
        (part.frames * self.frame_samples) as f64 / f64::from(self.rate)
    }
}

/// The playlists that are growing.
pub(super) struct Playlists {
    growing: Cache<[u8; 32], Arc<Growing>>,
}

impl Playlists {
    pub(super) fn new(most: usize) -> Self {
        let growing = Cache::builder()
            .max_capacity(most as u64)
            .time_to_idle(IDLE)
            .build();
        Self { growing }
    }
}

/// A sound whose lengths become known. Dropping it stops the work within an utterance.
struct Growing {
    progress: watch::Receiver<Progress>,
    /// The samples that the player knew of when it last asked.
    asked: watch::Sender<u64>,
    _work: AbortOnDropHandle<()>,
}

#[derive(Default)]
struct Progress {
    extents: Vec<Extent>,
    end: Option<Result<(), Arc<Error>>>,
}

impl Progress {
    fn samples(&self) -> u64 {
        self.extents.iter().map(|extent| extent.samples).sum()
    }
}

/// Lists the parts of a page's sound as far as they are known, the first at least.
pub(super) async fn playlist(
    gateway: &Gateway,
    page: Arc<Understood>,
    wish: &SoundWish,
) -> Result<Playlist, Arc<Error>> {
    let planned = planned(gateway, &page, wish).await?;
    let cut = Cut::of(&planned.steps, wish.data)?;
    let ids = ids(&planned);
    let is_quick = planned
        .steps
        .iter()
        .all(|step| step.manner.voice.is_quick());
    let growing = growing(gateway, planned, cut.rate, is_quick).await?;
    let progress = &mut growing.progress.clone();
    let is_done = |progress: &Progress| progress.end.is_some();
    if is_quick {
        // Where it takes longer, the player asks again.
        let _ = tokio::time::timeout(PATIENCE, progress.wait_for(is_done)).await;
    }
    let has_part = |progress: &Progress| !cut.parts(&progress.extents, &ids, false).is_empty();
    let known = progress.wait_for(|progress| is_done(progress) || has_part(progress));
    let known = known.await.map_err(|_| Error::Busy)?;
    growing.asked.send_replace(known.samples());
    if let Some(Err(error)) = &known.end
        && !has_part(&known)
    {
        return Err(Arc::clone(error));
    }
    let is_whole = matches!(known.end, Some(Ok(())));
    Ok(Playlist {
        parts: cut.parts(&known.extents, &ids, known.end.is_some()),
        is_whole,
        rate: cut.rate,
        frame_samples: cut.frame_samples,
    })
}

/// Makes the bytes of a part: the time at which it is played, then its frames. `wish` begins where the
/// part does.
pub(super) async fn part(
    gateway: &Gateway,
    page: Arc<Understood>,
    wish: &SoundWish,
    part: Part,
) -> Result<Bytes, Arc<Error>> {
    let wish = SoundWish {
        from: Some(Place::Utterance(part.from)),
        format: Format::Mp3,
        ..wish.clone()
    };
    let _admitted = gateway.inner.segments.admit()?;
    let planned = planned(gateway, &page, &wish).await?;
    let cut = Cut::of(&planned.steps, wish.data)?;
    let mut bytes = cut.mp3.timestamp(part.at);
    let mut frames = part.skip
        ..part
            .skip
            .saturating_add(part.frames.min(cut.frames(PART_SECONDS)));
    let mut has_begun = false;
    for step in planned.steps {
        if has_begun && frames.is_empty() {
            break;
        }
        let utterance = step.utterance;
        let (gateway, plan) = (gateway.clone(), Arc::clone(&planned.plan));
        let made =
            work::driven(async move { heard(&gateway, &plan, &step, Urgency::Following).await });
        let segment = made.await.map_err(Error::from)??.segment;
        let all = segment.samples / cut.frame_samples;
        let is_within = planned.plan.utterances[utterance].id == part.from;
        if !is_within && !has_begun {
            return Err(Error::NoSuchPlace(Place::Utterance(part.from)).into()); // the page has changed
        }
        has_begun |= is_within && frames.start < all;
        let here = frames.start.min(all)..frames.end.min(all);
        bytes.extend_from_slice(cut.bytes(&segment.bytes, &here).ok_or(Error::Changed)?);
        frames = frames.start.saturating_sub(all)..frames.end.saturating_sub(all);
    }
    if !has_begun {
        return Err(Error::NoSuchPlace(Place::Utterance(part.from)).into());
    }
    Ok(bytes.into())
}

fn ids(planned: &Planned) -> Vec<UtteranceId> {
    let utterances = &planned.plan.utterances;
    let steps = planned.steps.iter();
    steps.map(|step| utterances[step.utterance].id).collect()
}

/// How sound is cut into parts.
struct Cut {
    mp3: Mp3,
    rate: u32,
    frame_samples: u64,
}

impl Cut {
    fn of(steps: &[Step], data: DataUse) -> Result<Self, Error> {
        let rate = steps.first().ok_or(Error::Empty)?.manner.encoder.rate();
        let mp3 = Mp3::new(rate, data)?;
        let frame_samples = mp3.frame_samples();
        Ok(Self {
            mp3,
            rate,
            frame_samples,
        })
    }

    /// Returns the frames that last no longer than so many seconds.
    fn frames(&self, seconds: u64) -> u64 {
        seconds * u64::from(self.rate) / self.frame_samples
    }

    fn bytes<'a>(&self, segment: &'a [u8], frames: &Range<u64>) -> Option<&'a [u8]> {
        let bytes = self.mp3.bytes_of_frames(frames);
        segment.get(usize::try_from(bytes.start).ok()?..usize::try_from(bytes.end).ok()?)
    }

    /// Cuts known segments into parts; what is left over is a part where nothing follows.
    fn parts(&self, segments: &[Extent], ids: &[UtteranceId], is_end: bool) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut begin = 0; // frames
        let mut wanted = self.frames(FIRST_PART_SECONDS);
        let mut open: Option<Part> = None;
        let mut before = None; // the utterance that is being cut, and its frames in pieces before this one
        for (segment, id) in segments.iter().zip(ids) {
            let all = segment.samples / self.frame_samples;
            let earlier = match before {
                Some((other, frames)) if other == *id => frames,
                _ => 0,
            };
            before = Some((*id, earlier + all));
            let mut skip = 0;
            while skip < all {
                let part = open.get_or_insert(Part {
                    from: *id,
                    skip: earlier + skip,
                    frames: 0,
                    at: begin * self.frame_samples,
                });
                let taken = (all - skip).min(wanted - part.frames);
                (part.frames, skip, begin) = (part.frames + taken, skip + taken, begin + taken);
                if part.frames == wanted {
                    parts.extend(open.take());
                    wanted = self.frames(PART_SECONDS);
                }
            }
        }
        parts.extend(open.filter(|_| is_end));
        parts
    }
}

/// Returns the growing sound of these utterances; it begins to grow where it did not.
async fn growing(
    gateway: &Gateway,
    planned: Planned,
    rate: u32,
    is_quick: bool,
) -> Result<Arc<Growing>, Arc<Error>> {
    let mut key = blake3::Hasher::new();
    for step in &planned.steps {
        key.update(&step.key);
    }
    let begin = async {
        let permit = gateway.inner.segments.admit()?;
        let most_ahead = if is_quick {
            u64::MAX
        } else {
            AHEAD_SECONDS * u64::from(rate)
        };
        let (told, progress) = watch::channel(Progress::default());
        let (asked, ask) = watch::channel(0);
        let grower = Grower {
            gateway: gateway.clone(),
            told,
            ask,
            most_ahead,
            is_quick,
            _admitted: permit,
        };
        let work = work::driven(grower.grow(planned.plan, planned.steps));
        Ok::<_, Error>(Arc::new(Growing {
            progress,
            asked,
            _work: work,
        }))
    };
    let growing = &gateway.inner.playlists.growing;
    growing.try_get_with(key.finalize().into(), begin).await
}

/// What makes a playlist grow.
struct Grower {
    gateway: Gateway,
    told: watch::Sender<Progress>,
    ask: watch::Receiver<u64>,
    /// Samples beyond those that the player knows of.
    most_ahead: u64,
    is_quick: bool,
    _admitted: Admitted,
}

impl Grower {
    async fn grow(mut self, plan: Arc<Plan>, steps: Vec<Step>) {
        let (gateway, is_quick) = (self.gateway.clone(), self.is_quick);
        let ahead = gateway.inner.ahead;
        let making = stream::iter(steps).map(|step| {
            let (gateway, plan) = (gateway.clone(), Arc::clone(&plan));
            work::driven(async move { length(&gateway, &plan, &step, is_quick).await })
        });
        let mut making = making.buffered(ahead);
        let mut end = Ok(());
        while let Some(made) = making.next().await {
            match made.map_err(|broken| Arc::new(Error::from(broken))) {
                Ok(Ok(extent)) => self.told.send_modify(|known| known.extents.push(extent)),
                Ok(Err(error)) | Err(error) => {
                    end = Err(error);
                    break;
                }
            }
            let known = self.told.borrow().samples();
            let is_near = |asked: &u64| known <= asked.saturating_add(self.most_ahead);
            if self.ask.wait_for(is_near).await.is_err() {
                return; // nobody can ask any more
            }
        }
        self.told.send_modify(|known| known.end = Some(end));
    }
}

/// Learns how long an utterance is: by speaking alone where that is quick, else by making what will be
/// heard anyway.
async fn length(
    gateway: &Gateway,
    plan: &Plan,
    step: &Step,
    is_quick: bool,
) -> Result<Extent, Arc<Error>> {
    if is_quick {
        let utterance = &plan.utterances[step.utterance];
        let segments = &gateway.inner.segments;
        if let Ok(extent) = segments.extent(step.key, utterance, &step.manner).await {
            return Ok(extent);
        }
    }
    heard(gateway, plan, step, Urgency::Following)
        .await
        .map(|heard| Extent::from(&*heard.segment))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts segments of so many frames each.
    fn parts(frames: &[u64], is_end: bool) -> Vec<(String, u64, u64, u64)> {
        let cut = Cut {
            mp3: Mp3::new(24_000, DataUse::Usual).expect("a rate of MP3"),
            rate: 24_000,
            frame_samples: 576,
        };
        let extent = |frames: &u64| Extent {
            samples: frames * 576,
            bytes: 0,
        };
        let segments: Vec<_> = frames.iter().map(extent).collect();
        let ids: Vec<_> = (1..).map(UtteranceId).take(frames.len()).collect();
        let parts = cut.parts(&segments, &ids, is_end).into_iter();
        parts
            .map(|part| (part.from.to_string(), part.skip, part.frames, part.at / 576))
            .collect()
    }

    #[test]
    fn parts_are_of_one_length_but_for_the_first_and_the_last() {
        let part = |from: &str, skip, frames, at| (from.to_owned(), skip, frames, at);
        assert_eq!(
            parts(&[100, 300, 10, 200], true),
            [
                part("s1", 0, 83, 0),
                part("s1", 83, 250, 83),
                part("s2", 233, 250, 333),
                part("s4", 173, 27, 583),
            ]
        );
    }

    #[test]
    fn what_may_still_grow_is_no_part_yet() {
        assert!(parts(&[82], false).is_empty());
        assert_eq!(parts(&[82], true).len(), 1);
        assert_eq!(parts(&[83, 249], false).len(), 1);
        assert_eq!(parts(&[83, 250, 0], false).len(), 2);
        assert!(parts(&[], true).is_empty());
    }
}
