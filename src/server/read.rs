//! Reading: an address or a pasted text becomes a page, or a record for programs.

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::Uri;
use axum::response::{Html, IntoResponse, Json, Response};

use super::App;
use super::at_hand::Keep;
use super::failure::{problem_of, problem_of_fetch};
use super::reader::{Reader, query_field, with_query};
use crate::gateway::Source;
use crate::model::Problem;
use crate::page::{self, Sound};

/// The page of an article or a listing.
pub(super) async fn address(State(app): State<App>, uri: Uri, mut reader: Reader) -> Response {
    let given = query_field(&uri, "url").unwrap_or_default();
    match page_of(&app, &given).await {
        Ok(page) => {
            let response = document(&app, &mut reader, &given, &page).await;
            keep(&app, &given, response).await
        }
        Err(problem) => reader.problem_beside(&problem, Some(&given), &app.portals),
    }
}

/// Lets a page be given to all who ask alike, for as long as it is fresh.
async fn keep(app: &App, given: &str, mut response: Response) -> Response {
    if let Ok(source) = source_of(given) {
        let lasts = app.gateway.lasts(&source).await;
        response
            .extensions_mut()
            .insert(Keep { lasts, whole: None });
    }
    response
}

/// The record of an article or a listing.
pub(super) async fn record(State(app): State<App>, uri: Uri, reader: Reader) -> Response {
    let given = query_field(&uri, "url").unwrap_or_default();
    match page_of(&app, &given).await {
        Ok(page) => Json(&page.document).into_response(),
        Err(problem) => reader.problem_json(&problem),
    }
}

/// The form of a pasted text.
#[derive(serde::Deserialize)]
pub(super) struct Pasted {
    text: String,
}

/// The page of a pasted text.
pub(super) async fn pasted(
    State(app): State<App>,
    mut reader: Reader,
    form: Result<Form<Pasted>, FormRejection>,
) -> Response {
    let text = match form {
        Ok(Form(Pasted { text })) => text,
        Err(_) => return reader.problem(&no_form("text"), None),
    };
    match app.gateway.paste(text).await {
        Ok((id, page)) => {
            let given = id.to_string();
            // From here on the text has an address: a button on the page must not lose it.
            reader.here = with_query("/read", "url", &given);
            document(&app, &mut reader, &given, &page).await
        }
        Err(error) => reader.problem(&problem_of(&error), None),
    }
}

/// Says that a form is none; it has come whole.
pub(super) fn no_form(field: &str) -> Problem {
    Problem::BadValue {
        field: field.to_owned(),
        given: String::new(),
    }
}

type Page = std::sync::Arc<crate::gateway::Understood>;

pub(super) async fn page_of(app: &App, given: &str) -> Result<Page, Problem> {
    let source = source_of(given)?;
    app.gateway
        .page(&source)
        .await
        .map_err(|error| problem_of(&error))
}

/// Takes what stands in the `url` field; where it is no address, one that can be found in it.
pub(super) fn source_of(given: &str) -> Result<Source, Problem> {
    let source = Source::parse(given).or_else(|error| Source::find(given).ok_or(error));
    source.map_err(|error| match problem_of_fetch(&error) {
        Problem::NotAnAddress { .. } => Problem::NotAnAddress {
            given: given.to_owned(),
        },
        problem => problem,
    })
}

/// Makes the page; where no voice can speak it, the page says so instead of offering a player. A
/// voice that was set long ago and has gone is left out of the player's address.
async fn document(app: &App, reader: &mut Reader, given: &str, page: &Page) -> Response {
    if let Some(id) = &reader.wishes.voice
        && !app.gateway.has_voice(id).await.unwrap_or(false)
    {
        reader.wishes.voice = None;
    }
    let problem = app
        .gateway
        .can_speak(page)
        .await
        .err()
        .map(|error| problem_of(&error));
    let heard = page.heard_at(given);
    let sound = problem.as_ref().map_or(Sound::Of(&heard), Sound::Without);
    Html(page::document(&reader.view(), &page.document, sound)).into_response()
}
