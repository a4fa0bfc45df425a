//! A language tag, checked once.

use std::fmt;

/// A language tag in the form of BCP 47 (`vi`, `en-GB`, `zh-Hant`), lower-cased but for script and
/// region, at most 35 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct Lang(String);

impl Lang {
    /// Takes a tag as pages write it (`vi_VN`, `EN-us`, ` vi `) and returns it tidied, or `None`
    /// where it has not the shape of a language tag.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let tag = tag.trim();
        if tag.is_empty() || tag.len() > 35 {
            return None;
        }
        let mut out = String::with_capacity(tag.len());
        for (i, part) in tag.split(['-', '_']).enumerate() {
            if part.is_empty() || part.len() > 8 || !part.bytes().all(|b| b.is_ascii_alphanumeric())
            {
                return None;
            }
            if i == 0 {
                if !(2..=3).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphabetic())
                {
                    return None;
                }
                out.push_str(&part.to_ascii_lowercase());
                continue;
            }
            out.push('-');
            match part.len() {
                2 => out.push_str(&part.to_ascii_uppercase()),
                4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                    out.push_str(&part[..1].to_ascii_uppercase());
                    out.push_str(&part[1..].to_ascii_lowercase());
                }
                _ => out.push_str(&part.to_ascii_lowercase()),
            }
        }
        Some(Self(out))
    }

    /// Vietnamese.
    #[must_use]
    pub fn vi() -> Self {
        Self("vi".into())
    }

    /// English.
    #[must_use]
    pub fn en() -> Self {
        Self("en".into())
    }

    /// Returns the whole tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the first subtag alone: `en` of `en-GB`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// Is this no language of its own but any, as of a voice that says all (ISO 639-2, `mul`)?
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.primary() == "mul"
    }

    /// Is this Vietnamese, of any region?
    #[must_use]
    pub fn is_vietnamese(&self) -> bool {
        self.primary() == "vi"
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_tidied_and_nonsense_is_refused() {
        let tidy = |t| Lang::parse(t).map(|l| l.to_string());
        assert_eq!(tidy("vi_VN").as_deref(), Some("vi-VN"));
        assert_eq!(tidy(" EN-us ").as_deref(), Some("en-US"));
        assert_eq!(tidy("ZH-hant-tw").as_deref(), Some("zh-Hant-TW"));
        for bad in ["", "v", "vi--VN", "\"><script>", "1234", "vietnamese", "é"] {
            assert_eq!(tidy(bad), None, "{bad}");
        }
    }
}
