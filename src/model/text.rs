//! Rich text: one plain string, and marks on ranges of it.

use std::ops::Range;

use serde::Serialize;

use super::Lang;

/// A run of prose in NFC with marks that nest and never cross.
///
/// White space is collapsed by whoever builds it; a `\n` is a line break that the author meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    plain: String,
    spans: Vec<Span>,
}

/// A mark on a byte range of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes; always after `start`.
    pub end: usize,
    /// What it says about the range.
    #[serde(flatten)]
    pub mark: Mark,
}

/// What a span says about its range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Mark {
    /// A link to an absolute http or https address.
    Link {
        /// The address.
        url: String,
    },
    /// Prose in another language than its surroundings.
    Lang {
        /// Its language.
        lang: Lang,
    },
    /// Strong importance.
    Strong,
    /// Emphasis.
    Emphasis,
    /// An abbreviation with its long form.
    Abbr {
        /// The long form.
        title: String,
    },
    /// Raised, as in m².
    Sup,
    /// Lowered, as in H₂O.
    Sub,
    /// Code.
    Code,
}

/// One step of a walk through a [`Text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A mark begins.
    Open(&'a Mark),
    /// Plain prose.
    Plain(&'a str),
    /// The mark last opened ends.
    Close(&'a Mark),
}

impl Text {
    /// Takes a plain string without marks.
    #[must_use]
    pub fn new(plain: impl Into<String>) -> Self {
        Self {
            plain: plain.into(),
            spans: Vec::new(),
        }
    }

    /// Takes a string and marks on it in any order; what cannot stand is mended: spans outside the
    /// string or off its character boundaries are dropped, crossing spans are cut so that they nest.
    #[must_use]
    pub fn with_spans(plain: String, mut spans: Vec<Span>) -> Self {
        spans.retain(|s| s.start < s.end && plain.get(s.start..s.end).is_some());
        if spans.len() < 2 {
            return Self { plain, spans };
        }
        spans.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        let mut open: Vec<usize> = Vec::new();
        for span in &mut spans {
            while open.last().is_some_and(|&end| end <= span.start) {
                open.pop();
            }
            if let Some(&outer) = open.last() {
                span.end = span.end.min(outer);
            }
            open.push(span.end);
        }
        Self { plain, spans }
    }

    /// Returns the words without their marks.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.plain
    }

    /// Returns the marks: ascending by start, outer before inner.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Is there nothing to read in it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.plain.trim().is_empty()
    }

    /// Returns the part of this text in `range` (bytes on character boundaries), marks cut to fit.
    ///
    /// # Panics
    /// Where `range` is not on character boundaries of the text.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let plain = self.plain[range.clone()].to_owned();
        let spans = self
            .spans
            .iter()
            .filter(|s| s.start < range.end && s.end > range.start)
            .map(|s| Span {
                start: s.start.max(range.start) - range.start,
                end: s.end.min(range.end) - range.start,
                mark: s.mark.clone(),
            })
            .collect();
        Self::with_spans(plain, spans)
    }

    /// Returns the text without white space at its ends.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let start = self.plain.len() - self.plain.trim_start().len();
        let end = self.plain.trim_end().len();
        self.slice(start.min(end)..end)
    }

    /// Takes white space away at the text's ends.
    #[must_use]
    pub fn into_trimmed(self) -> Self {
        if self.plain.trim().len() == self.plain.len() {
            self
        } else {
            self.trimmed()
        }
    }

    /// Adds `other` at the end.
    pub fn append(&mut self, other: &Self) {
        let by = self.plain.len();
        self.plain.push_str(&other.plain);
        self.spans.extend(other.spans.iter().map(|s| Span {
            start: s.start + by,
            end: s.end + by,
            mark: s.mark.clone(),
        }));
    }

    /// Walks through prose and marks in order; opens and closes balance.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let mut out = Vec::with_capacity(self.spans.len() * 3 + 1);
        let mut open: Vec<&Span> = Vec::new();
        let mut at = 0;
        for span in &self.spans {
            self.close_until(span.start, &mut open, &mut at, &mut out);
            self.plain_until(span.start, &mut at, &mut out);
            out.push(Piece::Open(&span.mark));
            open.push(span);
        }
        self.close_until(self.plain.len(), &mut open, &mut at, &mut out);
        self.plain_until(self.plain.len(), &mut at, &mut out);
        out
    }

    fn plain_until<'a>(&'a self, to: usize, at: &mut usize, out: &mut Vec<Piece<'a>>) {
        if *at < to {
            out.push(Piece::Plain(&self.plain[*at..to]));
            *at = to;
        }
    }

    fn close_until<'a>(
        &'a self,
        to: usize,
        open: &mut Vec<&'a Span>,
        at: &mut usize,
        out: &mut Vec<Piece<'a>>,
    ) {
        while let Some(span) = open.last().copied().filter(|s| s.end <= to) {
            self.plain_until(span.end, at, out);
            out.push(Piece::Close(&span.mark));
            open.pop();
        }
    }
}

impl From<&str> for Text {
    fn from(plain: &str) -> Self {
        Self::new(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize, mark: Mark) -> Span {
        Span { start, end, mark }
    }

    #[test]
    fn crossing_marks_are_made_to_nest_and_no_prose_is_lost() {
        let text = Text::with_spans(
            "một hai ba".into(),
            vec![
                span(5, 9, Mark::Strong),
                span(0, 7, Mark::Emphasis),
                span(90, 99, Mark::Code),
                span(3, 4, Mark::Code), // inside the letter ộ
            ],
        );
        assert_eq!(text.spans().len(), 2);
        let mut depth = 0;
        let mut prose = String::new();
        for piece in text.pieces() {
            match piece {
                Piece::Open(_) => depth += 1,
                Piece::Close(_) => depth -= 1,
                Piece::Plain(p) => prose.push_str(p),
            }
            assert!(depth >= 0);
        }
        assert_eq!(depth, 0);
        assert_eq!(prose, "một hai ba");
    }

    #[test]
    fn a_slice_keeps_the_marks_that_touch_it() {
        let text = Text::with_spans("abcdef".into(), vec![span(1, 4, Mark::Strong)]);
        let cut = text.slice(2..6);
        assert_eq!(cut.as_str(), "cdef");
        assert_eq!(cut.spans(), &[span(0, 2, Mark::Strong)]);
    }
}
