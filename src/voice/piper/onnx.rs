//! Reads of an ONNX file what the runtime does not tell, and changes what the runtime cannot be asked for.
//!
//! Two things keep a voice from giving the same sound for the same text, and its words' times: its random numbers
//! are drawn anew in each run, and its durations are no output. Both are in the file's power, so they are changed
//! in it once it is read: each random operator is given a seed, and the durations become an output.
//!
//! Source: onnx.proto3 of ONNX 1.19 (fields by number), and the wire format of Protocol Buffers.

/// Wire types.
const VARINT: u64 = 0;
const FIXED_64: u64 = 1;
const LENGTH: u64 = 2;
const FIXED_32: u64 = 5;

/// `ModelProto.graph`.
const MODEL_GRAPH: u64 = 7;
/// `GraphProto.node`, `.output`.
const GRAPH_NODE: u64 = 1;
const GRAPH_OUTPUT: u64 = 12;
/// `NodeProto.output`, `.op_type`, `.attribute`.
const NODE_OUTPUT: u64 = 2;
const NODE_OPERATOR: u64 = 4;
const NODE_ATTRIBUTE: u64 = 5;
/// `AttributeProto.name`, `.f`, `.type`, and the type of a float.
const ATTRIBUTE_NAME: u64 = 1;
const ATTRIBUTE_FLOAT: u64 = 2;
const ATTRIBUTE_TYPE: u64 = 20;
const TYPE_FLOAT: u64 = 1;
/// `ValueInfoProto.name`.
const VALUE_NAME: u64 = 1;

/// The attribute that makes a random operator repeat itself.
const SEED: &str = "seed";
/// The operator that makes durations whole frames.
const CEIL: &str = "Ceil";

/// A model's file, changed.
pub(super) struct Changed {
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// The name of the tensor of durations; none where it is not plain which one that is.
    pub(super) durations: Option<String>,
}

/// Gives every random operator a seed, and makes the durations an output.
///
/// # Errors
/// A sentence, where the file is cut off or is no ONNX file.
pub(super) fn changed(file: &[u8]) -> Result<Changed, String> {
    let mut changed = Changed {
        bytes: Vec::with_capacity(file.len() + 4_096),
        durations: None,
    };
    let mut has_graph = false;
    for field in Fields(file) {
        let field = field?;
        match field.content {
            Some(graph) if field.number == MODEL_GRAPH => {
                has_graph = true;
                let (graph, durations) = changed_graph(graph)?;
                changed.durations = durations;
                put_message(&mut changed.bytes, MODEL_GRAPH, &graph);
            }
            _ => changed.bytes.extend_from_slice(field.whole),
        }
    }
    if !has_graph {
        return Err("it is no ONNX file: it has no graph".into());
    }
    Ok(changed)
}

fn changed_graph(graph: &[u8]) -> Result<(Vec<u8>, Option<String>), String> {
    let mut bytes = Vec::with_capacity(graph.len() + 4_096);
    let mut ceilings = Vec::new();
    let mut seed = 0_u16;
    for field in Fields(graph) {
        let field = field?;
        let node = field.content.filter(|_| field.number == GRAPH_NODE);
        let Some(content) = node else {
            bytes.extend_from_slice(field.whole);
            continue;
        };
        let node = Node::read(content)?;
        if node.operator == CEIL {
            ceilings.extend(node.output);
        }
        if node.operator.starts_with("Random") && !node.has_seed {
            seed += 1;
            let mut seeded = content.to_vec();
            put_message(&mut seeded, NODE_ATTRIBUTE, &seed_attribute(seed.into()));
            put_message(&mut bytes, GRAPH_NODE, &seeded);
        } else {
            bytes.extend_from_slice(field.whole);
        }
    }
    let [durations] = &ceilings[..] else {
        return Ok((bytes, None));
    };
    let mut output = Vec::new();
    put_message(&mut output, VALUE_NAME, durations.as_bytes());
    put_message(&mut bytes, GRAPH_OUTPUT, &output);
    Ok((bytes, Some((*durations).to_owned())))
}

/// What matters of a node.
#[derive(Default)]
struct Node<'a> {
    operator: &'a str,
    output: Option<&'a str>,
    has_seed: bool,
}

impl<'a> Node<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, String> {
        let mut node = Self::default();
        for field in Fields(bytes) {
            let field = field?;
            let Some(content) = field.content else {
                continue;
            };
            match field.number {
                NODE_OUTPUT => node.output = node.output.or(std::str::from_utf8(content).ok()),
                NODE_OPERATOR => node.operator = std::str::from_utf8(content).unwrap_or_default(),
                NODE_ATTRIBUTE => node.has_seed |= is_named(content, SEED)?,
                _ => {}
            }
        }
        Ok(node)
    }
}

fn is_named(attribute: &[u8], name: &str) -> Result<bool, String> {
    for field in Fields(attribute) {
        let field = field?;
        if field.number == ATTRIBUTE_NAME && field.content == Some(name.as_bytes()) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn seed_attribute(seed: f32) -> Vec<u8> {
    let mut attribute = Vec::new();
    put_message(&mut attribute, ATTRIBUTE_NAME, SEED.as_bytes());
    put_number(&mut attribute, ATTRIBUTE_FLOAT << 3 | FIXED_32);
    attribute.extend(seed.to_le_bytes());
    put_number(&mut attribute, ATTRIBUTE_TYPE << 3 | VARINT);
    put_number(&mut attribute, TYPE_FLOAT);
    attribute
}

fn put_message(bytes: &mut Vec<u8>, field: u64, content: &[u8]) {
    put_number(bytes, field << 3 | LENGTH);
    put_number(bytes, content.len() as u64);
    bytes.extend_from_slice(content);
}

fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// A field of a message.
struct Field<'a> {
    number: u64,
    /// All of it, as it is written.
    whole: &'a [u8],
    /// What it holds, where it has a length.
    content: Option<&'a [u8]>,
}

/// The fields of a message, one after the other; the last is an error where the message is cut off.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn read(&mut self) -> Option<Field<'a>> {
        let whole = self.0;
        let mut rest = whole;
        let tag = number(&mut rest)?;
        let mut content = None;
        match tag & 7 {
            VARINT => drop(number(&mut rest)?),
            FIXED_64 => rest = rest.get(8..)?,
            FIXED_32 => rest = rest.get(4..)?,
            LENGTH => {
                let length = usize::try_from(number(&mut rest)?).ok()?;
                content = Some(rest.get(..length)?);
                rest = &rest[length..];
            }
            _ => return None,
        }
        self.0 = rest;
        Some(Field {
            number: tag >> 3,
            whole: &whole[..whole.len() - rest.len()],
            content,
        })
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<Field<'a>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        Some(self.read().ok_or_else(|| {
            self.0 = &[];
            "the file is cut off, or is no ONNX file".to_owned()
        }))
    }
}

/// Reads a number of seven bits a byte.
fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
