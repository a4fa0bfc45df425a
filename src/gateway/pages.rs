//! Pages, fetched and understood once for all who ask at the same time, and kept for a while.
//!
//! A page is kept with what its host said about it. While that holds it is given to all; then its host is
//! asked whether it has changed, and where the host fails, the kept page stands in for it and says so. A page
//! that is for one reader alone is fetched for each, and held only under a name that nobody knows but who
//! has read it: by it the same reader hears it without its host being asked for every part of the sound.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use moka::future::Cache;

use super::intake::Intake;
use super::metric::{Had, Metrics};
use super::queue::{HostQueues, Queue, Turn};
use super::stitch::{Stitched, stitched};
use super::{Bounds, Error, PastedId, Source, Turned, Understood, turn};
use crate::extract::{self, Rules, Sheet};
use crate::fetch::{self, Fetcher, Freshness, Page, Renewed, SourceUrl};
use crate::model::{Doubt, Published};

/// The pages at hand.
pub(super) struct Pages {
    intake: Intake,
    kept: Cache<Source, Arc<Kept>>,
    /// What is being fetched, for those who ask for it meanwhile.
    coming: Cache<Source, Arc<Kept>>,
    /// Pasted texts, and pages for one reader alone. They are kept apart, so that no flood of pages can
    /// drive them out.
    held: Cache<PastedId, Arc<Understood>>,
    /// The right to fetch and understand one.
    turns: Arc<HostQueues>,
    /// The right to understand a pasted text, which waits for no host.
    pastes: Arc<Queue>,
    patience: Patience,
    metrics: Metrics,
}

/// How long pages are taken for what they were, where their hosts say nothing.
#[derive(Clone, Copy)]
struct Patience {
    fresh: Duration,
    stale: Duration,
}

/// A page, and what its host said about it.
struct Kept {
    page: Arc<Understood>,
    freshness: Freshness,
    came: SystemTime,
    /// The page as it is given when its host fails.
    in_place: OnceLock<Arc<Understood>>,
}

/// How long a pasted text can still be heard, in seconds, counted from its last use.
const PASTED_SECONDS: u64 = 3 * 3600;
/// Pasted texts that are understood at once.
const PASTES_AT_ONCE: usize = 2;
/// How long what has come is still given to those who were waiting for it.
const COMING_TIME: Duration = Duration::from_secs(1);
/// Most pages that are on their way at once; further ones are fetched for each who asks.
const MOST_COMING: u64 = 4_096;
/// A page that is fresh for less is heard under a name of its own: its sound is asked for in parts.
const WHILE_HEARD: Duration = Duration::from_secs(60);

impl Pages {
    pub(super) fn new(fetcher: Fetcher, rules: Rules, bounds: &Bounds, metrics: Metrics) -> Self {
        let patience = Patience::of(bounds);
        let kept = kept(bounds.page_bytes, patience);
        let held = Cache::builder()
            .weigher(|_, page: &Arc<Understood>| page.weight())
            .max_capacity(bounds.page_bytes / 4)
            .time_to_idle(Duration::from_secs(PASTED_SECONDS))
            .build();
        Self {
            intake: Intake {
                fetcher,
                rules: Arc::new(rules),
            },
            kept,
            coming: coming(),
            held,
            turns: Arc::new(HostQueues::new(bounds.fetches, bounds.waiting_fetches)),
            pastes: Arc::new(Queue::new(PASTES_AT_ONCE, bounds.waiting_fetches)),
            patience,
            metrics,
        }
    }

    /// Goes on by other settings. What is kept stays, unless it would be read otherwise now.
    pub(super) fn renewed(&self, fetcher: Fetcher, rules: Rules, bounds: &Bounds) -> Self {
        let patience = Patience::of(bounds);
        let is_read_alike = rules == *self.intake.rules;
        Self {
            intake: Intake {
                fetcher: fetcher.knowing(&self.intake.fetcher),
                rules: Arc::new(rules),
            },
            kept: match is_read_alike {
                true => self.kept.clone(),
                false => kept(bounds.page_bytes, patience),
            },
            coming: coming(),
            held: self.held.clone(),
            turns: Arc::clone(&self.turns),
            pastes: Arc::clone(&self.pastes),
            patience,
            metrics: self.metrics.clone(),
        }
    }

    /// Returns what fetches.
    pub(super) fn fetcher(&self) -> &Fetcher {
        &self.intake.fetcher
    }

    /// Returns the page of a source; failures are shared by those who wait, and not kept.
    pub(super) async fn get(&self, source: &Source) -> Result<Arc<Understood>, Arc<Error>> {
        match source {
            Source::Pasted(id) => {
                let pasted = self.held.get(id).await;
                pasted.ok_or_else(|| Error::Forgotten.into())
            }
            Source::Held(held) => match self.held.get(&held.id).await {
                Some(page) => Ok(page),
                None => {
                    self.on_the_web(&Source::Address(held.address.clone()))
                        .await
                }
            },
            Source::Address(_) | Source::Turned(_) => self.on_the_web(source).await,
        }
    }

