//! What holds for every answer, whatever handler gives it.

use std::error::Error;
use std::iter::successors;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Extension, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use http_body_util::LengthLimitError;
use hyper::body::Incoming;
use ipnet::IpNet;
use tower::{ServiceBuilder, ServiceExt};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::timeout::{TimeoutBody, TimeoutError};

use super::at_hand::{Again, AtHand, Key};
use super::client::{Operator, Peer, client, is_operator};
use super::form::is_plain;
use super::listen::Bounds;
use super::metric::Metrics;
use super::pace::Pace;
use super::reader::Reader;
use crate::model::Problem;

/// Most bytes of a form: a pasted text of some 80 pages.
const MAX_FORM_BYTES: usize = 256 << 10;

/// Longest silence in the middle of a form.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// The policy of every page: nothing runs and nothing loads but from here.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer (OWASP secure headers; those that speak of pages do no harm to sound).
const HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("x-frame-options", "DENY"),
];

/// Longest wait for a form in all.
const FORM_TIMEOUT: Duration = Duration::from_secs(30);

/// All that Loa answers, with what holds for every answer. Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Whole>);

struct Whole {
    routes: Router,
    doorkeeper: Arc<Doorkeeper>,
    at_hand: AtHand,
    metrics: Metrics,
}

impl Site {
    pub(super) fn new(routes: Router, bounds: &Bounds, metrics: &Metrics) -> Self {
        let doorkeeper = Arc::new(Doorkeeper {
            pace: Pace::new(bounds.rate),
            proxies: bounds.proxies.clone(),
            operators: bounds.operators.clone(),
        });
        Self(Arc::new(Whole {
            routes: around(routes, &doorkeeper, metrics),
            doorkeeper,
            at_hand: AtHand::new(),
            metrics: metrics.clone(),
        }))
    }

    /// Answers a request: with what is at hand, where others have just asked alike, else by its route.
    pub(super) async fn answer(&self, request: hyper::Request<Incoming>) -> Response {
        let Some(key) = Key::of(&request) else {
            return self.by_route(request.map(Body::new)).await;
        };
        if let Some(response) = self.given(&key, &request) {
            return response;
        }
        let mut request = request.map(Body::new);
        if self.0.at_hand.is_asked_again(&key) {
            request.extensions_mut().insert(Again);
        }
        let response = self.by_route(request).await;
        let Whole {
            at_hand, metrics, ..
        } = &*self.0;
        at_hand.keep(key, response, metrics).await
    }

    async fn by_route(&self, request: Request) -> Response {
        let routed = self.0.routes.clone().oneshot(request).await;
        routed.unwrap_or_else(|never| match never {})
    }

    /// Gives what is at hand to whom the doorkeeper lets in; whom he does not is told so by his route.
    fn given<B>(&self, key: &Key, request: &hyper::Request<B>) -> Option<Response> {
        let began = Instant::now();
        let Whole {
            doorkeeper,
            at_hand,
            metrics,
            ..
        } = &*self.0;
        let (response, counter) = at_hand.get(key, request)?;
        if !is_plain(request) || doorkeeper.pass_known(request).is_err() {
            return None;
        }
        metrics.given(&counter, began.elapsed());
        log(request.method(), key.route(), began, &response);
        Some(response)
    }
}

/// Lays everything around the routes; the first named here sees a request first.
fn around(routes: Router, doorkeeper: &Arc<Doorkeeper>, metrics: &Metrics) -> Router {
    let doorkeeper = Arc::clone(doorkeeper);
    let metrics = metrics.clone();
    let counting = metrics.clone();
    let compressible = SizeAbove::new(256)
        .and(NotForContentType::const_new("audio/"))
        .and(NotForContentType::SSE)
        .and(NotForContentType::IMAGES);
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            let metrics = counting.clone();
            async move { head(request, next, &metrics).await }
        }))
        .layer(CompressionLayer::new().compress_when(compressible))
        .layer(middleware::from_fn(mend))
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            let doorkeeper = Arc::clone(&doorkeeper);
            async move { doorkeeper.admit(request, next).await }
        }))
        .layer(Extension(metrics))
        .layer(CatchPanicLayer::new())
        .layer(CsrfLayer::new());
    routes.layer(layers)
}

/// Turns away what is no plain request, and who asks too often.
struct Doorkeeper {
    pace: Pace,
    proxies: Vec<IpNet>,
    operators: Vec<IpNet>,
}

impl Doorkeeper {
    async fn admit(&self, mut request: Request, next: Next) -> Response {
        let reader = Reader::of(request.uri(), request.headers());
        if !is_plain(&request) {
            return closing(reader.problem(&Problem::BadRequest, None));
        }
        let peer = request.extensions().get::<Peer>().copied();
        let ip = peer.map(|peer| client(peer, request.headers(), &self.proxies));
        // Where such a body ends is not known to what holds heads to the letter (see `wire`).
        let is_last = request.headers().contains_key(header::TRANSFER_ENCODING);
        let finish = |response| if is_last { closing(response) } else { response };
        if let Err(retry_after) = self.pass(request.uri().path(), ip) {
            return finish(reader.problem(&Problem::TooMany { retry_after }, None));
        }
        if ip.is_some_and(|ip| is_operator(ip, request.headers(), &self.operators)) {
            request.extensions_mut().insert(Operator);
        }
        finish(answered(&reader, request, next).await)
    }

