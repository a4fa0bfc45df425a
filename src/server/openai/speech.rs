//! Speech for programs: a text in, sound out, while it is being spoken.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::ask::{self, Ask};
use super::{Fault, events};
use crate::encode::Tags;
use crate::gateway::SoundWish;
use crate::model::{DataUse, Diction, Problem};
use crate::server::App;
use crate::server::failure::problem_of;
use crate::server::sound::streamed_sound;

/// Answers `/v1/audio/speech`. What cannot be spoken at all is told before anything is sent; a client that leaves
/// stops the work.
pub(super) async fn speech(
    State(app): State<App>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Fault> {
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::of(&Problem::RequestTooLarge),
        _ => Fault::no_json("it broke off"),
    })?;
    let ask = Ask::read(&body)?;
    let has_voice = app.gateway.has_voice(&ask.voice).await;
    if !has_voice.map_err(|error| Fault::of(&problem_of(&error)))? {
        return Err(ask::no_voice(ask.voice.as_str()));
    }
    let characters = ask.input.chars().count();
    let page = app.gateway.paste(ask.input).await;
    let (_, page) = page.map_err(|error| Fault::of(&problem_of(&error)))?;
    let wish = SoundWish {
        voice: Some(ask.voice),
        usual_voice: None,
        speed: ask.speed,
        format: ask.format,
        data: DataUse::Usual,
        from: None,
        to: None,
        diction: Diction::default(),
    };
    let sound = app.gateway.speak(page, &wish).await;
    let mut sound = sound.map_err(|error| Fault::of(&problem_of(&error)))?;
    sound.tags = Tags::default(); // nobody keeps it among their music
    if ask.events {
        return Ok(events::of(sound, ask.marks, characters).into_response());
    }
    Ok(streamed_sound(sound))
}
