//! How soon and how fast an article sounds, against `espeak-ng -v vi --stdout | lame -b 48` on the
//! same text in the same run, and how fast it is encoded to Opus, against opusenc: `./run bench [FILE]`.
//!
//! Each of Loa's runs is cold: a gateway of its own that has never seen the text, which it fetches
//! from a portal on loopback within the time that is measured. Runs of the two alternate; what is
//! printed are medians and their ratios. With no file, a text of Loa's own is spoken.

use std::io::{BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[path = "../tests/common/mod.rs"]
mod common;
mod portal;

use common::client::{begin, read_head};
use common::loa::Server;
use loa::encode;
use loa::model::{DataUse, Format, Pcm};
use portal::own_text;

const RUNS: usize = 9;

/// How long something took.
#[derive(Clone, Copy, Debug)]
struct Took {
    first_byte: Duration,
    whole: Duration,
    bytes: usize,
}

fn main() {
    let text = match std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"))
    {
        Some(path) => std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}")),
        None => own_text(),
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("article.txt");
    std::fs::write(&file, &text).expect("a file");
    let portal = serve_text(text);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(loa(portal));
        theirs.push(espeak_and_lame(file.to_str().expect("a path in UTF-8")));
    }
    report(&ours, &theirs);
    opus(folder.path(), &file);
}

/// Encodes the same speech to Opus of 24 kbit/s, constant, at complexity 5: the segments' encoder, one
/// utterance after the other as a voice gives them, and opusenc the whole; both on one core.
fn opus(folder: &Path, text: &Path) {
    let wav = folder.join("speech.wav");
    let speaking = Command::new("espeak-ng")
        .args(["-v", "vi", "-w"])
        .arg(&wav)
        .arg("-f")
        .arg(text)
        .status();
    assert!(speaking.expect("espeak-ng runs").success());
    let utterances = utterances(&samples(&std::fs::read(&wav).expect("a sound")));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(segments(&utterances));
        theirs.push(opusenc(&wav, &folder.join("speech.opus")));
    }
    let (loa, peer) = (middle(ours), middle(theirs));
    let ratio = loa.as_secs_f64() / peer.as_secs_f64();
    println!(
        "Opus        loa {loa:8.1?}  opusenc {peer:8.1?}  ratio {ratio:.2}, {} utterances",
        utterances.len()
    );
}

/// Times encoding every utterance.
fn segments(utterances: &[Pcm]) -> Duration {
    let began = Instant::now();
    for pcm in utterances {
        let encoder = encode::encoder(Format::Opus, DataUse::Usual, pcm.rate);
        let encoded = encoder.expect("a rate of Opus").segment(pcm);
        encoded.expect("Opus");
    }
    began.elapsed()
}

fn opusenc(wav: &Path, opus: &Path) -> Duration {
    let began = Instant::now();
    let encoding = Command::new("opusenc")
        .args([
            "--quiet",
            "--bitrate",
            "24",
            "--hard-cbr",
            "--comp",
            "5",
            "--speech",
        ])
        .args([wav, opus])
        .status();
    assert!(encoding.expect("opusenc runs").success());
    began.elapsed()
}

/// Gives an utterance the loudness that a segment has.
fn leveled(samples: &[i16], rate: u32) -> Pcm {
    let samples = samples.to_vec();
    let mut pcm = Pcm { rate, samples };
    encode::leveled(&mut pcm, GAIN_DB);
    pcm
}

/// Decibels by which eSpeak NG's northern voice is raised (`voices/vi-north.toml`).
const GAIN_DB: f64 = 4.5;

