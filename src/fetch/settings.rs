//! What an operator decides about fetching.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use url::Host;

use super::BuiltIn;

/// A host and port that may be reached though it is private.
///
/// Read from `host:port` or `[address]:port`; the host is then spelt as [`url::Url`] spells it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HostPort {
    /// The host, lower-case; an IPv6 address without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

/// Why a text is no host and port.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostPortError {
    /// The port is missing or no number from 1 to 65535.
    #[error("{0:?} needs a port from 1 to 65535 behind a colon, as in portal.example:8080")]
    Port(String),
    /// The host is not one.
    #[error("{0:?} does not begin with a host name or an address, as in [::1]:8080")]
    Host(String),
}

impl FromStr for HostPort {
    type Err = HostPortError;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let no_port = || HostPortError::Port(given.to_owned());
        let (host, port) = given.trim().rsplit_once(':').ok_or_else(no_port)?;
        let port = port.parse().map_err(|_| no_port())?;
        if port == 0 {
            return Err(no_port());
        }
        let host = Host::parse(host).map_err(|_| HostPortError::Host(given.to_owned()))?;
        Ok(Self {
            host: plain(&host),
            port,
        })
    }
}

impl fmt::Display for HostPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// Spells a host without the brackets of IPv6 and without the full stop of the DNS root.
pub(super) fn plain<S: AsRef<str>>(host: &Host<S>) -> String {
    match host {
        Host::Domain(name) => {
            let name = name.as_ref();
            name.strip_suffix('.').unwrap_or(name).to_owned()
        }
        Host::Ipv4(ip) => ip.to_string(),
        Host::Ipv6(ip) => ip.to_string(),
    }
}

/// Which public sites may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Any.
    Open,
    /// These hosts and what lies below them: `portal.example`, or `portal.example:8181` where its
    /// pages are served at a port of their own. What [`Portal`](super::Portal) cannot read lets
    /// nobody in.
    Portals(Vec<String>),
}

/// How pages are fetched.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which sites.
    pub reach: Reach,
    /// Hosts that may be private; each is readable whatever `reach` says.
    pub trusted: Vec<HostPort>,
    /// Most decoded bytes of a page.
    pub max_bytes: u64,
    /// Most bytes of a picture.
    pub max_picture_bytes: u64,
    /// Is a host's robots.txt asked for and followed?
    pub robots: bool,
    /// Longest wait for a connection: name, dialling and TLS together.
    pub connect_timeout: Duration,
    /// Longest wait for a whole page, redirects included.
    pub total_timeout: Duration,
    /// Most redirects.
    pub max_redirects: usize,
    /// Where the operator can be reached; named in the User-Agent.
    pub contact: Option<String>,
    /// Loa's own pages.
    pub built_in: &'static [BuiltIn],
}

impl Settings {
    /// Makes the settings that suit most gateways: pages of at most 10 MiB decoded, pictures of at most 8 MiB, robots.txt followed, 5 seconds to
    /// connect, 20 seconds in all, 5 redirects; nothing trusted, no contact, no built-in pages.
    #[must_use]
    pub fn new(reach: Reach) -> Self {
        Self {
            reach,
            trusted: Vec::new(),
            max_bytes: 10 << 20,
            max_picture_bytes: 8 << 20,
            robots: true,
            connect_timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(20),
            max_redirects: 5,
            contact: None,
            built_in: &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, expected: Result<(&str, u16), HostPortError>) {
        let got = given.parse::<HostPort>();
        let expected = expected.map(|(host, port)| HostPort {
            host: host.to_owned(),
            port,
        });
        assert_eq!(got, expected, "{given}");
        if let Ok(host_port) = got {
            assert_eq!(host_port.to_string().parse(), Ok(host_port));
        }
    }

    #[test]
    fn a_host_and_port_is_spelt_as_an_address_spells_it() {
        check("127.0.0.1:9000", Ok(("127.0.0.1", 9000)));
        check("[::1]:80", Ok(("::1", 80)));
        check("Intranet:8080", Ok(("intranet", 8080)));
        check("báo.example:81", Ok(("xn--bo-mia.example", 81)));
        check("0x7f.1:80", Ok(("127.0.0.1", 80)));
    }

    #[test]
    fn a_host_and_port_lacks_neither() {
        for given in ["", "host", "host:", "host:0", "host:65536", "host:http"] {
            check(given, Err(HostPortError::Port(given.to_owned())));
        }
        for given in [":80", "::1:80", "a b:80", "http://host:80"] {
            check(given, Err(HostPortError::Host(given.to_owned())));
        }
    }
}
