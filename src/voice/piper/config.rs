//! What stands beside a voice's model: `NAME.onnx.json`, as Piper writes it.
//!
//! Source: Piper's `voice.json` (piper-tts 1.2 to 1.4); what it has besides is passed over.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

/// Samples a second that are taken for sound: those of telephones up to those of studios.
const RATES: std::ops::RangeInclusive<u32> = 8_000..=48_000;
/// Most speakers of a model; Piper's own has 904.
const MOST_SPEAKERS: usize = 10_000;
/// Most ids that one sign may stand for.
const MOST_IDS: usize = 8;

/// How a model is asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Config {
    /// Samples a second.
    pub(super) rate: u32,
    /// What its phonemes are.
    pub(super) phonemes: Phonemes,
    /// The ids of each sign.
    pub(super) ids: HashMap<char, Vec<i32>>,
    /// Numbers of speakers; at least 1.
    pub(super) speakers: usize,
    /// Speakers by name, in the order of their numbers.
    pub(super) names: Vec<(String, usize)>,
    /// The tag of its language, as `vi_VN`.
    pub(super) language: Option<String>,
    /// How much the voice varies in tone.
    pub(super) noise: f32,
    /// How slow it speaks.
    pub(super) length: f32,
    /// How much its sounds vary in length.
    pub(super) width: f32,
}

/// What a voice is told to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phonemes {
    /// Phonemes of this voice of eSpeak NG.
    Espeak(String),
    /// The letters themselves, decomposed and small.
    Letters,
}

#[derive(Deserialize)]
struct Written {
    audio: Audio,
    espeak: Option<EspeakVoice>,
    #[serde(default = "usual_type")]
    phoneme_type: String,
    #[serde(default)]
    inference: Inference,
    phoneme_id_map: BTreeMap<String, Vec<i32>>,
    #[serde(default)]
    num_speakers: usize,
    #[serde(default)]
    speaker_id_map: BTreeMap<String, usize>,
    language: Option<Language>,
}

#[derive(Deserialize)]
struct Audio {
    sample_rate: u32,
}

#[derive(Deserialize)]
struct EspeakVoice {
    voice: String,
}

#[derive(Deserialize)]
struct Language {
    code: Option<String>,
}

#[derive(Deserialize)]
#[serde(default)]
struct Inference {
    noise_scale: f32,
    length_scale: f32,
    noise_w: f32,
}

impl Default for Inference {
    /// Piper's own.
    fn default() -> Self {
        Self {
            noise_scale: 0.667,
            length_scale: 1.0,
            noise_w: 0.8,
        }
    }
}

fn usual_type() -> String {
    "espeak".into()
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// A sentence on what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let written: Written = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let rate = written.audio.sample_rate;
        if !RATES.contains(&rate) {
            return Err(format!(
                "audio.sample_rate is {rate}, not {} to {}",
                RATES.start(),
                RATES.end()
            ));
        }
        let phonemes = match written.phoneme_type.as_str() {
            "espeak" => {
                let named = written
                    .espeak
                    .map(|espeak| espeak.voice)
                    .filter(|voice| !voice.is_empty() && !voice.contains('\0'));
                Phonemes::Espeak(named.ok_or("espeak.voice is missing")?)
            }
            "text" => Phonemes::Letters,
            other => {
                return Err(format!(
                    "phoneme_type is {other:?}; espeak and text are known"
                ));
            }
        };
        let inference = written.inference;
        let scales = [
            ("noise_scale", inference.noise_scale, 0.0..=2.0),
            ("length_scale", inference.length_scale, 0.1..=10.0),
            ("noise_w", inference.noise_w, 0.0..=2.0),
        ];
        for (name, value, may) in scales {
            if !may.contains(&value) {
                let (least, most) = (may.start(), may.end());
                return Err(format!(
                    "inference.{name} is {value}, not {least} to {most}"
                ));
            }
        }
        let speakers = written.num_speakers.max(1);
        if speakers > MOST_SPEAKERS {
            return Err(format!(
                "num_speakers is {speakers}, more than {MOST_SPEAKERS}"
            ));
        }
        let mut names: Vec<_> = written.speaker_id_map.into_iter().collect();
        names.sort_by_key(|(_, number)| *number);
        if let Some((name, number)) = names.iter().find(|(_, number)| *number >= speakers) {
            return Err(format!(
                "speaker {name:?} has the number {number}, and there are {speakers}"
            ));
        }
        Ok(Self {
            rate,
            phonemes,
            ids: ids(written.phoneme_id_map)?,
            speakers,
            names,
            language: written.language.and_then(|language| language.code),
            noise: inference.noise_scale,
            length: inference.length_scale,
            width: inference.noise_w,
        })
    }

    /// Returns how the model is asked for a rate of speaking.
    pub(super) fn scales(&self, times: f64) -> [f32; 3] {
        #[expect(clippy::cast_possible_truncation, reason = "a speed is from 0.5 to 4")]
        let times = times as f32;
        [self.noise, self.length / times, self.width]
    }
}

