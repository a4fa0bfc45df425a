use super::*;

/// Syllables: a gliding tone with overtones that rises and falls four times a second, in silence.
fn speech(milliseconds: u32, loudness: f64) -> Pcm {
    let length = ENCODER_RATE / 1_000 * milliseconds;
    let edge = ENCODER_RATE * 3 / 100;
    let samples = (0..length).map(|n| {
        let time = f64::from(n) / f64::from(ENCODER_RATE);
        let phase = 120.0 * time + 15.0 * (time * 3.0).sin();
        let overtones: f64 = (1..9)
            .map(|k| (TAU * phase * f64::from(k)).sin() / f64::from(k))
            .sum();
        let swell = (TAU * 2.0 * time).sin().abs();
        let sounds = f64::from(u8::from(n >= edge && n + edge < length));
        #[expect(clippy::cast_possible_truncation, reason = "cut to what fits")]
        let sample = (overtones * swell * sounds * loudness) as i16;
        sample
    });
    Pcm {
        rate: ENCODER_RATE,
        samples: samples.collect(),
    }
}

const TAU: f64 = std::f64::consts::TAU;

/// Encodes utterances, decodes the packets as one stream, and holds it against what was said, and
/// against what each gives by itself.
#[track_caller]
fn check(data: DataUse, lengths: &[u32], noise_db: f64) {
    let opus = Opus::new(data);
    let (mut packets, mut said, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    for milliseconds in lengths {
        let pcm = speech(*milliseconds, 5_000.0);
        let encoded = opus.segment(&pcm).expect("it is encoded");
        said.extend(&pcm.samples);
        said.resize(
            said.len().next_multiple_of(opus.packing.encoder_samples()),
            0,
        );
        alone.extend(opus.decoded(&encoded.bytes).expect("it is decoded"));
        packets.extend(encoded.bytes);
    }
    let heard = opus.decoded(&packets).expect("it is decoded");
    assert_eq!(heard.len(), said.len());
    let noise = difference_db(&heard, &said);
    assert!(noise < noise_db, "{data:?}: {noise} dB");
    let joins = difference_db(&heard, &alone);
    assert!(joins < -50.0, "{data:?}: joins change {joins} dB");
}

/// Returns how much two sounds differ, in decibels of the second.
fn difference_db(one: &[i16], other: &[i16]) -> f64 {
    let power = |samples: &mut dyn Iterator<Item = f64>| samples.map(|s| s * s).sum::<f64>();
    let pairs = one.iter().zip(other);
    let between = power(&mut pairs.map(|(one, other)| f64::from(*one) - f64::from(*other)));
    10.0 * (between / power(&mut other.iter().map(|sample| f64::from(*sample)))).log10()
}

#[test]
fn what_is_heard_is_what_was_said_at_its_place_and_joins_are_silent() {
    let lengths = [1_000, 640, 1_333, 700, 2_001];
    check(DataUse::Usual, &lengths, -10.0);
    check(DataUse::Saver, &lengths, -8.0);
}

#[test]
fn nothing_is_heard_too_high() {
    for data in [DataUse::Usual, DataUse::Saver] {
        let opus = Opus::new(data);
        let encoded = opus
            .segment(&speech(2_000, 20_000.0))
            .expect("it is encoded");
        let heard = opus.decoded(&encoded.bytes).expect("it is decoded");
        let highest = heard.iter().map(|sample| sample.unsigned_abs()).max();
        assert!(
            highest <= Some(CEILING.unsigned_abs()),
            "{data:?}: {highest:?}"
        );
        assert!(
            highest > Some(CEILING.unsigned_abs() / 2),
            "{data:?}: {highest:?}"
        );
    }
}

#[test]
fn packets_are_mono_and_of_one_length() {
    for (data, configurations, length) in [
        (DataUse::Usual, 12..=13, 60), // hybrid, up to 12 kHz, 20 ms (RFC 6716, 3.1)
        (DataUse::Saver, 11..=11, 90), // SILK, up to 8 kHz, 60 ms
    ] {
        let encoded = Opus::new(data)
            .segment(&speech(900, 5_000.0))
            .expect("it is encoded");
        assert!(encoded.bytes.len().is_multiple_of(length));
        for packet in encoded.bytes.chunks(length) {
            assert!(
                configurations.contains(&(packet[0] >> 3)),
                "{data:?}: {}",
                packet[0] >> 3
            );
            assert_eq!(packet[0] & 0b100, 0, "mono");
        }
    }
}
