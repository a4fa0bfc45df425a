//! The calls of Piper's own HTTP server, for programs that know no other: a text in, a WAV file out.
//!
//! Source: `piper.http_server` of piper-tts 1.2 to 1.8: JSON at `/synthesize` or `/`, plain text at `/`, and the voices
//! by name at `/voices`.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use serde_json::{Map, Value, json};

use super::App;
use super::failure::problem_of;
use super::openai::Fault;
use super::program::{self, MOST_CHARACTERS};
use crate::encode::Muxer;
use crate::gateway::SoundWish;
use crate::model::{Format, Speed, VoiceId};

/// Lists the voices by name, with as much of a voice's file as there is of any voice.
pub(super) async fn voices(State(app): State<App>) -> Result<Response, Fault> {
    let listed = app.gateway.listed_voices().await;
    let listed = listed.map_err(|error| Fault::of(&problem_of(&error)))?;
    let about = |voice: crate::voice::Listed| {
        let about = voice.description;
        let code = about.lang.as_str().replace('-', "_");
        let entry = json!({
            "key": about.id, "name": about.name, "language": { "code": code },
            "num_speakers": 1, "speaker_id_map": {},
        });
        (about.id.to_string(), entry)
    };
    let voices: Map<String, Value> = listed.into_iter().map(about).collect();
    Ok(Json(voices).into_response())
}

/// What is to be said.
struct Asked {
    text: String,
    voice: Option<VoiceId>,
    speed: Speed,
}

/// Speaks a text; the file is sent once it is whole.
pub(super) async fn synthesize(State(app): State<App>, body: Bytes) -> Result<Response, Fault> {
    let asked = asked(&app, &body).await?;
    let wish = SoundWish::of(asked.voice, asked.speed, Format::Wav);
    let told = |error: &crate::gateway::Error| Fault::of(&problem_of(error));
    let page = program::taken(&app.gateway, asked.text).await?.page;
    let mut sound = app
        .gateway
        .speak(page, &wish)
        .await
        .map_err(|error| told(&error))?;
    let mut muxer = Muxer::new(sound.container, sound.tags);
    let mut file = muxer.header();
    while let Some(heard) = sound.segments.next().await {
        let segment = heard.map_err(|error| told(&error))?.segment;
        file.extend_from_slice(&muxer.push(segment.samples, &segment.bytes));
    }
    file.extend(muxer.trailer());
    let header = muxer.final_header();
    file[..header.len()].copy_from_slice(&header);
    Ok(([(header::CONTENT_TYPE, "audio/wav")], file).into_response())
}

/// Reads a request: an object, or else a text.
async fn asked(app: &App, body: &[u8]) -> Result<Asked, Fault> {
    let fields = match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::from_iter([("text".to_owned(), String::from_utf8_lossy(body).into())]),
    };
    let text = fields
        .get("text")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if text.trim().is_empty() {
        let message = "text is missing: nothing could be spoken.".to_owned();
        return Err(Fault::field("text", "missing_required_parameter", message));
    }
    if text.chars().count() > MOST_CHARACTERS {
        let message = format!("text may have {MOST_CHARACTERS} characters.");
        return Err(Fault::field("text", "string_above_max_length", message));
    }
    let length = fields.get("length_scale").filter(|value| !value.is_null());
    let speed = match length {
        None => Some(Speed::default()),
        Some(length) => length
            .as_f64()
            .filter(|length| *length > 0.0)
            .map(|length| Speed::default().faster(1.0 / length)),
    };
    let speed = speed.ok_or_else(|| {
        let message = "length_scale must be a number above 0.".to_owned();
        Fault::field("length_scale", "invalid_value", message)
    })?;
    Ok(Asked {
        text: text.to_owned(),
        voice: voice(app, &fields).await?,
        speed,
    })
}

/// Finds the voice that is named, by its speaker where it has several.
async fn voice(app: &App, fields: &Map<String, Value>) -> Result<Option<VoiceId>, Fault> {
    let word = |name: &str| match fields.get(name) {
        Some(Value::String(word)) => Some(word.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let Some(name) = word("voice").filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    let speaker = word("speaker").or_else(|| word("speaker_id"));
    if let Some(id) = program::voice(&app.gateway, &name, speaker.as_deref()).await {
        return Ok(Some(id));
    }
    let message = format!("There is no voice {name:?}; /voices lists those there are.");
    Err(Fault::field("voice", "voice_not_found", message))
}
