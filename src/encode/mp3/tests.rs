use super::*;

/// Bytes of header and mono side information in front of a frame's own bits.
const MAIN_DATA_BEGIN: usize = 4;

/// A gliding tone between silences, long enough for every rate's frame.
fn sound(rate: u32, samples: usize) -> Pcm {
    let silence = rate as usize / 25;
    let glide = |n: usize| {
        if n < silence || n + silence > samples {
            return 0;
        }
        let phase = (n % 1_000) * (n % 97 + 3) % 20_000;
        i16::try_from(phase).expect("below 20,000") - 10_000
    };
    Pcm {
        rate,
        samples: (0..samples).map(glide).collect(),
    }
}

fn encode(pcm: &Pcm) -> Encoded {
    let mp3 = Mp3::new(pcm.rate, DataUse::Usual).expect("a rate of MPEG");
    mp3.segment(pcm).expect("LAME encodes")
}

/// Walks all frames; each must be of its stream's kind and hold all of its own bits.
#[track_caller]
fn check(rate: u32, samples: usize, data: DataUse) {
    let mp3 = Mp3::new(rate, data).expect("a rate of MPEG");
    let encoded = mp3.segment(&sound(rate, samples)).expect("LAME encodes");
    let mut frames = 0;
    let mut rest = encoded.bytes.as_slice();
    while !rest.is_empty() {
        let length = mp3.layout.length(rest).expect("a frame of the same kind");
        assert_eq!(rest[3] >> 6, 0b11, "mono");
        let begin = if mp3.layout.samples == 576 {
            u16::from(rest[MAIN_DATA_BEGIN]) // eight bits in MPEG-2
        } else {
            u16::from_be_bytes([rest[MAIN_DATA_BEGIN], rest[MAIN_DATA_BEGIN + 1]]) >> 7 // nine
        };
        assert_eq!(begin, 0, "frame {frames} leans on the one before");
        rest = rest.get(length..).expect("the last frame is whole");
        frames += 1;
    }
    assert_eq!(frames, samples.div_ceil(mp3.layout.samples));
    assert_eq!(encoded.samples, (frames * mp3.layout.samples) as u64);
    let length = Length {
        samples: samples as u64,
        rate,
    };
    assert_eq!(encoded.samples, mp3.padded(length));
    let bytes = encoded.bytes.len() as u64;
    assert_eq!(mp3.size(encoded.samples), Some(bytes));
}

#[test]
fn every_frame_stands_alone_and_the_length_is_known_before() {
    for rate in [16_000, 22_050, 24_000, 32_000, 44_100, 48_000] {
        check(rate, rate as usize / 2, DataUse::Usual);
        check(rate, rate as usize / 2, DataUse::Saver);
    }
    for samples in [1, 575, 576, 577, 1_152, 5_000, 30_000] {
        check(22_050, samples, DataUse::Usual);
        check(22_050, samples, DataUse::Saver);
    }
}

#[test]
fn no_sound_is_no_bytes() {
    let nothing = encode(&Pcm {
        rate: 22_050,
        samples: Vec::new(),
    });
    assert_eq!(nothing, Encoded::default());
}

#[test]
fn the_same_samples_give_the_same_bytes_whatever_was_encoded_before() {
    let (one, other) = (sound(22_050, 9_000), sound(22_050, 7_000));
    let first = encode(&one);
    assert_ne!(first, encode(&other));
    assert_eq!(first, encode(&one));
}

#[test]
fn rates_that_mpeg_has_not_are_refused() {
    for rate in [0, 8_000, 11_025, 22_051, 96_000] {
        assert!(
            matches!(Mp3::new(rate, DataUse::Usual), Err(Error::Rate { .. })),
            "{rate}"
        );
    }
}
