//! Ways to Loa from elsewhere: a page shared from a phone, a button on a portal, a bookmark.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};

use super::App;
use super::reader::{Reader, query_field, with_code, with_query};
use crate::fetch::SourceUrl;
use crate::page;

/// What a phone shares: the address may stand in any of these fields (Web Share Target; Android puts it
/// into `text`). A text without an address is put into the field for one's own.
pub(super) async fn share(State(app): State<App>, uri: Uri, reader: Reader) -> Response {
    let shared = ["url", "text", "title"].map(|field| query_field(&uri, field).unwrap_or_default());
    if let Some(address) = shared.iter().find_map(|given| address_in(given)) {
        return see_other(&reader, &address);
    }
    let [url, text, title] = shared;
    let text = [title, text, url]
        .into_iter()
        .filter(|part| !part.is_empty());
    let text = text.collect::<Vec<_>>().join("\n\n");
    Html(page::front(&reader.view(), &app.portals, &text)).into_response()
}

/// The button of a portal: the page to be read is the one that led here, unless the address names one.
pub(super) async fn listen(uri: Uri, headers: HeaderMap, reader: Reader) -> Response {
    let from = headers
        .get(header::REFERER)
        .and_then(|from| from.to_str().ok());
    let named = query_field(&uri, "url").filter(|given| !given.is_empty());
    see_other(
        &reader,
        &named
            .or_else(|| from.map(str::to_owned))
            .unwrap_or_default(),
    )
}

/// The page that tells of these ways.
pub(super) async fn tools(headers: HeaderMap, reader: Reader) -> Html<String> {
    Html(page::tools(&reader.view(), origin(&headers).as_deref()))
}

/// The web app manifest, in the language of the browser that fetches it, which sends no cookie along.
pub(super) async fn manifest(reader: Reader) -> Response {
    let head = [(header::CONTENT_TYPE, "application/manifest+json")];
    (head, page::manifest(reader.lang)).into_response()
}

/// The page that lists what is kept on the reader's own machine.
pub(super) async fn offline(reader: Reader) -> Html<String> {
    Html(page::offline(&reader.view()))
}

/// An article that is kept on another machine than the one that asks: here it is read anew.
pub(super) async fn kept(uri: Uri, reader: Reader) -> Response {
    see_other(&reader, &query_field(&uri, "url").unwrap_or_default())
}

/// The service worker. The browser asks for it anew to learn whether it has changed.
pub(super) async fn worker() -> Response {
    let head = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (head, page::worker()).into_response()
}

fn address_in(given: &str) -> Option<String> {
    let address = SourceUrl::find(given).ok()?;
    Some(address.url().to_string())
}

fn see_other(reader: &Reader, address: &str) -> Response {
    let path = with_query("/read", "url", address);
    let place = if reader.carry {
        with_code(&path, &reader.wishes.code())
    } else {
        path
    };
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

/// Returns the scheme and host by which this reader reaches Loa, as far as the request tells. It is
/// shown to that reader alone, so that a false one harms nobody else.
fn origin(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let proto = headers
        .get("x-forwarded-proto")
        .is_some_and(|proto| proto == "https");
    let scheme = if proto { "https" } else { "http" };
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b);
    (!host.is_empty() && host.bytes().all(plain)).then(|| format!("{scheme}://{host}"))
}
