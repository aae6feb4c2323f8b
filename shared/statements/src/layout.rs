//! Which cell of a row is what, by the row that names the columns.

use crate::column::{Column, column};
use crate::error::{Place, Refusal};
use crate::grid::Row;

/// Names stand above the rows, and rarely far down.
pub const HEADER_ROWS_MAX: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub place: Place,
    columns: Vec<Option<Column>>,
}

impl Layout {
    /// `None` unless the row names columns: a date, an amount and one more at least.
    pub fn of(row: &Row) -> Option<Self> {
        let mut columns: Vec<Option<Column>> = (0..row.cells.len()).map(|at| column(row.cell(at))).collect();
        let mut is_after_balance = false;
        for found in columns.iter_mut().flatten() {
            // `Amount, Dr / Cr, Balance, Dr / Cr`
            if *found == Column::Side && is_after_balance {
                *found = Column::BalanceSide;
            }
            is_after_balance = *found == Column::Balance;
        }
        if !columns.contains(&Some(Column::Date)) {
            // Some banks tell the value date only.
            if let Some(only) = columns.iter_mut().find(|column| **column == Some(Column::ValueDate)) {
                *only = Some(Column::Date);
            }
        }
        let layout = Self { place: row.place, columns };
        let is_header = layout.has(Column::Date)
            && (layout.has(Column::Debit) || layout.has(Column::Credit) || layout.has(Column::Amount))
            && layout.columns.iter().flatten().count() >= 3;
        is_header.then_some(layout)
    }

    pub fn check(&self) -> Result<(), Refusal> {
        for column in [Column::Date, Column::Debit, Column::Credit, Column::Amount, Column::Balance] {
            if self.columns.iter().filter(|found| **found == Some(column)).count() > 1 {
                return Err(Refusal::ColumnTwice { place: self.place, column });
            }
        }
        let lacks = |missing| Err(Refusal::HeaderLacks { place: self.place, missing });
        match (self.has(Column::Amount), self.has(Column::Debit), self.has(Column::Credit)) {
            (false, true, false) => lacks(Column::Credit),
            (false, false, true) => lacks(Column::Debit),
            _ => Ok(()),
        }
    }

    pub fn has(&self, column: Column) -> bool {
        self.columns.contains(&Some(column))
    }

    pub fn is_like(&self, other: &Self) -> bool {
        let known = |layout: &Self| layout.columns.iter().flatten().copied().collect::<Vec<_>>();
        known(self) == known(other)
    }

    /// How many columns are known: which delimiter fits best.
    pub fn known(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// The cells of that column; several columns may hold narration or references.
    pub fn cells<'a>(&'a self, row: &'a Row, column: Column) -> impl Iterator<Item = &'a str> {
        let places = self.columns.iter().enumerate().filter(move |(_, found)| **found == Some(column));
        places.map(|(at, _)| row.cell(at)).filter(|cell| !cell.is_empty())
    }

    /// The first of them, or nothing.
    pub fn cell<'a>(&'a self, row: &'a Row, column: Column) -> &'a str {
        self.cells(row, column).next().unwrap_or_default()
    }

    /// A row with more cells than there are names has commas in its narration that nobody quoted.
    pub fn mend(&self, row: &mut Row) {
        while row.cells.len() > self.columns.len() && row.cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            row.cells.pop();
        }
        let surplus = row.cells.len().saturating_sub(self.columns.len());
        let Some(at) = self.columns.iter().position(|found| *found == Some(Column::Narration)) else { return };
        if surplus > 0 && at + surplus < row.cells.len() {
            let joined = row.cells.drain(at..=at + surplus).collect::<Vec<_>>().join(",");
            row.cells.insert(at, joined);
        }
    }
}
