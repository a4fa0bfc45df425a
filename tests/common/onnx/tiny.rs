//! A voice of some tens of kilobytes, of the shape of VITS: each sign is a hum of its own, for some frames.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{Attribute, Chance, Graph};

/// What may be otherwise.
#[derive(Clone)]
pub struct Tiny {
    pub seed: u64,
    pub rate: u32,
    pub speakers: usize,
    /// Phonemes of this voice of eSpeak NG; none are letters.
    pub espeak: Option<&'static str>,
    pub language: &'static str,
    pub flaw: Option<Flaw>,
}

/// What may be wrong with a model.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The durations are of no node that one could tell.
    HiddenDurations,
    /// Two nodes look like that of the durations.
    TwoCeilings,
    /// An operator that nobody has heard of.
    UnknownOperator,
    /// The output is two sounds.
    TwoSounds,
    /// An input that voices are not given.
    StrangeInput,
    /// The input has another name.
    OtherInput,
    /// The sound is not a number.
    NotANumber,
    /// The sound is silence.
    Silent,
}

impl Default for Tiny {
    fn default() -> Self {
        Self {
            seed: 7,
            rate: 22_050,
            speakers: 1,
            espeak: Some("vi"),
            language: "vi_VN",
            flaw: None,
        }
    }
}

/// Signs in the order of Piper's own map, of which this is a part: punctuation, letters, phonetic signs, tones.
const SIGNS: &str = "_^$ !'(),-.:;?abcdefhijklmnopqrstuvwxyzæçðøħŋœɐɑɒɓɔɕɖɗɘəɚɛɜɞɟɡɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾʀʁʂʃʄ\
    ʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʜʝʟʡʢʲˈˌːˑ˞βθχᵻⱱ0123456789\u{327}\u{303}\u{32a}\u{32f}\u{329}ʰˤε↓#\u{306}\u{31d}\u{30a}\u{361}g\
    \u{300}\u{301}\u{302}\u{309}\u{31b}\u{323}đ";
/// Ids that the model knows.
const IDS: usize = 256;
/// Numbers that a sign becomes.
const WIDTH: usize = 8;

impl Tiny {
    /// Puts the voice's two files into a folder and returns the model's.
    pub fn put(&self, folder: &Path, name: &str) -> PathBuf {
        let model = folder.join(format!("{name}.onnx"));
        std::fs::write(&model, self.model()).expect("a model");
        let beside = folder.join(format!("{name}.onnx.json"));
        std::fs::write(beside, self.config()).expect("its file");
        model
    }

