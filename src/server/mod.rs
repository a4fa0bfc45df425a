//! HTTP in, answers out: each handler asks the gateway and lets `page` write the answer.
//!
//! What a reader wishes comes with every request, by cookie or in the address (`reader`); what
//! goes wrong is turned into a page or a sentence in one table ([`failure`]); what must hold for
//! every answer is laid around all handlers once (`layers`).

mod about;
mod at_hand;
mod client;
mod elsewhere;
pub mod failure;
mod form;
mod layers;
mod listen;
mod metric;
mod openai;
mod pace;
mod picture;
mod piper;
mod place;
mod playlist;
mod program;
mod range;
mod read;
mod reader;
mod sample;
mod settings;
mod sound;
mod spoken;
mod wire;
pub mod wyoming;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

pub use layers::Site;
pub use listen::{Bounds as ConnectionBounds, Current, serve};
pub use metric::Metrics;
pub use openai::read_request;
pub use pace::Rate;
pub use range::{Asked as AskedRange, asked as asked_range};

use crate::gateway::Gateway;
use crate::page::Portal;

/// What the handlers share.
#[derive(Clone)]
pub struct App {
    gateway: Gateway,
    portals: Arc<[Portal]>,
    keys: openai::Keys,
}

impl App {
    /// Puts the gateway behind handlers; `portals` are offered on the front page.
    #[must_use]
    pub fn new(gateway: Gateway, portals: Vec<Portal>) -> Self {
        Self {
            gateway,
            portals: portals.into(),
            keys: openai::Keys::default(),
        }
    }

    /// Asks programs for one of these keys; where there are none, anybody may ask.
    #[must_use]
    pub fn with_keys(self, keys: &[String]) -> Self {
        Self {
            keys: openai::Keys::new(keys),
            ..self
        }
    }
}

/// Returns all that Loa answers over HTTP.
pub fn site(app: App, bounds: &ConnectionBounds, metrics: &Metrics) -> Site {
    let routes = Router::new()
        .route("/", get(about::front))
        .route("/help", get(about::help))
        .route("/tools", get(elsewhere::tools))
        .route("/share", get(elsewhere::share))
        .route("/listen", get(elsewhere::listen))
        .route("/offline", get(elsewhere::offline))
        .route("/kept", get(elsewhere::kept))
        .route("/worker.js", get(elsewhere::worker))
        .route("/loa.webmanifest", get(elsewhere::manifest))
        .route("/healthz", get(metric::healthz))
        .route("/readyz", get(metric::readyz))
        .route("/metrics", get(metric::metrics))
        .route("/static/{*path}", get(about::asset))
        .route("/theme.css", get(about::theme))
        .route("/read", get(read::address).post(read::pasted))
        .route("/article.json", get(read::record))
        .route("/picture", get(picture::picture))
        .route("/spoken", get(spoken::address))
        .route("/settings", get(settings::form).merge(post(settings::save)))
        .route("/marks.ndjson", get(sound::marks))
        .route("/captions.vtt", get(sound::captions))
        .route("/playlist.m3u8", get(playlist::list))
        .route("/part.mp3", get(playlist::part))
        .route("/sample.mp3", get(sample::sample))
        .route("/{file}", get(sound::file))
        .merge(openai::routes(&app))
        .fallback(about::not_here)
        .method_not_allowed_fallback(about::wrong_method)
        .with_state(app);
    Site::new(routes, bounds, metrics)
}
