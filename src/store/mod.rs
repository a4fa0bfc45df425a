//! Bytes under a key, for a while.
