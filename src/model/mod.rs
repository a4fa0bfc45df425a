//! What Loa talks about: an article, a listing, a plan, a sound, a reader's wishes.
//!
//! Plain data, no decisions. A page becomes a [`Document`] in reading order; its [`Reading`] is the
//! text that eye and ear share, and every place in speech is a byte range into it.

mod article;
mod held;
mod lang;
pub mod letter;
pub mod phoneme;
mod picture;
mod plain;
mod plan;
mod problem;
mod published;
mod reading;
mod record;
mod sound;
mod text;
mod turn;
mod wishes;

pub use article::{
    Article, Attachment, Block, Cell, Content, Document, Doubt, Entry, Figure, Head, Item, Link,
    List, Listed, Listing, Onward, Table,
};
pub use held::{HELD_MARK, article_of};
pub use lang::Lang;
pub use picture::{PictureId, PictureWidth};
pub use plain::{is_plain_address, is_plain_path};
pub use plan::{Delivery, NamedMark, Place, Plan, SpokenWord, Step, Utterance, UtteranceId};
pub use problem::Problem;
pub use published::Published;
pub use reading::{Part, Reading, Role};
pub use sound::{Format, Pcm, Segment, SpokenSound, VoiceId, WordTime};
pub use text::{Mark, Piece, Span, Text};
pub use turn::{By, Postback, Turn};
pub use wishes::{
    Cue, CustomColors, DataUse, Diction, DocumentStyle, Font, Gap, Pauses, Punctuation, Ruler,
    Scale, Spacing, Speed, Starts, Structure, Theme, UiLang, Width, Wishes, WishesError,
};
