//! A file as rows of cells, whether it was CSV or a PDF.

use crate::error::Place;

/// No statement has as many columns.
pub const COLUMNS_MAX: usize = 64;
/// Some years of a busy account.
pub const ROWS_MAX: usize = 50_000;

#[derive(Clone)]
pub struct Row {
    pub place: Place,
    pub cells: Vec<String>,
}

impl Row {
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map(|cell| bare(cell)).unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// All that stands in the row.
    pub fn text(&self) -> String {
        let cells: Vec<&str> = self.cells.iter().map(|cell| bare(cell)).filter(|cell| !cell.is_empty()).collect();
        cells.join(" ")
    }
}

/// A cell without the form that keeps a spreadsheet program from counting with it: `="0012"`. Nothing
/// here is ever computed: a cell that begins as a formula is text like any other.
fn bare(cell: &str) -> &str {
    let cell = cell.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
    match cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner.trim(),
        None => cell.strip_prefix('\'').unwrap_or(cell).trim(),
    }
}
