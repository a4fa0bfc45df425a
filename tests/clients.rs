//! Programs of others against the real binary: OpenAI's client and a client of the Wyoming protocol, both in Python.
//!
//! `./run test` puts them where these tests look.

mod common;

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use common::loa::{Server, command};

/// Python with what the clients need.
const PYTHON: &str = "target/clients/bin/python";

/// Runs a client to its end.
fn run(client: &str, arguments: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join(PYTHON);
    assert!(
        python.exists(),
        "the clients are not there: ./run test installs them"
    );
    let script = root.join("tests/clients").join(client);
    let done = Command::new(python).arg(script).args(arguments).output();
    let done = done.expect("Python runs");
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{told}");
    assert_eq!(String::from_utf8_lossy(&done.stdout).trim(), "all is well");
}

#[test]
fn openais_own_client_gets_every_form_streams_and_raises_its_own_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("loa.toml");
    std::fs::write(&file, "api_keys = [\"a-key-for-the-client\"]\n").expect("settings");
    let server = Server::start(&["--config", file.to_str().expect("a plain path")]);
    let base = format!("http://{}/v1", server.address);
    let sound = folder.path().join("sound");
    let sound = sound.to_str().expect("a plain path");
    run("openai_client.py", &[&base, "a-key-for-the-client", sound]);
}

#[test]
fn a_client_of_the_wyoming_protocol_is_answered() {
    let (server, mut said) = Server::start_heard(command(), &["--wyoming", "127.0.0.1:0"]);
    let address = said.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, address) = line.split_once("wyoming://")?;
        address.parse::<SocketAddr>().ok()
    });
    let address = address.expect("a line that says where it listens");
    let port = address.port().to_string();
    run("wyoming_client.py", &[&address.ip().to_string(), &port]);
    drop(server);
}
