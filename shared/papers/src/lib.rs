//! Receipts and statements as PDF, in seven languages.
//!
//! [`statement`] and [`receipt`] take values and give the bytes of a file: no clock, no network and
//! no file is asked, and the same values give the same bytes.
//!
//! ```
//! use jiff::civil::date;
//! use papers::{Line, Statement};
//! use words::Language;
//!
//! let file = papers::statement(&Statement {
//!     holder: "Ravi Kumar".to_owned(),
//!     account: "Kamai ••1234".to_owned(),
//!     language: Language::Hindi,
//!     period_from: date(2026, 11, 1),
//!     period_to: date(2026, 11, 30),
//!     issued: None,
//!     opening_paise: 10_000,
//!     closing_paise: 60_000,
//!     lines: vec![Line {
//!         at: date(2026, 11, 21).at(18, 5, 0, 0),
//!         what: "श्री गणेश Traders".to_owned(),
//!         reference: Some("415012345678".to_owned()),
//!         amount_paise: 50_000,
//!         balance_after_paise: 60_000,
//!     }],
//! })?;
//! assert!(file.starts_with(b"%PDF-"));
//! # Ok::<(), papers::PaperError>(())
//! ```
//!
//! A text goes through four files: `theirs` cleans what others wrote, `runs` finds a face for each
//! part of it, `shape` turns characters into glyphs (conjuncts, vowels that stand before their
//! consonant), and `sheet` draws these. `fit` cuts and wraps.

mod error;
mod face;
mod figures;
mod fit;
mod labels;
mod receipt;
mod runs;
mod shape;
mod sheet;
mod statement;
mod theirs;

pub use error::PaperError;
pub use receipt::{Party, Receipt, Status, receipt};
pub use statement::{LINES_MAX, Line, Statement, statement};

#[cfg(test)]
mod tests;
