//! The operator's portals, as the front page offers them.

use url::form_urlencoded;

/// A portal.
#[derive(Clone, Debug, Default)]
pub struct Portal {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// Its sections.
    pub sections: Vec<Section>,
    /// The address of its own search, with [`WORDS`] where the words go.
    pub search: Option<String>,
}

/// A section of a portal.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
}

/// What stands for the words in the address of a portal's search.
pub const WORDS: &str = "{words}";

impl Portal {
    /// Returns the address at which the portal lists what it has on some words.
    #[must_use]
    pub fn search(&self, words: &str) -> Option<String> {
        let words: String = form_urlencoded::byte_serialize(words.trim().as_bytes()).collect();
        self.search
            .as_ref()
            .map(|address| address.replace(WORDS, &words))
    }

    /// Finds the sections whose name holds these words, in whatever case.
    pub(super) fn named(&self, words: &str) -> impl Iterator<Item = &Section> {
        let words = words.trim().to_lowercase();
        let all = self.sections.iter();
        all.filter(move |section| section.name.to_lowercase().contains(&words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_for_with_the_portals_own_search_and_in_its_sections_names() {
        let section = |name: &str, url: &str| Section {
            name: name.to_owned(),
            url: url.to_owned(),
        };
        let portal = Portal {
            name: "Tỉnh".to_owned(),
            url: "https://tinh.example/".to_owned(),
            sections: vec![
                section("Y tế", "https://tinh.example/y-te"),
                section("Giá cả", "https://tinh.example/gia"),
            ],
            search: Some("https://tinh.example/tim?q={words}&p=1".to_owned()),
        };
        let found = portal.search(" giá & xăng ");
        assert_eq!(
            found.as_deref(),
            Some("https://tinh.example/tim?q=gi%C3%A1+%26+x%C4%83ng&p=1")
        );
        let named: Vec<_> = portal.named("y TẾ").map(|s| s.url.as_str()).collect();
        assert_eq!(named, ["https://tinh.example/y-te"]);
        assert_eq!(Portal::default().search("a"), None);
    }
}
