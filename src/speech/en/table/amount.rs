//! Months, magnitudes, money and units (SI brochure, ISO 4217).

/// Months with their abbreviation; "May" has none.
pub(in crate::speech) const MONTHS: [(&str, &[&str]); 12] = [
    ("January", &["Jan"]),
    ("February", &["Feb"]),
    ("March", &["Mar"]),
    ("April", &["Apr"]),
    ("May", &[]),
    ("June", &["Jun"]),
    ("July", &["Jul"]),
    ("August", &["Aug"]),
    ("September", &["Sep", "Sept"]),
    ("October", &["Oct"]),
    ("November", &["Nov"]),
    ("December", &["Dec"]),
];

/// Words that multiply a number, as written and as said.
pub(in crate::speech::en) const MAGNITUDES: &[(&str, &str)] = &[
    ("hundred", "hundred"),
    ("thousand", "thousand"),
    ("million", "million"),
    ("billion", "billion"),
    ("trillion", "trillion"),
    ("mn", "million"),
    ("bn", "billion"),
    ("tn", "trillion"),
];

/// Letters that multiply an amount of money: $5m, $2bn, $10K.
pub(in crate::speech::en) const MONEY_MAGNITUDES: &[(&str, &str)] = &[
    ("k", "thousand"),
    ("K", "thousand"),
    ("m", "million"),
    ("M", "million"),
    ("b", "billion"),
    ("B", "billion"),
];

/// A currency: one, many, and the hundredth part.
pub(in crate::speech::en) struct Currency {
    pub(in crate::speech::en) written: &'static str,
    pub(in crate::speech::en) one: &'static str,
    pub(in crate::speech::en) many: &'static str,
    pub(in crate::speech::en) cents: Option<(&'static str, &'static str)>,
}

const fn currency(
    written: &'static str,
    one: &'static str,
    many: &'static str,
    cents: Option<(&'static str, &'static str)>,
) -> Currency {
    Currency {
        written,
        one,
        many,
        cents,
    }
}

const CENTS: Option<(&str, &str)> = Some(("cent", "cents"));
const PENCE: Option<(&str, &str)> = Some(("penny", "pence"));

/// Longer signs before those they begin with.
pub(in crate::speech::en) const CURRENCIES: &[Currency] = &[
    currency("US$", "U S dollar", "U S dollars", CENTS),
    currency("CA$", "Canadian dollar", "Canadian dollars", CENTS),
    currency("C$", "Canadian dollar", "Canadian dollars", CENTS),
    currency("NZ$", "New Zealand dollar", "New Zealand dollars", CENTS),
    currency("A$", "Australian dollar", "Australian dollars", CENTS),
    currency("S$", "Singapore dollar", "Singapore dollars", CENTS),
    currency("HK$", "Hong Kong dollar", "Hong Kong dollars", CENTS),
    currency("$", "dollar", "dollars", CENTS),
    currency("€", "euro", "euros", CENTS),
    currency("£", "pound", "pounds", PENCE),
    currency("¢", "cent", "cents", None),
    currency("¥", "yen", "yen", None),
    currency("₩", "won", "won", None),
    currency("₹", "rupee", "rupees", None),
    currency("₫", "dong", "dong", None),
    currency("฿", "baht", "baht", None),
    currency("USD", "U S dollar", "U S dollars", CENTS),
    currency("EUR", "euro", "euros", CENTS),
    currency("GBP", "pound", "pounds", PENCE),
    currency("VND", "Vietnamese dong", "Vietnamese dong", None),
    currency("VNĐ", "Vietnamese dong", "Vietnamese dong", None),
    currency("JPY", "yen", "yen", None),
    currency("CNY", "yuan", "yuan", None),
    currency("RMB", "yuan", "yuan", None),
    currency("KRW", "won", "won", None),
    currency("SGD", "Singapore dollar", "Singapore dollars", CENTS),
    currency("AUD", "Australian dollar", "Australian dollars", CENTS),
    currency("NZD", "New Zealand dollar", "New Zealand dollars", CENTS),
    currency("CAD", "Canadian dollar", "Canadian dollars", CENTS),
    currency("HKD", "Hong Kong dollar", "Hong Kong dollars", CENTS),
    currency("CHF", "Swiss franc", "Swiss francs", None),
    currency("THB", "baht", "baht", None),
    currency("INR", "rupee", "rupees", None),
    currency("Rs", "rupee", "rupees", None),
    currency("R$", "real", "reais", None),
    currency("RM", "ringgit", "ringgit", None),
];

