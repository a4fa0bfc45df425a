//! Settings of a Loa: `loa.toml`, then the environment, then flags, become one checked value.
//!
//! Each of the three is read into the same [`Layer`]; a later layer outweighs an earlier one, and a
//! list outweighs a list as a whole. What the sum asks for is checked once, in [`Config::check`].

mod bound;
mod door;
mod fixed;
mod kept;
mod layer;
mod log;
mod portal;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

pub use layer::Layer;
pub use log::LogSettings;
pub use portal::{NamedPortal, PortalEntry, SectionEntry};

use bound::{MOST_WORKERS, PAGE_BYTES, within};
use door::Door;
use fixed::fixed;

use crate::extract::Rules;
use crate::fetch::{self, BuiltIn, HostPort, Reach};
use crate::gateway::LexiconSource;
use crate::model::Diction;
use crate::page::Portal;
use crate::store::DiskSettings;
use crate::{gateway, server, voice};

/// Everything that can be set, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the gateway listens.
    pub listen: SocketAddr,
    /// Where it listens for the Wyoming protocol, if anywhere.
    pub wyoming: Option<SocketAddr>,
    /// The portals that the front page offers.
    pub portals: Vec<Portal>,
    /// Where some portals keep their fields.
    pub rules: Rules,
    /// How pages are fetched.
    pub fetch: fetch::Settings,
    /// Where voices come from.
    pub voice: voice::Settings,
    /// How much is kept and done at once.
    pub gateway: gateway::Bounds,
    /// Where spoken sound is kept on disk, if anywhere.
    pub store: Option<DiskSettings>,
    /// How many connections there may be.
    pub connections: server::ConnectionBounds,
    /// How things are said, as far as a reader does not choose otherwise.
    pub diction: Diction,
    /// Words with a reading of their own.
    pub lexicons: Vec<LexiconSource>,
    /// How the log is written.
    pub log: LogSettings,
    /// Keys that programs must send one of; none where anybody may ask.
    pub api_keys: Vec<String>,
}

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error("the settings in {path} cannot be read")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no settings file.
    #[error("the settings in {path} are wrong")]
    Toml {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// A value is none that the setting takes.
    #[error("{name} cannot be {given:?}: {reason}")]
    Value {
        /// The setting.
        name: String,
        /// What was given.
        given: String,
        /// What it takes.
        reason: String,
    },
    /// Strangers could use this gateway to read any site.
    #[error(
        "{listen} can be reached from outside, so name the portals that may be read (--portal HOST), \
         or allow all public sites (--open)"
    )]
    OpenToStrangers {
        /// The address.
        listen: SocketAddr,
    },
}

/// Pages of Loa's own, reachable from the front page without a network.
pub const SAMPLE: &[BuiltIn] = &[
    BuiltIn {
        path: "/vi/",
        media_type: "text/html; charset=utf-8",
        bytes: include_bytes!("../../static/sample/vi/index.html"),
    },
    BuiltIn {
        path: "/vi/bai-viet",
        media_type: "text/html; charset=utf-8",
        bytes: include_bytes!("../../static/sample/vi/bai-viet.html"),
    },
    BuiltIn {
        path: "/en/article",
        media_type: "text/html; charset=utf-8",
        bytes: include_bytes!("../../static/sample/en/article.html"),
    },
];

impl Config {
    /// Checks what the layers ask for together; `program` is the binary that speaks as a worker.
    ///
    /// # Errors
    /// Where a value is none that its setting takes, or the gateway would be open to strangers.
    pub fn check(layer: Layer, program: PathBuf) -> Result<Self, Error> {
        let listen = match &layer.listen {
            Some(given) => value(
                "listen",
                given,
                "an address and port such as 127.0.0.1:8080",
            )?,
            None => SocketAddr::from(([127, 0, 0, 1], 8080)),
        };
        let lexicons = lexicons(&layer)?;
        let portals = portal::portals(layer.portals.as_deref().unwrap_or_default())?;
        let connections = bound::connections(&layer)?;
        let door = Door {
            listen,
            has_proxies: !connections.proxies.is_empty(),
            is_open: layer.open.unwrap_or(false),
        };
        let reach = door.reach(&portals)?;
        let offered = portals.into_iter().map(|(_, portal)| portal).collect();
        Ok(Self {
            listen,
            wyoming: wyoming(&layer)?,
            portals: offered,
            rules: rules(&layer)?,
            fetch: fetch_settings(&layer, reach)?,
            voice: voice_settings(&layer, program)?,
            gateway: bound::gateway(&layer)?,
            store: kept::settings(&layer)?,
            connections,
            diction: diction(&layer)?,
            lexicons,
            log: LogSettings::of(&layer)?,
            api_keys: api_keys(&layer)?,
        })
    }

