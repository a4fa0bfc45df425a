//! How things are said here: the operator's choices, the reader's, and the words of the voice's region.

use super::{Lexicons, SoundWish, Understood};
use crate::model::{Diction, Lang, VoiceId};
use crate::speech::{Options, Region};
use crate::voice::Catalogue;

/// What an operator has chosen about the words themselves.
#[derive(Debug, Default)]
pub struct Wording {
    /// The choices that a reader may overrule.
    pub diction: Diction,
    /// Words with a reading of their own.
    pub lexicons: Lexicons,
}

impl Wording {
    /// Decides how a page is said to a listener. Voices and files may have to be looked for, so it is
    /// no work for threads that wait.
    pub(super) fn options(
        &self,
        voices: &Catalogue,
        page: &Understood,
        wish: &SoundWish,
    ) -> Options {
        let wished = wish.voice.as_ref().or(wish.usual_voice.as_ref());
        let region = region(voices, wished);
        self.options_on(page.site().as_deref(), wish.diction, region)
    }

    /// Decides how text of a site is said, whoever listens.
    #[must_use]
    pub fn options_on(&self, site: Option<&str>, wished: Diction, region: Region) -> Options {
        let lexicon = self.lexicons.on(site);
        Options::new(self.diction.under(wished), region, lexicon)
    }
}

/// The words of the region of the voice that speaks Vietnamese to who wishes for `voice`. Without a
/// voice there is no region; what is wrong is said where the voice is needed.
pub(super) fn region(voices: &Catalogue, voice: Option<&VoiceId>) -> Region {
    let chosen = voices.choose(voice, &Lang::vi()).ok();
    let region = chosen
        .as_ref()
        .and_then(|v| v.description().region.as_deref());
    Region::of_voice(region)
}
