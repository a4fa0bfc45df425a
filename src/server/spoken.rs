//! How a page is read aloud: what is written, what is said, and which rule read what.

use axum::extract::State;
use axum::http::Uri;
use axum::response::{Html, IntoResponse, Response};

use super::App;
use super::failure::problem_of;
use super::read::page_of;
use super::reader::{Reader, query_field};
use super::sound::sound_wish;
use crate::gateway::Error;
use crate::model::{Format, Problem};
use crate::page::{self, Telling};

/// Answers `/spoken`, in the manner that the sound of the same address and reader has.
pub(super) async fn address(State(app): State<App>, uri: Uri, reader: Reader) -> Response {
    let given = query_field(&uri, "url").unwrap_or_default();
    match told(&app, &given, &uri, &reader).await {
        Ok(page) => page.into_response(),
        Err(problem) => reader.problem(&problem, Some(&given)),
    }
}

async fn told(app: &App, given: &str, uri: &Uri, reader: &Reader) -> Result<Html<String>, Problem> {
    let wish = sound_wish(Format::Mp3, uri, reader)?;
    let page = page_of(app, given).await?;
    let explained = app.gateway.explained(&page, &wish).await;
    let (plan, steps) = explained.map_err(|error| problem_of(&error))?;
    let first = wish.from.map(|from| {
        let at = plan.at(from);
        at.ok_or_else(|| problem_of(&Error::NoSuchPlace(from)))
    });
    let from = first.transpose()?.map(|at| plan.utterances[at].id);
    let telling = Telling {
        reading: &page.reading,
        plan: &plan,
        steps: &steps,
        from,
    };
    Ok(Html(page::spoken(
        &reader.view(),
        &page.document,
        given,
        &telling,
    )))
}
