//! Lines that a body says twice.

use std::hash::Hasher as _;

use rustc_hash::{FxHashMap, FxHasher};

use super::blocks::Made;
use super::likeness::same;
use crate::model::letter;
use crate::model::{Block, Text};

/// Long lines and captions are said once.
pub(super) fn drop_repeated(made: &mut Vec<Made>) {
    let mut first: FxHashMap<u64, usize> = FxHashMap::default();
    let said_before = |at: usize| {
        let words = long_line(&made[at])?;
        let known = *first.entry(hash(words)?).or_insert(at);
        let before = long_line(&made[known]).filter(|_| known < at)?;
        Some(same(before, words))
    };
    let repeated: Vec<_> = (0..made.len()).map(said_before).collect();
    let mut repeated = repeated.into_iter();
    made.retain(|_| repeated.next().flatten() != Some(true));
}

/// A paragraph or a caption.
fn long_line(one: &Made) -> Option<&str> {
    match &one.block {
        Block::Paragraph(text) => Some(text.as_str()),
        Block::Figure(figure) => figure.caption.as_ref().map(Text::as_str),
        _ => None,
    }
}

/// A number for the words of a line that has at least 30 bytes of letters.
fn hash(line: &str) -> Option<u64> {
    let mut hasher = FxHasher::default();
    let mut bytes = 0;
    for letter in letter::folded(line) {
        hasher.write_u32(u32::from(letter));
        bytes += letter.len_utf8();
    }
    (bytes >= 30).then(|| hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::find::Signs;
    use crate::html::{Limits, parse};
    use crate::model::Figure;

    #[test]
    fn long_lines_and_captions_are_said_once() {
        let node = parse(b"", None, &Limits::default()).root();
        let long = "Mưa lớn kéo dài ở nhiều nơi trong tỉnh.";
        let caption = Figure {
            caption: Some("MƯA LỚN kéo dài ở nhiều nơi trong tỉnh".into()),
            ..Figure::default()
        };
        let blocks = [
            Block::Paragraph("Mưa lớn.".into()),
            Block::Paragraph(long.into()),
            Block::Paragraph("Mưa lớn.".into()),
            Block::Figure(caption),
            Block::Paragraph(Text::new(format!("{long} Gió mạnh."))),
            Block::Paragraph(long.into()),
        ];
        let mut made: Vec<Made> = blocks.map(|block| made(block, node)).into();
        drop_repeated(&mut made);
        let lines: Vec<_> = made.iter().filter_map(long_line).map(str::len).collect();
        assert_eq!(lines, [11, long.len(), 11, long.len() + 13]);
    }

    fn made(block: Block, node: crate::html::NodeId) -> Made {
        Made {
            block,
            node,
            signs: Signs::default(),
            aside: false,
        }
    }
}
