//! How fast a voice of Piper's medium shape speaks: `./run bench voice`.
//!
//! The model has weights by chance, so that nobody must be asked for one; it takes as long as a real one. It is made in
//! a temporary folder and not kept.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

#[path = "../tests/common/mod.rs"]
mod common;

use common::onnx::tiny::Tiny;
use loa::model::{Speed, VoiceId};
use loa::voice::{Catalogue, Settings, Voice};

const SENTENCES: [&str; 4] = [
    "Sáng nay trời nắng đẹp, bà con trong xã ra đồng gặt lúa từ rất sớm.",
    "Theo kế hoạch, thư viện sẽ mở cửa đón bạn đọc vào đầu tháng tới, với hơn ba trăm đầu sách nói.",
    "Các em học sinh được nghỉ học một ngày để tránh bão.",
    "Giá rau xanh ở chợ hôm nay giảm nhẹ, còn giá cá và thịt vẫn như tuần trước.",
];
/// A first utterance as it is cut for voices that take their time.
const FIRST: &str = "Sáng nay trời nắng đẹp, bà con ra đồng gặt lúa.";
const RUNS: usize = 5;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let model = Tiny::default().put_medium(folder.path(), "medium");
    let bytes = std::fs::metadata(&model).expect("a model").len();
    println!("a model of the medium shape, {} MB", bytes / 1_000_000);
    for threads in [1, 2] {
        let voice = opened(folder.path(), threads);
        let began = Instant::now();
        speak(&voice, FIRST);
        println!(
            "{threads} threads: first sound {:.2} s with the model loaded and weighed meanwhile",
            began.elapsed().as_secs_f64()
        );
        let mut first: Vec<Duration> = (0..RUNS).map(|_| speak(&voice, FIRST).1).collect();
        first.sort();
        println!(
            "    first sound with the model at hand: median {:.0} ms",
            1e3 * first[RUNS / 2].as_secs_f64()
        );
        let mut factors: Vec<f64> = (0..RUNS)
            .map(|_| {
                let spoken = SENTENCES.map(|sentence| speak(&voice, sentence));
                let (heard, took) = spoken
                    .iter()
                    .fold((0.0, 0.0), |(heard, took), (sound, time)| {
                        (heard + sound, took + time.as_secs_f64())
                    });
                heard / took
            })
            .collect();
        factors.sort_by(f64::total_cmp);
        let goal = if threads == 1 { " (to reach: 6)" } else { "" };
        println!(
            "    {:.1} times real time, {:.1} to {:.1} over {RUNS} runs{goal}",
            factors[RUNS / 2],
            factors[0],
            factors[RUNS - 1]
        );
        println!("    memory at most so far: {} MB", peak_megabytes());
    }
}

fn opened(folder: &Path, workers: usize) -> Arc<dyn Voice> {
    let catalogue = Catalogue::open(&Settings {
        program: PathBuf::from(env!("CARGO_BIN_EXE_loa")),
        folders: vec![folder.to_owned()],
        workers,
        ..Settings::default()
    });
    let id = VoiceId::parse("medium").expect("a name");
    catalogue.named(&id).expect("the voice that was put there")
}

/// Speaks, and returns the seconds of sound and the time that it took.
fn speak(voice: &Arc<dyn Voice>, text: &str) -> (f64, Duration) {
    let began = Instant::now();
    let sound = voice.speak(text, Speed::default()).expect("it speaks");
    let took = began.elapsed();
    (
        sound.pcm.samples.len() as f64 / f64::from(sound.pcm.rate),
        took,
    )
}

/// The most memory that this process has had (Linux).
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1_024
}
