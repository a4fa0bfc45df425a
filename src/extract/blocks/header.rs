//! Header rows of data tables. An ear hears one name a column: a header of several rows becomes one
//! whose names say their groups first, "Năm 2024: Dự toán".

use super::heading::{is_strong, without_strong};
use crate::model::{Cell, Text};

/// A row, and whether its markup says that it heads the table.
pub(super) type Row = (bool, Vec<Cell>);

/// Headers have no more rows than this.
const ROWS: usize = 4;
/// Wider tables are not taken apart.
const COLUMNS: usize = 60;

/// Takes the header off a table's rows; empty where there is none.
pub(super) fn take(rows: &mut Vec<Row>) -> Vec<Cell> {
    let depth = depth(rows);
    if depth == 0 || rows.len() <= depth {
        return Vec::new();
    }
    let header: Vec<Vec<Cell>> = rows[..depth]
        .iter()
        .map(|(_, cells)| cells.clone())
        .collect();
    let (taken, header) = match flat(&header) {
        Some(flat) if depth > 1 => (depth, flat),
        _ => (1, rows[0].1.clone()),
    };
    rows.drain(..taken);
    header.into_iter().map(bare).collect()
}

fn bare(mut cell: Cell) -> Cell {
    cell.text = without_strong(&cell.text);
    cell
}

/// How many rows head the table: the first says it by cells that reach down beside cells that head
/// several columns; header rows under a row of groups go with it.
fn depth(rows: &[Row]) -> usize {
    let Some((_, first)) = rows.first() else {
        return 0;
    };
    let grouped = first
        .iter()
        .any(|cell| cell.colspan > 1 && cell.rowspan == 1);
    let reach = first
        .iter()
        .map(|cell| cell.rowspan as usize)
        .max()
        .unwrap_or(1);
    let named = !first.iter().any(|cell| is_figure(&cell.text));
    let same_width = |cells: &[Cell]| cells.iter().map(|c| c.colspan as usize).sum::<usize>();
    if grouped && named && (2..=ROWS).contains(&reach) {
        reach
    } else if !heads(&rows[0]) {
        0
    } else if grouped
        && rows
            .get(1)
            .is_some_and(|next| heads(next) && same_width(&next.1) == same_width(first))
    {
        2
    } else {
        1
    }
}

/// Is a row marked as a header, or set in bold as editors without header cells do?
fn heads((head, cells): &Row) -> bool {
    let strong = |cell: &Cell| cell.text.is_empty() || is_strong(&cell.text);
    let all_strong = cells.len() > 1 && cells.iter().all(strong);
    *head || all_strong && cells.iter().any(|cell| !cell.text.is_empty())
}

/// Is it nothing but a number?
fn is_figure(text: &Text) -> bool {
    let plain = text.as_str();
    plain.bytes().any(|b| b.is_ascii_digit()) && !plain.contains(char::is_alphabetic)
}

/// One row of names out of several; `None` where the rows do not fill the columns.
fn flat(rows: &[Vec<Cell>]) -> Option<Vec<Cell>> {
    let grid = grid(rows)?;
    let (last, above) = grid.split_last()?;
    let mut header: Vec<Cell> = Vec::new();
    let mut before = None;
    for (column, below) in last.iter().enumerate() {
        if before == Some(*below) {
            // One cell that heads several columns to the last still does.
            header.last_mut()?.colspan += 1;
            continue;
        }
        before = Some(*below);
        let mut text = Text::default();
        let mut named = None;
        for at in above
            .iter()
            .map(|row| row[column])
            .chain(std::iter::once(*below))
        {
            let cell: &Cell = &rows[at.0][at.1];
            if named == Some(at) || cell.text.is_empty() {
                continue;
            }
            named = Some(at);
            if !text.is_empty() {
                text.append(&Text::new(": "));
            }
            text.append(&without_strong(&cell.text));
        }
        header.push(Cell {
            text,
            colspan: 1,
            rowspan: 1,
        });
    }
    Some(header)
}

/// Row and number of a cell.
type At = (usize, usize);

/// Which cell covers each place of the header.
fn grid(rows: &[Vec<Cell>]) -> Option<Vec<Vec<At>>> {
    let width: usize = rows.first()?.iter().map(|cell| cell.colspan as usize).sum();
    if width > COLUMNS {
        return None;
    }
    let mut grid: Vec<Vec<Option<At>>> = vec![vec![None; width]; rows.len()];
    for (row, cells) in rows.iter().enumerate() {
        for (number, cell) in cells.iter().enumerate() {
            let column = grid[row].iter().position(Option::is_none)?;
            let reach = (cell.rowspan as usize).min(rows.len() - row);
            for line in &mut grid[row..row + reach] {
                let places = line.get_mut(column..column + cell.colspan as usize)?;
                places.fill(Some((row, number)));
            }
        }
    }
    grid.into_iter()
        .map(|row| row.into_iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        let (text, spans) = text.split_once('|').unwrap_or((text, "1x1"));
        let (colspan, rowspan) = spans.split_once('x').expect("columns x rows");
        Cell {
            text: Text::new(text),
            colspan: colspan.parse().expect("a number"),
            rowspan: rowspan.parse().expect("a number"),
        }
    }

    #[track_caller]
    fn check(rows: &[&[&str]], names: &[&str], left: usize) {
        let row = |cells: &&[&str]| (false, cells.iter().map(|text| cell(text)).collect());
        let mut rows: Vec<Row> = rows.iter().map(row).collect();
        let header = take(&mut rows);
        let got: Vec<&str> = header.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!((got.as_slice(), rows.len()), (names, left));
    }

    #[test]
    fn groups_are_said_with_each_of_their_columns() {
        check(
            &[
                &["Xã|1x2", "Năm 2024|2x1"],
                &["Kế hoạch", "Thực hiện"],
                &["Nà Lầu", "7", "8"],
            ],
            &["Xã", "Năm 2024: Kế hoạch", "Năm 2024: Thực hiện"],
            1,
        );
    }

    #[test]
    fn rows_that_do_not_fill_the_columns_and_rows_of_figures_are_left() {
        check(&[&["Xã", "Số hộ"], &["Nà Lầu", "8"]], &[], 2);
        check(
            &[&["2023|1x2", "7|2x1"], &["8", "9"], &["10", "11", "12"]],
            &[],
            3,
        );
        check(
            &[&["Xã|1x2", "Năm|2x1"], &["Một"], &["Nà Lầu", "7", "8"]],
            &["Xã", "Năm"],
            2,
        );
    }
}
