//! How long a page may be taken for what its host would say now, and by whom (RFC 9111).
//!
//! Loa asks for all its readers, so it is a shared cache: what a host calls private, or sends with a
//! cookie, is for the one who asked. What a host says nothing about is fresh as long as the operator thinks
//! fit; what it does say counts. The rules themselves are `http-cache-semantics`'.

use std::time::{Duration, SystemTime};

use http::header::{
    CACHE_CONTROL, ETAG, EXPIRES, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, PRAGMA,
    SET_COOKIE, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response};
use http_cache_semantics::{AfterResponse, CacheOptions, CachePolicy};
use url::Url;

/// Longest that a host's word is taken for: who corrects an article wants it read.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// What a page's host said about keeping it.
#[derive(Clone, Debug)]
pub struct Freshness {
    /// The address that said so, where redirects had led.
    url: Url,
    request: Request<()>,
    head: HeaderMap,
    policy: CachePolicy,
    /// What was said about further pages that are kept with it.
    others: Vec<Freshness>,
}

impl Freshness {
    /// Takes what an answer says. A form that turns a list's page is a question like any other here: its
    /// whole text is part of the page's name.
    pub(super) fn of<Q, A>(
        url: &Url,
        request: &Request<Q>,
        response: &Response<A>,
        now: SystemTime,
    ) -> Self {
        let mut asked = Request::new(());
        *asked.uri_mut() = request.uri().clone();
        *asked.headers_mut() = request.headers().clone();
        *asked.method_mut() = Method::GET;
        let told = told(response);
        Self {
            url: url.clone(),
            policy: CachePolicy::new_options(&asked, &told, now, CacheOptions::default()),
            request: asked,
            head: told.into_parts().0.headers,
            others: Vec::new(),
        }
    }

    /// Takes a page that never changes, as Loa's own do not.
    pub(super) fn for_ever(url: &Url) -> Self {
        let mut response = Response::new(());
        let immutable = HeaderValue::from_static("public, immutable");
        response.headers_mut().insert(CACHE_CONTROL, immutable);
        Self::of(url, &Request::new(()), &response, SystemTime::now())
    }

    /// Says how long a page may be kept together with others: as the strictest of them may.
    #[must_use]
    pub fn along_with(self, others: Vec<Self>) -> Self {
        Self { others, ..self }
    }

