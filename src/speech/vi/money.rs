//! Sums of money: codes and signs before and behind their number, scales, pairs of moneys.

use super::line::Line;
use super::number::push;
use super::numeral::Numeral;
use super::rule::{Reading, Scene};
use super::token::Kind;

/// Money. Source: ISO 4217; names as Vietnamese news says them.
const MONEY: &[(&str, &str)] = &[
    ("VND", "Việt Nam đồng"),
    ("VNĐ", "Việt Nam đồng"),
    ("vnđ", "Việt Nam đồng"),
    ("vnd", "Việt Nam đồng"),
    ("USD", "đô la Mỹ"),
    ("EUR", "ơ rô"),
    ("GBP", "bảng Anh"),
    ("JPY", "yên Nhật"),
    ("CNY", "nhân dân tệ"),
    ("NDT", "nhân dân tệ"),
    ("KRW", "won Hàn Quốc"),
    ("THB", "bạt Thái"),
    ("SGD", "đô la Xinh ga po"),
    ("AUD", "đô la Úc"),
    ("CAD", "đô la Ca na đa"),
    ("HKD", "đô la Hồng Kông"),
    ("LAK", "kíp Lào"),
    ("CHF", "phờ răng Thụy Sĩ"),
];

/// Signs of money. Source: Unicode block Currency Symbols.
const MONEY_SIGNS: &[(char, &str)] = &[
    ('$', "đô la"),
    ('€', "ơ rô"),
    ('£', "bảng Anh"),
    ('¥', "yên"),
    ('₩', "won"),
    ('₫', "đồng"),
    ('฿', "bạt"),
    ('₽', "rúp"),
    ('₹', "ru pi"),
    ('¢', "xu"),
    ('₿', "bít coin"),
];

/// Letters before a dollar sign that say whose dollar it is.
const DOLLARS: &[(&str, &str)] = &[
    ("US", "đô la Mỹ"),
    ("A", "đô la Úc"),
    ("AU", "đô la Úc"),
    ("S", "đô la Xinh ga po"),
    ("HK", "đô la Hồng Kông"),
    ("NZ", "đô la Niu Di lân"),
    ("NT", "đô la Đài Loan"),
];

/// Money that no state mints, known as such only beside other money: "USD/BTC".
const COINS: &[(&str, &str)] = &[
    ("BTC", "bít coin"),
    ("ETH", "i the ri ầm"),
    ("USDT", "u ét đê tê"),
];

/// "USD/BTC", "VND-USD": one money in another.
pub(super) fn pair(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let name = |i: usize| {
        let coin = COINS.iter().find(|(code, _)| *code == line.str(i));
        of_code(line.str(i)).or(coin.map(|(_, name)| *name))
    };
    let joined = line.is_one_of(at + 1, &['/', '-']) && line.joins(at + 1);
    let (first, second) = (name(at)?, name(at + 2)?);
    let free = !line.goes_on(at + 3) && scene.after != at && !line.glued(at);
    (joined && free).then(|| Reading::new(at + 3, format!("{first} trên {second}")))
}

/// "$100", "¥120000", "$5 triệu": the name comes behind the number.
pub(super) fn sign_first(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let Some(Kind::Mark(mark)) = line.kind(at) else {
        return None;
    };
    let name = of_sign(mark)?;
    if !line.is_digits(at + 1) {
        return Some(Reading::new(at + 1, name));
    }
    amount(line, at + 1, name)
}

/// "US$5 triệu", "USD 100": whose dollar it is, or the code of the money, before the number.
pub(super) fn code_first(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    if line.is_mark(at + 1, '$') && line.glued(at + 1) && line.is_digits(at + 2) {
        let dollar = DOLLARS.iter().find(|(letters, _)| *letters == line.str(at));
        return amount(line, at + 2, dollar?.1);
    }
    let pair = line.is_mark(at.wrapping_sub(1), '/') && line.glued(at);
    let counted = scene.after == at || line.is_digits(at.wrapping_sub(1)) || pair;
    let name = of_code(line.str(at)).filter(|_| !counted && !line.glued(at + 1))?;
    let scaled = line.is_word(at.wrapping_sub(1)) && line.is_digits(at.wrapping_sub(2));
    let reading = amount(line, at + 1, name).filter(|_| !scaled)?;
    (!line.is_in(reading.end, "đồng|đ|vnd|vnđ")).then_some(reading)
}

/// Reads a sum of money whose name stands before it.
fn amount(line: &Line, at: usize, name: &str) -> Option<Reading> {
    let numeral = Numeral::at(line, at)?.of_money();
    let mut out = numeral.words(line);
    if let Some(scale) = money_scale(line, numeral.end) {
        return Some(Reading::quantity(
            numeral.end + 1,
            format!("{out} {scale} {name}"),
        ));
    }
    let scaled = line.is_in(numeral.end, "triệu|tỷ|tỉ|nghìn|ngàn|trăm");
    let end = numeral.end + usize::from(scaled);
    if scaled {
        push(&mut out, &line.word(numeral.end));
    }
    push(&mut out, name);
    Some(Reading::quantity(end, out))
}

/// "$1.5M", "€2B", "$10K".
fn money_scale(line: &Line, at: usize) -> Option<&'static str> {
    let scale = match line.str(at) {
        "K" | "k" => "nghìn",
        "M" => "triệu",
        "B" => "tỷ",
        _ => return None,
    };
    line.glued(at).then_some(scale)
}

/// Returns the name of money by its code, as in "USD".
pub(super) fn of_code(code: &str) -> Option<&'static str> {
    let found = MONEY.iter().find(|(key, _)| *key == code);
    found.map(|(_, words)| *words)
}

/// Returns the name of a sign of money.
pub(super) fn of_sign(mark: char) -> Option<&'static str> {
    let found = MONEY_SIGNS.iter().find(|(sign, _)| *sign == mark);
    found.map(|(_, words)| *words)
}
