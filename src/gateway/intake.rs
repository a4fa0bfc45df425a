//! How pages come in: fetched past the guard, and understood each by itself.

use std::sync::Arc;

use super::queue::Turn;
use super::{Error, sheet};
use crate::extract::{Rules, Sheet};
use crate::fetch::{Fetcher, Page};

/// What fetches pages, and what is known for understanding them.
pub(super) struct Intake {
    /// What fetches.
    pub(super) fetcher: Fetcher,
    /// What the operator knows of some portals.
    pub(super) rules: Arc<Rules>,
}

impl Intake {
    /// Understands a page that has come.
    pub(super) async fn understand(&self, page: Page, turn: &Turn) -> Result<Sheet, Error> {
        let rules = Arc::clone(&self.rules);
        let understand = move || {
            let content_type = page.content_type.as_deref();
            sheet(&rules, &page.body, content_type, Some(&page.url))
        };
        Ok(turn.blocking(understand).await?)
    }
}
