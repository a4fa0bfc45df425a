//! Address ranges that are not the open internet.
//!
//! Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries
//! (iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry), the registries of
//! multicast addresses and of IPv6 address space, and what is said beside a row. Ranges that the
//! registries call globally reachable are here as well: no newspaper lives in AS112 or behind a
//! 6to4 relay.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

/// A range in CIDR notation and its name in the registry.
type Row = (&'static str, &'static str);

const IPV4: &[Row] = &[
    ("0.0.0.0/8", "this network"),                 // RFC 791, 3.2
    ("10.0.0.0/8", "private use"),                 // RFC 1918
    ("100.64.0.0/10", "shared address space"),     // RFC 6598
    ("127.0.0.0/8", "loopback"),                   // RFC 1122, 3.2.1.3
    ("168.63.129.16/32", "cloud host agent"),      // Azure's, public by number alone
    ("169.254.0.0/16", "link local"),              // RFC 3927
    ("172.16.0.0/12", "private use"),              // RFC 1918
    ("192.0.0.0/24", "IETF protocol assignments"), // RFC 6890, 2.1
    ("192.0.2.0/24", "documentation"),             // RFC 5737
    ("192.31.196.0/24", "AS112"),                  // RFC 7535
    ("192.52.193.0/24", "AMT"),                    // RFC 7450
    ("192.88.99.0/24", "6to4 relay anycast"),      // RFC 7526
    ("192.168.0.0/16", "private use"),             // RFC 1918
    ("192.175.48.0/24", "AS112"),                  // RFC 7534
    ("198.18.0.0/15", "benchmarking"),             // RFC 2544
    ("198.51.100.0/24", "documentation"),          // RFC 5737
    ("203.0.113.0/24", "documentation"),           // RFC 5737
    ("224.0.0.0/4", "multicast"),                  // RFC 1112
    ("240.0.0.0/4", "reserved"),                   // RFC 1112, and 255.255.255.255
];

const IPV6: &[Row] = &[
    ("::/128", "unspecified"),                  // RFC 4291
    ("::1/128", "loopback"),                    // RFC 4291
    ("::/96", "IPv4-compatible"),               // RFC 4291, 2.5.5.1
    ("::ffff:0:0:0/96", "IPv4-translated"),     // RFC 2765 (SIIT)
    ("64:ff9b:1::/48", "local-use NAT64"),      // RFC 8215
    ("100::/64", "discard only"),               // RFC 6666
    ("100:0:0:1::/64", "dummy prefix"),         // RFC 9780
    ("2001::/32", "Teredo"),                    // RFC 4380
    ("2001::/23", "IETF protocol assignments"), // RFC 2928: benchmarking, AMT, ORCHID, drones
    ("2001:db8::/32", "documentation"),         // RFC 3849
    ("2002::/16", "6to4"),                      // RFC 3056
    ("2620:4f:8000::/48", "AS112"),             // RFC 7534
    ("3ffe::/16", "6bone, given back"),         // RFC 3701
    ("3fff::/20", "documentation"),             // RFC 9637
    ("5f00::/16", "segment routing"),           // RFC 9602
    ("fc00::/7", "unique local"),               // RFC 4193
    ("fe80::/10", "link local"),                // RFC 4291
    ("fec0::/10", "site local"),                // RFC 3879
    ("ff00::/8", "multicast"),                  // RFC 4291
    // All that IANA has not given out as global unicast, which is 2000::/3.
    ("::/3", "not global unicast"),
    ("4000::/2", "not global unicast"),
    ("8000::/1", "not global unicast"),
];

/// The first bits that all addresses of a range share.
struct Range<Bits> {
    base: Bits,
    mask: Bits,
    name: &'static str,
}

static IPV4_RANGES: LazyLock<Vec<Range<u32>>> = LazyLock::new(|| {
    let range = |&(cidr, name): &Row| {
        let (base, length) = parts::<Ipv4Addr>(cidr);
        Range {
            base: base.to_bits(),
            mask: u32::MAX << (u32::BITS - length),
            name,
        }
    };
    IPV4.iter().map(range).collect()
});

static IPV6_RANGES: LazyLock<Vec<Range<u128>>> = LazyLock::new(|| {
    let range = |&(cidr, name): &Row| {
        let (base, length) = parts::<Ipv6Addr>(cidr);
        Range {
            base: base.to_bits(),
            mask: u128::MAX << (u128::BITS - length),
            name,
        }
    };
    IPV6.iter().map(range).collect()
});

/// Reads one row's notation; only ever called on the tables above.
fn parts<Address: std::str::FromStr>(cidr: &str) -> (Address, u32) {
    cidr.split_once('/')
        .and_then(|(base, length)| Some((base.parse().ok()?, length.parse().ok()?)))
        .expect("every row of the tables is in CIDR notation, as a test reads them all")
}

/// Names the special range an IPv4 address lies in.
pub(super) fn special_v4(ip: Ipv4Addr) -> Option<&'static str> {
    IPV4_RANGES
        .iter()
        .find(|range| ip.to_bits() & range.mask == range.base)
        .map(|range| range.name)
}

/// Names the special range an IPv6 address lies in.
pub(super) fn special_v6(ip: Ipv6Addr) -> Option<&'static str> {
    IPV6_RANGES
        .iter()
        .find(|range| ip.to_bits() & range.mask == range.base)
        .map(|range| range.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_begins_where_its_range_begins() {
        assert_eq!(IPV4_RANGES.len(), IPV4.len());
        assert_eq!(IPV6_RANGES.len(), IPV6.len());
        assert!(IPV4_RANGES.iter().all(|row| row.base & !row.mask == 0));
        assert!(IPV6_RANGES.iter().all(|row| row.base & !row.mask == 0));
    }

    #[test]
    fn a_range_holds_its_first_and_last_address_and_not_their_neighbours() {
        for row in IPV4_RANGES.iter() {
            let last = row.base | !row.mask;
            for inside in [row.base, last] {
                assert_eq!(special_v4(Ipv4Addr::from_bits(inside)), Some(row.name));
            }
            for outside in [row.base.wrapping_sub(1), last.wrapping_add(1)] {
                assert_ne!(outside & row.mask, row.base, "{} spills over", row.name);
            }
        }
    }

    #[test]
    fn only_global_unicast_is_left_of_ipv6() {
        for ip in ["2000::1", "2400:6180::1", "2606:4700::1111", "3fff:1000::"] {
            assert_eq!(special_v6(ip.parse().expect("an address")), None, "{ip}");
        }
        for ip in [
            "1fff::1", "4000::1", "7fff::1", "c000::1", "fbff::1", "fe00::1",
        ] {
            let name = special_v6(ip.parse().expect("an address"));
            assert_eq!(name, Some("not global unicast"), "{ip}");
        }
    }
}
