//! A statement: every movement of an account in a period, with the balance after each.

mod check;
mod page;
mod rows;

use jiff::civil::{Date, DateTime};
use words::Language;

use crate::error::PaperError;
use crate::labels::Labels;
use crate::sheet::{A4, Sheets};

/// Some two hundred pages. Who has more asks for a shorter period.
pub const LINES_MAX: usize = 5_000;

/// All times are in the account's time zone.
#[derive(Debug, Clone)]
pub struct Statement {
    pub holder: String,
    /// Masked: a paper is passed on.
    pub account: String,
    pub language: Language,
    pub period_from: Date,
    /// The last day that the statement is about.
    pub period_to: Date,
    /// Shown, and the file's creation date. Without it the file has none.
    pub issued: Option<DateTime>,
    pub opening_paise: i64,
    pub closing_paise: i64,
    /// In the order in which they were posted, as their balances show it.
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub at: DateTime,
    pub what: String,
    pub reference: Option<String>,
    /// Less than nothing where money went out.
    pub amount_paise: i64,
    pub balance_after_paise: i64,
}

/// The statement as a PDF of A4 pages.
///
/// What came in and went out is summed up from the lines.
///
/// # Errors
///
/// Where it does not add up: the opening balance and the lines must be each line's balance and the
/// closing balance. Where a line is not of the period, or there are more than [`LINES_MAX`].
pub fn statement(statement: &Statement) -> Result<Vec<u8>, PaperError> {
    let totals = check::totals(statement)?;
    let labels = Labels::of(statement.language);
    let mut sheets = Sheets::new(statement.language, labels.statement, statement.issued);
    let rows = rows::rows(sheets.faces(), labels, statement)?;
    let pages = page::pages(&rows);
    let head = page::Head::of(statement, labels, totals);
    for (at, rows) in pages.iter().enumerate() {
        sheets.page(A4, |pen| page::draw(pen, &head, rows, (at, pages.len())))?;
    }
    sheets.finish()
}

#[cfg(test)]
mod tests;
