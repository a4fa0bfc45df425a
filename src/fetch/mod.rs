//! Brings a page here.

use std::time::Duration;

use bytes::Bytes;
use url::Url;

/// A host and port that may be reached though it is private.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HostPort {
    /// The host, lower-case; an IPv6 address without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

/// Which public sites may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Any.
    Open,
    /// These hosts and what lies below them.
    Portals(Vec<String>),
}

/// A page of Loa's own, served at a reserved host as if it came from afar.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Its path.
    pub path: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// The host of the built-in pages; `.invalid` never resolves (RFC 2606).
pub const BUILT_IN_HOST: &str = "sample.loa.invalid";

/// How pages are fetched.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which sites.
    pub reach: Reach,
    /// Hosts that may be private.
    pub trusted: Vec<HostPort>,
    /// Most decoded bytes of a page.
    pub max_bytes: u64,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest wait for a whole page.
    pub total_timeout: Duration,
    /// Most redirects.
    pub max_redirects: usize,
    /// Where the operator can be reached; named in the User-Agent.
    pub contact: Option<String>,
    /// Loa's own pages.
    pub built_in: &'static [BuiltIn],
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            reach: Reach::Open,
            trusted: Vec::new(),
            max_bytes: 10 << 20,
            connect_timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(20),
            max_redirects: 5,
            contact: None,
            built_in: &[],
        }
    }
}

impl std::str::FromStr for HostPort {
    type Err = ();
    fn from_str(_: &str) -> Result<Self, ()> {
        Err(())
    }
}

/// A fetched page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The address after redirects.
    pub url: Url,
    /// The decoded body.
    pub body: Bytes,
    /// The header of that name.
    pub content_type: Option<String>,
}

/// An address as a reader gives it: http or https, a host, no user name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceUrl(Url);

impl SourceUrl {
    /// Takes what a reader typed; a missing scheme is https.
    ///
    /// # Errors
    /// Where it is no web address.
    pub fn parse(given: &str) -> Result<Self, Error> {
        Url::parse(given).map(Self).map_err(|_| Error::NotAnAddress)
    }

    /// Returns the address.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }
}

/// Why a page cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is no web address.
    #[error("it is no web address")]
    NotAnAddress,
    /// The address may not be read.
    #[error("the address may not be read: {0}")]
    Refused(String),
    /// This gateway reads only its portals.
    #[error("{host} is none of the portals")]
    NotAPortal {
        /// The host.
        host: String,
    },
    /// The host does not exist or does not answer.
    #[error("the host cannot be reached: {0}")]
    Unreachable(String),
    /// It took too long.
    #[error("the host took too long")]
    TimedOut,
    /// The host answered with an error.
    #[error("the host answered {status}")]
    Upstream {
        /// The status.
        status: u16,
    },
    /// The body is too large.
    #[error("the page is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// Too many redirects.
    #[error("there are too many redirects")]
    RedirectLoop,
    /// Not HTML or text.
    #[error("it is no page but {media_type}")]
    NotAPage {
        /// The media type.
        media_type: String,
    },
    /// The body is damaged.
    #[error("the answer is damaged: {0}")]
    Damaged(String),
}

/// Fetches pages.
pub struct Fetcher {
    _settings: Settings,
}

impl Fetcher {
    /// Makes a fetcher.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            _settings: settings,
        }
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn page(&self, _address: &SourceUrl) -> Result<Page, Error> {
        Err(Error::TimedOut)
    }
}
