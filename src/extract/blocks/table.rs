//! Tables: those that hold data, and those that only lay out a page.
//!
//! Source: the data table test of Readability.js, itself after Firefox's accessibility engine.

use super::{figure, header, inline};
use crate::extract::clean::Cleaner;
use crate::extract::page::Page;
use crate::html::{NodeId, Tag};
use crate::model::{Block, Cell, Table, Text};

/// Reads a data table; `None` where the table is layout and should be walked through.
pub(super) fn read(page: &Page<'_>, id: NodeId, _cleaner: &Cleaner<'_, '_>) -> Option<Vec<Block>> {
    let grid = Grid::of(page, id);
    if let Some(figure) = picture_table(page, id, &grid) {
        return Some(figure);
    }
    if !grid.is_data(page, id) {
        return None;
    }
    let table = grid.table(page);
    let empty = table.rows.is_empty() && table.header.is_empty();
    Some(if empty {
        Vec::new()
    } else {
        vec![Block::Table(table)]
    })
}

/// A table's own rows and cells, without those of tables inside it.
struct Grid {
    caption: Option<NodeId>,
    rows: Vec<Row>,
    nested: bool,
}

struct Row {
    in_head: bool,
    cells: Vec<NodeId>,
}

impl Grid {
    fn of(page: &Page<'_>, id: NodeId) -> Self {
        let mut grid = Self {
            caption: None,
            rows: Vec::new(),
            nested: false,
        };
        let mut until = id;
        for at in page.tree.subtree(id).skip(1) {
            if at < until {
                continue;
            }
            match page.tree.tag(at) {
                Some(Tag::Table) => {
                    grid.nested = true;
                    until = page.tree.end(at);
                }
                Some(Tag::Caption) => grid.caption = Some(at),
                Some(Tag::Tr) => {
                    let in_head = page
                        .tree
                        .parent(at)
                        .is_some_and(|p| page.tree.tag(p) == Some(Tag::Thead));
                    grid.rows.push(Row {
                        in_head,
                        cells: Vec::new(),
                    });
                }
                Some(Tag::Td | Tag::Th) => {
                    if let Some(row) = grid.rows.last_mut() {
                        row.cells.push(at);
                    }
                }
                _ => {}
            }
        }
        grid.rows.retain(|row| !row.cells.is_empty());
        grid
    }

    fn width(&self) -> usize {
        self.rows
            .iter()
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0)
    }

    fn is_data(&self, page: &Page<'_>, id: NodeId) -> bool {
        let role = page.attr(id, "role");
        if self.nested
            || self.rows.is_empty()
            || self.width() < 2
            || matches!(role, Some("presentation" | "none"))
        {
            return false;
        }
        let cells = || self.rows.iter().flat_map(|row| &row.cells);
        let headed = cells().any(|c| page.tree.tag(*c) == Some(Tag::Th))
            || self.rows.iter().any(|r| r.in_head);
        if headed || self.caption.is_some() {
            return true;
        }
        let blocks = &[
            Tag::H1,
            Tag::H2,
            Tag::H3,
            Tag::Form,
            Tag::Img,
            Tag::Iframe,
            Tag::Figure,
        ];
        let laid_out =
            cells().any(|c| page.survey.sums(*c).prose_lines > 2 || page.holds(*c, blocks));
        let full = self.rows.iter().filter(|row| row.cells.len() >= 2).count();
        !laid_out && full >= 2
    }

    /// Is a first row one cell over all columns, which says what the table is about?
    fn is_titled(&self, first: &[Cell]) -> bool {
        matches!(first, [one] if one.colspan as usize >= self.width() && !one.text.is_empty() && one.text.as_str().len() < 200)
    }

    fn table(&self, page: &Page<'_>) -> Table {
        let mut rows: Vec<(bool, Vec<Cell>)> = Vec::with_capacity(self.rows.len());
        let mut named_rows = 0;
        for row in &self.rows {
            let th = |c: &NodeId| page.tree.tag(*c) == Some(Tag::Th);
            let head = row.in_head || row.cells.iter().all(th);
            named_rows += usize::from(!head && row.cells.first().is_some_and(th));
            let cells: Vec<Cell> = row.cells.iter().map(|c| cell(page, *c)).collect();
            if cells.iter().any(|c| !c.text.is_empty()) {
                rows.push((head, cells));
            }
        }
        let titled = self.caption.is_none() && rows.len() > 2 && self.is_titled(&rows[0].1);
        let title = titled.then(|| rows.remove(0).1.swap_remove(0).text);
        let header = header::take(&mut rows);
        let caption = self
            .caption
            .map(|c| inline::text(page, c))
            .filter(|c| !c.is_empty())
            .or(title.map(|title| super::heading::without_strong(&title)));
        let rows: Vec<Vec<Cell>> = rows.into_iter().map(|(_, cells)| cells).collect();
        Table {
            caption,
            // Without a header above, what stands first in a row is all that can name it.
            row_headers: named_rows * 2 > rows.len() || header.is_empty(),
            header,
            rows,
        }
    }
}

