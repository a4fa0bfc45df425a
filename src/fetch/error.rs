//! Why a page cannot be had.

/// Why a page cannot be had. One variant, one thing a reader can do about it.
///
/// The strings inside are for the operator: none of them holds an address a reader gave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is no web address.
    #[error("it is no web address")]
    NotAnAddress,
    /// The address may not be read: what it leads to is not public. Readers are told the same as for
    /// [`Error::Unreachable`], so that nobody learns what a network hides.
    #[error("the address may not be read: {0}")]
    Refused(String),
    /// This gateway reads only its portals.
    #[error("{host} is none of the portals")]
    NotAPortal {
        /// The host.
        host: String,
    },
    /// The host does not exist or does not answer.
    #[error("the host cannot be reached: {0}")]
    Unreachable(String),
    /// It took too long.
    #[error("the host took too long")]
    TimedOut,
    /// The host answered with an error.
    #[error("the host answered {status}")]
    Upstream {
        /// The status.
        status: u16,
    },
    /// The host does not want to be asked for a while.
    #[error("the host does not want to be asked for {seconds} s")]
    Resting {
        /// When it may be asked again, in seconds.
        seconds: u32,
    },
    /// The host does not want programs to read this page.
    #[error("the host's robots.txt keeps programs away from it")]
    Disallowed,
    /// The body is too large.
    #[error("the page is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// Too many redirects, or a circle of them.
    #[error("there are too many redirects")]
    RedirectLoop,
    /// Not HTML or text.
    #[error("it is no page but {media_type}")]
    NotAPage {
        /// The media type.
        media_type: String,
    },
    /// The answer is damaged.
    #[error("the answer is damaged: {0}")]
    Damaged(String),
}
