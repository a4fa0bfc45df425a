//! Answers that many ask for at once, ready to be sent: pages that are known, and sound that is kept.
//!
//! An answer is kept as it was sent, for some seconds and never longer than its page is fresh, under all of a
//! request that it depends on. So a page that a whole village opens costs little more than its bytes. Requests
//! that are conditional, or not for such an answer, are not looked at.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use moka::Expiry;
use moka::sync::Cache;
use prometheus_client::metrics::counter::Counter;

use super::metric::Metrics;
use super::range::{Asked, asked};

/// Longest that an answer is kept: settings that were read again, and a voice that has gone, are seen after it.
const LONGEST: Duration = Duration::from_secs(5);
/// Most bytes of all of them.
const MOST_BYTES: u64 = 32 << 20;
/// Most bytes of one: some ten minutes of sound.
pub(super) const MOST_OF_ONE: u64 = 4 << 20;
/// Bytes that the key of most requests takes.
const KEY_BYTES: usize = 512;
/// Bytes that the key of any takes; one with a longer address or cookie is answered anew.
const MOST_OF_KEY: usize = 4 << 10;
/// Most requests that are remembered as asked for lately.
const MOST_ASKED: u64 = 4_096;

/// The answers at hand.
pub(super) struct AtHand {
    answers: Cache<Arc<str>, Arc<Answer>>,
    asked: Cache<Arc<str>, ()>,
}

/// Marks a request for something that was asked for just before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Again;

/// Marks an answer that may be given to whoever asks alike, for a while; an extension of the answer.
#[derive(Clone, Debug)]
pub(super) struct Keep {
    /// How long.
    pub(super) lasts: Duration,
    /// All of its bytes, where the answer is a part of them.
    pub(super) whole: Option<Bytes>,
}

/// What the answer to a request depends on.
pub(super) struct Key {
    all: String,
    route: &'static str,
}

struct Answer {
    headers: HeaderMap,
    body: Bytes,
    has_parts: bool,
    lasts: Duration,
    /// Where it is counted, whole and in parts.
    counters: [Counter; 2],
}

struct Lasts;

impl Expiry<Arc<str>, Arc<Answer>> for Lasts {
    fn expire_after_create(
        &self,
        _: &Arc<str>,
        answer: &Arc<Answer>,
        _: Instant,
    ) -> Option<Duration> {
        Some(answer.lasts.min(LONGEST))
    }
}

impl AtHand {
    pub(super) fn new() -> Self {
        Self {
            answers: Cache::builder()
                .weigher(|key: &Arc<str>, answer: &Arc<Answer>| {
                    let bytes = key.len() + answer.body.len() + 2_048;
                    u32::try_from(bytes).unwrap_or(u32::MAX)
                })
                .max_capacity(MOST_BYTES)
                .expire_after(Lasts)
                .build(),
            asked: Cache::builder()
                .max_capacity(MOST_ASKED)
                .time_to_live(LONGEST)
                .build(),
        }
    }

    /// Returns the answer that is at hand.
    pub(super) fn get<B>(&self, key: &Key, request: &Request<B>) -> Option<(Response, Counter)> {
        let answer = self.answers.get(key.all.as_str())?;
        let [whole, part] = &answer.counters;
        let range = request.headers().get(header::RANGE);
        match range.filter(|_| answer.has_parts) {
            None => Some((answer.whole(), whole.clone())),
            Some(range) => Some((answer.part(range)?, part.clone())),
        }
    }

    /// Was it asked for just before? From now on it was.
    pub(super) fn is_asked_again(&self, key: &Key) -> bool {
        let is_again = self.asked.contains_key(key.all.as_str());
        if !is_again {
            self.asked.insert(key.all.as_str().into(), ());
        }
        is_again
    }

    /// Keeps an answer that says that it may be kept, and gives it on.
    pub(super) async fn keep(
        &self,
        key: Key,
        mut response: Response,
        metrics: &Metrics,
    ) -> Response {
        let Some(Keep { lasts, whole }) = response.extensions_mut().remove::<Keep>() else {
            return response;
        };
        if lasts.is_zero() {
            return response;
        }
        let counters = [StatusCode::OK, StatusCode::PARTIAL_CONTENT]
            .map(|status| metrics.counter(key.route, status));
        match whole {
            Some(body) => {
                let mut headers = response.headers().clone();
                headers.remove(header::CONTENT_RANGE);
                headers.remove(header::CONTENT_LENGTH);
                self.insert(
                    key,
                    Answer {
                        headers,
                        body,
                        has_parts: true,
                        lasts,
                        counters,
                    },
                );
                response
            }
            None if response.status() == StatusCode::OK => {
                let (parts, body) = response.into_parts();
                // It is a page of ours, and in memory.
                let Ok(body) = to_bytes(body, usize::MAX).await else {
                    return StatusCode::INTERNAL_SERVER_ERROR.into_response();
                };
                let mut headers = parts.headers.clone();
                headers.remove(header::CONTENT_LENGTH);
                let kept = Answer {
                    headers,
                    body: body.clone(),
                    has_parts: false,
                    lasts,
                    counters,
                };
                self.insert(key, kept);
                Response::from_parts(parts, Body::from(body))
            }
            None => response,
        }
    }

    fn insert(&self, key: Key, answer: Answer) {
        if answer.body.len() as u64 <= MOST_OF_ONE {
            self.answers.insert(key.all.into(), Arc::new(answer));
        }
    }
}

impl Answer {
    fn whole(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.headers_mut() = self.headers.clone();
        response
    }

