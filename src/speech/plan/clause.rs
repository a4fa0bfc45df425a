//! Cuts a long spoken sentence into clauses.
//!
//! Cuts fall between spoken words that stand for different writing, best after the strongest mark,
//! else before a connective word, so that a voice breathes where a reader would.

use std::ops::Range;

use super::super::{Pause, Spoken};
use crate::model::letter::is_letter;

/// The longest utterance in spoken characters; only a reading longer than this is longer.
const LIMIT: usize = 250;
/// A first utterance longer than this keeps its listener waiting, and is cut.
const FIRST_LIMIT: usize = 140;
/// The first clause is cut off within this many characters.
const FIRST_CLAUSE: Range<usize> = 20..80;
/// Shorter pieces are not cut off.
const SHORTEST: usize = 40;
/// As many characters of distance weigh as much as one rank of marks.
const RANK_CHARACTERS: usize = 60;

/// A place between two words where a sentence may be cut.
#[derive(Clone, Debug)]
struct Boundary {
    /// The index of the word behind.
    word: usize,
    /// The spoken characters before it.
    chars: usize,
    /// The stronger, the better the cut.
    rank: usize,
    /// The writing between the two words.
    gap: Range<usize>,
}

/// Cuts the reading of the sentence at `range` of `text` where it is too long, with the written
/// range of each piece. `begins_plan` asks for a short first piece.
pub(super) fn pieces(
    text: &str,
    mut spoken: Spoken,
    range: &Range<usize>,
    begins_plan: bool,
) -> Vec<(Spoken, Range<usize>)> {
    let total = spoken.text.chars().count();
    if total <= if begins_plan { FIRST_LIMIT } else { LIMIT } {
        return vec![(spoken, range.clone())];
    }
    spoken.steps.clear(); // a plan keeps no steps, and handing them out takes time for each piece
    let cuts = cuts(&boundaries(&spoken), total, begins_plan);
    let mut starts = vec![range.start];
    starts.extend(cuts.iter().map(|cut| written_start(text, &cut.gap)));
    let ends = starts.iter().skip(1).copied().chain([range.end]);
    let written = starts.iter().zip(ends).map(|(&start, end)| {
        let slice = &text[start..end];
        start..start + slice.trim_end().len()
    });
    let words: Vec<_> = cuts.iter().map(|cut| cut.word).collect();
    spoken
        .cut(&words)
        .into_iter()
        .zip(written)
        .map(ended)
        .collect()
}

/// Gives a piece that was cut between words a pause, so that the voice does not drop as at an end.
fn ended((mut piece, written): (Spoken, Range<usize>)) -> (Spoken, Range<usize>) {
    if piece
        .words
        .last()
        .is_some_and(|w| w.spoken.end == piece.text.len())
    {
        piece.pause(Pause::Comma);
    }
    (piece, written)
}

/// The boundaries at which is cut.
fn cuts(boundaries: &[Boundary], total: usize, begins_plan: bool) -> Vec<Boundary> {
    let mut cuts = Vec::new();
    let (mut done, mut passed) = (0, 0);
    if begins_plan && total > FIRST_LIMIT {
        let target = (FIRST_CLAUSE.start + FIRST_CLAUSE.end) / 2;
        if let Some(index) = best(boundaries, FIRST_CLAUSE, target) {
            cuts.push(boundaries[index].clone());
            (done, passed) = (boundaries[index].chars, index + 1);
        }
    }
    while total - done > LIMIT {
        let piece = (total - done) / (total - done).div_ceil(LIMIT);
        let window = done + SHORTEST..(done + LIMIT).min(total - SHORTEST / 2);
        let Some(index) = best(&boundaries[passed..], window, done + piece) else {
            break;
        };
        cuts.push(boundaries[passed + index].clone());
        (done, passed) = (boundaries[passed + index].chars, passed + index + 1);
    }
    cuts
}

