//! The markup, element by element. Nothing recurses: a document may be as deep as it likes.

use roxmltree::{Document, Node, ParsingOptions};

use super::{Fault, Passage, Remark, Script, Spot, depth, phoneme, prolog, say_as, value};
use crate::model::{Lang, VoiceId};
use crate::speech::plan::{CLAUSE_MS, SENTENCE_MS};

/// Most elements and texts of a document.
const MOST_NODES: u32 = 100_000;
/// Longest all breaks of a document together, in milliseconds.
const MOST_BREAKS_MS: u32 = 600_000;
/// The namespace of `xml:lang`.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Reads a document.
///
/// # Errors
/// What is wrong with it and where: it is not well-formed, has another root, or is too deep or too long.
pub fn read(text: &str) -> Result<Script, Fault> {
    let text = &prolog::blanked(text)[..];
    depth::check(text)?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|error| Fault {
        at: spot(error.pos()),
        what: error.to_string(),
    })?;
    let root = document.root_element();
    if root.tag_name().name() != "speak" {
        return Err(Fault {
            at: spot(document.text_pos_at(root.range().start)),
            what: format!("the root is {}, not speak", root.tag_name().name()),
        });
    }
    let mut reader = Reader::new(&document);
    reader.walk(root);
    Ok(reader.finish())
}

fn spot(at: roxmltree::TextPos) -> Spot {
    Spot {
        line: at.row,
        column: at.col,
    }
}

/// How what follows is said.
#[derive(Clone, PartialEq)]
struct Manner {
    lang: Option<Lang>,
    voice: Option<VoiceId>,
    rate: f64,
}

