//! How articles sound.

words! {
    /// How much of a listener's data a sound may use.
    DataUse {
        /// As much as sounds well.
        #[default]
        Usual = "usual",
        /// As little as can be understood well. Sound that is not compressed, or without loss, stays as it
        /// is.
        Saver = "saver",
    }
}

/// Speaking speed in hundredths, 0.5 to 4 times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Speed(u16);

impl Speed {
    /// The speeds offered in forms.
    pub const STEPS: [Self; 9] = [
        Self(50),
        Self(75),
        Self(100),
        Self(125),
        Self(150),
        Self(175),
        Self(200),
        Self(300),
        Self(400),
    ];

    /// Takes a number as people write it: `1.25`, `1,25`, `2`; 0.5 to 4.
    #[must_use]
    pub fn parse(given: &str) -> Option<Self> {
        let given = given.trim();
        if given.is_empty()
            || given.len() > 8
            || !given
                .bytes()
                .all(|b| b.is_ascii_digit() || b".,".contains(&b))
        {
            return None;
        }
        let times: f64 = given.replace(',', ".").parse().ok()?;
        Self::from_times(times)
    }

    /// Takes a factor from 0.5 to 4; it is rounded to hundredths.
    #[must_use]
    pub fn from_times(times: f64) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within 50 to 400"
        )]
        (0.5..=4.0)
            .contains(&times)
            .then(|| Self((times * 100.0).round() as u16))
    }

    /// Returns this speed times another, as far as that is spoken.
    #[must_use]
    pub fn faster(self, times: f64) -> Self {
        let (slowest, fastest) = (Self::STEPS[0].times(), Self::STEPS[8].times());
        let speed = (self.times() * times).clamp(slowest, fastest);
        Self::from_times(speed).unwrap_or(self)
    }

    /// Returns hundredths: 100 is the voice's own speed.
    #[must_use]
    pub fn hundredths(self) -> u16 {
        self.0
    }

    /// Returns the factor.
    #[must_use]
    pub fn times(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self(100)
    }
}

impl std::fmt::Display for Speed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.times())
    }
}
