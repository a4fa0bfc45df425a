//! A visit: requests that go together, as a list and then the form that turns its page.

use bytes::Bytes;
use tokio::time::timeout;

use super::exchange::{Answer, Errand, Wanted};
use super::host::{self, RobotsTxt, robots_of};
use super::jar::Jar;
use super::redirect::Trail;
use super::{Error, Fetcher, Freshness, Page, Resolve, SourceUrl, SystemResolver, built_in};

/// Asks a portal for several things one after the other; the cookies that it gives in between are
/// forgotten with the visit.
pub struct Visit<'f, R = SystemResolver> {
    fetcher: &'f Fetcher<R>,
    jar: Jar,
}

/// What has become of a page that was known.
pub enum Renewed {
    /// It is the same, and may be taken so for longer.
    Unchanged(Freshness),
    /// It has changed.
    Page(Page),
}

/// What is asked for, and in which way.
#[derive(Clone)]
struct Wish<'k> {
    form: Option<Bytes>,
    wanted: Wanted,
    /// What it is wanted for: a picture's host may be asked for its wishes too.
    purpose: Wanted,
    known: Option<&'k Freshness>,
}

impl Wish<'_> {
    fn of(wanted: Wanted) -> Self {
        Self {
            form: None,
            wanted,
            purpose: wanted,
            known: None,
        }
    }
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
        self.whole(address, Wish::of(Wanted::Page)).await
    }

    /// Asks whether a page that is known is still the same, and fetches it where it is not.
    ///
    /// # Errors
    /// See [`Error`].
    pub(super) async fn renewed(
        &mut self,
        address: &SourceUrl,
        known: &Freshness,
    ) -> Result<Renewed, Error> {
        let wish = Wish {
            known: Some(known),
            ..Wish::of(Wanted::Page)
        };
        self.in_time(address, wish).await
    }

    /// Fetches a picture.
    pub(super) async fn picture(&mut self, address: &SourceUrl) -> Result<Page, Error> {
        self.whole(address, Wish::of(Wanted::Picture)).await
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
        let wish = Wish {
            form: Some(form.into()),
            ..Wish::of(Wanted::Page)
        };
        self.whole(address, wish).await
    }

    /// Fetches what nothing is known of.
    async fn whole(&mut self, address: &SourceUrl, wish: Wish<'_>) -> Result<Page, Error> {
        match self.in_time(address, wish).await? {
            Renewed::Page(page) => Ok(page),
            Renewed::Unchanged(_) => Err(unasked()),
        }
    }

    async fn in_time(&mut self, address: &SourceUrl, wish: Wish<'_>) -> Result<Renewed, Error> {
        let patience = self.fetcher.settings.total_timeout;
        timeout(patience, self.fetch(address, wish))
            .await
            .unwrap_or(Err(Error::TimedOut))
    }

    /// Asks, and asks on where it is sent, until there is a page.
    async fn fetch(&mut self, address: &SourceUrl, mut wish: Wish<'_>) -> Result<Renewed, Error> {
        let mut trail = Trail::new(address.clone(), self.fetcher.settings.max_redirects);
        loop {
            let moved = match self.ask(trail.here(), &wish).await? {
                Answer::Page(page) => return Ok(Renewed::Page(page)),
                Answer::Unchanged(freshness) => return Ok(Renewed::Unchanged(freshness)),
                Answer::Elsewhere(moved) => moved,
            };
            if wish.form.is_some() && !moved.keeps_method {
                wish.form = None;
                trail.follow_without_form(&moved.location)?;
                continue;
            }
            let host = trail.here().url().origin();
            trail.follow(&moved.location)?;
            if wish.form.is_some() && trail.here().url().origin() != host {
                return Err(Error::Refused("a form sent on to another host".to_owned()));
            }
        }
    }

    /// Asks once, as far as the host lets itself be asked.
    async fn ask(&mut self, address: &SourceUrl, wish: &Wish<'_>) -> Result<Answer, Error> {
        if built_in::is_built_in(address) {
            return built_in::answer(self.fetcher.settings.built_in, address).map(Answer::Page);
        }
        let url = address.url();
        // What the gate refuses is not asked for its wishes either.
        let gate = match wish.purpose {
            Wanted::Picture => &self.fetcher.picture_gate,
            Wanted::Page | Wanted::Robots => &self.fetcher.gate,
        };
        let destination = gate.admit(address)?;
        if let Some(seconds) = self.fetcher.hosts.pause(url).await {
            return Err(Error::Resting { seconds });
        }
        if wish.wanted != Wanted::Robots && !self.fetcher.is_allowed(address, wish.wanted).await {
            return Err(Error::Disallowed);
        }
        let connection = self.fetcher.connector.connect(&destination).await?;
        let errand = Errand {
            address,
            form: wish.form.clone(),
            wanted: wish.wanted,
            known: wish.known,
        };
        let manners = &self.fetcher.manners;
        let kept = (&mut self.jar, &*self.fetcher.hosts);
        manners.ask(connection, &errand, kept).await
    }
}

impl<R: Resolve> Fetcher<R> {
    /// Does a host let a page be read?
    async fn is_allowed(&self, address: &SourceUrl, wanted: Wanted) -> bool {
        if !self.settings.robots {
            return true;
        }
        let file = robots_of(address.url()).and_then(|url| SourceUrl::of(url).ok());
        let Some(file) = file else { return true };
        let robots = self.robots(&file, wanted);
        self.hosts.allows(address.url(), robots).await
    }

    /// Fetches a host's robots.txt. What it says about being kept does not matter: it is kept for a day.
    async fn robots(&self, file: &SourceUrl, purpose: Wanted) -> RobotsTxt {
        let wish = Wish {
            purpose,
            ..Wish::of(Wanted::Robots)
        };
        let mut visit = self.visit();
        // Boxed, since what fetches a page asks for this first.
        let fetched = Box::pin(visit.fetch(file, wish));
        match timeout(host::ROBOTS_TIMEOUT, fetched).await {
            Ok(Ok(Renewed::Page(page))) => RobotsTxt::Here(page.body.into()),
            Ok(Err(Error::Upstream { status: 400..=499 })) => RobotsTxt::None,
            _ => RobotsTxt::Failed,
        }
    }
}

/// A host says that nothing has changed though nobody asked for changes alone.
fn unasked() -> Error {
    Error::Damaged("a page that nobody knows is said to be unchanged".to_owned())
}
