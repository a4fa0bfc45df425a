//! Sound: an article as `/audio.mp3` or `/audio.wav`, sent while it is being spoken.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, future, stream};

use super::App;
use super::failure::problem_of;
use super::read::source_of;
use super::reader::{Reader, query_field};
use crate::encode::{Container, Muxer};
use crate::gateway::{CAPTIONS_HEADER, Error, Follower, Heard, Mark, Sound, SoundWish};
use crate::model::{Format, Problem, Speed, VoiceId};

/// Answers `/audio.FORMAT`; any other name is not here.
pub(super) async fn file(
    State(app): State<App>,
    file: Result<Path<String>, PathRejection>,
    uri: Uri,
    reader: Reader,
) -> Response {
    let extension = file
        .as_ref()
        .ok()
        .and_then(|Path(file)| file.strip_prefix("audio."));
    let Some(extension) = extension else {
        return reader.problem(&Problem::NotHere, None);
    };
    answer_with(answer, &app, extension, &uri, &reader).await
}

/// Answers `/marks.ndjson`: a line for each sentence and word, sent while it is being spoken. The
/// times are those of the sound in the format that `format` names, MP3 where it names none.
pub(super) async fn marks(State(app): State<App>, uri: Uri, reader: Reader) -> Response {
    answer_with(marks_of, &app, &format_field(&uri), &uri, &reader).await
}

/// Answers `/captions.vtt`: a cue for each sentence.
pub(super) async fn captions(State(app): State<App>, uri: Uri, reader: Reader) -> Response {
    answer_with(captions_of, &app, &format_field(&uri), &uri, &reader).await
}

fn format_field(uri: &Uri) -> String {
    let given = query_field(uri, "format").filter(|format| !format.is_empty());
    given.unwrap_or_else(|| Format::Mp3.extension().to_owned())
}

async fn answer_with(
    answer: fn(Sound) -> Response,
    app: &App,
    extension: &str,
    uri: &Uri,
    reader: &Reader,
) -> Response {
    let given = query_field(uri, "url").unwrap_or_default();
    match sound(app, extension, &given, uri, reader).await {
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
/// that is worked ahead; a client that leaves drops the stream and with it the work. Where the sound
/// breaks off, so does the body, so that nobody keeps a part for the whole.
fn answer(sound: Sound) -> Response {
    let media_type = sound.format.media_type();
    let muxer = Muxer::new(sound.container, sound.tags);
    let header = stream::once(future::ready(Ok(muxer.header().into())));
    let heard = sound.segments.map(|heard| heard.map(Some));
    let to_the_end = heard.chain(stream::once(future::ready(Ok(None))));
    let segments = to_the_end.scan(Some(muxer), |muxer, heard| {
        future::ready(next_bytes(muxer, heard))
    });
    streamed(media_type, header.chain(segments))
}

/// Returns a segment's bytes in the stream, or what stands after the last; an error is the end.
fn next_bytes(
    muxer: &mut Option<Muxer<Arc<dyn Container>>>,
    heard: Result<Option<Heard>, Arc<Error>>,
) -> Option<Result<Bytes, Arc<Error>>> {
    let joining = muxer.as_mut()?;
    let segment = match heard {
        Ok(Some(heard)) => heard.segment,
        Ok(None) => return Some(Ok(joining.trailer().into())),
        Err(error) => {
            *muxer = None;
            return Some(Err(error));
        }
    };
    Some(Ok(match joining.push(segment.samples, &segment.bytes) {
        Cow::Borrowed(_) => Bytes::from_owner(Arc::clone(&segment.bytes)),
        Cow::Owned(wrapped) => wrapped.into(),
    }))
}

fn marks_of(sound: Sound) -> Response {
    streamed(
        "application/x-ndjson",
        followed(sound, |follower, heard| {
            follower.marks(heard).iter().map(line).collect()
        }),
    )
}

fn line(mark: &Mark<'_>) -> String {
    let mark = serde_json::to_string(mark).expect("a mark is numbers and strings");
    mark + "\n"
}

fn captions_of(sound: Sound) -> Response {
    let header = stream::once(async { Ok(Bytes::from_static(CAPTIONS_HEADER.as_bytes())) });
    let cues = followed(sound, |follower, heard| follower.caption(heard));
    streamed("text/vtt; charset=utf-8", header.chain(cues))
}

/// Writes something about each segment, in its time.
fn followed(
    sound: Sound,
    write: impl Fn(&mut Follower<'_>, &Heard) -> String,
) -> impl Stream<Item = Result<Bytes, Arc<Error>>> {
    let Sound { page, segments, .. } = sound;
    let mut samples = 0;
    segments.map(move |heard| {
        let mut follower = Follower::after(&page, samples);
        let written = write(&mut follower, &heard?);
        samples = follower.samples();
        Ok(Bytes::from(written))
    })
}

/// Sends pieces as they come. They depend on the reader's settings where the address names none, and
/// are not to be kept: there is no telling whether all of them came.
fn streamed(
    media_type: &'static str,
    pieces: impl Stream<Item = Result<Bytes, Arc<Error>>> + Send + 'static,
) -> Response {
    let head = [
        (header::CONTENT_TYPE, media_type),
        (header::ACCEPT_RANGES, "none"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::VARY, "Cookie"),
    ];
    (head, Body::from_stream(pieces)).into_response()
}
