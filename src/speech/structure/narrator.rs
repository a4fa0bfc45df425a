//! Says before each part what it is, from what came before it.

use super::table::{TELLING, WORDS, Words};
use crate::model::{Cue, Lang, Part, Role};
use crate::speech::{Options, Pause, Spoken, normalize};

/// Goes through the parts in order and knows what a listener has been told.
pub(in crate::speech) struct Narrator<'a> {
    text: &'a str,
    options: &'a Options,
    previous: Option<&'a Part>,
    /// The readings of the headers of the table at hand, with their columns and languages.
    headers: Vec<(u32, Lang, Spoken)>,
}

impl<'a> Narrator<'a> {
    pub(in crate::speech) fn new(text: &'a str, options: &'a Options) -> Self {
        Self {
            text,
            options,
            previous: None,
            headers: Vec::new(),
        }
    }

    /// Returns what is said before `part` by a voice of `lang`: words mapped to an empty range at
    /// its start.
    pub(in crate::speech) fn before(&self, part: &Part, lang: &Lang) -> Spoken {
        let mut said = Spoken::default();
        if let Some(words) = words(lang) {
            let mut cues = self.around_quote(part, words);
            cues.extend(self.announcement(part, words));
            for cue in cues {
                said.append(normalize(&cue, lang, self.options));
            }
        }
        if let Some(header) = self.header_of(part, lang) {
            said.append(header.clone());
            said.pause(Pause::Colon);
        }
        placed(said, part.range.start)
    }

    /// Returns what is said for a part that has nothing to speak, such as a cell "–".
    pub(in crate::speech) fn instead(&self, part: &Part, lang: &Lang) -> Spoken {
        let cell = matches!(part.role, Role::Cell { .. }) && self.says(Cue::Empty);
        let Some(words) = words(lang).filter(|_| cell) else {
            return Spoken::default();
        };
        let mut said = self.before(part, lang);
        let empty = normalize(words.empty, lang, self.options);
        said.append(placed(empty, part.range.start));
        said
    }

    /// Takes note of a part that has been said by a voice of `lang`.
    pub(in crate::speech) fn pass(&mut self, part: &'a Part, lang: &Lang) {
        if !self.is_same_table(part) {
            self.headers.clear();
        }
        if let Role::ColumnHeader(column) = part.role {
            let mut header = normalize(&self.text[part.range.clone()], lang, self.options);
            header.steps.clear();
            self.headers.push((column, lang.clone(), header));
        }
        self.previous = Some(part);
    }

    fn says(&self, cue: Cue) -> bool {
        self.options.structure.says(cue)
    }

    fn follows(&self, is: impl Fn(Role) -> bool) -> bool {
        self.previous.is_some_and(|previous| is(previous.role))
    }

    /// A table goes on from header to cell, and from row to row downwards.
    fn is_same_table(&self, part: &Part) -> bool {
        let Some(previous) = self.previous.filter(|p| p.block == part.block) else {
            return false;
        };
        match (previous.role, part.role) {
            (
                Role::TableCaption | Role::ColumnHeader(_),
                Role::ColumnHeader(_) | Role::Cell { .. },
            ) => true,
            (Role::Cell { row: above, .. }, Role::Cell { row, .. }) => above <= row,
            _ => false,
        }
    }

    /// The beginning of a quotation, and the end of the one before.
    fn around_quote(&self, part: &Part, words: &Words) -> Vec<String> {
        let mut cues = Vec::new();
        let within = part.role == Role::Quote;
        let goes_on = self.previous.is_some_and(|p| p.block == part.block);
        if self.says(Cue::Quote) && self.follows(|r| r == Role::Quote) && !(within && goes_on) {
            cues.push(words.quote_end.to_owned());
        }
        if self.says(Cue::Quote) && within && !(goes_on && self.follows(|r| r == Role::Quote)) {
            cues.push(words.quote.to_owned());
        }
        cues
    }

