//! What a program asks for: a JSON object, field by field.

use serde_json::{Map, Value};

use super::{Fault, MODELS};
use crate::model::{Format, Speed, VoiceId};
use crate::server::program::MOST_CHARACTERS;

/// The rates that OpenAI's take; what is slower or faster than Loa speaks is spoken as slowly or fast as it does.
const SPEEDS: std::ops::RangeInclusive<f64> = 0.25..=4.0;

/// OpenAI's names of voices, and ours in their place. Where the text is in another language than the voice, its
/// language's own voice speaks.
const NAMES: [(&str, &str); 13] = [
    ("alloy", "vi-north"),
    ("echo", "vi-central"),
    ("fable", "en-gb"),
    ("onyx", "en-us"),
    ("nova", "vi-south"),
    ("shimmer", "vi-north"),
    ("ash", "vi-north"),
    ("ballad", "vi-central"),
    ("coral", "vi-south"),
    ("sage", "vi-north"),
    ("verse", "vi-central"),
    ("marin", "vi-north"),
    ("cedar", "vi-north"),
];

/// A request for speech.
#[derive(Debug)]
pub(super) struct Ask {
    /// What is to be said.
    pub(super) input: String,
    /// Who says it.
    pub(super) voice: VoiceId,
    /// In which form.
    pub(super) format: Format,
    /// How fast.
    pub(super) speed: Speed,
    /// As events, rather than as sound alone?
    pub(super) events: bool,
    /// With marks among the events? An extension.
    pub(super) marks: bool,
}

/// Reads a request as the server does, and tells whether it is one. For tests with arbitrary bytes.
#[must_use]
pub fn read(body: &[u8]) -> bool {
    Ask::read(body).is_ok()
}

impl Ask {
    /// Reads a request. Fields that are not known are passed over, as OpenAI's own do with some.
    pub(super) fn read(body: &[u8]) -> Result<Self, Fault> {
        let read: Value =
            serde_json::from_slice(body).map_err(|e| Fault::no_json(&e.to_string()))?;
        let Value::Object(fields) = read else {
            return Err(Fault::no_json("it is another value"));
        };
        let model = needed(&fields, "model")?;
        if !MODELS.contains(&model) {
            return Err(Fault::no_model(model));
        }
        let input = needed(&fields, "input")?;
        let characters = input.chars().count();
        if characters > MOST_CHARACTERS {
            let message =
                format!("input has {characters} characters, and may have {MOST_CHARACTERS}.");
            return Err(Fault::field("input", "string_above_max_length", message));
        }
        if input.trim().is_empty() {
            let message = "input has nothing that could be spoken.".to_owned();
            return Err(Fault::field("input", "empty_string", message));
        }
        Ok(Self {
            input: input.to_owned(),
            voice: voice(&fields)?,
            format: format(&fields)?,
            speed: speed(&fields)?,
            events: events(&fields)?,
            marks: marks(&fields)?,
        })
    }
}

/// Returns a field; null is as if it were missing.
fn given<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    fields.get(name).filter(|value| !value.is_null())
}

fn text<'a>(fields: &'a Map<String, Value>, name: &'static str) -> Result<Option<&'a str>, Fault> {
    let Some(value) = given(fields, name) else {
        return Ok(None);
    };
    let text = value.as_str().ok_or_else(|| {
        let message = format!("{name} must be a string.");
        Fault::field(name, "invalid_type", message)
    })?;
    Ok(Some(text))
}

fn needed<'a>(fields: &'a Map<String, Value>, name: &'static str) -> Result<&'a str, Fault> {
    let missing = || {
        let message = format!("{name} is missing.");
        Fault::field(name, "missing_required_parameter", message)
    };
    text(fields, name)?.ok_or_else(missing)
}

fn voice(fields: &Map<String, Value>) -> Result<VoiceId, Fault> {
    let within = match given(fields, "voice") {
        Some(Value::Object(about)) => Some(about),
        _ => None,
    };
    let name = match within {
        Some(about) => text(about, "id")
            .map_err(|_| no_voice("that"))?
            .unwrap_or_default(),
        None => needed(fields, "voice")?,
    };
    let ours = NAMES.iter().find(|(theirs, _)| *theirs == name);
    VoiceId::parse(ours.map_or(name, |(_, ours)| ours)).ok_or_else(|| no_voice(name))
}

/// Says that there is no such voice.
pub(super) fn no_voice(name: &str) -> Fault {
    let message = format!("There is no voice {name:?}; /v1/audio/voices lists those there are.");
    Fault::field("voice", "voice_not_found", message)
}

fn format(fields: &Map<String, Value>) -> Result<Format, Fault> {
    Ok(match text(fields, "response_format")? {
        None | Some("mp3") => Format::Mp3,
        Some("opus") => Format::Opus,
        Some("flac") => Format::Flac,
        Some("wav") => Format::Wav,
        Some("pcm") => Format::Pcm,
        Some("aac") => {
            let message = "aac is not spoken here: there is no encoder of it under a free licence. \
                mp3 plays wherever aac does, opus is smaller.";
            let code = "unsupported_format";
            return Err(Fault::field("response_format", code, message.to_owned()));
        }
        Some(other) => {
            let message =
                format!("response_format is {other:?}; there are mp3, opus, flac, wav and pcm.");
            return Err(Fault::field("response_format", "invalid_value", message));
        }
    })
}

fn speed(fields: &Map<String, Value>) -> Result<Speed, Fault> {
    let Some(value) = given(fields, "speed") else {
        return Ok(Speed::default());
    };
    let times = value.as_f64().filter(|times| SPEEDS.contains(times));
    let times = times.ok_or_else(|| {
        let message = format!(
            "speed must be a number from {} to {}.",
            SPEEDS.start(),
            SPEEDS.end()
        );
        Fault::field("speed", "invalid_value", message)
    })?;
    let slowest = Speed::STEPS[0].times();
    Ok(Speed::from_times(times.max(slowest)).unwrap_or_default())
}

fn events(fields: &Map<String, Value>) -> Result<bool, Fault> {
    match text(fields, "stream_format")? {
        None | Some("audio") => Ok(false),
        Some("sse") => Ok(true),
        Some(other) => {
            let message = format!("stream_format is {other:?}; there are audio and sse.");
            Err(Fault::field("stream_format", "invalid_value", message))
        }
    }
}

fn marks(fields: &Map<String, Value>) -> Result<bool, Fault> {
    let Some(value) = given(fields, "marks") else {
        return Ok(false);
    };
    let fault = || {
        Fault::field(
            "marks",
            "invalid_type",
            "marks must be true or false.".to_owned(),
        )
    };
    value.as_bool().ok_or_else(fault)
}
