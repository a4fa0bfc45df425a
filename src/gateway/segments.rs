//! Segments: utterances spoken and encoded once, shared by all who hear them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use moka::future::Cache;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::key::SegmentKey;
use super::metric::{Counted, Had, Metrics};
use super::speakers::{Speakers, Speaking, Urgency};
use super::{Bounds, Error, stored, work};
use crate::encode::{self, Encoder, Extent, Length};
use crate::model::{Lang, Segment, Speed, SpokenSound, Utterance, VoiceId, WordTime};
use crate::store::Store;
use crate::voice::{self, Voice};

/// The segments at hand, and the right to make more.
pub(super) struct Segments {
    kept: Cache<SegmentKey, Arc<Segment>>,
    /// What segments measure, kept longer than they are.
    extents: Cache<SegmentKey, Extent>,
    /// Where segments outlive this process.
    store: Option<Arc<dyn Store>>,
    speakers: Arc<Speakers>,
    listeners: Arc<Semaphore>,
    openings: Arc<Semaphore>,
    metrics: Metrics,
}

/// A listener's place; it is given back with this value.
pub(super) struct Admitted {
    _permit: OwnedSemaphorePermit,
    _counted: Counted,
}

/// The place of a listener who waits for their first sound; it is given back with this value.
pub struct Opening {
    _permit: OwnedSemaphorePermit,
}

/// The right to speak; it is given back with this value.
struct Turn {
    _speaking: Speaking,
    _counted: Counted,
}

/// How many extents are kept; each takes about a hundred bytes.
const MOST_EXTENTS: u64 = 200_000;

/// No store keeps the segment.
struct NotKept;

/// What an utterance is spoken with.
#[derive(Clone)]
pub(super) struct Manner {
    pub voice: Arc<dyn Voice>,
    pub encoder: Arc<dyn Encoder>,
    pub speed: Speed,
    /// The speed that the listener wishes, by which pauses are shorter or longer.
    pub wished: Speed,
}

impl Segments {
    pub(super) fn new(bounds: &Bounds, metrics: Metrics) -> Self {
        let kept = Cache::builder()
            .weigher(|_, segment: &Arc<Segment>| weight(segment))
            .max_capacity(bounds.segment_bytes)
            .build();
        Self {
            kept,
            extents: Cache::new(MOST_EXTENTS),
            store: None,
            speakers: Speakers::new(bounds.speakers),
            openings: Arc::new(Semaphore::new(bounds.openings)),
            listeners: Arc::new(Semaphore::new(bounds.listeners)),
            metrics,
        }
    }

    /// Keeps segments in a store too.
    pub(super) fn keep_in(&mut self, store: Arc<dyn Store>) {
        self.store = Some(store);
    }

    /// Admits a listener, at once or not at all.
    pub(super) fn admit(&self) -> Result<Admitted, Error> {
        let permit = Arc::clone(&self.listeners).try_acquire_owned();
        Ok(Admitted {
            _permit: permit.map_err(|_| Error::Busy)?,
            _counted: Counted::in_(&self.metrics.listeners),
        })
    }

    /// Lets a listener wait for their first sound, or sends them away at once.
    pub(super) fn opening(&self) -> Result<Opening, Error> {
        let permit = Arc::clone(&self.openings).try_acquire_owned();
        Ok(Opening {
            _permit: permit.map_err(|_| Error::Busy)?,
        })
    }

    /// Returns an utterance's segment: the one at hand, the one that is being made, one that was kept, or
    /// a new one.
    pub(super) async fn get(
        &self,
        key: SegmentKey,
        utterance: &Utterance,
        manner: &Manner,
        urgency: Urgency,
    ) -> Result<Arc<Segment>, Arc<Error>> {
        if let Some(segment) = self.kept.get(&key).await {
            self.metrics.segment(Had::Memory);
            return Ok(segment);
        }
        let segment = self
            .kept
            .try_get_with(key, self.stored_or_made(key, utterance, manner, urgency))
            .await?;
        self.extents.insert(key, Extent::from(&*segment)).await;
        Ok(segment)
    }

    /// Returns a segment that is in memory.
    pub(super) async fn at_hand(&self, key: &SegmentKey) -> Option<Arc<Segment>> {
        self.kept.get(key).await
    }

