//! Who can come in, and what they may read by that.

use std::net::SocketAddr;

use super::Error;
use crate::fetch::Reach;
use crate::page::Portal;

/// Who can come in.
pub(super) struct Door {
    pub(super) listen: SocketAddr,
    pub(super) has_proxies: bool,
    pub(super) is_open: bool,
}

impl Door {
    /// Where strangers can come in, only the listed portals may be read, unless the operator opens the
    /// gateway. Those who come through a proxy are strangers too, however near it is; where one is named and
    /// no portal, what is trusted can still be read.
    pub(super) fn reach(&self, portals: &[(String, Portal)]) -> Result<Reach, Error> {
        let is_near = self.listen.ip().is_loopback();
        if self.is_open || is_near && !self.has_proxies {
            return Ok(Reach::Open);
        }
        if portals.is_empty() && !is_near {
            return Err(Error::OpenToStrangers {
                listen: self.listen,
            });
        }
        Ok(Reach::Portals(
            portals.iter().map(|(host, _)| host.clone()).collect(),
        ))
    }
}