struct Reader<'a> {
    document: &'a Document<'a>,
    manners: Vec<Manner>,
    passages: Vec<Passage>,
    open: Passage,
    before_ms: u32,
    /// How much longer breaks may be; none once one was too long.
    breaks_left_ms: Option<u32>,
    /// Was the last passage ended in the midst of its paragraph?
    is_parted: bool,
    lang: Lang,
    remarks: Vec<Remark>,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Document<'a>) -> Self {
        let root = document.root_element();
        let lang = root.attribute((XML, "lang")).and_then(Lang::parse);
        let manner = Manner {
            lang: lang.clone(),
            voice: None,
            rate: 1.0,
        };
        let mut reader = Self {
            document,
            manners: vec![manner],
            passages: Vec::new(),
            open: Passage::default(),
            before_ms: 0,
            breaks_left_ms: Some(MOST_BREAKS_MS),
            is_parted: false,
            lang: lang.unwrap_or_else(Lang::vi),
            remarks: Vec::new(),
        };
        reader.open = reader.fresh();
        reader
    }

    /// Goes through all below an element.
    fn walk(&mut self, root: Node<'a, 'a>) {
        let mut next = root.first_child();
        while let Some(node) = next {
            let goes_in = match () {
                () if node.is_element() => self.enter(node),
                () if node.is_text() => {
                    self.say(node.text().unwrap_or_default());
                    false
                }
                () => false,
            };
            next = if goes_in { node.first_child() } else { None };
            if goes_in && next.is_none() {
                self.leave(node);
            }
            let mut at = node;
            while next.is_none() {
                next = at.next_sibling();
                if next.is_none() {
                    let Some(parent) = at.parent().filter(|parent| *parent != root) else {
                        return;
                    };
                    self.leave(parent);
                    at = parent;
                }
            }
        }
    }

    /// Begins an element; tells whether what is in it is to be gone through.
    fn enter(&mut self, node: Node<'a, 'a>) -> bool {
        let mut manner = self.manner().clone();
        match node.tag_name().name() {
            "p" | "paragraph" | "s" | "sentence" => self.close(None),
            "break" => self.pause(node),
            "mark" => self.mark(node),
            "sub" => {
                let words = self.alias(node);
                self.replace(node, &words);
                return false;
            }
            "say-as" => {
                let words = self.said_as(node);
                self.replace(node, &words);
                return false;
            }
            "prosody" => manner.rate *= self.rate(node),
            "voice" => manner.voice = self.voice(node).or(manner.voice),
            "lang" | "speak" => {}
            "phoneme" => {
                self.phoneme(node);
                return false;
            }
            "emphasis" => self.remark(node, "emphasis is not followed; the words are spoken"),
            "audio" => self.remark(node, "sounds are not fetched; the words inside are spoken"),
            name @ ("desc" | "metadata" | "meta" | "lexicon") => {
                self.remark(node, &format!("{name} is not followed"));
                return false;
            }
            "token" | "w" => {}
            other => self.remark(
                node,
                &format!("{other} is not known; the words inside are spoken"),
            ),
        }
        if let Some(given) = node.attribute((XML, "lang")) {
            match Lang::parse(given) {
                Some(lang) => manner.lang = Some(lang),
                None => self.remark(
                    node,
                    &format!("{given:?} is no language; the one before goes on"),
                ),
            }
        }
        self.turn(manner);
        true
    }

    /// Returns how much faster what is in an element is said.
    fn rate(&mut self, node: Node<'a, 'a>) -> f64 {
        self.not_followed(node, &["pitch", "contour", "range", "volume", "duration"]);
        let Some(given) = node.attribute("rate") else {
            return 1.0;
        };
        let rate = value::rate(given);
        if rate.is_none() {
            self.remark(
                node,
                &format!("the rate {given:?} is none; it is spoken as before"),
            );
        }
        rate.unwrap_or(1.0)
    }

    /// Returns the voice that an element names.
    fn voice(&mut self, node: Node<'a, 'a>) -> Option<VoiceId> {
        self.not_followed(node, &["gender", "age", "variant", "required", "ordering"]);
        let Some(name) = node.attribute("name") else {
            self.remark(
                node,
                "voices are chosen by name alone; the one before speaks",
            );
            return None;
        };
        let voice = VoiceId::parse(name);
        if voice.is_none() {
            self.remark(
                node,
                &format!("{name:?} is no voice; the one before speaks"),
            );
        }
        voice
    }

    /// Ends an element that was gone through.
    fn leave(&mut self, node: Node<'a, 'a>) {
        match node.tag_name().name() {
            "p" | "paragraph" => self.close(None),
            "s" | "sentence" => self.close(Some(SENTENCE_MS)),
            _ => {}
        }
        self.manners.pop();
        let manner = self.manner().clone();
        self.change(&manner);
    }

    fn manner(&self) -> &Manner {
        self.manners.last().expect("the root's is never left")
    }

    /// Goes on in a manner, until the element ends.
    fn turn(&mut self, manner: Manner) {
        self.change(&manner);
        self.manners.push(manner);
    }

    /// Sees that what follows is said in a manner.
    fn change(&mut self, manner: &Manner) {
        let same = self.open.lang == manner.lang
            && self.open.voice == manner.voice
            && (self.open.rate - manner.rate).abs() < f64::EPSILON;
        if !same {
            self.part();
            self.open.lang.clone_from(&manner.lang);
            self.open.voice.clone_from(&manner.voice);
            self.open.rate = manner.rate;
        }
    }

    fn fresh(&self) -> Passage {
        let manner = self.manner();
        Passage {
            lang: manner.lang.clone(),
            voice: manner.voice.clone(),
            rate: manner.rate,
            ..Passage::default()
        }
    }

    /// Ends a passage with a pause, where there are words in it; marks without words stand before what follows.
    fn close(&mut self, pause_ms: Option<u32>) {
        let length = self.open.text.trim_end().len();
        if length == 0 {
            // What ends here ended already, within its paragraph.
            if let Some(last) = self.passages.last_mut().filter(|_| self.is_parted) {
                last.pause_ms = pause_ms;
                self.is_parted = false;
            }
            return;
        }
        self.is_parted = false;
        self.open.text.truncate(length);
        for (at, _) in &mut self.open.marks {
            *at = (*at).min(length);
        }
        let fresh = self.fresh();
        let mut closed = std::mem::replace(&mut self.open, fresh);
        closed.pause_ms = pause_ms;
        self.passages.push(closed);
    }

    /// Parts what is said one way from what is said another within a paragraph, as its punctuation does.
    fn part(&mut self) {
        let said = self.open.text.trim_end();
        let pause = match said.chars().next_back() {
            None => return,
            Some('.' | '!' | '?' | '…') => SENTENCE_MS,
            Some(',' | ';' | ':') => CLAUSE_MS,
            Some(_) => 0,
        };
        self.close(Some(pause));
        self.is_parted = true;
    }

    fn say(&mut self, text: &str) {
        for word in text.split_inclusive(char::is_whitespace) {
            let has_space = word.ends_with(char::is_whitespace);
            let word = word.trim_end();
            self.open.text.push_str(word);
            if has_space && !self.open.text.is_empty() && !self.open.text.ends_with(' ') {
                self.open.text.push(' ');
            }
        }
    }

    /// Says other words than those of an element; breaks and marks among its words stand before or after all.
    fn replace(&mut self, node: Node<'a, 'a>, words: &str) {
        let is_word = |inner: &Node<'_, '_>| {
            inner.is_text() && inner.text().is_some_and(|text| !text.trim().is_empty())
        };
        let inner: Vec<Node<'a, 'a>> = node.descendants().skip(1).collect();
        let first = inner.iter().position(is_word).unwrap_or(inner.len());
        let (before, after) = inner.split_at(first);
        self.breaks_and_marks(before);
        self.say(words);
        self.breaks_and_marks(after);
    }

    /// Says the words of an element, and how they sound.
    fn phoneme(&mut self, node: Node<'a, 'a>) {
        let (alphabet, given) = (node.attribute("alphabet"), node.attribute("ph"));
        let words = all_text(node);
        let before = self.passages.len();
        self.replace(node, &words);
        match phoneme::ipa(alphabet, given.unwrap_or_default()) {
            Ok(_) if words.contains(phoneme::ends_clause) => self.remark(
                node,
                "phonemes of several clauses are not followed; the words are spoken",
            ),
            // A break among the words has parted them.
            Ok(ipa) if self.passages.len() == before => {
                let length = self.open.text.trim_end().len();
                let words = length.saturating_sub(words.trim().len())..length;
                self.open.phonemes.push((words, ipa));
            }
            Ok(_) => self.remark(
                node,
                "phonemes with a break beside them are not followed; the words are spoken",
            ),
            Err(what) => self.remark(node, &what),
        }
    }

    fn breaks_and_marks(&mut self, nodes: &[Node<'a, 'a>]) {
        for node in nodes.iter().filter(|node| node.is_element()) {
            match node.tag_name().name() {
                "break" => self.pause(*node),
                "mark" => self.mark(*node),
                _ => {}
            }
        }
    }

    /// Returns what is said for a `sub`.
    fn alias(&mut self, node: Node<'a, 'a>) -> String {
        match node.attribute("alias") {
            Some(alias) if !alias.trim().is_empty() => alias.to_owned(),
            alias => {
                let what = match alias {
                    Some(_) => "the alias of sub is blank; its own words are spoken",
                    None => "sub has no alias; its own words are spoken",
                };
                self.remark(node, what);
                all_text(node)
            }
        }
    }

    /// Returns what is said for a `say-as`.
    fn said_as(&mut self, node: Node<'a, 'a>) -> String {
        let text = all_text(node);
        let kind = node.attribute("interpret-as").unwrap_or_default();
        let lang = match node.attribute((XML, "lang")).and_then(Lang::parse) {
            Some(lang) => lang,
            None => self.manner().lang.as_ref().unwrap_or(&self.lang).clone(),
        };
        let written = say_as::written(kind, node.attribute("format"), &text, &lang);
        written.unwrap_or_else(|| {
            let what = format!(
                "say-as {kind:?} with this format is not known, or the text is no such thing; the words are spoken \
                 as they are"
            );
            self.remark(node, &what);
            text
        })
    }

    fn pause(&mut self, node: Node<'a, 'a>) {
        let medium = value::strength("medium").unwrap_or_default();
        let mut wished = medium;
        if let Some(given) = node.attribute("strength") {
            match value::strength(given) {
                Some(pause) => wished = pause,
                None => self.remark(
                    node,
                    &format!("the strength {given:?} is none; it is taken for medium"),
                ),
            }
        }
        if let Some(given) = node.attribute("time") {
            match value::time(given) {
                Some(pause) => wished = pause,
                None => self.remark(
                    node,
                    &format!("the time {given:?} is none, as 500ms or 1.5s are"),
                ),
            }
        }
        let wished = self.shortened(node, wished);
        if self.open.text.trim_end().is_empty() {
            // Nothing was said since the last pause: it grows.
            self.is_parted = false;
            match self.passages.last_mut() {
                Some(last) => last.pause_ms = Some(last.pause_ms.unwrap_or_default() + wished),
                None => self.before_ms += wished,
            }
        } else {
            self.close(Some(wished));
        }
    }

    /// Returns as much of a break as all breaks together leave to it; that they are cut short is told once.
    fn shortened(&mut self, node: Node<'a, 'a>, wished_ms: u32) -> u32 {
        let Some(left) = self.breaks_left_ms else {
            return 0;
        };
        self.breaks_left_ms = left.checked_sub(wished_ms);
        if self.breaks_left_ms.is_none() {
            let minutes = MOST_BREAKS_MS / 60_000;
            let what = format!(
                "all breaks together last {minutes} minutes at most; those from here on are left out"
            );
            self.remark(node, &what);
        }
        wished_ms.min(left)
    }

    fn mark(&mut self, node: Node<'a, 'a>) {
        match node.attribute("name") {
            Some(name) => self
                .open
                .marks
                .push((self.open.text.len(), name.to_owned())),
            None => self.remark(node, "a mark without a name is not told"),
        }
    }

    fn not_followed(&mut self, node: Node<'a, 'a>, attributes: &[&str]) {
        for name in attributes {
            if node.attribute(*name).is_some() {
                let what = format!("{name} of {} is not followed", node.tag_name().name());
                self.remark(node, &what);
            }
        }
    }

    fn remark(&mut self, node: Node<'a, 'a>, what: &str) {
        self.remarks.push(Remark {
            at: spot(self.document.text_pos_at(node.range().start)),
            what: what.to_owned(),
        });
    }

    fn finish(mut self) -> Script {
        self.close(None);
        if let Some(last) = self.passages.last_mut() {
            // Marks at the very end stand behind the last word.
            let end = last.text.len();
            last.marks
                .extend(self.open.marks.drain(..).map(|(_, name)| (end, name)));
        }
        Script::of(self.passages, self.before_ms, self.lang, self.remarks)
    }
}

fn all_text(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts.filter_map(|text| text.text()).collect()
}
