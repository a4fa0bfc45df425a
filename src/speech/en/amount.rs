//! Amounts: plain numbers, years, ranges, fractions, money, percent, units.

use super::Said;
use super::date::is_month;
use super::number::{cardinal, digits, ordinal as ordinal_words, plural, quantity, whole, year};
use super::table::{BEFORE_YEAR, CURRENCIES, Currency, MAGNITUDES, MONEY_MAGNITUDES, UNITS};
use super::token::{Kind, Quantity, Scan};

/// A number with its magnitude, or two of them with a dash between.
struct Amount {
    words: String,
    /// Is it exactly one?
    one: bool,
    /// Its number, if it is one number without magnitude.
    single: Option<(String, Option<String>)>,
    end: usize,
}

/// "5", "1999", "5-7 km", "20 %", "50,000 VND".
pub(super) fn amount(scan: &Scan, at: usize) -> Option<Said> {
    if let Some(words) = typed(scan, at) {
        return Some(Said::new("number", words, at + 1));
    }
    let amount = read(scan, at, false)?;
    if let Some((name, end)) = glued_magnitude(scan, amount.end) {
        return Some(Said::new("number", format!("{} {name}", amount.words), end));
    }
    let behind = scan.skip_blank(amount.end);
    if let Some((currency, end)) = currency(scan, behind) {
        return Some(Said::new(
            "money",
            counted(&amount, currency.one, currency.many),
            end,
        ));
    }
    if let Some((one, many, end)) = unit(scan, amount.end).or_else(|| unit(scan, behind)) {
        let end = end + usize::from(is_abbreviating(scan, end));
        return Some(Said::new("unit", counted(&amount, one, many), end));
    }
    Some(Said::new("number", amount.words, amount.end))
}

/// "account No. 12345678", "call 911": digits that are typed or dialled, one by one.
fn typed(scan: &Scan, at: usize) -> Option<String> {
    const SHORTEST_TYPED: usize = 6;
    const NUMBERED: &[&str] = &[
        "No", "no", "number", "Number", "account", "Account", "code", "ID",
    ];
    const DIALLED: &[&str] = &[
        "call", "Call", "dial", "Dial", "called", "dialed", "calling", "or",
    ];
    const EMERGENCY: &[&str] = &["911", "999", "112", "113", "114", "115"];
    let number = scan.digits(at).filter(|_| scan.ends(at + 1))?;
    let goes_on = scan.is_any(at + 1, &[",", "."]) && scan.kind(at + 2) == Some(Kind::Number);
    let before = match scan.previous(at) {
        "." => scan.previous(at.saturating_sub(2)),
        word => word,
    };
    let typed = number.len() >= SHORTEST_TYPED && NUMBERED.contains(&before);
    let either = before != "or" || matches!(number, "911" | "999");
    let dialled = EMERGENCY.contains(&number) && DIALLED.contains(&before) && either;
    (!goes_on && (typed || dialled)).then(|| digits(number))
}

/// "100 ft. long": a full stop behind a unit, before a small letter.
fn is_abbreviating(scan: &Scan, at: usize) -> bool {
    let next = scan.word(scan.skip_blank(at + 1)).unwrap_or_default();
    scan.is(at, ".") && next.starts_with(char::is_lowercase)
}

/// "500k"; "3.2m people", where metres would not be counted.
fn glued_magnitude(scan: &Scan, at: usize) -> Option<(&'static str, usize)> {
    let blank = scan.kind(at + 1) == Some(Kind::Blank);
    match scan.str(at) {
        "K" if scan.ends(at + 1) && is_format(scan, at) => Some(("K", at + 1)),
        "k" | "K" if scan.ends(at + 1) => Some(("thousand", at + 1)),
        "m" if blank && is_countable(scan.str(at + 2)) => Some(("million", at + 1)),
        _ => None,
    }
}

