//! An article of several pages becomes one: its further pages are fetched and put behind the first.
//!
//! Each hop goes through the same fetcher, and so past the same guard; it stays on the article's own
//! host. Where a page cannot be had the reader gets what there is, a word about it, and the way on.

use std::time::Duration;

use rustc_hash::FxHashSet;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::intake::Intake;
use super::{Error, work};
use crate::extract::{Joined, Sheet};
use crate::fetch::{Page, SourceUrl};
use crate::model::Doubt;

/// Most pages of one article, the first among them.
const MOST_PAGES: usize = 20;
/// Most decoded bytes of all of them together.
const MOST_BYTES: usize = 16 << 20;
/// Longest wait for all but the first.
const LONGEST: Duration = Duration::from_secs(15);

/// Understands a page and fetches what is missing of its article.
pub(super) async fn stitched(intake: &Intake, page: Page) -> Result<Sheet, Error> {
    let mut trail = Trail {
        intake,
        host: host(&page.url),
        pages: 1,
        bytes: page.body.len(),
        seen: FxHashSet::from_iter([page.url.to_string()]),
        until: Instant::now() + LONGEST,
    };
    let sheet = intake.understand(page).await?;
    let (mut sheet, mut is_whole) = trail.whole(sheet).await?;
    if !is_whole {
        (sheet, is_whole) = trail.next(sheet).await?;
    }
    if !is_whole {
        sheet.document_mut().doubts.push(Doubt::MissingPages);
    }
    Ok(sheet)
}

/// Puts two sheets together, which compares all that they say and is no work for threads that wait.
async fn together<T: Send + 'static>(
    mut sheet: Sheet,
    other: Sheet,
    put: fn(&mut Sheet, Sheet) -> T,
) -> Result<(Sheet, T), Error> {
    let work = move || {
        let done = put(&mut sheet, other);
        (sheet, done)
    };
    Ok(work::blocking(work).await?)
}

/// The way along an article's pages.
struct Trail<'i> {
    intake: &'i Intake,
    host: Option<String>,
    pages: usize,
    bytes: usize,
    seen: FxHashSet<String>,
    until: Instant,
}

impl Trail<'_> {
    /// Takes all of the article from one page; says whether that is done.
    async fn whole(&mut self, sheet: Sheet) -> Result<(Sheet, bool), Error> {
        let Some(address) = sheet.onward().whole else {
            return Ok((sheet, false));
        };
        match self.step(&address).await {
            Ok(whole) => together(sheet, whole, Sheet::replace).await,
            Err(_) => Ok((sheet, false)),
        }
    }

    /// Puts the further pages behind the first, one by one; says whether none is missing.
    async fn next(&mut self, mut sheet: Sheet) -> Result<(Sheet, bool), Error> {
        while let Some(address) = sheet.onward().next {
            let joined = match self.step(&address).await {
                Ok(other) => {
                    let (longer, joined) = together(sheet, other, Sheet::join).await?;
                    sheet = longer;
                    joined
                }
                Err(end) => end,
            };
            match joined {
                Joined::Added => {}
                Joined::Unread => return Ok((sheet, false)),
                Joined::Repeats | Joined::Other => break,
            }
        }
        sheet.leads_nowhere();
        Ok((sheet, true))
    }

    /// Fetches and understands a further page, or says how the way ends.
    async fn step(&mut self, address: &str) -> Result<Sheet, Joined> {
        if !self.seen.insert(address.to_owned()) {
            return Err(Joined::Repeats);
        }
        if self.pages == MOST_PAGES {
            return Err(Joined::Unread);
        }
        self.pages += 1;
        let page = self.page(address).await.ok_or(Joined::Unread)?;
        // Behind its last page many a portal shows the first again.
        if page.url.as_str() != address && !self.seen.insert(page.url.to_string()) {
            return Err(Joined::Repeats);
        }
        self.intake
            .understand(page)
            .await
            .map_err(|_| Joined::Unread)
    }

    async fn page(&mut self, address: &str) -> Option<Page> {
        let address = SourceUrl::parse(address).ok()?;
        let page = timeout_at(self.until, self.intake.fetcher.page(&address));
        let page = page.await.ok()?.ok()?;
        self.bytes += page.body.len();
        let in_bounds = host(&page.url) == self.host && self.bytes <= MOST_BYTES;
        in_bounds.then_some(page)
    }
}

fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}
