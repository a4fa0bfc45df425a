//! What a reader wishes: how pages look and how articles sound, kept by a cookie or in the address.
//!
//! Each wish is a form field with a short word for each of its values; the settings code is a version
//! number and the wishes that differ from what Loa would do anyway, so that it stays short and an
//! old code keeps its meaning when a wish is added.

mod color;
#[macro_use]
mod word;
mod diction;
mod hearing;
mod language;
mod look;

pub use color::CustomColors;
pub use diction::{Cue, Diction, DocumentStyle, Pauses, Punctuation, Structure};
pub use hearing::{DataUse, Speed};
pub use language::UiLang;
pub use look::{Font, Gap, Ruler, Scale, Spacing, Starts, Theme, Width};

use color::color;

use super::VoiceId;

/// All that a reader can wish for. Every field is legal by its type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Wishes {
    /// Text size.
    pub scale: Scale,
    /// Colours.
    pub theme: Theme,
    /// The reader's own pair of colours, used with [`Theme::Custom`].
    pub colors: CustomColors,
    /// Letter, word and line spacing.
    pub spacing: Spacing,
    /// The room between letters, where it is not that of the spacing.
    pub letters: Gap,
    /// The room between words, where it is not that of the spacing.
    pub words: Gap,
    /// The room between lines and paragraphs, where it is not that of the spacing.
    pub lines: Gap,
    /// Kind of letters.
    pub font: Font,
    /// Line length.
    pub width: Width,
    /// What keeps the eye on its line.
    pub ruler: Ruler,
    /// Where the article can be played from.
    pub starts: Starts,
    /// The voice, where the reader has chosen one.
    pub voice: Option<VoiceId>,
    /// Speaking speed.
    pub speed: Speed,
    /// How much of their data sound may use, where the reader has chosen.
    pub data: Option<DataUse>,
    /// The language of the interface, where the reader has chosen one.
    pub lang: Option<UiLang>,
    /// How things are said, as far as the reader has chosen.
    pub diction: Diction,
}

/// A wish that Loa does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} cannot be {given:?}")]
pub struct WishesError {
    /// The form field.
    pub field: String,
    /// The value that was given.
    pub given: String,
}

impl WishesError {
    fn new(field: &str, given: &str) -> Self {
        Self {
            field: field.to_owned(),
            given: given.chars().take(80).collect(),
        }
    }
}

/// The version at the head of every settings code.
const CODE_VERSION: &str = "1";
/// Parts of a code; one of RFC 3986's unreserved characters, and legal in a cookie (RFC 6265).
const SEPARATOR: char = '~';
/// The letter of each field in the code. Letters keep their meaning for ever.
const LETTERS: [(char, &str); 19] = [
    ('s', "scale"),
    ('t', "theme"),
    ('c', "colors"),
    ('p', "spacing"),
    ('e', "letters"),
    ('o', "words"),
    ('i', "lines"),
    ('f', "font"),
    ('w', "width"),
    ('u', "ruler"),
    ('h', "starts"),
    ('v', "voice"),
    ('r', "speed"),
    ('b', "data"),
    ('l', "lang"),
    ('d', "documents"),
    ('m', "punctuation"),
    ('a', "pauses"),
    ('q', "cues"),
];

impl Wishes {
    /// Sets one wish by its form field: `scale`, `theme`, `colors` (12 hexadecimal digits: text,
    /// ground), `text_color`, `ground_color`, `spacing`, `letters`, `words`, `lines`, `font`, `width`,
    /// `ruler`, `starts`, `voice`, `speed`, `data`, `lang`, and those of [`Diction::set`]. An empty `voice`, `data` or
    /// `lang` leaves the choice to Loa.
    ///
    /// # Errors
    /// Where the field is unknown or the value is none of its values; nothing is changed then.
    pub fn set(&mut self, field: &str, value: &str) -> Result<(), WishesError> {
        let done = match field {
            "scale" => {
                let percent = value.trim_end_matches('%').parse().ok();
                put(&mut self.scale, percent.and_then(Scale::from_percent))
            }
            "theme" => put(&mut self.theme, Theme::from_word(value)),
            "colors" => {
                let halves = value.split_at_checked(6);
                let pair = halves.and_then(|(a, b)| Some((color(a)?, color(b)?)));
                put(
                    &mut self.colors,
                    pair.map(|(text, ground)| CustomColors { text, ground }),
                )
            }
            "text_color" => put(&mut self.colors.text, color(value)),
            "ground_color" => put(&mut self.colors.ground, color(value)),
            "spacing" => put(&mut self.spacing, Spacing::from_word(value)),
            "letters" => put(&mut self.letters, Gap::from_word(value)),
            "words" => put(&mut self.words, Gap::from_word(value)),
            "lines" => put(&mut self.lines, Gap::from_word(value)),
            "ruler" => put(&mut self.ruler, Ruler::from_word(value)),
            "starts" => put(&mut self.starts, Starts::from_word(value)),
            "font" => put(&mut self.font, Font::from_word(value)),
            "width" => put(&mut self.width, Width::from_word(value)),
            "speed" => put(&mut self.speed, Speed::parse(value)),
            "data" if value.is_empty() => put(&mut self.data, Some(None)),
            "data" => put(&mut self.data, DataUse::from_word(value).map(Some)),
            "voice" if value.is_empty() => put(&mut self.voice, Some(None)),
            "voice" => put(&mut self.voice, VoiceId::parse(value).map(Some)),
            "lang" if value.is_empty() => put(&mut self.lang, Some(None)),
            "lang" => put(&mut self.lang, UiLang::from_word(value).map(Some)),
            _ => return self.diction.set(field, value),
        };
        if done {
            return Ok(());
        }
        Err(WishesError::new(field, value))
    }

