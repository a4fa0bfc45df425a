//! Reads English prose aloud: numbers, dates, money, units, abbreviations, addresses.
//!
//! The one idea: the text is cut into words, numbers, blanks and marks; at each of them the rules of
//! its kind are asked in order, and the first that knows what stands there says it and tells where
//! it ends. What no rule knows is said as it stands, so capitals are left to the engine, which
//! spells them well.

mod abbreviation;
mod amount;
mod contact;
mod date;
mod number;
mod sign;
mod table;
#[cfg(test)]
mod tests;
mod token;

pub(super) use self::table::MONTHS;
use self::token::{Kind, Scan};
use super::{Options, Pause, Spoken};
use crate::model::Lang;

/// What a rule said.
struct Said {
    /// The rule's name.
    rule: &'static str,
    /// Words parted by blanks; a comma behind a word is a pause.
    words: String,
    /// The index of the token behind what was read.
    end: usize,
    /// Was a full stop read that ends the sentence as well ("etc.")?
    stop: bool,
}

impl Said {
    fn new(rule: &'static str, words: impl Into<String>, end: usize) -> Self {
        Self {
            rule,
            words: words.into(),
            end,
            stop: false,
        }
    }
}

/// Reads what stands at a token, if it knows it.
type Rule = fn(&Scan, usize) -> Option<Said>;

const WORD_RULES: &[Rule] = &[
    contact::address,
    date::month_first,
    date::quarter,
    amount::by,
    amount::money,
    abbreviation::shortened,
    abbreviation::before_or_after,
    abbreviation::initials,
    abbreviation::numeral,
];
const NUMBER_RULES: &[Rule] = &[
    contact::address,
    contact::phone,
    amount::hexadecimal,
    date::numeric,
    date::day_first,
    date::time,
    date::decade,
    date::season,
    amount::ordinal,
    amount::fraction,
    amount::height,
    amount::amount,
];
const MARK_RULES: &[Rule] = &[
    contact::phone,
    amount::money,
    amount::minus,
    sign::tag,
    sign::symbol,
];

/// Reads `text` aloud. Every spoken word keeps its place in `text`; no digit and no symbol is left.
///
/// `6/5/2020` is 6 May, but 5 June where `lang` is `en-US`. Linear in the length of `text`.
#[must_use]
pub fn read(text: &str, lang: &Lang, options: &Options) -> Spoken {
    let scan = Scan::new(text, lang.as_str() == "en-US");
    let mut spoken = Spoken::with_capacity(text.len());
    let mut at = 0;
    while let Some(kind) = scan.kind(at) {
        let mut rules = rules(kind).iter();
        let found = listed(&scan, at, options).or_else(|| rules.find_map(|rule| rule(&scan, at)));
        at = match found {
            Some(said) => say(&mut spoken, &scan, at, &said),
            None => sign::pass(&mut spoken, &scan, at, options),
        };
    }
    spoken
}

/// A word or words that the lexicon has a reading for; it goes before all rules.
fn listed(scan: &Scan, at: usize, options: &Options) -> Option<Said> {
    let is_solid = |at: usize| matches!(scan.kind(at), Some(Kind::Word | Kind::Number));
    if !is_solid(at) || is_solid(at.wrapping_sub(1)) {
        return None;
    }
    let last = (at + 1..).find(|next| !is_solid(*next))?;
    let word = scan.place(&(at..last));
    let lexicon = &options.lexicon;
    let (end, words) = lexicon.find(scan.text, word.start, word.end, "en")?;
    let behind = (at + 1..).find(|next| scan.place(&(*next..next + 1)).start >= end)?;
    let address = scan.is(behind, ".") && scan.kind(behind + 1) == Some(Kind::Word);
    (!address).then(|| Said::new("lexicon", words, behind))
}

fn rules(kind: Kind) -> &'static [Rule] {
    match kind {
        Kind::Word => WORD_RULES,
        Kind::Number => NUMBER_RULES,
        Kind::Mark => MARK_RULES,
        Kind::Blank => &[],
    }
}

/// Says what a rule found at the token `at`, and returns the index behind it.
fn say(spoken: &mut Spoken, scan: &Scan, at: usize, said: &Said) -> usize {
    let (first, place) = (spoken.words.len(), scan.place(&(at..said.end)));
    spoken.say_phrase(&said.words, &place);
    spoken.note(said.rule, place, first);
    if said.stop {
        spoken.pause(Pause::Stop);
    }
    said.end
}