fn ids(written: BTreeMap<String, Vec<i32>>) -> Result<HashMap<char, Vec<i32>>, String> {
    let mut map = HashMap::with_capacity(written.len());
    for (sign, ids) in written {
        let mut letters = sign.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else {
            continue; // texts are taken sign by sign, so nothing ever asks for it
        };
        if ids.is_empty() || ids.len() > MOST_IDS || ids.iter().any(|id| *id < 0) {
            return Err(format!("phoneme_id_map has no ids for {sign:?}"));
        }
        map.insert(letter, ids);
    }
    for needed in [super::ids::BEGIN, super::ids::END, super::ids::PAD] {
        if !map.contains_key(&needed) {
            return Err(format!("phoneme_id_map lacks {needed:?}"));
        }
    }
    Ok(map)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"audio": {"sample_rate": 16000, "quality": "x_low"},
        "espeak": {"voice": "vi"}, "inference": {"length_scale": 1.1},
        "num_speakers": 2, "speaker_id_map": {"b": 1, "a": 0}, "language": {"code": "vi_VN"},
        "phoneme_id_map": {"_": [0], "^": [1], "$": [2], "a": [14]}}"#;

    #[test]
    fn a_file_is_read_as_piper_writes_it() {
        let config = Config::parse(GOOD).expect("it is whole");
        assert_eq!(config.rate, 16_000);
        assert_eq!(config.phonemes, Phonemes::Espeak("vi".into()));
        assert_eq!(config.names, [("a".into(), 0), ("b".into(), 1)]);
        assert_eq!(config.scales(2.0), [0.667, 0.55, 0.8]);
        let letters = GOOD.replace(r#""espeak": {"voice": "vi"}"#, r#""phoneme_type": "text""#);
        let letters = Config::parse(&letters).expect("it is whole");
        assert_eq!(letters.phonemes, Phonemes::Letters);
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (from, to, said) in [
            ("16000", "0", "audio.sample_rate is 0"),
            (r#""voice": "vi""#, r#""voice": """#, "espeak.voice"),
            ("1.1", "0", "length_scale is 0"),
            (
                "\"num_speakers\": 2",
                "\"num_speakers\": 9000000000",
                "more than 10000",
            ),
            (r#""b": 1"#, r#""b": 2"#, "\"b\" has the number 2"),
            (r#""_": [0], "#, "", "lacks '_'"),
            ("[14]", "[]", "no ids for \"a\""),
            ("\"audio\"", "\"adio\"", "audio"),
            (
                "\"espeak\"",
                "\"phoneme_type\": \"pinyin\", \"x\"",
                "pinyin",
            ),
        ] {
            let fault = Config::parse(&GOOD.replacen(from, to, 1)).expect_err(to);
            assert!(fault.contains(said), "{fault}");
        }
    }
}
