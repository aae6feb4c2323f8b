//! Files that users upload, read into the types of the house: statements of banks as CSV, OFX or PDF,
//! and what gig platforms paid, as CSV.
//!
//! Pure: bytes in, values out. The files are from strangers. What they cost in time and memory is
//! bounded by [`BYTES_MAX`] and the other limits, nothing in them is computed or followed, and a file
//! is taken whole or refused with the line, the column and what its owner can do ([`Refusal`]).
//!
//! ```
//! use jiff::civil::date;
//! use statements::{Upload, read};
//!
//! let file = "Txn Date,Description,Debit,Credit,Balance\n\
//!             01/11/2026,UPI/DR/632514789632/CHAI,20.00,,480.00\n\
//!             02/11/2026,NEFT CR-HDFC0000240-BUNDL TECHNOLOGIES,,850.50,1330.50\n";
//! let statement = read(file.as_bytes(), &Upload::of("upload-1", date(2026, 11, 21)))?;
//! assert_eq!(statement.entries.len(), 2);
//! assert_eq!(statement.checks.closing_minor, Some(133_050));
//! # Ok::<(), statements::Refusal>(())
//! ```

mod amount;
mod balance;
mod column;
mod date;
mod error;
mod grid;
mod layout;
mod narration;
mod ofx;
mod pdf;
mod platform;
mod preamble;
mod rows;
mod separated;
mod statement;
mod text;

pub use amount::AMOUNT_PAISE_MAX;
pub use column::Column;
pub use error::{Order, Place, Refusal};
pub use grid::{COLUMNS_MAX, ROWS_MAX};
pub use pdf::PAGES_MAX;
pub use platform::{BadRow, Earnings, Field, GoodRow, WhyBad, read_earnings};
pub use statement::{Checks, Format, Period, Statement};
pub use text::BYTES_MAX;

use jiff::civil::Date;
use std::fmt;

/// What is known of a file before it is read.
#[derive(Clone, Copy)]
pub struct Upload<'a> {
    /// What the account is called here: [`bank_feed::Account::id`].
    pub account_id: &'a str,
    /// The bank, if the user said so. Otherwise it is read from the file.
    pub bank: Option<&'a str>,
    /// In India.
    pub today: Date,
    /// For a PDF that is locked.
    pub password: Option<&'a str>,
}

impl<'a> Upload<'a> {
    pub fn of(account_id: &'a str, today: Date) -> Self {
        Self { account_id, bank: None, today, password: None }
    }
}

impl fmt::Debug for Upload<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("account_id", &self.account_id).field("today", &self.today).finish_non_exhaustive()
    }
}

/// A bank statement of whatever format the file is.
///
/// # Errors
///
/// [`Refusal`] where a part of it is not understood: nothing of it may be taken then.
pub fn read(bytes: &[u8], upload: &Upload<'_>) -> Result<Statement, Refusal> {
    if pdf::is_pdf(bytes) {
        return pdf::statement(bytes, upload);
    }
    let text = text::text(bytes)?;
    if ofx::is_ofx(&text) {
        return ofx::statement(&text, upload);
    }
    match separated::rows(&text, layout::HEADER_ROWS_MAX, rows::names)? {
        Some(rows) => rows::statement(rows, upload, Format::Csv),
        // For the reason why.
        None => rows::statement(separated::any_rows(&text)?, upload, Format::Csv),
    }
}

#[cfg(test)]
mod tests;