    /// Can no site be read but those that are trusted?
    #[must_use]
    pub fn reads_no_site(&self) -> bool {
        matches!(&self.fetch.reach, Reach::Portals(portals) if portals.is_empty())
    }

    /// Names what a running gateway cannot change, each with whether `other` would.
    #[must_use]
    pub fn fixed_beside(&self, other: &Self) -> Vec<(&'static str, bool)> {
        fixed(self)
            .into_iter()
            .zip(fixed(other))
            .map(|((name, own), (_, others))| (name, own != others))
            .collect()
    }
}

fn wyoming(layer: &Layer) -> Result<Option<SocketAddr>, Error> {
    let takes = "an address and port such as 127.0.0.1:10200";
    let given = layer.wyoming.as_deref();
    given
        .map(|given| value("wyoming", given, takes))
        .transpose()
}

/// Takes the keys, each long enough not to be guessed.
fn api_keys(layer: &Layer) -> Result<Vec<String>, Error> {
    /// Bytes of a key, at least.
    const SHORTEST: usize = 16;
    let keys = layer.api_keys.clone().unwrap_or_default();
    let fits = |key: &String| key.len() >= SHORTEST && key.bytes().all(|b| b.is_ascii_graphic());
    if keys.iter().all(fits) {
        return Ok(keys);
    }
    Err(Error::Value {
        name: "api_keys".to_owned(),
        given: "…".to_owned(), // it is a secret, if a bad one
        reason: format!("a key has {SHORTEST} or more letters, digits and signs, and no spaces"),
    })
}

/// Where a user's own voices are (XDG Base Directory Specification).
fn own_voices() -> Option<PathBuf> {
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share"));
    let data = std::env::var_os("XDG_DATA_HOME").filter(|data| !data.is_empty());
    let folder = data.map(PathBuf::from).or_else(home)?.join("loa/voices");
    folder.is_dir().then_some(folder)
}

/// Takes each rule for one portal.
fn rules(layer: &Layer) -> Result<Rules, Error> {
    let given = layer.rules.clone().unwrap_or_default();
    Rules::new(given).map_err(|(host, error)| Error::Value {
        name: "a rule's host".to_owned(),
        given: host,
        reason: error.to_string(),
    })
}

/// Takes the common lexicons, then those of single portals, whose readings outweigh them there.
fn lexicons(layer: &Layer) -> Result<Vec<LexiconSource>, Error> {
    let common = layer.lexicons.iter().flatten();
    let mut sources: Vec<LexiconSource> = common
        .map(|path| LexiconSource {
            path: path.clone(),
            site: None,
        })
        .collect();
    for entry in layer.portals.iter().flatten() {
        if let Some(path) = entry.lexicon() {
            sources.push(LexiconSource {
                path: path.to_owned(),
                site: Some(portal::host(entry)?),
            });
        }
    }
    Ok(sources)
}

fn diction(layer: &Layer) -> Result<Diction, Error> {
    let given = [
        ("documents", &layer.documents),
        ("punctuation", &layer.punctuation),
        ("pauses", &layer.pauses),
        ("cues", &layer.cues),
    ];
    let mut diction = Diction::default();
    for (name, given) in given {
        let Some(given) = given else { continue };
        diction.set(name, given).map_err(|error| Error::Value {
            name: error.field,
            given: error.given,
            reason: DICTION_WORDS.to_owned(),
        })?;
    }
    Ok(diction)
}

/// The words that choices about the words themselves take.
const DICTION_WORDS: &str = "documents is expand, spell or short; punctuation none, some or all; \
    pauses short, normal or long; cues none, some, all, or a list such as picture,table,column";

fn fetch_settings(layer: &Layer, reach: Reach) -> Result<fetch::Settings, Error> {
    let mut settings = fetch::Settings {
        built_in: SAMPLE,
        ..fetch::Settings::new(reach)
    };
    for given in layer.trust.iter().flatten() {
        let trusted: HostPort = value("trust", given, "a host and port such as 127.0.0.1:8081")?;
        settings.trusted.push(trusted);
    }
    settings.contact.clone_from(&layer.contact);
    settings.max_bytes = within(
        "max_page_bytes",
        layer.max_page_bytes,
        PAGE_BYTES,
        settings.max_bytes,
    )?;
    settings.max_picture_bytes = within(
        "max_picture_bytes",
        layer.max_picture_bytes,
        PAGE_BYTES,
        settings.max_picture_bytes,
    )?;
    settings.robots = layer.robots.unwrap_or(settings.robots);
    let usual = settings.total_timeout.as_secs();
    let seconds = within("fetch_seconds", layer.fetch_seconds, 1..=600, usual)?;
    settings.total_timeout = Duration::from_secs(seconds);
    Ok(settings)
}

