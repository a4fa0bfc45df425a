//! The second gate: an address that a host name led to may be dialled, or not.
//!
//! What is judged is what is dialled: no name, no text, but the very bits of the socket address. An
//! IPv6 address can carry an IPv4 address that a router on the way takes out again; those forms are
//! either special ranges by themselves (compatible, SIIT, 6to4, Teredo, local NAT64) or are taken apart
//! here (mapped, NAT64, ISATAP). See RFC 4291, RFC 6052, RFC 5214.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::Error;
use super::gate::Destination;
use super::range::{special_v4, special_v6};

/// An address outside every special-purpose range, in the form in which it is dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublicAddr(IpAddr);

impl PublicAddr {
    /// Judges an address.
    ///
    /// An IPv4-mapped address is dialled as the IPv4 address it is.
    ///
    /// # Errors
    /// [`Error::Refused`] with the range's name where it is not public.
    pub fn judge(ip: IpAddr) -> Result<Self, Error> {
        let ip = ip.to_canonical();
        let special = match ip {
            IpAddr::V4(ip) => special_v4(ip),
            IpAddr::V6(ip) => special_form_of_v6(ip),
        };
        match special {
            None => Ok(Self(ip)),
            Some(name) => Err(Error::Refused(name.to_owned())),
        }
    }

    /// Returns the address.
    #[must_use]
    pub fn ip(self) -> IpAddr {
        self.0
    }
}

/// Names what is special about an IPv6 address or the IPv4 address inside it.
fn special_form_of_v6(ip: Ipv6Addr) -> Option<&'static str> {
    if let Some(inner) = behind_nat64(ip) {
        return special_v4(inner);
    }
    special_v6(ip).or_else(|| behind_isatap(ip).and_then(special_v4))
}

/// Takes the IPv4 address out of `64:ff9b::/96`: the only way to most sites from a network that
/// speaks IPv6 alone, so it is judged by what is inside (RFC 6052, 2.1).
fn behind_nat64(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    const PREFIX: u128 = 0x0064_ff9b << 96;
    let bits = ip.to_bits();
    let is_nat64 = bits >> 32 == PREFIX >> 32;
    is_nat64.then(|| last_32_bits(ip))
}

/// Takes the IPv4 address out of an interface identifier `0:5efe:a.b.c.d` or `200:5efe:a.b.c.d`,
/// whatever the prefix (RFC 5214, 6.1).
fn behind_isatap(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [.., high, low, _, _] = ip.segments();
    let is_isatap = high & !0x0200 == 0 && low == 0x5efe;
    is_isatap.then(|| last_32_bits(ip))
}

fn last_32_bits(ip: Ipv6Addr) -> Ipv4Addr {
    let [.., a, b, c, d] = ip.octets();
    Ipv4Addr::new(a, b, c, d)
}

/// A socket address that may be dialled: public, or of a trusted host and port. Only [`pass`] makes
/// one, and the dialler takes nothing else.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passed(SocketAddr);

impl Passed {
    /// Returns the socket address.
    pub(super) fn socket(self) -> SocketAddr {
        self.0
    }
}

/// Passes what may be dialled of the addresses a destination's name led to.
///
/// # Errors
/// The reason of the last refusal where none may be.
pub(super) fn pass(destination: &Destination, found: &[IpAddr]) -> Result<Vec<Passed>, Error> {
    let mut refusal = Error::Unreachable("the name has no address".to_owned());
    let mut passed = Vec::new();
    for &ip in found {
        match judge_for(destination, ip) {
            Ok(ip) => passed.push(Passed(SocketAddr::new(ip, destination.port()))),
            Err(reason) => refusal = reason,
        }
    }
    if passed.is_empty() {
        return Err(refusal);
    }
    Ok(passed)
}

fn judge_for(destination: &Destination, ip: IpAddr) -> Result<IpAddr, Error> {
    if destination.is_trusted() {
        return Ok(ip);
    }
    PublicAddr::judge(ip).map(PublicAddr::ip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn judged(ip: &str) -> Result<String, Error> {
        PublicAddr::judge(ip.parse().expect("an address")).map(|public| public.ip().to_string())
    }

    #[test]
    fn a_public_address_passes_as_it_is() {
        for ip in ["9.9.9.9", "171.244.0.1", "2606:4700:4700::1111"] {
            assert_eq!(judged(ip).as_deref(), Ok(ip));
        }
    }

    #[test]
    fn a_mapped_public_address_is_dialled_as_ipv4() {
        assert_eq!(judged("::ffff:9.9.9.9").as_deref(), Ok("9.9.9.9"));
    }

    #[test]
    fn a_private_ipv4_address_stays_private_in_every_ipv6_form() {
        for inner in [
            [127, 0, 0, 1],
            [10, 0, 0, 1],
            [169, 254, 169, 254],
            [192, 168, 1, 1],
            [100, 64, 0, 1],
            [0, 0, 0, 0],
        ] {
            for outer in embeddings(Ipv4Addr::from(inner)) {
                assert!(
                    PublicAddr::judge(outer.into()).is_err(),
                    "{inner:?} in {outer}"
                );
            }
        }
    }

    /// Every standard form of IPv6 that carries this IPv4 address.
    fn embeddings(ip: Ipv4Addr) -> Vec<Ipv6Addr> {
        let low = u128::from(ip.to_bits());
        let below = |prefix: &str| {
            let prefix: Ipv6Addr = prefix.parse().expect("a prefix");
            Ipv6Addr::from_bits(prefix.to_bits() | low)
        };
        let sixto4 = 0x2002_u128 << 112 | low << 80 | 1;
        let teredo_server = 0x2001_u128 << 112 | low << 64;
        let teredo_client = 0x2001_u128 << 112 | 0x0909_0909_u128 << 64 | (!low & 0xffff_ffff);
        [
            "::ffff:0:0",
            "::",
            "::ffff:0:0:0",
            "64:ff9b::",
            "64:ff9b:1::",
            "64:ff9b:1:abcd::",
            "2606:4700::5efe:0:0",
            "2606:4700::200:5efe:0:0",
            "fe80::5efe:0:0",
        ]
        .into_iter()
        .map(below)
        .chain([sixto4, teredo_server, teredo_client].map(Ipv6Addr::from_bits))
        .collect()
    }

    #[test]
    fn nat64_and_isatap_pass_with_a_public_address_inside() {
        for ip in ["64:ff9b::909:909", "2606:4700::5efe:909:909"] {
            assert_eq!(judged(ip).as_deref(), Ok(ip));
        }
    }
}
