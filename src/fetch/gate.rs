//! Whether an address may be asked for at all, before its name is looked up.
//!
//! A trusted host and port is readable, full stop. Anything else must be one of the portals (where the
//! gateway has a list), at a port of the web, and have a name of the public DNS.

use rustls::pki_types::ServerName;
use url::Host;

use super::portal::{Portal, is_at_or_below, without_root};
use super::settings::{HostPort, Reach, plain};
use super::{Error, SourceUrl};

/// Ports at which web sites are served.
const WEB_PORTS: [u16; 4] = [80, 443, 8080, 8443];

/// Names that lead to one's own machine or network, never to the public. Sources: RFC 6761, 6762
/// (local), 7686 (onion), 8375 (home.arpa), 9476 (alt); ICANN's resolution on internal (2024) and its
/// list of name collisions (corp, home, mail); lan, localdomain, intranet, private and svc (of
/// Kubernetes) by custom.
const INWARD_NAMES: [&str; 15] = [
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "private",
    "lan",
    "home",
    "home.arpa",
    "corp",
    "mail",
    "svc",
    "onion",
    "alt",
    "invalid",
];

/// A host and port that may be asked for, and how it proves itself. Only [`Gate::admit`] makes one.
#[derive(Clone, Debug)]
pub(super) struct Destination {
    host: Host,
    port: u16,
    trusted: bool,
    server_name: Option<ServerName<'static>>,
}

impl Destination {
    /// Returns the host: an address, or a name that is yet to be looked up.
    pub(super) fn host(&self) -> &Host {
        &self.host
    }

    /// Returns the port.
    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Says whether this very host and port may be private.
    pub(super) fn is_trusted(&self) -> bool {
        self.trusted
    }

    /// Returns the name its certificate must bear, where the connection is encrypted.
    pub(super) fn server_name(&self) -> Option<&ServerName<'static>> {
        self.server_name.as_ref()
    }
}

/// What may be asked for.
#[derive(Debug)]
pub(super) struct Gate {
    portals: Option<Vec<Portal>>,
    trusted: Vec<HostPort>,
}

impl Gate {
    /// Makes a gate. A portal that cannot be read lets nobody in.
    pub(super) fn new(reach: &Reach, trusted: &[HostPort]) -> Self {
        let portals = match reach {
            Reach::Open => None,
            Reach::Portals(list) => Some(list.iter().filter_map(|p| p.parse().ok()).collect()),
        };
        Self {
            portals,
            trusted: trusted.to_vec(),
        }
    }

    /// Admits an address, or says why not.
    pub(super) fn admit(&self, address: &SourceUrl) -> Result<Destination, Error> {
        let destination = self.destination(address)?;
        if !destination.trusted {
            self.check_reach(&destination)?;
            check_name(&destination.host)?;
        }
        Ok(destination)
    }

    fn destination(&self, address: &SourceUrl) -> Result<Destination, Error> {
        let url = address.url();
        let host = url.host().ok_or(Error::NotAnAddress)?.to_owned();
        let host = without_root(host);
        let port = url.port_or_known_default().ok_or(Error::NotAnAddress)?;
        let name = plain(&host);
        let server_name = match url.scheme() {
            "https" => Some(ServerName::try_from(name.clone()).map_err(|_| Error::NotAnAddress)?),
            _ => None,
        };
        let trusted = self.trusted.contains(&HostPort { host: name, port });
        Ok(Destination {
            host,
            port,
            trusted,
            server_name,
        })
    }

    /// Whether host and port are within reach.
    fn check_reach(&self, Destination { host, port, .. }: &Destination) -> Result<(), Error> {
        let mut own_port = false;
        if let Some(portals) = &self.portals {
            let mut holding = portals.iter().filter(|p| p.holds(host)).peekable();
            holding.peek().ok_or_else(|| Error::NotAPortal {
                host: host.to_string(),
            })?;
            own_port = holding.any(|portal| portal.port() == Some(*port));
        }
        if own_port || WEB_PORTS.contains(port) {
            return Ok(());
        }
        Err(Error::Refused(format!("port {port}")))
    }
}

