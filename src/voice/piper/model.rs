//! A voice's model, loaded: ids in, sound and durations out.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

use super::onnx;

/// What every model is given.
const INPUT: &str = "input";
const LENGTHS: &str = "input_lengths";
const SCALES: &str = "scales";
/// What a model of several speakers is given besides.
const SPEAKER: &str = "sid";
/// Most seconds of sound for one id: a sound that is held this long is none.
const MOST_SECONDS: usize = 2;

/// A model.
pub(super) struct Loaded {
    model: Model,
    inputs: Inputs,
    output: NodeId,
    durations: Option<NodeId>,
}

struct Inputs {
    ids: NodeId,
    lengths: NodeId,
    scales: NodeId,
    speaker: Option<NodeId>,
}

/// What a model says.
pub(super) struct Said {
    /// Samples, 1 for full scale.
    pub(super) samples: Vec<f32>,
    /// Samples of each id, which sum to all; nothing where the model hides them.
    pub(super) durations: Option<Vec<usize>>,
}

impl Loaded {
    /// Loads a model from its file's bytes.
    ///
    /// # Errors
    /// A sentence, where it is cut off, has an operator that is not known here, or is no voice.
    pub(super) fn load(file: &[u8]) -> Result<Self, String> {
        let changed = onnx::changed(file)?;
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = unless_it_panics(|| options.load(changed.bytes))?
            .map_err(|error| format!("the model cannot be used: {error}"))?;
        let input = |name: &str| {
            let id = model.find_node(name);
            id.filter(|id| model.input_ids().contains(id))
        };
        let needed =
            |name: &str| input(name).ok_or_else(|| format!("the model has no input {name:?}"));
        let inputs = Inputs {
            ids: needed(INPUT)?,
            lengths: needed(LENGTHS)?,
            scales: needed(SCALES)?,
            speaker: input(SPEAKER),
        };
        let known = 3 + usize::from(inputs.speaker.is_some());
        if model.input_ids().len() != known {
            let others = model.input_ids().iter().filter_map(|id| {
                let name = model.node_info(*id)?.name()?;
                let is_known = [INPUT, LENGTHS, SCALES, SPEAKER].contains(&name);
                (!is_known).then_some(name)
            });
            let others: Vec<_> = others.collect();
            return Err(format!(
                "the model wants {}, which voices are not given",
                others.join(", ")
            ));
        }
        let output = model.output_ids().first().copied();
        Ok(Self {
            output: output.ok_or("the model has no output")?,
            durations: changed.durations.and_then(|name| model.find_node(&name)),
            model,
            inputs,
        })
    }

    /// Has it several speakers?
    pub(super) fn has_speakers(&self) -> bool {
        self.inputs.speaker.is_some()
    }

    /// Says ids, by a speaker's number.
    ///
    /// # Errors
    /// A sentence, where the model fails or answers something else than sound.
    pub(super) fn say(
        &self,
        ids: &[i32],
        scales: [f32; 3],
        speaker: usize,
        rate: u32,
        threads: Arc<ThreadPool>,
    ) -> Result<Said, String> {
        let count = i32::try_from(ids.len()).map_err(|_| "too long a text")?;
        let mut given: Vec<(NodeId, ValueOrView)> = vec![
            (
                self.inputs.ids,
                NdTensor::from_data([1, ids.len()], ids.to_vec()).into(),
            ),
            (
                self.inputs.lengths,
                NdTensor::from_data([1], vec![count]).into(),
            ),
            (
                self.inputs.scales,
                NdTensor::from_data([3], scales.to_vec()).into(),
            ),
        ];
        if let Some(input) = self.inputs.speaker {
            let speaker = i32::try_from(speaker).map_err(|_| "no such speaker")?;
            given.push((input, NdTensor::from_data([1], vec![speaker]).into()));
        }
        let mut wanted = vec![self.output];
        wanted.extend(self.durations);
        let options = RunOptions::default().with_thread_pool(Some(threads));
        let said = unless_it_panics(|| self.model.run(given, &wanted, Some(options)))?;
        let mut said = said
            .map_err(|error| format!("the model failed: {error}"))?
            .into_iter();
        let sound = said.next().ok_or("the model gave nothing")?;
        let samples = samples(sound)?;
        if samples.len() > ids.len() * MOST_SECONDS * rate as usize {
            return Err("the model does not stop speaking".into());
        }
        let frames = said.next().map(|frames| frames_of(frames, ids.len()));
        let durations = frames
            .flatten()
            .and_then(|frames| spread(&frames, samples.len()));
        Ok(Said { samples, durations })
    }
}

/// Does what a model may make the runtime panic at: that is a fault of the model, and no reason to lose a thread.
fn unless_it_panics<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    let done = panic::catch_unwind(AssertUnwindSafe(run));
    done.map_err(|_| "the model is one that the runtime fails at".to_owned())
}

/// Takes the sound: numbers of any shape of which all sides but the last are 1.
fn samples(sound: Value) -> Result<Vec<f32>, String> {
    let sound: Tensor<f32> = sound
        .try_into()
        .map_err(|_| "the model's output is no sound")?;
    let shape = sound.shape().to_vec();
    let Some((length, sides)) = shape.split_last() else {
        return Err("the model's output is no sound".into());
    };
    if sides.iter().any(|side| *side != 1) {
        return Err(format!(
            "the model's output has the shape {shape:?}, not that of one sound"
        ));
    }
    let samples = sound.into_data();
    if samples.len() != *length || samples.iter().any(|sample| !sample.is_finite()) {
        return Err("the model's output is no sound".into());
    }
    Ok(samples)
}

/// Takes the frames of each id.
fn frames_of(frames: Value, ids: usize) -> Option<Vec<usize>> {
    let frames: Tensor<f32> = frames.try_into().ok()?;
    let frames = frames.into_data();
    let whole = |frames: f32| {
        let is_count = frames >= 0.0 && frames.fract() == 0.0 && frames < 1e6;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it was just looked at"
        )]
        is_count.then_some(frames as usize)
    };
    let frames: Vec<usize> = frames.into_iter().map(whole).collect::<Option<_>>()?;
    (frames.len() == ids).then_some(frames)
}

/// Makes samples of frames, which have all the same length and sum to the sound.
fn spread(frames: &[usize], samples: usize) -> Option<Vec<usize>> {
    let sum: usize = frames.iter().sum();
    let hop = samples.checked_div(sum)?;
    (hop * sum == samples).then(|| frames.iter().map(|frames| frames * hop).collect())
}
