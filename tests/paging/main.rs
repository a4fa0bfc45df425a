//! Articles of several pages, and lists whose pages are asked for by script, at the front door.

mod article;
mod button;
#[path = "../common/mod.rs"]
mod common;
mod list;

use common::client::{Answer, get};
use common::loa::{Server, output};
use common::portal::Portal;
use serde_json::Value;

/// The record that Loa makes of a page of the portal.
fn record(portal: &Portal, path: &str) -> Value {
    record_at(portal, &portal.url(path))
}

fn record_at(portal: &Portal, url: &str) -> Value {
    let text = output(&["read", url, "--format", "json", "--trust", &portal.trust()]);
    serde_json::from_str(&text).expect("a record")
}

/// The addresses in a list's paging, by their names.
fn turns(record: &Value) -> Vec<(String, String)> {
    let text = |turn: &Value, field: &str| turn[field].as_str().expect("a text").to_owned();
    let turns = record["paging"].as_array().expect("paging").iter();
    turns
        .map(|turn| (text(turn, "title"), text(turn, "url")))
        .collect()
}

fn turn_to(record: &Value, name: &str) -> String {
    let found = turns(record).into_iter().find(|(n, _)| n == name);
    found
        .unwrap_or_else(|| panic!("{name} in {:?}", turns(record)))
        .1
}

fn query(url: &str) -> String {
    url::form_urlencoded::byte_serialize(url.as_bytes()).collect()
}

fn page(server: &Server, url: &str, lang: &str) -> Answer {
    let path = format!("/read?url={}", query(url));
    get(server.address, &path, &[("accept-language", lang)])
}
