//! A real Speech Dispatcher without a sound card: Loa's own module speaks, and its player writes to files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The server's own settings: one module, no other.
const SETTINGS: &str = "LogLevel 3\nLogDir \"default\"\nDefaultVolume 100\nAudioOutputMethod \"libao\"\n\
    AddModule \"loa\" \"sd_generic\" \"loa-generic.conf\"\nDefaultModule loa\nDefaultLanguage \"vi\"\n";

/// A server of Speech Dispatcher; it ends with this value.
pub struct Dispatcher {
    process: Child,
    /// Where it listens, as clients take it from their environment.
    pub address: String,
    heard: PathBuf,
}

impl Dispatcher {
    /// Starts one in a folder; after each sound the player runs `then`, a command of the shell.
    pub fn start(folder: &Path, then: &str) -> Self {
        let (modules, heard) = (folder.join("modules"), folder.join("heard"));
        fs::create_dir(&modules).expect("a folder");
        fs::create_dir(&heard).expect("a folder");
        fs::write(folder.join("speechd.conf"), SETTINGS).expect("settings");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let module = fs::read_to_string(root.join("deploy/speech-dispatcher/loa-generic.conf"));
        let loa = env!("CARGO_BIN_EXE_loa");
        let player = format!("cat > `mktemp -p {}`; {then}", heard.display());
        let module = module.expect("the module");
        let module = module.replace("| loa say", &format!("| {loa} say"));
        let module = module.replace("$PLAY_COMMAND", &format!("{{ {player}; }}"));
        let module = module.replace("GenericCmdDependency \"loa\"\n", "");
        fs::write(modules.join("loa-generic.conf"), module).expect("a module");
        let socket = folder.join("socket");
        let process = Command::new("speech-dispatcher")
            .args(["--run-single", "--communication-method", "unix_socket"])
            .args(["--timeout", "0", "--socket-path"])
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
            address: format!("unix_socket:{}", socket.display()),
            heard,
        }
    }

    /// Says a message and waits until it is said.
    pub fn say(&self, arguments: &[&str], text: &str) {
        let done = Command::new("spd-say")
            .args(["--wait", "--output-module", "loa"])
            .args(arguments)
            .arg(text)
            .env("SPEECHD_ADDRESS", &self.address)
            .output()
            .expect("spd-say");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }

    /// Takes the sounds that were played so far.
    pub fn heard(&self) -> Vec<Vec<u8>> {
        let files = fs::read_dir(&self.heard).expect("a folder").flatten();
        let take = |file: fs::DirEntry| {
            let sound = fs::read(file.path()).expect("a file of our own");
            fs::remove_file(file.path()).expect("a file of our own");
            sound
        };
        files.map(take).collect()
    }

    /// Tells how many sounds were played that nobody has taken.
    pub fn count(&self) -> usize {
        fs::read_dir(&self.heard).expect("a folder").count()
    }
}

impl Drop for Dispatcher {
    fn drop(&mut self) {
        self.process.kill().expect("a process of our own");
        self.process.wait().expect("its end");
    }
}

/// Looks again and again for what must come to be.
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "{what}");
        std::thread::yield_now();
    }
}
