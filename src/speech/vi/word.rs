//! Words that are not simply said: capitals, single letters, letters with digits.

use super::letter;
use super::line::Line;
use super::number::push;
use super::numeral::Numeral;
use super::rule::{Reading, Scene};
use super::syllable::is_syllable;
use super::token::{Case, Kind};
use crate::speech::name::is_given_name;

/// Words after which a single letter is talked about.
const LETTER_CUES: &str = "điểm|chữ|cái|ký|kí|tự|phím|nhóm|hạng|loại";

/// Does a word need a look at all? Most do not.
pub(super) fn is_special(line: &Line, at: usize) -> bool {
    let next = at + 1;
    match line.case(at) {
        Some(Case::Lower | Case::Title) => {
            let token = line.tokens[at];
            line.glued(next)
                || is_tagged(line, at)
                || token.end - token.start <= 2
                || !has_vowel(line.str(at))
                || (line.glued(at) && token.end - token.start <= 4)
                || matches!(line.str(at), "Cty" | "cty")
        }
        _ => true,
    }
}

fn is_tagged(line: &Line, at: usize) -> bool {
    line.glued(at) && line.is_mark(at.wrapping_sub(1), '#')
}

/// A word or words that the lexicon has a reading for; it goes before all rules.
pub(super) fn listed(line: &Line, at: usize) -> Option<Reading> {
    let lexicon = &line.options.lexicon;
    if lexicon.is_empty() || matches!(line.kind(at), Some(Kind::Mark(_))) {
        return None;
    }
    let token = line.tokens.get(at)?;
    let word_end = first_word_end(line, at)?;
    let (end, spoken) = lexicon.find(line.text, token.start, word_end, "vi")?;
    if goes_on_as_address(&line.text[end..]) {
        return None;
    }
    let behind = line.tokens[at..].partition_point(|t| t.start < end);
    Some(Reading::new(at + behind, spoken))
}