    async fn stored_or_made(
        &self,
        key: SegmentKey,
        utterance: &Utterance,
        manner: &Manner,
        urgency: Urgency,
    ) -> Result<Arc<Segment>, Error> {
        if let Some(segment) = self.stored(key).await {
            self.metrics.segment(Had::Store);
            return Ok(segment);
        }
        let made = self.make(utterance, manner, urgency).await;
        let how = if made.is_ok() { Had::Made } else { Had::Failed };
        self.metrics.segment(how);
        let segment = made?;
        if let Some(store) = &self.store
            && let Some(written) = stored::written(&segment)
        {
            store.put(key, &written);
        }
        Ok(segment)
    }

    /// Returns the segment that the store keeps. Where it cannot be read it is made anew, so that a
    /// listener hears nothing of a failing disk.
    async fn stored(&self, key: SegmentKey) -> Option<Arc<Segment>> {
        match self.store.as_ref()?.get(key).await {
            Ok(found) => stored::read(&found?).map(Arc::new),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "a kept segment cannot be read"
                );
                None
            }
        }
    }

    /// Returns what a segment measures, if that is known or the segment is kept.
    pub(super) async fn known_extent(&self, key: &SegmentKey) -> Option<Extent> {
        if let Some(extent) = self.extents.get(key).await {
            return Some(extent);
        }
        self.store.as_ref()?;
        let found = self
            .kept
            .try_get_with(*key, async { self.stored(*key).await.ok_or(NotKept) });
        let extent = Extent::from(&*found.await.ok()?);
        self.extents.insert(*key, extent).await;
        Some(extent)
    }

    /// Returns what an utterance's segment measures or will measure. It is encoded only where the
    /// format's sizes cannot be known otherwise.
    pub(super) async fn extent(
        &self,
        key: SegmentKey,
        utterance: &Utterance,
        manner: &Manner,
    ) -> Result<Extent, Arc<Error>> {
        if manner.encoder.size(0).is_none() {
            return self
                .get(key, utterance, manner, Urgency::Following)
                .await
                .map(|segment| Extent::from(&*segment));
        }
        if let Some(known) = self.known_extent(&key).await {
            return Ok(known);
        }
        self.extents
            .try_get_with(key, self.measure(utterance, manner))
            .await
    }

    async fn measure(&self, utterance: &Utterance, manner: &Manner) -> Result<Extent, Error> {
        let turn = self.turn(Urgency::Following).await;
        let (utterance, manner) = (utterance.clone(), manner.clone());
        let speaking = work::speaking(move || {
            let _turn = turn;
            let sound = spoken(&utterance, &*manner.voice, (manner.speed, manner.wished))?;
            let samples = manner.encoder.padded(Length::of(&sound.pcm));
            let bytes = manner.encoder.size(samples).ok_or(Error::Changed)?;
            Ok(Extent { samples, bytes })
        });
        speaking.await
    }

    /// Waits for the right to speak.
    async fn turn(&self, urgency: Urgency) -> Turn {
        let _waiting = Counted::in_(&self.metrics.waiting);
        Turn {
            _speaking: self.speakers.turn(urgency).await,
            _counted: Counted::in_(&self.metrics.speaking),
        }
    }

    /// Speaks an utterance, whatever is at hand, once it is its turn.
    pub(super) async fn make(
        &self,
        utterance: &Utterance,
        manner: &Manner,
        urgency: Urgency,
    ) -> Result<Arc<Segment>, Error> {
        let turn = self.turn(urgency).await;
        let (utterance, manner) = (utterance.clone(), manner.clone());
        let metrics = self.metrics.clone();
        let speaking = work::speaking(move || {
            let _turn = turn; // held until the work ends, even when nobody waits for it any more
            let began = Instant::now();
            let speeds = (manner.speed, manner.wished);
            let made = speak_at(&utterance, &*manner.voice, speeds, &*manner.encoder)?;
            let seconds = made.samples as f64 / f64::from(made.rate.max(1));
            metrics.spoken(Duration::from_secs_f64(seconds), began.elapsed());
            Ok(made)
        });
        speaking.await.map(Arc::new)
    }
}

/// Speaks and encodes one utterance with the pause after it. Blocks; pure but for the voice.
///
/// # Errors
/// Where the voice or the encoder fails.
pub fn speak_utterance(
    utterance: &Utterance,
    voice: &dyn Voice,
    speed: Speed,
    encoder: &dyn Encoder,
) -> Result<Segment, Error> {
    speak_at(utterance, voice, (speed, speed), encoder)
}