/// Cuts speech in the middle of its pauses of a fifth of a second and more.
fn utterances(speech: &Pcm) -> Vec<Pcm> {
    let pause = speech.rate as usize / 5;
    let (mut cuts, mut silent) = (vec![0], 0);
    for (at, sample) in speech.samples.iter().enumerate() {
        if sample.unsigned_abs() < 32 {
            silent += 1;
            continue;
        }
        if silent >= pause {
            cuts.push(at - silent / 2);
        }
        silent = 0;
    }
    cuts.push(speech.samples.len());
    let spoken = cuts
        .windows(2)
        .map(|ends| &speech.samples[ends[0]..ends[1]]);
    spoken
        .filter(|samples| samples.len() > pause)
        .map(|samples| leveled(samples, speech.rate))
        .collect()
}

/// Reads a WAV file of 16 bits and one channel as espeak-ng writes it: 44 bytes, then samples.
fn samples(wav: &[u8]) -> Pcm {
    let rate = wav[24..28].try_into().expect("four bytes");
    let samples = wav[44..].chunks_exact(2);
    Pcm {
        rate: u32::from_le_bytes(rate),
        samples: samples
            .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
            .collect(),
    }
}

fn report(ours: &[Took], theirs: &[Took]) {
    let first = (
        median(ours, |t| t.first_byte),
        median(theirs, |t| t.first_byte),
    );
    let whole = (median(ours, |t| t.whole), median(theirs, |t| t.whole));
    println!("medians of {RUNS} alternating runs; loa cold, its page fetched over loopback");
    for (name, (loa, peer)) in [("first byte", first), ("whole", whole)] {
        let ratio = loa.as_secs_f64() / peer.as_secs_f64();
        println!("{name:10}  loa {loa:8.1?}  espeak-ng | lame {peer:8.1?}  ratio {ratio:.2}");
    }
    println!(
        "bytes       loa {}  espeak-ng | lame {}",
        ours[0].bytes, theirs[0].bytes
    );
}

fn median(all: &[Took], part: impl Fn(&Took) -> Duration) -> Duration {
    middle(all.iter().map(part).collect())
}

fn middle(mut all: Vec<Duration>) -> Duration {
    all.sort();
    all[all.len() / 2]
}

fn loa(portal: SocketAddr) -> Took {
    let server = Server::start(&["--trust", &portal.to_string()]);
    let path = format!("/audio.mp3?url=http%3A%2F%2F{portal}%2Farticle.txt");
    let began = Instant::now();
    let mut answer = begin(server.address, "GET", &path, &[], b"");
    let (status, _) = read_head(&mut answer);
    assert_eq!(status, 200, "the article sounds");
    drain(began, answer)
}

fn espeak_and_lame(file: &str) -> Took {
    let began = Instant::now();
    let line = "espeak-ng -v vi --stdout -f \"$0\" | lame --quiet -m m -b 48 - -";
    let mut process = Command::new("sh")
        .args(["-c", line, file])
        .stdout(Stdio::piped())
        .spawn()
        .expect("espeak-ng and lame run");
    let took = drain(
        began,
        BufReader::new(process.stdout.take().expect("its output")),
    );
    assert!(process.wait().expect("its end").success());
    took
}

fn drain(began: Instant, mut sound: impl Read) -> Took {
    let mut buffer = vec![0; 64 << 10];
    let mut bytes = sound.read(&mut buffer).expect("sound");
    let first_byte = began.elapsed();
    loop {
        match sound.read(&mut buffer).expect("sound") {
            0 => {
                return Took {
                    first_byte,
                    whole: began.elapsed(),
                    bytes,
                };
            }
            read => bytes += read,
        }
    }
}

/// A portal of one text; it lives as long as the process.
#[expect(clippy::disallowed_methods, reason = "a benchmark's own server")]
fn serve_text(text: String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\
                 Content-Length: {}\r\nConnection: close\r\n\r\n",
                text.len()
            );
            let mut asked = [0; 4096];
            let answer = [head.as_bytes(), text.as_bytes()].concat();
            let done = stream
                .read(&mut asked)
                .and_then(|_| std::io::Write::write_all(&mut stream, &answer));
            if let Err(error) = done {
                eprintln!("the portal: {error}");
            }
        }
    });
    address
}
