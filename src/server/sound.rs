//! Sound: an article as `/audio.mp3` or `/audio.wav`, sent while it is being spoken.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{StreamExt, stream};

use super::App;
use super::failure::problem_of;
use super::read::source_of;
use super::reader::{Reader, query_field};
use crate::encode::{Container, Muxer};
use crate::gateway::{Sound, SoundWish};
use crate::model::{Format, Problem, Segment, Speed, VoiceId};

/// Answers `/audio.FORMAT`; any other name is not here.
pub(super) async fn file(
    State(app): State<App>,
    Path(file): Path<String>,
    uri: Uri,
    reader: Reader,
) -> Response {
    let Some(extension) = file.strip_prefix("audio.") else {
        return reader.problem(&Problem::NotHere, None);
    };
    let given = query_field(&uri, "url").unwrap_or_default();
    match sound(&app, extension, &given, &uri, &reader).await {
        Ok(sound) => answer(sound),
        Err(problem) => reader.problem(&problem, Some(&given)),
    }
}

async fn sound(
    app: &App,
    extension: &str,
    given: &str,
    uri: &Uri,
    reader: &Reader,
) -> Result<Sound, Problem> {
    let format = Format::from_extension(extension).ok_or_else(|| Problem::NoFormat {
        given: extension.to_owned(),
    })?;
    let wish = sound_wish(format, uri, reader)?;
    let source = source_of(given)?;
    app.gateway
        .sound(&source, &wish)
        .await
        .map_err(|error| problem_of(&error))
}

/// Reads how it is to sound: what the address says, else what the reader has set. A voice set long
/// ago may be gone by now, and is then left out; one that the address names must be there.
fn sound_wish(format: Format, uri: &Uri, reader: &Reader) -> Result<SoundWish, Problem> {
    let voice = match query_field(uri, "voice").filter(|name| !name.is_empty()) {
        Some(name) => Some(VoiceId::parse(&name).ok_or(Problem::NoVoice { voice: name })?),
        None => None,
    };
    let speed = match query_field(uri, "speed").filter(|speed| !speed.is_empty()) {
        Some(given) => Speed::parse(&given).ok_or(bad_value("speed", given))?,
        None => reader.wishes.speed,
    };
    let from = match query_field(uri, "from").filter(|from| !from.is_empty()) {
        Some(given) => Some(
            given
                .parse()
                .map_err(|()| Problem::NoSuchUtterance { given })?,
        ),
        None => None,
    };
    Ok(SoundWish {
        voice,
        usual_voice: reader.wishes.voice.clone(),
        speed,
        format,
        from,
    })
}

fn bad_value(field: &str, given: String) -> Problem {
    Problem::BadValue {
        field: field.to_owned(),
        given,
    }
}

/// Sends the segments as they come. Nothing is made before the client takes it, but for the little
/// that is worked ahead; a client that leaves drops the stream and with it the work.
fn answer(sound: Sound) -> Response {
    let media_type = sound.format.media_type();
    let muxer = Muxer::new(sound.container, sound.tags);
    let header = stream::once(std::future::ready(Bytes::from(muxer.header())));
    let segments = sound.segments.map(Some);
    let all = segments.chain(stream::once(std::future::ready(None)));
    let bytes = header.chain(all.scan(muxer, |muxer, segment| {
        std::future::ready(Some(next_bytes(muxer, segment.as_ref())))
    }));
    let body = Body::from_stream(bytes.map(Ok::<_, Infallible>));
    let head = [
        (header::CONTENT_TYPE, media_type),
        (header::ACCEPT_RANGES, "none"),
        (header::CACHE_CONTROL, "private, max-age=300"),
    ];
    (head, body).into_response()
}

/// Returns a segment's bytes in the stream, or what stands after the last.
fn next_bytes(muxer: &mut Muxer<Arc<dyn Container>>, segment: Option<&Arc<Segment>>) -> Bytes {
    let Some(segment) = segment else {
        return muxer.trailer().into();
    };
    match muxer.push(segment.samples, &segment.bytes) {
        Cow::Borrowed(_) => Bytes::from_owner(Arc::clone(&segment.bytes)),
        Cow::Owned(wrapped) => wrapped.into(),
    }
}
