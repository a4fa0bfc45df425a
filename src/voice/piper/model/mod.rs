//! A voice's model, loaded: ids in, sound and durations out.
//!
//! It is run by rten, which is part of Loa; with the feature `onnxruntime`, and where that library is found, by ONNX
//! Runtime, which is faster and is none of ours.

#[cfg(feature = "onnxruntime")]
mod library;
mod native;

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use rten::ThreadPool;

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
    runtime: Runtime,
    has_speakers: bool,
}

/// What runs it.
enum Runtime {
    Native(Box<native::Model>),
    #[cfg(feature = "onnxruntime")]
    Library(library::Model),
}

/// What a model is asked.
struct Question<'a> {
    ids: &'a [i32],
    /// How much the tone varies, how slow it is, how much lengths vary.
    scales: [f32; 3],
    /// The speaker, of a model of several.
    speaker: Option<i32>,
}

/// What it answers: numbers of any shape, and frames where they are an output.
struct Answer {
    shape: Vec<usize>,
    samples: Vec<f32>,
    frames: Option<Vec<f32>>,
}

/// What a model says.
pub(super) struct Said {
    /// Samples, 1 for full scale.
    pub(super) samples: Vec<f32>,
    /// Samples of each id, which sum to all; nothing where the model hides them.
    pub(super) durations: Option<Vec<usize>>,
}

/// Names what runs models here: its arithmetic is part of how they sound.
pub(super) fn runtime() -> &'static str {
    #[cfg(feature = "onnxruntime")]
    if let Some(name) = library::name() {
        return name;
    }
    native::NAME
}

impl Loaded {
    /// Loads a model from its file's bytes.
    ///
    /// # Errors
    /// A sentence, where it is cut off, has an operator that is not known here, or is no voice.
    pub(super) fn load(file: &[u8]) -> Result<Self, String> {
        let changed = onnx::changed(file)?;
        let (runtime, inputs) = unless_it_panics(|| Runtime::load(changed))??;
        for needed in [INPUT, LENGTHS, SCALES] {
            if !inputs.iter().any(|name| name == needed) {
                return Err(format!("the model has no input {needed:?}"));
            }
        }
        let known = [INPUT, LENGTHS, SCALES, SPEAKER];
        let others: Vec<&str> = inputs
            .iter()
            .map(String::as_str)
            .filter(|name| !known.contains(name))
            .collect();
        if !others.is_empty() {
            let others = others.join(", ");
            return Err(format!(
                "the model wants {others}, which voices are not given"
            ));
        }
        Ok(Self {
            runtime,
            has_speakers: inputs.iter().any(|name| name == SPEAKER),
        })
    }

    /// Has it several speakers?
    pub(super) fn has_speakers(&self) -> bool {
        self.has_speakers
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
        let speaker = i32::try_from(speaker).map_err(|_| "no such speaker")?;
        let question = Question {
            ids,
            scales,
            speaker: self.has_speakers.then_some(speaker),
        };
        let answer = unless_it_panics(|| self.runtime.ask(&question, threads))??;
        let samples = samples(&answer.shape, answer.samples)?;
        if samples.len() > ids.len() * MOST_SECONDS * rate as usize {
            return Err("the model does not stop speaking".into());
        }
        let frames = answer.frames.and_then(|frames| whole(&frames, ids.len()));
        let durations = frames.and_then(|frames| spread(&frames, samples.len()));
        Ok(Said { samples, durations })
    }
}

impl Runtime {
    /// Loads a model, and returns the names of its inputs.
    fn load(changed: onnx::Changed) -> Result<(Self, Vec<String>), String> {
        #[cfg(feature = "onnxruntime")]
        if library::name().is_some() {
            let (model, inputs) = library::Model::load(&changed)?;
            return Ok((Self::Library(model), inputs));
        }
        let (model, inputs) = native::Model::load(changed)?;
        Ok((Self::Native(Box::new(model)), inputs))
    }

    fn ask(&self, question: &Question<'_>, threads: Arc<ThreadPool>) -> Result<Answer, String> {
        match self {
            Self::Native(model) => model.ask(question, threads),
            #[cfg(feature = "onnxruntime")]
            Self::Library(model) => model.ask(question),
        }
    }
}

/// Does what a model may make the runtime panic at: that is a fault of the model, and no reason to lose a thread.
fn unless_it_panics<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    let done = panic::catch_unwind(AssertUnwindSafe(run));
    done.map_err(|_| "the model is one that the runtime fails at".to_owned())
}

/// Takes the sound: numbers of any shape of which all sides but the last are 1.
fn samples(shape: &[usize], samples: Vec<f32>) -> Result<Vec<f32>, String> {
    let Some((length, sides)) = shape.split_last() else {
        return Err("the model's output is no sound".into());
    };
    if sides.iter().any(|side| *side != 1) {
        return Err(format!(
            "the model's output has the shape {shape:?}, not that of one sound"
        ));
    }
    if samples.len() != *length || samples.iter().any(|sample| !sample.is_finite()) {
        return Err("the model's output is no sound".into());
    }
    Ok(samples)
}

/// Takes the frames of each id.
fn whole(frames: &[f32], ids: usize) -> Option<Vec<usize>> {
    let whole = |frames: &f32| {
        let is_count = *frames >= 0.0 && frames.fract() == 0.0 && *frames < 1e6;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it was just looked at"
        )]
        is_count.then_some(*frames as usize)
    };
    let frames: Vec<usize> = frames.iter().map(whole).collect::<Option<_>>()?;
    (frames.len() == ids).then_some(frames)
}

/// Makes samples of frames, which have all the same length and sum to the sound.
fn spread(frames: &[usize], samples: usize) -> Option<Vec<usize>> {
    let sum: usize = frames.iter().sum();
    let hop = samples.checked_div(sum)?;
    (hop * sum == samples).then(|| frames.iter().map(|frames| frames * hop).collect())
}
