//! The real binary: as a command, and as a server.

use std::io::{BufRead, BufReader, Lines};
use std::net::SocketAddr;
use std::process::{Child, ChildStderr, Command, ExitStatus, Output, Stdio};

/// A command that knows nothing of this machine's settings.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    let settings = std::env::vars_os().map(|(name, _)| name);
    for name in settings.filter(|name| name.to_string_lossy().starts_with("LOA_")) {
        command.env_remove(name);
    }
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.current_dir(std::env::temp_dir()); // where no loa.toml is
    command.stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub fn run(arguments: &[&str]) -> Output {
    command().args(arguments).output().expect("loa runs")
}

/// Standard output of a command that must succeed.
pub fn output(arguments: &[&str]) -> String {
    let done = run(arguments);
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "loa {arguments:?} failed: {told}");
    String::from_utf8(done.stdout).expect("output in UTF-8")
}

/// The lines of a gateway's standard error.
pub type Said = Lines<BufReader<ChildStderr>>;

/// A running gateway; it ends with this value.
pub struct Server {
    process: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Starts a gateway on a free port and waits for the line that says where it listens.
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_as(command(), arguments)
    }

    /// Starts it as a command that may prepare something first.
    pub fn start_as(command: Command, arguments: &[&str]) -> Self {
        Self::start_heard(command, arguments).0
    }

    /// Starts it and returns what it goes on to say on standard error, which must then be read.
    pub fn start_heard(mut command: Command, arguments: &[&str]) -> (Self, Said) {
        let mut process = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .expect("loa starts");
        let mut said = BufReader::new(process.stderr.take().expect("its standard error")).lines();
        let address = said.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("http://")?;
            rest.split('/').next()?.parse().ok()
        });
        let server = Self {
            process,
            address: address.expect("a line that says where it listens"),
        };
        (server, said)
    }
}

impl Server {
    /// Its memory and that of its speakers, in megabytes (Linux).
    pub fn megabytes(&self) -> f64 {
        self.memory("VmRSS:")
    }

    /// The most memory it had, with that of its speakers, in megabytes (Linux).
    pub fn peak_megabytes(&self) -> f64 {
        self.memory("VmHWM:")
    }

    /// Its memory without its speakers, which come and go, in megabytes (Linux).
    pub fn own_megabytes(&self) -> f64 {
        kilobytes(&self.process.id().to_string(), "VmRSS:").unwrap_or_default() / 1024.0
    }

    /// Kills one of its speakers, if there is one; says whether (Linux).
    pub fn kill_a_child(&self) -> bool {
        self.children().first().is_some_and(|child| {
            let sent = Command::new("kill").args(["-s", "KILL", child]).status();
            sent.is_ok_and(|sent| sent.success())
        })
    }

    fn children(&self) -> Vec<String> {
        let tasks = format!("/proc/{}/task", self.process.id());
        let tasks = std::fs::read_dir(tasks).expect("a process of our own");
        let lists = tasks
            .flatten()
            .filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
        let words = |list: String| {
            list.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        lists.flat_map(words).collect()
    }

    fn memory(&self, field: &str) -> f64 {
        let all = self
            .children()
            .into_iter()
            .chain([self.process.id().to_string()]);
        all.filter_map(|process| kilobytes(&process, field))
            .sum::<f64>()
            / 1024.0
    }

    /// Asks it to end in order, and waits until it has.
    pub fn stop(self) {
        self.signal("TERM");
        self.wait();
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        let process = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &process]).status();
        assert!(sent.expect("kill").success());
    }

    /// Waits for its end.
    pub fn wait(mut self) -> ExitStatus {
        self.process.wait().expect("its end")
    }
}

/// Reads a field of a process's status.
fn kilobytes(process: &str, field: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().expect("a process of our own");
        self.process.wait().expect("its end");
    }
}