    /// May others than the one who asked be given it?
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.is_shared_alone() && self.others.iter().all(Self::is_shared)
    }

    fn is_shared_alone(&self) -> bool {
        let is_public = self.says("public") || self.says("immutable");
        let sets_cookie = self.head.contains_key(SET_COOKIE) && !is_public;
        let varies = self
            .values(VARY)
            .any(|names| names.split(',').any(|name| name.trim() == "*"));
        self.policy.is_storable() && !sets_cookie && !varies
    }

    /// Returns how long it still counts as what the host would say; `usual` counts from its coming where
    /// the host has said nothing.
    #[must_use]
    pub fn lasts(&self, now: SystemTime, usual: Duration) -> Duration {
        let others = self.others.iter().map(|other| other.lasts(now, usual));
        others.fold(self.lasts_alone(now, usual), Duration::min)
    }

    fn lasts_alone(&self, now: SystemTime, usual: Duration) -> Duration {
        if !self.is_shared_alone() {
            return Duration::ZERO;
        }
        if self.is_told() || self.says("immutable") {
            return self.policy.time_to_live(now).min(LONGEST);
        }
        usual.saturating_sub(self.policy.age(now))
    }

    /// Returns how long past its time it may stand in for a host that fails (RFC 5861, 4; RFC 9111, 4.2.4);
    /// `usual` where the host has said nothing.
    #[must_use]
    pub fn outlasts_failure(&self, usual: Duration) -> Duration {
        let others = self
            .others
            .iter()
            .map(|other| other.outlasts_failure(usual));
        others.fold(self.outlasts_failure_alone(usual), Duration::min)
    }

    fn outlasts_failure_alone(&self, usual: Duration) -> Duration {
        const FORBIDDING: [&str; 4] = [
            "no-cache",
            "must-revalidate",
            "proxy-revalidate",
            "s-maxage",
        ];
        let told = self.value_of("stale-if-error");
        let seconds = told.and_then(|seconds| seconds.trim_matches('"').parse().ok());
        let told = seconds.map(Duration::from_secs);
        if !self.is_shared_alone() || FORBIDDING.iter().any(|name| self.says(name)) {
            return Duration::ZERO;
        }
        told.map_or(usual, |told| told.min(usual))
    }

    /// Adds to a request for the same address that only a changed page is wanted, where the host can tell. Of
    /// several pages the first alone tells nothing.
    pub(super) fn ask_for_change(&self, url: &Url, headers: &mut HeaderMap) {
        if *url != self.url || !self.others.is_empty() {
            return;
        }
        for (name, validator) in [(IF_NONE_MATCH, ETAG), (IF_MODIFIED_SINCE, LAST_MODIFIED)] {
            if let Some(known) = self.head.get(validator) {
                headers.insert(name, known.clone());
            }
        }
    }

    /// Renews it by the answer that nothing has changed; none where the answer speaks of another page.
    ///
    /// Servers leave out the validator that they were asked by; there is only one page it can be about.
    pub(super) fn renewed<A>(&self, answer: &Response<A>, now: SystemTime) -> Option<Self> {
        let mut told = told(answer);
        if !told.headers().contains_key(ETAG) {
            for name in [ETAG, LAST_MODIFIED] {
                if let Some(known) = self.head.get(&name) {
                    told.headers_mut().insert(name, known.clone());
                }
            }
        }
        match self.policy.after_response(&self.request, &told, now) {
            AfterResponse::NotModified(policy, parts) => Some(Self {
                url: self.url.clone(),
                request: self.request.clone(),
                head: parts.headers,
                policy,
                others: Vec::new(),
            }),
            AfterResponse::Modified(..) => None,
        }
    }

    /// Has the host said how long?
    fn is_told(&self) -> bool {
        const DIRECTIVES: [&str; 4] = ["max-age", "s-maxage", "no-cache", "must-revalidate"];
        self.head.contains_key(EXPIRES)
            || DIRECTIVES.iter().any(|name| self.says(name))
            || self.values(PRAGMA).any(|value| value.contains("no-cache"))
    }

    fn says(&self, directive: &str) -> bool {
        self.directives()
            .any(|(name, _)| name.eq_ignore_ascii_case(directive))
    }

    fn value_of(&self, directive: &str) -> Option<&str> {
        self.directives()
            .find(|(name, _)| name.eq_ignore_ascii_case(directive))
            .map(|(_, value)| value)
    }

    fn directives(&self) -> impl Iterator<Item = (&str, &str)> {
        let each = self.values(CACHE_CONTROL).flat_map(|list| list.split(','));
        each.map(|directive| {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            (name.trim(), value.trim())
        })
    }

    fn values(&self, name: HeaderName) -> impl Iterator<Item = &str> {
        let values = self.head.get_all(name).into_iter();
        values.filter_map(|value| value.to_str().ok())
    }
}

