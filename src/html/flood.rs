//! Notices a tag that floods the tokenizer with attributes, which it compares each with each.
//!
//! 150,000 attributes in one megabyte cost the tokenizer 8 s. It does not tell where it stands, so
//! it is asked: while it stays silent over many bytes that could part attributes, a probe is fed.
//! Between attributes the probe is some attributes of one name, and the tokenizer complains; inside
//! a quoted value, a comment or anything else it does not, and the gate wipes the probe away.

/// Attributes of one name: nowhere but between attributes are they an error.
pub(super) const PROBE: &str = " zq-loa zq-loa zq-loa zq-loa zq-loa ";
/// The name of the probe's attributes.
pub(super) const PROBE_NAME: &str = "zq-loa";
/// How many complaints tell that the probe was read as attributes: the first may be new, the last
/// is not yet finished, and one more is left for chance.
pub(super) const COMPLAINTS: usize = 2;

/// How often in one silence the answer must be "between attributes": once is chance, in a tag whose
/// long values are quoted.
const ANSWERS: usize = 4;
/// How many bytes that could part attributes may pass in silence before the tokenizer is asked.
const QUIET_PARTINGS: usize = 300;
/// Bytes of a piece: at least so many, and at most twice as many.
const LEAST_PIECE: usize = 1 << 10;

/// Counts what passed since the tokenizer last said something.
#[derive(Default)]
pub(super) struct Watch {
    partings: usize,
    answers: usize,
}

impl Watch {
    /// Takes note of a piece that was fed; `silent`: the tokenizer made nothing of it. Returns
    /// whether it should be asked where it stands.
    pub(super) fn should_ask(&mut self, piece: &str, silent: bool) -> bool {
        if !silent {
            *self = Self::default();
            return false;
        }
        self.partings += piece.bytes().filter(|b| parts(*b)).count();
        let ask = self.partings > QUIET_PARTINGS;
        if ask {
            self.partings = 0;
        }
        ask
    }

    /// Takes the answer; returns whether it is a flood.
    pub(super) fn is_flood(&mut self, between_attributes: bool) -> bool {
        self.answers += usize::from(between_attributes);
        self.answers >= ANSWERS
    }
}

fn parts(byte: u8) -> bool {
    byte == b'/' || is_blank_or_quote(byte)
}

fn is_blank_or_quote(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'')
}

/// Cuts a page into pieces of one to two KB. Their lengths hang on all of the page, so that no page can arrange to be inside a
/// quoted value at the end of every piece.
pub(super) fn pieces(text: &str) -> Pieces<'_> {
    let seed = text.bytes().step_by(61).fold(text.len() as u64, |hash, b| {
        (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3) // FNV-1a
    });
    Pieces {
        rest: text,
        random: seed | 1,
    }
}

/// What is left of a page to be fed.
pub(super) struct Pieces<'a> {
    rest: &'a str,
    random: u64,
}

impl<'a> Pieces<'a> {
    /// Drops the rest of a tag that stands between two attributes, with its `>`.
    pub(super) fn skip_tag(&mut self) {
        let bytes = self.rest.as_bytes();
        let mut at = 0;
        while let Some(found) = memchr::memchr2(b'=', b'>', &bytes[at..]) {
            at += found + 1;
            if bytes[at - 1] == b'>' {
                self.rest = &self.rest[at..];
                return;
            }
            at = after_value(bytes, at);
        }
        self.rest = "";
    }

    /// Chooses how long the next piece is. It ends after a blank or a quote, any of the last ones,
    /// so that a probe there splits no name; where there is none, it splits no character reference.
    fn cut(&mut self) -> usize {
        let most = LEAST_PIECE + self.random_below(LEAST_PIECE);
        if most >= self.rest.len() {
            return self.rest.len();
        }
        let tail = most - 128..most;
        let bytes = self.rest.as_bytes();
        let ends = tail.clone().filter(|at| is_blank_or_quote(bytes[*at]));
        match ends.clone().count() {
            0 => match memchr::memrchr(b'&', &bytes[tail.clone()]) {
                Some(at) => tail.start + at,
                None => char_boundary(self.rest, most),
            },
            count => ends
                .clone()
                .nth(self.random_below(count))
                .map_or(most, |at| at + 1),
        }
    }

    fn random_below(&mut self, bound: usize) -> usize {
        self.random ^= self.random << 13; // xorshift64
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 32) as usize % bound
    }
}

/// Returns the last place between characters at or before `at`.
fn char_boundary(text: &str, at: usize) -> usize {
    let back = (0..4).find(|back| text.is_char_boundary(at.saturating_sub(*back)));
    at.saturating_sub(back.unwrap_or_default())
}

/// Returns where a quoted value ends that begins at `at`, after its `=`; `at` if none begins.
fn after_value(bytes: &[u8], at: usize) -> usize {
    let blanks = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace());
    let start = at + blanks.count();
    match bytes.get(start) {
        Some(&quote @ (b'"' | b'\'')) => {
            let end = memchr::memchr(quote, &bytes[start + 1..]);
            end.map_or(bytes.len(), |end| start + 1 + end + 1)
        }
        _ => at,
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let (piece, rest) = self.rest.split_at(self.cut());
        self.rest = rest;
        (!piece.is_empty()).then_some(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_joined_are_the_page_and_no_character_reference_is_cut() {
        for page in ["", "a", &"Đỗ &amp; Lê ".repeat(1000), &"&".repeat(5000)] {
            let all: Vec<_> = pieces(page).collect();
            assert_eq!(all.concat(), page);
            for piece in &all[..all.len().saturating_sub(1)] {
                assert!(!piece.ends_with("&amp"), "{piece}");
            }
        }
    }

    #[track_caller]
    fn check_skip(rest: &str, left: &str) {
        let mut pieces = pieces(rest);
        pieces.skip_tag();
        assert_eq!(pieces.rest, left, "{rest}");
    }

    #[test]
    fn a_tag_is_skipped_to_its_end_past_quoted_signs() {
        check_skip("a b c>x", "x");
        check_skip("a=1 b=2>x", "x");
        check_skip("a=\">\" b='>'>x", "x");
        check_skip("a = \">\">x", "x");
        check_skip("a=b\">x", "x");
        check_skip("a=\">", "");
        check_skip("a", "");
    }
}