    /// Returns for how long what is at hand may be given out without asking anybody.
    pub(super) async fn lasts(&self, source: &Source) -> Duration {
        match source {
            // They do not change.
            Source::Pasted(_) | Source::Held(_) => WHILE_HEARD,
            Source::Address(_) | Source::Turned(_) => match self.kept.get(source).await {
                Some(kept) => kept.freshness.lasts(SystemTime::now(), self.patience.fresh),
                None => Duration::ZERO,
            },
        }
    }

    /// Returns a page that can be had without asking anybody.
    pub(super) async fn at_hand(&self, source: &Source) -> Option<Arc<Understood>> {
        match source {
            Source::Pasted(id) => self.held.get(id).await,
            Source::Held(held) => self.held.get(&held.id).await,
            Source::Address(address) | Source::Turned(Turned { list: address, .. }) => {
                self.intake.fetcher.may_ask(address).ok()?;
                let kept = self.kept.get(source).await?;
                let is_fresh = kept.is_fresh(SystemTime::now(), self.patience);
                is_fresh.then(|| {
                    self.metrics.page(Had::Memory);
                    Arc::clone(&kept.page)
                })
            }
        }
    }

    /// Takes the kept page while it is fresh, else asks its host; where that fails, takes it all the same.
    async fn on_the_web(&self, source: &Source) -> Result<Arc<Understood>, Arc<Error>> {
        if let Source::Address(address) | Source::Turned(Turned { list: address, .. }) = source {
            // What is kept was asked for under settings that may have changed since.
            self.intake
                .fetcher
                .may_ask(address)
                .map_err(Error::from)
                .map_err(Arc::new)?;
        }
        let kept = self.kept.get(source).await;
        let now = SystemTime::now();
        if let Some(kept) = &kept
            && kept.is_fresh(now, self.patience)
        {
            self.metrics.page(Had::Memory);
            return Ok(Arc::clone(&kept.page));
        }
        let renewed = self.brought(source, kept.clone()).await;
        let error = match renewed {
            Ok(kept) => return Ok(Arc::clone(&kept.page)),
            Err(error) => error,
        };
        match kept.filter(|kept| kept.stands_in(&error, now, self.patience)) {
            Some(kept) => {
                self.metrics.page(Had::Stale);
                Ok(kept.in_place())
            }
            None => {
                self.metrics.page(Had::Failed);
                Err(error)
            }
        }
    }

    /// Asks a page's host, once for all who wait meanwhile, unless it answers each of them for himself.
    async fn brought(
        &self,
        source: &Source,
        known: Option<Arc<Kept>>,
    ) -> Result<Arc<Kept>, Arc<Error>> {
        let coming = self.coming.entry_by_ref(source);
        let asked = coming
            .or_try_insert_with(self.ask(source, known.clone()))
            .await?;
        let is_own = asked.is_fresh();
        let kept = asked.into_value();
        if is_own {
            self.keep(source, &kept).await;
            self.coming.invalidate(source).await;
            return Ok(kept);
        }
        if kept.freshness.is_shared() {
            return Ok(kept);
        }
        let own = self.ask(source, known).await.map_err(Arc::new)?;
        self.keep(source, &own).await;
        Ok(own)
    }

    /// Keeps a page for those whom it is for.
    async fn keep(&self, source: &Source, kept: &Arc<Kept>) {
        if kept.freshness.is_shared() {
            self.kept.insert(source.clone(), Arc::clone(kept)).await;
        } else {
            self.kept.invalidate(source).await;
        }
        if let Some(id) = kept.page.held {
            self.held.insert(id, Arc::clone(&kept.page)).await;
        }
    }

    async fn ask(&self, source: &Source, known: Option<Arc<Kept>>) -> Result<Arc<Kept>, Error> {
        let (Source::Address(address) | Source::Turned(Turned { list: address, .. })) = source
        else {
            return Err(Error::Forgotten);
        };
        let turn = self.turns.turn(address.host_name()).await?;
        let asked = match source {
            Source::Turned(turned) => self.turn(turned, &turn).await,
            _ => self.fetch(address, known, &turn).await,
        };
        if let Err(Error::Fetch(error)) = &asked {
            self.metrics.upstream_error(error);
        }
        asked
    }

    async fn fetch(
        &self,
        address: &SourceUrl,
        known: Option<Arc<Kept>>,
        turn: &Turn,
    ) -> Result<Arc<Kept>, Error> {
        let page = match known {
            None => self.intake.fetcher.page(address).await?,
            Some(known) => {
                match self
                    .intake
                    .fetcher
                    .renewed(address, &known.freshness)
                    .await?
                {
                    Renewed::Unchanged(freshness) => {
                        self.metrics.page(Had::Unchanged);
                        return Ok(Arc::new(known.again(freshness)));
                    }
                    Renewed::Page(page) => page,
                }
            }
        };
        self.metrics.page(Had::Made);
        let came = Came::of(&page);
        let Stitched { sheet, further } = stitched(&self.intake, page, turn).await?;
        let came = came.with(further);
        came.understood(sheet, self.patience, turn).await
    }

