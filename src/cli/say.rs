//! `loa say`: one message spoken at once, for screen readers and scripts.

use std::io::{self, IsTerminal, Read};

use clap::CommandFactory;
use clap::error::ErrorKind;

use super::args::{Arguments, Say};
use super::told::Told;
use super::{runtime, source, speak};
use crate::config::Config;
use crate::gateway::{Gateway, SoundWish};
use crate::model::{Diction, Format, Lang, Problem, Punctuation, Speed};
use crate::server::failure::problem_of;

/// Most bytes of a message; what is longer is an article.
const MAX_BYTES: u64 = 1 << 20;
/// So many words tell the language they are in; names of buttons and single letters do not.
const TELLING_WORDS: usize = 6;

pub(super) fn run(say: &Say, config: &Config) -> anyhow::Result<()> {
    if say.output.is_none() && io::stdout().is_terminal() {
        let why = "sound would go to the terminal: give -o FILE.wav or send it to a player";
        let mut command = Arguments::command();
        command
            .error(ErrorKind::MissingRequiredArgument, why)
            .exit();
    }
    let text = text(say)?;
    let gateway = source::gateway(config);
    let lang = say
        .lang
        .clone()
        .or_else(|| lang_of_voice(&text, say, &gateway));
    let page = source::message(&text, lang.as_ref())?;
    // A mark by itself is what is meant; within words it is for the voice.
    let is_mark = !text.contains(char::is_alphanumeric);
    let wish = SoundWish {
        diction: Diction {
            punctuation: is_mark.then_some(Punctuation::All),
            ..Diction::default()
        },
        ..SoundWish::of(say.voice.clone(), speed(say), Format::Wav)
    };
    runtime()?.block_on(async {
        let sound = gateway.speak(page.into(), &wish).await;
        let sound = sound.map_err(|error| Told(problem_of(&error)))?;
        speak::write_sound(sound, say.output.as_deref()).await
    })
}

/// Returns the language of the voice that is named, where the message alone does not tell its own.
fn lang_of_voice(text: &str, say: &Say, gateway: &Gateway) -> Option<Lang> {
    if text.split_whitespace().count() >= TELLING_WORDS {
        return None;
    }
    let voice = gateway.voices().named(say.voice.as_ref()?).ok()?;
    let lang = &voice.description().lang;
    (!lang.is_any()).then(|| lang.clone())
}

/// Takes the message from the arguments, else from standard input.
fn text(say: &Say) -> anyhow::Result<String> {
    if !say.text.is_empty() {
        return Ok(say.text.join(" "));
    }
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Told(Problem::TooLarge { limit: MAX_BYTES }).into());
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Takes the speed, or the rate as Speech Dispatcher counts it: from half as fast to four times.
fn speed(say: &Say) -> Speed {
    let Some(rate) = say.rate else {
        return say.speed;
    };
    let rate = f64::from(rate.clamp(-100, 100)) / 100.0;
    let times = if rate < 0.0 {
        2f64.powf(rate)
    } else {
        4f64.powf(rate)
    };
    Speed::from_times(times).unwrap_or_default()
}
