//! HLS: `/playlist.m3u8`, and the parts that it lists.
//!
//! A part's address says all that makes it: the page, the reader's settings as they were when the list
//! was asked for, and the frames. So every part of a list sounds alike, whoever asks, and any machine
//! can answer.
//!
//! Source: RFC 8216.

use std::fmt::Write as _;
use std::str::FromStr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded;

use super::App;
use super::failure::problem_of;
use super::read::source_of;
use super::reader::{Reader, query_field};
use super::sound::sound_wish;
use crate::gateway::{Part, Playlist, SoundWish, Understood};
use crate::model::{Format, Problem};

/// Answers `/playlist.m3u8`.
pub(super) async fn list(State(app): State<App>, uri: Uri, reader: Reader) -> Response {
    let answer = async {
        let (page, wish) = asked(&app, &uri, &reader).await?;
        let playlist = app.gateway.playlist(page, &wish).await;
        playlist.map_err(|error| problem_of(&error))
    };
    match answer.await {
        Ok(playlist) => {
            let head = [
                (header::CONTENT_TYPE, "application/vnd.apple.mpegurl"),
                (header::CACHE_CONTROL, "private, no-store"),
                (header::VARY, "Cookie"),
            ];
            (head, written(&playlist, &common_query(&uri, &reader))).into_response()
        }
        Err(problem) => refused(&reader, &uri, &problem),
    }
}

/// Answers `/part.mp3`: a part that a playlist lists.
pub(super) async fn part(State(app): State<App>, uri: Uri, reader: Reader) -> Response {
    let answer = async {
        let part = part_of(&uri)?;
        let (page, wish) = asked(&app, &uri, &reader).await?;
        let made = app.gateway.part(page, &wish, part).await;
        made.map_err(|error| problem_of(&error))
    };
    match answer.await {
        Ok(bytes) => {
            let head = [
                (header::CONTENT_TYPE, Format::Mp3.media_type()),
                (header::CACHE_CONTROL, "private, no-cache"),
            ];
            (head, bytes).into_response()
        }
        Err(problem) => refused(&reader, &uri, &problem),
    }
}

fn refused(reader: &Reader, uri: &Uri, problem: &Problem) -> Response {
    reader.problem(problem, query_field(uri, "url").as_deref())
}

async fn asked(
    app: &App,
    uri: &Uri,
    reader: &Reader,
) -> Result<(Arc<Understood>, SoundWish), Problem> {
    let source = source_of(&query_field(uri, "url").unwrap_or_default())?;
    let wish = sound_wish(Format::Mp3, uri, reader)?;
    let page = app.gateway.page(&source).await;
    Ok((page.map_err(|error| problem_of(&error))?, wish))
}

fn part_of(uri: &Uri) -> Result<Part, Problem> {
    Ok(Part {
        from: field(uri, "from")?,
        skip: field(uri, "skip")?,
        frames: field(uri, "frames")?,
        at: field(uri, "at")?,
    })
}

fn field<T: FromStr>(uri: &Uri, name: &str) -> Result<T, Problem> {
    let given = query_field(uri, name).unwrap_or_default();
    given.parse().map_err(|_| Problem::BadValue {
        field: name.to_owned(),
        given,
    })
}

/// Returns what the addresses of all parts have in common: the list's own query, with the reader's
/// settings in place of their cookie.
fn common_query(uri: &Uri, reader: &Reader) -> String {
    let own = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let kept = own.filter(|(name, _)| !["s", "from", "skip", "frames", "at"].contains(&&**name));
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .append_pair("s", &reader.wishes.code())
        .finish()
}

fn written(playlist: &Playlist, common: &str) -> String {
    let mut list = format!(
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:{}\n#EXT-X-MEDIA-SEQUENCE:0\n\
         #EXT-X-PLAYLIST-TYPE:EVENT\n",
        Playlist::MOST_SECONDS
    );
    for part in &playlist.parts {
        let seconds = playlist.seconds(part);
        let Part {
            from,
            skip,
            frames,
            at,
        } = part;
        let address = format!("part.mp3?{common}&from={from}&skip={skip}&frames={frames}&at={at}");
        writeln!(list, "#EXTINF:{seconds:.5},\n{address}").expect("a string takes all");
    }
    if playlist.is_whole {
        list.push_str("#EXT-X-ENDLIST\n");
    }
    list
}
