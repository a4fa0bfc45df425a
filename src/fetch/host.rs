//! What hosts ask of those who visit them: what is not to be read (robots.txt), and when not to come
//! (`Retry-After`).
//!
//! A reader asks for one page, and is no crawler; but Loa is a program, stands in for many, and a host may
//! not want it. What its robots.txt says to `Loa`, or to all, counts. Where that file cannot be had the page
//! may be read, against RFC 9309 (2.3.1.4): portals answer 500 for files they do not have, and a reader
//! would be shut out of all of them. Sources: RFC 9309; RFC 9110, 10.2.3.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use moka::Expiry;
use moka::future::Cache;
use robotxt::{BYTE_LIMIT, Robots};
use url::Url;

/// The name by which a robots.txt speaks to Loa.
const NAME: &str = "Loa";
/// Most bytes of a robots.txt that are read.
pub(super) const ROBOTS_BYTES: u64 = BYTE_LIMIT as u64;
/// Longest wait for one; the page waits meanwhile.
pub(super) const ROBOTS_TIMEOUT: Duration = Duration::from_secs(5);
/// How long one counts (RFC 9309, 2.4).
const ROBOTS_TIME: Duration = Duration::from_secs(24 * 3600);
/// Most rules of all hosts together that are remembered, some 100 bytes each.
const MOST_RULES: u64 = 100_000;
/// Most hosts that one stays away from, and the longest that is taken from a host's word.
const MOST_PAUSES: u64 = 10_000;
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// How long it counts that it could not be had: it may keep readers away when it can.
const FAILURE_TIME: Duration = Duration::from_secs(300);

/// What came of asking for a robots.txt.
pub(super) enum RobotsTxt {
    /// Its bytes.
    Here(Vec<u8>),
    /// The host has none.
    None,
    /// It could not be had.
    Failed,
}

/// What a host's robots.txt says, and for how long.
struct Known {
    robots: Robots,
    lasts: Duration,
}

impl Known {
    fn of(file: RobotsTxt) -> Self {
        let (robots, lasts) = match file {
            RobotsTxt::Here(bytes) => (Robots::parse(&bytes, NAME), ROBOTS_TIME),
            RobotsTxt::None => (Robots::allow_all(), ROBOTS_TIME),
            RobotsTxt::Failed => (Robots::allow_all(), FAILURE_TIME),
        };
        Self { robots, lasts }
    }
}

struct Lasts;

impl Expiry<String, Arc<Known>> for Lasts {
    fn expire_after_create(&self, _: &String, known: &Arc<Known>, _: Instant) -> Option<Duration> {
        Some(known.lasts)
    }
}

/// What is known of hosts.
pub(super) struct Hosts {
    robots: Cache<String, Arc<Known>>,
    pauses: Cache<String, Instant>,
}

impl Hosts {
    pub(super) fn new() -> Self {
        Self {
            robots: Cache::builder()
                .weigher(|_, known: &Arc<Known>| {
                    u32::try_from(known.robots.rules().len() + 1).unwrap_or(u32::MAX)
                })
                .max_capacity(MOST_RULES)
                .expire_after(Lasts)
                .build(),
            pauses: Cache::builder()
                .max_capacity(MOST_PAUSES)
                .time_to_live(LONGEST_PAUSE)
                .build(),
        }
    }

    /// May a page be read? `fetch` brings the host's robots.txt, once for all who ask.
    pub(super) async fn allows(&self, url: &Url, fetch: impl Future<Output = RobotsTxt>) -> bool {
        let read = async { Arc::new(Known::of(fetch.await)) };
        let known = self.robots.get_with(origin(url), read).await;
        known.robots.is_url_allowed(url)
    }

    /// Returns for how many seconds a host does not want to be asked, if it has said so.
    pub(super) async fn pause(&self, url: &Url) -> Option<u32> {
        let until = self.pauses.get(&origin(url)).await?;
        let left = until.checked_duration_since(Instant::now())?;
        Some(
            u32::try_from(left.as_secs())
                .unwrap_or(u32::MAX)
                .saturating_add(1),
        )
    }

    /// Remembers a host's wish not to be asked for a while; returns the seconds, if it has one.
    pub(super) async fn listen(
        &self,
        url: &Url,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Option<u32> {
        if !matches!(
            status,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
        ) {
            return None;
        }
        let wait = retry_after(headers, SystemTime::now())?.min(LONGEST_PAUSE);
        self.pauses.insert(origin(url), Instant::now() + wait).await;
        Some(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).max(1))
    }
}

/// Returns the address of a host's robots.txt.
pub(super) fn robots_of(url: &Url) -> Option<Url> {
    robotxt::robots_url(url).ok()
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Reads `Retry-After`: seconds, or a moment.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let given = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = given.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at: Timestamp = rfc2822::parse(given).ok()?.timestamp();
    SystemTime::from(at).duration_since(now).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, expected: Option<u64>) {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, given.parse().expect("a header"));
        let at: Timestamp = "2026-11-26T10:00:00Z".parse().expect("a moment");
        let wait = retry_after(&headers, at.into());
        assert_eq!(wait.map(|wait| wait.as_secs()), expected, "{given}");
    }

    #[test]
    fn a_host_names_seconds_or_a_moment() {
        check("120", Some(120));
        check("Thu, 26 Nov 2026 10:01:00 GMT", Some(60));
        check("Thu, 26 Nov 2026 09:00:00 GMT", None);
        check("soon", None);
        check("-5", None);
    }

    #[tokio::test]
    async fn a_host_that_is_busy_is_left_alone_and_no_other_is() {
        let hosts = Hosts::new();
        let url = |text| Url::parse(text).expect("an address");
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, "99999999".parse().expect("a header"));
        let here = url("https://tin.example/a");
        let told = hosts.listen(&here, StatusCode::OK, &headers).await;
        assert_eq!(told, None, "only a refusal is a wish");
        let busy = StatusCode::SERVICE_UNAVAILABLE;
        assert_eq!(hosts.listen(&here, busy, &headers).await, Some(3600));
        assert!(hosts.pause(&url("https://tin.example/b")).await > Some(3500));
        assert_eq!(hosts.pause(&url("https://bao.example/")).await, None);
    }

    #[test]
    fn a_failure_counts_for_minutes_and_an_answer_for_a_day() {
        let lasts = |file| Known::of(file).lasts;
        assert_eq!(lasts(RobotsTxt::Failed), FAILURE_TIME);
        assert_eq!(lasts(RobotsTxt::None), ROBOTS_TIME);
        assert_eq!(lasts(RobotsTxt::Here(Vec::new())), ROBOTS_TIME);
    }

    #[tokio::test]
    async fn a_host_says_what_is_not_to_be_read_and_is_asked_once() {
        let hosts = Hosts::new();
        let file = b"User-agent: *\nDisallow: /\n\nUser-agent: loa\nDisallow: /noi-bo/\n";
        let url = |text| Url::parse(text).expect("an address");
        let given = async { RobotsTxt::Here(file.to_vec()) };
        assert!(hosts.allows(&url("https://tin.example/a"), given).await);
        let again = async { panic!("it is known") };
        assert!(
            !hosts
                .allows(&url("https://tin.example/noi-bo/x?y"), again)
                .await
        );
        let none = async { RobotsTxt::None };
        assert!(
            hosts
                .allows(&url("https://bao.example/noi-bo/x"), none)
                .await
        );
    }
}
