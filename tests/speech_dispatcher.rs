//! Loa as a module of Speech Dispatcher, through which Orca speaks: a real server with no sound card, whose module is
//! the one that is handed out, with a player that writes to a file.

mod common;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::loa::command;

/// The server's own settings: one module, no other.
const SETTINGS: &str = "LogLevel 3\nLogDir \"default\"\nDefaultVolume 100\nAudioOutputMethod \"libao\"\n\
    AddModule \"loa\" \"sd_generic\" \"loa-generic.conf\"\nDefaultModule loa\nDefaultLanguage \"vi\"\n";

/// A server of Speech Dispatcher; it ends with this value.
struct Dispatcher {
    process: Child,
    socket: String,
}

impl Dispatcher {
    fn start(folder: &Path) -> Self {
        let modules = folder.join("modules");
        fs::create_dir(&modules).expect("a folder");
        fs::write(folder.join("speechd.conf"), SETTINGS).expect("settings");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let module = fs::read_to_string(root.join("deploy/speech-dispatcher/loa-generic.conf"));
        let loa = env!("CARGO_BIN_EXE_loa");
        let heard = folder.join("heard.wav");
        let player = format!(
            "cat > {}.part; mv {}.part {}",
            heard.display(),
            heard.display(),
            heard.display()
        );
        let module = module.expect("the module");
        let module = module.replace("| loa say", &format!("| {loa} say"));
        let module = module.replace("$PLAY_COMMAND", &format!("{{ {player}; }}"));
        let module = module.replace("GenericCmdDependency \"loa\"\n", "");
        fs::write(modules.join("loa-generic.conf"), module).expect("a module");
        let socket = folder.join("socket");
        let process = Command::new("speech-dispatcher")
            .args([
                "--run-single",
                "--communication-method",
                "unix_socket",
                "--timeout",
                "0",
            ])
            .arg("--socket-path")
            .arg(&socket)
            .arg("--config-dir")
            .arg(folder)
            .arg("--log-dir")
            .arg(folder)
            .arg("--pid-file")
            .arg(folder.join("pid"))
            .env("XDG_RUNTIME_DIR", folder)
            .env("HOME", folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("speech-dispatcher must be installed for the tests (see ./run test)");
        until("the server listens", || socket.exists().then_some(()));
        Self {
            process,
            socket: socket.to_str().expect("a plain path").to_owned(),
        }
    }

    fn say(&self, arguments: &[&str], text: &str) {
        let done = Command::new("spd-say")
            .args(["--wait", "--output-module", "loa"])
            .args(arguments)
            .arg(text)
            .env("SPEECHD_ADDRESS", format!("unix_socket:{}", self.socket))
            .output()
            .expect("spd-say");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
}

impl Drop for Dispatcher {
    fn drop(&mut self) {
        self.process.kill().expect("a process of our own");
        self.process.wait().expect("its end");
    }
}

fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "{what}");
        std::thread::yield_now();
    }
}

/// Takes the sound that was played: its seconds.
fn heard(folder: &Path) -> f64 {
    let file = folder.join("heard.wav");
    let sound = until("something is played", || fs::read(&file).ok());
    fs::remove_file(&file).expect("a file of our own");
    let samples: Vec<i16> = sound[44..]
        .chunks_exact(2)
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    assert!(
        samples.iter().any(|sample| sample.unsigned_abs() > 3_000),
        "silence"
    );
    samples.len() as f64 / 22_050.0
}

#[test]
fn what_orca_says_is_spoken_by_loa() {
    let folder = tempfile::tempdir().expect("a folder");
    let dispatcher = Dispatcher::start(folder.path());
    dispatcher.say(&["-l", "vi"], "Quyết định số 118-QĐ/HU ngày 12/3/2020");
    let long = heard(folder.path());
    assert!((3.0..9.0).contains(&long), "numbers are read out: {long} s");
    dispatcher.say(
        &["-l", "vi", "-r", "80"],
        "Quyết định số 118-QĐ/HU ngày 12/3/2020",
    );
    assert!(heard(folder.path()) < long / 1.8, "faster");
    dispatcher.say(&["-l", "vi"], "nó nói: \"được; $HOME `x`\" 'ừ'");
    assert!(heard(folder.path()) > 1.0);
}

#[test]
fn one_message_is_said_at_once_letters_and_marks_too() {
    let said = |arguments: &[&str]| {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.wav");
        let done = command()
            .arg("say")
            .args(arguments)
            .arg("-o")
            .arg(&file)
            .output();
        let done = done.expect("loa runs");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        (fs::metadata(&file).expect("a sound").len() - 44) as f64 / 44_100.0
    };
    for one in ["b", "A", "5", ",", "?", "đ"] {
        let seconds = said(&["--lang", "vi", one]);
        assert!((0.15..0.9).contains(&seconds), "{one}: {seconds}");
    }
    let usual = said(&["Sáng nay trời nắng đẹp"]);
    assert!((1.5..2.4).contains(&(usual / said(&["--speed", "2", "Sáng nay trời nắng đẹp"]))));
    assert!((1.5..2.4).contains(&(usual / said(&["--rate", "50", "Sáng nay trời nắng đẹp"]))));
    assert!((1.5..2.4).contains(&(said(&["--rate", "-100", "Sáng nay trời nắng đẹp"]) / usual)));
    let nothing = command()
        .args(["say", " "])
        .stdout(Stdio::null())
        .output()
        .expect("loa runs");
    assert_eq!(nothing.status.code(), Some(1));
}
