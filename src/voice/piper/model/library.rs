//! A model run by ONNX Runtime, whose library is loaded where it is found: `ORT_DYLIB_PATH`, or by its usual name.
//!
//! Its random operators go on where the last run left them, whatever their seed. The same text must give the same sound,
//! so nothing is left to chance here: tone and lengths do not vary.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use ort::environment::Environment;
use ort::session::{Session, SessionInputValue};
use ort::value::Tensor;

use super::{Answer, INPUT, LENGTHS, Question, SCALES, SPEAKER, onnx};

/// The variable that names the library's file.
const PATH: &str = "ORT_DYLIB_PATH";
/// Where it is looked for otherwise.
const NAMES: [&str; 3] = [
    "libonnxruntime.so.1",
    "libonnxruntime.so",
    "libonnxruntime.dylib",
];

/// The library, loaded once for this process.
struct Library {
    environment: Environment,
    name: String,
}

/// Returns the library, where it can be loaded.
fn library() -> Option<&'static Library> {
    static LIBRARY: OnceLock<Option<Library>> = OnceLock::new();
    let load = || {
        let named = std::env::var_os(PATH).map(PathBuf::from);
        let usual = || NAMES.map(PathBuf::from).to_vec();
        let tried = named.map_or_else(usual, |path| vec![path]);
        let environment = tried.iter().find_map(|path| open(path));
        if environment.is_none() {
            tracing::info!("ONNX Runtime is not found; models are run by rten");
        }
        Some(Library {
            environment: environment?,
            name: format!("onnxruntime {}", ort::info()),
        })
    };
    LIBRARY.get_or_init(load).as_ref()
}

fn open(path: &Path) -> Option<Environment> {
    let builder = ort::init_from(path);
    let builder = builder
        .inspect_err(|error| tracing::debug!(%error, "ONNX Runtime is not at one of its places"))
        .ok()?;
    let built = builder.build();
    built
        .inspect_err(|error| tracing::warn!(%error, "ONNX Runtime cannot be used"))
        .ok()
}

/// Names the library with its version, where it can be loaded.
pub(super) fn name() -> Option<&'static str> {
    library().map(|library| library.name.as_str())
}

/// A model; it answers one question at a time, with all cores.
pub(super) struct Model {
    session: Mutex<Session>,
    output: String,
    durations: Option<String>,
}

impl Model {
    /// Loads a model, and returns the names of its inputs.
    pub(super) fn load(changed: &onnx::Changed) -> Result<(Self, Vec<String>), String> {
        let unusable = |error: ort::Error| format!("the model cannot be used: {error}");
        let library = library().ok_or("ONNX Runtime is not here")?;
        let mut builder = Session::builder(&library.environment).map_err(unusable)?;
        let session = builder
            .commit_from_memory(&changed.bytes)
            .map_err(unusable)?;
        let inputs = session
            .inputs()
            .iter()
            .map(|input| input.name().to_owned())
            .collect();
        let output = session
            .outputs()
            .first()
            .map(|output| output.name().to_owned());
        let model = Self {
            output: output.ok_or("the model has no output")?,
            durations: changed.durations.clone(),
            session: Mutex::new(session),
        };
        Ok((model, inputs))
    }

    pub(super) fn ask(&self, question: &Question<'_>) -> Result<Answer, String> {
        let failed = |error: ort::Error| format!("the model failed: {error}");
        let [_, slowness, _] = question.scales;
        let count = question.ids.len();
        let ids: Vec<i64> = question.ids.iter().map(|id| i64::from(*id)).collect();
        let length = i64::try_from(count).map_err(|_| "too long a text")?;
        let mut given: Vec<(&str, SessionInputValue<'_>)> = vec![
            (
                INPUT,
                Tensor::from_array(([1, count], ids))
                    .map_err(failed)?
                    .into(),
            ),
            (
                LENGTHS,
                Tensor::from_array(([1], vec![length]))
                    .map_err(failed)?
                    .into(),
            ),
            (
                SCALES,
                Tensor::from_array(([3], vec![0.0, slowness, 0.0]))
                    .map_err(failed)?
                    .into(),
            ),
        ];
        if let Some(speaker) = question.speaker {
            let speaker = Tensor::from_array(([1], vec![i64::from(speaker)])).map_err(failed)?;
            given.push((SPEAKER, speaker.into()));
        }
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let told = session.run(given).map_err(failed)?;
        let numbers = |name: &str| {
            let (shape, numbers) = told.get(name)?.try_extract_tensor::<f32>().ok()?;
            let shape = shape.iter().map(|side| usize::try_from(*side).ok());
            Some((shape.collect::<Option<Vec<usize>>>()?, numbers.to_vec()))
        };
        let (shape, samples) = numbers(&self.output).ok_or("the model's output is no sound")?;
        let frames = self
            .durations
            .as_deref()
            .and_then(numbers)
            .map(|(_, frames)| frames);
        Ok(Answer {
            shape,
            samples,
            frames,
        })
    }
}
