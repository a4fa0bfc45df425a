//! The sites that a gateway with a list reads.

use std::str::FromStr;

use url::Host;

use super::settings::{HostPort, plain};

/// A site of the portals' list, with what lies below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portal {
    host: Host,
    port: Option<u16>,
}

/// Says that a text names no portal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no host name, as portal.example or portal.example:8181")]
pub struct PortalError(String);

impl FromStr for Portal {
    type Err = PortalError;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let spelt = given.trim().trim_start_matches('.');
        let (host, port) = match spelt.parse::<HostPort>() {
            Ok(HostPort { port, .. }) => {
                (spelt.rsplit_once(':').map_or(spelt, |s| s.0), Some(port))
            }
            Err(_) => (spelt, None),
        };
        let host = Host::parse(host).map_err(|_| PortalError(given.to_owned()))?;
        Ok(Self {
            host: without_root(host),
            port,
        })
    }
}

impl Portal {
    /// Returns the port of its own, where it has one.
    pub(super) fn port(&self) -> Option<u16> {
        self.port
    }

    /// Says whether a host is this one or lies below it.
    pub(super) fn holds(&self, host: &Host) -> bool {
        match (&self.host, host) {
            (Host::Domain(portal), Host::Domain(name)) => is_at_or_below(name, portal),
            (portal, host) => portal == host,
        }
    }
}

/// Drops the full stop of the DNS root: `portal.example.` is `portal.example`.
pub(super) fn without_root(host: Host) -> Host {
    match host {
        Host::Domain(_) => Host::Domain(plain(&host)),
        ip => ip,
    }
}

/// Says whether a name is another one or lies below it.
pub(super) fn is_at_or_below(name: &str, parent: &str) -> bool {
    name.strip_suffix(parent)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
