//! What English prose is read by, as data.

mod amount;
mod sign;
mod word;

pub(super) use amount::{CURRENCIES, Currency, MAGNITUDES, MONEY_MAGNITUDES, MONTHS, UNITS};
pub(super) use sign::{ADDRESS_MARKS, DOMAINS, MARK_NAMES, SYMBOLS};
pub(super) use word::{ABBREVIATIONS, BEFORE_OR_AFTER, BEFORE_YEAR, COUNTED, RULERS, When};
