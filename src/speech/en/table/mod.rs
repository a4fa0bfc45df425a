//! What English prose is read by, as data.

mod amount;
mod sign;
mod word;

pub(in crate::speech) use amount::MONTHS;
pub(super) use amount::{CURRENCIES, Currency, MAGNITUDES, MONEY_MAGNITUDES, UNITS};
pub(super) use sign::{ADDRESS_MARKS, DOMAINS, MARK_NAMES, SYMBOLS};
pub(super) use word::{ABBREVIATIONS, BEFORE_OR_AFTER, BEFORE_YEAR, COUNTED, RULERS, When};
