//! Phrases by which pages name what is not the article, in the languages of the sites read most.
//!
//! The tables are text files of one phrase a line, in lower case; `_` at a line's end stands for a
//! blank. Sources: the phrases seen on Vietnamese portals, the discard lists of trafilatura and
//! jusText, and the wording of large news sites.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::likeness::begins_in_lower_case;
use super::page::{beginning, collapsed};
use crate::model::letter::lowered;

/// Whole lines of one kind.
type Lines = FxHashSet<&'static str>;

/// Headings of boxes with other stories, with comments, forms and the like.
static HEADINGS: LazyLock<Lines> = LazyLock::new(|| rows(include_str!("headings.txt")).collect());
/// Beginnings of the same.
static HEADING_BEGINNINGS: LazyLock<Beginnings> =
    LazyLock::new(|| beginnings(include_str!("heading-beginnings.txt")));
/// Beginnings of notes to readers about the page, the paper or the picture beside.
static NOTES: LazyLock<Beginnings> = LazyLock::new(|| beginnings(include_str!("notes.txt")));
/// What a paper says for itself at an article's end, anywhere in a line.
static PROMOTIONS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows(include_str!("promotions.txt")).collect());
/// Beginnings of lines that lead to another story.
static LEADINGS: LazyLock<Beginnings> = LazyLock::new(|| beginnings(include_str!("leadings.txt")));
/// Whole lines that are controls, labels and notes of the page, wherever they stand.
static CONTROLS: LazyLock<Lines> = LazyLock::new(|| rows(include_str!("controls.txt")).collect());
/// The first words of these.
static CONTROL_BEGINNINGS: LazyLock<Lines> = LazyLock::new(|| {
    CONTROLS
        .iter()
        .filter_map(|row| row.split(' ').next())
        .collect()
});
/// Words beside a number that only counts: "Lượt xem: 7370", "5 min read".
const COUNTED: &str = "lượt xem|lượt đọc|lượt truy cập|số lượt xem|đã xem|views|view|min read|minute read|\
    minutes read|mins read|shares|comments|comment|likes|bình luận|phản hồi|phút đọc|min|minuten|min de lecture|\
    kommentare|lesezeit|minuten lesezeit|share|image of|photo of|slide of|ảnh trên|bild von";
/// What links say to those who cannot see their icon, in the midst of a sentence; [`is_link_note`]
/// knows with which letters they begin.
const LINK_NOTES: [&str; 8] = [
    "opens in a new tab",
    "opens in new tab",
    "opens new tab",
    "opens in a new window",
    "opens in new window",
    "öffnet im neuen fenster",
    "öffnet in neuem fenster",
    "mở trong cửa sổ mới",
];
/// Beginnings of the names that web parts show when their title was left on.
const LABELS: [&str; 4] = ["publishingportal - ", "block_", "webpart", "web part"];

/// Longer lines are no labels, headings or controls.
const SHORT: usize = 120;

/// Beginnings of lines, by their first letter; a final `_` in the table was a blank.
type Beginnings = FxHashMap<char, Vec<String>>;

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .filter(|row| !row.is_empty() && !row.starts_with("# "))
}

fn beginnings(table: &'static str) -> Beginnings {
    let mut beginnings = Beginnings::default();
    for row in rows(table).map(|row| row.replace('_', " ")) {
        let first = row.chars().next().unwrap_or_default();
        beginnings.entry(first).or_default().push(row);
    }
    beginnings
}

fn begins(line: &str, table: &Beginnings) -> bool {
    begun(line, table).is_some()
}

/// The row that a line begins with.
fn begun<'t>(line: &str, table: &'t Beginnings) -> Option<&'t str> {
    let line = beginning(line, SHORT).trim_start();
    let first = line.chars().flat_map(char::to_lowercase).next()?;
    let mut rows = table.get(&first)?.iter();
    rows.find(|begin| begins_in_lower_case(line, begin))
        .map(String::as_str)
}

/// Does this line name a box of other stories, comments or forms?
pub(super) fn names_other_stories(line: &str) -> bool {
    if line.len() > SHORT {
        return false;
    }
    HEADINGS.contains(bare(line).as_str()) || begins_like_a_box(line)
}

/// Does it only begin as the name of such a box: "Related costs"?
pub(super) fn begins_like_a_box(line: &str) -> bool {
    let line = bare(beginning(line, SHORT));
    line.len() < 90 && begins(&line, &HEADING_BEGINNINGS)
}

/// Does this short line tell readers about the page rather than the story?
pub(super) fn is_note(line: &str) -> bool {
    line.len() < NOTE && begins(line, &NOTES)
}

/// Does this short paragraph speak for the paper: its newsletter, its channels, its subscriptions?
/// It says so only where nothing of the article follows.
pub(super) fn is_promotion(line: &str) -> bool {
    promoted(line).is_some()
}

