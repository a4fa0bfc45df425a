//! Writes ONNX models: as much of the format as test voices need.
//!
//! Source: onnx.proto3 (fields by number) and the wire format of Protocol Buffers.

pub mod medium;
pub mod tiny;

/// An attribute of a node.
pub enum Attribute<'a> {
    Int(i64),
    Float(f32),
    Ints(&'a [i64]),
}

/// A graph that grows node by node.
#[derive(Default)]
pub struct Graph {
    nodes: Vec<Vec<u8>>,
    constants: Vec<Vec<u8>>,
    inputs: Vec<Vec<u8>>,
    outputs: Vec<Vec<u8>>,
}

/// `TensorProto.DataType`.
const FLOAT: i32 = 1;
const INT64: i32 = 7;
/// `AttributeProto.AttributeType`.
const TYPE_FLOAT: u64 = 1;
const TYPE_INT: u64 = 2;
const TYPE_INTS: u64 = 7;

impl Graph {
    /// Adds a constant of whole numbers; an empty shape is one number.
    pub fn ints(&mut self, name: &str, shape: &[usize], values: &[i64]) -> String {
        let bytes: Vec<u8> = values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        self.constant(name, shape, INT64, &bytes)
    }

    /// Adds a constant.
    pub fn floats(&mut self, name: &str, shape: &[usize], values: &[f32]) -> String {
        let bytes: Vec<u8> = values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        self.constant(name, shape, FLOAT, &bytes)
    }

    fn constant(&mut self, name: &str, shape: &[usize], kind: i32, bytes: &[u8]) -> String {
        let mut tensor = Vec::new();
        for side in shape {
            number(&mut tensor, 1, *side as u64);
        }
        number(&mut tensor, 2, u64::try_from(kind).expect("a type"));
        field(&mut tensor, 8, name.as_bytes());
        field(&mut tensor, 9, bytes);
        self.constants.push(tensor);
        name.to_owned()
    }

    /// Adds a node with one output, which has the node's name.
    pub fn node(
        &mut self,
        operator: &str,
        inputs: &[&str],
        output: &str,
        attributes: &[(&str, Attribute<'_>)],
    ) -> String {
        let mut node = Vec::new();
        for input in inputs {
            field(&mut node, 1, input.as_bytes());
        }
        field(&mut node, 2, output.as_bytes());
        field(&mut node, 3, format!("{output}_node").as_bytes());
        field(&mut node, 4, operator.as_bytes());
        for (name, value) in attributes {
            let mut attribute = Vec::new();
            field(&mut attribute, 1, name.as_bytes());
            match value {
                Attribute::Float(value) => {
                    attribute.push(2 << 3 | 5);
                    attribute.extend(value.to_le_bytes());
                    number(&mut attribute, 20, TYPE_FLOAT);
                }
                Attribute::Int(value) => {
                    number(&mut attribute, 3, value.cast_unsigned());
                    number(&mut attribute, 20, TYPE_INT);
                }
                Attribute::Ints(values) => {
                    for value in *values {
                        number(&mut attribute, 8, value.cast_unsigned());
                    }
                    number(&mut attribute, 20, TYPE_INTS);
                }
            }
            field(&mut node, 5, &attribute);
        }
        self.nodes.push(node);
        output.to_owned()
    }

    /// Names an input of whole numbers.
    pub fn int_input(&mut self, name: &str, shape: &[&str]) {
        self.inputs.push(value(name, INT64, shape));
    }

    /// Names an input.
    pub fn float_input(&mut self, name: &str, shape: &[&str]) {
        self.inputs.push(value(name, FLOAT, shape));
    }

    /// Names an output.
    pub fn output(&mut self, name: &str, shape: &[&str]) {
        self.outputs.push(value(name, FLOAT, shape));
    }

    /// Returns the file: IR 8, operators of set 15.
    pub fn file(&self) -> Vec<u8> {
        let mut graph = Vec::new();
        for node in &self.nodes {
            field(&mut graph, 1, node);
        }
        field(&mut graph, 2, b"voice");
        for (number, values) in [
            (5, &self.constants),
            (11, &self.inputs),
            (12, &self.outputs),
        ] {
            for value in values {
                field(&mut graph, number, value);
            }
        }
        let mut file = Vec::new();
        number(&mut file, 1, 8);
        field(&mut file, 7, &graph);
        let mut operators = Vec::new();
        field(&mut operators, 1, b"");
        number(&mut operators, 2, 15);
        field(&mut file, 8, &operators);
        file
    }
}

/// A value's name, type and shape; a side is a number or a name.
fn value(name: &str, kind: i32, shape: &[&str]) -> Vec<u8> {
    let mut sides = Vec::new();
    for side in shape {
        let mut dimension = Vec::new();
        match side.parse::<u64>() {
            Ok(length) => number(&mut dimension, 1, length),
            Err(_) => field(&mut dimension, 2, side.as_bytes()),
        }
        field(&mut sides, 1, &dimension);
    }
    let mut tensor = Vec::new();
    number(&mut tensor, 1, u64::try_from(kind).expect("a type"));
    field(&mut tensor, 2, &sides);
    let mut type_ = Vec::new();
    field(&mut type_, 1, &tensor);
    let mut value = Vec::new();
    field(&mut value, 1, name.as_bytes());
    field(&mut value, 2, &type_);
    value
}

fn field(bytes: &mut Vec<u8>, name: u64, content: &[u8]) {
    varint(bytes, name << 3 | 2);
    varint(bytes, content.len() as u64);
    bytes.extend_from_slice(content);
}

fn number(bytes: &mut Vec<u8>, name: u64, value: u64) {
    varint(bytes, name << 3);
    varint(bytes, value);
}

fn varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Numbers that look like chance and are the same in every run (splitmix64).
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Numbers between two others, each as likely.
    pub fn between(&mut self, low: f32, high: f32, count: usize) -> Vec<f32> {
        let part = |n: u64| (n >> 40) as f32 / (1_u64 << 24) as f32;
        (0..count)
            .map(|_| low + (high - low) * part(self.next()))
            .collect()
    }

    /// Numbers around zero, with this deviation (the sum of twelve).
    pub fn around_zero(&mut self, deviation: f32, count: usize) -> Vec<f32> {
        let mut one = || self.between(-0.5, 0.5, 12).into_iter().sum::<f32>() * deviation;
        (0..count).map(|_| one()).collect()
    }
}
