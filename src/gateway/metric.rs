//! What the operator can count: how pages and sounds come about, and how busy speaking is.
//!
//! Every label has few values, all of them Loa's own words: no address, no host, no text and no client is in
//! a metric.

use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::fetch;

/// One label with one of few values.
pub type Label = [(&'static str, &'static str); 1];

/// What the gateway counts. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    pages: Family<Label, Counter>,
    upstream_errors: Family<Label, Counter>,
    segments: Family<Label, Counter>,
    pictures: Family<Label, Counter>,
    pub(super) first_sound: Histogram,
    pub(super) speaking_speed: Histogram,
    pub(super) speaking: Gauge,
    pub(super) waiting: Gauge,
    pub(super) listeners: Gauge,
}

/// How a page, a segment or a picture was had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Had {
    /// It was in memory.
    Memory,
    /// It was in the store.
    Store,
    /// Its host said that it is unchanged.
    Unchanged,
    /// It was fetched, or spoken.
    Made,
    /// Its host failed, and the one in memory stood in.
    Stale,
    /// It was not to be had.
    Failed,
}

impl Had {
    fn label(self) -> Label {
        let name = match self {
            Self::Memory => "memory",
            Self::Store => "store",
            Self::Unchanged => "unchanged",
            Self::Made => "made",
            Self::Stale => "stale",
            Self::Failed => "failed",
        };
        [("from", name)]
    }
}

impl Default for Metrics {
    fn default() -> Self {
        // From a hundredth of a second to half a minute; from a tenth of a voice's pace to 200 times it.
        const SECONDS: [f64; 9] = [0.01, 0.03, 0.1, 0.3, 1.0, 2.0, 5.0, 10.0, 30.0];
        const TIMES: [f64; 9] = [0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 200.0];
        Self {
            pages: Family::default(),
            upstream_errors: Family::default(),
            segments: Family::default(),
            pictures: Family::default(),
            first_sound: Histogram::new(SECONDS),
            speaking_speed: Histogram::new(TIMES),
            speaking: Gauge::default(),
            waiting: Gauge::default(),
            listeners: Gauge::default(),
        }
    }
}

impl Metrics {
    /// Gives each metric its name.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "pages",
            "Pages that were asked for, by where they were had",
            self.pages.clone(),
        );
        registry.register(
            "upstream_errors",
            "Pages and pictures that their hosts did not give, by reason",
            self.upstream_errors.clone(),
        );
        registry.register(
            "segments",
            "Utterances that were asked for, by where their sound was had",
            self.segments.clone(),
        );
        registry.register(
            "pictures",
            "Pictures, by where they were had",
            self.pictures.clone(),
        );
        registry.register_with_unit(
            "first_sound",
            "Time from a listener's request to the first sound that can be sent, the page at hand",
            Unit::Seconds,
            self.first_sound.clone(),
        );
        registry.register(
            "speaking_speed",
            "Seconds of sound made in a second of work, an utterance at a time",
            self.speaking_speed.clone(),
        );
        registry.register("speaking", "Utterances being spoken", self.speaking.clone());
        registry.register(
            "speaking_waiting",
            "Utterances waiting for a speaker",
            self.waiting.clone(),
        );
        registry.register("listeners", "Sounds being sent", self.listeners.clone());
    }

    pub(super) fn page(&self, had: Had) {
        self.pages.get_or_create(&had.label()).inc();
    }

    pub(super) fn segment(&self, had: Had) {
        self.segments.get_or_create(&had.label()).inc();
    }

    pub(super) fn picture(&self, had: Had) {
        self.pictures.get_or_create(&had.label()).inc();
    }

    /// Counts what a host did not give.
    pub(super) fn upstream_error(&self, error: &fetch::Error) {
        let reason = match error {
            fetch::Error::NotAnAddress => "address",
            fetch::Error::Refused(_) | fetch::Error::NotAPortal { .. } => "refused",
            fetch::Error::Unreachable(_) => "unreachable",
            fetch::Error::TimedOut => "timeout",
            fetch::Error::Upstream { status: 400..=499 } => "client_error",
            fetch::Error::Upstream { .. } => "server_error",
            fetch::Error::Resting { .. } => "retry_after",
            fetch::Error::Disallowed => "robots",
            fetch::Error::TooLarge { .. } => "too_large",
            fetch::Error::RedirectLoop => "redirects",
            fetch::Error::NotAPage { .. } => "media_type",
            fetch::Error::Damaged(_) => "damaged",
        };
        self.upstream_errors
            .get_or_create(&[("reason", reason)])
            .inc();
    }

    /// Counts the making of a sound of some length in some time.
    pub(super) fn spoken(&self, sound: Duration, work: Duration) {
        if !work.is_zero() {
            self.speaking_speed
                .observe(sound.as_secs_f64() / work.as_secs_f64());
        }
    }
}

/// Counts as one more in a gauge while it lives.
#[derive(Debug)]
pub(super) struct Counted(Gauge);

impl Counted {
    pub(super) fn in_(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}
