//! One request and its answer, on a connection of their own.
//!
//! The connection is driven inside the same future that waits for the answer: no task is started, and
//! dropping the future closes the connection.

use std::convert::Infallible;
use std::future::{Future, pending};
use std::io;
use std::time::SystemTime;

use bytes::Bytes;
use futures_util::FutureExt;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE,
    HOST, HeaderName, LOCATION, USER_AGENT,
};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio_util::io::StreamReader;
use url::Position;

use super::connect::Duplex;
use super::freshness::Freshness;
use super::host::{self, Hosts};
use super::jar::Jar;
use super::{Error, Page, SourceUrl, body, media};

/// Longest head of an answer in bytes, and most fields in it.
const HEAD_BYTES: usize = 64 << 10;
const HEAD_FIELDS: usize = 128;

/// In which languages Loa reads.
const ACCEPTED_LANGUAGES: &str = "vi,en;q=0.8";

/// How a form is written.
const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// What is asked for.
pub(super) struct Errand<'a> {
    /// The page.
    pub(super) address: &'a SourceUrl,
    /// The form that is sent to it, if it is one.
    pub(super) form: Option<Bytes>,
    /// What is expected there.
    pub(super) wanted: Wanted,
    /// What is known of it: only what has changed is wanted.
    pub(super) known: Option<&'a Freshness>,
}

/// What kind of thing is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A page to read.
    Page,
    /// A picture; whoever decodes it finds out whether it is one.
    Picture,
    /// A host's wishes.
    Robots,
}

impl Wanted {
    /// Returns the media types that are named to the host.
    fn accepted(self) -> &'static str {
        match self {
            Self::Page => "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1",
            Self::Picture => "image/jpeg,image/png,image/webp,image/gif;q=0.9,*/*;q=0.1",
            Self::Robots => "text/plain,*/*;q=0.1",
        }
    }
}

/// What a host says to a request.
pub(super) enum Answer {
    /// Here is the page.
    Page(Page),
    /// It is as it was, and may be taken so for longer.
    Unchanged(Freshness),
    /// It is there.
    Elsewhere(Moved),
}

/// Where a host sends those who ask.
pub(super) struct Moved {
    /// The `Location`, as given.
    pub(super) location: String,
    /// Is what was sent to be sent again there (RFC 9110, 15.4.8 and 15.4.9)?
    pub(super) keeps_method: bool,
}

/// How Loa asks.
#[derive(Clone, Debug)]
pub(super) struct Manners {
    /// Who asks.
    pub(super) user_agent: HeaderValue,
    /// Most decoded bytes of a page.
    pub(super) max_bytes: u64,
    /// Most bytes of a picture.
    pub(super) max_picture_bytes: u64,
}

impl Manners {
    /// Asks for a page, by sending a form where there is one, and reads the answer; the cookies at hand
    /// go along, and those that come are kept.
    pub(super) async fn ask(
        &self,
        connection: Box<dyn Duplex>,
        errand: &Errand<'_>,
        (jar, hosts): (&mut Jar, &Hosts),
    ) -> Result<Answer, Error> {
        let request = self.request(errand, jar)?;
        let (sender, connection) = http1::Builder::new()
            .max_header_size(HEAD_BYTES)
            .max_headers(HEAD_FIELDS)
            .title_case_headers(true)
            .handshake(TokioIo::new(connection))
            .await
            .map_err(no_answer)?;
        // How the connection ends is told to the exchange as well, which alone ends the story.
        let driver = connection.then(|_| pending::<Infallible>());
        let story = self.converse(sender, request, (errand, jar, hosts));
        beside(driver, story).await
    }

    fn request(&self, errand: &Errand<'_>, jar: &Jar) -> Result<Request<Full<Bytes>>, Error> {
        let (url, form) = (errand.address.url(), errand.form.clone());
        let host = &url[Position::BeforeHost..Position::AfterPort];
        let target = &url[Position::BeforePath..Position::AfterQuery];
        let mut request = match form {
            Some(_) => Request::post(target).header(CONTENT_TYPE, FORM_TYPE),
            None => Request::get(target),
        };
        if let Some(cookies) = jar.field(url) {
            request = request.header(COOKIE, cookies);
        }
        let mut request = request
            .header(HOST, host)
            .header(USER_AGENT, &self.user_agent)
            .header(ACCEPT, errand.wanted.accepted())
            .header(ACCEPT_LANGUAGE, ACCEPTED_LANGUAGES)
            .header(ACCEPT_ENCODING, body::ACCEPTED)
            .header(CONNECTION, "close")
            .body(Full::new(form.unwrap_or_default()))
            .map_err(|_| Error::NotAnAddress)?;
        if let Some(known) = errand.known {
            known.ask_for_change(url, request.headers_mut());
        }
        Ok(request)
    }

