//! What is linked into Loa may be combined into a program under its licence: the licence of every package that the
//! lock file names, held against the list in `deny.toml`. `cargo deny check` holds it against advisories too.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};

/// The licences that `deny.toml` allows, each with its exception where it has one.
fn allowed() -> BTreeSet<String> {
    let settings: toml::Table = include_str!("../deny.toml").parse().expect("a table");
    let list = settings["licenses"]["allow"].as_array().expect("a list");
    let names = list.iter().map(|name| name.as_str().expect("a name"));
    names.map(str::to_owned).collect()
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The system that this is built for: what others need has not been brought here.
fn host() -> String {
    let told = cargo().arg("-vV").output().expect("cargo runs");
    let told = String::from_utf8(told.stdout).expect("text");
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("a host").to_owned()
}

fn packages() -> Vec<Value> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let told = cargo()
        .args(["metadata", "--locked", "--offline", "--format-version", "1"])
        .args(["--filter-platform", &host(), "--manifest-path", manifest])
        .output()
        .expect("cargo runs");
    assert!(
        told.status.success(),
        "{}",
        String::from_utf8_lossy(&told.stderr)
    );
    let metadata: Value = serde_json::from_slice(&told.stdout).expect("metadata");
    metadata["packages"].as_array().expect("packages").clone()
}

#[test]
fn every_package_has_a_licence_that_is_allowed_and_comes_from_the_registry() {
    let allowed = allowed();
    let packages = packages();
    assert!(packages.len() > 100, "the packages were read");
    let mut wrong = BTreeSet::new();
    for package in &packages {
        let name = package["name"].as_str().expect("a name");
        let licence = package["license"].as_str().unwrap_or_default();
        let is_allowed = Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(|expression| {
            expression.evaluate(|wanted| allowed.contains(&wanted.to_string()))
        });
        if !is_allowed {
            wrong.insert(format!("{name}: {licence:?}"));
        }
        let source = package["source"].as_str().unwrap_or("registry");
        if !source.starts_with("registry") {
            wrong.insert(format!("{name} is from {source}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
