//! What programs that send texts to be spoken have in common, whatever protocol they speak.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::failure::problem_of;
use crate::gateway::{Gateway, Understood};
use crate::model::{Problem, VoiceId};
use crate::speech::ssml;

/// Most characters of a text: some twenty minutes of speech. OpenAI's own take 4,096.
pub(super) const MOST_CHARACTERS: usize = 20_000;

/// What programs are told of a text in which nothing can be spoken; a reader is told of a page.
pub(super) const NOTHING_TO_SAY: &str = "The text has nothing that could be spoken.";

/// A text, understood.
pub(super) struct Taken {
    pub page: Arc<Understood>,
    /// What it asks for and does not get, where it is SSML.
    pub remarks: Vec<String>,
}

/// Why a text cannot be spoken.
pub(super) enum Refused {
    Problem(Problem),
    Ssml(ssml::Fault),
}

impl From<&crate::gateway::Error> for Refused {
    fn from(error: &crate::gateway::Error) -> Self {
        Self::Problem(problem_of(error))
    }
}

/// Understands a text: SSML as what it tells, all else as it stands.
pub(super) async fn taken(gateway: &Gateway, text: String) -> Result<Taken, Refused> {
    if !ssml::is_ssml(&text) {
        let page = gateway.text(text).await;
        let page = page.map_err(|error| Refused::from(&error))?;
        let remarks = Vec::new();
        return Ok(Taken { page, remarks });
    }
    let script = ssml::read(&text).map_err(Refused::Ssml)?;
    let mut remarks: Vec<String> = script.remarks.iter().map(ToString::to_string).collect();
    let page = Understood::of_script(script);
    let named: BTreeSet<&VoiceId> = page.named_voices().collect();
    for voice in named {
        if !has_voice(gateway, voice).await {
            remarks.push(format!("there is no voice {voice}; the one before speaks"));
        }
    }
    let page = Arc::new(page);
    Ok(Taken { page, remarks })
}

/// Finds the voice of a name, by its speaker where it has several.
pub(super) async fn voice(gateway: &Gateway, name: &str, speaker: Option<&str>) -> Option<VoiceId> {
    let by_speaker = speaker.map(|speaker| format!("{name}-{speaker}"));
    for name in by_speaker.iter().map(String::as_str).chain([name]) {
        if let Some(id) = VoiceId::parse(&name.to_ascii_lowercase())
            && has_voice(gateway, &id).await
        {
            return Some(id);
        }
    }
    None
}

/// Is there a voice of that name? Where that cannot be found out, it is as if there were none.
async fn has_voice(gateway: &Gateway, id: &VoiceId) -> bool {
    gateway.has_voice(id).await.unwrap_or(false)
}
