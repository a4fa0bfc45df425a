//! The pictures of pages: fetched past the guard, made safe and small, shared and kept for a while.
//!
//! A picture is asked for by its page and its name in it, so that nobody can have Loa fetch what no article
//! shows.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;

use super::metric::{Had, Metrics};
use super::queue::{HostQueues, Queue};
use super::{Bounds, Error, Understood};
use crate::fetch::{self, Fetcher, SourceUrl};
use crate::model::{PictureId, PictureWidth};
use crate::picture::{self, Picture};

/// How long a picture is kept. A changed one mostly has another address.
const KEPT_TIME: Duration = Duration::from_secs(3600);
/// Pictures decoded at once: each may take some 40 MB.
const DECODED_AT_ONCE: usize = 1;

/// The pictures at hand.
pub(super) struct Pictures {
    kept: Cache<(String, PictureWidth), Arc<Picture>>,
    fetches: HostQueues,
    decoding: Queue,
    metrics: Metrics,
}

impl Pictures {
    pub(super) fn new(bounds: &Bounds, metrics: Metrics) -> Self {
        Self {
            kept: Cache::builder()
                .weigher(
                    |(src, _): &(String, PictureWidth), picture: &Arc<Picture>| {
                        let bytes = src.len() + picture.bytes.len() + 256;
                        u32::try_from(bytes).unwrap_or(u32::MAX)
                    },
                )
                .max_capacity(bounds.picture_bytes)
                .time_to_live(KEPT_TIME)
                .build(),
            fetches: HostQueues::new(bounds.fetches, bounds.waiting_fetches),
            decoding: Queue::new(DECODED_AT_ONCE, bounds.fetches + bounds.waiting_fetches),
            metrics,
        }
    }

    /// Returns a picture of a page.
    pub(super) async fn get(
        &self,
        fetcher: &Fetcher,
        page: &Understood,
        (id, width): (PictureId, PictureWidth),
    ) -> Result<Arc<Picture>, Arc<Error>> {
        let figure = page.document.picture(id).ok_or(Error::NoSuchPicture)?;
        let key = (figure.src.clone(), width);
        if let Some(picture) = self.kept.get(&key).await {
            self.metrics.picture(Had::Memory);
            return Ok(picture);
        }
        let make = self.make(fetcher, &figure.src, width);
        let made = self.kept.try_get_with(key, make).await;
        let how = if made.is_ok() { Had::Made } else { Had::Failed };
        self.metrics.picture(how);
        if let Err(Error::Fetch(error)) = made.as_ref().map_err(|error| &**error) {
            self.metrics.upstream_error(error);
        }
        made
    }

    async fn make(
        &self,
        fetcher: &Fetcher,
        src: &str,
        width: PictureWidth,
    ) -> Result<Arc<Picture>, Error> {
        let address = SourceUrl::parse(src)?;
        let fetch = self.fetches.turn(address.host_name()).await?;
        let fetched = fetcher.picture(&address).await?;
        let turn = self.decoding.turn().await?;
        let decode = move || {
            let shown = picture::shown(&fetched.body, width);
            drop(fetch);
            shown
        };
        let shown = turn.blocking(decode).await?;
        Ok(Arc::new(shown?))
    }
}

impl From<fetch::Error> for Arc<Error> {
    fn from(error: fetch::Error) -> Self {
        Arc::new(error.into())
    }
}
