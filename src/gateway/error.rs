//! What can go wrong on the way from an address to a page and a sound.

use crate::model::Place;
use crate::{encode, fetch, picture, voice};

/// A failure on the way; one variant for each reaction.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The page cannot be had.
    #[error("the page cannot be had")]
    Fetch(#[from] fetch::Error),
    /// The page holds nothing to read.
    #[error("the page holds nothing to read")]
    Empty,
    /// A pasted text is no longer kept.
    #[error("the pasted text is no longer kept")]
    Forgotten,
    /// A list does not show the way to the page that was asked for.
    #[error("the list leads to no such page")]
    NoSuchTurn,
    /// There is no such picture in the page.
    #[error("the page has no such picture")]
    NoSuchPicture,
    /// A picture cannot be shown.
    #[error("the picture cannot be shown")]
    Picture(#[from] picture::Error),
    /// There is no such place in the page.
    #[error("the page has no utterance {0}")]
    NoSuchPlace(Place),
    /// It cannot be spoken.
    #[error("it cannot be spoken")]
    Voice(#[from] voice::Error),
    /// It cannot be encoded.
    #[error("it cannot be encoded")]
    Encode(#[from] encode::Error),
    /// A part of a sound is not as long as it was measured.
    #[error("a part of the sound has changed")]
    Changed,
    /// Too many are listening.
    #[error("too many are listening")]
    Busy,
    /// The system gives no thread.
    #[error("no thread can be started")]
    NoThread(#[source] std::io::Error),
    /// A thread panicked: a bug.
    #[error("a thread broke off")]
    BrokenThread,
    /// A task panicked or was stopped: a bug.
    #[error("a task broke off")]
    Broken(#[from] tokio::task::JoinError),
}
