//! One row: which pages it is for, and where their fields lie.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use url::Url;

use crate::extract::select::Selectors;

/// Which pages a row is for, and selectors of their fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rule {
    /// What the row is called where people read it.
    pub name: String,
    /// The host whose pages it is for, with its port if that is not the usual one.
    pub host: String,
    /// A word of the page's generator mark.
    pub generator: String,
    /// Elements by which a page of the family is known.
    pub known_by: Selectors,
    /// The title.
    pub title: Selectors,
    /// The lead.
    pub lead: Selectors,
    /// The body.
    pub body: Selectors,
    /// The date.
    pub date: Selectors,
    /// The author.
    pub author: Selectors,
    /// The files to download.
    pub files: Selectors,
    /// Captions of pictures.
    pub caption: Selectors,
    /// What is left out.
    pub drop: Selectors,
}

/// What is wrong with a rule that an operator wrote.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// It does not say which portal it is for.
    #[error("a rule names the portal it is for: host = \"portal.example\"")]
    NoHost,
    /// The host is none.
    #[error("a rule's host is a name such as portal.example, without https:// and without a path")]
    NotAHost,
    /// It says nothing about any field.
    #[error(
        "a rule says where at least one of title, lead, body, date, author, files, caption lies, or what to drop"
    )]
    NoField,
    /// There are more than a portal can need; each is tried on each of its pages.
    #[error("there are more than {MOST_FOR_ONE} rules for one portal")]
    TooMany,
}

/// Most rules for one portal.
const MOST_FOR_ONE: usize = 20;

/// The rules that an operator wrote, each for one portal, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules(Vec<Rule>);

impl Rules {
    /// Takes rules, each of which names its host and at least one field.
    ///
    /// # Errors
    /// Where one does not, or there are too many; the host of that rule is returned with what is wrong.
    pub fn new(rules: Vec<Rule>) -> Result<Self, (String, RuleError)> {
        let mut of_host: FxHashMap<String, usize> = FxHashMap::default();
        for rule in &rules {
            let count = of_host.entry(bare(&rule.host)).or_default();
            *count += 1;
            let fits = (*count <= MOST_FOR_ONE).then_some(());
            let checked = rule.check().and(fits.ok_or(RuleError::TooMany));
            checked.map_err(|error| (rule.host.clone(), error))?;
        }
        Ok(Self(rules))
    }

    /// Returns the rules for the host of an address, in the order they were written.
    pub(super) fn for_host<'r>(&'r self, address: Option<&Url>) -> impl Iterator<Item = &'r Rule> {
        let host = address.and_then(Url::host_str).map(bare);
        let port = address.and_then(Url::port);
        let with_port = host
            .clone()
            .zip(port)
            .map(|(host, port)| format!("{host}:{port}"));
        self.0.iter().filter(move |rule| {
            let own = Some(bare(&rule.host));
            own == host || own == with_port
        })
    }
}

impl Rule {
    fn check(&self) -> Result<(), RuleError> {
        if self.host.is_empty() {
            return Err(RuleError::NoHost);
        }
        let parsed = Url::parse(&format!("http://{}/", self.host));
        let only_host =
            |url: &Url| url.path() == "/" && url.has_host() && url.username().is_empty();
        if self.host.contains(['/', '?', '#', '@']) || !parsed.is_ok_and(|url| only_host(&url)) {
            return Err(RuleError::NotAHost);
        }
        let fields = [
            &self.title,
            &self.lead,
            &self.body,
            &self.date,
            &self.author,
            &self.files,
            &self.caption,
            &self.drop,
        ];
        if fields.iter().all(|field| field.is_empty()) {
            return Err(RuleError::NoField);
        }
        Ok(())
    }
}

/// A host as it is compared: `www.` says nothing.
fn bare(host: &str) -> String {
    let low = host.to_ascii_lowercase();
    low.strip_prefix("www.").map(str::to_owned).unwrap_or(low)
}

/// Reads the table of families.
pub(super) fn families(table: &str) -> Vec<Rule> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Table {
        family: Vec<Rule>,
    }
    let table: Table = toml::from_str(table).expect("the table is compiled in and tested");
    table.family
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The systems that Vietnamese portals and papers run on.
    const NAMED: [&str; 11] = [
        "SharePoint",
        "Liferay",
        "mojoPortal",
        "DotNetNuke",
        "WebForms",
        "IBM WebSphere Portal",
        "Oracle ADF",
        "Joomla",
        "NukeViet",
        "VnExpress",
        "VCCorp",
    ];

    #[test]
    fn every_family_says_how_it_is_known_and_what_lies_where() {
        let families = families(include_str!("families.toml"));
        for family in &families {
            let known = !family.generator.is_empty() || !family.known_by.is_empty();
            assert!(known, "{}", family.name);
            let hosted = Rule {
                host: "portal.example".to_owned(),
                ..family.clone()
            };
            assert_eq!(hosted.check(), Ok(()), "{}", family.name);
            assert!(family.host.is_empty(), "{}", family.name);
        }
        for name in NAMED {
            assert!(families.iter().any(|family| family.name == name), "{name}");
        }
    }

    #[test]
    fn a_rule_is_for_one_portal_and_says_something_of_it() {
        let rule = |host: &str, title: &str| Rule {
            host: host.to_owned(),
            title: title.parse().expect("selectors"),
            ..Rule::default()
        };
        assert!(Rules::new(vec![rule("portal.example", "h1")]).is_ok());
        assert!(Rules::new(vec![rule("127.0.0.1:8081", "h1")]).is_ok());
        for (host, title, error) in [
            ("", "h1", RuleError::NoHost),
            ("https://portal.example", "h1", RuleError::NotAHost),
            ("portal.example/tin", "h1", RuleError::NotAHost),
            ("portal.example", "", RuleError::NoField),
        ] {
            let got = Rules::new(vec![rule(host, title)]);
            assert_eq!(got, Err((host.to_owned(), error)));
        }
        let many = vec![rule("portal.example", "h1"); MOST_FOR_ONE];
        assert!(Rules::new(many.clone()).is_ok());
        let one_more = [many, vec![rule("www.portal.example", "h1")]].concat();
        let told = ("www.portal.example".to_owned(), RuleError::TooMany);
        assert_eq!(Rules::new(one_more), Err(told));
    }

    #[test]
    fn a_rule_is_found_by_host_and_port() {
        let rules = Rules::new(vec![Rule {
            host: "www.Portal.example".to_owned(),
            body: "#noidung".parse().expect("selectors"),
            ..Rule::default()
        }]);
        let rules = rules.expect("rules");
        let count = |address: &str| {
            let address = Url::parse(address).expect("an address");
            rules.for_host(Some(&address)).count()
        };
        assert_eq!(count("https://portal.example/tin"), 1);
        assert_eq!(count("https://www.portal.example:8443/tin"), 1);
        assert_eq!(count("https://other.example/"), 0);
        assert_eq!(rules.for_host(None).count(), 0);
    }
}
