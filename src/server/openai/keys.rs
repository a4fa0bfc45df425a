//! Who may use the API, where its operator has given out keys.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use blake3::Hash;

use super::Fault;
use crate::server::App;

/// What stands before a key (RFC 6750), in letters of any size and before any number of spaces (RFC 9110, 11.1 and
/// 11.4).
const SCHEME: &str = "Bearer";

/// The keys that are taken, as hashes, which are compared in constant time; none where anybody may ask.
#[derive(Clone, Default)]
pub(in crate::server) struct Keys(Arc<[Hash]>);

impl Keys {
    pub(in crate::server) fn new(keys: &[String]) -> Self {
        Self(
            keys.iter()
                .map(|key| blake3::hash(key.as_bytes()))
                .collect(),
        )
    }

    fn admit(&self, key: Option<&str>) -> Result<(), Fault> {
        if self.0.is_empty() {
            return Ok(());
        }
        let key = blake3::hash(key.ok_or_else(Fault::no_key)?.as_bytes());
        // All are compared, so that the time tells nothing.
        let is_known = self
            .0
            .iter()
            .fold(false, |known, other| known | (*other == key));
        if is_known {
            Ok(())
        } else {
            Err(Fault::wrong_key())
        }
    }
}

/// Lets who has a key pass.
pub(super) async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION);
    let key = given.and_then(|value| value.to_str().ok()).and_then(bearer);
    match app.keys.admit(key) {
        Ok(()) => next.run(request).await,
        Err(fault) => fault.into_response(),
    }
}

/// Returns the key that a header gives.
fn bearer(given: &str) -> Option<&str> {
    let (scheme, key) = given.trim().split_once(' ')?;
    let key = key.trim_start_matches(' ');
    (scheme.eq_ignore_ascii_case(SCHEME) && !key.is_empty()).then_some(key)
}
