//! A text as words, numbers, blanks and marks, and what a rule may ask about them.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with apostrophes and combining marks between and behind them.
    Word,
    /// Digits 0 to 9.
    Number,
    /// White space.
    Blank,
    /// Any other character, alone.
    Mark,
}

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

/// A text, cut into tokens.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    tokens: Vec<Token>,
    /// Does the month stand before the day (`en-US`)?
    pub(super) month_first: bool,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, month_first: bool) -> Self {
        let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4 + 1);
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            let kind = kind(c, text[end..].chars().next(), tokens.last().map(|t| t.kind));
            match tokens.last_mut() {
                Some(last) if last.kind == kind && kind != Kind::Mark => last.range.end = end,
                _ => tokens.push(Token {
                    kind,
                    range: at..end,
                }),
            }
        }
        Self {
            text,
            tokens,
            month_first,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|t| t.kind)
    }

    /// Returns the token `at`, or nothing behind the end.
    pub(super) fn str(&self, at: usize) -> &'a str {
        self.tokens
            .get(at)
            .map_or("", |t| &self.text[t.range.clone()])
    }

    /// Returns the place of the tokens `range` in the text.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let start = self
            .tokens
            .get(range.start)
            .map_or(self.text.len(), |t| t.range.start);
        let end = range
            .end
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last));
        start..end.map_or(start, |t| t.range.end.max(start))
    }

    /// Returns the text from the token `at` on.
    pub(super) fn rest(&self, at: usize) -> &'a str {
        &self.text[self.place(&(at..at)).start..]
    }

    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        (self.kind(at) == Some(Kind::Word)).then(|| self.str(at))
    }

    pub(super) fn digits(&self, at: usize) -> Option<&'a str> {
        (self.kind(at) == Some(Kind::Number)).then(|| self.str(at))
    }

    /// Reads a whole number of at most two digits.
    pub(super) fn small(&self, at: usize) -> Option<u64> {
        self.digits(at).filter(|d| d.len() <= 2)?.parse().ok()
    }

    pub(super) fn is(&self, at: usize, written: &str) -> bool {
        self.str(at) == written
    }

    pub(super) fn is_any(&self, at: usize, written: &[&str]) -> bool {
        written.contains(&self.str(at))
    }

    /// Returns the index behind a blank at `at`, or `at` where there is none.
    pub(super) fn skip_blank(&self, at: usize) -> usize {
        at + usize::from(self.kind(at) == Some(Kind::Blank))
    }

    /// Returns the token before `at`, blanks aside.
    pub(super) fn previous(&self, at: usize) -> &'a str {
        let back = |at: usize| at.checked_sub(1);
        let last = back(at).map(|i| match self.kind(i) {
            Some(Kind::Blank) => back(i),
            _ => Some(i),
        });
        last.flatten().map_or("", |i| self.str(i))
    }

    /// Does the token `at` begin something: after a blank, an opening mark or nothing?
    pub(super) fn begins(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return true;
        };
        self.kind(before) == Some(Kind::Blank)
            || self.is_any(
                before,
                &["(", "[", "\"", "“", "‘", "'", "«", "–", "—", "/", "<"],
            )
    }

    /// Does neither a letter nor a digit follow at `at`?
    pub(super) fn ends(&self, at: usize) -> bool {
        !matches!(self.kind(at), Some(Kind::Word | Kind::Number))
    }

    /// Returns the index behind `written`, if it stands at the token `at` and no letter or digit is
    /// glued to it; a sign ("$") may be.
    pub(super) fn matches(&self, at: usize, written: &str) -> Option<usize> {
        if !self.rest(at).starts_with(written) {
            return None;
        }
        let end = self.tokens.get(at)?.range.start + written.len();
        let behind = self.tokens[at..]
            .iter()
            .take(8)
            .position(|t| t.range.end == end)?;
        let sign = written.ends_with(|c: char| !c.is_alphanumeric());
        (sign || self.ends(at + behind + 1)).then_some(at + behind + 1)
    }

    /// Is there no word or number from `at` on? Looks at a few tokens only: closing quotes are few.
    pub(super) fn is_last(&self, at: usize) -> bool {
        (at..self.len().min(at + 6)).all(|i| self.ends(i)) && at + 6 >= self.len()
    }
}

fn kind(c: char, next: Option<char>, before: Option<Kind>) -> Kind {
    let letter = |c: char| c.is_alphabetic() || is_combining(c);
    if c.is_ascii_digit() {
        Kind::Number
    } else if c.is_numeric() {
        Kind::Mark
    } else if letter(c) {
        Kind::Word
    } else if c.is_whitespace() {
        Kind::Blank
    } else if matches!(c, '\'' | '’') && before == Some(Kind::Word) && next.is_some_and(letter) {
        Kind::Word
    } else {
        Kind::Mark
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A number as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quantity<'a> {
    /// The digits before the point, without commas.
    pub(super) whole: String,
    /// Those behind the point.
    pub(super) decimals: Option<&'a str>,
    /// Were there commas?
    pub(super) grouped: bool,
    /// The index behind it.
    pub(super) end: usize,
}

impl<'a> Quantity<'a> {
    /// Reads `1,234,567.89` from the token `at`.
    pub(super) fn read(scan: &Scan<'a>, at: usize) -> Option<Self> {
        let first = scan.digits(at)?;
        let (mut whole, mut end) = (first.to_owned(), at + 1);
        while first.len() <= 3
            && scan.is(end, ",")
            && scan.digits(end + 1).is_some_and(|d| d.len() == 3)
        {
            whole.push_str(scan.str(end + 1));
            end += 2;
        }
        // "100 000": nobody counts three zeros by themselves.
        while first.len() <= 3
            && scan.is_any(end, &[" ", "\u{a0}", "\u{202f}"])
            && scan.is(end + 1, "000")
        {
            whole.push_str("000");
            end += 2;
        }
        let grouped = end > at + 1;
        let decimals = scan.digits(end + 1).filter(|_| scan.is(end, "."));
        // 1.2.3 is a version or a section, no decimal.
        let dotted = scan.is(end + 2, ".") && scan.kind(end + 3) == Some(Kind::Number);
        let decimals = decimals.filter(|_| !dotted);
        if decimals.is_some() {
            end += 2;
        }
        Some(Self {
            whole,
            decimals,
            grouped,
            end,
        })
    }

    pub(super) fn is_one(&self) -> bool {
        self.whole == "1" && self.decimals.is_none()
    }

    /// May it be a year: four digits from 1000 to 2099?
    pub(super) fn year(&self) -> Option<u64> {
        let plain = self.whole.len() == 4 && self.decimals.is_none() && !self.grouped;
        let year = self.whole.parse().ok().filter(|_| plain)?;
        (1000..2100).contains(&year).then_some(year)
    }
}
