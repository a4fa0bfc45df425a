//! Reads Vietnamese prose aloud as a newsreader would.
//!
//! A line is cut into tokens once; then from left to right the first rule of a table that knows what
//! begins at a token reads it, and the next token is the one behind. Rules look at neighbours but
//! never read them, so every letter and digit is read once, and a line takes linear time. A plain
//! Vietnamese word passes no rule at all.
//!
//! Lines are read each for itself, so a text sounds the same whole and in pieces.

mod abbreviation;
mod clean;
mod date;
mod document;
mod letter;
mod line;
mod mark;
mod number;
mod numeral;
mod phone;
mod quantity;
mod roman;
mod rule;
mod share;
mod syllable;
mod time;
mod token;
mod unit;
mod web;
mod word;

use std::ops::Range;

use super::{Options, Pause, Spoken};
use clean::Clean;
use line::Line;
use rule::{Rule, Scene};
use token::Kind;

/// What may begin with digits.
const DIGIT_RULES: &[Rule] = &[
    Rule {
        name: "document",
        read: document::document,
    },
    Rule {
        name: "date",
        read: date::date,
    },
    Rule {
        name: "phone",
        read: phone::phone,
    },
    Rule {
        name: "time",
        read: time::time,
    },
    Rule {
        name: "share",
        read: share::share,
    },
    Rule {
        name: "number",
        read: quantity::quantity,
    },
];

/// What may begin with a word that is not plain.
const WORD_RULES: &[Rule] = &[
    Rule {
        name: "address",
        read: web::address,
    },
    Rule {
        name: "times",
        read: word::times,
    },
    Rule {
        name: "document",
        read: document::codes_alone,
    },
    Rule {
        name: "initials",
        read: word::initials,
    },
    Rule {
        name: "roman",
        read: roman::roman,
    },
    Rule {
        name: "abbreviation",
        read: abbreviation::abbreviation,
    },
    Rule {
        name: "unit",
        read: unit::alone,
    },
    Rule {
        name: "code",
        read: word::code,
    },
    Rule {
        name: "letter",
        read: word::single,
    },
    Rule {
        name: "capitals",
        read: word::shouted,
    },
    Rule {
        name: "spelling",
        read: word::cluster,
    },
];

/// What may begin with a mark.
const MARK_RULES: &[Rule] = &[
    Rule {
        name: "end",
        read: mark::end_mark,
    },
    Rule {
        name: "ellipsis",
        read: mark::ellipsis,
    },
    Rule {
        name: "range",
        read: mark::range,
    },
    Rule {
        name: "ratio",
        read: mark::ratio,
    },
    Rule {
        name: "minus",
        read: mark::minus,
    },
    Rule {
        name: "dash",
        read: mark::dash,
    },
    Rule {
        name: "slash",
        read: mark::slash,
    },
    Rule {
        name: "hashtag",
        read: mark::number_sign,
    },
    Rule {
        name: "money",
        read: mark::money,
    },
    Rule {
        name: "phone",
        read: mark::plus,
    },
    Rule {
        name: "comparison",
        read: mark::comparison,
    },
    Rule {
        name: "power",
        read: mark::power,
    },
    Rule {
        name: "symbol",
        read: mark::symbol,
    },
    Rule {
        name: "pause",
        read: mark::pause,
    },
];

/// Reads `text` aloud; every spoken word keeps its place in `text`.
///
/// What is spoken is in NFC and has no digit and no mark but those of clauses; the words' written
/// places ascend and cover every letter and digit. Linear in `text.len()`.
#[must_use]
pub fn read(text: &str, options: &Options) -> Spoken {
    let clean = Clean::of(text);
    let mut spoken = Spoken::with_capacity(text.len());
    let mut start = 0;
    for line in clean.text().split('\n') {
        read_line(line, start, options, &mut spoken);
        start += line.len() + 1;
    }
    if !clean.is_unchanged() {
        spoken.move_written(|range| clean.place(range));
    }
    spoken
}

fn read_line(text: &str, offset: usize, options: &Options, spoken: &mut Spoken) {
    let mut scene = Scene {
        line: Line::new(text, options),
        after: usize::MAX,
    };
    let mut at = 0;
    while at < scene.line.tokens.len() {
        at = match rules(&scene, at) {
            [] => say_plain(&scene, at, offset, spoken),
            rules => apply(rules, &mut scene, at, offset, spoken),
        };
    }
}

/// Which rules may read what begins here; none for a plain word.
fn rules(scene: &Scene, at: usize) -> &'static [Rule] {
    match scene.line.kind(at) {
        Some(Kind::Digits) => DIGIT_RULES,
        Some(Kind::Mark(_)) => MARK_RULES,
        _ if word::is_special(&scene.line, at) => WORD_RULES,
        _ => &[],
    }
}

fn apply(
    rules: &[Rule],
    scene: &mut Scene,
    at: usize,
    offset: usize,
    spoken: &mut Spoken,
) -> usize {
    let found = rules
        .iter()
        .find_map(|rule| Some((rule.name, (rule.read)(scene, at)?)));
    let Some((name, reading)) = found else {
        return say_plain(scene, at, offset, spoken);
    };
    let place = written(scene, at..reading.end, offset);
    let first = spoken.words.len();
    say(&reading.words, &place, spoken);
    if spoken.words.len() > first {
        spoken.note(name, place, first);
    } else if holds_letters(scene, at..reading.end) {
        spoken.stretch_last(place.end);
    }
    scene.after = if reading.quantity {
        reading.end
    } else {
        usize::MAX
    };
    reading.end
}

fn say_plain(scene: &Scene, at: usize, offset: usize, spoken: &mut Spoken) -> usize {
    let place = written(scene, at..at + 1, offset);
    spoken.say(scene.line.str(at), place);
    at + 1
}

fn written(scene: &Scene, tokens: Range<usize>, offset: usize) -> Range<usize> {
    let first = scene.line.tokens[tokens.start].start;
    let last = scene.line.tokens[tokens.end - 1].end;
    first + offset..last + offset
}

fn holds_letters(scene: &Scene, tokens: Range<usize>) -> bool {
    let kinds = scene.line.tokens[tokens].iter().map(|t| t.kind);
    kinds.into_iter().any(|kind| !matches!(kind, Kind::Mark(_)))
}

/// Says words; a clause mark behind one, or alone, is a pause.
fn say(words: &str, place: &Range<usize>, spoken: &mut Spoken) {
    for word in words.split(' ') {
        let bare = word.trim_end_matches([',', '.', ';', ':', '?', '!']);
        spoken.say(bare, place.clone());
        if let Some(pause) = word[bare.len()..].chars().next().and_then(Pause::from_mark) {
            spoken.pause(pause);
        }
    }
}
