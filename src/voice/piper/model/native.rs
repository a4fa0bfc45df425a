//! A model run by rten.

use std::sync::Arc;

use rten::{ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

use super::{Answer, INPUT, LENGTHS, Question, SCALES, SPEAKER, onnx};

/// Its name in versions.
pub(super) const NAME: &str = "rten";

/// A model.
pub(super) struct Model {
    model: rten::Model,
    output: NodeId,
    durations: Option<NodeId>,
}

impl Model {
    /// Loads a model, and returns the names of its inputs.
    pub(super) fn load(changed: onnx::Changed) -> Result<(Self, Vec<String>), String> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = options
            .load(changed.bytes)
            .map_err(|error| format!("the model cannot be used: {error}"))?;
        let inputs = model.input_ids().iter();
        let inputs = inputs.filter_map(|id| model.node_info(*id)?.name().map(str::to_owned));
        let inputs = inputs.collect();
        let output = model.output_ids().first().copied();
        let durations = changed.durations.and_then(|name| model.find_node(&name));
        let model = Self {
            output: output.ok_or("the model has no output")?,
            durations,
            model,
        };
        Ok((model, inputs))
    }

    pub(super) fn ask(
        &self,
        question: &Question<'_>,
        threads: Arc<ThreadPool>,
    ) -> Result<Answer, String> {
        let count = i32::try_from(question.ids.len()).map_err(|_| "too long a text")?;
        let ids = NdTensor::from_data([1, question.ids.len()], question.ids.to_vec());
        let lengths = NdTensor::from_data([1], vec![count]);
        let scales = NdTensor::from_data([3], question.scales.to_vec());
        let mut given: Vec<(NodeId, ValueOrView)> = vec![
            (self.input(INPUT)?, ids.into()),
            (self.input(LENGTHS)?, lengths.into()),
            (self.input(SCALES)?, scales.into()),
        ];
        if let Some(speaker) = question.speaker {
            let speaker = NdTensor::from_data([1], vec![speaker]);
            given.push((self.input(SPEAKER)?, speaker.into()));
        }
        let mut wanted = vec![self.output];
        wanted.extend(self.durations);
        let options = RunOptions::default().with_thread_pool(Some(threads));
        let told = self.model.run(given, &wanted, Some(options));
        let told = told.map_err(|error| format!("the model failed: {error}"))?;
        let mut told = told.into_iter();
        let sound = told.next().and_then(numbers);
        let (shape, samples) = sound.ok_or("the model's output is no sound")?;
        let frames = told.next().and_then(numbers).map(|(_, frames)| frames);
        Ok(Answer {
            shape,
            samples,
            frames,
        })
    }

    fn input(&self, name: &str) -> Result<NodeId, String> {
        let id = self.model.find_node(name);
        id.ok_or_else(|| format!("the model has no input {name:?}"))
    }
}

fn numbers(value: Value) -> Option<(Vec<usize>, Vec<f32>)> {
    let tensor: Tensor<f32> = value.try_into().ok()?;
    Some((tensor.shape().to_vec(), tensor.into_data()))
}
