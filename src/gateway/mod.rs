//! The story: an address becomes a page to read and a sound to hear.
//!
//! All waiting, sharing and cancelling happens here. A page is fetched and understood once for all
//! who ask for it at the same time; an utterance is spoken once for all who hear it; work is drawn
//! by the listener, so that one who leaves stops it within an utterance.

mod error;
mod intake;
mod key;
mod lexicons;
mod marks;
mod measured;
mod metric;
mod pages;
mod pictures;
mod playlist;
mod queue;
mod segments;
mod sound;
mod source;
mod speakers;
mod stitch;
mod stored;
mod tags;
mod turn;
mod understood;
mod wording;
mod work;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use url::Url;

pub use error::Error;
pub use lexicons::{LexiconFileError, LexiconSource, Lexicons};
pub use marks::{CAPTIONS_HEADER, Follower, Mark, MarkKind};
pub use measured::{Measured, Measuring};
pub use metric::{Label, Metrics};
pub use playlist::{Part, Playlist};
pub use segments::{Opening, speak_utterance};
pub use sound::{Heard, Sound, SoundWish};
pub use source::{Held, PastedId, Source, Turned};
pub use understood::Understood;
pub use wording::Wording;

use crate::extract::{Rules, Sheet};
use crate::fetch::Fetcher;
use crate::model::{Document, PictureId, PictureWidth, Plan, Step, VoiceId};
use crate::picture::Picture;
use crate::store::Store;
use crate::voice::{Catalogue, Description, Listed};
use crate::{extract, html, speech};

/// How much the gateway keeps and does at once.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Most bytes of understood pages that are kept.
    pub page_bytes: u64,
    /// Most bytes of pictures that are kept.
    pub picture_bytes: u64,
    /// Most bytes of encoded sound that are kept.
    pub segment_bytes: u64,
    /// How long a page is taken as still the same, in seconds, where its host does not say.
    pub page_seconds: u64,
    /// How long past that it may stand in for a host that fails, in seconds.
    pub stale_seconds: u64,
    /// Pages fetched and understood at once; one more waits.
    pub fetches: usize,
    /// Utterances spoken at once, over all listeners.
    pub speakers: usize,
    /// Utterances in the making for one listener, the awaited one among them.
    pub ahead: usize,
    /// Pages that wait to be fetched; one more is asked to come back.
    pub waiting_fetches: usize,
    /// Listeners at once; one more is asked to come back.
    pub listeners: usize,
    /// Listeners who wait for their first sound; one more is asked to come back.
    pub openings: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            page_bytes: 64 << 20,
            picture_bytes: 32 << 20,
            segment_bytes: 128 << 20,
            page_seconds: 300,
            stale_seconds: 24 * 3600,
            fetches: 16,
            speakers: cores,
            ahead: (2 * cores).clamp(4, 16),
            waiting_fetches: 512,
            listeners: 800,
            // Those of a village who hear of the same news; their sound comes within a second or two.
            openings: 256.max(64 * cores),
        }
    }
}

/// Everything between a reader's address and what they read and hear. Cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    inner: Arc<Inner>,
}

struct Inner {
    metrics: Metrics,
    pages: pages::Pages,
    pictures: Arc<pictures::Pictures>,
    segments: Arc<segments::Segments>,
    playlists: Arc<playlist::Playlists>,
    voices: Arc<Catalogue>,
    wording: Wording,
    ahead: usize,
}

