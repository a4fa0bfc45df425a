//! What is written to the log, and in which form.

use tracing_subscriber::EnvFilter;

use super::{Error, Layer};

/// How the log is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// Which lines, as `tracing_subscriber::EnvFilter` reads it: a level, or levels by module.
    pub filter: String,
    /// One JSON object a line, rather than text for people?
    pub json: bool,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            filter: "warn".to_owned(),
            json: false,
        }
    }
}

impl LogSettings {
    /// Takes what a layer says.
    ///
    /// # Errors
    /// Where it is none that the settings take.
    pub fn of(layer: &Layer) -> Result<Self, Error> {
        let usual = Self::default();
        let json = match layer.log_format.as_deref() {
            None => usual.json,
            Some("text") => false,
            Some("json") => true,
            Some(other) => return Err(wrong("log_format", other, "give text or json")),
        };
        let filter = layer.log.clone().unwrap_or(usual.filter);
        let takes = "give off, error, warn, info, debug or trace, or levels by module";
        EnvFilter::try_new(&filter).map_err(|_| wrong("log", &filter, takes))?;
        Ok(Self { filter, json })
    }
}

fn wrong(name: &str, given: &str, takes: &str) -> Error {
    Error::Value {
        name: name.to_owned(),
        given: given.to_owned(),
        reason: takes.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_and_a_form_are_taken_and_nothing_else() {
        let of = |toml: &str| LogSettings::of(&toml::from_str(toml).expect("settings"));
        let settings = of("log = 'info'\nlog_format = 'json'").expect("both are known");
        assert_eq!((settings.filter.as_str(), settings.json), ("info", true));
        assert_eq!(of("").expect("the usual"), LogSettings::default());
        for wrong in ["log = 'loa=loud'", "log_format = 'xml'"] {
            assert!(matches!(of(wrong), Err(Error::Value { .. })), "{wrong}");
        }
    }
}
