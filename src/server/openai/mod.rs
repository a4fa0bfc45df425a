//! OpenAI's speech API, for the programs that speak it: `/v1/audio/speech`, `/v1/audio/voices`, `/v1/models`; and
//! beside it, under the same keys, the calls of `piper`.
//!
//! A text goes the way of a pasted one: its language is found, it is read out as its voice shall say it, and what
//! is equal is spoken once. Source: OpenAI's API reference and its OpenAPI document (2025), by which its own
//! clients take answers and errors.

mod ask;
mod events;
mod fault;
mod keys;
mod speech;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use serde_json::json;

use super::failure::problem_of;
use super::{App, piper};

pub use ask::read as read_request;
pub(super) use fault::{Fault, is_for_programs};
pub(super) use keys::Keys;

/// Models that are answered to, all of them the same: the voice decides how a text sounds.
const MODELS: [&str; 4] = ["loa", "tts-1", "tts-1-hd", "gpt-4o-mini-tts"];
/// When the models are said to be made, in seconds since 1970: a day is asked for, and there is none.
const CREATED: u64 = 1_767_225_600;

/// Returns the routes of the API.
pub(super) fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/v1/audio/speech", post(speech::speech))
        .route("/v1/audio/voices", get(voices))
        .route("/v1/models", get(models))
        .route("/v1/models/{model}", get(model))
        .route("/synthesize", post(piper::synthesize))
        .route("/", post(piper::synthesize))
        .route("/voices", get(piper::voices))
        .route("/v1", any(not_here))
        .route("/v1/", any(not_here))
        .route("/v1/{*rest}", any(not_here))
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(app.clone(), keys::admit))
}

async fn voices(State(app): State<App>) -> Result<Response, Fault> {
    let listed = app.gateway.listed_voices().await;
    let listed = listed.map_err(|error| Fault::of(&problem_of(&error)))?;
    Ok(Json(json!({ "voices": listed })).into_response())
}

async fn models() -> Response {
    Json(json!({ "object": "list", "data": MODELS.map(about) })).into_response()
}

async fn model(name: Result<Path<String>, PathRejection>, uri: Uri) -> Result<Response, Fault> {
    // A name that is no text is the name of none.
    let name = name.map_or_else(|_| last_part(uri.path()).to_owned(), |Path(name)| name);
    let known = MODELS.into_iter().find(|known| *known == name);
    let known = known.ok_or_else(|| Fault::no_model(&name))?;
    Ok(Json(about(known)).into_response())
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn about(model: &str) -> serde_json::Value {
    json!({ "id": model, "object": "model", "created": CREATED, "owned_by": "loa" })
}

async fn not_here(uri: Uri) -> Fault {
    Fault::not_here(uri.path())
}

async fn wrong_method(uri: Uri) -> Fault {
    Fault::wrong_method(uri.path())
}
