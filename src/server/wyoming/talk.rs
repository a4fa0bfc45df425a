//! What is answered to events: who can speak, and speech.

use std::io;

use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::watch;
use tokio::time::timeout;

use super::PATIENCE;
use super::event::{Event, written};
use crate::gateway::{Gateway, Sound, SoundWish};
use crate::model::{Format, Problem, Speed, UiLang, VoiceId};
use crate::page;
use crate::server::failure::problem_of;
use crate::server::program::{self, MOST_CHARACTERS, Refused};
use crate::voice::Listed;

/// Bytes of sound in one event.
const PIECE: usize = 8 << 10;
/// Bytes of a sample.
const WIDTH: u64 = 2;
/// What ends a sentence of a text that comes piece by piece.
const ENDS: [char; 5] = ['.', '!', '?', '…', '\n'];

/// A conversation.
pub(super) struct Talk<W> {
    to: W,
    gateway: watch::Receiver<Gateway>,
    /// A text that comes piece by piece.
    growing: Option<Growing>,
}

#[derive(Default)]
struct Growing {
    voice: Value,
    text: String,
    characters: usize,
    /// Milliseconds that were sent, once anything was.
    sent: Option<u64>,
}

/// What is told instead of speech: a sentence, and a word for programs.
struct Refusal(String, &'static str);

impl From<&Problem> for Refusal {
    fn from(problem: &Problem) -> Self {
        Self(page::sentence(UiLang::EN, problem), problem.code())
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Problem(problem) => Self::from(&problem),
            Refused::Ssml(fault) => Self(fault.to_string(), "invalid-ssml"),
        }
    }
}

impl<W: AsyncWrite + Unpin> Talk<W> {
    pub(super) fn new(to: W, gateway: watch::Receiver<Gateway>) -> Self {
        Self {
            to,
            gateway,
            growing: None,
        }
    }

    /// Answers an event; what nobody here knows is passed over, as the protocol has it.
    pub(super) async fn answer(&mut self, event: Event) -> io::Result<()> {
        let data = event.data;
        match event.kind.as_str() {
            "describe" => self.describe().await,
            "ping" => {
                let text = data.get("text").cloned().unwrap_or_default();
                self.send("pong", &json!({ "text": text }), &[]).await
            }
            // Who streams sends the whole text besides, for those who take no pieces.
            "synthesize" if self.growing.is_some() => Ok(()),
            "synthesize" => {
                let voice = data.get("voice").cloned().unwrap_or_default();
                let mut sent = None;
                let text = text_of(&data);
                let spoken = self.speak(text, &voice, &mut sent).await?;
                self.finish(spoken, sent).await
            }
            "synthesize-start" => {
                let voice = data.get("voice").cloned().unwrap_or_default();
                self.growing = Some(Growing {
                    voice,
                    ..Growing::default()
                });
                Ok(())
            }
            "synthesize-chunk" => self.grow(text_of(&data)).await,
            "synthesize-stop" => self.stop().await,
            _ => Ok(()),
        }
    }

    /// Says what is wrong.
    pub(super) async fn refuse(&mut self, text: &str, code: &str) -> io::Result<()> {
        let data = json!({ "text": text, "code": code });
        self.send("error", &data, &[]).await
    }

    async fn describe(&mut self) -> io::Result<()> {
        let gateway = self.gateway.borrow().clone();
        match gateway.listed_voices().await {
            Ok(voices) => self.send("info", &info(&voices), &[]).await,
            Err(error) => {
                let Refusal(text, code) = Refusal::from(&problem_of(&error));
                self.refuse(&text, code).await
            }
        }
    }

    /// Takes a piece of a text and speaks the sentences that are whole by now.
    async fn grow(&mut self, piece: &str) -> io::Result<()> {
        let Some(mut growing) = self.growing.take() else {
            return Ok(());
        };
        growing.characters += piece.chars().count();
        growing.text.push_str(piece);
        let mut spoken = Ok(());
        if growing.characters > MOST_CHARACTERS {
            spoken = Err(too_long());
            growing.text.clear();
        } else if let Some(end) = sentences_end(&growing.text) {
            let rest = growing.text.split_off(end);
            let whole = std::mem::replace(&mut growing.text, rest);
            spoken = self
                .speak(&whole, &growing.voice, &mut growing.sent)
                .await?;
        }
        self.growing = Some(growing);
        match spoken {
            Ok(()) => Ok(()),
            Err(Refusal(text, code)) => self.refuse(&text, code).await,
        }
    }

    /// Speaks what is left of a text and ends it.
    async fn stop(&mut self) -> io::Result<()> {
        let Some(mut growing) = self.growing.take() else {
            return Ok(());
        };
        let is_over = growing.sent.is_some() && growing.text.trim().is_empty();
        let spoken = if is_over {
            Ok(())
        } else {
            self.speak(&growing.text, &growing.voice, &mut growing.sent)
                .await?
        };
        self.finish(spoken, growing.sent).await?;
        self.send("synthesize-stopped", &json!({}), &[]).await
    }

