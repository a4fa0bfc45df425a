//! `loa speak --play`: the article through the computer's own speech service, in the voice that its owner already
//! knows, steered by keys.
//!
//! The service is given one utterance at a time, so that whoever stops, pauses or goes elsewhere is obeyed at once. It
//! plays and returns no samples, which is why this is no [`crate::voice::Voice`].

#[cfg(feature = "desktop")]
mod service;
#[cfg(feature = "desktop")]
mod terminal;
mod walk;

#[cfg(feature = "desktop")]
pub(super) use service::run;
