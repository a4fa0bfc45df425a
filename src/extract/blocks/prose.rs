//! Builds rich text from the runs of text and the marks that a walk comes to.

use crate::extract::page::collapse_into;
use crate::model::{Mark, Span, Text};

/// A text being built: white space collapses, marks open and close as they come.
#[derive(Debug, Default)]
pub(in crate::extract) struct Prose {
    plain: String,
    spans: Vec<Span>,
    open: Vec<(usize, Option<Mark>)>,
    /// White space that will count if more text follows.
    space: Option<char>,
    /// Has a box in the line just ended, which a style sheet may set apart from what follows?
    parted: bool,
}

impl Prose {
    /// Adds a run of text.
    pub(in crate::extract) fn push(&mut self, text: &str) {
        let words = text.trim_start();
        if words.len() < text.len() {
            self.space.get_or_insert(' ');
        }
        if words.is_empty() {
            return;
        }
        let parted = std::mem::take(&mut self.parted);
        if parted
            && words.starts_with(char::is_uppercase)
            && (self.ends_in_word() || self.ends_in_stamp())
        {
            self.space.get_or_insert(' ');
        }
        self.settle_space();
        collapse_into(&mut self.plain, words);
        if self.plain.ends_with(' ') {
            self.plain.pop();
            self.space = Some(' ');
        }
    }

    /// Tells that a `span` has ended. Where a word of small letters meets a capital there, a style
    /// sheet parts them: "Hà Nội" and "Sáng nay".
    pub(in crate::extract) fn part(&mut self) {
        self.parted = true;
    }

    fn ends_in_word(&self) -> bool {
        let mut last = self.plain.chars().rev();
        last.next().is_some_and(char::is_lowercase) && last.next().is_some_and(char::is_alphabetic)
    }

    /// Does it end in a time or a date: "21:00", "03/02/2025"?
    fn ends_in_stamp(&self) -> bool {
        let mut last = self.plain.bytes().rev();
        let digits = last.by_ref().take(2).filter(u8::is_ascii_digit).count() == 2;
        let mut before = last.skip_while(u8::is_ascii_digit);
        digits && matches!(before.next(), Some(b':' | b'/'))
    }

    /// Adds a line break that the author meant.
    pub(in crate::extract) fn line_break(&mut self) {
        self.space = Some('\n');
    }

    /// Begins a mark; `None` stands for an element without one, so that closes match.
    pub(in crate::extract) fn open(&mut self, mark: Option<Mark>) {
        if mark.is_some() {
            self.settle_space();
        }
        self.open.push((self.plain.len(), mark));
    }

    /// Ends the mark begun last.
    pub(in crate::extract) fn close(&mut self) {
        if let Some((start, mark)) = self.open.pop() {
            self.mark(start, mark);
        }
    }

    /// Is there nothing in it yet?
    pub(in crate::extract) fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Takes what was built; marks still open go on in the next text.
    pub(in crate::extract) fn take(&mut self) -> Text {
        let mut open = std::mem::take(&mut self.open);
        for (start, mark) in &mut open {
            self.mark(std::mem::take(start), mark.clone());
        }
        self.open = open;
        self.space = None;
        self.parted = false;
        let plain = std::mem::take(&mut self.plain);
        Text::with_spans(plain, merged(std::mem::take(&mut self.spans))).into_trimmed()
    }

    fn settle_space(&mut self) {
        if let Some(space) = self.space.take()
            && !self.plain.is_empty()
            && !self.plain.ends_with(['\n', ' '])
        {
            self.plain.push(space);
        }
    }

    fn mark(&mut self, start: usize, mark: Option<Mark>) {
        let end = self.plain.trim_end().len();
        if let Some(mark) = mark
            && start < end
        {
            self.spans.push(Span { start, end, mark });
        }
    }
}

/// Joins equal marks that touch (`<b>one</b><b> two</b>`) and drops one inside its like.
pub(super) fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    if spans.len() < 2 {
        return spans;
    }
    spans.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        let like = out
            .iter_mut()
            .rev()
            .take(8)
            .find(|s| s.mark == span.mark && s.end + 1 >= span.start);
        match like {
            Some(like) if !matches!(span.mark, Mark::Lang { .. }) => {
                like.end = like.end.max(span.end)
            }
            _ => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_collapses_and_breaks_stay() {
        let mut prose = Prose::default();
        prose.push("\n  Một \t hai");
        prose.line_break();
        prose.push(" ba  ");
        assert_eq!(prose.take().as_str(), "Một hai\nba");
    }

    #[test]
    fn words_are_parted_where_only_a_style_sheet_does_it() {
        let mut prose = Prose::default();
        for (span, after) in [
            ("Hà Nội", "Sáng nay, "),
            ("i", "Phone và "),
            ("xa", "nh 21:00"),
            ("", "Minh An"),
        ] {
            prose.push(span);
            prose.part();
            prose.push(after);
        }
        assert_eq!(
            prose.take().as_str(),
            "Hà Nội Sáng nay, iPhone và xanh 21:00 Minh An"
        );
    }

    #[test]
    fn marks_cover_words_without_the_space_around_them() {
        let mut prose = Prose::default();
        prose.push("a ");
        prose.open(Some(Mark::Strong));
        prose.push("b ");
        prose.close();
        prose.push("c");
        let text = prose.take();
        assert_eq!(text.as_str(), "a b c");
        let span = &text.spans()[0];
        assert_eq!((span.start, span.end), (2, 3));
    }

    #[test]
    fn marks_that_touch_become_one_and_open_ones_go_on() {
        let mut prose = Prose::default();
        for part in ["a", " b"] {
            prose.open(Some(Mark::Strong));
            prose.push(part);
            prose.close();
        }
        prose.open(Some(Mark::Emphasis));
        prose.push("c");
        let first = prose.take();
        assert_eq!(first.spans().len(), 2);
        prose.push("d");
        prose.close();
        assert_eq!(prose.take().spans().len(), 1);
    }
}
