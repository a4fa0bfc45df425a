//! What can go wrong, as a reader meets it.

/// A reason why a reader does not get what they asked for. One variant, one explanation and one next
/// step; the words are in `page`, the status in `server`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// What was given is no web address.
    NotAnAddress {
        /// What was given.
        given: String,
    },
    /// The address may not be read: private, not on the list of portals, or a refused port. It is
    /// worded like `Unreachable`, so that nobody learns what is inside a network.
    Refused,
    /// This gateway reads only its own portals.
    NotAPortal {
        /// The host that was asked for.
        host: String,
    },
    /// The host does not exist or does not answer.
    Unreachable,
    /// The host took too long.
    TimedOut,
    /// The host answered with an error.
    Upstream {
        /// Its HTTP status.
        status: u16,
    },
    /// The host does not want to be asked for a while.
    Resting {
        /// When it may be asked again, in seconds.
        retry_after: u32,
    },
    /// The host does not want programs to read this page.
    Disallowed,
    /// The page is too large.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// There were too many redirects, or they go in a circle.
    RedirectLoop,
    /// It is no page but a file.
    NotAPage {
        /// Its media type.
        media_type: String,
    },
    /// A picture cannot be shown.
    BadPicture,
    /// The page has nothing to read.
    EmptyPage,
    /// A pasted text is no longer kept.
    Forgotten,
    /// There is no voice of that name.
    NoVoice {
        /// The name.
        voice: String,
    },
    /// No voice speaks this language.
    NoVoiceForLanguage {
        /// The language tag.
        lang: String,
    },
    /// The speech engine is not installed.
    NoEngine {
        /// The command that installs it.
        install: String,
    },
    /// The speech engine failed.
    VoiceFailed,
    /// The list does not lead to the page that was asked for.
    NoSuchTurn,
    /// There is no such sound format.
    NoFormat {
        /// What was asked for.
        given: String,
    },
    /// A value in the address or form is not one Loa takes.
    BadValue {
        /// The field's name.
        field: String,
        /// What was given.
        given: String,
    },
    /// There is no such place in the article.
    NoSuchPlace {
        /// What was asked for.
        given: String,
    },
    /// A file could not be read or written.
    File {
        /// Its path, or `-`.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// Too many are listening or reading just now.
    Busy {
        /// When to come back, in seconds.
        retry_after: u32,
    },
    /// This client asks too often.
    TooMany {
        /// When to come back, in seconds.
        retry_after: u32,
    },
    /// The request is not one that everybody reads alike.
    BadRequest,
    /// What was sent did not arrive in time.
    RequestTooSlow,
    /// There is no such page here.
    NotHere,
    /// The page does not take this method.
    WrongMethod,
    /// The form came from another site.
    OtherOrigin,
    /// What was sent is too long.
    RequestTooLarge,
    /// A fault of Loa's own.
    Internal,
}

impl Problem {
    /// Returns its name among the numbers that are counted.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAnAddress { .. } => "not-an-address",
            Self::Refused => "refused",
            Self::NotAPortal { .. } => "not-a-portal",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed-out",
            Self::Upstream { .. } => "upstream",
            Self::Resting { .. } => "resting",
            Self::Disallowed => "disallowed",
            Self::TooLarge { .. } => "too-large",
            Self::RedirectLoop => "redirect-loop",
            Self::NotAPage { .. } => "not-a-page",
            Self::BadPicture => "bad-picture",
            Self::EmptyPage => "empty-page",
            Self::Forgotten => "forgotten",
            Self::NoVoice { .. } => "no-voice",
            Self::NoVoiceForLanguage { .. } => "no-voice-for-language",
            Self::NoEngine { .. } => "no-engine",
            Self::VoiceFailed => "voice-failed",
            Self::NoSuchTurn => "no-such-turn",
            Self::NoFormat { .. } => "no-format",
            Self::BadValue { .. } => "bad-value",
            Self::NoSuchPlace { .. } => "no-such-place",
            Self::File { .. } => "file",
            Self::Busy { .. } => "busy",
            Self::TooMany { .. } => "too-many",
            Self::BadRequest => "bad-request",
            Self::RequestTooSlow => "request-too-slow",
            Self::NotHere => "not-here",
            Self::WrongMethod => "wrong-method",
            Self::OtherOrigin => "other-origin",
            Self::RequestTooLarge => "request-too-large",
            Self::Internal => "internal",
        }
    }
}
