//! Seals: a value says which key it was put under and what it held, so that reading it proves both.

use bytes::Bytes;

use super::{Error, Key};

/// The form of sealed values; another form is not read.
const FORM: u8 = 1;
const HASH_BYTES: usize = 32;
const SEAL_BYTES: usize = 1 + HASH_BYTES;

/// Seals a value: the form, the hash of key and value, the value.
pub(super) fn sealed(key: &Key, value: &[u8]) -> Bytes {
    let mut sealed = Vec::with_capacity(SEAL_BYTES + value.len());
    sealed.push(FORM);
    sealed.extend_from_slice(&hash(key, value));
    sealed.extend_from_slice(value);
    sealed.into()
}

/// Returns what was sealed under a key.
///
/// # Errors
/// Where a single bit is not as it was, or the key is another's.
pub(super) fn opened(key: &Key, sealed: &Bytes) -> Result<Bytes, Error> {
    if sealed.len() < SEAL_BYTES || sealed[0] != FORM {
        return Err(Error::Damaged);
    }
    let value = sealed.slice(SEAL_BYTES..);
    if sealed[1..SEAL_BYTES] != hash(key, &value) {
        return Err(Error::Damaged);
    }
    Ok(value)
}

fn hash(key: &Key, value: &[u8]) -> [u8; HASH_BYTES] {
    blake3::keyed_hash(key, value).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_is_read_back_under_its_key_alone() {
        let sealed = sealed(&[7; 32], b"sound");
        assert_eq!(opened(&[7; 32], &sealed).expect("whole"), "sound");
        assert!(opened(&[8; 32], &sealed).is_err());
    }

    #[test]
    fn every_changed_bit_and_every_missing_byte_is_noticed() {
        let whole = sealed(&[7; 32], b"sound");
        for bit in 0..whole.len() * 8 {
            let mut changed = whole.to_vec();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(opened(&[7; 32], &changed.into()).is_err(), "bit {bit}");
        }
        for length in 0..whole.len() {
            let cut = whole.slice(..length);
            assert!(opened(&[7; 32], &cut).is_err(), "{length} bytes");
        }
    }
}