impl Gateway {
    /// Puts fetching, reading by an operator's `rules`, and speaking together. Nothing is started yet.
    #[must_use]
    pub fn new(fetcher: Fetcher, rules: Rules, voices: Arc<Catalogue>, bounds: Bounds) -> Self {
        let metrics = Metrics::default();
        let inner = Inner {
            pages: pages::Pages::new(fetcher, rules, &bounds, metrics.clone()),
            pictures: Arc::new(pictures::Pictures::new(&bounds, metrics.clone())),
            segments: Arc::new(segments::Segments::new(&bounds, metrics.clone())),
            metrics,
            playlists: Arc::new(playlist::Playlists::new(bounds.listeners)),
            voices,
            wording: Wording::default(),
            ahead: bounds.ahead,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Says things as the operator has chosen.
    ///
    /// # Panics
    /// Where the gateway has been cloned already: it is put together before it is shared.
    #[must_use]
    pub fn worded(mut self, wording: Wording) -> Self {
        self.unshared().wording = wording;
        self
    }

    /// Keeps what was spoken in a store too, where it outlives this process.
    ///
    /// # Panics
    /// As [`Gateway::worded`].
    #[must_use]
    pub fn kept_in(mut self, store: Arc<dyn Store>) -> Self {
        let segments = Arc::get_mut(&mut self.unshared().segments);
        segments.expect(UNSHARED).keep_in(store);
        self
    }

    /// Goes on with other settings: what is fetched and how it is read and said follows them, what is kept
    /// and who is listening stays. Voices, and how much is kept and done at once, stay as they are.
    #[must_use]
    pub fn renewed(
        &self,
        fetcher: Fetcher,
        rules: Rules,
        wording: Wording,
        bounds: Bounds,
    ) -> Self {
        let own = &self.inner;
        let inner = Inner {
            metrics: own.metrics.clone(),
            pages: own.pages.renewed(fetcher, rules, &bounds),
            pictures: Arc::clone(&own.pictures),
            segments: Arc::clone(&own.segments),
            playlists: Arc::clone(&own.playlists),
            voices: Arc::clone(&own.voices),
            wording,
            ahead: own.ahead,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    fn unshared(&mut self) -> &mut Inner {
        Arc::get_mut(&mut self.inner).expect(UNSHARED)
    }

    /// Returns what is counted here.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Is the engine there to speak?
    ///
    /// # Errors
    /// Where it is missing or does not answer.
    pub async fn ready(&self) -> Result<(), Error> {
        Ok(self.ask_voices(Catalogue::ready).await??)
    }

    /// Returns how things are said here.
    #[must_use]
    pub fn wording(&self) -> &Wording {
        &self.inner.wording
    }

    /// Returns the voices.
    #[must_use]
    pub fn voices(&self) -> &Catalogue {
        &self.inner.voices
    }

    /// Can a page be spoken, as far as one can tell without speaking?
    ///
    /// # Errors
    /// Where the engine is missing or no voice speaks the page's language.
    pub async fn can_speak(&self, page: &Understood) -> Result<(), Error> {
        let lang = speech::language_of(&page.reading);
        self.ask_voices(move |voices| {
            voices.ready()?;
            voices.choose(None, &lang).map(drop)
        })
        .await?
        .map_err(Error::from)
    }

    /// Returns the regional words of the voice that speaks Vietnamese to who wishes for `voice`. Voices
    /// may have to be looked for, so it is no work for threads that wait.
    #[must_use]
    pub fn region(&self, voice: Option<&VoiceId>) -> speech::Region {
        wording::region(&self.inner.voices, voice)
    }

    /// Is there a voice of that name?
    ///
    /// # Errors
    /// Where looking for it breaks off.
    pub async fn has_voice(&self, id: &VoiceId) -> Result<bool, Error> {
        let id = id.clone();
        self.ask_voices(move |voices| voices.named(&id).is_ok())
            .await
    }

    /// Returns what there is to say about each voice, Vietnamese first.
    ///
    /// # Errors
    /// Where looking for them breaks off.
    pub async fn voice_list(&self) -> Result<Vec<Description>, Error> {
        self.ask_voices(|voices| {
            voices
                .voices()
                .iter()
                .map(|v| v.description().clone())
                .collect()
        })
        .await
    }

    /// Lists the voices for programs, Vietnamese first.
    ///
    /// # Errors
    /// Where looking for them breaks off.
    pub async fn listed_voices(&self) -> Result<Vec<Listed>, Error> {
        self.ask_voices(|voices| voices.voices().iter().map(|v| Listed::of(&**v)).collect())
            .await
    }

    /// Voices may have to be looked for, which is no work for threads that wait.
    async fn ask_voices<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Catalogue) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let voices = Arc::clone(&self.inner.voices);
        Ok(work::blocking(move || ask(&voices)).await?)
    }

    /// Brings a page here and understands it, or takes the one that is at hand.
    ///
    /// # Errors
    /// Where it cannot be fetched, holds nothing to read, or pasted text has been forgotten.
    pub async fn page(&self, source: &Source) -> Result<Arc<Understood>, Arc<Error>> {
        self.inner.pages.get(source).await
    }

    /// Keeps a pasted text for a while, so that it can be heard too.
    ///
    /// # Errors
    /// Where there is nothing to read in it.
    pub async fn paste(&self, text: String) -> Result<(PastedId, Arc<Understood>), Arc<Error>> {
        self.inner.pages.paste(text).await
    }

    /// Understands a text that is heard at once, and not kept: no other can ask for it, nor does it take the place
    /// of texts that readers have pasted.
    ///
    /// # Errors
    /// Where there is nothing to read in it.
    pub async fn text(&self, text: String) -> Result<Arc<Understood>, Error> {
        self.inner.pages.text(text).await
    }

    /// Returns a picture that a page at hand shows, made safe and small.
    ///
    /// # Errors
    /// Where the page shows no such picture, or it cannot be had or shown.
    pub async fn picture(
        &self,
        page: &Understood,
        id: PictureId,
        width: PictureWidth,
    ) -> Result<Arc<Picture>, Arc<Error>> {
        let fetcher = self.inner.pages.fetcher();
        self.inner.pictures.get(fetcher, page, (id, width)).await
    }

    /// Returns for how long the page of a source, which is at hand, may be given out without asking anybody;
    /// none where it is for each reader anew.
    pub async fn lasts(&self, source: &Source) -> Duration {
        self.inner.pages.lasts(source).await
    }

    /// Brings a page here that is to be heard. Where it is not at hand, its listener takes a place among those
    /// who wait for their first sound; nothing is fetched for one who could not be heard to.
    ///
    /// # Errors
    /// As [`Gateway::page`]; where too many are waiting.
    pub async fn page_to_hear(
        &self,
        source: &Source,
    ) -> Result<(Arc<Understood>, Option<Opening>), Arc<Error>> {
        if let Some(page) = self.inner.pages.at_hand(source).await {
            return Ok((page, None));
        }
        let opening = self.inner.segments.opening()?;
        Ok((self.page(source).await?, Some(opening)))
    }

    /// Begins to speak a page: returns when its first utterance is ready to be sent.
    ///
    /// # Errors
    /// As [`Gateway::page`]; where the voice or the place is not there, where speaking fails, or
    /// where too many are listening.
    pub async fn sound(&self, source: &Source, wish: &SoundWish) -> Result<Sound, Arc<Error>> {
        let (page, opening) = self.page_to_hear(source).await?;
        sound::open(self, page, wish, opening).await
    }

    /// Measures the sound of a page that is at hand, so that any range of it can be had.
    ///
    /// Returns `None` where it may only be looked up and is not known.
    ///
    /// # Errors
    /// As [`Gateway::speak`].
    pub async fn measured(
        &self,
        page: Arc<Understood>,
        wish: &SoundWish,
        how: Measuring,
    ) -> Result<Option<Measured>, Arc<Error>> {
        measured::measured(self, page, wish, how).await
    }

    /// Lists the parts of a page's sound as far as they are known; with a slow voice the list grows while
    /// it is asked for again. The wish's format is MP3.
    ///
    /// # Errors
    /// As [`Gateway::speak`].
    pub async fn playlist(
        &self,
        page: Arc<Understood>,
        wish: &SoundWish,
    ) -> Result<Playlist, Arc<Error>> {
        playlist::playlist(self, page, wish).await
    }

    /// Makes a part of a playlist: its time in an ID3 tag, then frames of MP3.
    ///
    /// # Errors
    /// As [`Gateway::speak`].
    pub async fn part(
        &self,
        page: Arc<Understood>,
        wish: &SoundWish,
        part: Part,
    ) -> Result<Bytes, Arc<Error>> {
        playlist::part(self, page, wish, part).await
    }

    /// Plans how a page that is at hand is said to a listener.
    ///
    /// # Errors
    /// Where planning it breaks off.
    pub async fn plan(&self, page: &Arc<Understood>, wish: &SoundWish) -> Result<Arc<Plan>, Error> {
        let (gateway, page, wish) = (self.clone(), Arc::clone(page), wish.clone());
        let planning = work::blocking(move || page.plan(&gateway.options(&page, &wish)));
        Ok(planning.await?)
    }

    /// Plans as [`Gateway::plan`] does, and tells which rule read what.
    ///
    /// # Errors
    /// Where planning it breaks off.
    pub async fn explained(
        &self,
        page: &Arc<Understood>,
        wish: &SoundWish,
    ) -> Result<(Plan, Vec<Step>), Error> {
        let (gateway, page, wish) = (self.clone(), Arc::clone(page), wish.clone());
        let planning = work::blocking(move || {
            let options = gateway.options(&page, &wish);
            speech::explained(&page.reading, &options)
        });
        Ok(planning.await?)
    }

    /// Decides how a page is said to a listener, which is no work for threads that wait.
    fn options(&self, page: &Understood, wish: &SoundWish) -> speech::Options {
        self.inner.wording.options(&self.inner.voices, page, wish)
    }

    /// Begins to speak a page that was brought here to be heard.
    ///
    /// # Errors
    /// As [`Gateway::speak`].
    pub async fn speak_opened(
        &self,
        page: Arc<Understood>,
        wish: &SoundWish,
        opening: Option<Opening>,
    ) -> Result<Sound, Arc<Error>> {
        sound::open(self, page, wish, opening).await
    }

    /// Begins to speak a page that is at hand.
    ///
    /// # Errors
    /// As [`Gateway::sound`], but for those of fetching.
    pub async fn speak(
        &self,
        page: Arc<Understood>,
        wish: &SoundWish,
    ) -> Result<Sound, Arc<Error>> {
        sound::open(self, page, wish, None).await
    }
}

/// Why nobody else has a gateway yet.
const UNSHARED: &str = "a gateway is put together before it is shared";

/// Understands a page: its bytes become a document.
///
/// `content_type` is the header of that name; plain text is told from HTML by it alone. Where the
/// page is one of several of an article, the document says where the next is.
#[must_use]
pub fn understand(bytes: &[u8], content_type: Option<&str>, address: Option<&Url>) -> Document {
    understand_by(&Rules::default(), bytes, content_type, address)
}

/// Understands a page as [`understand`] does, with what an operator knows of some portals.
#[must_use]
pub fn understand_by(
    rules: &Rules,
    bytes: &[u8],
    content_type: Option<&str>,
    address: Option<&Url>,
) -> Document {
    sheet(rules, bytes, content_type, address).finish()
}

/// Understands a page that others may follow.
fn sheet(rules: &Rules, bytes: &[u8], content_type: Option<&str>, address: Option<&Url>) -> Sheet {
    let plain = |t: &str| {
        t.trim_start()
            .to_ascii_lowercase()
            .starts_with("text/plain")
    };
    if content_type.is_some_and(plain) {
        return Sheet::from(extract::plain(&html::decode(bytes, content_type)));
    }
    let tree = html::parse(bytes, content_type, &html::Limits::default());
    extract::sheet(&tree, address, rules)
}
