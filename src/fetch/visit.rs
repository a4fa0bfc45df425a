//! A visit: requests that go together, as a list and then the form that turns its page.

use bytes::Bytes;
use tokio::time::timeout;

use super::exchange::{Answer, Errand};
use super::jar::Jar;
use super::redirect::Trail;
use super::{Error, Fetcher, Page, Resolve, SourceUrl, SystemResolver, built_in};

/// Asks a portal for several things one after the other; the cookies that it gives in between are
/// forgotten with the visit.
pub struct Visit<'f, R = SystemResolver> {
    fetcher: &'f Fetcher<R>,
    jar: Jar,
}

impl<'f, R: Resolve> Visit<'f, R> {
    pub(super) fn of(fetcher: &'f Fetcher<R>) -> Self {
        Self {
            fetcher,
            jar: Jar::default(),
        }
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn page(&mut self, address: &SourceUrl) -> Result<Page, Error> {
        self.in_time(address, None).await
    }

    /// Sends a form, written as `application/x-www-form-urlencoded`, and fetches the page that answers.
    ///
    /// Where the host redirects with 307 or 308 the form is sent again, to the same host alone; any
    /// other redirect leads to a page that is asked for without it.
    ///
    /// # Errors
    /// See [`Error`]; a form longer than a page may be is too large.
    pub async fn post(&mut self, address: &SourceUrl, form: String) -> Result<Page, Error> {
        let limit = self.fetcher.settings.max_bytes;
        if form.len() as u64 > limit {
            return Err(Error::TooLarge { limit });
        }
        self.in_time(address, Some(form.into())).await
    }

    async fn in_time(&mut self, address: &SourceUrl, form: Option<Bytes>) -> Result<Page, Error> {
        timeout(
            self.fetcher.settings.total_timeout,
            self.fetch(address, form),
        )
        .await
        .unwrap_or(Err(Error::TimedOut))
    }

    /// Asks, and asks on where it is sent, until there is a page.
    async fn fetch(&mut self, address: &SourceUrl, mut form: Option<Bytes>) -> Result<Page, Error> {
        let mut trail = Trail::new(address.clone(), self.fetcher.settings.max_redirects);
        loop {
            let moved = match self.ask(trail.here(), form.clone()).await? {
                Answer::Page(page) => return Ok(page),
                Answer::Elsewhere(moved) => moved,
            };
            if form.is_some() && !moved.keeps_method {
                form = None;
                trail.follow_without_form(&moved.location)?;
                continue;
            }
            let host = trail.here().url().origin();
            trail.follow(&moved.location)?;
            if form.is_some() && trail.here().url().origin() != host {
                return Err(Error::Refused("a form sent on to another host".to_owned()));
            }
        }
    }

    /// Asks once.
    async fn ask(&mut self, address: &SourceUrl, form: Option<Bytes>) -> Result<Answer, Error> {
        if built_in::is_built_in(address) {
            return built_in::answer(self.fetcher.settings.built_in, address).map(Answer::Page);
        }
        let destination = self.fetcher.gate.admit(address)?;
        let connection = self.fetcher.connector.connect(&destination).await?;
        let errand = Errand { address, form };
        let manners = &self.fetcher.manners;
        manners.ask(connection, &errand, &mut self.jar).await
    }
}
