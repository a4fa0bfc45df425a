//! Captions that stand as paragraphs after their picture.

use super::blocks::{self, Made, join_caption_lines};
use super::find::Signs;
use super::likeness::folded;
use super::page::{beginning, ending};
use crate::model::letter::lowered;
use crate::model::{Block, Figure, Text};

/// Longer paragraphs are prose.
const LONGEST: usize = 450;
/// Beginnings of captions and of credits; lower case.
const BEGINNINGS: [&str; 15] = [
    "ảnh:",
    "ảnh minh họa",
    "ảnh minh hoạ",
    "nguồn ảnh",
    "(ảnh",
    "photo:",
    "photo by",
    "photo credit",
    "foto:",
    "image:",
    "image credit",
    "(image",
    "(photo",
    "bild:",
    "picture:",
];
/// What stands before a photographer's name at a caption's end; lower case.
const CREDITS: [&str; 14] = [
    "ảnh:",
    "(ảnh",
    "foto:",
    "photo:",
    "photograph:",
    "image:",
    "bild:",
    "picture:",
    "(photo",
    "(image",
    "getty images",
    "©",
    "nuotr.",
    "ljósmynd/",
];

/// Gives pictures without a caption the paragraphs after them, where those act as one.
pub(super) fn adopt(made: &mut Vec<Made>) {
    let mut out: Vec<Made> = Vec::with_capacity(made.len());
    let mut rest = made.drain(..).peekable();
    while let Some(one) = rest.next() {
        let Some(figure) = out.last_mut().and_then(uncaptioned) else {
            out.push(one);
            continue;
        };
        if acts_as_caption(&one, figure) {
            caption(figure, one.paragraph());
            while let Some(more) = rest.next_if(|next| goes_on(&one, next)) {
                add_line(figure, " ", more.paragraph());
            }
            if let Some(credit) = rest.next_if(is_credit) {
                add_line(figure, "\n", credit.paragraph());
            }
        } else if is_short(&one) && rest.peek().is_some_and(is_credit) {
            let credit = rest.next();
            caption(figure, one.paragraph());
            add_line(figure, "\n", credit.as_ref().and_then(Made::paragraph));
        } else if is_unfinished(&one) && rest.peek().is_some_and(is_finished) {
            caption(figure, one.paragraph());
        } else {
            out.push(one);
        }
    }
    drop(rest);
    *made = out;
}

/// Content managers describe pictures by the article's title, "… - Ảnh 1"; where there is a caption that
/// tells nothing.
pub(super) fn drop_titles(made: &mut [Made], title: &str) {
    let title = folded(title);
    for one in made {
        if let Block::Figure(figure) = &mut one.block
            && figure.caption.is_some()
            && title.len() > 10
            && folded(&figure.alt)
                .strip_prefix(&title)
                .is_some_and(|rest| rest.len() <= NUMBERED)
        {
            figure.alt.clear();
        }
    }
}

/// The longest number behind a title: " ảnh số 12".
const NUMBERED: usize = 16;

/// Gives pictures that still lack a caption the line before them, where that is set as captions are: by
/// itself where it is surely one, and otherwise where all such pictures have one there.
pub(super) fn adopt_above(made: &mut Vec<Made>) {
    let pictures: Vec<usize> = (0..made.len())
        .filter(|at| uncaptioned(&mut made[*at]).is_some())
        .collect();
    let headed = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| made.get(before))?;
        let Block::Figure(figure) = &made[at].block else {
            return None;
        };
        heads_picture(before, figure)
    };
    let sure: Vec<Option<bool>> = pictures.iter().map(|at| headed(*at)).collect();
    let all = pictures.len() > 1 && sure.iter().all(Option::is_some);
    for (at, sure) in pictures.into_iter().zip(sure).rev() {
        if sure == Some(true) || all {
            let line = made.remove(at - 1);
            if let Some(figure) = uncaptioned(&mut made[at - 1]) {
                caption(figure, line.paragraph());
            }
        }
    }
}