/// Whether a host has a name of the public DNS: below a top-level domain, which begins with a letter
/// (RFC 3696, 2), so that `127.0.0.0x1g` is none. An address is judged when it is dialled.
fn check_name(host: &Host) -> Result<(), Error> {
    let Host::Domain(name) = host else {
        return Ok(());
    };
    let has_top_level = name
        .rsplit_once('.')
        .is_some_and(|(_, top)| top.starts_with(|c: char| c.is_ascii_alphabetic()));
    let is_inward = INWARD_NAMES
        .iter()
        .any(|inward| is_at_or_below(name, inward));
    if is_inward || !has_top_level {
        return Err(Error::Refused("a name of one's own network".to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(portals: &[&str], trusted: &[&str]) -> Gate {
        let portals = portals.iter().map(ToString::to_string).collect();
        let trusted: Vec<_> = trusted
            .iter()
            .map(|t| t.parse().expect("a host and port"))
            .collect();
        Gate::new(&Reach::Portals(portals), &trusted)
    }

    #[track_caller]
    fn check(gate: &Gate, address: &str, expected: Result<(), Error>) {
        let address = SourceUrl::parse(address).expect("an address");
        assert_eq!(
            gate.admit(&address).map(drop),
            expected,
            "{}",
            address.url()
        );
    }

    fn no_portal(host: &str) -> Result<(), Error> {
        Err(Error::NotAPortal {
            host: host.to_owned(),
        })
    }

    #[test]
    fn a_portal_is_its_host_and_what_lies_below() {
        let gate = gate(&["Báo.example", "tin.example.", "9.9.9.9"], &[]);
        check(&gate, "https://báo.example/", Ok(()));
        check(&gate, "https://a.b.báo.example/", Ok(()));
        check(&gate, "http://tin.example:8080/", Ok(()));
        check(&gate, "https://tin.example./", Ok(()));
        check(&gate, "https://9.9.9.9/", Ok(()));
        check(&gate, "https://xtin.example/", no_portal("xtin.example"));
        check(&gate, "https://example/", no_portal("example"));
        check(
            &gate,
            "https://tin.example.org/",
            no_portal("tin.example.org"),
        );
        check(&gate, "https://19.9.9.9/", no_portal("19.9.9.9"));
    }

    #[test]
    fn a_portal_may_have_a_port_of_its_own() {
        let gate = gate(
            &["tin.example:8181", "[2606:4700::1]:81", "bao.example"],
            &[],
        );
        check(&gate, "http://tin.example:8181/", Ok(()));
        check(&gate, "http://a.tin.example:8181/", Ok(()));
        check(&gate, "http://[2606:4700::1]:81/", Ok(()));
        check(&gate, "https://tin.example/", Ok(()));
        let refused = |port| Err(Error::Refused(format!("port {port}")));
        check(&gate, "http://bao.example:8181/", refused(8181));
        check(&gate, "http://tin.example:8182/", refused(8182));
    }

    #[test]
    fn an_unreadable_portal_lets_nobody_in() {
        let gate = gate(&["", "a b"], &[]);
        check(&gate, "https://tin.example/", no_portal("tin.example"));
    }

    #[test]
    fn only_ports_of_the_web_are_open() {
        let gate = Gate::new(&Reach::Open, &[]);
        for port in WEB_PORTS {
            check(&gate, &format!("http://tin.example:{port}/"), Ok(()));
        }
        for port in [0, 1, 22, 25, 81, 6379, 8000, 65535] {
            let refused = Err(Error::Refused(format!("port {port}")));
            check(&gate, &format!("http://tin.example:{port}/"), refused);
        }
    }

    #[test]
    fn names_of_ones_own_network_are_refused() {
        let gate = Gate::new(&Reach::Open, &[]);
        let refused = || Err(Error::Refused("a name of one's own network".to_owned()));
        for host in [
            "localhost",
            "a.localhost.",
            "router",
            "nas.lan",
            "x.home.arpa",
            "db.svc",
            "atlan",
            "10.0.0.0x1g",
        ] {
            check(&gate, &format!("http://{host}/"), refused());
        }
        for host in [
            "localhost.example.org",
            "mylan.example",
            "127.0.0.1.example.org",
        ] {
            check(&gate, &format!("http://{host}/"), Ok(()));
        }
    }

    #[test]
    fn trust_opens_exactly_one_host_and_port() {
        let gate = gate(&[], &["127.0.0.1:9000", "intranet:80"]);
        check(&gate, "http://127.0.0.1:9000/", Ok(()));
        check(&gate, "http://0x7f000001:9000/", Ok(()));
        check(&gate, "http://intranet/", Ok(()));
        for (address, host) in [
            ("http://127.0.0.1:9001/", "127.0.0.1"),
            ("http://127.0.0.1/", "127.0.0.1"),
            ("http://127.0.0.2:9000/", "127.0.0.2"),
            ("http://localhost:9000/", "localhost"),
            ("https://intranet/", "intranet"),
            ("http://a.intranet/", "a.intranet"),
        ] {
            check(&gate, address, no_portal(host));
        }
    }
}
