//! What goes wrong, in the JSON in which OpenAI's clients look for it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::json;

use crate::model::{Problem, UiLang};
use crate::page;
use crate::server::failure::{retry_after, status_of};
use crate::server::metric::Told;
use crate::server::program::NOTHING_TO_SAY;

/// What is wrong with a request, or with the answer.
#[derive(Debug)]
pub(in crate::server) struct Fault {
    status: StatusCode,
    message: String,
    /// The field that is wrong.
    param: Option<&'static str>,
    code: &'static str,
    retry_after: Option<HeaderValue>,
}

/// Is a path the API's?
pub(in crate::server) fn is_for_programs(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    path == "/v1" || path.starts_with("/v1/") || path == "/synthesize" || path == "/voices"
}

impl Fault {
    fn new(status: StatusCode, code: &'static str, message: String) -> Self {
        Self {
            status,
            message,
            param: None,
            code,
            retry_after: None,
        }
    }

    /// What is wrong with a field.
    pub(in crate::server) fn field(
        param: &'static str,
        code: &'static str,
        message: String,
    ) -> Self {
        let fault = Self::new(StatusCode::BAD_REQUEST, code, message);
        Self {
            param: Some(param),
            ..fault
        }
    }

    /// The body is no JSON object.
    pub(in crate::server) fn no_json(why: &str) -> Self {
        let message =
            format!("The body of the request is not the JSON object that it must be: {why}");
        Self::new(StatusCode::BAD_REQUEST, "invalid_json", message)
    }

    pub(super) fn no_model(name: &str) -> Self {
        let models = super::MODELS.join(", ");
        let message = format!(
            "There is no model {name:?}. There are {models}; all sound alike, the voice decides."
        );
        let fault = Self::new(StatusCode::NOT_FOUND, "model_not_found", message);
        Self {
            param: Some("model"),
            ..fault
        }
    }

    pub(super) fn no_key() -> Self {
        let message = "This server asks for a key: send Authorization: Bearer KEY.".to_owned();
        Self::new(StatusCode::UNAUTHORIZED, "invalid_api_key", message)
    }

    pub(super) fn wrong_key() -> Self {
        let message = "The key is none of this server's.".to_owned();
        Self::new(StatusCode::UNAUTHORIZED, "invalid_api_key", message)
    }

    pub(super) fn not_here(path: &str) -> Self {
        let message = format!(
            "There is nothing at {path}. There are /v1/audio/speech, /v1/audio/voices and /v1/models."
        );
        Self::new(StatusCode::NOT_FOUND, "unknown_url", message)
    }

    pub(super) fn wrong_method(path: &str) -> Self {
        let message = format!("{path} does not take this method.");
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            message,
        )
    }

    /// What a problem means for a program.
    pub(in crate::server) fn of(problem: &Problem) -> Self {
        if *problem == Problem::EmptyPage {
            return Self::field("input", "empty_string", NOTHING_TO_SAY.to_owned());
        }
        let message = page::sentence(UiLang::EN, problem);
        let status = match status_of(problem) {
            // The field of a voice or of a text is as wrong as any other.
            StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
            status => status,
        };
        let param = match problem {
            Problem::NoVoice { .. } => Some("voice"),
            Problem::NoVoiceForLanguage { .. } => Some("input"),
            _ => None,
        };
        let [(_, seconds)] = retry_after(problem).unwrap_or([(header::RETRY_AFTER, 0.into())]);
        Self {
            param,
            retry_after: retry_after(problem).map(|_| seconds),
            ..Self::new(status, problem.code(), message)
        }
    }

    /// The kind of fault by which clients tell whose it is.
    fn kind(&self) -> &'static str {
        match self.status.as_u16() {
            401 => "authentication_error",
            403 => "permission_error",
            429 => "rate_limit_error",
            400..500 => "invalid_request_error",
            _ => "server_error",
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let kind = self.kind();
        let body = json!({ "error": {
            "message": self.message, "type": kind, "param": self.param, "code": self.code,
        } });
        let told = Extension(Told(self.code));
        let mut response = (self.status, told, Json(body)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}