/// "4K", "8K video", "10K run": a picture's or a race's size, not thousands.
fn is_format(scan: &Scan, at: usize) -> bool {
    const NOUNS: &[&str] = &[
        "run",
        "race",
        "video",
        "TV",
        "TVs",
        "resolution",
        "display",
        "screen",
        "monitor",
        "camera",
    ];
    let alone = !scan.word(at + 2).is_some_and(is_countable);
    let named = scan.word(at + 2).is_some_and(|word| NOUNS.contains(&word));
    named || (alone && at > 0 && scan.is_any(at - 1, &["2", "4", "8"]))
}

/// "0x80070005", "0xFF": a number of machines, sign by sign.
pub(super) fn hexadecimal(scan: &Scan, at: usize) -> Option<Said> {
    const SHORTEST: usize = 4;
    const MOST_TOKENS: usize = 33; // runs of letters and digits in 128 bits
    let marked = scan.is(at, "0") && scan.word(at + 1).is_some_and(|w| w.starts_with(['x', 'X']));
    let solid = |at: usize| matches!(scan.kind(at), Some(Kind::Word | Kind::Number));
    if !marked || solid(at.wrapping_sub(1)) {
        return None;
    }
    let end = (at + 2..at + 2 + MOST_TOKENS).find(|i| !solid(*i))?;
    let number = scan.text.get(scan.place(&(at + 1..end)))?.get(1..)?;
    let loud = number.bytes().any(|b| b.is_ascii_alphabetic());
    let fits = number.len() >= SHORTEST || (loud && number.len() > 1);
    if !fits || !number.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let signs: Vec<_> = number.chars().map(sign).collect();
    Some(Said::new(
        "number",
        format!("zero X {}", signs.join(" ")),
        end,
    ))
}

fn sign(c: char) -> String {
    if c.is_ascii_digit() {
        digits(c.encode_utf8(&mut [0; 4]))
    } else {
        c.to_uppercase().collect()
    }
}

/// "5 x 3 = 15", "4x100m", "3 x 4 m": a product, or one side by another.
pub(super) fn by(scan: &Scan, at: usize) -> Option<Said> {
    let next = scan.skip_blank(at + 1);
    let second = Quantity::read(scan, next).filter(|_| scan.is_any(at, &["x", "X"]))?;
    let first = scan.previous(at).bytes().all(|b| b.is_ascii_digit()) && at > 0;
    let alike = (next > at + 1) == (scan.kind(at - usize::from(at > 0)) == Some(Kind::Blank));
    let equals = scan.is(scan.skip_blank(second.end), "=");
    let name = if equals { "times" } else { "by" };
    (first && alike).then(|| Said::new("symbol", name, at + 1))
}

/// "6'2\"", "5′4″": feet and inches.
pub(super) fn height(scan: &Scan, at: usize) -> Option<Said> {
    let (feet, inches) = (scan.small(at)?, scan.small(at + 2)?);
    let marked = scan.is_any(at + 1, &["'", "′", "’"]) && inches < 12;
    let closed = scan.is_any(at + 3, &["\"", "″", "”"]);
    let words = format!("{} foot {}", cardinal(feet), cardinal(inches));
    (marked && scan.ends(at + 3)).then(|| Said::new("unit", words, at + 3 + usize::from(closed)))
}

/// "$3.5 million", "US$5", "£3.50", "USD 20", "$5-7 million".
pub(super) fn money(scan: &Scan, at: usize) -> Option<Said> {
    let (currency, sign_end) = currency(scan, at)?;
    let amount = read(scan, scan.skip_blank(sign_end), true)?;
    let words = match &amount.single {
        Some((whole, Some(cents))) if cents.len() == 2 => with_cents(whole, cents, currency),
        _ => None,
    };
    let words = words.unwrap_or_else(|| counted(&amount, currency.one, currency.many));
    Some(Said::new("money", words, amount.end))
}

/// "1st", "22nd".
pub(super) fn ordinal(scan: &Scan, at: usize) -> Option<Said> {
    let number =
        Quantity::read(scan, at).filter(|q| q.decimals.is_none() && q.whole.len() <= 18)?;
    let ending = scan.is_any(number.end, &["st", "nd", "rd", "th"]);
    let words = ordinal_words(number.whole.parse().ok()?);
    ending.then(|| Said::new("ordinal", words, number.end + 1))
}

