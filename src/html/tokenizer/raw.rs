//! Where comments, scripts and other texts end in which no tag is a tag.

use html5ever::{local_name, tokenizer::Tag as TagToken};

/// Does a script hold data about the page (JSON-LD)?
pub(super) fn is_data(tag: &TagToken) -> bool {
    let of_type = |name: &html5ever::LocalName| *name == local_name!("type");
    let mut kinds = tag.attrs.iter().filter(|attr| of_type(&attr.name.local));
    kinds.any(|kind| kind.value.to_ascii_lowercase().contains("ld+json"))
}

/// Longest script, in bytes, whose functions may be read.
const SCRIPT: usize = 8 << 10;

/// May a script hold a function that goes to an address, by which a list's pages are turned?
pub(super) fn may_turn_pages(script: &str) -> bool {
    let says = |word: &str| memchr::memmem::find(script.as_bytes(), word.as_bytes()).is_some();
    script.len() <= SCRIPT && says("function") && (says("location") || says(".load("))
}

/// Returns how long a text is that ends before the end tag `name`, or with the page.
pub(super) fn len(bytes: &[u8], name: &[u8]) -> usize {
    let mut signs = memchr::memchr_iter(b'<', bytes);
    signs
        .find(|at| is_end_tag(&bytes[*at..], name))
        .unwrap_or(bytes.len())
}

/// Does an end tag of this name begin here? It must be told from `</titles>`.
fn is_end_tag(bytes: &[u8], name: &[u8]) -> bool {
    let after = bytes.strip_prefix(b"</");
    after.is_some_and(|after| is_word(after, name))
}

/// Does this word stand here, in letters of any case, and end?
fn is_word(bytes: &[u8], word: &[u8]) -> bool {
    let ends = |next: &u8| matches!(next, b'\t' | b'\n' | 0x0C | b' ' | b'/' | b'>');
    bytes.len() > word.len()
        && bytes[..word.len()].eq_ignore_ascii_case(word)
        && ends(&bytes[word.len()])
}

/// Returns how long a script is. In a comment inside it (`<!-- <script> … </script> -->`) a script
/// may hold others, whose end tags do not end it (HTML § 13.2.5.17 to 31).
pub(super) fn script_len(bytes: &[u8]) -> usize {
    let mut state = Script::Plain;
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'<', b'>', &bytes[at..]) {
        at += found;
        let here = &bytes[at..];
        match state {
            _ if here[0] == b'>' => {
                if let Script::Comment { from } | Script::Inner { from } = state
                    && bytes[from..at].ends_with(b"--")
                {
                    state = Script::Plain;
                }
            }
            Script::Plain | Script::Comment { .. } if is_end_tag(here, b"script") => return at,
            Script::Plain if here.starts_with(b"<!--") => {
                state = Script::Comment { from: at + 2 };
                at += 3;
            }
            Script::Comment { from } if is_word(&here[1..], b"script") => {
                state = Script::Inner { from };
                at += "<script".len();
            }
            Script::Inner { from } if is_end_tag(here, b"script") => {
                state = Script::Comment { from };
                at += "</script".len();
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// Where in a script one stands; a comment's dashes count from `from`.
#[derive(Clone, Copy)]
enum Script {
    Plain,
    Comment { from: usize },
    Inner { from: usize },
}

/// Returns how long a comment is with its end, from behind its `<!--`.
pub(super) fn comment_len(bytes: &[u8]) -> usize {
    if bytes.starts_with(b">") {
        return 1;
    }
    if bytes.starts_with(b"->") {
        return 2;
    }
    let mut signs = memchr::memchr_iter(b'>', bytes);
    let end = signs.find(|at| {
        let before = &bytes[..*at];
        before.ends_with(b"--") || before.ends_with(b"--!")
    });
    end.map_or(bytes.len(), |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(len: fn(&[u8]) -> usize, text: &str, rest: &str) {
        assert_eq!(&text[len(text.as_bytes())..], rest, "{text}");
    }

    #[test]
    fn a_comment_ends_where_a_browser_ends_it() {
        for text in [
            " a -> b --> ",
            "--> ",
            "> ",
            "-> ",
            "a--!> ",
            "<!--> ",
            "--!-> --> ",
            "-!> --> ",
        ] {
            check(comment_len, text, " ");
        }
        check(comment_len, " never", "");
    }

    #[test]
    fn a_script_ends_where_a_browser_ends_it() {
        for (text, rest) in [
            ("a</script>b", "</script>b"),
            ("'</scripts>'</SCRIPT >b", "</SCRIPT >b"),
            ("<!-- a</script>b", "</script>b"),
            ("<!-- <script>a</script>b</script>c", "</script>c"),
            ("<!-- <script>a</script>b--></script>c", "</script>c"),
            ("<!-- <script>a--></script>c", "</script>c"),
            ("<!--><script>a</script>c", "</script>c"),
            ("<!-- <scripts>a</script>c", "</script>c"),
            ("<!-- <script>a</script", ""),
        ] {
            check(script_len, text, rest);
        }
    }
}