/// Takes the head of an answer with its directives in small letters, as they may be in any (RFC 9111, 5.2)
/// and the rules want them.
fn told<A>(response: &Response<A>) -> Response<()> {
    let mut told = Response::new(());
    *told.status_mut() = response.status();
    *told.headers_mut() = response.headers().clone();
    if let http::header::Entry::Occupied(mut values) = told.headers_mut().entry(CACHE_CONTROL) {
        for value in values.iter_mut() {
            let lower = value.as_bytes().to_ascii_lowercase();
            *value = HeaderValue::from_bytes(&lower).expect("letters of another size alone");
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: Duration = Duration::from_secs(300);

    fn said(fields: &[(&str, &str)], now: SystemTime) -> Freshness {
        let url = Url::parse("https://tin.example/a").expect("an address");
        let mut response = Response::builder();
        for (name, value) in fields {
            response = response.header(*name, *value);
        }
        let response = response.body(()).expect("an answer");
        Freshness::of(&url, &Request::new(()), &response, now)
    }

    #[track_caller]
    fn check(fields: &[(&str, &str)], is_shared: bool, lasts: u64, outlasts: u64) {
        let now = SystemTime::now();
        let freshness = said(fields, now);
        let got = (
            freshness.is_shared(),
            freshness.lasts(now, USUAL).as_secs(),
            freshness.outlasts_failure(USUAL).as_secs(),
        );
        assert_eq!(got, (is_shared, lasts, outlasts), "{fields:?}");
    }

    #[test]
    fn a_host_says_how_long_and_for_whom() {
        check(&[], true, 300, 300);
        check(
            &[("last-modified", "Sat, 01 Jan 2000 00:00:00 GMT")],
            true,
            300,
            300,
        );
        check(&[("cache-control", "max-age=60")], true, 60, 300);
        check(
            &[("cache-control", "max-age=60"), ("age", "50")],
            true,
            10,
            300,
        );
        check(
            &[("cache-control", "public, max-age=9999999")],
            true,
            24 * 3600,
            300,
        );
        check(&[("cache-control", "max-age=0")], true, 0, 300);
        check(&[("expires", "0")], true, 0, 300);
        check(&[("cache-control", "no-cache")], true, 0, 0);
        check(
            &[("cache-control", "max-age=60, must-revalidate")],
            true,
            60,
            0,
        );
        check(
            &[("cache-control", "max-age=60, stale-if-error=90")],
            true,
            60,
            90,
        );
        for private in [
            "private",
            "Private, max-age=60",
            "no-store",
            "private=\"x\"",
        ] {
            check(&[("cache-control", private)], false, 0, 0);
        }
        check(&[("vary", "accept, *")], false, 0, 0);
        check(&[("set-cookie", "a=b")], false, 0, 0);
        let public = [
            ("set-cookie", "a=b"),
            ("cache-control", "public, max-age=9"),
        ];
        check(&public, true, 9, 300);
    }

    #[test]
    fn what_nothing_is_said_about_is_fresh_for_the_usual_time_from_its_coming() {
        let now = SystemTime::now();
        let later = now + Duration::from_secs(299);
        assert_eq!(said(&[], now).lasts(later, USUAL).as_secs(), 1);
        assert_eq!(said(&[], now).lasts(later + USUAL, USUAL), Duration::ZERO);
    }

    #[test]
    fn an_unchanged_page_is_fresh_again_though_the_host_leaves_its_mark_out() {
        let now = SystemTime::now();
        let known = said(&[("etag", "\"1\""), ("cache-control", "max-age=60")], now);
        let later = now + Duration::from_secs(100);
        let unchanged = |fields: &[(&str, &str)]| {
            let mut answer = Response::builder().status(304);
            for (name, value) in fields {
                answer = answer.header(*name, *value);
            }
            known.renewed(&answer.body(()).expect("an answer"), later)
        };
        for fields in [&[][..], &[("etag", "\"1\"")], &[("etag", "W/\"1\"")]] {
            let renewed = unchanged(fields).expect("the same page");
            assert_eq!(renewed.lasts(later, USUAL).as_secs(), 60, "{fields:?}");
        }
        let shorter = unchanged(&[("cache-control", "max-age=5")]).expect("the same page");
        assert_eq!(shorter.lasts(later, USUAL).as_secs(), 5);
        assert!(unchanged(&[("etag", "\"2\"")]).is_none(), "another page");
    }

    #[test]
    fn only_the_address_that_gave_a_mark_is_asked_by_it() {
        let known = said(
            &[
                ("etag", "\"1\""),
                ("last-modified", "Sat, 01 Jan 2000 00:00:00 GMT"),
            ],
            SystemTime::now(),
        );
        let asked = |url: &str| {
            let mut headers = HeaderMap::new();
            known.ask_for_change(&Url::parse(url).expect("an address"), &mut headers);
            headers.len()
        };
        assert_eq!(asked("https://tin.example/a"), 2);
        assert_eq!(asked("https://tin.example/moved"), 0);
    }

    #[test]
    fn pages_that_are_kept_together_are_kept_as_the_strictest_of_them() {
        let now = SystemTime::now();
        let first = || said(&[("etag", "\"1\"")], now);
        let short = said(&[("cache-control", "max-age=60, must-revalidate")], now);
        let with_short = first().along_with(vec![said(&[], now), short]);
        assert!(with_short.is_shared());
        assert_eq!(with_short.lasts(now, USUAL).as_secs(), 60);
        assert_eq!(with_short.outlasts_failure(USUAL), Duration::ZERO);
        let private = said(&[("cache-control", "private")], now);
        let with_private = first().along_with(vec![private]);
        assert!(!with_private.is_shared());
        assert_eq!(with_private.lasts(now, USUAL), Duration::ZERO);
        let mut headers = HeaderMap::new();
        let url = Url::parse("https://tin.example/a").expect("an address");
        with_short.ask_for_change(&url, &mut headers);
        assert!(
            headers.is_empty(),
            "the first page tells nothing of the others"
        );
    }
}