/// "1/2", "2 3/4", "24/7", "18/20".
pub(super) fn fraction(scan: &Scan, at: usize) -> Option<Said> {
    let (above, below) = (scan.small(at)?, scan.small(at + 2)?);
    let alone = scan.is_any(at + 1, &["/", "⁄"])
        && !scan.is(at + 3, "/")
        && (at == 0 || !scan.is(at - 1, "/"));
    if !alone || !scan.ends(at + 3) {
        return None;
    }
    let mixed = at > 1 && scan.kind(at - 1) == Some(Kind::Blank) && scan.digits(at - 2).is_some();
    let words = match (above, below) {
        (24, 7) => "twenty four seven".to_owned(),
        (9, 11) => "nine eleven".to_owned(),
        (1, 2) if mixed => "and a half".to_owned(),
        (1, 2) => "one half".to_owned(),
        (above, 2..=10) if above < below => parts(above, below, mixed),
        _ => format!("{} over {}", cardinal(above), cardinal(below)),
    };
    Some(Said::new("fraction", words, at + 3))
}

/// "-5" and "–5" where a word begins.
pub(super) fn minus(scan: &Scan, at: usize) -> Option<Said> {
    let sign = scan.is_any(at, &["-", "–"]) && scan.begins(at);
    let number = scan.kind(at + 1) == Some(Kind::Number);
    let after_number = scan.previous(at).bytes().all(|b| b.is_ascii_digit()) && at > 0;
    (sign && number && !after_number).then(|| Said::new("minus", "minus", at + 1))
}

fn parts(above: u64, below: u64, mixed: bool) -> String {
    let part = if below == 4 {
        "quarter".to_owned()
    } else {
        ordinal_words(below)
    };
    let part = if above == 1 { part } else { plural(&part) };
    let and = if mixed { "and " } else { "" };
    format!("{and}{} {part}", cardinal(above))
}

fn counted(amount: &Amount, one: &str, many: &str) -> String {
    format!("{} {}", amount.words, if amount.one { one } else { many })
}

fn with_cents(whole_digits: &str, cents: &str, currency: &Currency) -> Option<String> {
    let (cent, many_cents) = currency.cents?;
    let cents_word = if cents == "01" { cent } else { many_cents };
    let cents_said = cardinal(cents.parse().ok()?);
    let one = whole_digits == "1";
    let coins = format!("{cents_said} {cents_word}");
    let notes = format!(
        "{} {}",
        whole(whole_digits),
        if one { currency.one } else { currency.many }
    );
    Some(match (whole_digits, cents) {
        (_, "00") => notes,
        ("0", _) => coins,
        _ => format!("{notes} and {coins}"),
    })
}

/// Reads a number or a range of them, of money or of other things.
fn read(scan: &Scan, at: usize, money: bool) -> Option<Amount> {
    let first = Quantity::read(scan, at)?;
    let (magnitude, end) = magnitude(scan, first.end, money);
    if let Some((words, end)) = range(scan, at, &first, magnitude, end, money) {
        return Some(Amount {
            words,
            one: false,
            single: None,
            end,
        });
    }
    let plain = magnitude.is_empty();
    let number = if !money && plain && is_year(scan, at, &first) {
        first.year().map(year)
    } else {
        None
    };
    Some(Amount {
        words: format!("{} {magnitude}", number.unwrap_or_else(|| quantity(&first))),
        one: first.is_one() && plain,
        single: plain.then(|| (first.whole.clone(), first.decimals.map(str::to_owned))),
        end,
    })
}

/// Makers of planes, whose types are two numbers with a hyphen: "Boeing 737-800".
const MAKERS: &[&str] = &["Boeing", "Airbus", "Embraer", "Bombardier", "ATR"];

