//! A mark that could end a sentence, with what stands around it.

use crate::speech::window;

/// How a mark ends sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A full stop, which may belong to an abbreviation or a number.
    Dot,
    /// `!` and `?`.
    Strong,
    /// `…` or several full stops.
    Ellipsis,
    /// `./.`, which ends an official document.
    Final,
    /// A mark of another script, which needs no blank behind it.
    Full,
    /// A line break alone.
    Line,
}

/// A run of marks with the quotes it closes and the blanks behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    pub(super) mark: Mark,
    /// Where the first mark stands.
    pub(super) start: usize,
    /// Where the word before the last marks ends.
    pub(super) word_end: usize,
    /// Behind closing quotes and brackets.
    pub(super) closed: usize,
    /// Behind the blanks: where the next sentence would begin.
    pub(super) next: usize,
    /// Does it close a quotation or a bracket?
    pub(super) quoted: bool,
    /// Is there a line break among the blanks?
    pub(super) line: bool,
    /// Is there an empty line among them?
    pub(super) empty_line: bool,
}

/// Can `c` end a sentence?
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '\n') || is_full(c)
}

/// Sentence marks of Chinese, Japanese, Devanagari, Arabic, Urdu, Ethiopic, Burmese and Khmer.
fn is_full(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '｡' | '।' | '॥' | '؟' | '۔' | '።' | '။' | '។'
    )
}

/// Does `c` close a quotation or a bracket where it follows a mark?
fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '）' | '】' | '》'
    )
}

/// Does `c` open a quotation or a bracket where it precedes a word?
pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '«'
            | '‹'
            | '„'
            | '('
            | '['
            | '{'
            | '「'
            | '『'
            | '（'
            | '【'
            | '《'
            | '¿'
            | '¡'
    )
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '•' | '+' | '*' | '▪' | '●' | '·')
}

impl Stop {
    /// Reads the marks that begin at `start`.
    pub(super) fn read(text: &str, start: usize) -> Self {
        let mut stop = Self {
            mark: Mark::Line,
            start,
            word_end: start,
            closed: start,
            next: start,
            quoted: false,
            line: false,
            empty_line: false,
        };
        stop.read_marks(text);
        stop.read_blanks(text);
        stop
    }

    /// Marks and closers may alternate: `bước!”.`
    fn read_marks(&mut self, text: &str) {
        loop {
            let marks = marks_len(&text[self.closed..]);
            if marks > 0 {
                let end = self.closed + marks;
                self.mark = kind(&text[..self.closed], &text[self.closed..end]);
                self.word_end = self.closed;
                self.closed = end;
            }
            let closers = leading_len(&text[self.closed..], is_closer);
            if self.mark == Mark::Line || closers == 0 {
                return;
            }
            self.quoted = true;
            self.closed += closers;
        }
    }

    fn read_blanks(&mut self, text: &str) {
        let blanks = leading_len(&text[self.closed..], char::is_whitespace);
        self.next = self.closed + blanks;
        let breaks = text[self.closed..self.next].matches('\n').count();
        self.line = breaks > 0;
        self.empty_line = breaks > 1;
    }
}

/// Counts the bytes of the marks at the head of `text`; `./.` is one run.
fn marks_len(text: &str) -> usize {
    let mut len = 0;
    loop {
        let rest = &text[len..];
        let step = leading_len(rest, |c| c != '\n' && is_mark(c));
        let slash = usize::from(rest[step..].starts_with("/.") && len + step > 0);
        if step + slash == 0 {
            return len;
        }
        len += step + slash;
    }
}

fn kind(before: &str, marks: &str) -> Mark {
    let last = marks.chars().next_back();
    if marks.contains('/') || (marks == "." && before.ends_with('/')) {
        Mark::Final
    } else if last.is_some_and(is_full) {
        Mark::Full
    } else if marks.contains(['!', '?']) {
        Mark::Strong
    } else if marks == "." {
        Mark::Dot
    } else {
        Mark::Ellipsis
    }
}

fn leading_len(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.len() - text.trim_start_matches(is).len()
}

/// Returns the word at the end of `before`, without opening quotes; at most 40 bytes of it, so that
/// a text without blanks costs no more than any other.
pub(super) fn last_word(before: &str) -> &str {
    let tail = window::tail(before, 40);
    let tail = tail.rsplit(char::is_whitespace).next().unwrap_or(tail);
    tail.trim_start_matches(is_opener)
}

/// What stands behind a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Next<'a> {
    /// The next word, without what opens it; at most 40 bytes of it.
    pub(super) word: &'a str,
    /// The word behind that one.
    pub(super) second: &'a str,
    /// Does a dash or a bullet stand before it?
    pub(super) dashed: bool,
}

impl<'a> Next<'a> {
    pub(super) fn read(text: &'a str, at: usize) -> Self {
        let rest = window::head(&text[at..], 80);
        let opened = rest.trim_start_matches(is_opener);
        let bare = opened.trim_start_matches(|c| is_dash(c) || is_opener(c) || c == ' ');
        let mut words = bare.split_whitespace();
        Self {
            word: words.next().unwrap_or_default(),
            second: words.next().unwrap_or_default(),
            dashed: opened.starts_with(is_dash),
        }
    }

    /// Does the sentence go on with a comma or the like?
    pub(super) fn goes_on(&self) -> bool {
        self.word
            .starts_with([',', ';', ':', ')', ']', '%', '/', '”', '»'])
    }

    /// A small letter; "iPhone", "eBay" and the list head "b)" count as capitals.
    pub(super) fn is_lower(&self) -> bool {
        let mut letters = self.word.chars();
        letters.next().is_some_and(char::is_lowercase)
            && !letters.next().is_some_and(|c| c.is_uppercase() || c == ')')
    }

    /// Does a quotation's end lead on, as in Japanese 「行こう。」と言った?
    pub(super) fn attributes(&self) -> bool {
        self.word.starts_with(['と', 'っ', '，', '、', ','])
    }

    pub(super) fn is_upper(&self) -> bool {
        self.word.starts_with(char::is_uppercase)
    }

    pub(super) fn is_digit(&self) -> bool {
        self.word.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Is the first letter behind digits a capital, or of a script without capitals?
    pub(super) fn letter_is_upper(&self) -> bool {
        let numeral = self.word.chars().all(|c| !c.is_alphabetic());
        let word = if numeral { self.second } else { self.word };
        let letter = word.chars().find(|c| c.is_alphabetic());
        letter.is_some_and(|c| !c.is_lowercase())
    }
}
