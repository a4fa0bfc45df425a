//! Sound: as a voice makes it, and as a listener gets it.

use std::{fmt, sync::Arc};

/// Mono samples at a rate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pcm {
    /// Samples a second.
    pub rate: u32,
    /// The samples.
    pub samples: Vec<i16>,
}

impl Pcm {
    /// Adds silence at the end.
    pub fn append_silence(&mut self, milliseconds: f64) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "seconds at most"
        )]
        let samples = (milliseconds.clamp(0.0, 60_000.0) * f64::from(self.rate) / 1000.0) as usize;
        self.samples.resize(self.samples.len() + samples, 0);
    }
}

/// An utterance as a voice spoke it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpokenSound {
    /// The sound, without the pause after it.
    pub pcm: Pcm,
    /// Where words begin: `(byte offset in the spoken text, sample)`, both ascending.
    pub words: Vec<(usize, u64)>,
}

/// An utterance's encoded sound, which can be joined to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its encoded bytes.
    pub bytes: Arc<[u8]>,
    /// Samples a second.
    pub rate: u32,
    /// Its exact length in samples, pause included.
    pub samples: u64,
    /// Where its words begin.
    pub words: Vec<WordTime>,
}

/// When a spoken word begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordTime {
    /// The index in the utterance's `words`.
    pub word: usize,
    /// Samples from the beginning of the segment.
    pub sample: u64,
}

/// A form in which sound is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// MPEG audio layer III, constant bit rate, mono.
    Mp3,
    /// Opus in Ogg, constant bit rate, mono.
    Opus,
    /// Opus in WebM: the same packets, for players that do not take Ogg.
    WebM,
    /// FLAC, 16-bit mono.
    Flac,
    /// RIFF WAVE, 16-bit mono.
    Wav,
    /// Samples alone, 16-bit mono, little-endian, at 24 kHz; for programs.
    Pcm,
}

impl Format {
    /// All formats that are files, those first that most players take.
    pub const ALL: [Self; 5] = [Self::Mp3, Self::Opus, Self::WebM, Self::Flac, Self::Wav];

    /// Returns the file name extension.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Mp3 => "mp3",
            Self::Opus => "opus",
            Self::WebM => "webm",
            Self::Flac => "flac",
            Self::Wav => "wav",
            Self::Pcm => "pcm",
        }
    }

    /// Does a file's beginning tell the length of the whole? MP3 and Ogg begin alike, whatever follows.
    #[must_use]
    pub fn begins_with_length(self) -> bool {
        matches!(self, Self::WebM | Self::Flac | Self::Wav)
    }

    /// Returns the media type (RFC 3003, 7845, 9639; the WebM project's container guidelines; RFC 2361's
    /// `vnd.wave` is not what browsers know).
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Mp3 => "audio/mpeg",
            Self::Opus => "audio/ogg; codecs=opus",
            Self::WebM => "audio/webm; codecs=opus",
            Self::Flac => "audio/flac",
            Self::Wav => "audio/wav",
            Self::Pcm => "audio/pcm",
        }
    }

    /// Finds the format with this file name extension.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|f| f.extension().eq_ignore_ascii_case(extension))
    }
}

/// The name of a voice: lower-case letters, digits, `-`, `_`, `.` and `+`, at most 64.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct VoiceId(String);

impl VoiceId {
    /// Takes a name as a reader or a manifest gives it; `None` where it has not the shape of one.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let fits = !name.is_empty()
            && name.len() <= 64
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.+".contains(&b))
            && !name.starts_with('.');
        fits.then(|| Self(name.to_owned()))
    }

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for VoiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
