//! The last lines of a body: who wrote it, and where it was taken from.

use super::author::{looks_like_name, names, unbracketed, without_before};
use super::blocks::{self, Made};
use super::find::Signs;
use super::language::is_vietnamese_name;
use super::phrase;
use crate::model::Block;

/// What the last lines say.
#[derive(Debug, Default)]
pub(super) struct Last {
    /// Those who signed.
    pub(super) names: Option<Vec<String>>,
    /// The paper or the office that the story was taken from.
    pub(super) source: Option<String>,
}

/// So many lines at a story's end may tell who wrote it and where it comes from.
const LINES: usize = 3;

/// Takes the lines out of a body that sign it or name its source.
pub(super) fn take(made: &mut Vec<Made>) -> Last {
    let mut last = Last::default();
    let mut end = end_of_story(made);
    for _ in 0..LINES {
        let line = made[..end]
            .iter()
            .rposition(|one| matches!(one.block, Block::Paragraph(_)));
        let Some(at) = line.filter(|at| *at >= 1 && at + 3 >= end) else {
            break;
        };
        if let Some(source) = source_line(&made[at]) {
            last.source.get_or_insert(source);
        } else if last.names.is_none()
            && let Some(names) = signed(&made[at], at)
        {
            last.names = Some(names);
        } else if !leads_to_original(&made[at]) {
            break;
        }
        made.remove(at);
        end -= 1;
    }
    last
}

/// Where the story ends at the latest: at the line that names other stories.
fn end_of_story(made: &[Made]) -> usize {
    let names_others = |one: &Made| {
        let first = one.line().and_then(|text| text.as_str().lines().next());
        first.is_some_and(phrase::names_other_stories)
    };
    let half = made.len() / 4;
    let found = made.iter().skip(half).position(names_others);
    found.map_or(made.len(), |at| at + half)
}

/// The names in a last line that is set apart or labelled, and reads like names.
fn signed(one: &Made, at: usize) -> Option<Vec<String>> {
    let text = one.paragraph()?;
    let line = own_line(unbracketed(text.as_str()))?;
    let labelled = without_before(line).is_some();
    let set_apart = one.aside
        || blocks::is_strong(text)
        || blocks::is_emphasis(text)
        || one.signs.any(Signs::AUTHOR)
        || line.len() < 40 && is_vietnamese_name(line);
    if !(set_apart || labelled) {
        return None;
    }
    let mut bare = line;
    while let Some(rest) = without_before(bare) {
        bare = rest;
    }
    let bare = without_office(bare);
    if at < 2 && !labelled && !is_vietnamese_name(bare) {
        return None;
    }
    let all = names(std::iter::once(line));
    let named = !all.is_empty() && all.iter().all(|name| looks_like_name(name));
    let signs_off = || (one.aside || labelled) && is_office_or_initials(bare);
    (named || !all.is_empty() && signs_off()).then_some(all)
}

/// The first line of a signature, where the lines below it only say for whom.
fn own_line(text: &str) -> Option<&str> {
    let Some((first, rest)) = text.split_once('\n') else {
        return Some(text);
    };
    let for_whom = |line: &str| {
        let bare = unbracketed(line);
        bare.len() < line.len()
            || is_office(bare)
            || is_position(bare)
            || phrase::is_agency_line(bare)
    };
    rest.lines().all(for_whom).then_some(first)
}

/// Words before the name of a story's source; lower case.
const SOURCES: [&str; 6] = [
    "nguồn tin:",
    "nguồn tin ",
    "nguồn bài viết:",
    "nguồn :",
    "nguồn:",
    "theo:",
];
/// The same where only the line's place tells them from a sentence's beginning.
const BEGINNING_SOURCES: [&str; 2] = ["theo ", "nguồn "];
/// A source's name has no more bytes.
const LONGEST: usize = 90;

/// The source that a line names: "Nguồn: TTXVN", and "Theo Báo Sơn Lâm" where it is set apart.
pub(super) fn source(line: &str, apart: bool) -> Option<String> {
    let line = unbracketed(line.trim());
    let low = line.to_lowercase();
    if low.len() != line.len() || line.contains('\n') {
        return None;
    }
    let sure = SOURCES.iter().find(|begin| low.starts_with(**begin));
    let begin = sure.or_else(|| {
        let begin = BEGINNING_SOURCES.iter().find(|b| low.starts_with(**b))?;
        let rest = &line[begin.len()..];
        let known = apart || phrase::is_agency_line(rest) || is_office(rest);
        (known && rest.starts_with(char::is_uppercase)).then_some(begin)
    })?;
    let name = line[begin.len()..].trim_matches([' ', ':', '.']);
    let is_name = (2..=LONGEST).contains(&name.len())
        && !name.contains("://")
        && !name.contains([':', ';', '?'])
        && name.contains(char::is_alphabetic)
        && !name.contains(". ");
    is_name.then(|| name.to_owned())
}

fn source_line(one: &Made) -> Option<String> {
    let text = one.paragraph()?;
    let apart = one.aside || blocks::is_strong(text) || blocks::is_emphasis(text);
    source(text.as_str(), apart || text.as_str().starts_with('('))
}

/// Words before the address of the story that this one was taken from; lower case.
const ORIGINALS: [&str; 4] = [
    "link gốc",
    "link bài gốc",
    "link bài viết gốc",
    "link nguồn",
];

