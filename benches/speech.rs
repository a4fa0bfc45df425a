//! How fast Vietnamese is read, on one core: `./run bench speech [FILE]…`.
//!
//! For each text, the characters a second of reading it aloud (`speech::normalize`), and the time of
//! all that stands between a text and its voice: laying it out and planning its utterances, sentences
//! and languages found. What is printed are medians. With no file, the written side of the rows of
//! every rule is read, which is far denser in numbers and signs than any prose, and an article of
//! usual length.

use std::hint::black_box;
use std::time::{Duration, Instant};

use loa::model::{Lang, Reading};
use loa::{extract, speech};

/// How long each text is read over and over.
const TIME: Duration = Duration::from_secs(1);

fn main() {
    let files = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let mut texts: Vec<(String, String)> = files
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
            (path, text)
        })
        .collect();
    if texts.is_empty() {
        texts.push(("rows of all rules".to_owned(), rows()));
        texts.push(("an article".to_owned(), article()));
    }
    let took: Vec<_> = texts
        .iter()
        .map(|(name, text)| report(name, text))
        .collect();
    let chars: usize = took.iter().map(|(chars, _)| chars).sum();
    let rate = chars as f64 / took.iter().map(|(_, read)| read.as_secs_f64()).sum::<f64>() / 1e6;
    println!("all texts: {chars} characters, {rate:.1} million a second");
    growth();
}

/// Shows that time grows as a text does: the time for a character in a line of 40,000, in times of that in
/// one of 5,000.
fn growth() {
    for (name, unit) in SHAPES {
        let one = per_char(unit, 5_000);
        let ratio = per_char(unit, 40_000) / one;
        println!(
            "a long line of {name:22} {:6.2} million a second, grows {ratio:.2}",
            1e-6 / one
        );
    }
}

/// Returns seconds a character in one line of `unit` again and again.
fn per_char(unit: &str, chars: usize) -> f64 {
    let times = chars / unit.chars().count();
    let (text, options) = (unit.repeat(times), speech::Options::default());
    let read = median(|| drop(black_box(speech::normalize(&text, &Lang::vi(), &options))));
    read.as_secs_f64() / (times * unit.chars().count()) as f64
}

/// What lines are made of that a rule may look along for long.
const SHAPES: [(&str, &str); 18] = [
    ("digits", "7"),
    ("digits and dots", "1."),
    ("numbers and slashes", "12/"),
    ("numbers and hyphens", "3-"),
    ("dates", "02/9/2025 "),
    ("document numbers", "15/QĐ-UBND, "),
    ("capitals", "QĐ "),
    ("capitals without gap", "H"),
    ("roman numerals", "XIV "),
    ("open brackets", "("),
    ("quotation marks", "“a "),
    ("letters without gap", "ă"),
    ("web addresses", "bao.example/tin?a=1 "),
    ("rates", "5 km/h "),
    ("colons", "1:2:"),
    ("sums", "2 + 3 = 5 x "),
    ("emoji", "👍🏽"),
    ("commas", ", "),
];

fn report(name: &str, text: &str) -> (usize, Duration) {
    let options = speech::Options::default();
    let read = median(|| drop(black_box(speech::normalize(text, &Lang::vi(), &options))));
    let plan = median(|| {
        let reading = Reading::of(&extract::plain(text));
        drop(black_box(speech::plan(&reading, &options)));
    });
    let chars = text.chars().count();
    let rate = chars as f64 / read.as_secs_f64() / 1e6;
    println!(
        "{name}: {chars} characters read in {read:.1?}, {rate:.1} million a second; planned in {plan:.1?}"
    );
    (chars, read)
}

fn median(work: impl Fn()) -> Duration {
    let (begun, mut times) = (Instant::now(), Vec::new());
    while begun.elapsed() < TIME || times.len() < 5 {
        let started = Instant::now();
        work();
        times.push(started.elapsed());
    }
    times.sort();
    times[times.len() / 2]
}

fn rows() -> String {
    let rows = include_str!("../src/speech/vi/rows.tsv").lines();
    let written = rows.filter_map(|row| row.split('\t').nth(1));
    written.collect::<Vec<_>>().join("\n")
}

/// About five minutes of speech.
fn article() -> String {
    let paragraph = "Sáng 4/6/2020, UBND xã Phú Lâm tổ chức lễ khai trương phòng đọc dành cho người \
        khiếm thị. Dự lễ có đại diện HĐND huyện và hơn 150 người dân. Từ Đại hội Đảng bộ xã lần \
        thứ XII đến nay, xã đã vận động được 1.250.000.000 đồng để sửa nhà văn hóa cũ.";
    (1..=14)
        .map(|n| format!("Việc thứ {n} của xã. {paragraph}\n\n"))
        .collect()
}