    /// What stands beside the model.
    pub fn config(&self) -> String {
        let mut map = String::new();
        for (id, sign) in SIGNS.chars().enumerate() {
            let sign = serde_json::to_string(&sign.to_string()).expect("a sign");
            write!(map, "{}{sign}: [{id}]", if id == 0 { "" } else { ", " }).expect("a string");
        }
        let phonemes = match self.espeak {
            Some(voice) => format!(r#""espeak": {{"voice": "{voice}"}}, "phoneme_type": "espeak""#),
            None => r#""phoneme_type": "text""#.to_owned(),
        };
        let speakers: Vec<_> = (0..self.speakers)
            .map(|n| format!(r#""p{n}": {n}"#))
            .collect();
        format!(
            r#"{{"audio": {{"sample_rate": {}, "quality": "medium"}}, {phonemes},
            "inference": {{"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8}},
            "num_symbols": {IDS}, "num_speakers": {}, "speaker_id_map": {{{}}},
            "language": {{"code": "{}"}}, "phoneme_map": {{}}, "phoneme_id_map": {{{map}}}}}"#,
            self.rate,
            self.speakers,
            speakers.join(", "),
            self.language,
        )
    }

    /// Puts a model of the medium shape beside what stands beside this one.
    pub fn put_medium(&self, folder: &Path, name: &str) -> PathBuf {
        let model = self.put(folder, name);
        std::fs::write(&model, super::medium::model()).expect("a model");
        model
    }

    /// The model's file.
    pub fn model(&self) -> Vec<u8> {
        let mut graph = Graph::default();
        let mut chance = Chance(self.seed);
        let input = if self.flaw == Some(Flaw::OtherInput) {
            "text"
        } else {
            "input"
        };
        graph.int_input(input, &["batch", "signs"]);
        graph.int_input("input_lengths", &["batch"]);
        graph.float_input("scales", &["3"]);
        if self.flaw == Some(Flaw::StrangeInput) {
            graph.float_input("mood", &["1"]);
        }
        for at in 0..3 {
            graph.ints(&format!("i{at}"), &[], &[at]);
            let scale = format!("s{at}");
            graph.node("Gather", &["scales", &format!("i{at}")], &scale, &[]);
        }
        self.signs(&mut graph, &mut chance, input);
        self.durations(&mut graph, &mut chance, input);
        path(&mut graph);
        self.sound(&mut graph, &mut chance);
        graph.file()
    }

    /// What each sign becomes, by the speaker.
    fn signs(&self, graph: &mut Graph, chance: &mut Chance, input: &str) {
        graph.floats("emb", &[IDS, WIDTH], &chance.around_zero(0.3, IDS * WIDTH));
        graph.node("Gather", &["emb", input], "signs", &[]);
        if self.speakers < 2 {
            graph.node("Identity", &["signs"], "x", &[]);
            return;
        }
        graph.int_input("sid", &["batch"]);
        let each = chance.around_zero(0.8, self.speakers * WIDTH);
        graph.floats("people", &[self.speakers, WIDTH], &each);
        graph.node("Gather", &["people", "sid"], "who", &[]);
        graph.node("Add", &["signs", "who"], "x", &[]);
    }

    /// How many frames each sign takes, by length and its variation.
    fn durations(&self, graph: &mut Graph, chance: &mut Chance, input: &str) {
        graph.floats("long", &[IDS, 1], &chance.between(1.0, 6.0, IDS));
        graph.node("Gather", &["long", input], "d0", &[]);
        graph.node("Mul", &["d0", "s1"], "d1", &[]);
        graph.node("RandomNormalLike", &["d1"], "chance1", &[]);
        graph.node("Mul", &["chance1", "s2"], "varied", &[]);
        graph.node("Add", &["d1", "varied"], "d2", &[]);
        graph.node("Abs", &["d2"], "d3", &[]);
        let turned = [("perm", Attribute::Ints(&[0, 2, 1]))];
        graph.node("Transpose", &["d3"], "d4", &turned);
        if self.flaw == Some(Flaw::HiddenDurations) {
            graph.node("Neg", &["d4"], "less", &[]);
            graph.node("Floor", &["less"], "floor", &[]);
            graph.node("Neg", &["floor"], "frames", &[]);
        } else {
            graph.node("Ceil", &["d4"], "frames", &[]);
        }
        if self.flaw == Some(Flaw::TwoCeilings) {
            graph.node("Ceil", &["chance1"], "other", &[]);
        }
    }

    /// The frames as sound: 256 samples each.
    fn sound(&self, graph: &mut Graph, chance: &mut Chance) {
        let turned = [("perm", Attribute::Ints(&[0, 2, 1]))];
        graph.node("MatMul", &["path", "x"], "z", &[]);
        graph.node("RandomNormalLike", &["z"], "chance2", &[]);
        graph.node("Mul", &["chance2", "s0"], "noise", &[]);
        graph.floats("softer", &[], &[0.1]);
        graph.node("Mul", &["noise", "softer"], "soft", &[]);
        graph.node("Add", &["z", "soft"], "noised", &[]);
        graph.node("Transpose", &["noised"], "zt", &turned);
        let around = [
            ("pads", Attribute::Ints(&[1, 1])),
            ("kernel_shape", Attribute::Ints(&[3])),
        ];
        graph.floats(
            "w1",
            &[WIDTH, WIDTH, 3],
            &chance.around_zero(0.3, WIDTH * WIDTH * 3),
        );
        graph.node("Conv", &["zt", "w1"], "h1", &around);
        let leaky = || [("alpha", Attribute::Float(0.1))];
        graph.node("LeakyRelu", &["h1"], "h1a", &leaky());
        for (from, weights, to, width) in
            [("h1a", "u1", "h2", WIDTH), ("h2a", "u2", "h3", WIDTH / 2)]
        {
            let steps = [
                ("strides", Attribute::Ints(&[16])),
                ("pads", Attribute::Ints(&[8, 8])),
                ("kernel_shape", Attribute::Ints(&[32])),
            ];
            let each = chance.around_zero(0.3, WIDTH * width * 32);
            graph.floats(weights, &[WIDTH, width, 32], &each);
            graph.node("ConvTranspose", &[from, weights], to, &steps);
            graph.node("LeakyRelu", &[to], &format!("{to}a"), &leaky());
        }
        let sounds = if self.flaw == Some(Flaw::TwoSounds) {
            2
        } else {
            1
        };
        let wide = [
            ("pads", Attribute::Ints(&[3, 3])),
            ("kernel_shape", Attribute::Ints(&[7])),
        ];
        let factor = if self.flaw == Some(Flaw::Silent) {
            0.0
        } else {
            0.3
        };
        let each = chance.around_zero(factor, sounds * (WIDTH / 2) * 7);
        graph.floats("w2", &[sounds, WIDTH / 2, 7], &each);
        graph.node("Conv", &["h3a", "w2"], "h4", &wide);
        graph.node("Tanh", &["h4"], "h5", &[]);
        if self.flaw == Some(Flaw::NotANumber) {
            graph.floats("zero", &[], &[0.0]);
            graph.node("Mul", &["h5", "zero"], "none", &[]);
            graph.node("Div", &["none", "zero"], "h6", &[]);
        } else {
            graph.node("Identity", &["h5"], "h6", &[]);
        }
        if self.flaw == Some(Flaw::UnknownOperator) {
            graph.node("Whisper", &["h6"], "h7", &[]);
        } else {
            graph.node("Identity", &["h6"], "h7", &[]);
        }
        graph.ints("ax", &[1], &[1]);
        graph.node("Unsqueeze", &["h7", "ax"], "output", &[]);
        graph.output("output", &["batch", "1", "sounds", "samples"]);
    }
}

/// Which sign each frame belongs to.
fn path(graph: &mut Graph) {
    graph.ints("axis", &[], &[2]);
    graph.ints("zero_frames", &[], &[0]);
    graph.ints("one_frame", &[], &[1]);
    graph.ints("column", &[2], &[-1, 1]);
    graph.node("CumSum", &["frames", "axis"], "ends", &[]);
    graph.node("Sub", &["ends", "frames"], "begins", &[]);
    graph.node(
        "ReduceMax",
        &["ends"],
        "all",
        &[("keepdims", Attribute::Int(0))],
    );
    graph.node("Cast", &["all"], "all_frames", &[("to", Attribute::Int(7))]);
    graph.node(
        "Range",
        &["zero_frames", "all_frames", "one_frame"],
        "count",
        &[],
    );
    graph.node("Cast", &["count"], "counted", &[("to", Attribute::Int(1))]);
    graph.node("Reshape", &["counted", "column"], "each", &[]);
    graph.node("Less", &["each", "ends"], "before", &[]);
    graph.node("GreaterOrEqual", &["each", "begins"], "after", &[]);
    graph.node("And", &["before", "after"], "within", &[]);
    graph.node("Cast", &["within"], "path", &[("to", Attribute::Int(1))]);
}