    /// Counts a request for what is at hand.
    fn pass_known<B>(&self, request: &hyper::Request<B>) -> Result<(), u32> {
        let peer = request.extensions().get::<Peer>().copied();
        let ip = peer.map(|peer| client(peer, request.headers(), &self.proxies));
        self.pass(request.uri().path(), ip)
    }

    /// Counts a request; files of the interface are the page's own, and health is asked for by machines.
    fn pass(&self, path: &str, ip: Option<IpAddr>) -> Result<(), u32> {
        if path.starts_with("/static/") || path == "/healthz" {
            return Ok(());
        }
        ip.map_or(Ok(()), |ip| self.pace.pass(ip))
    }
}

/// Answers a request; a form once it has come whole, and in its time.
async fn answered(reader: &Reader, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    match form(body).await {
        Ok(form) => next.run(Request::from_parts(head, form.into())).await,
        Err(problem) => closing(reader.problem(&problem, None)),
    }
}

async fn form(body: Body) -> Result<Bytes, Problem> {
    // What says itself that it is too long is not waited for.
    if body.size_hint().lower() > MAX_FORM_BYTES as u64 {
        return Err(Problem::RequestTooLarge);
    }
    let body = Body::new(TimeoutBody::new(BODY_TIMEOUT, body));
    let come = tokio::time::timeout(FORM_TIMEOUT, to_bytes(body, MAX_FORM_BYTES)).await;
    let come = come.map_err(|_| Problem::RequestTooSlow)?;
    come.map_err(|error| {
        let last: &(dyn Error + 'static) = &error;
        let causes = || successors(Some(last), |cause| (*cause).source());
        if causes().any(|cause| cause.is::<LengthLimitError>()) {
            Problem::RequestTooLarge
        } else if causes().any(|cause| cause.is::<TimeoutError>()) {
            Problem::RequestTooSlow
        } else {
            Problem::BadRequest
        }
    })
}

/// Makes an answer the last of its connection.
fn closing(mut response: Response) -> Response {
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    response
}

/// Gives refusals of other layers the form in which a reader can use them.
async fn mend(request: Request, next: Next) -> Response {
    let reader = Reader::of(request.uri(), request.headers());
    let response = next.run(request).await;
    let is_ours = response.headers().contains_key(header::CONTENT_TYPE)
        && !response.headers()[header::CONTENT_TYPE]
            .as_bytes()
            .starts_with(b"text/plain");
    if response.extensions().get::<ProtectionError>().is_some() {
        return reader.problem(&Problem::OtherOrigin, None);
    }
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR && !is_ours {
        tracing::error!("a handler panicked");
        return reader.problem(&Problem::Internal, None);
    }
    response
}

/// Sets the headers, counts and logs.
async fn head(request: Request, next: Next, metrics: &Metrics) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let began = Instant::now();
    let mut response = next.run(request).await;
    set_headers(&method, &mut response);
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    tell(&method, route, began, &response, metrics);
    response
}

/// Counts an answer and logs it.
fn tell(method: &Method, route: &str, began: Instant, response: &Response, metrics: &Metrics) {
    metrics.answered(route, began.elapsed(), response);
    log(method, route, began, response);
}

/// Logs an answer's route, never the address that was asked for.
fn log(method: &Method, route: &str, began: Instant, response: &Response) {
    tracing::info!(
        %method,
        route,
        status = response.status().as_u16(),
        milliseconds = began.elapsed().as_millis(),
        "answered"
    );
}

fn set_headers(method: &Method, response: &mut Response) {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    let html = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if html {
        headers.append(
            header::VARY,
            HeaderValue::from_static("Cookie, Accept-Language, Save-Data"),
        );
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("private, no-cache"));
    }
    if *method == Method::POST {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::{StreamExt, stream};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_form_that_stops_coming_is_too_slow_and_one_that_is_too_long_is_not_waited_for() {
        let begun = || stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"text="))]);
        let stalled = Body::from_stream(begun().chain(stream::pending()));
        assert_eq!(form(stalled).await, Err(Problem::RequestTooSlow));
        let long = || Bytes::from(vec![b'a'; MAX_FORM_BYTES + 1]);
        assert_eq!(form(long().into()).await, Err(Problem::RequestTooLarge));
        let grown = Body::from_stream(stream::iter([Ok::<_, Infallible>(long())]));
        assert_eq!(form(grown).await, Err(Problem::RequestTooLarge));
        assert_eq!(form(Body::from("text=a")).await, Ok(Bytes::from("text=a")));
    }
}