/// Units behind a number: written, one, many. Longer ones before those they begin with.
pub(in crate::speech::en) const UNITS: &[(&str, &str, &str)] = &[
    ("km/h", "kilometre per hour", "kilometres per hour"),
    ("kph", "kilometre per hour", "kilometres per hour"),
    ("mph", "mile per hour", "miles per hour"),
    ("m/s", "metre per second", "metres per second"),
    ("kg/ha", "kilogram per hectare", "kilograms per hectare"),
    ("km²", "square kilometre", "square kilometres"),
    ("km2", "square kilometre", "square kilometres"),
    ("m²", "square metre", "square metres"),
    ("m2", "square metre", "square metres"),
    ("cm²", "square centimetre", "square centimetres"),
    ("cm2", "square centimetre", "square centimetres"),
    ("m³", "cubic metre", "cubic metres"),
    ("m3", "cubic metre", "cubic metres"),
    ("sq km", "square kilometre", "square kilometres"),
    ("sq. km", "square kilometre", "square kilometres"),
    ("sq ft", "square foot", "square feet"),
    ("sq. ft", "square foot", "square feet"),
    ("km", "kilometre", "kilometres"),
    ("cm", "centimetre", "centimetres"),
    ("mm", "millimetre", "millimetres"),
    ("µm", "micrometre", "micrometres"),
    ("μm", "micrometre", "micrometres"),
    ("nm", "nanometre", "nanometres"),
    ("kg", "kilogram", "kilograms"),
    ("mg", "milligram", "milligrams"),
    ("ha", "hectare", "hectares"),
    ("ml", "millilitre", "millilitres"),
    ("mL", "millilitre", "millilitres"),
    ("kWh", "kilowatt hour", "kilowatt hours"),
    ("MWh", "megawatt hour", "megawatt hours"),
    ("GWh", "gigawatt hour", "gigawatt hours"),
    ("kW", "kilowatt", "kilowatts"),
    ("MW", "megawatt", "megawatts"),
    ("GW", "gigawatt", "gigawatts"),
    ("kV", "kilovolt", "kilovolts"),
    ("KB", "kilobyte", "kilobytes"),
    ("MB", "megabyte", "megabytes"),
    ("GB", "gigabyte", "gigabytes"),
    ("TB", "terabyte", "terabytes"),
    ("Mbps", "megabit per second", "megabits per second"),
    ("Hz", "hertz", "hertz"),
    ("kHz", "kilohertz", "kilohertz"),
    ("MHz", "megahertz", "megahertz"),
    ("GHz", "gigahertz", "gigahertz"),
    ("dB", "decibel", "decibels"),
    ("°C", "degree Celsius", "degrees Celsius"),
    ("°F", "degree Fahrenheit", "degrees Fahrenheit"),
    ("°", "degree", "degrees"),
    ("ft", "foot", "feet"),
    ("in.", "inch", "inches"),
    ("lbs", "pound", "pounds"),
    ("lb", "pound", "pounds"),
    ("oz", "ounce", "ounces"),
    ("hrs", "hour", "hours"),
    ("hr", "hour", "hours"),
    ("mins", "minute", "minutes"),
    ("min", "minute", "minutes"),
    ("sec", "second", "seconds"),
    ("yrs", "year", "years"),
    ("%", "percent", "percent"),
    ("‰", "per mille", "per mille"),
    ("m", "metre", "metres"),
    ("g", "gram", "grams"),
    ("W", "watt", "watts"),
    ("V", "volt", "volts"),
    ("L", "litre", "litres"),
];
