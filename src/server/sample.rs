//! A voice's sample: `/sample.mp3?voice=ID`, one sentence to choose it by.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;

use super::App;
use super::failure::problem_of;
use super::reader::{Reader, query_field};
use super::sound::{sound_wish, streamed_sound, whole_or_part};
use crate::gateway::Measuring;
use crate::model::{Format, Problem};

/// Speaks the sample of the voice that is named, at the reader's speed.
pub(super) async fn sample(
    State(app): State<App>,
    headers: HeaderMap,
    uri: Uri,
    reader: Reader,
) -> Response {
    let answer = answer(&app, &headers, &uri, &reader).await;
    answer.unwrap_or_else(|problem| reader.problem(&problem, None))
}

async fn answer(
    app: &App,
    headers: &HeaderMap,
    uri: &Uri,
    reader: &Reader,
) -> Result<Response, Problem> {
    let wish = sound_wish(Format::Mp3, uri, reader)?;
    let voices = app.gateway.voice_list().await;
    let mut voices = voices.map_err(|error| problem_of(&error))?.into_iter();
    let named = voices.find(|voice| Some(&voice.id) == wish.voice.as_ref());
    let no_voice = || Problem::NoVoice {
        voice: query_field(uri, "voice").unwrap_or_default(),
    };
    let sample = named.ok_or_else(no_voice)?.sample.ok_or_else(no_voice)?;
    let page = app.gateway.text(sample).await;
    let page = page.map_err(|error| problem_of(&error))?;
    let measured = app
        .gateway
        .measured(Arc::clone(&page), &wish, Measuring::Speak);
    if let Some(measured) = measured.await.map_err(|error| problem_of(&error))? {
        return Ok(whole_or_part(measured, headers));
    }
    let sound = app.gateway.speak(page, &wish).await;
    Ok(streamed_sound(sound.map_err(|error| problem_of(&error))?))
}
