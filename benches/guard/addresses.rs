//! Forbidden addresses, given straight or by a redirect: the listeners behind them must not be reached.
//!
//! A listener stands at each port of the web that is free here, on every loopback address that the system
//! lets one bind. Names that change their mind are tried in `cargo test --test fetch`, with a resolver that
//! does.

use std::time::Instant;

use crate::common::client::get;
use crate::common::loa::Server;
use crate::stub::{Stub, missing, moved, page};

/// Ports that the gate lets through, so that only the guard stands before the listener.
const PORTS: [u16; 4] = [8080, 8443, 80, 443];

/// Spellings of this machine: what resolvers, kernels and address parsers have been caught by.
const HOSTS: [&str; 24] = [
    "127.0.0.1",
    "127.0.0.2",
    "127.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0x7f.1",
    "0.0.0.0",
    "0",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "a.localhost",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[::ffff:0:127.0.0.1]",
    "①②⑦.0.0.1",
];

const ARTICLE: &str = "<html><title>Tin</title><article><h1>Tin</h1><p>Sáng nay trời nắng đẹp khắp nơi.</p></article>";

pub(crate) fn run() {
    let secrets: Vec<Stub> = PORTS
        .iter()
        .flat_map(|port| [format!("127.0.0.1:{port}"), format!("[::1]:{port}")])
        .filter_map(|at| Stub::start(&at, |_, stream| page(stream, "", ARTICLE.as_bytes())).ok())
        .collect();
    let ports: Vec<u16> = secrets.iter().map(|secret| secret.address.port()).collect();
    let lure = Stub::start("127.0.0.1:0", |path, stream| {
        match path.strip_prefix("/to?") {
            Some(location) => moved(stream, &location.replace("%23", "#")),
            None if path == "/robots.txt" => missing(stream),
            None => page(stream, "", ARTICLE.as_bytes()),
        }
    });
    let lure = lure.expect("a free port");
    let server = Server::start(&["--trust", &lure.address.to_string()]);
    let (mut tried, mut answered) = (0, 0);
    let began = Instant::now();
    for host in HOSTS {
        for port in ports
            .iter()
            .copied()
            .collect::<std::collections::BTreeSet<_>>()
        {
            for scheme in ["http", "https"] {
                let straight = format!("{scheme}://{host}:{port}/");
                let led = format!("http://{}/to?{straight}", lure.address);
                for url in [straight, led] {
                    let query: String =
                        url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
                    let status = get(server.address, &format!("/read?url={query}"), &[]).status;
                    tried += 1;
                    answered += usize::from((400..600).contains(&status));
                }
            }
        }
    }
    let reached: usize = secrets.iter().map(Stub::visits).sum();
    println!(
        "{tried} requests to {} spellings of this machine, straight and by redirects, listeners at {} places: \
         {reached} connections (to reach: 0), {answered} clear refusals, {:.1} s in all",
        HOSTS.len(),
        secrets.len(),
        began.elapsed().as_secs_f64()
    );
    let neighbour = format!("/read?url=http%3A%2F%2F{}%2Ftin", lure.address);
    println!(
        "the one that is trusted: status {}",
        get(server.address, &neighbour, &[]).status
    );
    assert_eq!(reached, 0);
}
