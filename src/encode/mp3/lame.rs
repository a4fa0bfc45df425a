//! LAME, through `mp3lame-encoder`: one fresh encoder for each piece of sound.

use std::num::NonZeroU32;
use std::thread;

use mp3lame_encoder::{
    Bitrate, Builder, Encoder, FlushNoGap, Mode, MonoPcm, Quality, max_required_buffer_size,
};

use super::frame::Layout;
use crate::encode::Error;

/// LAME's quality 7 takes 0.6 times the processor time of its usual 5. What 7 leaves out is noise
/// shaping; at 48 kbit/s a mono voice of 11 kHz has bits to spare for what that would save.
const QUALITY: Quality = Quality::Ok;

/// Encodes samples to a stream of frames, the encoder's delay in front.
pub(super) fn encode(samples: &[i16], layout: &Layout) -> Result<Vec<u8>, Error> {
    let mut encoder = fresh(layout)?;
    let mut stream = Vec::with_capacity(max_required_buffer_size(samples.len()) + FLUSH_BYTES);
    for part in samples.chunks(layout.samples * FRAMES_AT_ONCE) {
        encoder
            .encode_to_vec(MonoPcm(part), &mut stream)
            .map_err(|e| failed(&e))?;
        thread::yield_now();
    }
    encoder
        .flush_to_vec::<FlushNoGap>(&mut stream)
        .map_err(|e| failed(&e))?;
    Ok(stream)
}

/// Frames that are encoded before others may have their turn: some hundredths of a millisecond each. An answer that
/// waits for the scheduler's next tick may wait four.
const FRAMES_AT_ONCE: usize = 4;

/// What LAME asks to be free for its last frames.
const FLUSH_BYTES: usize = 7200;

fn fresh(layout: &Layout) -> Result<Encoder, Error> {
    let rate = layout.rate;
    let bit_rate = match layout.bit_rate {
        32_000 => Bitrate::Kbps32,
        _ => Bitrate::Kbps48,
    };
    let mut builder =
        Builder::new().ok_or_else(|| Error::Failed("LAME has no memory left".into()))?;
    builder
        .set_num_channels(1)
        .and_then(|()| builder.set_mode(Mode::Mono))
        .and_then(|()| builder.set_sample_rate(rate))
        .and_then(|()| builder.set_output_sample_rate(NonZeroU32::new(rate)))
        .and_then(|()| builder.set_brate(bit_rate))
        .and_then(|()| builder.set_quality(QUALITY))
        .and_then(|()| builder.set_to_write_vbr_tag(false))
        .map_err(|e| failed(&e))?;
    without_reservoir(&mut builder)?;
    builder.build().map_err(|e| failed(&e))
}

/// Makes each frame hold all of its own bits.
#[expect(
    unsafe_code,
    reason = "the crate has no safe name for this one setting"
)]
fn without_reservoir(builder: &mut Builder) -> Result<(), Error> {
    // SAFETY: the pointer comes from a live builder, which stays its owner; the call sets one number
    // in it and keeps nothing.
    let status = unsafe { mp3lame_encoder::ffi::lame_set_disable_reservoir(builder.as_ptr(), 1) };
    match status {
        0 => Ok(()),
        status => Err(Error::Failed(format!("LAME refused a setting ({status})"))),
    }
}

fn failed(error: &impl std::fmt::Display) -> Error {
    Error::Failed(error.to_string())
}
