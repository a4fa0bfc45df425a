//! What stands before the root: a mark of the byte order, the XML declaration, comments, the document type.

/// Returns what stands behind all that may stand before a root.
pub(super) fn behind(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
        let Some(after) = piece_end(rest) else {
            return rest;
        };
        rest = &rest[after..];
    }
}

/// Is what begins here the root of a document, whatever prefix its namespace has?
pub(super) fn is_root(text: &str) -> bool {
    let Some(tag) = text.strip_prefix('<') else {
        return false;
    };
    let end = tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
    let Some(name) = end.map(|end| &tag[..end]) else {
        return false;
    };
    match name.split_once(':') {
        None => name == "speak",
        Some((prefix, name)) => {
            name == "speak" && prefix.starts_with(|c: char| c.is_alphabetic() || c == '_')
        }
    }
}

/// Blanks out what stands before the root, but for a document type that declares something; all else stays in its
/// line and column.
pub(super) fn blanked(text: &str) -> String {
    let prolog = &text[..text.len() - behind(text).len()];
    if prolog.contains('[') {
        return text.trim_start_matches('\u{feff}').to_owned();
    }
    let marks = prolog.chars().filter(|c| *c != '\u{feff}');
    let blanks = marks.map(|c| if c == '\n' { '\n' } else { ' ' });
    blanks.chain(text[prolog.len()..].chars()).collect()
}

/// Returns where a declaration, a comment or a document type ends that begins here.
fn piece_end(text: &str) -> Option<usize> {
    let to = |end: &str| text.find(end).map(|at| at + end.len());
    if text.starts_with("<?") {
        return to("?>");
    }
    if text.starts_with("<!--") {
        return to("-->");
    }
    let doctype = text.get(..9)?;
    if !doctype.eq_ignore_ascii_case("<!DOCTYPE") {
        return None;
    }
    match text.find(['[', '>']) {
        Some(at) if text[at..].starts_with('[') => {
            let closed = at + text[at..].find(']')?;
            Some(closed + text[closed..].find('>')? + 1)
        }
        Some(at) => Some(at + 1),
        None => None,
    }
}