/// The pitch in it.
fn promoted(line: &str) -> Option<&'static str> {
    if line.len() >= PITCH {
        return None;
    }
    let low = lowered(line);
    let pitched = |pitch: &&&str| low.contains(**pitch);
    let to_reader = low
        .split(|c: char| !c.is_alphabetic())
        .any(|word| matches!(word, "you" | "your"));
    let mut offers = OFFERS.iter().filter(|_| to_reader);
    PROMOTIONS
        .iter()
        .find(pitched)
        .or_else(|| offers.find(pitched))
        .copied()
}

/// Is this short line a note or a pitch of the paper, and not about what an article with this title
/// tells of: newsletters, cookies, copyright?
pub(super) fn is_of_paper(line: &str, title: &str) -> bool {
    let note = (line.len() < NOTE).then(|| begun(line, &NOTES)).flatten();
    note.or_else(|| promoted(line)).is_some_and(|words| {
        let title = lowered(title);
        let mut subjects = words.split(' ').filter(|word| word.len() >= SUBJECT);
        !subjects.any(|word| title.contains(word))
    })
}

/// Longer notes are told.
const NOTE: usize = 400;
/// Shorter words in a title do not say what it is about.
const SUBJECT: usize = 6;

/// What shops and banks promise to those who read, where they say "you"; an article tells of it too. Lower
/// case.
const OFFERS: [&str; 8] = [
    "earn rewards",
    "exclusive access",
    "rewards program",
    "no interest for",
    "off your first order",
    "talk to our",
    "speak with our",
    "contact our team",
];

/// Longer paragraphs tell more than where to subscribe.
const PITCH: usize = 800;

/// News agencies and their signs; lower case.
const AGENCIES: &str = "dpa|afp|reuters|rtr|ap|apa|efe|ansa|tass|sda|ats|kna|epd|sid|ntb|ritzau|tt|stt|čtk|ctk|\
    pap|anp|belga|lusa|dts|aa|iha|dha|ttxvn|vna|xinhua|kyodo|jiji|yonhap|pti|ani|ians|aap|adn|agencias|agências|\
    agenzie|agencje|interfax|agerpres|mti|sta|hina|tanjug|antara|bernama";
/// Words that join them.
const JOINERS: [&str; 14] = [
    "mit", "with", "und", "and", "von", "et", "avec", "y", "e", "con", "og", "och", "en", "theo",
];

/// Does a line say nothing but which agencies a story came from: "mit dpa", "jr/Reuters"?
pub(super) fn is_agency_line(line: &str) -> bool {
    if line.len() > AGENCY_LINE {
        return false;
    }
    let low = lowered(line);
    let parts = low.split(|c: char| !c.is_alphanumeric());
    let mut agencies = 0;
    for part in parts.filter(|part| !part.is_empty() && !JOINERS.contains(part)) {
        let known = AGENCIES.split('|').any(|agency| agency == part);
        let initials = line.contains('/') && part.chars().count() <= 3;
        if !known && !initials {
            return false;
        }
        agencies += usize::from(known);
    }
    agencies > 0
}

/// Such lines are short.
const AGENCY_LINE: usize = 40;

/// Is this run of text only a note about how a link opens?
pub(super) fn is_link_note(run: &str) -> bool {
    let first = run.chars().find(|c| c.is_alphanumeric());
    let may_be = first.is_some_and(|c| matches!(c, 'o' | 'O' | 'ö' | 'Ö' | 'm' | 'M'));
    run.len() < 60 && may_be && LINK_NOTES.contains(&bare(run).as_str())
}

/// Does this line send the reader to another story?
pub(super) fn leads_elsewhere(line: &str) -> bool {
    begins(line, &LEADINGS)
}

/// Words by which a page's title says that there is no such page; lower case.
const FAILURES: [&str; 13] = [
    "đã có lỗi",
    "lỗi hệ thống",
    "lỗi trang",
    "lỗi truy cập",
    "không tìm thấy",
    "không tồn tại",
    "đã xảy ra lỗi",
    "thông báo lỗi",
    "not found",
    "error 404",
    "404",
    "nicht gefunden",
    "page introuvable",
];

/// Does a title say that the page asked for is not there?
pub(super) fn names_failure(title: &str) -> bool {
    let low = lowered(title);
    matches!(low.trim(), "lỗi" | "error") || FAILURES.iter().any(|words| low.starts_with(words))
}

/// Beginnings of links that lead from a teaser to its story; lower case.
const ONWARDS: [&str; 12] = [
    "xem thêm",
    "xem tiếp",
    "xem chi tiết",
    "đọc thêm",
    "đọc tiếp",
    "chi tiết",
    "read more",
    "continue reading",
    "weiterlesen",
    "lire la suite",
    "leer más",
    "more »",
];

/// Do a link's words only lead from a teaser to its story?
pub(super) fn leads_on(words: &str) -> bool {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let low = lowered(beginning(words, SHORT));
    ONWARDS.iter().any(|begin| low.starts_with(begin))
}

/// Is this line a control or a label of the page?
pub(super) fn is_control(line: &str) -> bool {
    if line.len() > SHORT {
        return false;
    }
    let before_bracket = line.split('(').next().filter(|l| !l.trim().is_empty());
    let words = without_marks(before_bracket.unwrap_or(line));
    let only_marks = words.is_empty() && !line.contains("./.");
    only_marks || is_named_control(words) || is_block_label(line) || is_bar(line)
}

