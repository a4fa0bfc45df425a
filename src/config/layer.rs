//! One source of settings: what it says, and nothing about what it leaves out.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Error;

/// A portal as an operator names it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum PortalEntry {
    /// By its host or address alone.
    Address(String),
    /// With a name for the front page.
    Named {
        /// The name.
        name: String,
        /// The host or address.
        address: String,
    },
}

impl PortalEntry {
    pub(super) fn address(&self) -> &str {
        match self {
            Self::Address(address) | Self::Named { address, .. } => address,
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Address(_) => None,
            Self::Named { name, .. } => Some(name),
        }
    }
}

/// Makes the layer's struct and the way one layer lies over another.
macro_rules! layer {
    ($($(#[$doc:meta])* $field:ident: $type:ty),+ $(,)?) => {
        /// What one source says: the file, the environment, or the flags.
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Layer { $($(#[$doc])* pub $field: Option<$type>),+ }

        impl Layer {
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
    /// The portals that are offered, and away from loopback the only ones that are read.
    portals: Vec<PortalEntry>,
    /// May any public site be read, away from loopback too?
    open: bool,
    /// Private or loopback hosts that may be reached: `HOST:PORT`.
    trust: Vec<String>,
    /// Where a portal's operator can reach this gateway's; sent with every request.
    contact: String,
    /// Most bytes of a page.
    max_page_bytes: u64,
    /// Longest wait for a page, in seconds.
    fetch_seconds: u64,
    /// How long a page is taken as unchanged, in seconds.
    page_seconds: u64,
    /// Most bytes of pages that are kept in memory.
    kept_page_bytes: u64,
    /// Most bytes of sound that are kept in memory.
    kept_sound_bytes: u64,
    /// Listeners at once.
    listeners: usize,
    /// Connections at once.
    connections: usize,
    /// Folders with voices of one's own.
    voice_folders: Vec<PathBuf>,
    /// Worker processes of the speech engine; 0 for one a core.
    workers: usize,
    /// The file of libespeak-ng, where it is not found by name.
    espeak_library: PathBuf,
    /// The folder of libespeak-ng's data.
    espeak_data: PathBuf,
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
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Error> {
        let mut table = toml::Table::new();
        for (name, given) in variables {
            if let Some(setting) = name.strip_prefix("LOA_").map(str::to_ascii_lowercase)
                && !OTHER_VARIABLES.contains(&setting.as_str())
            {
                table.insert(setting.clone(), toml_value(&setting, &given));
            }
        }
        table
            .try_into()
            .map_err(|error: toml::de::Error| Error::Value {
                name: "LOA_*".to_owned(),
                given: String::new(),
                reason: error.message().to_owned(),
            })
    }
}

/// Variables that are read elsewhere: the file's path and what is logged.
const OTHER_VARIABLES: [&str; 2] = ["config", "log"];
/// Settings that are lists, with commas between in a variable.
const LISTS: [&str; 3] = ["portals", "trust", "voice_folders"];

/// Reads a variable as the kind of value that it looks like; serde says whether it fits.
fn toml_value(setting: &str, given: &str) -> toml::Value {
    if LISTS.contains(&setting) {
        let parts = given
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        return toml::Value::Array(parts.map(toml::Value::from).collect());
    }
    match given {
        "true" | "1" if setting == "open" || setting == "tone_voice" => true.into(),
        "false" | "0" if setting == "open" || setting == "tone_voice" => false.into(),
        _ => given
            .parse::<i64>()
            .map_or_else(|_| given.into(), toml::Value::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Result<Layer, Error> {
        Layer::from_environment(
            pairs
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
        )
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
