//! Who asks: the address that a connection comes from or, behind a proxy that the operator named, the one
//! that the proxy was asked from.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use ipnet::IpNet;

/// The address at the other end of a connection, as an extension of each of its requests.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub IpAddr);

/// The mark of a request by who runs this gateway.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operator;

/// Is a client of this machine itself, or of a network that the operator named? One that another has passed
/// on is not, however near the other is, unless it is a proxy that was named, whose client was looked at.
pub(super) fn is_operator(client: IpAddr, headers: &HeaderMap, operators: &[IpNet]) -> bool {
    if client.is_loopback() {
        let is_passed_on = ["forwarded", "x-forwarded-for", "via"]
            .iter()
            .any(|name| headers.contains_key(*name));
        return !is_passed_on && is_asked_as_near(headers);
    }
    operators.iter().any(|net| net.contains(&client))
}

/// Is this machine asked for by a name of its own? A page that has its own name lead here (DNS rebinding) asks
/// from this machine as well, but by that name.
fn is_asked_as_near(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(HOST) else {
        return true;
    };
    let host = host.to_str().ok().and_then(|host| host.parse().ok());
    host.is_some_and(|host: Authority| {
        let name = host.host().to_ascii_lowercase();
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        bare.parse::<IpAddr>().is_ok() || name == "localhost" || name.ends_with(".localhost")
    })
}

/// Returns the client's address. What a proxy says is believed only of those that were named, and of the
/// addresses it lists, each put behind those before, the last that is none of these (RFC 7239, 7.1).
pub(super) fn client(Peer(peer): Peer, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let is_proxy = |ip: &IpAddr| proxies.iter().any(|net| net.contains(ip));
    let peer = peer.to_canonical();
    if !is_proxy(&peer) {
        return peer;
    }
    let lists = headers.get_all("x-forwarded-for").iter().rev();
    let listed = lists.flat_map(|list| list.as_bytes().rsplit(|&b| b == b','));
    let mut furthest = peer;
    for written in listed {
        // Whoever wrote what cannot be read is not to be believed about what is before it.
        let Some(ip) = address(written) else {
            return peer;
        };
        if !is_proxy(&ip) {
            return ip;
        }
        furthest = ip;
    }
    // Where all are proxies, the first of them asks for itself.
    furthest
}

/// Reads an address, with a port as some proxies add it.
fn address(written: &[u8]) -> Option<IpAddr> {
    let written = str::from_utf8(written).ok()?.trim();
    let bare = written.parse::<IpAddr>();
    let ip = bare.or_else(|_| written.parse::<SocketAddr>().map(|socket| socket.ip()));
    ip.ok().map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(peer: &str, lists: &[&str], expected: &str) {
        let proxies = ["10.0.0.0/8", "::1/128"].map(|net| net.parse().expect("a network"));
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append("x-forwarded-for", list.parse().expect("a header"));
        }
        let peer = Peer(peer.parse().expect("an address"));
        assert_eq!(
            client(peer, &headers, &proxies).to_string(),
            expected,
            "{lists:?}"
        );
    }

    #[test]
    fn only_a_proxy_that_was_named_is_believed() {
        check("203.0.113.7", &["198.51.100.1"], "203.0.113.7");
        check("10.0.0.1", &["198.51.100.1"], "198.51.100.1");
        check("::ffff:10.0.0.1", &["198.51.100.1"], "198.51.100.1");
        check("10.0.0.1", &[], "10.0.0.1");
    }

    #[test]
    fn numbers_are_for_this_machine_and_for_networks_that_were_named() {
        let operators = ["10.9.0.0/16".parse().expect("a network")];
        let mut headers = HeaderMap::new();
        let is = |ip: &str, headers: &HeaderMap| {
            is_operator(ip.parse().expect("an address"), headers, &operators)
        };
        assert!(is("127.0.0.1", &headers) && is("::1", &headers) && is("10.9.1.1", &headers));
        assert!(!is("203.0.113.7", &headers));
        headers.insert("x-forwarded-for", "127.0.0.1".parse().expect("a header"));
        assert!(!is("127.0.0.1", &headers), "a proxy that nobody named");
    }

    #[test]
    fn a_page_whose_name_leads_to_this_machine_is_not_its_operator() {
        let here = IpAddr::from([127, 0, 0, 1]);
        for (host, expected) in [
            ("127.0.0.1:8080", true),
            ("[::1]:8080", true),
            ("localhost", true),
            ("LOA.localhost:80", true),
            ("evil.example:8080", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.parse().expect("a header"));
            assert_eq!(is_operator(here, &headers, &[]), expected, "{host}");
        }
    }

    #[test]
    fn what_a_client_has_put_before_its_own_address_is_not_believed() {
        check("10.0.0.1", &["127.0.0.1, 198.51.100.1"], "198.51.100.1");
        check(
            "10.0.0.1",
            &["127.0.0.1", "198.51.100.1, 10.2.2.2"],
            "198.51.100.1",
        );
        check("10.0.0.1", &["198.51.100.1, unknown, 10.2.2.2"], "10.0.0.1");
        check("::1", &["2001:db8::7"], "2001:db8::7");
        check("10.0.0.1", &["198.51.100.1:51234"], "198.51.100.1");
        check("10.0.0.1", &["[2001:db8::7]:443"], "2001:db8::7");
        check("10.0.0.1", &["10.3.3.3, 10.2.2.2"], "10.3.3.3");
    }
}