/// Is a line over a picture set as a caption? True where it surely is one.
fn heads_picture(one: &Made, figure: &Figure) -> Option<bool> {
    let text = one.paragraph().filter(|_| is_short(one))?;
    let low = text.as_str().to_lowercase();
    let slanted = blocks::is_emphasis(text);
    let labelled = is_credit_line(&low);
    let set = one.aside || slanted || labelled || one.signs.any(Signs::CAPTION);
    let open = low.ends_with([':', '?', '.']) || blocks::is_strong(text);
    let sure = labelled || one.aside && slanted || one.signs.any(Signs::CAPTION);
    (set && !open).then_some(sure || describes(&figure.alt, &low))
}

/// Beginnings of a table's caption, before its number; lower case.
const TABLES: [&str; 6] = [
    "bảng ",
    "biểu ",
    "phụ lục ",
    "table ",
    "tabelle ",
    "tableau ",
];

/// Gives tables without a caption the line before them, where that is centred and set apart, or
/// numbers the table.
pub(super) fn adopt_for_tables(made: &mut Vec<Made>) {
    let mut out: Vec<Made> = Vec::with_capacity(made.len());
    for mut one in made.drain(..) {
        if let Block::Table(table) = &mut one.block
            && table.caption.is_none()
            && let Some(before) = out.pop_if(|before| names_table(before) || tells_unit(before))
        {
            let mut lines = vec![before];
            if tells_unit(&lines[0]) {
                lines.extend(out.pop_if(|before| names_table(before)));
            }
            table.caption = joined(lines.iter().rev());
        }
        out.push(one);
    }
    *made = out;
}

/// Is it the line between a table and its caption that tells what it counts in?
fn tells_unit(one: &Made) -> bool {
    one.line().is_some_and(|text| {
        let low = text.as_str().to_lowercase();
        let low = low.trim_start_matches('(');
        low.len() <= 80 && UNITS.iter().any(|begin| low.starts_with(begin))
    })
}

/// Beginnings of such lines; lower case.
const UNITS: [&str; 3] = ["đơn vị tính", "đơn vị:", "đvt:"];

fn joined<'m>(lines: impl Iterator<Item = &'m Made>) -> Option<Text> {
    lines
        .filter_map(Made::line)
        .map(blocks::without_strong)
        .reduce(|mut all, line| {
            all.append(&Text::new("\n"));
            all.append(&line);
            all
        })
}

fn names_table(one: &Made) -> bool {
    one.line().is_some_and(|text| {
        let plain = text.as_str();
        let low = lowered(beginning(plain, 40));
        let rest = TABLES.iter().find_map(|begin| low.strip_prefix(begin));
        let numbered = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let apart = one.aside && (blocks::is_strong(text) || blocks::is_emphasis(text));
        plain.len() <= LONGEST && !plain.ends_with('.') && (apart || numbered)
    })
}

/// Does a paragraph that is set like the one before it begin in lower case?
fn goes_on(one: &Made, next: &Made) -> bool {
    let lower = |text: &Text| text.as_str().starts_with(char::is_lowercase);
    is_short(next) && one.aside == next.aside && next.paragraph().is_some_and(lower)
}

/// A short line without a full stop under a picture is its caption, where prose with one follows.
fn is_unfinished(one: &Made) -> bool {
    one.paragraph().is_some_and(|text| {
        let plain = text.as_str();
        let words = plain.split_whitespace().count();
        let open = plain.ends_with(|c: char| c.is_alphanumeric() || c == ')');
        words >= 4 && plain.len() <= 260 && open && !blocks::is_strong(text)
    })
}

fn is_finished(next: &Made) -> bool {
    next.paragraph().is_some_and(|text| {
        text.as_str().len() > 80
            && text
                .as_str()
                .ends_with(['.', '!', '?', '"', '”', '…', ';', ':'])
    })
}

fn uncaptioned(made: &mut Made) -> Option<&mut Figure> {
    match &mut made.block {
        Block::Figure(figure) if figure.caption.is_none() => Some(figure),
        _ => None,
    }
}

fn caption(figure: &mut Figure, text: Option<&Text>) {
    let Some(text) = text else { return };
    if blocks::says_nothing_more(&figure.alt, text.as_str()) {
        figure.alt.clear();
    }
    figure.caption = Some(join_caption_lines(text));
}

