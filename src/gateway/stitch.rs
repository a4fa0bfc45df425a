//! An article of several pages becomes one: its further pages are fetched and put behind the first.
//!
//! Each hop goes through the same fetcher, and so past the same guard; it stays on the article's own
//! host. Where a page cannot be had the reader gets what there is, a word about it, and the way on.

use std::time::Duration;

use rustc_hash::FxHashSet;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::intake::Intake;
use super::queue::Turn;
use super::{Error, PastedId};
use crate::extract::{Joined, Sheet};
use crate::fetch::{Freshness, Page, SourceUrl};
use crate::model::Doubt;

/// Most pages of one article, the first among them.
const MOST_PAGES: usize = 20;
/// Most decoded bytes of all of them together.
const MOST_BYTES: usize = 16 << 20;
/// Longest wait for all but the first.
const LONGEST: Duration = Duration::from_secs(15);

/// A page with what was missing of its article.
pub(super) struct Stitched {
    /// All of it.
    pub(super) sheet: Sheet,
    /// The pages that were fetched besides, each with what its host said and its name by what it holds.
    pub(super) further: Vec<(Freshness, PastedId)>,
}

/// Understands a page and fetches what is missing of its article.
pub(super) async fn stitched(intake: &Intake, page: Page, turn: &Turn) -> Result<Stitched, Error> {
    let mut trail = Trail {
        intake,
        turn,
        further: Vec::new(),
        host: host(&page.url),
        pages: 1,
        bytes: page.body.len(),
        seen: FxHashSet::from_iter([page.url.to_string()]),
        until: Instant::now() + LONGEST,
    };
    let sheet = intake.understand(page, turn).await?;
    let (mut sheet, mut is_whole) = trail.whole(sheet).await?;
    if !is_whole {
        (sheet, is_whole) = trail.next(sheet).await?;
    }
    if !is_whole {
        sheet.document_mut().doubts.push(Doubt::MissingPages);
    }
    Ok(Stitched {
        sheet,
        further: trail.further,
    })
}

/// Puts two sheets together, which compares all that they say and is no work for threads that wait.
async fn together<T: Send + 'static>(
    turn: &Turn,
    mut sheet: Sheet,
    (other, put): (Sheet, fn(&mut Sheet, Sheet) -> T),
) -> Result<(Sheet, T), Error> {
    let work = move || {
        let done = put(&mut sheet, other);
        (sheet, done)
    };
    Ok(turn.blocking(work).await?)
}

/// The way along an article's pages.
struct Trail<'i> {
    intake: &'i Intake,
    turn: &'i Turn,
    further: Vec<(Freshness, PastedId)>,
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
            Ok(whole) => together(self.turn, sheet, (whole, Sheet::replace)).await,
            Err(_) => Ok((sheet, false)),
        }
    }

    /// Puts the further pages behind the first, one by one; says whether none is missing.
    async fn next(&mut self, mut sheet: Sheet) -> Result<(Sheet, bool), Error> {
        while let Some(address) = sheet.onward().next {
            let joined = match self.step(&address).await {
                Ok(other) => {
                    let (longer, joined) = together(self.turn, sheet, (other, Sheet::join)).await?;
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
            .understand(page, self.turn)
            .await
            .map_err(|_| Joined::Unread)
    }

    async fn page(&mut self, address: &str) -> Option<Page> {
        let address = SourceUrl::parse(address).ok()?;
        let page = timeout_at(self.until, self.intake.fetcher.page(&address));
        let page = page.await.ok()?.ok()?;
        self.bytes += page.body.len();
        let in_bounds = host(&page.url) == self.host && self.bytes <= MOST_BYTES;
        if !in_bounds {
            return None;
        }
        let name = PastedId::of_bytes(&page.body);
        self.further.push((page.freshness.clone(), name));
        Some(page)
    }
}

fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}
