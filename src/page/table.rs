//! Data tables, with headers that a screen reader can tell.

use maud::{Markup, html};

use crate::model::{Cell, Table};

use super::inline::{Links, prose};

/// Writes a table in a frame that scrolls by itself, with the keyboard too, so that a wide table
/// never widens the page (WCAG 1.4.10, 2.1.1). `name` names the frame.
pub(super) fn table(table: &Table, links: Links<'_>, name: &str, id: Option<&str>) -> Markup {
    html! {
        section.wide id=[id] tabindex="0" aria-label=(name) {
            table {
                @if let Some(caption) = &table.caption { caption { (prose(caption, links)) } }
                @if !table.header.is_empty() {
                    thead { tr { @for cell in &table.header { (header(cell, links)) } } }
                }
                tbody {
                    @for cells in &table.rows {
                        tr {
                            @for (column, cell) in cells.iter().enumerate() {
                                (body_cell(cell, table.row_headers && column == 0, links))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A column's header. An empty one is a plain cell: a header without a name says nothing.
fn header(cell: &Cell, links: Links<'_>) -> Markup {
    if cell.text.is_empty() {
        return body_cell(cell, false, links);
    }
    let scope = if cell.colspan > 1 { "colgroup" } else { "col" };
    html! {
        th scope=(scope) colspan=[span(cell.colspan)] rowspan=[span(cell.rowspan)] {
            (prose(&cell.text, links))
        }
    }
}

fn body_cell(cell: &Cell, names_row: bool, links: Links<'_>) -> Markup {
    let (colspan, rowspan) = (span(cell.colspan), span(cell.rowspan));
    if names_row && !cell.text.is_empty() {
        let scope = if cell.rowspan > 1 { "rowgroup" } else { "row" };
        return html! {
            th scope=(scope) colspan=[colspan] rowspan=[rowspan] { (prose(&cell.text, links)) }
        };
    }
    html! { td colspan=[colspan] rowspan=[rowspan] { (prose(&cell.text, links)) } }
}

/// Returns a span that is worth saying, within what the HTML standard lets a browser count
/// (a column span of at most 1000).
fn span(cells: u32) -> Option<u32> {
    (cells > 1).then(|| cells.min(1000))
}