fn add_line(figure: &mut Figure, by: &str, line: Option<&Text>) {
    if let (Some(caption), Some(line)) = (&mut figure.caption, line) {
        caption.append(&Text::new(by));
        caption.append(line);
    }
}

fn is_short(one: &Made) -> bool {
    one.paragraph()
        .is_some_and(|text| text.as_str().len() <= LONGEST)
}

fn is_credit(one: &Made) -> bool {
    one.paragraph().is_some_and(|text| {
        let line = text.as_str();
        line.len() <= 120 && (one.signs.any(Signs::CREDIT) || is_credit_line(line))
    })
}

/// Does a line begin as credits do?
pub(super) fn is_credit_line(line: &str) -> bool {
    let low = lowered(beginning(line, 40));
    BEGINNINGS.iter().any(|b| low.starts_with(b)) || low.starts_with('©')
}

fn acts_as_caption(one: &Made, figure: &Figure) -> bool {
    let Some(text) = one.paragraph().filter(|_| is_short(one)) else {
        return false;
    };
    let line = text.as_str();
    one.aside
        || one.signs.any(Signs::CAPTION.with(Signs::CREDIT))
        || blocks::is_emphasis(text)
        || is_credit_line(line)
        || ends_in_credit(line)
        || describes(&figure.alt, line)
}

/// "A bridge over the river. Photo: An Lê"
fn ends_in_credit(line: &str) -> bool {
    let tail = lowered(ending(line, 60));
    CREDITS.iter().any(|credit| tail.contains(credit))
}

/// Does the description say the same as the paragraph?
fn describes(alt: &str, paragraph: &str) -> bool {
    let (alt, paragraph) = (folded(alt), folded(paragraph));
    alt.len() > 15 && (paragraph.starts_with(&alt) || alt.starts_with(&paragraph))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::{Limits, parse};

    fn made(block: Block) -> Made {
        let tree = parse(b"", None, &Limits::default());
        Made {
            block,
            node: tree.root(),
            signs: Signs::default(),
            aside: false,
        }
    }

    fn captions(paragraphs: &[&str]) -> Vec<Option<String>> {
        let mut all = vec![made(Block::Figure(Figure::default()))];
        all.extend(
            paragraphs
                .iter()
                .map(|p| made(Block::Paragraph(Text::new(*p)))),
        );
        adopt(&mut all);
        let caption = |m: &Made| match &m.block {
            Block::Figure(f) => f.caption.as_ref().map(|c| c.as_str().to_owned()),
            _ => None,
        };
        all.iter().map(caption).collect()
    }

    #[test]
    fn a_credit_makes_a_caption_of_its_paragraph_and_of_the_one_before() {
        assert_eq!(
            captions(&["Cầu mới qua sông. Ảnh: Minh An"]),
            [Some("Cầu mới qua sông. Ảnh: Minh An".into())]
        );
        assert_eq!(
            captions(&["The new bridge", "Image: J. Roe"]),
            [Some("The new bridge\nImage: J. Roe".into())]
        );
        assert_eq!(
            captions(&["The new bridge was opened on Monday."]),
            [None, None]
        );
    }

    #[test]
    fn a_line_over_a_picture_is_its_caption_where_it_is_set_as_one() {
        let over = |line: &str, aside: bool| {
            let line = Made {
                aside,
                ..made(Block::Paragraph(Text::new(line)))
            };
            let mut all = vec![line, made(Block::Figure(Figure::default()))];
            adopt_above(&mut all);
            all.len()
        };
        assert_eq!(over("Ảnh: Lễ ký kết quy chế phối hợp", false), 1);
        assert_eq!(over("Lễ ký kết quy chế phối hợp", false), 2);
        assert_eq!(over("Lễ ký kết quy chế phối hợp", true), 2);
        assert_eq!(over("Ảnh: Một số hình ảnh của buổi lễ:", true), 2);
    }

    #[test]
    fn a_line_without_a_full_stop_before_prose_is_a_caption() {
        let prose =
            "Bà con trong bản cùng nhau góp công xây chiếc cầu suốt hai tháng mùa khô vừa qua.";
        assert_eq!(
            captions(&["Dân bản trên chiếc cầu\nmới xây xong", prose]),
            [Some("Dân bản trên chiếc cầu mới xây xong".into()), None]
        );
    }
}
