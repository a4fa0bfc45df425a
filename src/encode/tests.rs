use super::*;

const RATE: u32 = 22_050;

/// A gliding tone between silences of 40 ms.
fn sound(rate: u32, milliseconds: u32) -> Pcm {
    let length = rate * milliseconds / 1_000;
    let silence = rate / 25;
    let samples = (0..length).map(|n| {
        let time = f64::from(n) / f64::from(rate);
        let phase = 200.0 * time + 450.0 * time * time;
        let sounds = n >= silence && n + silence < length;
        #[expect(clippy::cast_possible_truncation, reason = "below 10,000")]
        let sample = ((phase * std::f64::consts::TAU).sin() * 9_000.0) as i16;
        if sounds { sample } else { 0 }
    });
    Pcm {
        rate,
        samples: samples.collect(),
    }
}

fn tags() -> Tags {
    Tags {
        title: Some("Phòng đọc mới".into()),
        author: None,
        site: Some("Báo xã".into()),
        date: Some("2020-06-04".into()),
        chapters: [(0, "Mở đầu"), (2, "Sách nói"), (4, "Giờ mở cửa")]
            .map(|(segment, title)| Chapter {
                segment,
                title: title.into(),
            })
            .into(),
        has_cover: true,
    }
}

fn all_forms() -> impl Iterator<Item = (Format, DataUse)> {
    let both = |format| [(format, DataUse::Usual), (format, DataUse::Saver)];
    Format::ALL.into_iter().flat_map(both)
}

/// Encodes sounds of several lengths, and one of none.
fn segments(encoder: &dyn Encoder) -> Vec<Encoded> {
    let lengths = [1_500, 0, 333, 90, 5_330];
    let encoded = lengths.map(|ms| encoder.segment(&sound(RATE, ms)));
    encoded.map(|one| one.expect("it is encoded")).into()
}

fn extents(segments: &[Encoded]) -> Vec<Extent> {
    let extent = |one: &Encoded| Extent {
        samples: one.samples,
        bytes: one.bytes.len() as u64,
    };
    segments.iter().map(extent).collect()
}

/// Joins segments as a listener gets them.
fn joined(container: &dyn Container, segments: &[Encoded]) -> Vec<u8> {
    let mut muxer = Muxer::new(container, tags());
    let mut body = Vec::new();
    for segment in segments {
        body.extend_from_slice(&muxer.push(segment.samples, &segment.bytes));
    }
    [muxer.final_header(), body, muxer.trailer()].concat()
}

#[test]
fn lengths_are_known_before_anything_is_encoded() {
    for (format, data) in all_forms() {
        for rate in [RATE, 16_000, 48_000] {
            let encoder = encoder(format, data, RATE).expect("a usual rate");
            for milliseconds in [0, 1, 59, 60, 61, 1_000, 2_345] {
                let pcm = sound(rate, milliseconds);
                let encoded = encoder.segment(&pcm).expect("it is encoded");
                let case = format!("{format:?} {data:?} {rate} {milliseconds}");
                assert_eq!(encoded.samples, encoder.padded(Length::of(&pcm)), "{case}");
                if let Some(size) = encoder.size(encoded.samples) {
                    assert_eq!(size, encoded.bytes.len() as u64, "{case}");
                }
                let heard = encoded.samples as f64 / f64::from(encoder.rate());
                let added = heard - pcm.samples.len() as f64 / f64::from(rate);
                assert!(
                    (-0.0001..0.06).contains(&added),
                    "{case}: {added} s were added"
                );
            }
        }
    }
}

#[test]
fn a_segment_is_wrapped_into_as_many_bytes_as_its_length_says() {
    for (format, data) in all_forms() {
        let encoder = encoder(format, data, RATE).expect("a usual rate");
        let container = container(format, data, RATE).expect("a usual rate");
        let mut at = Position::default();
        let all = segments(&*encoder);
        for round in 0..200 {
            let one = &all[round % all.len()];
            let next = container.after(at, extents(std::slice::from_ref(one))[0]);
            let wrapped = container.wrap(at, &one.bytes);
            assert_eq!(
                wrapped.len() as u64,
                next.bytes - at.bytes,
                "{format:?} {round}"
            );
            at = next;
        }
    }
}

