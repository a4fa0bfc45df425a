//! The key of a segment: the hash of all that makes its sound, and of nothing else.

use crate::encode;
use crate::model::{Format, Speed, Utterance};
use crate::voice::Voice;

/// What names a segment. Two machines give the same sound the same key.
pub(super) type SegmentKey = [u8; 32];

/// Hashes what makes a segment's sound. Each part is preceded by its length, so that no two lists
/// of parts look alike.
pub(super) fn segment_key(
    voice: &dyn Voice,
    utterance: &Utterance,
    speed: Speed,
    format: Format,
    rate: u32,
) -> SegmentKey {
    let mut hash = blake3::Hasher::new();
    for part in [
        voice.description().id.as_str().as_bytes(),
        voice.version().as_bytes(),
        utterance.spoken.as_bytes(),
        &utterance.pause_ms.to_le_bytes(),
        &speed.hundredths().to_le_bytes(),
        &rate.to_le_bytes(),
        format.extension().as_bytes(),
        encode::VERSION.as_bytes(),
    ] {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