/// Is this a control's label or a counter? The first word of nearly all other lines tells.
fn is_named_control(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    let begins = CONTROL_BEGINNINGS.contains(lowered(first).as_str());
    begins && CONTROLS.contains(lowered(words).as_str()) || is_counter(words)
}

/// Most words of one control's label.
const LABEL_WORDS: usize = 5;

/// Is a line nothing but several controls in a row: "Xem cỡ chữ A- A A+ | In trang"?
fn is_bar(line: &str) -> bool {
    let mark = |c: char| !c.is_alphanumeric() && !matches!(c, '+' | '-');
    let is_size = |word: &str| word.chars().all(|c| matches!(c, 'a' | '+' | '-'));
    let may_begin = |word: &str| {
        let low = lowered(word);
        let word = low.trim_matches(mark);
        (!word.is_empty()).then(|| CONTROL_BEGINNINGS.contains(word) || is_size(word))
    };
    let begins = line.split_whitespace().find_map(may_begin);
    if begins != Some(true) {
        return false; // nearly always
    }
    let low = lowered(line);
    let words = low.split_whitespace().map(|word| word.trim_matches(mark));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut at = 0;
    while at < words.len() {
        let longest = LABEL_WORDS.min(words.len() - at);
        let label = (1..=longest)
            .rev()
            .find(|n| CONTROLS.contains(words[at..at + n].join(" ").as_str()));
        match label {
            Some(words) => at += words,
            None if is_size(words[at]) => at += 1,
            None => return false,
        }
    }
    !words.is_empty()
}

/// Is this the name of a web part rather than words for readers: "PublishingPortal - Block_News"?
pub(super) fn is_block_label(line: &str) -> bool {
    let may_be = line.contains('_') || begins_in_lower_case(line.trim(), LABELS[0]);
    if line.len() > SHORT || !may_be || line.contains(". ") {
        return false;
    }
    let low = lowered(line.trim());
    let named =
        |word: &str| LABELS[1..].iter().any(|label| word.starts_with(label)) && word.contains('_');
    low.starts_with(LABELS[0]) || low.split_whitespace().any(named)
}

fn is_counter(words: &str) -> bool {
    if !words.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let bare = lowered(words);
    let letters: String = bare.chars().filter(|c| !c.is_ascii_digit()).collect();
    let letters = collapsed(&letters);
    let letters = letters.trim_matches(|c: char| !c.is_alphabetic());
    COUNTED.split('|').any(|word| word.trim() == letters)
}

/// The line in lower case without marks and white space around it.
fn bare(line: &str) -> String {
    lowered(without_marks(line))
}

fn without_marks(line: &str) -> &str {
    line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_controls_are_known_and_prose_is_not() {
        for line in [
            "PublishingPortal - Block_BanTin_Toolbar",
            "Tăng cỡ chữ Giảm cỡ chữ",
            "Lượt xem: 7370",
            "Share this article",
            "5 min read",
            "A- A A+",
            "Xem cỡ chữ A-AA+ | In trang",
        ] {
            assert!(is_control(line), "{line}");
        }
        for line in [
            "Ông nói.",
            "./.",
            "Share prices fell on Monday.",
            "Minh Anh",
            "12 shares were sold to him",
        ] {
            assert!(!is_control(line), "{line}");
        }
    }

    #[test]
    fn agencies_alone_and_pitches_are_known() {
        for line in ["mit dpa", "(dpa)", "jr/Reuters", "AFP, AP", "theo TTXVN"] {
            assert!(is_agency_line(line), "{line}");
        }
        for line in ["Minh Anh", "A/B", "Reuters reported it first", "mit"] {
            assert!(!is_agency_line(line), "{line}");
        }
        assert!(is_promotion(
            "Get the best of the valley in our newsletter."
        ));
        assert!(is_promotion(
            "Подписывайтесь на нас, чтобы не пропустить новое."
        ));
        assert!(!is_promotion(
            "The newsletter was founded in 1911 by two printers."
        ));
    }

    #[test]
    fn what_an_article_is_about_is_no_pitch() {
        let pitch = "Get the best of the valley in our newsletter.";
        assert!(is_of_paper(pitch, "The valley in spring"));
        assert!(!is_of_paper(pitch, "Why newsletters came back"));
        let note = "Copyright lasts for seventy years.";
        assert!(is_of_paper(note, "Printers and their trade"));
        assert!(!is_of_paper(note, "Copyright and its end"));
        assert!(is_promotion("Join now to earn rewards on your next stay."));
        assert!(!is_promotion("Customers earn rewards on every purchase."));
    }

    #[test]
    fn boxes_of_other_stories_are_known_by_their_headings() {
        assert!(names_other_stories("» Tin liên quan:"));
        assert!(names_other_stories("RELATED ARTICLES"));
        assert!(!names_other_stories("Liên quan vụ việc trên"));
    }
}
