//! Numbers for the operator: `/metrics`, `/readyz`, `/healthz`.
//!
//! A label is a route's pattern, a status or a problem's name, so that there are few of them and none tells
//! who reads what.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::App;
use super::client::Operator;
use super::failure::problem_of;
use super::reader::Reader;
use crate::gateway;
use crate::model::Problem;
use crate::page;

/// A route's pattern and a status.
type Answered = [(&'static str, String); 2];

/// What the server counts, and where all that is counted is read. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Metrics {
    requests: Family<Answered, Counter>,
    problems: Family<gateway::Label, Counter>,
    seconds: Histogram,
    connections: Gauge,
    /// Models in memory, as they were when they were last asked for.
    models: Gauge,
    /// Connections that were turned away.
    pub(super) turned_away: Counter,
    registry: Arc<Registry>,
}

/// What an answer tells of in place of what was asked for; an extension of the answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told(pub(super) &'static str);

impl Metrics {
    /// Counts beside what a gateway counts.
    #[must_use]
    pub fn beside(gateway: &gateway::Metrics) -> Self {
        // From half a millisecond to ten seconds.
        const SECONDS: [f64; 9] = [0.0005, 0.001, 0.005, 0.02, 0.1, 0.3, 1.0, 3.0, 10.0];
        let mut registry = Registry::with_prefix("loa");
        gateway.register(&mut registry);
        let metrics = Self {
            requests: Family::default(),
            problems: Family::default(),
            seconds: Histogram::new(SECONDS),
            connections: Gauge::default(),
            models: Gauge::default(),
            turned_away: Counter::default(),
            registry: Arc::default(),
        };
        let counted = &metrics;
        registry.register(
            "requests",
            "Requests, by route and status",
            counted.requests.clone(),
        );
        registry.register(
            "problems",
            "Requests that were answered with a problem, by its name",
            counted.problems.clone(),
        );
        registry.register_with_unit(
            "request",
            "Time from a request to the head of its answer",
            Unit::Seconds,
            counted.seconds.clone(),
        );
        registry.register(
            "connections",
            "Connections that are open",
            counted.connections.clone(),
        );
        registry.register(
            "connections_turned_away",
            "Connections beyond what one client may have",
            counted.turned_away.clone(),
        );
        registry.register(
            "models_in_memory",
            "Models of voices that are loaded",
            counted.models.clone(),
        );
        Self {
            registry: Arc::new(registry),
            ..metrics
        }
    }

    /// Returns where answers of a route with a status are counted.
    pub(super) fn counter(&self, route: &str, status: StatusCode) -> Counter {
        let status = status.as_u16().to_string();
        let labels = [("route", route.to_owned()), ("status", status)];
        self.requests.get_or_create_owned(&labels)
    }

    /// Counts an answer that was at hand.
    pub(super) fn given(&self, counter: &Counter, took: Duration) {
        counter.inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// Counts an answer.
    pub(super) fn answered(&self, route: &str, took: Duration, response: &Response) {
        self.given(&self.counter(route, response.status()), took);
        if let Some(Told(problem)) = response.extensions().get() {
            self.problems.get_or_create(&[("problem", problem)]).inc();
        }
    }

    /// Counts a connection while what is returned lives.
    pub(super) fn opened(&self) -> Open {
        self.connections.inc();
        Open(self.connections.clone())
    }

    fn written(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// An open connection among those that are counted.
pub(super) struct Open(Gauge);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// What is counted, for the operator's own machine and networks.
pub(super) async fn metrics(
    State(app): State<App>,
    Extension(metrics): Extension<Metrics>,
    operator: Option<Extension<Operator>>,
    reader: Reader,
) -> Response {
    if operator.is_none() {
        return reader.problem(&Problem::NotHere, None);
    }
    let models = app.gateway.voices().models_in_memory();
    metrics
        .models
        .set(i64::try_from(models).unwrap_or(i64::MAX));
    match metrics.written() {
        Ok(text) => ([(header::CONTENT_TYPE, TEXT)], text).into_response(),
        Err(_) => reader.problem(&Problem::Internal, None),
    }
}

/// The form of what is counted (OpenMetrics 1.0).
const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Liveness: the process answers. It says nothing of portals or voices.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// Readiness: it can read and speak. What is wrong is said in the words of the interface.
pub(super) async fn readyz(State(app): State<App>, headers: HeaderMap) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    match app.gateway.ready().await {
        Ok(()) => (kind, "ok\n").into_response(),
        Err(error) => {
            let lang = Reader::of(&"/readyz".parse().unwrap_or_default(), &headers).lang;
            let sentence = page::sentence(lang, &problem_of(&error));
            let status = StatusCode::SERVICE_UNAVAILABLE;
            (status, kind, format!("{sentence}\n")).into_response()
        }
    }
}
