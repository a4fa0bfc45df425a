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
use crate::model::{Format, Lang, Problem, Speed, UiLang, VoiceId};
use crate::page;
use crate::server::failure::problem_of;
use crate::server::program::{self, MOST_CHARACTERS, NOTHING_TO_SAY, Refused};
use crate::speech;
use crate::voice::Listed;

/// Bytes of sound in one event.
const PIECE: usize = 8 << 10;
/// Bytes of a sample.
const WIDTH: u64 = 2;
/// A growing text without a whole sentence is looked through again at each piece while it is so short, later each time
/// it has grown by a quarter: the work stays in proportion to the text.
const SHORT: usize = 1_000;

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
    /// The length at which it is looked through for whole sentences again.
    look_at: usize,
    /// Was a sentence taken from it?
    is_begun: bool,
    /// Milliseconds that were sent, once anything was.
    sent: Option<u64>,
}

impl Growing {
    /// Takes the sentences that are whole by now. Whether a stop ends one is known once something follows it. What
    /// begins with a tag may be SSML, which is whole at its end alone.
    fn whole_sentences(&mut self) -> Option<String> {
        let may_be_ssml = !self.is_begun && begins_with_tag(&self.text);
        if may_be_ssml || self.text.len() < self.look_at {
            return None;
        }
        let lang = self.voice["language"].as_str().and_then(Lang::parse);
        let sentences = speech::sentences(&self.text, &lang.unwrap_or_else(Lang::vi));
        let open = sentences.last().map_or(0, |last| last.start);
        if open == 0 {
            let length = self.text.len();
            self.look_at = if length < SHORT {
                0
            } else {
                length + length / 4
            };
            return None;
        }
        self.look_at = 0;
        self.is_begun = true;
        let rest = self.text.split_off(open);
        Some(std::mem::replace(&mut self.text, rest))
    }
}

fn begins_with_tag(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    text.starts_with('<')
}

/// What is told instead of speech: a sentence, and a word for programs.
struct Refusal(String, &'static str);

impl Refusal {
    /// Was there nothing to say?
    fn is_of_nothing(&self) -> bool {
        self.1 == Problem::EmptyPage.code()
    }
}

impl From<&Problem> for Refusal {
    fn from(problem: &Problem) -> Self {
        let text = match problem {
            Problem::EmptyPage => NOTHING_TO_SAY.to_owned(),
            problem => page::sentence(UiLang::EN, problem),
        };
        Self(text, problem.code())
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
        } else if let Some(whole) = growing.whole_sentences() {
            spoken = self
                .speak(&whole, &growing.voice, &mut growing.sent)
                .await?;
            if spoken.as_ref().is_err_and(Refusal::is_of_nothing) {
                spoken = Ok(()); // a row of stars: what follows may say something
            }
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
        let mut spoken = self
            .speak(&growing.text, &growing.voice, &mut growing.sent)
            .await?;
        if growing.sent.is_some() && spoken.as_ref().is_err_and(Refusal::is_of_nothing) {
            spoken = Ok(());
        }
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

    /// Gives a text piece by piece; returns what was spoken before its end, and what was left.
    fn grown(pieces: &[&str]) -> (Vec<String>, String) {
        let mut growing = Growing::default();
        let mut spoken = Vec::new();
        for piece in pieces {
            growing.text.push_str(piece);
            spoken.extend(growing.whole_sentences());
        }
        (spoken, growing.text)
    }

    #[test]
    fn a_growing_text_is_spoken_sentence_by_sentence() {
        for (pieces, whole, left) in [
            (&["Xin chào. Hôm"][..], &["Xin chào. "][..], "Hôm"),
            (&["Xin chào."], &[], "Xin chào."),
            (&["Giá 3.", "5 đồng"], &[], "Giá 3.5 đồng"),
            (
                &["Ông TS. ", "Nguyễn Văn A đến"],
                &[],
                "Ông TS. Nguyễn Văn A đến",
            ),
            (&["Một! Ha", "i? Ba"], &["Một! ", "Hai? "], "Ba"),
            (&["Một.\n", "Hai"], &["Một.\n"], "Hai"),
            (&["<speak>Một. H", "ai. Ba"], &[], "<speak>Một. Hai. Ba"),
            (&["  \n"], &[], "  \n"),
            (&[""], &[], ""),
        ] {
            let (spoken, rest) = grown(pieces);
            assert_eq!(
                (&spoken[..], &rest[..]),
                (
                    &whole.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()[..],
                    left
                )
            );
        }
    }

    #[test]
    fn a_long_text_without_a_sentence_is_looked_through_a_few_times_only() {
        let mut growing = Growing::default();
        let mut looks = 0;
        for _ in 0..20_000 {
            growing.text.push('a');
            looks +=
                usize::from(growing.text.len() > SHORT && growing.text.len() >= growing.look_at);
            assert_eq!(growing.whole_sentences(), None);
        }
        assert!(looks < 20, "{looks}");
    }
}
