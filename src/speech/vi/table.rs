//! The rules in their order: of those that know what begins at a token, the first reads it.

use super::rule::Rule;
use super::{
    abbreviation, code, dash, date, document, flight, formula, mark, money, period, phone,
    quantity, roman, share, slash, symbol, time, unit, web, word,
};

/// What may begin with digits.
pub(super) const DIGITS: &[Rule] = &[
    Rule {
        name: "address",
        read: web::address_of_digits,
    },
    Rule {
        name: "document",
        read: document::document,
    },
    Rule {
        name: "plate",
        read: code::plate,
    },
    Rule {
        name: "code",
        read: code::hexadecimal,
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
pub(super) const WORDS: &[Rule] = &[
    Rule {
        name: "address",
        read: web::address,
    },
    Rule {
        name: "hashtag",
        read: web::tag,
    },
    Rule {
        name: "money",
        read: money::pair,
    },
    Rule {
        name: "money",
        read: money::code_first,
    },
    Rule {
        name: "flight",
        read: flight::number,
    },
    Rule {
        name: "flight",
        read: flight::route,
    },
    Rule {
        name: "formula",
        read: formula::logarithm,
    },
    Rule {
        name: "angle",
        read: word::quarter_of_sky,
    },
    Rule {
        name: "times",
        read: formula::times,
    },
    Rule {
        name: "document",
        read: document::codes_alone,
    },
    Rule {
        name: "period",
        read: period::short_period,
    },
    Rule {
        name: "weekday",
        read: period::short_weekday,
    },
    Rule {
        name: "abbreviation",
        read: abbreviation::and_so_on,
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
        name: "roman",
        read: roman::bracketed,
    },
    Rule {
        name: "roman",
        read: roman::lettered,
    },
    Rule {
        name: "vessel",
        read: code::vessel,
    },
    Rule {
        name: "abbreviation",
        read: abbreviation::part_of_law,
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
        read: code::code,
    },
    Rule {
        name: "formula",
        read: formula::product,
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
        name: "capitals",
        read: word::shouted_name,
    },
    Rule {
        name: "spelling",
        read: word::cluster,
    },
];

/// What may begin with a mark.
pub(super) const MARKS: &[Rule] = &[
    Rule {
        name: "end",
        read: mark::end_mark,
    },
    Rule {
        name: "address",
        read: web::ending,
    },
    Rule {
        name: "ellipsis",
        read: mark::ellipsis,
    },
    Rule {
        name: "range",
        read: dash::range,
    },
    Rule {
        name: "ratio",
        read: dash::ratio,
    },
    Rule {
        name: "minus",
        read: dash::minus,
    },
    Rule {
        name: "minus",
        read: dash::blood_group,
    },
    Rule {
        name: "dash",
        read: dash::dash,
    },
    Rule {
        name: "slash",
        read: slash::slash,
    },
    Rule {
        name: "hashtag",
        read: symbol::number_sign,
    },
    Rule {
        name: "money",
        read: money::sign_first,
    },
    Rule {
        name: "phone",
        read: symbol::plus,
    },
    Rule {
        name: "phone",
        read: phone::network_code,
    },
    Rule {
        name: "comparison",
        read: symbol::comparison,
    },
    Rule {
        name: "power",
        read: symbol::power,
    },
    Rule {
        name: "angle",
        read: symbol::angle,
    },
    Rule {
        name: "symbol",
        read: symbol::symbol,
    },
    Rule {
        name: "punctuation",
        read: mark::named,
    },
    Rule {
        name: "pause",
        read: mark::pause,
    },
];