fn voice_settings(layer: &Layer, program: PathBuf) -> Result<voice::Settings, Error> {
    let named = layer.voice_folders.clone().unwrap_or_default();
    let usual = voice::USUAL_IDLE.as_secs();
    let idle = within("voice_seconds", layer.voice_seconds, 1..=86_400, usual)?;
    Ok(voice::Settings {
        program,
        folders: named.into_iter().chain(own_voices()).collect(),
        idle: Duration::from_secs(idle),
        model_bytes: within("voice_bytes", layer.voice_bytes, 1..=1 << 40, 0)?,
        workers: within("workers", layer.workers, 0..=MOST_WORKERS, 0)?,
        library: layer.espeak_library.clone(),
        data: layer.espeak_data.clone(),
        tone: layer.tone_voice.unwrap_or(false),
        ..voice::Settings::default()
    })
}

fn value<T: std::str::FromStr>(name: &str, given: &str, takes: &str) -> Result<T, Error> {
    given.trim().parse().map_err(|_| Error::Value {
        name: name.to_owned(),
        given: given.to_owned(),
        reason: format!("give {takes}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(toml: &str) -> Result<Config, Error> {
        let layer = toml::from_str(toml).expect("a settings file");
        Config::check(layer, PathBuf::from("loa"))
    }

    #[test]
    fn without_settings_loa_listens_on_loopback_and_reads_any_public_site() {
        let config = check("").expect("the usual settings");
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.fetch.reach, Reach::Open);
    }

    #[test]
    fn away_from_loopback_only_named_portals_are_read_unless_opened() {
        assert!(matches!(
            check("listen = '0.0.0.0:80'"),
            Err(Error::OpenToStrangers { .. })
        ));
        let named = check("listen = '0.0.0.0:80'\nportals = ['portal.example']").expect("portals");
        assert_eq!(
            named.fetch.reach,
            Reach::Portals(vec!["portal.example".to_owned()])
        );
        let ported = check("listen = '0.0.0.0:80'\nportals = ['http://p.example:8181/tin']");
        let reach = ported.expect("a portal with a port of its own").fetch.reach;
        assert_eq!(reach, Reach::Portals(vec!["p.example:8181".to_owned()]));
        let open = check("listen = '[::]:80'\nopen = true").expect("open");
        assert_eq!(open.fetch.reach, Reach::Open);
    }

    #[test]
    fn what_the_settings_file_marks_as_taken_once_is_told_when_it_changes() {
        let file = include_str!("../../deploy/loa.toml");
        let marked = file.split("\n\n").filter(|block| block.contains(" *\n"));
        let setting = |line: &'static str| Some(line.strip_prefix('#')?.split_once(" = ")?.0);
        let names = marked.flat_map(|block| block.lines().filter_map(setting));
        let names: Vec<_> = names.filter(|name| Layer::NAMES.contains(name)).collect();
        let usual = check("").expect("the usual settings");
        let told: Vec<_> = fixed(&usual).into_iter().map(|(name, _)| name).collect();
        assert_eq!(told, names);
        let other = check("store_folder = '/x'\ndrain_seconds = 9\nfetch_seconds = 9");
        let beside = usual.fixed_beside(&other.expect("settings"));
        let changed = beside.iter().filter(|(_, is_changed)| *is_changed);
        let changed: Vec<_> = changed.map(|(name, _)| *name).collect();
        assert_eq!(changed, ["store_folder", "store_bytes", "drain_seconds"]);
    }

    #[test]
    fn who_comes_through_a_proxy_is_a_stranger_too() {
        let reach = |toml| check(toml).expect("settings").fetch.reach;
        let named = "proxies = ['127.0.0.1']\nportals = ['portal.example']";
        assert_eq!(
            reach(named),
            Reach::Portals(vec!["portal.example".to_owned()])
        );
        assert_eq!(reach("proxies = ['127.0.0.1']"), Reach::Portals(Vec::new()));
        assert_eq!(reach("proxies = ['127.0.0.1']\nopen = true"), Reach::Open);
    }

    #[test]
    fn a_portal_may_have_a_name_for_the_front_page() {
        let config = check("portals = [{ name = 'Tỉnh', address = 'https://t.example/tin' }]");
        let portals = config.expect("portals").portals;
        assert_eq!(
            (portals[0].name.as_str(), portals[0].url.as_str()),
            ("Tỉnh", "https://t.example/tin")
        );
    }

    #[test]
    fn a_number_out_of_its_range_is_an_error_and_no_panic() {
        for setting in ["listeners = 0", "connections = 0", "fetch_seconds = 0"] {
            assert!(
                matches!(check(setting), Err(Error::Value { .. })),
                "{setting}"
            );
        }
        for setting in [
            "listeners",
            "connections",
            "page_seconds",
            "fetch_seconds",
            "workers",
        ] {
            let most = format!("{setting} = {}", i64::MAX);
            assert!(matches!(check(&most), Err(Error::Value { .. })), "{most}");
        }
    }

    #[test]
    fn a_wrong_value_is_named_with_what_the_setting_takes() {
        let error = check("listen = 'here'")
            .expect_err("no address")
            .to_string();
        assert!(
            error.contains("listen") && error.contains("127.0.0.1:8080"),
            "{error}"
        );
        assert!(
            toml::from_str::<Layer>("lisen = 'x'").is_err(),
            "a slip of the pen is named"
        );
    }

    #[test]
    fn a_portal_brings_its_sections_and_its_search_to_the_front_page() {
        let config = check(
            "[[portals]]\nname = 'Tỉnh'\naddress = 't.example'\nsearch = 'https://t.example/tim?q={words}'\n\
             sections = [{ name = 'Y tế', address = 't.example/y-te' }]",
        );
        let portals = config.expect("a portal").portals;
        assert_eq!(portals[0].sections[0].url, "https://t.example/y-te");
        assert_eq!(
            portals[0].search("xe").as_deref(),
            Some("https://t.example/tim?q=xe")
        );
        for wrong in [
            "search = 'https://t.example/tim'",
            "sections = [{ name = 'Y', address = 'ftp://t' }]",
        ] {
            let given = format!("[[portals]]\nname = 'T'\naddress = 't.example'\n{wrong}");
            assert!(check(&given).is_err(), "{wrong}");
        }
    }

    /// The file that explains all settings.
    const EXPLAINED: &str = include_str!("../../deploy/loa.toml");

    /// The settings that it shows, as they would be written.
    fn shown() -> impl Iterator<Item = &'static str> {
        let line =
            |line: &'static str| line.strip_prefix('#').filter(|line| !line.starts_with(' '));
        EXPLAINED
            .lines()
            .filter_map(line)
            .filter(|line| !line.is_empty())
    }

    #[test]
    fn every_setting_is_explained_and_no_other() {
        let tables = ["portals", "rules"];
        let plain = shown().take_while(|line| !line.starts_with("[["));
        let named: Vec<_> = plain
            .map(|line| line.split(" =").next().unwrap_or(line))
            .collect();
        for name in Layer::NAMES {
            let is_explained = named.contains(name) || tables.contains(name);
            assert!(is_explained, "{name} is not in deploy/loa.toml");
        }
        for name in named {
            assert!(Layer::NAMES.contains(&name), "{name} is no setting");
        }
    }

    #[test]
    fn what_is_explained_can_be_set_and_is_what_holds_unset() {
        let whole: String = shown().map(|line| format!("{line}\n")).collect();
        check(&whole).expect("all of it can be set");
        let usual = check("").expect("the usual settings");
        let until_tables = shown().take_while(|line| !line.starts_with("[["));
        // These have no usual value: an example is shown.
        let own = until_tables.filter(|line| !line.starts_with("espeak_"));
        let own: String = own.map(|line| format!("{line}\n")).collect();
        let set = check(&own).expect("all of it can be set");
        let bounds = |config: &Config| {
            let fetch = &config.fetch;
            format!(
                "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                config.gateway,
                config.connections,
                config.listen,
                config.log,
                (
                    fetch.max_bytes,
                    fetch.max_picture_bytes,
                    fetch.total_timeout,
                    fetch.robots
                ),
                config.store,
                config.voice.workers,
            )
        };
        assert_eq!(bounds(&set), bounds(&usual));
    }

    #[test]
    fn a_setting_of_a_portal_that_there_is_not_is_named() {
        let given = "[[portals]]\nname = 'T'\naddress = 't.example'\nsekshuns = []";
        let error = toml::from_str::<Layer>(given).expect_err("no such setting");
        assert!(error.to_string().contains("sekshuns"), "{error}");
    }
}