fn leads_to_original(one: &Made) -> bool {
    one.paragraph().is_some_and(|text| {
        let low = text.as_str().to_lowercase();
        low.len() < 300 && ORIGINALS.iter().any(|begin| low.starts_with(begin))
    })
}

/// Beginnings of the names of offices and papers that sign for their people; lower case.
const OFFICES: [&str; 18] = [
    "văn phòng",
    "phòng ",
    "ban ",
    "sở ",
    "ubnd",
    "ủy ban",
    "trung tâm",
    "hội ",
    "đoàn ",
    "chi cục",
    "cục ",
    "báo ",
    "đài ",
    "trạm ",
    "công an",
    "cổng ",
    "trường ",
    "bộ chỉ huy",
];

/// Is it the name of an office?
pub(super) fn is_office(name: &str) -> bool {
    let low = name.to_lowercase();
    OFFICES.iter().any(|begin| low.starts_with(begin))
}

/// Beginnings of what people are by office; lower case.
const POSITIONS: [&str; 13] = [
    "công chức",
    "viên chức",
    "cán bộ",
    "giáo viên",
    "chuyên viên",
    "phóng viên",
    "cộng tác viên",
    "ctv",
    "phó ",
    "trưởng ",
    "bí thư",
    "chủ tịch",
    "hiệu trưởng",
];

fn is_position(words: &str) -> bool {
    let low = words.to_lowercase();
    POSITIONS.iter().any(|begin| low.starts_with(begin))
}

/// Does it begin with an office's letters: "HND tỉnh", "VP HĐND"?
fn is_shortened(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    first.chars().count() > 1 && first.chars().all(char::is_uppercase)
}

/// The name before an office's or a position's: "Lê Hoa - Trung tâm Văn hóa", "Lê Hoa (TTXVN)".
pub(super) fn without_office(line: &str) -> &str {
    let bracket = line.strip_suffix(')').and_then(|l| l.rsplit_once(" ("));
    if let Some((name, _)) = bracket.filter(|(name, _)| is_vietnamese_name(name)) {
        return name;
    }
    let parted = [" - ", " – ", ", ", "/"]
        .iter()
        .find_map(|by| line.split_once(by));
    let named = parted.filter(|(name, office)| {
        is_vietnamese_name(name.trim())
            && (is_office(office)
                || is_position(office)
                || is_shortened(office) && !is_shortened(name))
    });
    named.map_or(line, |(name, _)| name.trim())
}

/// Does a line set apart at the end name an office ("Văn phòng Huyện ủy"), or give a name's initials
/// ("H.D", "T. Hương")?
fn is_office_or_initials(line: &str) -> bool {
    let short = line.len() <= 70 && !line.ends_with(['.', ':', ';']) && !line.contains(',');
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = line.starts_with(char::is_uppercase)
        && (line.contains('.') || line.chars().all(|c| !c.is_lowercase()));
    short && (is_office(line) || letters <= 10 && line.split_whitespace().count() <= 2 && capitals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::{Limits, parse};
    use crate::model::Text;

    fn ends(lines: &[&str]) -> (Vec<String>, Option<String>, usize) {
        let tree = parse(b"", None, &Limits::default());
        let story = ["Mưa lớn kéo dài nhiều ngày.", "Nước sông đang rút."];
        let made = story.iter().chain(lines).map(|line| Made {
            block: Block::Paragraph(Text::new(*line)),
            node: tree.root(),
            signs: Signs::default(),
            aside: lines.contains(line),
        });
        let mut made: Vec<Made> = made.collect();
        let last = take(&mut made);
        (last.names.unwrap_or_default(), last.source, made.len())
    }

    #[track_caller]
    fn check(lines: &[&str], names: &[&str], source: Option<&str>) {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(
            ends(lines),
            (names, source.map(str::to_owned), 2),
            "{lines:?}"
        );
    }

    #[test]
    fn who_signs_and_who_is_quoted_are_told_apart() {
        check(&["Nguồn: TTXVN"], &[], Some("TTXVN"));
        check(
            &["(Nguồn: Văn phòng UBND tỉnh)"],
            &[],
            Some("Văn phòng UBND tỉnh"),
        );
        check(&["Theo Báo Sơn Lâm"], &[], Some("Báo Sơn Lâm"));
        check(
            &["Lò Thị Én", "Nguồn tin: Báo Sơn Lâm"],
            &["Lò Thị Én"],
            Some("Báo Sơn Lâm"),
        );
        check(&["LÒ THỊ ÉN\n(Đài truyền thanh)"], &["LÒ THỊ ÉN"], None);
        check(&["Lò Thị Én (TTXVN)"], &["Lò Thị Én"], None);
        check(
            &["Người viết: Lò Thị Én - Công chức xã"],
            &["Lò Thị Én"],
            None,
        );
        check(&["Lò Thị Én - HND huyện"], &["Lò Thị Én"], None);
        check(&["Bài, ảnh: PV"], &["PV"], None);
        check(
            &["Nguồn: TTXVN", "Link gốc: https://a.example/b"],
            &[],
            Some("TTXVN"),
        );
    }

    #[test]
    fn a_last_sentence_stays() {
        for line in ["Theo ông Én, nước còn lên.", "Nguồn nước đã sạch trở lại."]
        {
            assert_eq!(ends(&[line]).2, 3, "{line}");
        }
    }
}