/// "5-7", "5 – 7", "2016-2020", "$5-$7"; no range in "Boeing 737-800".
fn range(
    scan: &Scan,
    at: usize,
    first: &Quantity,
    multiple: &str,
    end: usize,
    money: bool,
) -> Option<(String, usize)> {
    let blank = scan.kind(end) == Some(Kind::Blank);
    let dash = end + usize::from(blank);
    let spaced = scan.kind(dash + 1) == Some(Kind::Blank);
    if !scan.is_any(dash, &["-", "–", "—"]) || blank != spaced {
        return None;
    }
    let next = dash + 1 + usize::from(spaced);
    let next = currency(scan, next)
        .filter(|_| money)
        .map_or(next, |(_, end)| end);
    let second = Quantity::read(scan, next)?;
    let (behind, end) = magnitude(scan, second.end, money);
    if spaced && !money && falls_from_year(first, &second) {
        return None;
    }
    if !spaced && MAKERS.contains(&scan.previous(at)) {
        return Some((format!("{} {}", quantity(first), quantity(&second)), end));
    }
    let to = match (first.year(), second.year(), second.whole.len()) {
        (Some(a), Some(b), _) if !money => format!("{} to {}", year(a), year(b)),
        (Some(a), None, 2) if !money => format!("{} to {}", year(a), quantity(&second)),
        _ => format!("{} {multiple} to {}", quantity(first), quantity(&second)),
    };
    Some((format!("{to} {behind}"), end))
}

/// "In 2020 – 5 people died": behind a dash with blanks, a year leads to no smaller number, unless it
/// is a later year in two digits.
fn falls_from_year(first: &Quantity, second: &Quantity) -> bool {
    let Some((year, last)) = first.year().zip(second.whole.parse::<u64>().ok()) else {
        return false;
    };
    let later = second.whole.len() == 2 && last > year % 100;
    last < 1000 && !later
}

/// Reads the word that multiplies the number before `at`.
fn magnitude(scan: &Scan, at: usize, money: bool) -> (&'static str, usize) {
    let found = |table: &'static [(&str, &str)], at: usize| {
        let word = scan.word(at).filter(|_| scan.ends(at + 1))?;
        let (_, said) = table.iter().find(|(written, _)| *written == word)?;
        Some((*said, at + 1))
    };
    let spaced = found(MAGNITUDES, scan.skip_blank(at));
    let glued = money.then(|| found(MONEY_MAGNITUDES, at)).flatten();
    spaced.or(glued).unwrap_or(("", at))
}

/// Are the four digits at `at` a year rather than a count?
fn is_year(scan: &Scan, at: usize, number: &Quantity) -> bool {
    let Some(year) = number.year() else {
        return false;
    };
    let previous = scan.previous(at);
    let lines = scan.is(number.end, "p"); // "1080p" on a screen
    if lines || BEFORE_YEAR.contains(&previous) || is_month(previous) {
        return true;
    }
    let behind = scan.word(scan.skip_blank(number.end)).unwrap_or_default();
    let blank = scan.kind(number.end) == Some(Kind::Blank);
    let measured = unit(scan, scan.skip_blank(number.end)).is_some();
    year >= 1100 && !(blank && is_countable(behind)) && !measured
}

/// A word in small letters that could be what is counted: "houses", "people".
fn is_countable(word: &str) -> bool {
    let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && word != "this";
    let lower = word.bytes().all(|b| b.is_ascii_lowercase());
    lower
        && (plural
            || matches!(
                word,
                "people" | "men" | "women" | "children" | "feet" | "dong"
            ))
}

fn currency(scan: &Scan, at: usize) -> Option<(&'static Currency, usize)> {
    CURRENCIES
        .iter()
        .find_map(|c| scan.matches(at, c.written).map(|end| (c, end)))
}

fn unit(scan: &Scan, at: usize) -> Option<(&'static str, &'static str, usize)> {
    let mut units = UNITS.iter();
    units.find_map(|(written, one, many)| scan.matches(at, written).map(|end| (*one, *many, end)))
}
