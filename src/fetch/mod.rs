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
mod freshness;
mod gate;
mod guard;
mod host;
mod jar;
mod media;
mod portal;
mod range;
mod redirect;
mod resolve;
mod settings;
mod visit;

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderValue;
use rustls::RootCertStore;
use url::Url;

pub use address::SourceUrl;
pub use built_in::{BUILT_IN_HOST, BuiltIn};
pub use error::Error;
pub use freshness::Freshness;
pub use guard::PublicAddr;
pub use media::media_type_of;
pub use portal::{Portal, PortalError};
pub use resolve::{Resolve, SystemResolver};
pub use settings::{HostPort, HostPortError, Reach, Settings};
pub use visit::{Renewed, Visit};

use connect::Connector;
use exchange::Manners;
use gate::Gate;
use host::Hosts;

/// A fetched page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The address after redirects.
    pub url: Url,
    /// The decoded body.
    pub body: Bytes,
    /// The header of that name; where the host gave none, what the bytes look like.
    pub content_type: Option<String>,
    /// What the host said about keeping it.
    pub freshness: Freshness,
}

/// Fetches pages.
pub struct Fetcher<R = SystemResolver> {
    settings: Settings,
    gate: Gate,
    /// Pictures may lie anywhere in public: what a portal shows, the portal vouches for.
    picture_gate: Gate,
    connector: Connector<R>,
    manners: Manners,
    hosts: Arc<Hosts>,
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
            picture_gate: Gate::new(&Reach::Open, &settings.trusted),
            connector: Connector::new(resolver, roots, settings.connect_timeout),
            manners: Manners {
                user_agent: user_agent(settings.contact.as_deref()),
                max_bytes: settings.max_bytes,
                max_picture_bytes: settings.max_picture_bytes,
            },
            hosts: Arc::new(Hosts::new()),
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

    /// Takes over what another has learnt of hosts: what they do not want read, and which want to be left alone.
    #[must_use]
    pub fn knowing(mut self, other: &Self) -> Self {
        self.hosts = Arc::clone(&other.hosts);
        self
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn page(&self, address: &SourceUrl) -> Result<Page, Error> {
        self.visit().page(address).await
    }

    /// Asks whether a page that is known is still the same, and fetches it where it is not.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn renewed(&self, address: &SourceUrl, known: &Freshness) -> Result<Renewed, Error> {
        self.visit().renewed(address, known).await
    }

    /// Fetches a picture of a page that has been read, wherever it lies: portals keep them elsewhere. Its
    /// bytes are the host's, to be looked at by who decodes them.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn picture(&self, address: &SourceUrl) -> Result<Page, Error> {
        self.visit().picture(address).await
    }

    /// Begins a visit: requests that go together.
    #[must_use]
    pub fn visit(&self) -> Visit<'_, R> {
        Visit::of(self)
    }

    /// May an address be asked for, as far as can be told without looking its name up?
    ///
    /// # Errors
    /// Where it is outside the settings' reach.
    pub fn may_ask(&self, address: &SourceUrl) -> Result<(), Error> {
        if built_in::is_built_in(address) {
            return Ok(());
        }
        self.gate.admit(address).map(drop)
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
