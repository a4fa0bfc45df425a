//! Opens a connection: look up, judge, dial, encrypt.
//!
//! The only place of Loa that dials. There is no proxy and no environment variable in the way: what
//! the guard has passed is what the kernel is told to connect to.

use std::future::pending;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsConnector;
use url::Host;

use super::Error;
use super::gate::Destination;
use super::guard::{Passed, pass};
use super::resolve::Resolve;

/// How long one address is tried alone before the next joins in (RFC 8305, 5).
const STAGGER: Duration = Duration::from_millis(250);

/// Most addresses that are tried for one host.
const MOST_ADDRESSES: usize = 8;

/// A connection, encrypted or not.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// Opens connections.
pub(super) struct Connector<R> {
    resolver: R,
    tls: TlsConnector,
    patience: Duration,
}

impl<R: Resolve> Connector<R> {
    /// Makes a connector that waits for a connection at most as long as `patience`.
    pub(super) fn new(resolver: R, roots: RootCertStore, patience: Duration) -> Self {
        Self {
            resolver,
            tls: tls(roots),
            patience,
        }
    }

    /// Believes these authorities from now on.
    pub(super) fn set_roots(&mut self, roots: RootCertStore) {
        self.tls = tls(roots);
    }

    /// Opens a connection to a destination.
    pub(super) async fn connect(&self, to: &Destination) -> Result<Box<dyn Duplex>, Error> {
        timeout(self.patience, self.open(to))
            .await
            .unwrap_or(Err(Error::TimedOut))
    }

    async fn open(&self, to: &Destination) -> Result<Box<dyn Duplex>, Error> {
        let passed = self.find(to).await?;
        let tcp = dial(&passed).await.map_err(unreachable)?;
        if !to.is_trusted() && is_this_machine(&tcp) {
            return Err(Error::Refused("this machine itself".to_owned()));
        }
        match to.server_name() {
            None => Ok(Box::new(tcp)),
            Some(name) => self.encrypt(tcp, name).await,
        }
    }

    /// Finds what may be dialled for a destination.
    pub(super) async fn find(&self, to: &Destination) -> Result<Vec<Passed>, Error> {
        let found = match to.host() {
            Host::Ipv4(ip) => vec![IpAddr::V4(*ip)],
            Host::Ipv6(ip) => vec![IpAddr::V6(*ip)],
            Host::Domain(name) => {
                let found = self.resolver.addresses(name).await;
                found.map_err(|_| Error::Unreachable("the name cannot be looked up".to_owned()))?
            }
        };
        pass(to, &found)
    }

    async fn encrypt(
        &self,
        tcp: TcpStream,
        name: &ServerName<'static>,
    ) -> Result<Box<dyn Duplex>, Error> {
        let stream = self.tls.connect(name.clone(), tcp).await;
        Ok(Box::new(stream.map_err(unreachable)?))
    }
}

/// TLS 1.2 and 1.3; HTTP/1.1 only, since a page is one request.
fn tls(roots: RootCertStore) -> TlsConnector {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring knows the default versions of TLS")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    TlsConnector::from(Arc::new(config))
}

/// Does a connection lead back to where it comes from? A public address of this machine is in no table.
fn is_this_machine(tcp: &TcpStream) -> bool {
    let ends = (tcp.local_addr(), tcp.peer_addr());
    matches!(ends, (Ok(here), Ok(there)) if here.ip().to_canonical() == there.ip().to_canonical())
}

fn unreachable(cause: io::Error) -> Error {
    Error::Unreachable(cause.to_string())
}

/// Dials addresses in turn, and the next one too where an answer takes its time; the first that
/// answers wins. Dropping it drops every attempt.
///
/// Source: RFC 8305 (Happy Eyeballs), without its sorting, which the resolver has done.
async fn dial(addresses: &[Passed]) -> io::Result<TcpStream> {
    let mut waiting = addresses.iter().take(MOST_ADDRESSES);
    let mut racing = FuturesUnordered::new();
    let mut failure = io::Error::from(io::ErrorKind::AddrNotAvailable);
    loop {
        if let Some(next) = waiting.next() {
            racing.push(TcpStream::connect(next.socket()));
        }
        let patience = async {
            match waiting.len() {
                0 => pending().await,
                _ => sleep(STAGGER).await,
            }
        };
        tokio::select! {
            tried = racing.next() => match tried {
                Some(Ok(stream)) => return Ok(stream),
                Some(Err(cause)) => failure = cause,
                None => return Err(failure),
            },
            () = patience => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    async fn leads_back(address: &str) -> bool {
        let listener = TcpListener::bind((address, 0)).await.expect("a port");
        let there = listener.local_addr().expect("its address");
        is_this_machine(&TcpStream::connect(there).await.expect("it listens"))
    }

    #[tokio::test]
    async fn a_connection_that_leads_back_is_told() {
        assert!(leads_back("127.0.0.1").await);
        // Linux asks all of its own network from this address.
        #[cfg(target_os = "linux")]
        assert!(!leads_back("127.0.0.2").await);
    }
}
