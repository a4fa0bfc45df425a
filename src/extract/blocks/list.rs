//! Lists: those of the markup, and those that editors write with dashes.

use super::{Made, heading, inline};
use crate::extract::clean::Cleaner;
use crate::extract::page::Page;
use crate::html::{NodeId, Tag};
use crate::model::{Block, Item, List, Text};

/// Lists nest no deeper than this; what is deeper becomes lines of its item.
const DEPTH: usize = 5;

/// Reads a list; `None` where it is a wrapper of whole blocks and should be walked through.
pub(super) fn read(page: &Page<'_>, id: NodeId, cleaner: &Cleaner<'_, '_>) -> Option<Vec<Block>> {
    if is_layout(page, id) {
        return None;
    }
    let list = items(page, id, cleaner);
    Some(if list.items.is_empty() {
        Vec::new()
    } else {
        vec![Block::List(list)]
    })
}

/// Is the list only a way to lay out blocks: pictures, headings, tables?
fn is_layout(page: &Page<'_>, id: NodeId) -> bool {
    const BLOCKS: &[Tag] = &[
        Tag::H1,
        Tag::H2,
        Tag::H3,
        Tag::H4,
        Tag::H5,
        Tag::H6,
        Tag::Table,
        Tag::Figure,
        Tag::Img,
        Tag::Picture,
        Tag::Blockquote,
        Tag::Iframe,
        Tag::Video,
        Tag::Article,
        Tag::Section,
    ];
    let items = page
        .tree
        .children(id)
        .filter(|c| page.tree.tag(*c) == Some(Tag::Li))
        .count();
    items == 0 || page.holds(id, BLOCKS) || items == 1 && page.survey.sums(id).prose_lines > 2
}

/// A list that is being read, and where it ends.
struct Open {
    list: List,
    end: NodeId,
}

fn items(page: &Page<'_>, root: NodeId, cleaner: &Cleaner<'_, '_>) -> List {
    let ordered = |id| page.tree.tag(id) == Some(Tag::Ol);
    let begin = |id| Open {
        list: List {
            ordered: ordered(id),
            items: Vec::new(),
        },
        end: page.tree.end(id),
    };
    let mut open = vec![begin(root)];
    let mut until = root;
    for id in page.tree.subtree(root).skip(1) {
        if id < until {
            continue;
        }
        close_until(&mut open, id);
        match page.tree.tag(id) {
            Some(_) if cleaner.leaves_out(id) => until = page.tree.end(id),
            Some(Tag::Ul | Tag::Ol) if open.len() < DEPTH => open.push(begin(id)),
            Some(Tag::Li) => {
                let apart = open.len() < DEPTH;
                let text = item_text(page, id, apart);
                if !apart {
                    until = page.tree.end(id); // the lists in it are lines of it
                }
                if let Some(innermost) = open.last_mut() {
                    innermost.list.items.push(Item { text, inner: None });
                }
            }
            _ => {}
        }
    }
    close_until(&mut open, page.tree.end(root));
    let mut list = open.pop().map(|o| o.list).unwrap_or_default();
    drop_empty(&mut list);
    list
}

fn item_text(page: &Page<'_>, id: NodeId, apart: bool) -> Text {
    inline::text_without(page, id, |inner| {
        apart && matches!(page.tree.tag(inner), Some(Tag::Ul | Tag::Ol))
    })
}

/// Ends the lists that do not reach to `at`; an inner one goes to the last item of its outer one.
fn close_until(open: &mut Vec<Open>, at: NodeId) {
    while open.len() > 1 && open.last().is_some_and(|o| o.end <= at) {
        let Some(mut inner) = open.pop() else { return };
        drop_empty(&mut inner.list);
        let Some(outer) = open.last_mut() else { return };
        match outer.list.items.last_mut() {
            _ if inner.list.items.is_empty() => {}
            Some(item) if item.inner.is_none() => item.inner = Some(inner.list),
            Some(item) => {
                if let Some(first) = &mut item.inner {
                    first.items.append(&mut inner.list.items);
                }
            }
            None => outer.list.items.append(&mut inner.list.items),
        }
    }
}

/// Drops items without words; an inner list of such an item stands for it.
fn drop_empty(list: &mut List) {
    let items = std::mem::take(&mut list.items);
    for item in items {
        match item {
            Item {
                text,
                inner: Some(inner),
            } if text.is_empty() => list.items.extend(inner.items),
            Item { text, inner: None } if text.is_empty() => {}
            full => list.items.push(full),
        }
    }
}