    fn announcement(&self, part: &Part, words: &Words) -> Option<String> {
        let written = &self.text[part.range.clone()];
        let after_alt = self.follows(|r| r == Role::Alt);
        let (cue, text) = match part.role {
            Role::Alt => (Cue::Picture, words.picture),
            Role::Caption if after_alt => (Cue::Picture, words.caption),
            Role::Caption => (Cue::Picture, words.picture),
            Role::TableCaption => (Cue::Table, words.table),
            Role::ColumnHeader(_) if self.follows(is_header) => return None,
            Role::ColumnHeader(_) if self.is_same_table(part) => (Cue::Table, words.columns),
            Role::ColumnHeader(_) => (Cue::Table, words.table_columns),
            Role::Cell { .. } if !self.is_same_table(part) => (Cue::Table, words.table),
            Role::Author if !self.follows(|r| r == Role::Author) => (Cue::Author, words.author),
            Role::Attachment => (Cue::Attachment, words.attachment),
            Role::Media => (Cue::Media, words.media),
            Role::Heading(_) => (Cue::Heading, words.heading),
            Role::Item { .. } => return self.item(part.role, written, words),
            _ => return None,
        };
        (self.says(cue) && !tells_itself(cue, written)).then(|| text.to_owned())
    }

    /// How many items follow, before the first of a list; the number, before each of a numbered one.
    fn item(&self, role: Role, written: &str, words: &Words) -> Option<String> {
        let Role::Item {
            depth,
            index,
            of,
            ordered,
        } = role
        else {
            return None;
        };
        let mut cue = String::new();
        if index == 0 && depth == 0 && of > 1 && self.says(Cue::Count) {
            cue.push_str(&words.count.replace("{n}", &of.to_string()));
        }
        if ordered && self.says(Cue::Number) && !is_numbered(written) {
            let number = words.number.replace("{n}", &(index + 1).to_string());
            cue.push_str(if cue.is_empty() { "" } else { " " });
            cue.push_str(&number);
        }
        (!cue.is_empty()).then_some(cue)
    }

    /// The header above a cell; the first cell of a row names the row and has none.
    fn header_of(&self, part: &Part, lang: &Lang) -> Option<&Spoken> {
        let Role::Cell { column, .. } = part.role else {
            return None;
        };
        if column == 0 || !self.says(Cue::Column) || !self.is_same_table(part) {
            return None;
        }
        let mut headers = self.headers.iter();
        let found = headers.find(|(above, spoken_in, _)| *above == column && spoken_in == lang);
        found.map(|(.., header)| header)
    }
}

fn words(lang: &Lang) -> Option<&'static Words> {
    let mut tables = WORDS.iter();
    let found = tables.find(|(tag, _)| *tag == lang.primary());
    found.map(|(_, words)| words)
}

fn is_header(role: Role) -> bool {
    matches!(role, Role::ColumnHeader(_))
}

/// Maps all words to an empty range.
fn placed(mut said: Spoken, at: usize) -> Spoken {
    for word in &mut said.words {
        word.written = at..at;
    }
    said.steps.clear();
    said
}

fn tells_itself(cue: Cue, written: &str) -> bool {
    let head: String = written.chars().take(20).collect();
    let head = head
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let mut telling = TELLING.iter().filter(|(of, _)| *of == cue);
    telling.any(|(_, heads)| heads.iter().any(|h| head.starts_with(h)))
}

/// "2. …", "b) …", "(3) …": the item brings its number along.
fn is_numbered(written: &str) -> bool {
    let bare = written.trim_start_matches('(');
    let Some((label, _)) = bare.split_once(['.', ')']) else {
        return false;
    };
    let letter = label.chars().count() == 1 && label.chars().all(char::is_alphabetic);
    let digits = label.len() <= 3 && label.bytes().all(|b| b.is_ascii_digit());
    let roman = label.bytes().all(|b| b"IVX".contains(&b));
    !label.is_empty() && (letter || digits || roman)
}