/// The boundary in `window` with the best mark near `target`, else the first one behind.
fn best(boundaries: &[Boundary], window: Range<usize>, target: usize) -> Option<usize> {
    let within = boundaries
        .iter()
        .take_while(|b| b.chars <= window.end)
        .count();
    let worth = |b: &Boundary| {
        (b.rank * RANK_CHARACTERS + LIMIT * 2).saturating_sub(b.chars.abs_diff(target))
    };
    let inside = boundaries[..within].iter().enumerate();
    inside
        .filter(|(_, b)| b.chars >= window.start)
        .max_by_key(|(_, b)| worth(b))
        .map(|(index, _)| index)
        .or_else(|| (within < boundaries.len()).then_some(within))
}

/// All places between words that stand for different writing.
fn boundaries(spoken: &Spoken) -> Vec<Boundary> {
    let mut boundaries = Vec::new();
    let (mut chars, mut written) = (0, 0);
    for (index, pair) in spoken.words.windows(2).enumerate() {
        let [word, behind] = pair else { continue };
        chars += spoken.text[word.spoken.start..behind.spoken.start]
            .chars()
            .count();
        written = written.max(word.written.end);
        if written <= behind.written.start {
            boundaries.push(Boundary {
                word: index + 1,
                chars,
                rank: rank(spoken, index),
                gap: written..behind.written.start,
            });
        }
    }
    boundaries
}

/// How well a cut fits behind the word `index`.
fn rank(spoken: &Spoken, index: usize) -> usize {
    match spoken.pause_after(index) {
        Some(Pause::Stop | Pause::Exclamation | Pause::Question) if ends(spoken, index) => 5,
        Some(Pause::Semicolon) => 4,
        Some(Pause::Colon | Pause::Comma) => 3,
        _ => unmarked(spoken, index),
    }
}

/// A full stop after a number or a few letters is an ordinal's or an abbreviation's, in languages
/// whose engine reads them ("am 18. November").
fn ends(spoken: &Spoken, index: usize) -> bool {
    let place = spoken.words.get(index).map(|w| w.spoken.clone());
    let word = place.map_or("", |place| &spoken.text[place]);
    word.chars().count() > 3 && word.chars().all(is_letter)
}

fn unmarked(spoken: &Spoken, index: usize) -> usize {
    let word = |at: usize| {
        let place = spoken.words.get(at).map(|w| w.spoken.clone());
        place.map_or("", |place| &spoken.text[place])
    };
    let (before, behind, after) = (word(index), word(index + 1), word(index + 2));
    if PAIRS.contains(&(before, behind)) {
        0
    } else if CONNECTIVES.contains(&behind) || PAIRS.contains(&(behind, after)) {
        2
    } else {
        1
    }
}

/// Where the writing behind a gap begins: quotes and brackets that open there go with it.
fn written_start(text: &str, gap: &Range<usize>) -> usize {
    let mut chars = text[gap.clone()].char_indices();
    let blank = chars.rfind(|(_, c)| c.is_whitespace());
    blank.map_or(gap.end, |(at, c)| gap.start + at + c.len_utf8())
}

/// Words before which Vietnamese and English prose breathes.
const CONNECTIVES: &[&str] = &[
    "và", "nhưng", "hoặc", "hay", "để", "do", "vì", "nên", "mà", "khi", "nếu", "nhằm", "theo",
    "tại", "với", "trong", "thì", "còn", "bởi", "cùng", "từ", "qua", "về", "and", "but", "or",
    "because", "so", "that", "which", "who", "when", "while", "if", "to", "for", "with", "in",
    "of", "at", "by", "from", "after", "before",
];

/// Words that stay together; a cut before the pair is as good as one before a connective.
const PAIRS: &[(&str, &str)] = &[
    ("sau", "khi"),
    ("trước", "khi"),
    ("trong", "khi"),
    ("đến", "khi"),
    ("từ", "khi"),
    ("mỗi", "khi"),
    ("cho", "đến"),
    ("cho", "nên"),
    ("bởi", "vì"),
    ("tại", "vì"),
    ("để", "cho"),
    ("cùng", "với"),
    ("còn", "với"),
    ("đối", "với"),
    ("so", "với"),
    ("căn", "cứ"),
    ("liên", "quan"),
    ("hay", "là"),
    ("vì", "vậy"),
    ("do", "đó"),
    ("because", "of"),
    ("so", "that"),
    ("such", "as"),
    ("according", "to"),
    ("as", "well"),
];
