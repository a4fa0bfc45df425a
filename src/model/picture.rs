//! Pictures of a page: how one is named, and how wide it is given.

use std::fmt;

use super::{Block, Document, Figure};

/// The name of a picture: 16 hexadecimal digits of its address's hash, so that only what an article shows
/// can be asked for, and nothing by its place, which an edit would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PictureId(u64);

impl PictureId {
    /// Names the picture at an address.
    #[must_use]
    pub fn of(src: &str) -> Self {
        let hash = blake3::hash(src.as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hash.as_bytes()[..8]);
        Self(u64::from_be_bytes(first))
    }

    /// Reads a name.
    #[must_use]
    pub fn parse(digits: &str) -> Option<Self> {
        let is_name = digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let id = is_name.then(|| u64::from_str_radix(digits, 16))?;
        id.ok().map(Self)
    }
}

impl fmt::Display for PictureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The widths in which a picture is given: a telephone's, a column of text's, and the same enlarged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PictureWidth {
    /// 320 pixels.
    Small,
    /// 640 pixels.
    #[default]
    Usual,
    /// 1280 pixels.
    Large,
}

impl PictureWidth {
    /// All of them, the smallest first.
    pub const ALL: [Self; 3] = [Self::Small, Self::Usual, Self::Large];

    /// Returns it in pixels.
    #[must_use]
    pub fn pixels(self) -> u32 {
        match self {
            Self::Small => 320,
            Self::Usual => 640,
            Self::Large => 1280,
        }
    }

    /// Reads a number of pixels that is one of them.
    #[must_use]
    pub fn parse(pixels: &str) -> Option<Self> {
        let pixels = pixels.parse::<u32>().ok()?;
        Self::ALL.into_iter().find(|width| width.pixels() == pixels)
    }
}

impl Document {
    /// Finds the picture of that name in the text.
    #[must_use]
    pub fn picture(&self, id: PictureId) -> Option<&Figure> {
        // Quotations hold blocks too; a stack, since they nest as deep as a page likes.
        let mut left: Vec<&[Block]> = vec![self.blocks()];
        while let Some(blocks) = left.pop() {
            for block in blocks {
                match block {
                    Block::Figure(figure) if PictureId::of(&figure.src) == id => {
                        return Some(figure);
                    }
                    Block::Quote(inner) => left.push(inner),
                    _ => {}
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_back_to_its_picture_alone() {
        let id = PictureId::of("https://tin.example/a.jpg");
        assert_eq!(PictureId::parse(&id.to_string()), Some(id));
        assert_ne!(id, PictureId::of("https://tin.example/b.jpg"));
        for other in ["", "0", "+123456789012345", "00000000000000001"] {
            assert_eq!(PictureId::parse(other), None, "{other}");
        }
    }

    #[test]
    fn a_width_is_one_of_few() {
        for width in PictureWidth::ALL {
            assert_eq!(
                PictureWidth::parse(&width.pixels().to_string()),
                Some(width)
            );
        }
        assert_eq!(PictureWidth::parse("641"), None);
    }
}