/// "google.com", "facebook@bao.example": a listed word is part of an address there.
fn goes_on_as_address(behind: &str) -> bool {
    let rest = behind
        .strip_prefix(['.', '@', '_'])
        .or(behind.strip_prefix("://"));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// The end of the letters and digits that touch each other here, as a lexicon's first word.
fn first_word_end(line: &Line, at: usize) -> Option<usize> {
    let mut last = at;
    while last < at + 8
        && line.glued(last + 1)
        && !matches!(line.kind(last + 1), Some(Kind::Mark(_)))
    {
        last += 1;
    }
    Some(line.tokens.get(last)?.end)
}

/// A single letter by its name; a vowel is its own name.
pub(super) fn single(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let mut chars = line.str(at).chars();
    let letter = chars.next().filter(|_| chars.next().is_none())?;
    if is_after_apostrophe(line, at) {
        return None;
    }
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    let name = match lower {
        'w' => "đắp liu",
        'd' if names_a_point(line, at) => "dê",
        _ => letter::name(letter)?,
    };
    if let Some(reading) = primed(line, at, name) {
        return Some(reading);
    }
    let talked_about = line.is_in(at.wrapping_sub(1), LETTER_CUES);
    let named = talked_about || !is_syllable(lower.encode_utf8(&mut [0; 4]));
    named.then(|| Reading::new(at + 1, name))
}

/// How far before "17,5N" the word "vĩ độ" may stand.
const DEGREE_REACH: usize = 9;

/// "21°01'N", "106° E", "vĩ độ 17,5N": the quarter of the sky behind degrees.
pub(super) fn quarter_of_sky(scene: &Scene, at: usize) -> Option<Reading> {
    const QUARTERS: &[(&str, &str)] = &[
        ("N", "bắc"),
        ("B", "bắc"),
        ("S", "nam"),
        ("E", "đông"),
        ("Đ", "đông"),
        ("W", "tây"),
        ("T", "tây"),
    ];
    let line = &scene.line;
    let mark = at.wrapping_sub(1);
    let signed = line.is_one_of(mark, &['°', 'º', '\'', '′', '’', '"', '″', '”'])
        && line.is_digits(mark.wrapping_sub(1))
        && (line.glued(at) || line.is_one_of(mark, &['°', 'º']));
    let bare = line.glued(at)
        && line.is_digits(mark)
        && (1..=DEGREE_REACH).any(|back| line.is_in(at.wrapping_sub(back), "vĩ|kinh"));
    let said = line.is_in(mark, "độ") && line.is_digits(mark.wrapping_sub(1));
    let degrees = signed || bare || said || (line.glued(at) && is_beside_other_degrees(line, at));
    let (_, name) = QUARTERS
        .iter()
        .find(|(letter, _)| *letter == line.str(at))?;
    degrees.then(|| Reading::new(at + 1, *name))
}

/// "15,5N-112,3E": degrees of the other kind on the one side or the other.
fn is_beside_other_degrees(line: &Line, at: usize) -> bool {
    const LATITUDES: [&str; 3] = ["N", "B", "S"];
    const LONGITUDES: [&str; 3] = ["E", "Đ", "W"];
    let joint = |mark: usize| line.is_one_of(mark, &['-', '–', ',', ';']);
    let has = |letters: [&str; 3], i: usize| letters.contains(&line.str(i)) && line.glued(i);
    let behind = Numeral::at(line, at + 2)
        .is_some_and(|n| joint(at + 1) && !n.is_whole() && has(LONGITUDES, n.end));
    let mark = at.wrapping_sub(4);
    let parted = |i: usize| line.is_one_of(i, &[',', '.']) && line.joins(i);
    let before = joint(mark) && has(LATITUDES, mark.wrapping_sub(1)) && parted(at.wrapping_sub(2));
    (has(LATITUDES, at) && behind) || (has(LONGITUDES, at) && before)
}

/// In "điểm c, d và đ" the letters d and đ must sound different.
fn names_a_point(line: &Line, at: usize) -> bool {
    let head = line.head_of_list(at, |l, i| {
        let letter = l.is_word(i) && l.str(i).chars().count() == 1;
        letter || l.is_mark(i, ',') || l.is_in(i, "và|hoặc")
    });
    line.is_in(head, "điểm")
}

/// "A'", "f''": primes are said; before a word it is a consonant of a highland name ("M'gar").
fn primed(line: &Line, at: usize, name: &str) -> Option<Reading> {
    const PRIMES: &[char] = &['\'', '′', '’'];
    let mut end = at + 1;
    let mut out = name.to_owned();
    while line.glued(end) && line.is_one_of(end, PRIMES) {
        push(&mut out, "phẩy");
        end += 1;
    }
    if end == at + 1 {
        return None;
    }
    if !(line.glued(end) && line.is_word(end)) {
        return Some(Reading::new(end, out));
    }
    let onset = line.str(at).to_lowercase();
    let consonant = end == at + 2 && !is_syllable(&onset);
    consonant.then(|| Reading::new(end, format!("{onset}ơ")))
}

/// Words for a person, before a name or its initials.
pub(super) const CALLED: &str = "ông|bà|anh|chị|em|cô|chú|bác|cháu|cụ|thầy";

/// "bà C. Hoa", "ông Trần V. Minh": an initial before a given name, its point silent.
fn initial_of_name(line: &Line, at: usize) -> Option<Reading> {
    let dotted = line.is_mark(at + 1, '.') && line.glued(at + 1);
    let called = line.is_in(at.wrapping_sub(1), CALLED)
        || line.case(at.wrapping_sub(1)) == Some(Case::Title)
            && line.is_in(at.wrapping_sub(2), CALLED);
    (dotted && called && is_given_name(line.str(at + 2)))
        .then(|| Reading::new(at + 2, letter::spell(line.str(at))))
}

/// "N.V.A", "bà T.H.": the letters of a name, without pauses between.
pub(super) fn initials(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if line.case(at) != Some(Case::Letter) {
        return None;
    }
    if let Some(reading) = initial_of_name(line, at) {
        return Some(reading);
    }
    let mut end = at + 1;
    let mut out = letter::spell(line.str(at));
    while line.is_mark(end, '.') && line.joins(end) && line.case(end + 1) == Some(Case::Letter) {
        push(&mut out, &letter::spell(line.str(end + 1)));
        end += 2;
    }
    let written = line
        .text
        .get(line.tokens[at].start..line.tokens[end - 1].end)?;
    let known = super::abbreviation::anywhere(written).is_some();
    let lone = end == at + 1;
    let before_letter = line.is_mark(end, '.')
        && line.case(end + 1) == Some(Case::Letter)
        && line.is_word(at.wrapping_sub(1));
    if known || (lone && !before_letter) {
        return None;
    }
    let goes_on = line.is_mark(end, '.')
        && line.glued(end)
        && (line.case(end + 1) == Some(Case::Lower) || before_letter || line.is_mark(end + 1, '('));
    Some(Reading::new(end + usize::from(goes_on), out))
}

/// The "t" of "don't" belongs to its word.
fn is_after_apostrophe(line: &Line, at: usize) -> bool {
    let mark = at.wrapping_sub(1);
    line.is_one_of(mark, &['\'', '’']) && line.joins(mark) && line.is_word(mark.wrapping_sub(1))
}

/// A word in capitals that is Vietnamese is said in small letters: no voice may spell it.
pub(super) fn shouted(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if line.case(at) != Some(Case::Upper) {
        return None;
    }
    let word = line.word(at);
    let long = !word.is_ascii() || word.len() > 2;
    (is_syllable(&word) && (long || among_capitals(line, at))).then(|| Reading::new(at + 1, word))
}

/// Is it a Vietnamese word among others in capitals, so that it is no abbreviation?
pub(super) fn is_shouted(line: &Line, at: usize) -> bool {
    line.case(at) == Some(Case::Upper) && among_capitals(line, at) && is_syllable(&line.word(at))
}

fn among_capitals(line: &Line, at: usize) -> bool {
    let loud = |i: usize| {
        let marked = line.case(i) == Some(Case::Letter) && !line.str(i).is_ascii();
        (marked || line.case(i) == Some(Case::Upper)) && is_syllable(&line.word(i))
    };
    loud(at.wrapping_sub(1)) || loud(at + 1)
}

/// "BÃO YAGI", "AGRIBANK GIẢM LÃI SUẤT": among words in capitals, what can be said is no
/// abbreviation but a name.
pub(super) fn shouted_name(scene: &Scene, at: usize) -> Option<Reading> {
    const SHORTEST: usize = 4;
    const REACH: usize = 4;
    let line = &scene.line;
    if line.case(at) != Some(Case::Upper) || line.str(at).len() < SHORTEST {
        return None;
    }
    let word = line.word(at);
    let loud = |i: usize| line.case(i) == Some(Case::Upper) && is_syllable(&line.word(i));
    let neighbours = (1..=REACH).filter(|n| loud(at.wrapping_sub(*n))).count()
        + (1..=REACH).filter(|n| loud(at + n)).count();
    (neighbours >= 2 && is_sayable(&word)).then(|| Reading::new(at + 1, word))
}

/// Two vowels or more, and never three consonants in a row.
fn is_sayable(word: &str) -> bool {
    let mut consonants = 0;
    let mut vowels = 0;
    for c in word.chars() {
        if is_vowel(c) {
            vowels += 1;
            consonants = 0;
        } else {
            consonants += 1;
        }
        if consonants > 2 {
            return false;
        }
    }
    vowels >= 2
}

/// Any other cluster of capitals is spelled, and what no voice can say: "VNeID", "pdf".
pub(super) fn cluster(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let word = line.str(at);
    match line.case(at)? {
        Case::Upper => {}
        Case::Mixed if !has_sayable_run(word) => {}
        Case::Mixed => return tailed(word).map(|words| Reading::new(at + 1, words)),
        Case::Lower | Case::Title if !has_vowel(word) && !is_after_apostrophe(line, at) => {
            if let Some(words) = super::abbreviation::anywhere(&word.to_uppercase()) {
                return Some(Reading::new(at + 1, words));
            }
        }
        _ => return None,
    }
    Some(Reading::new(at + 1, letter::spell(word)))
}

/// "ChatGPT", "OpenAI": a name with capitals behind it.
fn tailed(word: &str) -> Option<String> {
    let name = word.trim_end_matches(char::is_uppercase);
    let tail = &word[name.len()..];
    let spelled = tail.chars().count() >= 2 && !name.is_empty();
    spelled.then(|| format!("{name} {}", letter::spell(tail)))
}

/// Three small letters with a vowel among them can be said: "iPhone", "YouTube".
fn has_sayable_run(word: &str) -> bool {
    let mut runs = word.split(char::is_uppercase);
    runs.any(|run| run.chars().count() >= 3 && has_vowel(run)) || is_of_names(word)
}

/// "TikTok": short names, each with its capital and a vowel.
fn is_of_names(word: &str) -> bool {
    let mut names = word.split(char::is_uppercase).skip(1);
    word.starts_with(char::is_uppercase)
        && names.all(|rest| rest.chars().count() >= 2 && rest.chars().any(is_vowel))
}

fn is_vowel(c: char) -> bool {
    has_vowel(c.encode_utf8(&mut [0; 4]))
}

/// Is any letter no consonant of the Latin alphabet?
fn has_vowel(word: &str) -> bool {
    let consonant = |c: char| matches!(c.to_ascii_lowercase(), 'b'..='d' | 'f'..='h' | 'j'..='n' | 'p'..='t' | 'v'..='x' | 'z' | 'đ' | 'Đ');
    !word.chars().all(consonant)
}
