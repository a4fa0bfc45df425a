//! Brings a page here, and refuses to be used against the machine it runs on.
//!
//! An address passes three gates, each with its own type: [`SourceUrl`] (http or https, a host, no
//! user name), [`PublicAddr`] (outside every special-purpose range of the IANA registries), [`Page`]
//! (in time, in size, something to read). Only what the guard has passed is dialled, be it named by a
//! number or by a name, and a redirect starts again at the first gate.
//!
//! Every future here starts no task and holds nothing when dropped: to stop listening is to stop.

mod address;
mod body;
mod built_in;
mod connect;
mod error;
mod exchange;
mod gate;
mod guard;
mod media;
mod portal;
mod range;
mod redirect;
mod resolve;
mod settings;

use std::net::SocketAddr;

use bytes::Bytes;
use http::HeaderValue;
use rustls::RootCertStore;
use tokio::time::timeout;
use url::{Url, form_urlencoded};

pub use address::SourceUrl;
pub use built_in::{BUILT_IN_HOST, BuiltIn};
pub use error::Error;
pub use guard::PublicAddr;
pub use media::media_type_of;
pub use portal::{Portal, PortalError};
pub use resolve::{Resolve, SystemResolver};
pub use settings::{HostPort, HostPortError, Reach, Settings};

use connect::Connector;
use exchange::{Answer, Manners};
use gate::Gate;
use redirect::Trail;

/// A fetched page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The address after redirects.
    pub url: Url,
    /// The decoded body.
    pub body: Bytes,
    /// The header of that name; where the host gave none, what the bytes look like.
    pub content_type: Option<String>,
}

/// Fetches pages.
pub struct Fetcher<R = SystemResolver> {
    settings: Settings,
    gate: Gate,
    connector: Connector<R>,
    manners: Manners,
}

impl Fetcher {
    /// Makes a fetcher that asks the computer's own resolver.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self::with_resolver(settings, SystemResolver)
    }
}

impl<R: Resolve> Fetcher<R> {
    /// Makes a fetcher with a resolver of one's own.
    #[must_use]
    pub fn with_resolver(settings: Settings, resolver: R) -> Self {
        let roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        Self {
            gate: Gate::new(&settings.reach, &settings.trusted),
            connector: Connector::new(resolver, roots, settings.connect_timeout),
            manners: Manners {
                user_agent: user_agent(settings.contact.as_deref()),
                max_bytes: settings.max_bytes,
            },
            settings,
        }
    }

    /// Believes these authorities instead of Mozilla's list, as a portal inside a network needs whose
    /// certificates are its own.
    #[must_use]
    pub fn with_roots(mut self, roots: RootCertStore) -> Self {
        self.connector.set_roots(roots);
        self
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn page(&self, address: &SourceUrl) -> Result<Page, Error> {
        self.in_time(address, None).await
    }

    /// Sends a form and fetches the page that answers it.
    ///
    /// Where the host redirects with 307 or 308 the form is sent again, to the same host alone; any
    /// other redirect leads to a page that is asked for without it.
    ///
    /// # Errors
    /// See [`Error`]; a form longer than a page may be is too large.
    pub async fn post(
        &self,
        address: &SourceUrl,
        fields: &[(String, String)],
    ) -> Result<Page, Error> {
        let form = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        if form.len() as u64 > self.settings.max_bytes {
            let limit = self.settings.max_bytes;
            return Err(Error::TooLarge { limit });
        }
        self.in_time(address, Some(form.into())).await
    }

    async fn in_time(&self, address: &SourceUrl, form: Option<Bytes>) -> Result<Page, Error> {
        timeout(self.settings.total_timeout, self.fetch(address, form))
            .await
            .unwrap_or(Err(Error::TimedOut))
    }

    /// Asks, and asks on where it is sent, until there is a page.
    async fn fetch(&self, address: &SourceUrl, mut form: Option<Bytes>) -> Result<Page, Error> {
        let mut trail = Trail::new(address.clone(), self.settings.max_redirects);
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
    async fn ask(&self, address: &SourceUrl, form: Option<Bytes>) -> Result<Answer, Error> {
        if built_in::is_built_in(address) {
            return built_in::answer(self.settings.built_in, address).map(Answer::Page);
        }
        let destination = self.gate.admit(address)?;
        let connection = self.connector.connect(&destination).await?;
        self.manners.ask(connection, address, form).await
    }

    /// Says what would be dialled for an address, the preferred one first, and dials nothing.
    ///
    /// # Errors
    /// Where the address may not be read or its name has no address.
    pub async fn would_dial(&self, address: &SourceUrl) -> Result<Vec<SocketAddr>, Error> {
        let destination = self.gate.admit(address)?;
        let passed = self.connector.find(&destination).await?;
        Ok(passed.into_iter().map(guard::Passed::socket).collect())
    }
}

/// Names Loa honestly, what it is for and who runs it; of a contact what a comment in a header may
/// hold (RFC 9110, 5.6.5).
fn user_agent(contact: Option<&str>) -> HeaderValue {
    const PURPOSE: &str = "reading gateway for people who cannot read an ordinary web page";
    let contact: String = contact
        .unwrap_or_default()
        .chars()
        .filter(|c| matches!(c, ' '..='~') && !matches!(c, '(' | ')' | '\\'))
        .collect();
    let contact = match contact.trim() {
        "" => String::new(),
        contact => format!("; {contact}"),
    };
    let version = env!("CARGO_PKG_VERSION");
    HeaderValue::try_from(format!("Loa/{version} (+{PURPOSE}{contact})"))
        .expect("all of it is visible ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(contact: Option<&str>, end: &str) {
        let got = user_agent(contact);
        let got = got.to_str().expect("ASCII");
        assert!(got.starts_with("Loa/"), "{got}");
        assert!(got.ends_with(end), "{got}");
    }

    #[test]
    fn the_user_agent_names_the_operator_and_nothing_else() {
        check(None, "an ordinary web page)");
        check(Some("  "), "an ordinary web page)");
        check(Some("loa@hoi.example"), "web page; loa@hoi.example)");
        check(Some("a\r\nX: (ộ)"), "web page; aX:)");
    }
}