    async fn finish(&mut self, spoken: Result<(), Refusal>, sent: Option<u64>) -> io::Result<()> {
        if let Err(Refusal(text, code)) = spoken {
            self.refuse(&text, code).await?;
        }
        match sent {
            Some(timestamp) => {
                let data = json!({ "timestamp": timestamp });
                self.send("audio-stop", &data, &[]).await
            }
            None => Ok(()),
        }
    }

    /// Speaks a text; the outer error is the connection's.
    async fn speak(
        &mut self,
        text: &str,
        voice: &Value,
        sent: &mut Option<u64>,
    ) -> io::Result<Result<(), Refusal>> {
        let gateway = self.gateway.borrow().clone();
        let mut sound = match begun(&gateway, text, voice).await {
            Ok(sound) => sound,
            Err(refusal) => return Ok(Err(refusal)),
        };
        while let Some(heard) = sound.segments.next().await {
            let segment = match heard {
                Ok(heard) => heard.segment,
                Err(error) => return Ok(Err(Refusal::from(&problem_of(&error)))),
            };
            let mut form = json!({ "rate": segment.rate, "width": WIDTH, "channels": 1 });
            if sent.is_none() {
                form["timestamp"] = 0.into();
                self.send("audio-start", &form, &[]).await?;
            }
            let mut at = sent.unwrap_or_default();
            for piece in segment.bytes.chunks(PIECE) {
                form["timestamp"] = at.into();
                self.send("audio-chunk", &form, piece).await?;
                at += piece.len() as u64 * 1_000 / (WIDTH * u64::from(segment.rate.max(1)));
            }
            *sent = Some(at);
        }
        Ok(Ok(()))
    }

    async fn send(&mut self, kind: &str, data: &Value, payload: &[u8]) -> io::Result<()> {
        let bytes = written(kind, data, payload);
        let sent = timeout(PATIENCE, self.to.write_all(&bytes)).await;
        sent.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }
}

fn text_of(data: &serde_json::Map<String, Value>) -> &str {
    data.get("text").and_then(Value::as_str).unwrap_or_default()
}

fn too_long() -> Refusal {
    let text = format!("A text may have {MOST_CHARACTERS} characters.");
    Refusal(text, "request-too-large")
}

/// Returns where the last whole sentence of a growing text ends; none where there is none. Whether a stop ends a
/// sentence is known once something follows it.
fn sentences_end(text: &str) -> Option<usize> {
    let ends = text.char_indices().filter(|(at, letter)| {
        let after = text[at + letter.len_utf8()..].chars().next();
        ENDS.contains(letter) && (*letter == '\n' || after.is_some_and(char::is_whitespace))
    });
    let end = ends
        .map(|(at, letter)| at + letter.len_utf8())
        .next_back()?;
    (!text[..end].trim().is_empty()).then_some(end)
}

/// Begins to speak a text with the voice that is wished for, where it speaks the text's language.
async fn begun(gateway: &Gateway, text: &str, voice: &Value) -> Result<Sound, Refusal> {
    if text.chars().count() > MOST_CHARACTERS {
        return Err(too_long());
    }
    let wish = SoundWish::of(named(gateway, voice).await?, Speed::default(), Format::Wav);
    let page = program::taken(gateway, text.to_owned()).await?.page;
    let sound = gateway.speak(page, &wish).await;
    sound.map_err(|error| Refusal::from(&problem_of(&error)))
}

/// Finds the voice that is named, by its speaker where it has several. A language alone is found by the text.
async fn named(gateway: &Gateway, voice: &Value) -> Result<Option<VoiceId>, Refusal> {
    let Some(name) = voice["name"].as_str().filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    if let Some(id) = program::voice(gateway, name, voice["speaker"].as_str()).await {
        return Ok(Some(id));
    }
    let problem = Problem::NoVoice {
        voice: name.to_owned(),
    };
    Err(Refusal::from(&problem))
}

/// Tells who can speak.
fn info(voices: &[Listed]) -> Value {
    let each = voices.iter().map(|listed| {
        let about = &listed.description;
        json!({
            "name": about.id,
            "description": about.name,
            "attribution": { "name": about.engine, "url": about.source.as_deref().unwrap_or_default() },
            "installed": true,
            "version": null,
            "languages": [about.lang],
            "speakers": null,
        })
    });
    let program = json!({
        "name": "loa",
        "description": "Loa, a reading gateway and speech server",
        "attribution": { "name": "Loa", "url": env!("CARGO_PKG_REPOSITORY") },
        "installed": true,
        "version": env!("CARGO_PKG_VERSION"),
        "voices": each.collect::<Vec<_>>(),
        "supports_synthesize_streaming": true,
    });
    json!({
        "tts": [program], "asr": [], "handle": [], "intent": [], "wake": [], "mic": [], "snd": [],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_growing_text_is_spoken_sentence_by_sentence() {
        for (text, whole) in [
            ("Xin chào. Hôm", "Xin chào."),
            ("Xin chào.", ""),
            ("Giá 3.5 đồng", ""),
            ("Một! Hai? Ba", "Một! Hai?"),
            ("Một\nhai", "Một\n"),
            (". ", "."),
            ("  \n", ""),
            ("", ""),
        ] {
            let end = sentences_end(text).unwrap_or(0);
            assert_eq!(&text[..end], whole, "{text:?}");
        }
    }
}
