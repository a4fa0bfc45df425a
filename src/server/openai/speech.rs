//! Speech for programs: a text in, sound out, while it is being spoken.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};

use super::ask::{self, Ask};
use super::{Fault, events};
use crate::encode::Tags;
use crate::gateway::SoundWish;
use crate::server::App;
use crate::server::failure::problem_of;
use crate::server::program::{self, Refused, Taken};
use crate::server::sound::streamed_sound;

/// The header that says what SSML asks for and does not get.
const REMARKS: &str = "loa-remarks";
/// Most bytes of it.
const MOST_REMARKS: usize = 4_000;

/// Answers `/v1/audio/speech`. What cannot be spoken at all is told before anything is sent; a client that leaves
/// stops the work.
pub(super) async fn speech(State(app): State<App>, body: Bytes) -> Result<Response, Fault> {
    let ask = Ask::read(&body)?;
    let has_voice = app.gateway.has_voice(&ask.voice).await;
    if !has_voice.map_err(|error| Fault::of(&problem_of(&error)))? {
        return Err(ask::no_voice(ask.voice.as_str()));
    }
    let characters = ask.input.chars().count();
    let Taken { page, remarks } = program::taken(&app.gateway, ask.input).await?;
    let wish = SoundWish::of(Some(ask.voice), ask.speed, ask.format);
    let sound = app.gateway.speak(page, &wish).await;
    let mut sound = sound.map_err(|error| Fault::of(&problem_of(&error)))?;
    sound.tags = Tags::default(); // nobody keeps it among their music
    let mut response = match ask.events {
        true => events::of(sound, ask.marks, characters).into_response(),
        false => streamed_sound(sound),
    };
    if !remarks.is_empty() {
        response.headers_mut().insert(REMARKS, written(&remarks));
    }
    Ok(response)
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Problem(problem) => Self::of(&problem),
            Refused::Ssml(fault) => {
                let message = format!("input is SSML that cannot be read: {fault}");
                Self::field("input", "invalid_ssml", message)
            }
        }
    }
}

/// Writes remarks as a header: a JSON list in ASCII, as many as have room.
fn written(remarks: &[String]) -> HeaderValue {
    let mut list = String::new();
    for remark in remarks {
        let plain: String = remark.chars().flat_map(escaped).collect();
        if list.len() + plain.len() > MOST_REMARKS {
            break;
        }
        let before = if list.is_empty() { "" } else { ", " };
        list.push_str(&format!("{before}\"{plain}\""));
    }
    let list = format!("[{list}]");
    HeaderValue::from_str(&list).unwrap_or(HeaderValue::from_static("[]"))
}

/// Writes a letter as JSON does, in ASCII.
fn escaped(letter: char) -> Vec<char> {
    let escape = |unit: &u16| format!("\\u{unit:04x}").chars().collect::<Vec<_>>();
    match letter {
        ' '..='~' if !"\"\\".contains(letter) => vec![letter],
        _ => letter
            .encode_utf16(&mut [0; 2])
            .iter()
            .flat_map(escape)
            .collect(),
    }
}
