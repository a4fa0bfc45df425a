//! A web server that misbehaves on demand, and counts who comes.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use loa::fetch::{Error, Fetcher, HostPort, Page, Reach, Resolve, Settings, SourceUrl};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What a stub says to a request.
pub(crate) enum Reply {
    /// This, and closes.
    Whole(Vec<u8>),
    /// This, and then nothing until the other side goes.
    Stalled(Vec<u8>),
    /// This, and then zeros without end.
    Endless(Vec<u8>),
}

/// A server on loopback.
pub(crate) struct Stub {
    address: SocketAddr,
    visits: Arc<AtomicUsize>,
    /// Told when a request has come in whole.
    pub(crate) asked: Arc<Notify>,
    /// Told when a client has gone while its answer stalled.
    pub(crate) left: Arc<Notify>,
}

impl Stub {
    /// Starts a server that answers by the head of the request.
    pub(crate) async fn answering(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let stub = Self {
            address: listener.local_addr().expect("it listens"),
            visits: Arc::default(),
            asked: Arc::default(),
            left: Arc::default(),
        };
        let (visits, asked, left) = (stub.visits.clone(), stub.asked.clone(), stub.left.clone());
        let reply = Arc::new(reply);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                visits.fetch_add(1, Ordering::SeqCst);
                let (reply, asked, left) = (reply.clone(), asked.clone(), left.clone());
                tokio::spawn(async move {
                    let head = read_head(stream).await;
                    asked.notify_one();
                    if let Some((head, stream)) = head {
                        send(reply(&head), stream).await;
                        left.notify_one();
                    }
                });
            }
        });
        stub
    }

    /// Starts a server with one answer for everybody.
    pub(crate) async fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::answering(move |_| Reply::Whole(answer.clone())).await
    }

    /// Starts a server that redirects everybody.
    pub(crate) async fn redirecting(status: u16, location: &str) -> Self {
        Self::saying(format!(
            "HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
        ))
        .await
    }

    /// Its port.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Its address, with a path that begins with a slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Its host and port.
    pub(crate) fn host_port(&self) -> HostPort {
        self.address.to_string().parse().expect("an address")
    }

    /// How many have connected. Knocks itself: connections are accepted in their order, so whoever
    /// came before has been counted when the knock is.
    pub(crate) async fn visits(&self) -> usize {
        let before = self.visits.load(Ordering::SeqCst);
        let knock = TcpStream::connect(self.address).await.expect("it listens");
        while self.visits.load(Ordering::SeqCst) == before {
            tokio::task::yield_now().await;
        }
        drop(knock);
        self.visits.fetch_sub(1, Ordering::SeqCst) - 1
    }
}

/// Reads up to the end of a request's head; nothing where the client goes before.
async fn read_head<S: AsyncRead + Unpin>(mut stream: S) -> Option<(String, S)> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some((String::from_utf8_lossy(&head).into_owned(), stream))
}

/// Answers one request on a connection; a client that goes early is what many tests are about.
pub(crate) async fn serve<S: AsyncRead + AsyncWrite + Unpin>(stream: S, answer: &[u8]) {
    if let Some((_, stream)) = read_head(stream).await {
        send(Reply::Whole(answer.to_vec()), stream).await;
    }
}

async fn send<S: AsyncRead + AsyncWrite + Unpin>(reply: Reply, mut stream: S) {
    let (Reply::Whole(bytes) | Reply::Stalled(bytes) | Reply::Endless(bytes)) = &reply;
    let mut sent = stream.write_all(bytes).await;
    match reply {
        Reply::Whole(_) => sent = stream.shutdown().await,
        Reply::Stalled(_) => drop(stream.read_u8().await),
        Reply::Endless(_) => {
            while sent.is_ok() {
                sent = stream.write_all(&[0; 4096]).await;
            }
        }
    }
    drop(sent);
}

/// An answer of this media type and body.
pub(crate) fn ok(media_type: &str, body: &[u8]) -> Vec<u8> {
    with_fields(&format!("Content-Type: {media_type}"), body)
}

/// An answer with these fields of the head and this body.
pub(crate) fn with_fields(fields: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\n{fields}\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// A resolver that knows these names, each with its addresses.
#[derive(Clone, Default)]
pub(crate) struct Names(pub(crate) Vec<(&'static str, Vec<&'static str>)>);

impl Resolve for Names {
    async fn addresses(&self, name: &str) -> std::io::Result<Vec<std::net::IpAddr>> {
        let known = self.0.iter().find(|(known, _)| *known == name);
        let (_, addresses) = known.ok_or(std::io::ErrorKind::NotFound)?;
        let addresses = addresses.iter().map(|ip| ip.parse().expect("an address"));
        Ok(addresses.collect())
    }
}

/// Settings that trust these stubs and read nothing else.
pub(crate) fn trusting(stubs: &[&Stub]) -> Settings {
    let mut settings = Settings::new(Reach::Portals(Vec::new()));
    settings.robots = false; // a stub says the same to whatever it is asked
    settings.trusted = stubs.iter().map(|stub| stub.host_port()).collect();
    settings
}

/// Fetches an address.
pub(crate) async fn fetch(settings: Settings, address: &str) -> Result<Page, Error> {
    fetch_by(Names::default(), settings, address).await
}

/// Fetches an address, with names looked up in a table.
pub(crate) async fn fetch_by(
    names: Names,
    settings: Settings,
    address: &str,
) -> Result<Page, Error> {
    let address = SourceUrl::parse(address)?;
    Fetcher::with_resolver(settings, names).page(&address).await
}
