//! Pages, fetched and understood once for all who ask at the same time, and kept for a while.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;

use super::{Bounds, Error, PastedId, Source, Understood, understand, work};
use crate::extract;
use crate::fetch::{Fetcher, SourceUrl};

/// The pages at hand.
pub(super) struct Pages {
    fetcher: Fetcher,
    fetched: Cache<SourceUrl, Arc<Understood>>,
    /// Pasted texts are kept apart, so that no flood of pages can drive them out.
    pasted: Cache<PastedId, Arc<Understood>>,
}

/// How long a pasted text can still be heard, in seconds, counted from its last use.
const PASTED_SECONDS: u64 = 3 * 3600;

impl Pages {
    pub(super) fn new(fetcher: Fetcher, bounds: &Bounds) -> Self {
        let fetched = Cache::builder()
            .weigher(|_, page: &Arc<Understood>| weight(page))
            .max_capacity(bounds.page_bytes)
            .time_to_live(Duration::from_secs(bounds.page_seconds))
            .build();
        let pasted = Cache::builder()
            .weigher(|_, page: &Arc<Understood>| weight(page))
            .max_capacity(bounds.page_bytes / 4)
            .time_to_idle(Duration::from_secs(PASTED_SECONDS))
            .build();
        Self {
            fetcher,
            fetched,
            pasted,
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
                    .try_get_with(address.clone(), self.fetch(address))
                    .await
            }
        }
    }

    async fn fetch(&self, address: &SourceUrl) -> Result<Arc<Understood>, Error> {
        let page = self.fetcher.page(address).await?;
        let understood = work::blocking(move || {
            Understood::of(understand(
                &page.body,
                page.content_type.as_deref(),
                Some(&page.url),
            ))
        });
        readable(understood.await?)
    }

    pub(super) async fn paste(
        &self,
        text: String,
    ) -> Result<(PastedId, Arc<Understood>), Arc<Error>> {
        let id = PastedId::of(&text);
        let understood = async {
            let work = move || Understood::of(extract::plain(&text));
            readable(work::blocking(work).await?)
        };
        Ok((id, self.pasted.try_get_with(id, understood).await?))
    }
}

fn readable(page: Understood) -> Result<Arc<Understood>, Error> {
    if page.document.is_empty() {
        Err(Error::Empty)
    } else {
        Ok(Arc::new(page))
    }
}

/// Estimates a page's bytes: its text is held about three times (document, reading, plan), and each
/// spoken word has four numbers.
fn weight(page: &Understood) -> u32 {
    let words: usize = page.plan.utterances.iter().map(|u| u.words.len()).sum();
    u32::try_from(page.reading.text.len() * 3 + words * 32 + 1024).unwrap_or(u32::MAX)
}
