//! Encrypted connections, with a certificate of our own making for `secure.example.org`.

use std::net::Ipv4Addr;
use std::sync::Arc;

use loa::fetch::{Error, Fetcher, Page, Settings, SourceUrl};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{RootCertStore, ServerConfig};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::stub::{Names, ok, serve, trusting};

fn certificate() -> CertificateDer<'static> {
    CertificateDer::from(include_bytes!("secure.example.org.cert.der").as_slice())
}

fn acceptor() -> TlsAcceptor {
    let key = include_bytes!("secure.example.org.key.der").as_slice();
    let key = PrivateKeyDer::try_from(key).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the default versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![certificate()], key)
        .expect("key and certificate belong together");
    TlsAcceptor::from(Arc::new(config))
}

/// Starts an encrypted server and returns its port.
async fn encrypted() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a free port");
    let port = listener.local_addr().expect("it listens").port();
    let acceptor = acceptor();
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            if let Ok(stream) = acceptor.accept(tcp).await {
                serve(stream, &ok("text/html", b"<p>An toan")).await;
            }
        }
    });
    port
}

/// Fetches from a host that leads to loopback, trusted at this port.
async fn fetch(host: &'static str, port: u16, roots: Option<RootCertStore>) -> Result<Page, Error> {
    let mut settings: Settings = trusting(&[]);
    let host_port = format!("{host}:{port}");
    settings.trusted = vec![host_port.parse().expect("a host and port")];
    let names = Names(vec![(host, vec!["127.0.0.1"])]);
    let mut fetcher = Fetcher::with_resolver(settings, names);
    if let Some(roots) = roots {
        fetcher = fetcher.with_roots(roots);
    }
    let address = SourceUrl::parse(&format!("https://{host_port}/"))?;
    fetcher.page(&address).await
}

fn own_roots() -> Option<RootCertStore> {
    let mut roots = RootCertStore::empty();
    roots.add(certificate()).expect("a certificate");
    Some(roots)
}

#[tokio::test]
async fn a_host_that_proves_itself_is_read() {
    let page = fetch("secure.example.org", encrypted().await, own_roots()).await;
    assert_eq!(page.expect("a page").body, "<p>An toan");
}

#[tokio::test]
async fn a_certificate_of_nobody_or_for_another_name_is_not_believed() {
    let port = encrypted().await;
    let got = fetch("secure.example.org", port, None).await;
    assert!(matches!(got, Err(Error::Unreachable(_))), "{got:?}");
    let got = fetch("other.example.org", port, own_roots()).await;
    assert!(matches!(got, Err(Error::Unreachable(_))), "{got:?}");
}

#[tokio::test]
async fn a_host_that_speaks_no_tls_is_unreachable() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a free port");
    let port = listener.local_addr().expect("it listens").port();
    let serving = async {
        let (mut stream, _) = listener.accept().await.expect("a client");
        let sent = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        sent.expect("the client listens");
        stream
    };
    let (_stream, got) = tokio::join!(serving, fetch("secure.example.org", port, own_roots()));
    assert!(matches!(got, Err(Error::Unreachable(_))), "{got:?}");
}
