//! The address of a page that is held for one reader.

/// What stands between the address of a page and the name under which it is held for its reader alone.
pub const HELD_MARK: &str = "#held:";

/// Returns the address of an article, whoever it is held for.
#[must_use]
pub fn article_of(source: &str) -> &str {
    source
        .split_once(HELD_MARK)
        .map_or(source, |(article, _)| article)
}
