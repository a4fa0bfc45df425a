//! Settings: a form in, one cookie out, or the same settings in the address.

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::App;
use super::read::no_form;
use super::reader::{COOKIE, Reader, with_code, with_query};
use crate::model::{Structure, Wishes, WishesError};
use crate::page::{self, CUE_FIELD, OWN_CUES, VoiceChoice};
use crate::voice::Description;

/// How long the cookie is kept: a year, in seconds.
const COOKIE_SECONDS: u32 = 365 * 24 * 3600;

pub(super) async fn form(State(app): State<App>, reader: Reader) -> Html<String> {
    Html(page::settings(&reader.view(), &voices(&app).await, None))
}

/// Takes the fields that were sent and leaves the others as they are, so that a button can change
/// one wish alone. Answers 303 to `back`, with the cookie; where the wishes came in the address,
/// they go on there instead.
pub(super) async fn save(
    State(app): State<App>,
    mut reader: Reader,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let fields = match form {
        Ok(Form(fields)) => fields,
        Err(_) => return reader.problem(&no_form("settings"), None),
    };
    let mut back = "/settings".to_owned();
    let mut wrong = None;
    // The boxes are always sent along; they count where they were chosen over a level.
    let own_cues = fields.iter().any(|(f, v)| f == "cues" && v == OWN_CUES);
    if own_cues {
        reader.wishes.diction.cues = Some(Structure::none());
    }
    for (field, value) in fields {
        match field.as_str() {
            "back" => back = local_path(&value).unwrap_or(back),
            "reset" => reader.wishes = Wishes::default(),
            "s" => {}
            "cues" if own_cues => {}
            _ if field.starts_with(CUE_FIELD) && !own_cues => {}
            _ => wrong = set(&mut reader.wishes, &field, &value).err().or(wrong),
        }
    }
    let wrong = match wrong {
        Some(wrong) => Some(wrong.field),
        None => gone_voice(&app, &reader.wishes).await,
    };
    if let Some(field) = wrong {
        reader.here = with_query("/settings", "back", &back);
        let page = page::settings(&reader.view(), &voices(&app).await, Some(&field));
        return (StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response();
    }
    see_other(&reader, &back)
}

/// Sets a wish by its field of the form, where each cue has a box of its own.
fn set(wishes: &mut Wishes, field: &str, value: &str) -> Result<(), WishesError> {
    match field.strip_prefix(CUE_FIELD) {
        Some(cue) => wishes.set("cue", cue),
        None => wishes.set(field, value),
    }
}

/// Returns the field of a voice that is not there.
async fn gone_voice(app: &App, wishes: &Wishes) -> Option<String> {
    let id = wishes.voice.as_ref()?;
    let is_there = app.gateway.has_voice(id).await.unwrap_or(false);
    (!is_there).then(|| "voice".to_owned())
}

fn see_other(reader: &Reader, back: &str) -> Response {
    let code = reader.wishes.code();
    if reader.carry {
        return (
            StatusCode::SEE_OTHER,
            [(header::LOCATION, with_code(back, &code))],
        )
            .into_response();
    }
    let cookie =
        format!("{COOKIE}={code}; Path=/; Max-Age={COOKIE_SECONDS}; SameSite=Lax; HttpOnly");
    let head = [
        (header::LOCATION, back.to_owned()),
        (header::SET_COOKIE, cookie),
    ];
    (StatusCode::SEE_OTHER, head).into_response()
}

/// Returns a place on this site to come back to; `//other.example` and `/\other.example` are not.
fn local_path(given: &str) -> Option<String> {
    let local = given.starts_with('/')
        && !given[1..].starts_with(['/', '\\'])
        && given.bytes().all(|b| b.is_ascii_graphic());
    let (path, _) = given.split_once('#').unwrap_or((given, ""));
    local.then(|| path.to_owned())
}

/// The voices that can be chosen; none where they cannot be listed, and the choice is left to Loa.
async fn voices(app: &App) -> Vec<VoiceChoice> {
    let all = app.gateway.voice_list().await.unwrap_or_default();
    let choice = |about: Description| VoiceChoice {
        id: about.id,
        name: about.name,
        lang: about.lang,
        region: about.region,
        has_sample: about.sample.is_some(),
    };
    all.into_iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_this_site_only() {
        for (given, local) in [
            ("/read?url=a", true),
            ("/", true),
            ("//other.example", false),
            ("/\\other.example", false),
            ("https://other.example", false),
            ("/a\r\nSet-Cookie: x=1", false),
            ("", false),
        ] {
            assert_eq!(local_path(given).is_some(), local, "{given}");
        }
    }
}
