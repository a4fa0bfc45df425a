//! Sound: an article as `/audio.mp3` or `/audio.wav`, sent while it is being spoken.

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, future, stream};

use super::App;
use super::at_hand::{Again, Keep, MOST_OF_ONE};
use super::failure::problem_of;
use super::range::{Asked, asked};
use super::read::source_of;
use super::reader::{Reader, query_field};
use crate::encode::{Container, Muxer};
use crate::gateway::{
    CAPTIONS_HEADER, Error, Follower, Heard, Mark, Measured, Measuring, Sound, SoundWish, Source,
};
use crate::model::{DataUse, Diction, Format, Problem, Speed, VoiceId};
use crate::voice;

/// Answers `/audio.FORMAT`; any other name is not here.
pub(super) async fn file(
    State(app): State<App>,
    file: Result<Path<String>, PathRejection>,
    method: Method,
    headers: HeaderMap,
    uri: Uri,
    again: Option<Extension<Again>>,
    reader: Reader,
) -> Response {
    let name = file.as_ref().ok();
    let Some(extension) = name.and_then(|Path(file)| file.strip_prefix("audio.")) else {
        return reader.problem(&Problem::NotHere, None);
    };
    // Only the length of a sound that may be long makes its parts addressable, and learning it takes
    // time: a first listener who asks for no part is not made to wait.
    let asks_for_part = method == Method::HEAD || headers.contains_key(header::RANGE);
    let given = query_field(&uri, "url").unwrap_or_default();
    let answer = async {
        let (source, wish) = asked_sound(extension, &given, &uri, &reader)?;
        // What begins with its length must begin alike for all, so that parts of it fit the whole;
        // nor do players take such a file well where the length is missing.
        let how = if asks_for_part || wish.format.begins_with_length() {
            Measuring::Speak
        } else {
            Measuring::LookUp
        };
        let page = app.gateway.page_to_hear(&source).await;
        let (page, opening) = page.map_err(|error| problem_of(&error))?;
        match app.gateway.measured(Arc::clone(&page), &wish, how).await {
            Ok(Some(measured)) => {
                let keep = match again {
                    Some(_) => kept(&app, &source, &measured).await,
                    None => None,
                };
                return Ok((keep.map(Extension), whole_or_part(measured, &headers)).into_response());
            }
            Ok(None) => {}
            Err(error) if is_about_one_utterance(&error) => {}
            Err(error) => return Err(problem_of(&error)),
        }
        let sound = app.gateway.speak_opened(page, &wish, opening).await;
        sound
            .map(streamed_sound)
            .map_err(|error| problem_of(&error))
    };
    answer
        .await
        .unwrap_or_else(|problem| reader.problem(&problem, Some(&given)))
}

/// Returns a sound that may be given to all who ask alike, where all of it is at hand.
async fn kept(app: &App, source: &Source, sound: &Measured) -> Option<Keep> {
    let lasts = app.gateway.lasts(source).await;
    let whole = Some(sound.whole_at_hand(MOST_OF_ONE).await?);
    Some(Keep { lasts, whole })
}

/// Is it only that an utterance cannot be spoken? Then the sound goes on without its length.
fn is_about_one_utterance(error: &Error) -> bool {
    matches!(
        error,
        Error::Voice(voice::Error::Failed(_)) | Error::Encode(_)
    )
}

/// Sends a sound of known length, or the part of it that was asked for.
pub(super) fn whole_or_part(sound: Measured, headers: &HeaderMap) -> Response {
    let field = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let (length, etag) = (sound.length(), sound.etag().to_owned());
    let head = [
        (header::CONTENT_TYPE, sound.format.media_type().to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::ETAG, etag.clone()),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::VARY, "Cookie, Save-Data".to_owned()),
    ];
    if field(header::IF_NONE_MATCH).is_some_and(|known| known == etag) {
        return (StatusCode::NOT_MODIFIED, head).into_response();
    }
    let is_current = field(header::IF_RANGE).is_none_or(|known| known == etag);
    let range = field(header::RANGE).filter(|_| is_current);
    let (status, range, content_range) = match range.map_or(Asked::Whole, |r| asked(r, length)) {
        Asked::Whole => (StatusCode::OK, 0..length, None),
        Asked::Part(part) => {
            let content_range = format!("bytes {}-{}/{length}", part.start, part.end - 1);
            (StatusCode::PARTIAL_CONTENT, part, Some(content_range))
        }
        Asked::Nothing => {
            let content_range = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            return (StatusCode::RANGE_NOT_SATISFIABLE, head, content_range).into_response();
        }
    };
    let content_length = [(
        header::CONTENT_LENGTH,
        (range.end - range.start).to_string(),
    )];
    let content_range = content_range.map(|range| [(header::CONTENT_RANGE, range)]);
    let body = Body::from_stream(sound.bytes(range));
    (status, head, content_length, content_range, body).into_response()
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
    let (source, wish) = asked_sound(extension, given, uri, reader)?;
    app.gateway
        .sound(&source, &wish)
        .await
        .map_err(|error| problem_of(&error))
}

fn asked_sound(
    extension: &str,
    given: &str,
    uri: &Uri,
    reader: &Reader,
) -> Result<(Source, SoundWish), Problem> {
    let format = Format::from_extension(extension).ok_or_else(|| Problem::NoFormat {
        given: extension.to_owned(),
    })?;
    Ok((source_of(given)?, sound_wish(format, uri, reader)?))
}

/// Reads how it is to sound: what the address says, else what the reader has set. A voice set long
/// ago may be gone by now, and is then left out; one that the address names must be there.
pub(super) fn sound_wish(format: Format, uri: &Uri, reader: &Reader) -> Result<SoundWish, Problem> {
    let voice = match query_field(uri, "voice").filter(|name| !name.is_empty()) {
        Some(name) => Some(VoiceId::parse(&name).ok_or(Problem::NoVoice { voice: name })?),
        None => None,
    };
    let speed = match query_field(uri, "speed").filter(|speed| !speed.is_empty()) {
        Some(given) => Speed::parse(&given).ok_or(bad_value("speed", given))?,
        None => reader.wishes.speed,
    };
    let data = match query_field(uri, "data").filter(|data| !data.is_empty()) {
        Some(given) => DataUse::from_word(&given).ok_or(bad_value("data", given))?,
        None => reader.wishes.data_use(reader.saves_data),
    };
    let mut diction = reader.wishes.diction;
    for field in Diction::FIELDS {
        if let Some(given) = query_field(uri, field) {
            diction
                .set(field, &given)
                .map_err(|error| bad_value(&error.field, error.given))?;
        }
    }
    Ok(SoundWish {
        voice,
        usual_voice: reader.wishes.voice.clone(),
        speed,
        format,
        data,
        from: place_field(uri, "from")?,
        to: place_field(uri, "to")?,
        diction,
    })
}

fn place_field<P: FromStr>(uri: &Uri, name: &str) -> Result<Option<P>, Problem> {
    let given = query_field(uri, name).filter(|given| !given.is_empty());
    let parsed = given.map(|given| given.parse().map_err(|_| Problem::NoSuchPlace { given }));
    parsed.transpose()
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
pub(super) fn streamed_sound(sound: Sound) -> Response {
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
    let Sound {
        page,
        plan,
        segments,
        ..
    } = sound;
    let mut samples = 0;
    segments.map(move |heard| {
        let mut follower = Follower::after(&page, &plan, samples);
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
        (header::VARY, "Cookie, Save-Data"),
    ];
    (head, Body::from_stream(pieces)).into_response()
}
