//! Lists that editors write as paragraphs with numbers: "1. …", "2. …".

use super::{Made, heading};
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
        if inner
            && rest
                .peek()
                .and_then(number)
                .is_some_and(|(number, _)| number == next)
        {
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
        if let Some((_, text)) = number(&one) {
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

/// The number that a paragraph begins with, and what follows it; a bold one is a heading.
fn number(one: &Made) -> Option<(usize, Text)> {
    let text = one.paragraph().filter(|text| !heading::is_strong(text))?;
    let plain = text.as_str();
    let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
    let number = plain[..digits]
        .parse()
        .ok()
        .filter(|n| (1..=99).contains(n))?;
    let rest = plain[digits..].strip_prefix(['.', ')', '/'])?;
    let sentence = rest.starts_with(' ') && rest.trim_start().starts_with(char::is_alphabetic);
    sentence.then(|| (number, text.slice(digits + 1..plain.len()).trimmed()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::find::Signs;
    use crate::html::{Limits, parse};

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