fn cell(page: &Page<'_>, id: NodeId) -> Cell {
    let span = |name: &str| {
        let given = page
            .attr(id, name)
            .and_then(|v| v.trim().parse::<u32>().ok());
        given.unwrap_or(1).clamp(1, 1000) // the bound of HTML § 4.9.11
    };
    Cell {
        text: inline::text(page, id),
        colspan: span("colspan"),
        rowspan: span("rowspan"),
    }
}

/// A table of pictures, each with its caption below or beside it.
fn picture_table(page: &Page<'_>, id: NodeId, grid: &Grid) -> Option<Vec<Block>> {
    let pictures = page
        .elements(id)
        .filter(|(_, e)| e.tag() == Tag::Img)
        .count();
    let text = page.survey.sums(id).text as usize;
    if pictures == 0 || grid.nested || text > 350 * (pictures + 1) {
        return None;
    }
    let mut blocks = match grid.gallery(page) {
        Some(blocks) => blocks,
        None => grid.pictures(page)?,
    };
    if let Some(caption) = grid.caption.map(|caption| inline::text(page, caption))
        && !caption.is_empty()
    {
        give_caption(&mut blocks, &caption)?;
    }
    (!blocks.is_empty()).then_some(blocks)
}

/// Pictures stand in no more columns than this beside each other.
const COLUMNS: usize = 4;

impl Grid {
    /// Rows of pictures, each row with a row of their captions below it.
    fn gallery(&self, page: &Page<'_>) -> Option<Vec<Block>> {
        let by_twos = self.rows.len().is_multiple_of(2) && (2..=COLUMNS).contains(&self.width());
        if !by_twos {
            return None;
        }
        let mut blocks = Vec::new();
        for pair in self.rows.chunks_exact(2) {
            let (pictures, captions) = (&pair[0].cells, &pair[1].cells);
            if pictures.len() != captions.len() {
                return None;
            }
            for (picture, caption) in pictures.iter().zip(captions) {
                let words = inline::text(page, *caption);
                let shown = page.first(*picture, Tag::Img)?;
                let bare = inline::text(page, *picture).is_empty();
                if !bare || words.is_empty() || page.holds(*caption, &[Tag::Img]) {
                    return None;
                }
                blocks.extend(figure::read(page, shown)?);
                give_caption(&mut blocks, &words)?;
            }
        }
        Some(blocks)
    }

    /// A few cells, each a picture with words or a picture's caption.
    fn pictures(&self, page: &Page<'_>) -> Option<Vec<Block>> {
        let cells: Vec<NodeId> = self
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().copied())
            .collect();
        if self.width() > 2 || cells.len() > 4 {
            return None;
        }
        let mut blocks: Vec<Block> = Vec::new();
        for cell in cells {
            let words = inline::text(page, cell);
            let img = page.first(cell, Tag::Img);
            let found = img
                .and_then(|img| figure::read(page, img))
                .unwrap_or_default();
            blocks.extend(found);
            if !words.is_empty() {
                give_caption(&mut blocks, &words)?;
            }
        }
        Some(blocks)
    }
}

/// Gives the last picture its caption; `None` where there is no picture that lacks one.
fn give_caption(blocks: &mut [Block], words: &Text) -> Option<()> {
    let Some(Block::Figure(figure)) = blocks.last_mut() else {
        return None;
    };
    if figure.caption.is_some() {
        return None;
    }
    let caption = figure::join_caption_lines(words);
    if figure::says_nothing_more(&figure.alt, caption.as_str()) {
        figure.alt.clear();
    }
    figure.caption = Some(caption);
    Some(())
}
