//! How pages look.

words! {
    /// A pair of colours for text and ground.
    Theme {
        /// Light or dark, as the reader's system wishes.
        #[default]
        Auto = "auto",
        /// Black on white.
        BlackOnWhite = "black-on-white",
        /// White on black.
        WhiteOnBlack = "white-on-black",
        /// Yellow on black.
        YellowOnBlack = "yellow-on-black",
        /// Black on cream.
        BlackOnCream = "black-on-cream",
        /// Black on peach.
        BlackOnPeach = "black-on-peach",
        /// Yellow on blue.
        YellowOnBlue = "yellow-on-blue",
        /// Soft white on dark grey.
        SoftDark = "soft-dark",
        /// The reader's own pair.
        Custom = "custom",
    }
}

words! {
    /// Letter, word and line spacing.
    Spacing {
        /// As the page is made.
        #[default]
        Normal = "normal",
        /// As in WCAG 1.4.12: letters .12 em, words .16 em, lines 1.8.
        Wide = "wide",
        /// Wider still.
        Wider = "wider",
    }
}

words! {
    /// The room between letters, between words or between lines, where a reader sets one alone.
    Gap {
        /// As the spacing of the whole has it.
        #[default]
        Auto = "auto",
        /// As the page is made.
        Normal = "normal",
        /// Wide.
        Wide = "wide",
        /// Wider still.
        Wider = "wider",
    }
}

words! {
    /// What keeps the eye on its line; it is laid over the page by a script.
    Ruler {
        /// Nothing.
        #[default]
        None = "none",
        /// A line beneath the line that is read.
        Line = "line",
        /// A window of a few lines; what is above and below it is dimmed.
        Window = "window",
    }
}

words! {
    /// Where in an article a link stands that plays it from there.
    Starts {
        /// At each heading and paragraph.
        #[default]
        Paragraphs = "paragraphs",
        /// At each heading.
        Headings = "headings",
        /// Nowhere: who reads by ear alone has fewer stops.
        None = "none",
    }
}

words! {
    /// Kind of letters.
    Font {
        /// The system's sans-serif.
        #[default]
        Sans = "sans",
        /// Letters made to be told apart easily (Lexend), brought along or of the reader's own machine.
        Legible = "legible",
        /// The system's serif.
        Serif = "serif",
        /// Letters of one width.
        Mono = "mono",
    }
}

words! {
    /// Length of lines.
    Width {
        /// About 45 characters.
        Narrow = "narrow",
        /// About 65 characters.
        #[default]
        Normal = "normal",
        /// As wide as the window, up to 80 characters (WCAG 1.4.8).
        Wide = "wide",
    }
}

/// Text size in percent, 100 to 400.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scale(u16);

impl Scale {
    /// The sizes offered by the buttons for larger and smaller.
    pub const STEPS: [u16; 9] = [100, 125, 150, 175, 200, 250, 300, 350, 400];

    /// Takes percent from 100 to 400.
    #[must_use]
    pub fn from_percent(percent: u16) -> Option<Self> {
        (100..=400).contains(&percent).then_some(Self(percent))
    }

    /// Returns percent.
    #[must_use]
    pub fn percent(self) -> u16 {
        self.0
    }

    /// Returns the next larger step, or `None` at the largest.
    #[must_use]
    pub fn larger(self) -> Option<Self> {
        Self::STEPS
            .into_iter()
            .find(|&step| step > self.0)
            .map(Self)
    }

    /// Returns the next smaller step, or `None` at the smallest.
    #[must_use]
    pub fn smaller(self) -> Option<Self> {
        Self::STEPS
            .into_iter()
            .rev()
            .find(|&step| step < self.0)
            .map(Self)
    }
}

impl Default for Scale {
    fn default() -> Self {
        Self(100)
    }
}
