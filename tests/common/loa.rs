//! The real binary: as a command, and as a server.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Output, Stdio};

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
    pub fn start_as(mut command: Command, arguments: &[&str]) -> Self {
        let mut process = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .expect("loa starts");
        let told = BufReader::new(process.stderr.take().expect("its standard error"));
        let address = told.lines().map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("http://")?;
            rest.split('/').next()?.parse().ok()
        });
        Self {
            process,
            address: address.expect("a line that says where it listens"),
        }
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

    fn memory(&self, field: &str) -> f64 {
        let own = self.process.id().to_string();
        let tasks = format!("/proc/{own}/task");
        let tasks = std::fs::read_dir(tasks).expect("a process of our own");
        let children = tasks
            .flatten()
            .filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
        let children: Vec<String> = children.collect();
        let all = children.iter().flat_map(|list| list.split_whitespace());
        let kilobytes = all.chain([own.as_str()]).filter_map(|process| {
            let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix(field))?;
            line.trim().trim_end_matches(" kB").parse::<f64>().ok()
        });
        kilobytes.sum::<f64>() / 1024.0
    }

    /// Asks it to end in order, and waits until it has.
    pub fn stop(mut self) {
        let asked = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        assert!(asked.expect("kill").success());
        self.process.wait().expect("its end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().expect("a process of our own");
        self.process.wait().expect("its end");
    }
}
