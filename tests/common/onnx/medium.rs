//! A model of the shape of Piper's medium voices with weights by chance: some 16 million numbers, 63 MB. It says
//! nothing that anybody understands, and takes as long for it as a real one.
//!
//! Source: J. Kim, J. Kong, J. Son: Conditional Variational Autoencoder with Adversarial Learning for End-to-End
//! Text-to-Speech (2021); sizes of Piper's `medium`. Left out: masks, which for one text hide nothing.

use super::{Attribute, Chance, Graph};

const IDS: usize = 256;
const HIDDEN: usize = 192;
const HALF: usize = HIDDEN / 2;
const HEADS: usize = 2;
const HEAD: usize = HIDDEN / HEADS;
const LAYERS: usize = 6;
const WIDE: usize = 768;
/// Signs to each side that are told apart by their distance.
const WINDOW: i64 = 4;
/// Pieces of a spline, and how far it reaches.
const BINS: usize = 10;
const REACH: f32 = 5.0;
const SPLINE: usize = 3 * BINS - 1;
/// The logarithm of how many frames an id has, about.
const LOG_FRAMES: f32 = 1.0;
/// Rates and kernels of the steps from frames to samples, and the channels before the first.
const STEPS: [(usize, usize); 3] = [(8, 16), (8, 16), (4, 8)];
const CHANNELS: usize = 256;
/// Kernels of the blocks after each step, each with its two dilations.
const BLOCKS: [(usize, [usize; 2]); 3] = [(3, [1, 2]), (5, [2, 6]), (7, [3, 12])];

/// A graph under construction.
struct Net {
    graph: Graph,
    chance: Chance,
    names: usize,
}

/// Returns the model's file.
pub fn model() -> Vec<u8> {
    let mut net = Net {
        graph: Graph::default(),
        chance: Chance(11),
        names: 0,
    };
    net.graph.int_input("input", &["batch", "signs"]);
    net.graph.int_input("input_lengths", &["batch"]);
    net.graph.float_input("scales", &["3"]);
    let [noise, length, width] = [0, 1, 2].map(|at| {
        let at = net.whole(at);
        net.op("Gather", &["scales", &at])
    });
    let (signs, statistics) = net.encoded();
    let logs = net.durations(&signs, &width);
    let long = net.op("Exp", &[&logs]);
    let long = net.op("Mul", &[&long, &length]);
    let frames = net.op("Ceil", &[&long]);
    let path = net.path(&frames);
    let turned = net.turned(&statistics, &[0, 2, 1]);
    let spread = net.op("MatMul", &[&path, &turned]);
    let spread = net.turned(&spread, &[0, 2, 1]);
    let (mean, deviation) = net.halves(&spread, HIDDEN);
    let deviation = net.op("Exp", &[&deviation]);
    let chance = net.op("RandomNormalLike", &[&mean]);
    let chance = net.op("Mul", &[&chance, &deviation]);
    let chance = net.op("Mul", &[&chance, &noise]);
    let mut latent = net.op("Add", &[&mean, &chance]);
    for _ in 0..4 {
        latent = net.coupling(&latent);
    }
    net.sound(&latent);
    net.graph.output("output", &["batch", "1", "1", "samples"]);
    net.graph.file()
}

impl Net {
    fn name(&mut self) -> String {
        self.names += 1;
        format!("n{}", self.names)
    }

    fn op(&mut self, operator: &str, inputs: &[&str]) -> String {
        self.op_with(operator, inputs, &[])
    }

