//! Lists that editors write as paragraphs with numbers: "1. …", "2. …".

use super::{Made, heading};
use crate::extract::letter::lowered;
use crate::extract::page::beginning;
use crate::model::{Block, Item, List, Text};

/// Makes ordered lists of paragraphs that count from 1, two or more in a row; a list between two of
/// them belongs to the one before it.
pub(super) fn numbers(made: Vec<Made>) -> Vec<Made> {
    let mut out: Vec<Made> = Vec::with_capacity(made.len());
    let mut rest = made.into_iter().peekable();
    let mut run: Vec<Made> = Vec::new();
    while let Some(one) = rest.next() {
        let next = count(&run) + 1;
        if number(&one).is_some_and(|(number, _)| number == next) {
            run.push(one);
            continue;
        }
        let inner = !run.is_empty() && matches!(one.block, Block::List(_));
        let goes_on = rest
            .peek()
            .and_then(number)
            .is_some_and(|(number, _)| number == next);
        // Where the items before have lists of their own, so has the last.
        let alike = count(&run) > 1 && run.last().is_some_and(|last| number(last).is_some());
        let alike = alike && run.iter().any(|one| matches!(one.block, Block::List(_)));
        if inner && (goes_on || alike) {
            run.push(one);
            continue;
        }
        end_run(&mut run, &mut out);
        if number(&one).is_some_and(|(number, _)| number == 1) {
            run.push(one);
        } else {
            out.push(one);
        }
    }
    end_run(&mut run, &mut out);
    out
}

/// How many paragraphs a run counts.
fn count(run: &[Made]) -> usize {
    run.iter().filter(|one| number(one).is_some()).count()
}

fn end_run(run: &mut Vec<Made>, out: &mut Vec<Made>) {
    if count(run) < 2 {
        out.append(run);
        return;
    }
    let first = run[0].clone();
    let mut list = List {
        ordered: true,
        items: Vec::new(),
    };
    for one in run.drain(..) {
        if let Some((_, text)) = item(&one) {
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

/// The number that a paragraph begins with, and what follows it.
fn item(one: &Made) -> Option<(usize, Text)> {
    let (number, begin) = number(one)?;
    let text = one.paragraph()?;
    Some((
        number,
        text.slice(begin..text.as_str().len()).into_trimmed(),
    ))
}

/// The number that a paragraph begins with, and where the words begin; a bold one is a heading.
fn number(one: &Made) -> Option<(usize, usize)> {
    let text = one.paragraph()?;
    let plain = text.as_str();
    let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
    let number = plain[..digits]
        .parse()
        .ok()
        .filter(|n| (1..=99).contains(n))?;
    let rest = plain[digits..].strip_prefix(['.', ')', '/'])?;
    let sentence = rest.starts_with(' ') && rest.trim_start().starts_with(char::is_alphabetic);
    (sentence && !heading::is_strong(text)).then_some((number, digits + 1))
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
}
