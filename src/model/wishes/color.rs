//! A pair of colours, and whether one can read it.

use std::fmt::Write as _;

/// A reader's own pair of colours, each red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CustomColors {
    /// The text's.
    pub text: [u8; 3],
    /// The ground's.
    pub ground: [u8; 3],
}

impl Default for CustomColors {
    fn default() -> Self {
        Self {
            text: [0xff, 0xff, 0x00],
            ground: [0x00, 0x00, 0x33],
        }
    }
}

impl CustomColors {
    /// Returns the contrast of the pair, 1 to 21.
    ///
    /// Source: WCAG 2.2, contrast ratio and relative luminance.
    #[must_use]
    pub fn contrast(&self) -> f64 {
        let (a, b) = (luminance(self.text), luminance(self.ground));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Writes the pair as twelve hexadecimal digits.
    pub(super) fn code(self) -> String {
        let mut code = String::with_capacity(12);
        for byte in self.text.into_iter().chain(self.ground) {
            let _ = write!(code, "{byte:02x}"); // a String takes all
        }
        code
    }
}

fn luminance(color: [u8; 3]) -> f64 {
    let linear = color.map(|byte| {
        let part = f64::from(byte) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// Reads a colour as forms give it: six hexadecimal digits, with or without `#`.
pub(super) fn color(given: &str) -> Option<[u8; 3]> {
    let digits = given.strip_prefix('#').unwrap_or(given);
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let pair = CustomColors {
            text: [255, 255, 0],
            ground: [0, 0, 0],
        };
        assert!((pair.contrast() - 19.6).abs() < 0.05);
    }
}
