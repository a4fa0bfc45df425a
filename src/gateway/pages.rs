//! Pages, fetched and understood once for all who ask at the same time, and kept for a while.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use tokio::sync::Semaphore;

use super::intake::Intake;
use super::stitch::stitched;
use super::{Bounds, Error, PastedId, Source, Turned, Understood, turn, work};
use crate::extract::{self, Rules, Sheet};
use crate::fetch::{Fetcher, SourceUrl};

/// The pages at hand.
pub(super) struct Pages {
    intake: Intake,
    fetched: Cache<Source, Arc<Understood>>,
    /// Pasted texts are kept apart, so that no flood of pages can drive them out.
    pasted: Cache<PastedId, Arc<Understood>>,
    /// The right to fetch and understand one.
    turns: Semaphore,
}

/// How long a pasted text can still be heard, in seconds, counted from its last use.
const PASTED_SECONDS: u64 = 3 * 3600;

impl Pages {
    pub(super) fn new(fetcher: Fetcher, rules: Rules, bounds: &Bounds) -> Self {
        let fetched = Cache::builder()
            .weigher(|_, page: &Arc<Understood>| page.weight())
            .max_capacity(bounds.page_bytes)
            .time_to_live(Duration::from_secs(bounds.page_seconds))
            .build();
        let pasted = Cache::builder()
            .weigher(|_, page: &Arc<Understood>| page.weight())
            .max_capacity(bounds.page_bytes / 4)
            .time_to_idle(Duration::from_secs(PASTED_SECONDS))
            .build();
        Self {
            intake: Intake {
                fetcher,
                rules: Arc::new(rules),
            },
            fetched,
            pasted,
            turns: Semaphore::new(bounds.fetches),
        }
    }

    /// Returns the page of a source; failures are shared by those who wait, and not kept.
    pub(super) async fn get(&self, source: &Source) -> Result<Arc<Understood>, Arc<Error>> {
        match source {
            Source::Pasted(id) => self
                .pasted
                .get(id)
                .await
                .ok_or_else(|| Error::Forgotten.into()),
            Source::Address(address) => {
                self.fetched
                    .try_get_with(source.clone(), self.fetch(address))
                    .await
            }
            Source::Turned(turned) => {
                self.fetched
                    .try_get_with(source.clone(), self.turn(turned))
                    .await
            }
        }
    }

    async fn fetch(&self, address: &SourceUrl) -> Result<Arc<Understood>, Error> {
        let _turn = self.turns.acquire().await.map_err(|_| Error::Busy)?;
        let page = self.intake.fetcher.page(address).await?;
        let sheet = stitched(&self.intake, page).await?;
        understood(sheet).await
    }

    async fn turn(&self, turned: &Turned) -> Result<Arc<Understood>, Error> {
        let _turn = self.turns.acquire().await.map_err(|_| Error::Busy)?;
        let sheet = turn::page(&self.intake, turned).await?;
        understood(sheet).await
    }

    pub(super) async fn paste(
        &self,
        text: String,
    ) -> Result<(PastedId, Arc<Understood>), Arc<Error>> {
        let id = PastedId::of(&text);
        let understood = async {
            let _turn = self.turns.acquire().await.map_err(|_| Error::Busy)?;
            let work = move || Understood::of(extract::plain(&text));
            readable(work::blocking(work).await?)
        };
        Ok((id, self.pasted.try_get_with(id, understood).await?))
    }
}

async fn understood(sheet: Sheet) -> Result<Arc<Understood>, Error> {
    readable(work::blocking(move || Understood::of(sheet.finish())).await?)
}

fn readable(page: Understood) -> Result<Arc<Understood>, Error> {
    if page.document.is_empty() {
        Err(Error::Empty)
    } else {
        Ok(Arc::new(page))
    }
}
