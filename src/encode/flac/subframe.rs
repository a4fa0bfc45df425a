//! The body of a frame: the difference between the sound and what was to be expected of it.
//!
//! Source: RFC 9639, 9.2.

use super::bits::Bits;

/// Bits of a sample.
const SAMPLE_BITS: u32 = 16;
/// The highest order of the fixed predictors.
const MAX_ORDER: usize = 4;
/// A block may be cut into as many as two to this power parts, each with a code of its own.
const MAX_CUTS: u32 = 4;
/// The highest parameter of the short form of Rice's code.
const MAX_RICE: u32 = 14;
/// Kinds of body, as its first byte names them.
const CONSTANT: u32 = 0;
const VERBATIM: u32 = 1 << 1;
const FIXED: u32 = 8 << 1;

/// Encodes a block's samples. It never takes more than the samples themselves and one byte.
pub(super) fn encode(block: &[i16]) -> Vec<u8> {
    if block.windows(2).all(|pair| pair[0] == pair[1]) {
        return samples(CONSTANT, &block[..1]);
    }
    let (order, residual) = predicted(block);
    let coding = Coding::of(&residual, order);
    let head = order as u64 * u64::from(SAMPLE_BITS) + 6;
    if head + coding.bits >= block.len() as u64 * u64::from(SAMPLE_BITS) {
        return samples(VERBATIM, block);
    }
    let mut bits = Bits::default();
    bits.put(FIXED + (order << 1) as u32, 8);
    put_samples(&mut bits, &block[..order]);
    coding.put(&mut bits, &residual, order);
    bits.finish()
}

fn samples(kind: u32, samples: &[i16]) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.put(kind, 8);
    put_samples(&mut bits, samples);
    bits.finish()
}

fn put_samples(bits: &mut Bits, samples: &[i16]) {
    for sample in samples {
        bits.put(u32::from(sample.cast_unsigned()), SAMPLE_BITS);
    }
}

/// Returns the order of the predictor that errs least, and its errors; the first `order` samples have
/// none and stand for themselves.
fn predicted(block: &[i16]) -> (usize, Vec<u32>) {
    let mut errors: Vec<i32> = block.iter().map(|sample| i32::from(*sample)).collect();
    let mut best = (u64::MAX, 0, Vec::new());
    for order in 0..=MAX_ORDER {
        let sum = errors[order..]
            .iter()
            .map(|e| u64::from(e.unsigned_abs()))
            .sum();
        if sum < best.0 {
            best = (sum, order, errors.clone());
        }
        for at in (order + 1..errors.len()).rev() {
            errors[at] -= errors[at - 1]; // each order predicts the error of the order below
        }
    }
    let folded = best.2.iter().map(|error| folded(*error));
    (best.1, folded.collect())
}

/// Counts 0, -1, 1, -2, 2 and so on.
fn folded(error: i32) -> u32 {
    ((error << 1) ^ (error >> 31)).cast_unsigned()
}

/// How the errors are written: a Rice parameter for each part.
struct Coding {
    cuts: u32,
    parameters: Vec<u32>,
    bits: u64,
}

impl Coding {
    /// Finds the cheapest.
    fn of(residual: &[u32], order: usize) -> Self {
        let fits = |cuts: &u32| {
            let parts = 1 << cuts;
            residual.len().is_multiple_of(parts) && residual.len() / parts > order
        };
        (0..=MAX_CUTS)
            .filter(fits)
            .map(|cuts| Self::cut(residual, order, cuts))
            .min_by_key(|coding| coding.bits)
            .expect("a block fits into one part")
    }

    fn cut(residual: &[u32], order: usize, cuts: u32) -> Self {
        let mut coding = Self {
            cuts,
            parameters: Vec::new(),
            bits: 0,
        };
        for part in parts(residual, order, cuts) {
            let (bits, parameter) = cheapest(part);
            coding.parameters.push(parameter);
            coding.bits += bits + 4;
        }
        coding
    }

    fn put(&self, bits: &mut Bits, residual: &[u32], order: usize) {
        bits.put(0, 2); // parameters of four bits
        bits.put(self.cuts, 4);
        for (part, parameter) in parts(residual, order, self.cuts).zip(&self.parameters) {
            bits.put(*parameter, 4);
            for error in part {
                bits.unary(error >> parameter);
                bits.put(*error, *parameter);
            }
        }
    }
}

/// Cuts a block's errors into equal parts; the first begins behind the samples without any.
fn parts(residual: &[u32], order: usize, cuts: u32) -> impl Iterator<Item = &[u32]> {
    let parts = residual.chunks(residual.len() >> cuts);
    let skipped = std::iter::once(order).chain(std::iter::repeat(0));
    parts.zip(skipped).map(|(part, skipped)| &part[skipped..])
}

/// Returns the bits of a part at most, and the parameter for which that is least.
fn cheapest(part: &[u32]) -> (u64, u32) {
    let sum: u64 = part.iter().map(|error| u64::from(*error)).sum();
    let bits = |parameter| part.len() as u64 * u64::from(parameter + 1) + (sum >> parameter);
    (0..=MAX_RICE)
        .map(|parameter| (bits(parameter), parameter))
        .min()
        .expect("there are parameters")
}
