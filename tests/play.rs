//! `loa speak --play` against a real speech service, whose player writes to files.
#![cfg(feature = "desktop")]

mod common;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use common::dispatcher::{Dispatcher, until};
use common::loa::command;

const TEXT: &str = "Một con mèo.\nHai con chó.\nBa con gà.\n";

fn article(folder: &Path) -> String {
    let file = folder.join("bai.txt");
    fs::write(&file, TEXT).expect("a file");
    file.to_str().expect("a plain path").to_owned()
}

#[test]
fn an_article_is_read_through_where_there_are_no_keys() {
    let folder = tempfile::tempdir().expect("a folder");
    let dispatcher = Dispatcher::start(folder.path(), ":");
    let mut play = command();
    let play = play.args(["speak", "--play", &article(folder.path())]);
    let done = play
        .env("SPEECHD_ADDRESS", &dispatcher.address)
        .output()
        .expect("loa runs");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let sounds = dispatcher.heard();
    assert_eq!(sounds.len(), 3);
    assert!(sounds.iter().all(|sound| sound.len() > 10_000));
}

#[test]
fn keys_go_forward_and_back_pause_and_stop_and_the_terminal_is_given_back() {
    let folder = tempfile::tempdir().expect("a folder");
    // The player goes on playing until the service ends it.
    let gate = folder.path().join("gate");
    assert!(
        Command::new("mkfifo")
            .arg(&gate)
            .status()
            .expect("mkfifo")
            .success()
    );
    let dispatcher = Dispatcher::start(folder.path(), &format!("cat {}", gate.display()));
    let loa = env!("CARGO_BIN_EXE_loa");
    let play = format!(
        "stty -g; {loa} speak --play {}; echo ended $?; stty -g",
        article(folder.path())
    );
    let mut terminal = Command::new("script");
    let terminal = terminal.args([
        "--quiet",
        "--echo",
        "never",
        "--command",
        &play,
        "/dev/null",
    ]);
    let terminal = terminal.env("SPEECHD_ADDRESS", &dispatcher.address);
    let terminal = terminal
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut running = terminal.spawn().expect("script");
    let mut keys = running.stdin.take().expect("its input");
    let mut press = |key: &str, heard: usize| {
        keys.write_all(key.as_bytes())
            .and_then(|()| keys.flush())
            .expect("a key");
        until("it is heard", || {
            (dispatcher.count() >= heard).then_some(())
        });
    };
    press("", 1);
    press("\x1b[C", 2);
    press("\x1b[D", 3);
    press(" ", 3);
    press(" ", 4);
    press("q", 4);
    let done = running.wait_with_output().expect("its end");
    let told = String::from_utf8_lossy(&done.stdout);
    assert!(told.contains("ended 0"), "{told}");
    let states: Vec<&str> = told
        .lines()
        .map(str::trim)
        .filter(|line| line.matches(':').count() > 10)
        .collect();
    assert!(
        matches!(&states[..], [before, after] if before == after),
        "{told}"
    );
    assert_eq!(dispatcher.count(), 4);
}
