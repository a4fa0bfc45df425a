//! Bits, the highest first.

/// Bytes that are written bit by bit.
#[derive(Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    /// Writes the lowest `count` bits of a number, 32 at most.
    pub(super) fn put(&mut self, number: u32, count: u32) {
        let kept = u64::from(number) & ((1 << count) - 1);
        self.held = self.held << count | kept;
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.held >> self.count & 0xff) as u8);
        }
    }

    /// Writes so many zeros and a one.
    pub(super) fn unary(&mut self, zeros: u32) {
        for _ in 0..zeros / 31 {
            self.put(0, 31);
        }
        self.put(1, zeros % 31 + 1);
    }

    /// Fills up the last byte with zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.put(0, self.count.wrapping_neg() % 8);
        self.bytes
    }
}
