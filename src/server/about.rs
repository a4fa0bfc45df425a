//! Pages and files that are Loa's own: front, help, style, health, and what is not here.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};

use super::App;
use super::reader::{Reader, query_field};
use crate::model::{Problem, Wishes};
use crate::page;

pub(super) async fn front(State(app): State<App>, reader: Reader) -> Html<String> {
    Html(page::front(&reader.view(), &app.portals, ""))
}

pub(super) async fn help(reader: Reader) -> Html<String> {
    Html(page::help(&reader.view()))
}

/// A file of the interface. Pages name it with its version, and such an address is for ever.
pub(super) async fn asset(
    path: Result<Path<String>, PathRejection>,
    uri: Uri,
    reader: Reader,
    headers: HeaderMap,
) -> Response {
    let Some(asset) = path.ok().and_then(|Path(path)| page::asset(&path)) else {
        return reader.problem(&Problem::NotHere, None);
    };
    // Weak, since the bytes may be sent compressed.
    let etag = format!("W/\"{}\"", asset.version);
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == etag.as_bytes())
    {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    let is_this_version = query_field(&uri, "v").is_some_and(|version| version == asset.version);
    let keep = if is_this_version {
        FOR_EVER
    } else {
        "public, no-cache"
    };
    let head = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, keep),
        (header::ETAG, &etag),
    ];
    (head, asset.bytes).into_response()
}

/// For what can never change under its address.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The reader's own pair of colours as a style sheet; the address holds the pair.
pub(super) async fn theme(uri: Uri, reader: Reader) -> Response {
    let mut wishes = Wishes::default();
    let code = query_field(&uri, "c").unwrap_or_default();
    if wishes.set("colors", &code).is_err() {
        let problem = Problem::BadValue {
            field: "c".to_owned(),
            given: code,
        };
        return reader.problem(&problem, None);
    }
    let head = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, FOR_EVER),
    ];
    (head, page::theme_css(&wishes.colors)).into_response()
}

pub(super) async fn not_here(reader: Reader) -> Response {
    reader.problem(&Problem::NotHere, None)
}

pub(super) async fn wrong_method(reader: Reader) -> Response {
    reader.problem(&Problem::WrongMethod, None)
}
