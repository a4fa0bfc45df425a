//! Document pages (văn bản): what an authority issued, as names and values, with its files.
//!
//! Source: the property tables of Vietnamese portals' document pages (Số hiệu, Ngày ban hành, Trích
//! yếu and their kin), laid out as tables, definition lists or boxes.

use super::attachment;
use super::blocks::Made;
use super::date::{self, Habit};
use super::family::Fields;
use super::find::Line;
use super::likeness::begins_in_lower_case;
use super::page::{Page, collapsed};
use crate::model::{Article, Block, Cell, Published, Table, Text};

/// Names of properties; lower case.
const NAMES: [&str; 27] = [
    "số hiệu",
    "số ký hiệu",
    "số/ký hiệu",
    "số, ký hiệu",
    "số kí hiệu",
    "ký hiệu",
    "số văn bản",
    "ngày ban hành",
    "ngày hiệu lực",
    "ngày có hiệu lực",
    "ngày hết hiệu lực",
    "trích yếu",
    "trích yếu nội dung",
    "nội dung trích yếu",
    "cơ quan ban hành",
    "đơn vị ban hành",
    "nơi ban hành",
    "người ký",
    "loại văn bản",
    "hình thức văn bản",
    "lĩnh vực",
    "tình trạng",
    "tình trạng hiệu lực",
    "trạng thái",
    "phạm vi",
    "ngày công báo",
    "chức vụ",
];
/// No name has a blank among so many first letters.
const FIRST: usize = 2;
/// No name has more bytes, however its letters are written.
const LONGEST: usize = 60;
/// The property that tells what the document is about.
const SUBJECTS: [&str; 3] = ["trích yếu", "trích yếu nội dung", "nội dung trích yếu"];
/// The property that tells when it was issued.
const ISSUED: &str = "ngày ban hành";
/// With fewer properties it is no document page.
const FEWEST: usize = 3;

/// The properties of a document, in page order.
#[derive(Debug, Default)]
pub(super) struct Decree {
    rows: Vec<(String, String)>,
}

impl Decree {
    /// Looks for the properties of a document; `None` where there are too few.
    pub(super) fn of(page: &Page<'_>) -> Option<Self> {
        let root = page.tree.root();
        let mut decree = Self::default();
        let mut name: Option<String> = None;
        // Boxes called "label" are small print elsewhere, and names here.
        for line in page.survey.lines(root).iter().filter(|l| l.len < 1_000) {
            if name.is_none() && !begins_with_name(page, line) {
                continue;
            }
            let text = page.line_text(line, line.block);
            if let Some((own, value)) = named_value(&text) {
                decree.add(own, value);
                name = None;
            } else if is_name(&text) {
                name = Some(text);
            } else if let Some(name) = name.take() {
                decree.add(&name, &text);
            }
        }
        (decree.rows.len() >= FEWEST).then_some(decree)
    }

    fn add(&mut self, name: &str, value: &str) {
        let name = collapsed(name.trim_end_matches([':', ' ']));
        if !self.rows.iter().any(|(known, _)| *known == name) {
            self.rows.push((name, collapsed(value)));
        }
    }

    fn value(&self, names: &[&str]) -> Option<&str> {
        let row = self
            .rows
            .iter()
            .find(|(name, _)| names.contains(&name.to_lowercase().as_str()))?;
        Some(&row.1)
    }

    /// Returns what the document is about.
    pub(super) fn subject(&self) -> Option<&str> {
        self.value(&SUBJECTS)
    }

    /// Puts the properties before the blocks of an article that tells the document at length.
    pub(super) fn head(&self, made: &mut Vec<Made>) {
        let told = made.iter().any(|one| self.is_told_by(&one.block));
        if let Some(first) = made.first().filter(|_| !told) {
            let table = Made {
                block: self.table(),
                ..first.clone()
            };
            made.insert(0, table);
        }
    }

    /// Does a table of the body tell the same?
    fn is_told_by(&self, block: &Block) -> bool {
        let Block::Table(table) = block else {
            return false;
        };
        let cells = || table.header.iter().chain(table.rows.iter().flatten());
        let names = self.rows.iter().map(|(name, _)| name);
        let told =
            names.filter(|name| cells().any(|cell| cell.text.as_str().starts_with(name.as_str())));
        told.count() >= FEWEST
    }

    /// Returns when it was issued.
    pub(super) fn issued(&self, habit: Habit) -> Option<Published> {
        let issued = self.value(&[ISSUED])?;
        date::read(issued, habit).map(|dated| dated.published)
    }

    fn table(&self) -> Block {
        let cell = |text: &String| Cell::new(Text::new(text.clone()));
        let rows = self
            .rows
            .iter()
            .map(|(name, value)| vec![cell(name), cell(value)]);
        Block::Table(Table {
            rows: rows.collect(),
            row_headers: true,
            ..Table::default()
        })
    }

    /// Makes an article of the properties and the page's files.
    pub(super) fn article(&self, page: &Page<'_>, fields: &Fields, habit: Habit) -> Article {
        Article {
            published: self.issued(habit),
            blocks: vec![self.table()],
            attachments: attachment::attachments(page, fields.files),
            ..Article::default()
        }
    }
}

fn is_name(line: &str) -> bool {
    let name = line.trim_end_matches([':', ' ']);
    name.len() <= LONGEST && NAMES.contains(&name.to_lowercase().as_str())
}

/// Could a line be a name, or say one and its value?
fn begins_with_name(page: &Page<'_>, line: &Line) -> bool {
    let begins = |text: &str| {
        let letters = text.trim_start().chars().flat_map(char::to_lowercase);
        let first: Vec<char> = letters.take(FIRST).collect();
        let mut names = NAMES.iter();
        names.any(|name| name.chars().zip(&first).all(|(own, letter)| own == *letter))
    };
    // Nearly no line is read for this.
    page.first_text(line).is_none_or(begins) && {
        let beginning = page.line_beginning(line, LONGEST);
        let mut names = NAMES.iter();
        names.any(|name| begins_in_lower_case(&beginning, name))
    }
}

/// "Số hiệu: 12/2024/QĐ-UBND" on one line.
fn named_value(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    (is_name(name) && !value.trim().is_empty()).then_some((name, value))
}
