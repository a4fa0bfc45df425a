//! Lists that editors write as paragraphs with numbers or letters: "1. …", "2. …"; "a) …", "b) …".

use super::{Made, heading};
use crate::extract::page::beginning;
use crate::model::letter::lowered;
use crate::model::{Block, Item, List, Text};

/// How paragraphs count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// "1."
    Number,
    /// "a)", whose letter the text refers to elsewhere: it stays in the words.
    Letter,
    /// "i."
    Roman,
}

/// Letters as Vietnamese documents count with them, and as others do.
///
/// Source: Nghị định 30/2020/NĐ-CP, phụ lục I, on points.
const ALPHABETS: [&str; 2] = ["abcdđeghiklmnopqrstuvxy", "abcdefghijklmnopqrstuvwxyz"];
const ROMANS: [&str; 12] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
];

/// Makes lists of paragraphs that count from their first number or letter, two or more in a row; a list
/// between two of them belongs to the one before it.
pub(super) fn numbers(made: Vec<Made>) -> Vec<Made> {
    [Kind::Roman, Kind::Letter, Kind::Number]
        .into_iter()
        .fold(made, count_by)
}

fn count_by(made: Vec<Made>, kind: Kind) -> Vec<Made> {
    let mut out: Vec<Made> = Vec::with_capacity(made.len());
    let mut rest = made.into_iter().peekable();
    let mut run: Vec<Made> = Vec::new();
    while let Some(one) = rest.next() {
        let next = count(&run, kind) + 1;
        if is_nth(&one, kind, next) {
            run.push(one);
            continue;
        }
        let inner = !run.is_empty() && matches!(one.block, Block::List(_));
        let goes_on = rest.peek().is_some_and(|one| is_nth(one, kind, next));
        // Where the items before have lists of their own, so has the last.
        let alike = next > 2 && run.last().is_some_and(|last| label(last, kind).is_some());
        let alike = alike && run.iter().any(|one| matches!(one.block, Block::List(_)));
        if inner && (goes_on || alike) {
            run.push(one);
            continue;
        }
        end_run(&mut run, kind, &mut out);
        if is_nth(&one, kind, 1) {
            run.push(one);
        } else {
            out.push(one);
        }
    }
    end_run(&mut run, kind, &mut out);
    out
}

/// How many paragraphs a run counts.
fn count(run: &[Made], kind: Kind) -> usize {
    run.iter().filter(|one| label(one, kind).is_some()).count()
}

fn is_nth(one: &Made, kind: Kind, nth: usize) -> bool {
    label(one, kind).is_some_and(|(label, _)| label.is(kind, nth))
}

fn end_run(run: &mut Vec<Made>, kind: Kind, out: &mut Vec<Made>) {
    if count(run, kind) < 2 {
        out.append(run);
        return;
    }
    let first = run[0].clone();
    let mut list = List {
        ordered: kind == Kind::Number,
        items: Vec::new(),
    };
    for one in run.drain(..) {
        if let Some(text) = item(&one, kind) {
            list.items.push(Item { text, inner: None });
        } else if let (Block::List(inner), Some(item)) = (one.block, list.items.last_mut()) {
            item.inner = Some(inner);
        }
    }
    out.push(Made {
        block: Block::List(list),
        ..first
    });
}

/// What a paragraph begins with: "12", "b", "iv".
struct Label<'t>(&'t str);

impl Label<'_> {
    fn is(&self, kind: Kind, nth: usize) -> bool {
        let own = self.0;
        match kind {
            Kind::Number => own.parse() == Ok(nth),
            Kind::Letter => ALPHABETS.iter().any(|letters| {
                letters
                    .chars()
                    .nth(nth - 1)
                    .is_some_and(|c| own.chars().eq([c]))
            }),
            Kind::Roman => ROMANS.get(nth - 1) == Some(&own),
        }
    }

    fn may_be(&self, kind: Kind) -> bool {
        let own = self.0;
        match kind {
            Kind::Number => own.parse().is_ok_and(|n: u8| (1..=99).contains(&n)),
            Kind::Letter => {
                ALPHABETS.iter().any(|letters| letters.contains(own)) && own.chars().count() == 1
            }
            Kind::Roman => ROMANS.contains(&own),
        }
    }
}

/// The label that a paragraph begins with, and where the words of an item begin; a bold one is a heading.
fn label(one: &Made, kind: Kind) -> Option<(Label<'_>, usize)> {
    let text = one.paragraph()?;
    let plain = text.as_str();
    let end = beginning(plain, LABEL).find(['.', ')', '/'])?;
    let (label, rest) = (Label(&plain[..end]), &plain[end + 1..]);
    let sentence = rest.starts_with(' ') && rest.trim_start().starts_with(char::is_alphabetic);
    if !sentence || !label.may_be(kind) || heading::is_strong(text) {
        return None;
    }
    Some((label, if kind == Kind::Number { end + 1 } else { 0 }))
}

