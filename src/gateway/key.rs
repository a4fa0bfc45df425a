//! The key of a segment: the hash of all that makes its sound, and of nothing else.

use crate::encode::Encoder;
use crate::model::{Speed, Utterance};
use crate::voice::Voice;

/// What names a segment. Two machines give the same sound the same key.
pub(super) type SegmentKey = [u8; 32];

/// Hashes what makes a segment's sound. Each part is preceded by its length, so that no two lists
/// of parts look alike.
pub(super) fn segment_key(
    voice: &dyn Voice,
    utterance: &Utterance,
    (speed, wished): (Speed, Speed),
    encoder: &dyn Encoder,
) -> SegmentKey {
    let mut hash = blake3::Hasher::new();
    for part in [
        voice.description().id.as_str().as_bytes(),
        voice.version().as_bytes(),
        &voice.gain_db().to_le_bytes(),
        utterance.spoken.as_bytes(),
        &utterance.pause_ms.to_le_bytes(),
        &speed.hundredths().to_le_bytes(),
        &wished.hundredths().to_le_bytes(),
        encoder.recipe().as_bytes(),
    ] {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
