//! The one table from errors to what readers and programs are told.

use std::error::Error as _;

use axum::extract::Extension;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::metric::Told;
use super::openai::{Fault, is_for_programs};
use super::reader::Reader;
use crate::gateway::Source;
use crate::model::Problem;
use crate::page::{Asked, Portal};
use crate::{fetch, gateway, page, voice};

/// After how many seconds one may ask again when Loa is busy.
const RETRY_AFTER_SECONDS: u32 = 5;

/// Says what a failure on the way means for a reader; what it means for the operator is logged.
#[must_use]
pub fn problem_of(error: &gateway::Error) -> Problem {
    match error {
        gateway::Error::Fetch(error) => problem_of_fetch(error),
        gateway::Error::Empty => Problem::EmptyPage,
        gateway::Error::Forgotten => Problem::Forgotten,
        gateway::Error::NoSuchTurn => Problem::NoSuchTurn,
        gateway::Error::NoSuchPicture => Problem::NotHere,
        gateway::Error::Picture(_) => Problem::BadPicture,
        gateway::Error::NoSuchPlace(id) => Problem::NoSuchPlace {
            given: id.to_string(),
        },
        gateway::Error::Voice(error) => problem_of_voice(error),
        gateway::Error::Busy => Problem::Busy {
            retry_after: RETRY_AFTER_SECONDS,
        },
        gateway::Error::Encode(_)
        | gateway::Error::Changed
        | gateway::Error::NoThread(_)
        | gateway::Error::BrokenThread
        | gateway::Error::Broken(_) => {
            tracing::error!(
                error = error as &dyn std::error::Error,
                cause = error.source(),
                "a fault"
            );
            Problem::Internal
        }
    }
}

/// Says what a failed fetch means for a reader.
#[must_use]
pub fn problem_of_fetch(error: &fetch::Error) -> Problem {
    match error {
        fetch::Error::NotAnAddress => Problem::NotAnAddress {
            given: String::new(),
        },
        fetch::Error::Refused(_) => Problem::Refused,
        fetch::Error::NotAPortal { host } => Problem::NotAPortal { host: host.clone() },
        fetch::Error::Unreachable(_) | fetch::Error::Damaged(_) => Problem::Unreachable,
        fetch::Error::TimedOut => Problem::TimedOut,
        fetch::Error::Upstream { status } => Problem::Upstream { status: *status },
        fetch::Error::Resting { seconds } => Problem::Resting {
            retry_after: *seconds,
        },
        fetch::Error::Disallowed => Problem::Disallowed,
        fetch::Error::TooLarge { limit } => Problem::TooLarge { limit: *limit },
        fetch::Error::RedirectLoop => Problem::RedirectLoop,
        fetch::Error::NotAPage { media_type } => Problem::NotAPage {
            media_type: media_type.clone(),
        },
    }
}

/// Says what a failing voice means for a reader.
#[must_use]
pub fn problem_of_voice(error: &voice::Error) -> Problem {
    match error {
        voice::Error::NoVoice(id) => Problem::NoVoice {
            voice: id.to_string(),
        },
        voice::Error::NoVoiceForLanguage(lang) => Problem::NoVoiceForLanguage {
            lang: lang.to_string(),
        },
        voice::Error::NoEngine { install, .. } => Problem::NoEngine {
            install: install.clone(),
        },
        voice::Error::Failed(_) | voice::Error::Broken(..) => {
            tracing::error!(error = error as &dyn std::error::Error, "the voice failed");
            Problem::VoiceFailed
        }
    }
}

/// Returns a problem's HTTP status.
#[must_use]
pub fn status_of(problem: &Problem) -> StatusCode {
    match problem {
        Problem::NotAnAddress { .. }
        | Problem::BadValue { .. }
        | Problem::BadRequest
        | Problem::NoVoice { .. }
        | Problem::NoSuchPlace { .. } => StatusCode::BAD_REQUEST,
        Problem::NotAPortal { .. } | Problem::OtherOrigin | Problem::Disallowed => {
            StatusCode::FORBIDDEN
        }
        Problem::NoFormat { .. } | Problem::NotHere | Problem::NoSuchTurn => StatusCode::NOT_FOUND,
        Problem::Upstream { status: 404 | 410 } => StatusCode::NOT_FOUND,
        Problem::Forgotten => StatusCode::GONE,
        Problem::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
        Problem::RequestTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Problem::RequestTooSlow => StatusCode::REQUEST_TIMEOUT,
        Problem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Problem::NotAPage { .. } | Problem::BadPicture => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Problem::EmptyPage | Problem::NoVoiceForLanguage { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Problem::Refused
        | Problem::Unreachable
        | Problem::Upstream { .. }
        | Problem::TooLarge { .. }
        | Problem::RedirectLoop => StatusCode::BAD_GATEWAY,
        Problem::TimedOut => StatusCode::GATEWAY_TIMEOUT,
        Problem::NoEngine { .. } | Problem::Busy { .. } | Problem::Resting { .. } => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        Problem::VoiceFailed | Problem::File { .. } | Problem::Internal => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

impl Reader {
    /// Answers with the page of a problem; `given` is what the reader asked for, to be mended.
    pub(super) fn problem(&self, problem: &Problem, given: Option<&str>) -> Response {
        self.problem_beside(problem, given, &[])
    }

    /// Answers with the page of a problem, which offers the portals to who gave mere words.
    pub(super) fn problem_beside(
        &self,
        problem: &Problem,
        given: Option<&str>,
        portals: &[Portal],
    ) -> Response {
        if is_for_programs(&self.here) {
            return Fault::of(problem).into_response();
        }
        let first = given.and_then(|given| first_page(problem, given));
        let asked = Asked {
            address: given,
            first: first.as_deref(),
            portals,
        };
        let page = Html(page::problem(&self.view(), problem, asked));
        let told = Extension(Told(problem.code()));
        (status_of(problem), retry_after(problem), told, page).into_response()
    }

    /// Answers a program: the sentence of a problem as JSON.
    pub(super) fn problem_json(&self, problem: &Problem) -> Response {
        let sentence = page::sentence(self.lang, problem);
        let body = serde_json::json!({ "error": { "message": sentence } });
        let told = Extension(Told(problem.code()));
        (
            status_of(problem),
            retry_after(problem),
            told,
            axum::Json(body),
        )
            .into_response()
    }
}

/// Where a page of a list is gone, its first may be there: a list gets shorter, and is built anew.
fn first_page(problem: &Problem, given: &str) -> Option<String> {
    let is_gone = matches!(
        problem,
        Problem::NoSuchTurn | Problem::Upstream { status: 404 | 410 }
    );
    let source = is_gone.then(|| Source::parse(given)).and_then(Result::ok)?;
    source.first_page()
}

pub(super) fn retry_after(problem: &Problem) -> Option<[(header::HeaderName, HeaderValue); 1]> {
    match problem {
        Problem::Busy { retry_after }
        | Problem::TooMany { retry_after }
        | Problem::Resting { retry_after } => Some([(header::RETRY_AFTER, (*retry_after).into())]),
        _ => None,
    }
}