    /// Returns one wish as its form field would hold it.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<String> {
        Some(match field {
            "scale" => self.scale.percent().to_string(),
            "theme" => self.theme.word().to_owned(),
            "colors" => self.colors.code(),
            "spacing" => self.spacing.word().to_owned(),
            "letters" => self.letters.word().to_owned(),
            "words" => self.words.word().to_owned(),
            "lines" => self.lines.word().to_owned(),
            "ruler" => self.ruler.word().to_owned(),
            "starts" => self.starts.word().to_owned(),
            "font" => self.font.word().to_owned(),
            "width" => self.width.word().to_owned(),
            "speed" => self.speed.to_string(),
            "data" => self.data.map(DataUse::word).unwrap_or_default().to_owned(),
            "voice" => self
                .voice
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            "lang" => self.lang.map(UiLang::word).unwrap_or_default().to_owned(),
            _ => return self.diction.get(field),
        })
    }

    /// Returns how much data sound may use: what the reader has chosen, else what the browser wishes.
    #[must_use]
    pub fn data_use(&self, browser_saves: bool) -> DataUse {
        let wished = if browser_saves {
            DataUse::Saver
        } else {
            DataUse::Usual
        };
        self.data.unwrap_or(wished)
    }

    /// Writes the wishes as a short code for a cookie or an address: `1`, `1~s150~tyellow-on-black`.
    #[must_use]
    pub fn code(&self) -> String {
        let usual = Self::default();
        let mut code = CODE_VERSION.to_owned();
        for (letter, field) in LETTERS {
            let wish = self.get(field);
            if wish != usual.get(field) {
                code.push(SEPARATOR);
                code.push(letter);
                code.push_str(&wish.unwrap_or_default());
            }
        }
        code
    }

    /// Reads a code that [`Wishes::code`] wrote, or one of a later version or a careless hand: what
    /// cannot be read is left as it would be without, so that a reader never loses all wishes for
    /// one. Returns `None` where it is no code at all.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let mut parts = code.split(SEPARATOR);
        if code.len() > 300 || parts.next() != Some(CODE_VERSION) {
            return None;
        }
        let mut wishes = Self::default();
        for part in parts {
            let mut letters = part.chars();
            let field = letters
                .next()
                .and_then(|l| LETTERS.iter().find(|(letter, _)| *letter == l));
            if let Some((_, field)) = field
                && let Err(unknown) = wishes.set(field, letters.as_str())
            {
                tracing::debug!(%unknown, "a wish in a settings code was left out");
            }
        }
        Some(wishes)
    }
}

fn put<T>(wish: &mut T, value: Option<T>) -> bool {
    let known = value.is_some();
    if let Some(value) = value {
        *wish = value;
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(fields: &[(&str, &str)]) -> Wishes {
        let mut wishes = Wishes::default();
        for (field, value) in fields {
            wishes.set(field, value).expect("a known wish");
        }
        wishes
    }

    #[test]
    fn a_code_brings_back_what_it_was_made_of_and_stays_short() {
        assert_eq!(Wishes::default().code(), "1");
        let all = wishes(&[
            ("scale", "150"),
            ("theme", "yellow-on-black"),
            ("colors", "000000ffff00"),
            ("spacing", "wide"),
            ("letters", "wider"),
            ("words", "normal"),
            ("lines", "wide"),
            ("ruler", "window"),
            ("starts", "headings"),
            ("font", "serif"),
            ("width", "narrow"),
            ("voice", "vi-south"),
            ("speed", "1,25"),
            ("data", "saver"),
            ("lang", "en"),
            ("documents", "spell"),
            ("punctuation", "some"),
            ("pauses", "short"),
            ("cues", "picture.table"),
        ]);
        assert_eq!(Wishes::from_code(&all.code()), Some(all.clone()));
        assert!(all.code().len() < 170, "{}", all.code());
    }

    #[test]
    fn what_a_code_does_not_say_or_says_wrongly_stays_as_usual() {
        let read = Wishes::from_code("1~s999~tyellow-on-black~zwhat~~v../etc").expect("a code");
        assert_eq!(read, wishes(&[("theme", "yellow-on-black")]));
        for none in ["", "2", "s150", "<script>", "1 ~s150"] {
            assert_eq!(Wishes::from_code(none), None, "{none}");
        }
    }

    #[test]
    fn wishes_out_of_range_are_refused_and_change_nothing() {
        let mut w = Wishes::default();
        for (field, value) in [
            ("scale", "99"),
            ("scale", "401"),
            ("scale", ""),
            ("theme", "pink"),
            ("speed", "0.4"),
            ("speed", "4.5"),
            ("speed", "nan"),
            ("voice", "../x"),
            ("data", "much"),
            ("lines", "1.5"),
            ("ruler", "yes"),
            ("colors", "ffff"),
            ("lang", "xx"),
            ("nothing", "1"),
            ("text_color", "#12345é"),
        ] {
            assert!(w.set(field, value).is_err(), "{field}={value}");
        }
        assert_eq!(w, Wishes::default());
    }
}