/// Speaks and encodes one utterance: its words at one speed, the pause after it at another.
fn speak_at(
    utterance: &Utterance,
    voice: &dyn Voice,
    speeds: (Speed, Speed),
    encoder: &dyn Encoder,
) -> Result<Segment, Error> {
    let mut sound = spoken(utterance, voice, speeds)?;
    encode::leveled(&mut sound.pcm, voice.gain_db());
    let encoded = encoder.segment(&sound.pcm)?;
    Ok(Segment {
        bytes: encoded.bytes.into(),
        rate: encoder.rate(),
        samples: encoded.samples,
        words: word_times(
            utterance,
            &at_rate(sound.words, sound.pcm.rate, encoder.rate()),
        ),
    })
}

/// Speaks an utterance with the pause after it.
fn spoken(
    utterance: &Utterance,
    voice: &dyn Voice,
    (speed, wished): (Speed, Speed),
) -> Result<SpokenSound, voice::Error> {
    let mut sound = voice.speak(&utterance.spoken, speed)?;
    sound
        .pcm
        .append_silence(f64::from(utterance.pause_ms) / wished.times());
    Ok(sound)
}

/// Counts the places of events in samples of another rate.
fn at_rate(events: Vec<(usize, u64)>, from: u32, to: u32) -> Vec<(usize, u64)> {
    let place = |sample: u64| sample * u64::from(to) / u64::from(from.max(1));
    let each = events.into_iter();
    each.map(|(at, sample)| (at, place(sample))).collect()
}

/// Gives each sounding word its place among the utterance's words: an event belongs to the word in
/// which its byte lies; of several events in one word the first counts.
fn word_times(utterance: &Utterance, events: &[(usize, u64)]) -> Vec<WordTime> {
    let mut times: Vec<WordTime> = Vec::with_capacity(events.len());
    let mut word = 0;
    for &(at, sample) in events {
        while utterance
            .words
            .get(word)
            .is_some_and(|w| w.spoken.end <= at)
        {
            word += 1;
        }
        let begun = times.last().is_some_and(|t| t.word >= word);
        if word < utterance.words.len() && !begun {
            times.push(WordTime { word, sample });
        }
    }
    times
}

fn weight(segment: &Segment) -> u32 {
    let words = segment.words.len() * size_of::<WordTime>();
    u32::try_from(segment.bytes.len() + words + 128).unwrap_or(u32::MAX)
}

/// Returns what an utterance is spoken with: the wished voice where it speaks the language, else
/// the language's first, else the one that speaks the rest.
pub(super) fn voice_for(
    catalogue: &voice::Catalogue,
    wish: Option<&VoiceId>,
    lang: &Lang,
    main: &Lang,
) -> Result<Arc<dyn Voice>, voice::Error> {
    match catalogue.choose(wish, lang) {
        Err(voice::Error::NoVoiceForLanguage(_)) if lang != main => catalogue.choose(wish, main),
        chosen => chosen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Delivery, Role, SpokenWord, UtteranceId};

    fn utterance(words: &[&str]) -> Utterance {
        let mut spoken = String::new();
        let mut places = Vec::new();
        for word in words {
            let start = spoken.len();
            spoken.push_str(word);
            places.push(SpokenWord {
                spoken: start..spoken.len(),
                written: start..spoken.len(),
            });
            spoken.push(' ');
        }
        Utterance {
            id: UtteranceId(1),
            role: Role::Paragraph,
            block: None,
            lang: Lang::vi(),
            written: 0..spoken.len(),
            spoken,
            words: places,
            pause_ms: 0,
            delivery: Delivery::default(),
        }
    }

    #[track_caller]
    fn check(events: &[(usize, u64)], expected: &[(usize, u64)]) {
        let times = word_times(&utterance(&["ab", "cd", "ef"]), events);
        let got: Vec<_> = times.iter().map(|t| (t.word, t.sample)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn each_event_finds_its_word() {
        check(&[(0, 0), (3, 10), (6, 20)], &[(0, 0), (1, 10), (2, 20)]);
    }

    #[test]
    fn a_word_begins_once_and_events_past_the_end_are_nobodys() {
        check(&[(0, 0), (1, 5), (6, 20), (99, 30)], &[(0, 0), (2, 20)]);
    }
}
