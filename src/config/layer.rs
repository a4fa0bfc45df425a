//! One source of settings: what it says, and nothing about what it leaves out.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Error;
use super::portal::PortalEntry;
use crate::extract::Rule;

/// Makes the layer's struct and the way one layer lies over another.
macro_rules! layer {
    ($($(#[$doc:meta])* $field:ident: $type:ty),+ $(,)?) => {
        /// What one source says: the file, the environment, or the flags.
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Layer { $($(#[$doc])* pub $field: Option<$type>),+ }

        impl Layer {
            /// The settings by name.
            pub const NAMES: &[&str] = &[$(stringify!($field)),+];

            /// Lays `over` on top: what it says outweighs what this layer says.
            #[must_use]
            pub fn under(self, over: Self) -> Self {
                Self { $($field: over.$field.or(self.$field)),+ }
            }
        }
    };
}

layer! {
    /// Where to listen: `ADDR:PORT`.
    listen: String,
    /// Where to listen for the Wyoming protocol: `ADDR:PORT`.
    wyoming: String,
    /// The portals that are offered, and away from loopback the only ones that are read.
    portals: Vec<PortalEntry>,
    /// Where portals keep their fields, for those that are not read rightly by themselves.
    rules: Vec<Rule>,
    /// May any public site be read, away from loopback too?
    open: bool,
    /// Private or loopback hosts that may be reached: `HOST:PORT`.
    trust: Vec<String>,
    /// Where a portal's operator can reach this gateway's; sent with every request.
    contact: String,
    /// Most bytes of a page.
    max_page_bytes: u64,
    /// Most bytes of a picture.
    max_picture_bytes: u64,
    /// Longest wait for a page, in seconds.
    fetch_seconds: u64,
    /// Is a host's robots.txt followed?
    robots: bool,
    /// How long a page is taken as unchanged where its host does not say, in seconds.
    page_seconds: u64,
    /// How long past that it may stand in for a host that fails, in seconds.
    stale_seconds: u64,
    /// Most bytes of pages that are kept in memory.
    kept_page_bytes: u64,
    /// Most bytes of pictures that are kept in memory.
    kept_picture_bytes: u64,
    /// Most bytes of sound that are kept in memory.
    kept_sound_bytes: u64,
    /// The folder in which spoken sound is kept; none where it is empty.
    store_folder: PathBuf,
    /// Most bytes of sound that are kept there.
    store_bytes: u64,
    /// Listeners at once.
    listeners: usize,
    /// Listeners who wait for their first sound, at once.
    openings: usize,
    /// Connections at once.
    connections: usize,
    /// Connections at once of one client.
    connections_each: usize,
    /// Requests that one client may send in a minute.
    requests_a_minute: u32,
    /// Requests that one client may send at once.
    requests_at_once: u32,
    /// Proxies in front, as addresses or networks: only what these say of a client's address is believed.
    proxies: Vec<String>,
    /// Who may see `/metrics` besides this machine itself, as addresses or networks.
    operators: Vec<String>,
    /// Keys that programs must send one of to use `/v1/`.
    api_keys: Vec<String>,
    /// Longest wait for a request's head, in seconds.
    head_seconds: u64,
    /// Longest wait for a client to take something of an answer, in seconds.
    write_seconds: u64,
    /// Longest wait for running answers once Loa is told to stop, in seconds.
    drain_seconds: u64,
    /// Folders with voices of one's own.
    voice_folders: Vec<PathBuf>,
    /// How long a voice's model is kept in memory after it has last spoken, in seconds.
    voice_seconds: u64,
    /// Most bytes of the models in memory together, by their files.
    voice_bytes: u64,
    /// Worker processes of the speech engine; 0 for one a core.
    workers: usize,
    /// The file of libespeak-ng, where it is not found by name.
    espeak_library: PathBuf,
    /// The folder of libespeak-ng's data.
    espeak_data: PathBuf,
    /// How the signs of documents are read: `expand`, `spell` or `short`.
    documents: String,
    /// How many marks of punctuation are named: `none`, `some` or `all`.
    punctuation: String,
    /// How long the voice is silent between sentences: `short`, `normal` or `long`.
    pauses: String,
    /// What is said of pictures, tables and lists: `none`, `some`, `all`, or a list of cues.
    cues: String,
    /// Words with a reading of their own: `.tsv` and `.pls` files, and folders of them.
    lexicons: Vec<PathBuf>,
    /// Which lines are logged: `off`, `error`, `warn`, `info`, `debug` or `trace`, or levels by module.
    log: String,
    /// The form of the log: `text` or `json`.
    log_format: String,
    /// Is the test voice offered?
    tone_voice: bool,
}

impl Layer {
    /// Reads a settings file.
    ///
    /// # Errors
    /// Where it cannot be read or says what no setting takes; the place is named.
    pub fn from_file(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        toml::from_str(&text).map_err(|source| Error::Toml {
            path: path.to_owned(),
            source: Box::new(source),
        })
    }

    /// Reads the variables that begin with `LOA_`: `LOA_LISTEN`, `LOA_PORTALS` and `LOA_TRUST` (with
    /// commas between), `LOA_OPEN`, and so on for every setting of the file.
    ///
    /// # Errors
    /// Where a variable is unknown or its value is none that the setting takes.
    pub fn from_environment(
        variables: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, Error> {
        let mut layer = Self::default();
        for (name, given) in variables {
            let Some(setting) = name.to_str().and_then(setting_of) else {
                continue;
            };
            let Some(one) = Self::of_variable(&setting, &given.to_string_lossy()) else {
                return Err(Error::Value {
                    name: name.to_string_lossy().into_owned(),
                    given: given.to_string_lossy().into_owned(),
                    reason: "there is no such setting, or it takes another kind of value"
                        .to_owned(),
                });
            };
            layer = layer.under(one);
        }
        Ok(layer)
    }

    /// Reads one variable as the first kind of value that its setting takes.
    fn of_variable(setting: &str, given: &str) -> Option<Self> {
        let list = given
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let kinds = [
            Some(given.into()),
            given.parse::<i64>().ok().map(toml::Value::from),
            truth(given).map(toml::Value::from),
            Some(toml::Value::Array(list.map(toml::Value::from).collect())),
        ];
        kinds.into_iter().flatten().find_map(|value| {
            let table = toml::Table::from_iter([(setting.to_owned(), value)]);
            table.try_into().ok()
        })
    }
}

/// Returns the setting that a variable is about; `LOA_CONFIG` is read elsewhere.
fn setting_of(variable: &str) -> Option<String> {
    let setting = variable.strip_prefix("LOA_")?.to_ascii_lowercase();
    (setting != "config").then_some(setting)
}

fn truth(given: &str) -> Option<bool> {
    match given {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Result<Layer, Error> {
        Layer::from_environment(pairs.iter().map(|(n, v)| (n.into(), v.into())))
    }

    #[test]
    fn later_layers_outweigh_earlier_ones() {
        let file: Layer = toml::from_str("listen = '127.0.0.1:1'\nlisteners = 5").expect("toml");
        let env = environment(&[("LOA_LISTEN", "127.0.0.1:2"), ("HOME", "/")]).expect("variables");
        let both = file.under(env);
        assert_eq!(
            (both.listen.as_deref(), both.listeners),
            (Some("127.0.0.1:2"), Some(5))
        );
    }

    #[test]
    fn variables_hold_lists_numbers_and_choices() {
        let layer = environment(&[
            ("LOA_PORTALS", "a.example, b.example"),
            ("LOA_OPEN", "1"),
            ("LOA_LISTENERS", "7"),
            ("LOA_LOG", "debug"),
            ("LOA_CONTACT", "0123"),
        ])
        .expect("variables");
        assert_eq!(layer.portals.map(|p| p.len()), Some(2));
        assert_eq!((layer.open, layer.listeners), (Some(true), Some(7)));
    }

    #[test]
    fn an_unknown_variable_or_a_wrong_value_is_an_error() {
        for bad in [
            ("LOA_LISTENER", "7"),
            ("LOA_LISTENERS", "many"),
            ("LOA_OPEN", "maybe"),
        ] {
            assert!(environment(&[bad]).is_err(), "{bad:?}");
        }
    }
}