    async fn converse(
        &self,
        mut sender: SendRequest<Full<Bytes>>,
        request: Request<Full<Bytes>>,
        (errand, jar, hosts): (&Errand<'_>, &mut Jar, &Hosts),
    ) -> Result<Answer, Error> {
        let (url, asked) = (errand.address.url(), without_body(&request));
        let response = sender.send_request(request).await.map_err(no_answer)?;
        let now = SystemTime::now();
        jar.keep(url, response.headers());
        if let Some(seconds) = hosts
            .listen(url, response.status(), response.headers())
            .await
        {
            return Err(Error::Resting { seconds });
        }
        if let (StatusCode::NOT_MODIFIED, Some(known)) = (response.status(), errand.known) {
            let renewed = known.renewed(&response, now);
            let other = || Error::Damaged("another page is said to be unchanged".to_owned());
            return renewed.map(Answer::Unchanged).ok_or_else(other);
        }
        if let Some(location) = location(&response) {
            let keeps_method = matches!(response.status().as_u16(), 307 | 308);
            return Ok(Answer::Elsewhere(Moved {
                location,
                keeps_method,
            }));
        }
        let freshness = Freshness::of(url, &asked, &response, now);
        self.page(response, errand, freshness)
            .await
            .map(Answer::Page)
    }

    /// Reads what was asked for, and refuses by its head what need not be read.
    async fn page(
        &self,
        response: Response<Incoming>,
        errand: &Errand<'_>,
        freshness: Freshness,
    ) -> Result<Page, Error> {
        check_status(response.status())?;
        let header = field(&response, &CONTENT_TYPE);
        let declared = match errand.wanted {
            Wanted::Page => Some(media::declared(header.as_deref())?),
            Wanted::Picture | Wanted::Robots => None,
        };
        let limit = self.limit(errand.wanted);
        check_length(&response, limit)?;
        let codings = body::codings(response.headers())?;
        let parts = response.into_body().map_err(io::Error::other);
        let reader = StreamReader::new(parts.into_data_stream());
        let body = body::read(reader, &codings, limit).await?;
        let content_type = match declared {
            Some(declared) => Some(declared.confirm(&body)?),
            None => header,
        };
        Ok(Page {
            url: errand.address.url().clone(),
            content_type,
            body,
            freshness,
        })
    }

    fn limit(&self, wanted: Wanted) -> u64 {
        match wanted {
            Wanted::Page => self.max_bytes,
            Wanted::Picture => self.max_picture_bytes,
            Wanted::Robots => host::ROBOTS_BYTES,
        }
    }
}

/// Takes the head of a request, by which an answer is judged later.
fn without_body<B>(request: &Request<B>) -> Request<()> {
    let mut head = Request::new(());
    *head.uri_mut() = request.uri().clone();
    *head.headers_mut() = request.headers().clone();
    head
}

/// Refuses a body that says itself that it is too large.
fn check_length(response: &Response<Incoming>, limit: u64) -> Result<(), Error> {
    let length = field(response, &CONTENT_LENGTH).and_then(|text| text.parse::<u64>().ok());
    match length {
        Some(length) if length > limit => Err(Error::TooLarge { limit }),
        _ => Ok(()),
    }
}

/// Waits for `story` while `driver`, which never ends, is kept going.
async fn beside<T>(driver: impl Future<Output = Infallible>, story: impl Future<Output = T>) -> T {
    tokio::select! {
        told = story => told,
        never = driver => match never {},
    }
}

/// Returns where a redirect leads (RFC 9110, 15.4).
fn location(response: &Response<Incoming>) -> Option<String> {
    matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308)
        .then(|| field(response, &LOCATION))
        .flatten()
}

fn check_status(status: StatusCode) -> Result<(), Error> {
    if status.is_success() {
        return Ok(());
    }
    Err(Error::Upstream {
        status: status.as_u16(),
    })
}

/// Reads a field of the head; portals write UTF-8 where only ASCII is allowed.
fn field(response: &Response<Incoming>, name: &HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn no_answer(cause: hyper::Error) -> Error {
    if cause.is_parse() {
        return Error::Damaged(cause.to_string());
    }
    Error::Unreachable(cause.to_string())
}