    async fn turn(&self, turned: &Turned, turn: &Turn) -> Result<Arc<Kept>, Error> {
        let (sheet, page) = turn::page(&self.intake, turned, turn).await?;
        self.metrics.page(Had::Made);
        let came = Came::of(&page);
        came.understood(sheet, self.patience, turn).await
    }

    pub(super) async fn paste(
        &self,
        text: String,
    ) -> Result<(PastedId, Arc<Understood>), Arc<Error>> {
        let id = PastedId::of(&text);
        let understood = self.text(text);
        Ok((id, self.held.try_get_with(id, understood).await?))
    }

    /// Understands a text, which is not kept.
    pub(super) async fn text(&self, text: String) -> Result<Arc<Understood>, Error> {
        let turn = self.pastes.turn().await?;
        let work = move || Understood::of(extract::plain(&text));
        readable(turn.blocking(work).await?).map(Arc::new)
    }
}

fn kept(bytes: u64, patience: Patience) -> Cache<Source, Arc<Kept>> {
    Cache::builder()
        .weigher(|_, kept: &Arc<Kept>| kept.page.weight())
        .max_capacity(bytes)
        .time_to_idle(patience.fresh.max(patience.stale) + Duration::from_secs(1))
        .build()
}

fn coming() -> Cache<Source, Arc<Kept>> {
    Cache::builder()
        .max_capacity(MOST_COMING)
        .time_to_live(COMING_TIME)
        .build()
}

impl Patience {
    fn of(bounds: &Bounds) -> Self {
        Self {
            fresh: Duration::from_secs(bounds.page_seconds),
            stale: Duration::from_secs(bounds.stale_seconds),
        }
    }
}

/// What is known of a page that has come, before it is understood.
struct Came {
    freshness: Freshness,
    at: SystemTime,
    /// Its name by what it holds.
    name: PastedId,
}

impl Came {
    fn of(page: &Page) -> Self {
        Self {
            freshness: page.freshness.clone(),
            at: SystemTime::now(),
            name: PastedId::of_bytes(&page.body),
        }
    }

    /// Takes what is known of further pages of the same article.
    fn with(self, further: Vec<(Freshness, PastedId)>) -> Self {
        let (freshness, names): (Vec<_>, Vec<_>) = further.into_iter().unzip();
        Self {
            freshness: self.freshness.along_with(freshness),
            name: self.name.with(names.into_iter()),
            ..self
        }
    }

    /// A page that will not be kept for as long as it is heard is held for its reader.
    async fn understood(
        self,
        sheet: Sheet,
        patience: Patience,
        turn: &Turn,
    ) -> Result<Arc<Kept>, Error> {
        let lasts = self.freshness.lasts(self.at, patience.fresh);
        let held = (lasts < WHILE_HEARD).then_some(self.name);
        let understand = move || Understood::of(sheet.finish()).held_as(held);
        let page = readable(turn.blocking(understand).await?)?;
        Ok(Arc::new(Kept {
            page: Arc::new(page),
            freshness: self.freshness,
            came: self.at,
            in_place: OnceLock::new(),
        }))
    }
}

impl Kept {
    fn is_fresh(&self, now: SystemTime, patience: Patience) -> bool {
        !self.freshness.lasts(now, patience.fresh).is_zero()
    }

    /// Returns the page as its host has said that it still is.
    fn again(&self, freshness: Freshness) -> Self {
        Self {
            page: Arc::clone(&self.page),
            freshness,
            came: SystemTime::now(),
            in_place: OnceLock::new(),
        }
    }

    /// May it be given though its host fails?
    fn stands_in(&self, error: &Error, now: SystemTime, patience: Patience) -> bool {
        let age = now.duration_since(self.came).unwrap_or_default();
        let past = age.saturating_sub(self.freshness.lasts(self.came, patience.fresh));
        let longest = self.freshness.outlasts_failure(patience.stale);
        is_the_hosts(error) && !longest.is_zero() && past <= longest
    }

    /// Returns the page with a word about when it came.
    fn in_place(&self) -> Arc<Understood> {
        let marked = || {
            let mut document = self.page.document.clone();
            document.doubts.push(Doubt::Stale(moment(self.came)));
            Arc::new(Understood::of(document).held_as(self.page.held))
        };
        Arc::clone(self.in_place.get_or_init(marked))
    }
}

/// Is it the host that fails, rather than the page that is no more (RFC 5861, 4)?
fn is_the_hosts(error: &Error) -> bool {
    matches!(
        error,
        Error::Fetch(
            fetch::Error::Unreachable(_)
                | fetch::Error::TimedOut
                | fetch::Error::Damaged(_)
                | fetch::Error::Resting { .. }
                | fetch::Error::Upstream {
                    status: 500 | 502..=504
                }
        )
    )
}

/// Returns a moment as clocks in Vietnam show it.
fn moment(at: SystemTime) -> Published {
    let offset = jiff::tz::Offset::constant(7);
    let at = jiff::Timestamp::try_from(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    Published::Moment(offset.to_datetime(at), offset)
}

fn readable(page: Understood) -> Result<Understood, Error> {
    if page.document.is_empty() {
        Err(Error::Empty)
    } else {
        Ok(page)
    }
}
