//! Figures as people of each language write them.

use crate::model::UiLang;

use super::words::words;

/// Writes a number with as few decimals as it needs, at most two.
pub(super) fn decimal(lang: UiLang, number: f64) -> String {
    let written = format!("{number:.2}");
    let written = written.trim_end_matches('0').trim_end_matches('.');
    written.replace('.', &point(lang))
}

/// Returns what stands before the decimals.
fn point(lang: UiLang) -> String {
    words(lang).get("decimal-point")
}

/// Writes a number of bytes as file managers do: in KB or MB of 1024 steps, one decimal below ten.
pub(super) fn size(lang: UiLang, bytes: u64) -> String {
    const KB: u64 = 1024;
    const MB: u64 = 1024 * KB;
    let (unit, name) = if bytes >= MB { (MB, "MB") } else { (KB, "KB") };
    let (whole, tenth) = (bytes / unit, bytes % unit * 10 / unit);
    if whole >= 10 || tenth == 0 {
        return format!("{whole} {name}");
    }
    format!("{whole}{}{tenth} {name}", point(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_in_a_file_manager() {
        for (bytes, vi, en) in [
            (0, "0 KB", "0 KB"),
            (1024, "1 KB", "1 KB"),
            (1_300_000, "1,2 MB", "1.2 MB"),
            (20 * 1024 * 1024, "20 MB", "20 MB"),
            (u64::MAX, "17592186044415 MB", "17592186044415 MB"),
        ] {
            assert_eq!(size(UiLang::VI, bytes), vi);
            assert_eq!(size(UiLang::EN, bytes), en);
        }
    }
}
