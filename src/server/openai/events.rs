//! Sound as a stream of events (`stream_format: sse`): pieces of the very bytes that would be sent alone, in base64,
//! and between them, where they are asked for, the marks of what is heard in the next piece.

use std::convert::Infallible;

use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use crate::encode::Muxer;
use crate::gateway::{Follower, Sound};

/// What an event is of that tells a failure.
const ERROR: &str = "error";

/// Sends a sound as events; `characters` are those of its text, which are what is counted as used.
pub(super) fn of(sound: Sound, with_marks: bool, characters: usize) -> impl IntoResponse {
    let Sound {
        page,
        plan,
        segments,
        container,
        tags,
        ..
    } = sound;
    let mut muxer = Muxer::new(container, tags);
    let header = muxer.header();
    let begin = stream::iter(delta(&header));
    let to_the_end = segments.map(Some).chain(stream::iter([None]));
    let (mut samples, mut has_failed) = (0, false);
    let events = to_the_end.map(move |heard| {
        let mut events = Vec::new();
        match heard {
            _ if has_failed => {}
            Some(Ok(heard)) => {
                let mut follower = Follower::after(&page, &plan, samples);
                let marks = follower.marks(&heard);
                samples = follower.samples();
                if with_marks {
                    let mark = |mark| json!({ "type": "speech.audio.mark", "mark": mark });
                    events.extend(marks.iter().map(mark));
                }
                events.extend(delta(&muxer.push(heard.segment.samples, &heard.segment.bytes)));
            }
            Some(Err(_)) => {
                has_failed = true; // logged where it happened
                let message = "The speech broke off: the voice failed.";
                events.push(json!({ "type": ERROR, "error": {
                    "message": message, "type": "server_error", "param": null, "code": "voice_failed",
                } }));
            }
            None => {
                events.extend(delta(&muxer.trailer()));
                events.push(json!({ "type": "speech.audio.done", "usage": {
                    "input_tokens": characters, "output_tokens": 0, "total_tokens": characters,
                } }));
            }
        }
        stream::iter(events)
    });
    let events = begin.chain(events.flatten());
    Sse::new(events.map(|event| Ok::<_, Infallible>(Event::default().data(event.to_string()))))
}

/// Returns the event of some bytes; none of nothing.
fn delta(bytes: &[u8]) -> Option<Value> {
    let audio = || json!({ "type": "speech.audio.delta", "audio": STANDARD.encode(bytes) });
    (!bytes.is_empty()).then(audio)
}
