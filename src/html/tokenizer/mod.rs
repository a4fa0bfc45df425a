//! Cuts a page into tags and texts, as a browser does, and leaves out what nobody reads.
//!
//! The whole page is at hand, so most states of the standard are a search for the byte that ends
//! them: a text goes on to the next `<`, a comment to its `-->`. Texts are views of the page, not
//! copies. Comments keep no letters, and neither do scripts and style sheets, unless somebody asks
//! for them later; half of a news page is that.
//!
//! Source: WHATWG HTML § 13.2.5; html5ever's tokenizer, which took half of all the time that reading
//! a page takes, is the oracle in tests.

mod name;
mod raw;
mod reference;
mod tag;

use std::{cell::RefCell, ops::Range};

use html5ever::{
    LocalName,
    buffer_queue::BufferQueue,
    local_name,
    tendril::StrTendril,
    tokenizer::{
        Doctype, Tag as TagToken, TagKind, Token, TokenSink, TokenSinkResult,
        Tokenizer as DoctypeReader, TokenizerOpts, states::RawKind,
    },
};

use super::gate::Gate;
use super::letters;
use name::Names;

/// Reads a page's markup into a gate.
pub(super) struct Tokenizer<'p> {
    page: &'p StrTendril,
    text: &'p str,
    at: usize,
    names: Names,
    gate: Gate,
}

impl<'p> Tokenizer<'p> {
    /// Starts at the beginning of `page`, whose lines end in line feeds alone.
    pub(super) fn new(page: &'p StrTendril, gate: Gate) -> Self {
        Self {
            page,
            text: page,
            at: 0,
            names: Names::default(),
            gate,
        }
    }