/// The signs that begin an item in Vietnamese administrative prose, one row a kind.
const SIGNS: [&[char]; 3] = [
    &['-', '–', '—'],
    &['+'],
    &['•', '·', '*', '●', '▪', '\u{f0b7}'],
];

/// Makes lists of paragraphs that begin with dashes, two or more in a row. The kind of sign that comes
/// first is the outermost; another kind stands below the item before it.
pub(super) fn dashes(made: Vec<Made>) -> Vec<Made> {
    let mut out: Vec<Made> = Vec::with_capacity(made.len());
    let mut run: Vec<Made> = Vec::new();
    for one in made.into_iter().flat_map(split) {
        if one
            .paragraph()
            .is_some_and(|text| dash(text.as_str()).is_some())
        {
            run.push(one);
            continue;
        }
        end_run(&mut run, &mut out);
        out.push(one);
    }
    end_run(&mut run, &mut out);
    out
}

/// Parts a paragraph whose lines are items, as breaks part them: "To do:", "- this", "- that".
fn split(one: Made) -> Vec<Made> {
    let Some(text) = one.paragraph() else {
        return vec![one];
    };
    let lines = text.as_str().split('\n');
    if lines
        .filter(|line| dash(line.trim()).is_some())
        .nth(1)
        .is_none()
    {
        return vec![one];
    }
    let mut lines = Vec::new();
    let mut from = 0;
    for line in text.as_str().split_inclusive('\n') {
        lines.push(text.slice(from..from + line.len()).into_trimmed());
        from += line.len();
    }
    let made = lines.into_iter().map(|line| Made {
        block: Block::Paragraph(line),
        ..one.clone()
    });
    made.collect()
}

fn end_run(run: &mut Vec<Made>, out: &mut Vec<Made>) {
    // One dash alone is dialogue or a dateline as often as an item.
    if run.len() < 2 || is_dialogue(run) {
        out.append(run);
        return;
    }
    let mut list = List::default();
    let first = run[0].clone();
    let mut kinds: Vec<usize> = Vec::new();
    for one in run.drain(..) {
        let Some((text, (kind, len))) = one.paragraph().and_then(|t| Some((t, dash(t.as_str())?)))
        else {
            continue;
        };
        match kinds.iter().position(|known| *known == kind) {
            Some(depth) => kinds.truncate(depth + 1),
            None => kinds.push(kind),
        }
        let text = text.slice(len..text.as_str().len()).into_trimmed();
        innermost(&mut list, kinds.len() - 1)
            .items
            .push(Item { text, inner: None });
    }
    out.push(Made {
        block: Block::List(list),
        ..first
    });
}

/// Do speakers take turns in a run of dashes: is a bold question answered, or every other line one?
fn is_dialogue(run: &[Made]) -> bool {
    let asks = |text: &&Text| text.as_str().trim_end_matches(['"', '”']).ends_with('?');
    let texts = || run.iter().filter_map(Made::paragraph);
    let strong = texts().filter(|text| heading::is_strong(text)).count();
    let asked = texts().filter(asks).count();
    let bold_question = texts().filter(asks).any(heading::is_strong);
    bold_question && strong < run.len() || asked >= 2 && asked < run.len() && asked * 3 >= run.len()
}

/// The list at a depth below the last items.
fn innermost(list: &mut List, depth: usize) -> &mut List {
    let mut at = list;
    for _ in 0..depth {
        if at.items.is_empty() {
            break;
        }
        let last = at.items.len() - 1;
        at = at.items[last].inner.get_or_insert_with(List::default);
    }
    at
}

/// The kind of the sign that a paragraph begins with, and its bytes. White space follows it, or a
/// capital where an editor forgot that.
fn dash(plain: &str) -> Option<(usize, usize)> {
    let sign = plain.chars().next()?;
    let kind = SIGNS.iter().position(|signs| signs.contains(&sign))?;
    let rest = &plain[sign.len_utf8()..];
    let follows = rest.starts_with([' ', '\u{a0}']) || rest.starts_with(char::is_uppercase);
    (follows && !rest.trim().is_empty()).then_some((kind, sign.len_utf8()))
}
