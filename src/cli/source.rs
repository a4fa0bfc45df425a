//! What a command reads: a web address, a file, or standard input.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::anyhow;
use url::Url;

use super::told::Told;
use crate::config::Config;
use crate::extract::Rules;
use crate::fetch::{self, Fetcher};
use crate::gateway::{self, Gateway, Lexicons, Source, Understood, Wording};
use crate::model::{Document, Lang, Problem};
use crate::server::failure::{problem_of, problem_of_fetch};
use crate::speech::ssml;
use crate::voice::Catalogue;

/// Makes a gateway for one command.
pub(super) fn gateway(config: &Config) -> Gateway {
    let voices = Arc::new(Catalogue::open(&config.voice));
    let fetcher = Fetcher::new(config.fetch.clone());
    Gateway::new(fetcher, config.rules.clone(), voices, config.gateway).worded(wording(config))
}

fn wording(config: &Config) -> Wording {
    let (lexicons, faults) = Lexicons::open(config.lexicons.clone());
    for fault in faults {
        tracing::warn!("{fault}");
    }
    Wording {
        diction: config.diction,
        lexicons,
    }
}

/// Takes new settings into a gateway that runs, as far as they can be taken.
pub(super) fn renewed(gateway: &Gateway, config: &Config) -> Gateway {
    let fetcher = Fetcher::new(config.fetch.clone());
    gateway.renewed(
        fetcher,
        config.rules.clone(),
        wording(config),
        config.gateway,
    )
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

/// Reads and understands a file or standard input by an operator's `rules`; `base` is the address it
/// came from.
pub(super) fn document(src: &str, base: Option<&Url>, rules: &Rules) -> Result<Document, Told> {
    let bytes = bytes(src).map_err(|error| Told::file(src, &error))?;
    understand(src, &bytes, base, rules)
}

fn understand(
    src: &str,
    bytes: &[u8],
    base: Option<&Url>,
    rules: &Rules,
) -> Result<Document, Told> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Told(Problem::TooLarge { limit: MAX_BYTES }));
    }
    let seen = fetch::media_type_of(bytes).map_err(|error| Told(problem_of_fetch(&error)))?;
    let document = gateway::understand_by(rules, bytes, Some(content_type(src, &seen)), base);
    if document.is_empty() {
        return Err(Told(Problem::EmptyPage));
    }
    Ok(document)
}

/// Reads and understands a file or standard input to be heard: SSML as what it tells, all else as a page. What SSML
/// asks for and does not get is told. `lang` outweighs what a page says of its language.
pub(super) fn understood(src: &str, lang: Option<&Lang>) -> anyhow::Result<Understood> {
    let bytes = bytes(src).map_err(|error| Told::file(src, &error))?;
    match std::str::from_utf8(&bytes) {
        Ok(text) if ssml::is_ssml(text) => scripted(src, text),
        _ => {
            let mut document = understand(src, &bytes, None, &Rules::default())?;
            if let Some(lang) = lang {
                document.head.lang = lang.clone();
            }
            Ok(Understood::of(document))
        }
    }
}

/// Understands a message: SSML as what it tells, all else as it stands; SSML too that cannot be read, since whoever
/// hears the screen would hear nothing. `lang` is its language, where it is known.
pub(super) fn message(text: &str, lang: Option<&Lang>) -> anyhow::Result<Understood> {
    if ssml::is_ssml(text) {
        match scripted("-", text) {
            Ok(page) => return Ok(page),
            Err(fault) => writeln!(io::stderr(), "loa: {fault}; it is spoken as it stands")?,
        }
    }
    let plain = Some("text/plain; charset=utf-8");
    let document = gateway::understand(text.as_bytes(), plain, None);
    if document.is_empty() {
        return Err(Told(Problem::EmptyPage).into());
    }
    Ok(Understood::message(document, lang.cloned()))
}

fn scripted(src: &str, text: &str) -> anyhow::Result<Understood> {
    let script = ssml::read(text).map_err(|fault| anyhow!("{src}: {fault}"))?;
    for remark in &script.remarks {
        writeln!(io::stderr(), "loa: {src}: {remark}")?;
    }
    Ok(Understood::of_script(script))
}

/// Most bytes of a saved page.
const MAX_BYTES: u64 = 64 << 20;

fn bytes(src: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match src {
        "-" => io::stdin()
            .lock()
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)?,
        path => File::open(path)?
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}

/// A file's name says what it is; where it does not, its first bytes do.
fn content_type<'a>(src: &str, seen: &'a str) -> &'a str {
    let extension = Path::new(src)
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "txt" | "text" => "text/plain",
        "html" | "htm" | "xhtml" | "aspx" | "php" => "text/html",
        _ => seen,
    }
}