/// A label and its mark have no more bytes: "viii.".
const LABEL: usize = 5;

/// What an item says.
fn item(one: &Made, kind: Kind) -> Option<Text> {
    let (_, begin) = label(one, kind)?;
    let text = one.paragraph()?;
    Some(text.slice(begin..text.as_str().len()).into_trimmed())
}

/// Words that begin the heading of a part of a Vietnamese document, and their ranks; lower case.
const PARTS: [(&str, u8); 4] = [("phần ", 0), ("chương ", 1), ("mục ", 2), ("điều ", 3)];

/// How deep in a document a line stands by the number it begins with: "Chương II", "I.", "Điều 5.",
/// "1.", "1.2.", "a)".
///
/// Source: Nghị định 30/2020/NĐ-CP, phụ lục I, on the parts of administrative documents.
pub(in crate::extract) fn rank(line: &str) -> Option<u8> {
    const ROMAN: u8 = 2;
    const NUMBER: u8 = 4;
    let low = lowered(beginning(line, 24));
    let counts = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || "ivx".contains(c));
    let named = PARTS
        .iter()
        .find(|(word, _)| low.strip_prefix(word).is_some_and(counts));
    if let Some((_, rank)) = named {
        return Some(*rank);
    }
    let (label, rest) = line.split_at(line.find([' ', '\u{a0}'])?);
    let ended = label.ends_with(['.', ')', '/', '-']);
    let bare = label.trim_end_matches(['.', ')', '/', '-']);
    let letter =
        bare.len() == 1 && bare.starts_with(|c: char| c.is_ascii_lowercase()) || bare == "đ";
    let parts: Vec<&str> = bare.split('.').collect();
    let digits =
        |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let worded = rest.trim_start().starts_with(char::is_alphabetic);
    if !worded {
        None
    } else if ended && !bare.is_empty() && bare.chars().all(|c| "IVX".contains(c)) {
        Some(ROMAN)
    } else if parts.iter().all(digits) && (ended || parts.len() > 1) {
        Some(NUMBER + u8::try_from(parts.len() - 1).unwrap_or(3).min(3))
    } else if ended && letter {
        Some(NUMBER + 4)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::find::Signs;
    use crate::html::{Limits, parse};

    #[test]
    fn numbers_tell_how_deep_a_line_stands() {
        for (line, deep) in [
            ("Chương II. Quy định chung", Some(1)),
            ("I. Kết quả", Some(2)),
            ("Điều 5. Trách nhiệm", Some(3)),
            ("1. Về trồng rừng", Some(4)),
            ("1.2. Rừng sản xuất", Some(5)),
            ("a) Giao đất", Some(8)),
            ("Điều đó cho thấy", None),
            ("12 xã đã về đích", None),
            ("20.000 tấn lúa", None),
            ("Vì một huyện xanh", None),
        ] {
            assert_eq!(rank(line), deep, "{line}");
        }
    }

    fn lists(paragraphs: &[&str]) -> Vec<usize> {
        let tree = parse(b"", None, &Limits::default());
        let made = paragraphs.iter().map(|text| Made {
            block: Block::Paragraph(Text::new(*text)),
            node: tree.root(),
            signs: Signs::default(),
            aside: false,
        });
        let size = |one: &Made| match &one.block {
            Block::List(list) => list.items.len(),
            _ => 0,
        };
        numbers(made.collect()).iter().map(size).collect()
    }

    #[test]
    fn paragraphs_that_count_from_one_are_a_list() {
        assert_eq!(lists(&["1. Sơ tán dân", "2. Canh gác ngầm", "Hết"]), [2, 0]);
        assert_eq!(
            lists(&["1. Sơ tán", "2. Canh gác", "1. Lại từ đầu"]),
            [2, 0]
        );
        assert_eq!(lists(&["2. Canh gác", "3. Chuẩn bị"]), [0, 0]);
        assert_eq!(lists(&["1. Một mình", "Hết"]), [0, 0]);
        assert_eq!(lists(&["1.000 người", "2.000 người"]), [0, 0]);
    }

    #[test]
    fn paragraphs_that_count_by_letters_are_a_list() {
        let points = [
            "a) Có đất",
            "b) Có vốn",
            "c) Có thợ",
            "d) Có máy",
            "đ) Có điện",
            "e) Có đường",
        ];
        assert_eq!(lists(&points), [6]);
        assert_eq!(lists(&["i. Vốn lưu động", "ii. Vốn đầu tư", "Hết"]), [2, 0]);
        assert_eq!(
            lists(&["1. Điều kiện", "a) Có đất", "b) Có vốn", "2. Mức vay"]),
            [2]
        );
        assert_eq!(lists(&["b) Có vốn", "c) Có thợ"]), [0, 0]);
    }
}