    /// Reads until the page's end, or until the tree is full; gives the gate back.
    ///
    /// Linear in the page's length.
    pub(super) fn run(mut self) -> Gate {
        while let Some(next) = self.byte(self.at)
            && !self.gate.is_full()
        {
            match next {
                b'<' => self.markup(),
                0 => self.null(),
                _ => self.text(),
            }
        }
        self.gate.end();
        self.gate
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn rest(&self) -> &'p [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// Passes a token on; nothing but a start tag changes what comes next.
    fn emit(&self, token: Token) {
        let _ = self.gate.take(token);
    }

    fn null(&mut self) {
        self.emit(Token::NullCharacterToken);
        self.at += 1;
    }

    fn text(&mut self) {
        let len = memchr::memchr2(b'<', 0, self.rest());
        let end = len.map_or(self.text.len(), |len| self.at + len);
        let text = self.referring(self.at..end, false);
        self.emit(Token::CharacterTokens(text));
        self.at = end;
    }

    /// Returns a stretch of the page, its character references replaced.
    fn referring(&self, range: Range<usize>, in_attribute: bool) -> StrTendril {
        match reference::replaced(&self.text[range.clone()], in_attribute) {
            Some(replaced) => StrTendril::from(replaced),
            None => self.view(range),
        }
    }

    /// Returns a stretch of the page without copying it.
    fn view(&self, range: Range<usize>) -> StrTendril {
        let short = |at: usize| u32::try_from(at).expect("limits keep pages far below 4 GB");
        self.page
            .subtendril(short(range.start), short(range.end - range.start))
    }

    fn markup(&mut self) {
        match self.byte(self.at + 1) {
            Some(b'!') => self.declaration(),
            Some(b'?') => self.bogus_comment(),
            Some(b'/') => match self.byte(self.at + 2) {
                Some(next) if next.is_ascii_alphabetic() => self.tag(TagKind::EndTag),
                Some(b'>') => self.at += 3,
                Some(_) => self.bogus_comment(),
                None => self.literally(2),
            },
            Some(next) if next.is_ascii_alphabetic() => self.tag(TagKind::StartTag),
            _ => self.literally(1),
        }
    }

    /// Takes the next bytes as text, whatever they look like.
    fn literally(&mut self, len: usize) {
        let text = self.view(self.at..self.at + len);
        self.emit(Token::CharacterTokens(text));
        self.at += len;
    }

    fn declaration(&mut self) {
        let after = &self.rest()[2..];
        let begins = |word: &[u8]| {
            let head = after.get(..word.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(word))
        };
        if begins(b"--") {
            self.at += 4;
            let len = raw::comment_len(self.rest());
            self.comment(len);
        } else if begins(b"doctype") {
            self.doctype();
        } else if after.starts_with(b"[CDATA[") && self.gate.is_in_foreign_content() {
            self.character_data();
        } else {
            self.at += 2;
            self.bogus_comment();
        }
    }

    fn bogus_comment(&mut self) {
        self.comment(len_up_to(b'>', self.rest()));
    }

    /// Passes a comment over: that one stands here is all that the tree is told.
    fn comment(&mut self, len: usize) {
        self.at += len;
        self.emit(Token::CommentToken(StrTendril::new()));
    }

    /// A page has one doctype, all of whose states end at the next `>`: html5ever may read it.
    fn doctype(&mut self) {
        let end = self.at + len_up_to(b'>', self.rest());
        let reader = DoctypeReader::new(LastDoctype::default(), TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(self.view(self.at..end));
        let _ = reader.feed(&queue);
        reader.end();
        self.at = end;
        if let Some(doctype) = reader.sink.0.take() {
            self.emit(Token::DoctypeToken(doctype));
        }
    }

    fn character_data(&mut self) {
        let start = self.at + "<![CDATA[".len();
        let len = memchr::memmem::find(&self.text.as_bytes()[start..], b"]]>");
        let end = len.map_or(self.text.len(), |len| start + len);
        for (nth, part) in self.text[start..end].split('\0').enumerate() {
            if nth > 0 {
                self.emit(Token::NullCharacterToken);
            }
            self.emit(Token::CharacterTokens(StrTendril::from_slice(part)));
        }
        self.at = len.map_or(end, |_| end + 3);
    }

    /// Passes a tag on and reads what it says must follow.
    fn pass(&mut self, tag: TagToken) {
        let name = tag.name.clone();
        let is_data = raw::is_data(&tag);
        match self.gate.take(Token::TagToken(tag)) {
            TokenSinkResult::Plaintext => self.raw(None, self.text.len()),
            TokenSinkResult::RawData(kind) => {
                let end = self.at + self.raw_len(kind, &name);
                if is_wanted(&name, is_data, &self.text[self.at..end]) {
                    self.raw(Some(kind), end);
                }
                self.at = end;
            }
            _ => {}
        }
    }

    fn raw_len(&self, kind: RawKind, name: &LocalName) -> usize {
        match kind {
            RawKind::ScriptData => raw::script_len(self.rest()),
            _ => raw::len(self.rest(), name.as_bytes()),
        }
    }

    /// Passes text on in which nothing is a tag, and in some of it (`title`, `textarea`) references are.
    fn raw(&mut self, kind: Option<RawKind>, end: usize) {
        let text = match kind {
            Some(RawKind::Rcdata) => self.referring(self.at..end, false),
            _ => self.view(self.at..end),
        };
        let text = match memchr::memchr(0, text.as_bytes()) {
            Some(_) => StrTendril::from(text.replace('\0', "\u{FFFD}")),
            None => text,
        };
        if !text.is_empty() {
            self.emit(Token::CharacterTokens(text));
        }
        self.at = end;
    }
}

/// Will anybody read this text? Of most scripts and style sheets, nobody.
fn is_wanted(name: &LocalName, is_data: bool, text: &str) -> bool {
    match *name {
        local_name!("script") => is_data || raw::may_turn_pages(text),
        local_name!("style") => letters::may_name_old_font(text),
        _ => true,
    }
}

/// Returns how far it is to the end of `byte`, or of all.
fn len_up_to(byte: u8, bytes: &[u8]) -> usize {
    memchr::memchr(byte, bytes).map_or(bytes.len(), |at| at + 1)
}

/// Keeps the doctype that it is told.
#[derive(Default)]
struct LastDoctype(RefCell<Option<Doctype>>);

impl TokenSink for LastDoctype {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::DoctypeToken(doctype) = token {
            self.0.replace(Some(doctype));
        }
        TokenSinkResult::Continue
    }
}
