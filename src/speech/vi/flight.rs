//! Flights: their numbers, and routes by the codes of airports.
//!
//! Source: IATA codes of the civil airports of Viet Nam, with the names that news gives them.

use super::letter;
use super::line::Line;
use super::number::{push, spelled};
use super::rule::{Reading, Scene};
use super::token::Case;

/// Words after which two letters and a number are a flight.
const CUES: &str =
    "chuyến bay|chuyến|số hiệu|mã hiệu|mã chuyến bay|chuyến bay số|chuyến bay mang số hiệu";

/// Airports by their codes.
const AIRPORTS: &[(&str, &str)] = &[
    ("HAN", "Hà Nội"),
    ("SGN", "Sài Gòn"),
    ("DAD", "Đà Nẵng"),
    ("CXR", "Cam Ranh"),
    ("PQC", "Phú Quốc"),
    ("HPH", "Hải Phòng"),
    ("VII", "Vinh"),
    ("HUI", "Huế"),
    ("VDO", "Vân Đồn"),
    ("THD", "Thanh Hóa"),
    ("VCA", "Cần Thơ"),
    ("DLI", "Đà Lạt"),
    ("BMV", "Buôn Ma Thuột"),
    ("UIH", "Quy Nhơn"),
    ("VCL", "Chu Lai"),
    ("VDH", "Đồng Hới"),
    ("DIN", "Điện Biên"),
    ("TBB", "Tuy Hòa"),
    ("PXU", "Plây Cu"),
    ("VCS", "Côn Đảo"),
    ("VKG", "Rạch Giá"),
    ("CAH", "Cà Mau"),
];

/// "chuyến bay VN-216", "chuyến bay VJ 133 và QH1023": letters by their names, digits one by one.
pub(super) fn number(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let digits_at = digits_behind(line, at)?;
    let head = line.head_of_list(at, |l, i| {
        l.is_digits(i)
            || l.is_one_of(i, &[',', ';'])
            || l.is_dash(i)
            || l.is_in(i, "và")
            || is_airline(l, i)
    });
    if !line.follows(head.wrapping_add(1), CUES) {
        return None;
    }
    let mut out = letter::spell(line.str(at));
    push(&mut out, &spelled(line.str(digits_at)));
    Some(Reading::new(digits_at + 1, out))
}

fn is_airline(line: &Line, at: usize) -> bool {
    line.case(at) == Some(Case::Upper) && line.str(at).len() == 2
}

/// The digits behind an airline's code, glued, after a hyphen or a blank.
fn digits_behind(line: &Line, at: usize) -> Option<usize> {
    let hyphen = usize::from(line.is_dash(at + 1) && line.joins(at + 1));
    let number = at + 1 + hyphen;
    let fits = line
        .digits(number)
        .is_some_and(|d| (2..=4).contains(&d.len()));
    (is_airline(line, at) && fits && !line.goes_on(number + 1)).then_some(number)
}

/// "HAN-SGN", "HAN - DAD": the airports of a route by their towns.
pub(super) fn route(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let town = |i: usize| {
        let found = AIRPORTS.iter().find(|(code, _)| *code == line.str(i));
        found.map(|(_, name)| *name)
    };
    let joint = |i: usize| line.is_dash(i) || line.is_mark(i, '/');
    let beside = (joint(at + 1) && town(at + 2).is_some())
        || (joint(at.wrapping_sub(1)) && town(at.wrapping_sub(2)).is_some());
    let name = town(at).filter(|_| beside && !line.goes_on(at + 1))?;
    Some(Reading::new(at + 1, name))
}
