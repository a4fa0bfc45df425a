//! The beginning or end of a text, bounded, so that a look at the neighbourhood costs no more than
//! the neighbourhood.

/// Returns at most `bytes` of the beginning of `text`, whole characters only.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Returns at most `bytes` of the end of `text`, whole characters only.
pub(super) fn tail(text: &str, bytes: usize) -> &str {
    let mut start = text.len() - bytes.min(text.len());
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_never_cut() {
        assert_eq!(head("ngõ", 3), "ng");
        assert_eq!(tail("ngõ", 1), "");
        assert_eq!(tail("ngõ", 9), "ngõ");
        assert_eq!(head("", 9), "");
    }
}