    fn op_with(
        &mut self,
        operator: &str,
        inputs: &[&str],
        attributes: &[(&str, Attribute<'_>)],
    ) -> String {
        let name = self.name();
        self.graph.node(operator, inputs, &name, attributes)
    }

    fn whole(&mut self, value: i64) -> String {
        let name = self.name();
        self.graph.ints(&name, &[], &[value])
    }

    fn wholes(&mut self, values: &[i64]) -> String {
        let name = self.name();
        self.graph.ints(&name, &[values.len()], values)
    }

    fn number(&mut self, value: f32) -> String {
        let name = self.name();
        self.graph.floats(&name, &[], &[value])
    }

    fn weights(&mut self, shape: &[usize], deviation: f32) -> String {
        let name = self.name();
        let values = self.chance.around_zero(deviation, shape.iter().product());
        self.graph.floats(&name, shape, &values)
    }

    fn turned(&mut self, input: &str, order: &[i64]) -> String {
        self.op_with("Transpose", &[input], &[("perm", Attribute::Ints(order))])
    }

    fn slice(&mut self, input: &str, axis: i64, from: i64, to: i64) -> String {
        let [from, to, axis] = [from, to, axis].map(|value| self.wholes(&[value]));
        self.op("Slice", &[input, &from, &to, &axis])
    }

    fn halves(&mut self, input: &str, half: usize) -> (String, String) {
        let half = i64::try_from(half).expect("small");
        (
            self.slice(input, 1, 0, half),
            self.slice(input, 1, half, 2 * half),
        )
    }

    fn reshaped(&mut self, input: &str, shape: &[i64]) -> String {
        let shape = self.wholes(shape);
        self.op("Reshape", &[input, &shape])
    }

    /// A convolution that keeps the length.
    fn conv(
        &mut self,
        input: &str,
        (from, to): (usize, usize),
        kernel: usize,
        dilation: usize,
    ) -> String {
        self.conv_in(input, (from, to), kernel, dilation, 1, 1.0)
    }

    fn conv_in(
        &mut self,
        input: &str,
        (from, to): (usize, usize),
        kernel: usize,
        dilation: usize,
        groups: usize,
        gain: f32,
    ) -> String {
        let each = from / groups;
        let deviation = gain / ((each * kernel) as f32).sqrt();
        let weights = self.weights(&[to, each, kernel], deviation);
        let bias = self.weights(&[to], 0.01);
        let [kernel, dilation, groups] =
            [kernel, dilation, groups].map(|n| i64::try_from(n).expect("small"));
        let pad = (kernel - 1) * dilation / 2;
        let attributes = [
            ("kernel_shape", Attribute::Ints(&[kernel])),
            ("dilations", Attribute::Ints(&[dilation])),
            ("pads", Attribute::Ints(&[pad, pad])),
            ("group", Attribute::Int(groups)),
            ("strides", Attribute::Ints(&[1])),
        ];
        self.op_with("Conv", &[input, &weights, &bias], &attributes)
    }

    /// Layer normalisation over channels, as it is exported: in its parts.
    fn normalised(&mut self, input: &str) -> String {
        let turned = self.turned(input, &[0, 2, 1]);
        let last = [("axes", Attribute::Ints(&[-1]))];
        let mean = self.op_with("ReduceMean", &[&turned], &last);
        let centred = self.op("Sub", &[&turned, &mean]);
        let two = self.number(2.0);
        let square = self.op("Pow", &[&centred, &two]);
        let last = [("axes", Attribute::Ints(&[-1]))];
        let variance = self.op_with("ReduceMean", &[&square], &last);
        let little = self.number(1e-5);
        let variance = self.op("Add", &[&variance, &little]);
        let deviation = self.op("Sqrt", &[&variance]);
        let scaled = self.op("Div", &[&centred, &deviation]);
        let gamma = self.name();
        let gamma = self.graph.floats(&gamma, &[HIDDEN], &[1.0; HIDDEN]);
        let beta = self.weights(&[HIDDEN], 0.01);
        let scaled = self.op("Mul", &[&scaled, &gamma]);
        let moved = self.op("Add", &[&scaled, &beta]);
        self.turned(&moved, &[0, 2, 1])
    }

    /// The signs, as their surroundings have them, and what is known of the sound of each.
    fn encoded(&mut self) -> (String, String) {
        let table = self.weights(&[IDS, HIDDEN], 1.0 / (HIDDEN as f32).sqrt());
        let each = self.op("Gather", &[&table, "input"]);
        let scale = self.number((HIDDEN as f32).sqrt());
        let each = self.op("Mul", &[&each, &scale]);
        let mut signs = self.turned(&each, &[0, 2, 1]);
        let (distance, is_near) = self.distances();
        for _ in 0..LAYERS {
            let heard = self.attention(&signs, &distance, &is_near);
            let sum = self.op("Add", &[&signs, &heard]);
            signs = self.normalised(&sum);
            let wide = self.conv(&signs, (HIDDEN, WIDE), 3, 1);
            let wide = self.op("Relu", &[&wide]);
            let narrow = self.conv(&wide, (WIDE, HIDDEN), 3, 1);
            let sum = self.op("Add", &[&signs, &narrow]);
            signs = self.normalised(&sum);
        }
        let statistics = self.conv_in(&signs, (HIDDEN, 2 * HIDDEN), 1, 1, 1, 0.5);
        (signs, statistics)
    }

    /// How far each sign is from each, as an index from 0, and whether that is within the window.
    fn distances(&mut self) -> (String, String) {
        let shape = self.op("Shape", &["input"]);
        let one = self.whole(1);
        let count = self.op("Gather", &[&shape, &one]);
        let (zero, step) = (self.whole(0), self.whole(1));
        let range = self.op("Range", &[&zero, &count, &step]);
        let row = self.reshaped(&range, &[1, -1]);
        let column = self.reshaped(&range, &[-1, 1]);
        let apart = self.op("Sub", &[&row, &column]);
        let (least, most) = (self.whole(-WINDOW), self.whole(WINDOW));
        let within = self.op("Max", &[&apart, &least]);
        let within = self.op("Min", &[&within, &most]);
        let is_near = self.op("Equal", &[&within, &apart]);
        let index = self.op("Add", &[&within, &most]);
        let axis = self.wholes(&[0]);
        let index = self.op("Unsqueeze", &[&index, &axis]);
        let heads = self.wholes(&[i64::try_from(HEADS).expect("small"), 1, 1]);
        let index = self.op("Expand", &[&index, &heads]);
        (index, is_near)
    }

    fn attention(&mut self, signs: &str, distance: &str, is_near: &str) -> String {
        let (heads, head) = (
            i64::try_from(HEADS).expect("small"),
            i64::try_from(HEAD).expect("small"),
        );
        let [asked, known, told] = [0, 1, 2].map(|_| {
            let each = self.conv(signs, (HIDDEN, HIDDEN), 1, 1);
            let parted = self.reshaped(&each, &[heads, head, -1]);
            self.turned(&parted, &[0, 2, 1])
        });
        let scale = self.number((HEAD as f32).sqrt());
        let asked = self.op("Div", &[&asked, &scale]);
        let across = self.turned(&known, &[0, 2, 1]);
        let scores = self.op("MatMul", &[&asked, &across]);
        let window = usize::try_from(2 * WINDOW + 1).expect("small");
        let near = self.weights(&[HEAD, window], (HEAD as f32).powf(-0.5));
        let by_distance = self.op("MatMul", &[&asked, &near]);
        let last = [("axis", Attribute::Int(2))];
        let by_distance = self.op_with("GatherElements", &[&by_distance, distance], &last);
        let none = self.number(0.0);
        let by_distance = self.op("Where", &[is_near, &by_distance, &none]);
        let scores = self.op("Add", &[&scores, &by_distance]);
        let parts = self.op_with("Softmax", &[&scores], &[("axis", Attribute::Int(-1))]);
        let heard = self.op("MatMul", &[&parts, &told]);
        let turned = self.turned(&heard, &[0, 2, 1]);
        let joined = self.reshaped(&turned, &[1, heads * head, -1]);
        self.conv(&joined, (HIDDEN, HIDDEN), 1, 1)
    }

    /// Convolutions that look farther and farther, one channel at a time.
    fn farther(&mut self, input: &str) -> String {
        let mut all = input.to_owned();
        for dilation in [1, 3, 9] {
            let each = self.conv_in(&all, (HIDDEN, HIDDEN), 3, dilation, HIDDEN, 1.0);
            let each = self.normalised(&each);
            let each = self.gelu(&each);
            let mixed = self.conv(&each, (HIDDEN, HIDDEN), 1, 1);
            let mixed = self.normalised(&mixed);
            let mixed = self.gelu(&mixed);
            all = self.op("Add", &[&all, &mixed]);
        }
        all
    }

    fn gelu(&mut self, input: &str) -> String {
        let root = self.number(std::f32::consts::SQRT_2);
        let part = self.op("Div", &[input, &root]);
        let error = self.op("Erf", &[&part]);
        let (one, half) = (self.number(1.0), self.number(0.5));
        let share = self.op("Add", &[&error, &one]);
        let product = self.op("Mul", &[input, &share]);
        self.op("Mul", &[&product, &half])
    }

    /// The logarithm of how long each sign is: by chance, through splines (the stochastic duration predictor).
    fn durations(&mut self, signs: &str, width: &str) -> String {
        let known = self.conv(signs, (HIDDEN, HIDDEN), 1, 1);
        let known = self.farther(&known);
        let known = self.conv(&known, (HIDDEN, HIDDEN), 1, 1);
        let two = self.slice(&known, 1, 0, 2);
        let chance = self.op("RandomNormalLike", &[&two]);
        let mut both = self.op("Mul", &[&chance, width]);
        for _ in 0..3 {
            let (first, second) = (self.slice(&both, 1, 0, 1), self.slice(&both, 1, 1, 2));
            let wide = self.conv(&second, (1, HIDDEN), 1, 1);
            let wide = self.op("Add", &[&wide, &known]);
            let wide = self.farther(&wide);
            let shape = self.conv_in(&wide, (HIDDEN, SPLINE), 1, 1, 1, 0.5);
            let shape = self.turned(&shape, &[0, 2, 1]);
            let bent = self.spline(&first, &shape);
            both = self.op_with("Concat", &[&second, &bent], &[("axis", Attribute::Int(1))]);
        }
        let logs = self.slice(&both, 1, 0, 1);
        let (softer, mean) = (self.number(0.3), self.number(LOG_FRAMES));
        let logs = self.op("Mul", &[&logs, &softer]);
        self.op("Add", &[&logs, &mean])
    }

    /// Bends numbers by a monotonous spline of rational pieces, backwards (Durkan et al. 2019).
    fn spline(&mut self, input: &str, shape: &str) -> String {
        let bins = i64::try_from(BINS).expect("small");
        let values = self.turned(input, &[0, 2, 1]); // [1, signs, 1]
        let [low, high] = [-REACH, REACH].map(|end| self.number(end));
        let inside = self.op("Max", &[&values, &low]);
        let inside = self.op("Min", &[&inside, &high]);
        let [widths, heights] = [0, bins].map(|from| {
            let parts = self.slice(shape, 2, from, from + bins);
            let parts = self.op_with("Softmax", &[&parts], &[("axis", Attribute::Int(-1))]);
            let (all, least) = (
                self.number(2.0 * REACH * 0.99),
                self.number(2.0 * REACH * 0.001),
            );
            let parts = self.op("Mul", &[&parts, &all]);
            self.op("Add", &[&parts, &least])
        });
        let slopes = self.slice(shape, 2, 2 * bins, 3 * bins - 1);
        let slopes = self.op("Softplus", &[&slopes]);
        let one = self.number(1.0);
        let (before, after) = (
            self.slice(&slopes, 2, 0, bins - 1),
            self.slice(&slopes, 2, 0, 1),
        );
        let begin = self.op("Mul", &[&after, &one]);
        let slopes = self.op_with("Concat", &[&begin, &before], &[("axis", Attribute::Int(2))]);
        let last = self.whole(2);
        let [right, top] = [&widths, &heights].map(|sizes| {
            let ends = self.op("CumSum", &[sizes, &last]);
            self.op("Add", &[&ends, &low])
        });
        let is_above = self.op("GreaterOrEqual", &[&inside, &top]);
        let above = self.op_with("Cast", &[&is_above], &[("to", Attribute::Int(7))]);
        let axis = self.wholes(&[2]);
        let piece = self.op("ReduceSum", &[&above, &axis]);
        let most = self.whole(bins - 1);
        let piece = self.op("Min", &[&piece, &most]);
        let [wide, tall, end, ceiling, slope] =
            [&widths, &heights, &right, &top, &slopes].map(|all| {
                let last = [("axis", Attribute::Int(2))];
                self.op_with("GatherElements", &[all, &piece], &last)
            });
        // Of the piece's quadratic, the root that lies in it.
        let rise = self.op("Sub", &[&ceiling, &inside]);
        let rise = self.op("Div", &[&rise, &tall]);
        let square = self.op("Mul", &[&rise, &rise]);
        let product = self.op("Mul", &[&square, &slope]);
        let sum = self.op("Add", &[&product, &rise]);
        let root = self.op("Abs", &[&sum]);
        let root = self.op("Sqrt", &[&root]);
        let both = self.op("Add", &[&root, &one]);
        let part = self.op("Div", &[&root, &both]);
        let run = self.op("Mul", &[&part, &wide]);
        let bent = self.op("Sub", &[&end, &run]);
        let is_inside = self.op("Equal", &[&inside, &values]);
        let bent = self.op("Where", &[&is_inside, &bent, &values]);
        self.turned(&bent, &[0, 2, 1])
    }

    /// Which sign each frame belongs to: `[1, frames, signs]`.
    fn path(&mut self, frames: &str) -> String {
        let axis = self.whole(2);
        let ends = self.op("CumSum", &[frames, &axis]);
        let begins = self.op("Sub", &[&ends, frames]);
        let all = self.op_with("ReduceMax", &[&ends], &[("keepdims", Attribute::Int(0))]);
        let all = self.op_with("Cast", &[&all], &[("to", Attribute::Int(7))]);
        let (zero, one) = (self.whole(0), self.whole(1));
        let count = self.op("Range", &[&zero, &all, &one]);
        let count = self.op_with("Cast", &[&count], &[("to", Attribute::Int(1))]);
        let each = self.reshaped(&count, &[-1, 1]);
        let is_before = self.op("Less", &[&each, &ends]);
        let is_after = self.op("GreaterOrEqual", &[&each, &begins]);
        let within = self.op("And", &[&is_before, &is_after]);
        self.op_with("Cast", &[&within], &[("to", Attribute::Int(1))])
    }

    /// A step of the flow, backwards: one half is moved by what a WaveNet hears in the other.
    fn coupling(&mut self, latent: &str) -> String {
        let (first, second) = self.halves(latent, HALF);
        let mut heard = self.conv(&second, (HALF, HIDDEN), 1, 1);
        let mut told: Option<String> = None;
        for layer in 0..4 {
            let both = self.conv(&heard, (HIDDEN, 2 * HIDDEN), 5, 1);
            let (value, gate) = self.halves(&both, HIDDEN);
            let value = self.op("Tanh", &[&value]);
            let gate = self.op("Sigmoid", &[&gate]);
            let passed = self.op("Mul", &[&value, &gate]);
            let part = if layer == 3 {
                self.conv(&passed, (HIDDEN, HIDDEN), 1, 1)
            } else {
                let both = self.conv(&passed, (HIDDEN, 2 * HIDDEN), 1, 1);
                let (kept, part) = self.halves(&both, HIDDEN);
                heard = self.op("Add", &[&heard, &kept]);
                part
            };
            told = Some(match told {
                Some(told) => self.op("Add", &[&told, &part]),
                None => part,
            });
        }
        let told = told.expect("four layers");
        let moved = self.conv_in(&told, (HIDDEN, HALF), 1, 1, 1, 0.5);
        let first = self.op("Sub", &[&first, &moved]);
        self.op_with("Concat", &[&second, &first], &[("axis", Attribute::Int(1))])
    }

    /// Frames become samples (HiFi-GAN, its second kind of blocks).
    fn sound(&mut self, latent: &str) {
        let mut channels = CHANNELS;
        let mut sound = self.conv(latent, (HIDDEN, channels), 7, 1);
        for (rate, kernel) in STEPS {
            sound = self.leaky(&sound, 0.1);
            let half = channels / 2;
            let taps = channels * kernel / rate;
            let weights = self.weights(&[channels, half, kernel], (1.0 / taps as f32).sqrt());
            let bias = self.weights(&[half], 0.01);
            let [rate, kernel] = [rate, kernel].map(|n| i64::try_from(n).expect("small"));
            let pad = (kernel - rate) / 2;
            let attributes = [
                ("kernel_shape", Attribute::Ints(&[kernel])),
                ("strides", Attribute::Ints(&[rate])),
                ("pads", Attribute::Ints(&[pad, pad])),
            ];
            sound = self.op_with("ConvTranspose", &[&sound, &weights, &bias], &attributes);
            channels = half;
            let blocks = BLOCKS.map(|(kernel, dilations)| {
                let mut block = sound.clone();
                for dilation in dilations {
                    let soft = self.leaky(&block, 0.1);
                    let both = (channels, channels);
                    let more = self.conv_in(&soft, both, kernel, dilation, 1, 0.5);
                    block = self.op("Add", &[&block, &more]);
                }
                block
            });
            let sum = self.op("Add", &[&blocks[0], &blocks[1]]);
            let sum = self.op("Add", &[&sum, &blocks[2]]);
            let three = self.number(3.0);
            sound = self.op("Div", &[&sum, &three]);
        }
        let soft = self.leaky(&sound, 0.01);
        let one = self.conv(&soft, (channels, 1), 7, 1);
        let bounded = self.op("Tanh", &[&one]);
        let axis = self.wholes(&[1]);
        self.graph
            .node("Unsqueeze", &[&bounded, &axis], "output", &[]);
    }

    fn leaky(&mut self, input: &str, alpha: f32) -> String {
        self.op_with("LeakyRelu", &[input], &[("alpha", Attribute::Float(alpha))])
    }
}
