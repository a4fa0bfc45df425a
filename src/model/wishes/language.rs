//! The language of the interface.

/// A language of the interface: one for each file in `static/locales`, found when Loa is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UiLang(&'static str);

impl UiLang {
    /// Vietnamese.
    pub const VI: Self = Self("vi");
    /// English.
    pub const EN: Self = Self("en");
    /// All of them, in the order in which they are offered.
    pub const ALL: &'static [Self] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

    /// Returns its language tag (BCP 47), which is its word in forms and cookies too.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.0
    }

    /// Finds the language with this tag.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|lang| lang.0 == word)
    }
}

impl Default for UiLang {
    fn default() -> Self {
        Self::VI
    }
}
