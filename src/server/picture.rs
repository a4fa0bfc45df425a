//! The pictures of pages, as small files of Loa's own.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::App;
use super::failure::problem_of;
use super::read::{page_of, source_of};
use super::reader::{Reader, query_field};
use crate::model::{PictureId, PictureWidth, Problem};

/// How long a browser may keep a picture for its reader.
const KEEP: &str = "private, max-age=86400";

/// A picture of a page, by `url`, its name `id` and its width `w`.
pub(super) async fn picture(
    State(app): State<App>,
    uri: Uri,
    reader: Reader,
    headers: HeaderMap,
) -> Response {
    match found(&app, &uri).await {
        Ok(picture) => {
            let etag = format!("\"{}\"", blake3::hash(&picture.bytes).to_hex());
            let known = headers.get(header::IF_NONE_MATCH);
            let head = [(header::CACHE_CONTROL, KEEP), (header::ETAG, &etag)];
            if known.is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
                return (StatusCode::NOT_MODIFIED, head).into_response();
            }
            let kind = [(header::CONTENT_TYPE, picture.media_type)];
            (head, kind, picture.bytes.clone()).into_response()
        }
        Err(problem) => reader.problem(&problem, None),
    }
}

type Picture = std::sync::Arc<crate::picture::Picture>;

async fn found(app: &App, uri: &Uri) -> Result<Picture, Problem> {
    let given = query_field(uri, "url").unwrap_or_default();
    source_of(&given)?;
    let id = query_field(uri, "id").and_then(|id| PictureId::parse(&id));
    let id = id.ok_or(Problem::NotHere)?;
    let width = match query_field(uri, "w") {
        None => PictureWidth::default(),
        Some(w) => PictureWidth::parse(&w).ok_or(Problem::BadValue {
            field: "w".to_owned(),
            given: w,
        })?,
    };
    let page = page_of(app, &given).await?;
    let shown = app.gateway.picture(&page, id, width).await;
    shown.map_err(|error| problem_of(&error))
}
