//! What a command reads: a web address, a file, or standard input.

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use url::Url;

use super::told::Told;
use crate::config::Config;
use crate::fetch::Fetcher;
use crate::gateway::{self, Gateway, Source, Understood};
use crate::model::{Document, Problem};
use crate::server::failure::{problem_of, problem_of_fetch};
use crate::voice::Catalogue;

/// Makes a gateway for one command.
pub(super) fn gateway(config: &Config) -> Gateway {
    let voices = Arc::new(Catalogue::open(&config.voice));
    Gateway::new(Fetcher::new(config.fetch.clone()), voices, config.gateway)
}

/// Is this a web address rather than a file?
pub(super) fn is_address(src: &str) -> bool {
    src.contains("://")
}

/// Fetches and understands the page of an address.
pub(super) async fn page(gateway: &Gateway, src: &str) -> Result<Arc<Understood>, Told> {
    let source = Source::parse(src).map_err(|error| match problem_of_fetch(&error) {
        Problem::NotAnAddress { .. } => Told(Problem::NotAnAddress {
            given: src.to_owned(),
        }),
        problem => Told(problem),
    })?;
    gateway
        .page(&source)
        .await
        .map_err(|error| Told(problem_of(&error)))
}

/// Reads and understands a file or standard input; `base` is the address it came from.
pub(super) fn document(src: &str, base: Option<&Url>) -> Result<Document, Told> {
    let bytes = bytes(src).map_err(|error| Told::file(src, &error))?;
    let document = gateway::understand(&bytes, content_type(src, &bytes), base);
    if document.is_empty() {
        return Err(Told(Problem::EmptyPage));
    }
    Ok(document)
}

fn bytes(src: &str) -> io::Result<Vec<u8>> {
    if src != "-" {
        return std::fs::read(src);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file is plain text by its name; standard input where no tag begins it.
fn content_type(src: &str, bytes: &[u8]) -> Option<&'static str> {
    const PLAIN: &str = "text/plain";
    if src == "-" {
        let first = bytes
            .trim_ascii_start()
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(bytes);
        return (!first.trim_ascii_start().starts_with(b"<")).then_some(PLAIN);
    }
    let extension = Path::new(src).extension()?.to_str()?.to_ascii_lowercase();
    ["txt", "text"]
        .contains(&extension.as_str())
        .then_some(PLAIN)
}
