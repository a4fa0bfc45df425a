//! Quotations and brackets, inside which no sentence ends.

use std::ops::Range;

/// Pairs that shield what they enclose, with the longest stretch in bytes: a listener follows a
/// quotation of some sentences; a longer one, or one whose end is far, is cut as other prose is.
const PAIRS: &[(char, char, usize)] = &[
    ('“', '”', 600),
    ('„', '“', 600),
    ('«', '»', 600),
    ('「', '」', 600),
    ('『', '』', 600),
    ('(', ')', 300),
    ('[', ']', 300),
    ('（', '）', 300),
];

/// The straight quotation mark opens and closes by turns.
const STRAIGHT: char = '"';

/// Stretches of a text in which no sentence ends, ascending and apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Shields {
    stretches: Vec<Range<usize>>,
    /// Those before this index lie behind.
    passed: usize,
}

impl Shields {
    /// Finds the quotations and brackets of `text` that close on the line where they open.
    pub(super) fn of(text: &str) -> Self {
        let mut found = Vec::new();
        let mut open: Vec<(char, usize, usize)> = Vec::new();
        for (at, c) in text.char_indices().filter(|(_, c)| may_shield(*c)) {
            let depth = open.iter().rposition(|(closer, ..)| *closer == c);
            if c == '\n' {
                open.clear();
            } else if let Some(depth) = depth {
                let (_, start, limit) = open[depth];
                open.truncate(depth);
                if at - start <= limit {
                    found.push(start..at + c.len_utf8());
                }
            } else if let Some((closer, limit)) = opens(c, &text[..at]) {
                if open.len() == MAX_DEPTH {
                    open.remove(0);
                }
                open.push((closer, at, limit));
            }
        }
        Self {
            stretches: outermost(found),
            passed: 0,
        }
    }

    /// Is `at` inside a stretch? To be asked with ascending places.
    pub(super) fn cover(&mut self, at: usize) -> bool {
        let ahead = &self.stretches[self.passed..];
        self.passed += ahead.iter().take_while(|s| s.end <= at).count();
        self.stretches
            .get(self.passed)
            .is_some_and(|s| s.start < at)
    }
}

/// Deeper nesting than this is no prose.
const MAX_DEPTH: usize = 8;

fn may_shield(c: char) -> bool {
    c == '\n' || c == STRAIGHT || PAIRS.iter().any(|(o, e, _)| *o == c || *e == c)
}

/// Returns what closes `c`, where `c` opens something. A straight mark after a word or a digit
/// (`12"`) opens nothing.
fn opens(c: char, before: &str) -> Option<(char, usize)> {
    if c == STRAIGHT {
        let glued = before.ends_with(|b: char| b.is_alphanumeric() || ".,!?…".contains(b));
        return (!glued).then_some((STRAIGHT, 600));
    }
    let pair = PAIRS.iter().find(|(opener, ..)| *opener == c);
    pair.map(|&(_, closer, limit)| (closer, limit))
}

fn outermost(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
    let mut kept: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for stretch in found {
        if kept.last().is_none_or(|last| last.end <= stretch.start) {
            kept.push(stretch);
        }
    }
    kept
}