    /// A part of it; what is not there is for others to answer.
    fn part(&self, range: &HeaderValue) -> Option<Response> {
        let length = self.body.len() as u64;
        let Asked::Part(range) = asked(range.to_str().ok()?, length) else {
            return None;
        };
        let place = format!("bytes {}-{}/{length}", range.start, range.end - 1);
        let (start, end) = (
            usize::try_from(range.start).ok()?,
            usize::try_from(range.end).ok()?,
        );
        let mut response = Response::new(Body::from(self.body.slice(start..end)));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        *response.headers_mut() = self.headers.clone();
        let place = HeaderValue::try_from(place).ok()?;
        response.headers_mut().insert(header::CONTENT_RANGE, place);
        Some(response)
    }
}

impl Key {
    /// Returns the pattern of the route that answers.
    pub(super) fn route(&self) -> &'static str {
        self.route
    }

    /// Takes of a request all that its answer may depend on; nothing where it is not one that is kept.
    pub(super) fn of<B>(request: &Request<B>) -> Option<Self> {
        const DEPENDED_ON: [&str; 4] =
            ["cookie", "accept-language", "accept-encoding", "save-data"];
        const OTHERS: [&str; 6] = [
            // Where its body ends is not known, so its connection must (see `layers`).
            "transfer-encoding",
            "if-none-match",
            "if-range",
            "if-modified-since",
            "if-match",
            "cache-control",
        ];
        let (path, headers) = (request.uri().path(), request.headers());
        let route = match path {
            "/read" => "/read",
            _ if path.starts_with("/audio.") => "/{file}",
            _ => return None,
        };
        let is_plain = request.method() == Method::GET
            && OTHERS.iter().all(|name| !headers.contains_key(*name));
        if !is_plain {
            return None;
        }
        let mut key = String::with_capacity(KEY_BYTES);
        key.push_str(request.uri().path_and_query()?.as_str());
        for name in DEPENDED_ON {
            let mut values = headers.get_all(name).iter();
            let value = values
                .next()
                .map_or(Some(""), |value| value.to_str().ok())?;
            if values.next().is_some() {
                return None;
            }
            if key.len() + value.len() > MOST_OF_KEY {
                return None;
            }
            key.push('\n');
            key.push_str(value);
        }
        Some(Self { all: key, route })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(path: &str, headers: &[(&str, &str)]) -> Request<Body> {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).expect("a request")
    }

    fn key(path: &str, headers: &[(&str, &str)]) -> Option<String> {
        Key::of(&request(path, headers)).map(|key| key.all)
    }

    #[test]
    fn an_answer_is_for_those_who_ask_alike() {
        let plain = key("/read?url=a", &[]);
        assert!(plain.is_some());
        for (path, headers) in [
            ("/read?url=b", &[][..]),
            ("/read?url=a", &[("cookie", "loa=1~s200")]),
            ("/read?url=a", &[("accept-language", "en")]),
            ("/read?url=a", &[("accept-encoding", "br")]),
            ("/read?url=a", &[("save-data", "on")]),
        ] {
            assert!(
                key(path, headers).is_some_and(|key| Some(&key) != plain.as_ref()),
                "{headers:?}"
            );
        }
        assert_eq!(key("/read?url=a", &[("range", "bytes=0-1")]), plain);
    }

    #[test]
    fn what_is_conditional_or_no_page_is_not_looked_at() {
        assert_eq!(key("/settings", &[]), None);
        assert_eq!(key("/read?url=a", &[("if-none-match", "x")]), None);
        assert_eq!(key("/read?url=a", &[("cache-control", "no-cache")]), None);
        assert_eq!(
            key("/read?url=a", &[("cookie", "a"), ("cookie", "b")]),
            None
        );
        assert_eq!(
            key("/read?url=a", &[("transfer-encoding", "chunked")]),
            None
        );
        let long = "a".repeat(MOST_OF_KEY);
        assert_eq!(key("/read?url=a", &[("cookie", &long)]), None);
        assert_eq!(key(&format!("/read?url={long}"), &[]), None);
    }

    #[tokio::test]
    async fn a_kept_sound_is_given_in_parts_and_a_page_whole() {
        let at_hand = AtHand::new();
        let lasts = Duration::from_secs(60);
        let whole = Some(Bytes::from_static(b"0123456789"));
        let mut answer = Response::new(Body::from("01"));
        *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
        answer
            .headers_mut()
            .insert("content-range", HeaderValue::from_static("bytes 0-1/10"));
        answer.extensions_mut().insert(Keep { lasts, whole });
        let ask = |range: &'static str| request("/audio.mp3?url=a", &[("range", range)]);
        let first = ask("bytes=0-1");
        let metrics = Metrics::beside(&crate::gateway::Metrics::default());
        at_hand
            .keep(Key::of(&first).expect("a key"), answer, &metrics)
            .await;
        let mut got = Vec::new();
        for range in ["bytes=2-4", "bytes=-1", "bytes=99-"] {
            let asked = ask(range);
            let answer = at_hand.get(&Key::of(&asked).expect("a key"), &asked);
            got.push(match answer {
                None => None,
                Some((answer, _)) => {
                    let place = answer.headers()["content-range"]
                        .to_str()
                        .expect("text")
                        .to_owned();
                    let body = to_bytes(answer.into_body(), 99).await.expect("bytes");
                    Some((place, body))
                }
            });
        }
        let part =
            |place: &str, bytes: &'static [u8]| Some((place.to_owned(), Bytes::from_static(bytes)));
        assert_eq!(
            got,
            [
                part("bytes 2-4/10", b"234"),
                part("bytes 9-9/10", b"9"),
                None
            ]
        );
    }
}