#[test]
fn any_range_of_a_file_is_made_of_the_segments_it_touches() {
    for (format, data) in all_forms() {
        let encoder = encoder(format, data, RATE).expect("a usual rate");
        let container = container(format, data, RATE).expect("a usual rate");
        let segments = segments(&*encoder);
        let file = joined(&*container, &segments);
        let whole = Whole::new(&*container, &tags(), &extents(&segments));
        assert_eq!(whole.len(), file.len() as u64, "{format:?}");
        let end = whole.len();
        for range in [
            0..end,
            0..1,
            0..0,
            3..end - 3,
            end - 1..end,
            end / 3..end / 2,
            end..end + 9,
        ] {
            let mut bytes = Vec::new();
            for piece in whole.pieces(range.clone()) {
                match piece {
                    Piece::Bytes(some) => bytes.extend_from_slice(some),
                    Piece::Segment { index, at, range } => {
                        bytes.extend_from_slice(&container.wrap(at, &segments[index].bytes)[range]);
                    }
                }
            }
            let from = usize::try_from(range.start.min(end)).expect("small");
            let to = usize::try_from(range.end.min(end)).expect("small");
            assert!(bytes == file[from..to], "{format:?} {range:?}");
        }
    }
}

#[test]
fn a_header_is_as_long_before_the_length_is_known() {
    for (format, data) in all_forms() {
        let container = container(format, data, RATE).expect("a usual rate");
        for tags in [Tags::default(), tags()] {
            let before = container.header(&tags, None).len();
            let after = container.header(&tags, Some(&[Extent::default()])).len();
            assert_eq!(before, after, "{format:?}");
        }
    }
}

#[test]
fn the_same_sound_gives_the_same_bytes_whatever_was_encoded_before() {
    for (format, data) in all_forms() {
        let encoder = encoder(format, data, RATE).expect("a usual rate");
        let (one, other) = (sound(RATE, 700), sound(RATE, 900));
        let first = encoder.segment(&one).expect("it is encoded");
        assert_ne!(first, encoder.segment(&other).expect("it is encoded"));
        assert_eq!(first, encoder.segment(&one).expect("it is encoded"));
    }
}

#[test]
fn what_gives_other_bytes_has_another_recipe() {
    let recipe = |format, data| encoder(format, data, RATE).expect("a usual rate").recipe();
    let mut all: Vec<String> = all_forms()
        .map(|(format, data)| recipe(format, data))
        .collect();
    all.sort();
    all.dedup();
    // Ogg and WebM share their packets; FLAC and WAV have no saver.
    assert_eq!(all.len(), 6, "{all:?}");
    assert_ne!(
        encoder(Format::Wav, DataUse::Usual, 16_000)
            .expect("a usual rate")
            .recipe(),
        recipe(Format::Wav, DataUse::Usual)
    );
}

#[test]
fn a_voice_of_another_rate_is_heard_at_its_own_pitch() {
    let wav = Wav::new(RATE).expect("a usual rate");
    for rate in [16_000, 24_000, 44_100, 48_000] {
        let encoded = wav.segment(&sound(rate, 1_000)).expect("it is encoded");
        let same = wav.segment(&sound(RATE, 1_000)).expect("it is encoded");
        assert_eq!(encoded.samples, same.samples, "{rate}");
        let samples = |one: &Encoded| -> Vec<f64> {
            let pairs = one.bytes.chunks(2).skip(2_000).take(16_000);
            pairs
                .map(|p| i16::from_le_bytes([p[0], p[1]]).into())
                .collect()
        };
        let (heard, wanted) = (samples(&encoded), samples(&same));
        let difference: f64 = heard
            .iter()
            .zip(&wanted)
            .map(|(a, b)| (a - b).powi(2))
            .sum();
        let power: f64 = wanted.iter().map(|a| a * a).sum();
        let noise_db = 10.0 * (difference / power).log10();
        assert!(noise_db < -45.0, "{rate}: {noise_db} dB");
    }
}
