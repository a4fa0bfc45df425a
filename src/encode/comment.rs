//! Vorbis comments: what Ogg Opus and FLAC files say of themselves.
//!
//! Source: Ogg Vorbis I, 5 (comment field and header specification); RFC 7845, 5.2; RFC 9639, 8.6.

use super::Tags;

/// Who made the file.
pub(super) const VENDOR: &str = concat!("loa ", env!("CARGO_PKG_VERSION"));
/// Most bytes of a value, so that all of them fit into one page of Ogg.
const VALUE_BYTES: usize = 4_096;

/// Returns the comments, and further ones behind them, without what a container puts around them.
pub(super) fn comments(tags: &Tags, further: &[String]) -> Vec<u8> {
    let fields = fields(tags).map(|(name, value)| format!("{name}={value}"));
    let fields = fields.chain(further.iter().cloned());
    let fields: Vec<Vec<u8>> = fields.map(|field| counted(field.as_bytes())).collect();
    [
        counted(VENDOR.as_bytes()),
        length(fields.len()).into(),
        fields.concat(),
    ]
    .concat()
}

/// Returns what there is to say, by the names that Vorbis comments and Matroska share.
pub(super) fn fields(tags: &Tags) -> impl Iterator<Item = (&'static str, &str)> {
    let all = [
        ("TITLE", &tags.title),
        ("ARTIST", &tags.author),
        ("ALBUM", &tags.site),
        ("DATE", &tags.date),
    ];
    let said = all.into_iter();
    said.filter_map(|(name, value)| Some((name, beginning(value.as_deref()?))))
}

/// Returns as much of a value as is kept of it.
pub(super) fn beginning(value: &str) -> &str {
    cut(value, VALUE_BYTES)
}

/// Returns a text's beginning, of so many bytes at most.
pub(super) fn cut(text: &str, most: usize) -> &str {
    let end = (0..=most).rev().find(|at| text.is_char_boundary(*at));
    match end {
        Some(end) if text.len() > most => &text[..end],
        _ => text,
    }
}

fn counted(bytes: &[u8]) -> Vec<u8> {
    [&length(bytes.len()), bytes].concat()
}

fn length(length: usize) -> [u8; 4] {
    u32::try_from(length)
        .expect("some kilobytes at most")
        .to_le_bytes()
}
